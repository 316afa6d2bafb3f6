// A block of text with a button that copies it.

import { make } from './make.js';

let blocks = 0;

/** Creates a block with a title; `announce` reports the copy to screen readers. */
export function codeBlock(title, text, announce) {
  const [titleId, copyId] = [`code-${blocks}`, `copy-${blocks++}`];
  const label = make('h3', { id: titleId }, title);
  // Long texts scroll, so the block must be focusable.
  const code = make('pre', { tabindex: '0', role: 'group', 'aria-labelledby': titleId }, make('code', {}, text));
  const button = make('button', { type: 'button', id: copyId, 'aria-labelledby': `${copyId} ${titleId}` }, 'Copy');
  button.onclick = async () => {
    const result = (await copy(text)) ? 'Copied' : 'Selected: press Ctrl+C';
    if (result !== 'Copied') getSelection().selectAllChildren(code);
    button.textContent = result;
    announce(`${title}: ${result}`);
    setTimeout(() => (button.textContent = 'Copy'), 3000);
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
