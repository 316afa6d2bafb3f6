/** Creates an element with attributes and children in this document. */
export function make(name, attributes = {}, ...children) {
  return makeIn(document, name, attributes, ...children);
}

/** Creates an element with attributes and children in the document `owner`. */
export function makeIn(owner, name, attributes = {}, ...children) {
  const element = owner.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}
