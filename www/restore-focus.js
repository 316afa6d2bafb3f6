// Keeps the reader's focus, selection and place when another drawing replaces a digest.

import { CSS, document, getSelection, NodeFilter, Range } from './globals.js';

/** Calls `draw`, which replaces the content of `root`, and restores the focus, the selection and the place. */
export function keepPlace(root, draw) {
  const scrolled = findScrolled(root);
  const focused = findFocusable(root).indexOf(root.activeElement);
  const selected = measureSelection(root);
  draw();
  for (const [node, top] of scrolled) node.scrollTo({ top, behavior: 'instant' });
  findFocusable(root)[focused]?.focus({ preventScroll: true });
  try {
    // A selection elsewhere in the page stays.
    if (selected[1]) getSelection().setBaseAndExtent(...selected.flatMap((length) => findPosition(root, length)));
  } catch {
    // The new text differs.
  }
}

/**
 * The scrolled elements around a digest. Browsers with scroll anchoring keep the place themselves. WebKit
 * lays out new panels as closed at first, so the page is short for a moment and scrolls up.
 */
function findScrolled(root) {
  const scrolled = [];
  if (CSS?.supports('overflow-anchor', 'auto')) return scrolled;
  for (let node = root; node; node = node.parentNode ?? node.host)
    if (node.scrollTop) scrolled.push([node, node.scrollTop]);
  return scrolled;
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
