// Text to copy: a block that shows it and a button that copies it.

import { make } from './make.js';

let blocks = 0;

/** A block with `title` above it; `announce` tells those who do not see the button change. */
export function codeBlock(title, text, announce) {
  const [titleId, copyId] = [`code-${blocks}`, `copy-${blocks++}`];
  const label = make('h3', { id: titleId }, title);
  // A long text scrolls, so the keyboard must reach it.
  const code = make('pre', { tabindex: '0', role: 'group', 'aria-labelledby': titleId }, make('code', {}, text));
  const button = make('button', { type: 'button', id: copyId, 'aria-labelledby': `${copyId} ${titleId}` }, 'Copy');
  button.onclick = async () => {
    const said = (await copy(text)) ? 'Copied' : 'Selected: press Ctrl+C';
    if (said !== 'Copied') getSelection().selectAllChildren(code);
    button.textContent = said;
    announce(`${title}: ${said}`);
    setTimeout(() => (button.textContent = 'Copy'), 3000);
  };
  return make('div', { class: 'code' }, make('div', {}, label, button), code);
}

/** False where the browser lets no page write to the clipboard, as on plain http. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
