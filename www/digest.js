// Digest Widget's loader, the only script that an embedder's page includes. It registers
// <digest-widget>.

import { DigestWidget } from './element.js';
import { VERSION, loadEngine } from './engine.js';
import { customElements } from './globals.js';

// A page may include the loader twice, even in two versions. The first loader registers the element;
// the newest loader's engine draws every element of the page.
const registered = customElements.get('digest-widget');
if (registered) registered.offer?.(VERSION, loadEngine);
else customElements.define('digest-widget', DigestWidget);
