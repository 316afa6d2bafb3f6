// The HTML of a snippet. The browser serializes the elements, so every text of an issue is escaped. The
// elements belong to a separate document, where nothing loads and nothing runs.

import { makeIn } from './make.js';

const inert = document.implementation.createHTMLDocument('');

/** Elements that may get line breaks: in all others a line break would be a visible space. */
const CONTAINERS = 'digest-widget, div, details, ul';

/** Creates an element in the separate document. */
export function html(name, attributes, ...children) {
  return makeIn(inert, name, attributes, ...children);
}

/** Serializes the elements, one per line and indented. */
export function serialize(...elements) {
  elements.forEach((element) => indent(element, '\n'));
  return elements.map((element) => element.outerHTML).join('\n');
}

function indent(element, line) {
  if (!element.matches(CONTAINERS)) return;
  for (const child of [...element.children]) {
    child.before(`${line}  `);
    indent(child, `${line}  `);
  }
  element.append(line);
}
