// Keeps the reader's focus and selection when another drawing replaces a digest.

import { document, getSelection, NodeFilter, Range } from './globals.js';

/** Calls `draw`, which replaces the content of `root`, and restores the focus and the selection. */
export function keepFocusAndSelection(root, draw) {
  const focused = findFocusable(root).indexOf(root.activeElement);
  const selected = measureSelection(root);
  draw();
  findFocusable(root)[focused]?.focus({ preventScroll: true });
  try {
    // A selection elsewhere in the page stays.
    if (selected[1]) getSelection().setBaseAndExtent(...selected.flatMap((length) => findPosition(root, length)));
  } catch {
    // The new text differs.
  }
}

function findFocusable(root) {
  return [...root.querySelectorAll('a, button, summary')];
}

/** The numbers of characters of the headlines before the start and before the end of the selection. */
function measureSelection(root) {
  try {
    const [range] = getSelection().getComposedRanges({ shadowRoots: [root] });
    return ['start', 'end'].map((end) => {
      const before = new Range();
      before.setStart(findHeadlines(root), 0);
      before.setEnd(range[`${end}Container`], range[`${end}Offset`]);
      return `${before}`.length;
    });
  } catch {
    return []; // Nothing is selected, or an older browser hides selections in shadow roots.
  }
}

/** The text node and offset after `length` characters of the headlines. */
function findPosition(root, length) {
  const texts = document.createTreeWalker(findHeadlines(root), NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && length > texts.currentNode.length) length -= texts.currentNode.length;
  return [texts.currentNode, length];
}

function findHeadlines(root) {
  return root.querySelector('[part=headlines]');
}
