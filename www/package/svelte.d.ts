import type { HTMLAttributes } from 'svelte/elements';

import type { DigestProps, DigestWidget } from './element.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'digest-widget': HTMLAttributes<DigestWidget> & DigestProps;
  }
}
