// Where a reader is in a digest: what has the focus, and what is selected.

/** Has `draw` put into `root` what is there already, and the reader back where they were. */
export function keepPlace(root, draw) {
  const focused = stops(root).indexOf(root.activeElement);
  const selected = selectedIn(root);
  draw();
  stops(root)[focused]?.focus({ preventScroll: true });
  try {
    // What is selected elsewhere is none of ours.
    if (selected[1]) getSelection().setBaseAndExtent(...selected.flatMap((length) => placeIn(root, length)));
  } catch {
    // It reads otherwise than before.
  }
}

/** What a keyboard stops at. */
function stops(root) {
  return [...root.querySelectorAll('a, button, summary')];
}

/** How many characters of the headlines are before the start of what is selected, and before its end. */
function selectedIn(root) {
  try {
    const [range] = getSelection().getComposedRanges({ shadowRoots: [root] });
    return ['start', 'end'].map((end) => {
      const before = new Range();
      before.setStart(textOf(root), 0);
      before.setEnd(range[`${end}Container`], range[`${end}Offset`]);
      return `${before}`.length;
    });
  } catch {
    return []; // Nothing is selected, or an older browser does not tell what is in a shadow root.
  }
}

/** The place after so many characters of the headlines. */
function placeIn(root, length) {
  const texts = document.createTreeWalker(textOf(root), NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && length > texts.currentNode.length) length -= texts.currentNode.length;
  return [texts.currentNode, length];
}

function textOf(root) {
  return root.querySelector('[part=headlines]');
}
