// Digest Widget's loader, the only script that an embedder's page includes. It registers
// <digest-widget>.

import { STYLE } from './digest-style.js';
import { DigestWidget } from './element.js';
import { VERSION, loadEngine } from './engine.js';
import { customElements, URL } from './globals.js';

/* global digestIssue */
// digest-press writes series.js: a declaration of the newest issue, then this script.
const included = typeof digestIssue === 'object' ? digestIssue : undefined;
const latest = new URL('latest/issue.json', import.meta.url).href;

// A page may include the loader twice, even in two versions. The first loader registers the element;
// the newest loader's engine draws every element of the page.
const registered = customElements.get('digest-widget') ?? DigestWidget;
registered.offer?.(VERSION, loadEngine, STYLE, latest, included);
if (registered === DigestWidget) customElements.define('digest-widget', DigestWidget);
