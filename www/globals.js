// What the loader needs from the page's global scope, taken once when it starts.
//
// A page may declare `const URL` or `let Map`, which hide the global of that name from every script,
// and later replace others. The properties of `window` are not hidden, and no page can declare that.

export const Array = need('Array');
export const CustomEvent = need('CustomEvent');
export const Error = need('Error');
export const HTMLElement = need('HTMLElement');
export const JSON = need('JSON');
export const Map = need('Map');
export const Math = need('Math');
export const MutationObserver = need('MutationObserver');
export const Object = need('Object');
export const Promise = need('Promise');
export const Set = need('Set');
export const URL = need('URL');
export const Uint8Array = need('Uint8Array');
export const WeakMap = need('WeakMap');
export const WeakSet = need('WeakSet');
export const console = need('console');
export const customElements = need('customElements');
export const decodeURIComponent = need('decodeURIComponent');
export const encodeURIComponent = need('encodeURIComponent');
export const fetch = need('fetch');
export const queueMicrotask = need('queueMicrotask');
export const requestAnimationFrame = need('requestAnimationFrame');
export const {
  CSS,
  IntersectionObserver,
  NodeFilter,
  Range,
  WebAssembly,
  document,
  getSelection,
  location,
  navigator,
  requestIdleCallback,
} = window;

const { addEventListener, removeEventListener } = need('EventTarget').prototype;

/** The events that tell an element of another address, and that the reader has come back. Only
    `currententrychange` tells of `history.pushState`; WebKitGTK 2.50 does not have it. */
const EVENTS = [
  [window, 'hashchange'],
  [window, 'popstate'],
  [window, 'pageshow'],
  [window.navigation, 'currententrychange'],
];

/** Listens to the page's events. A page may have a function `addEventListener` of its own. */
export function listen(listener) {
  for (const [target, type] of EVENTS) target && addEventListener.call(target, type, listener);
}

/** Ends what `listen` began. */
export function unlisten(listener) {
  for (const [target, type] of EVENTS) target && removeEventListener.call(target, type, listener);
}

function need(name) {
  if (!window[name]) throw new TypeError(`digest-widget: this page has removed ${name}`);
  return window[name];
}
