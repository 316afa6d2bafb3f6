// The language of the page around an element.

import { document, MutationObserver } from './globals.js';


/** Returns the language tag of an element, or an empty string if it has none. */
export function findLanguage(element) {
  for (let node = element; node; node = node.parentNode ?? node.host) {
    const tag = node.getAttribute?.('lang') ?? node.getAttribute?.('xml:lang');
    // Some systems write "ja_JP".
    if (tag != null) return tag.replaceAll('_', '-');
  }
  return '';
}

/** Calls `callback` when a language changes in the document. Returns a function that ends it. */
export function observeLanguage(callback) {
  const observer = new MutationObserver(callback);
  observer.observe(document, { attributeFilter: ['lang', 'xml:lang'], subtree: true });
  return () => observer.disconnect();
}
