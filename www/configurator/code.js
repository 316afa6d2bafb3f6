// A block of text with a button that copies it.

import { make } from './make.js';
import { strings } from './strings.js';

let blocks = 0;

/** Creates a block with a title; `announce` reports the copy to screen readers. */
export function codeBlock(title, text, announce) {
  const [titleId, copyId] = [`code-${blocks}`, `copy-${blocks++}`];
  const label = make('h3', { id: titleId }, title);
  // A field, because a long text scrolls, and the keyboard scrolls only what it can reach.
  const code = make('textarea', { readonly: '', rows: '7', spellcheck: 'false', 'aria-labelledby': titleId }, text);
  const button = make('button', { type: 'button', id: copyId, 'aria-labelledby': `${copyId} ${titleId}` }, strings.copy);
  button.onclick = async () => {
    const result = (await copy(text)) ? strings.copied : strings.selected;
    if (result !== strings.copied) code.select();
    button.textContent = result;
    announce(strings.announce(title, result));
    setTimeout(() => (button.textContent = strings.copy), 3000);
  };
  return make('div', { class: 'code' }, make('div', {}, label, button), code);
}

/** Returns false if the browser denies access to the clipboard, as on plain http. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
