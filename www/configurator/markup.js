// The HTML of a snippet: nodes are built and written by the browser, which so escapes whatever an
// issue says. They are built in a document of their own, where nothing loads and nothing runs.

import { makeIn } from './make.js';

const inert = document.implementation.createHTMLDocument('');

/** Elements that stand around others. Inside all the rest, a line break would be a space to read. */
const CONTAINERS = 'digest-widget, div, details, ul';

export function html(name, attributes, ...children) {
  return makeIn(inert, name, attributes, ...children);
}

/** The text of these elements, each on a line, indented like the HTML that people write. */
export function textOf(...elements) {
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
