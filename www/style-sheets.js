// The styles of digests: constructed style sheets, because an embedder's `style-src` blocks `<style>`
// and `style=`.

import { Map, WeakMap } from './globals.js';

/** The style sheets of each document: a constructed sheet works only in its own document. */
const documents = new WeakMap();

/** Applies styles to a shadow root. Without them its text can still be read. */
export function applyStyle(root, css) {
  const { ownerDocument: document } = root;
  const { CSSStyleSheet } = document.defaultView ?? {};
  if (!CSSStyleSheet) return; // A document without a window is not visible.
  if (!documents.has(document)) documents.set(document, new Map());
  const sheets = documents.get(document);
  if (!sheets.has(css)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  root.adoptedStyleSheets = [sheets.get(css)];
}
