// Builds a drawing that digest-press wrote into issue.json as data: the first view of the issue, and the
// links to other issues.
//
// The engine, which is ten times as large as this script, is not needed for it. No HTML is parsed, and
// what is not on these lists does not get into the page, because issues may come from other hosts.

import { Array, document, Math, Object, URL } from './globals.js';

const TAG =
  /^(a|article|blockquote|button|code|del|details|div|em|figcaption|figure|h[1-6]|header|img|li|mark|nav|ol|p|pre|section|span|strong|sub|summary|sup|table|tbody|td|th|thead|time|tr|ul)$/;
const ATTRIBUTE =
  /^(alt|aria-label|aria-labelledby|datetime|dir|height|hidden|href|id|lang|part|role|src|start|tabindex|type|width)$/;
const HREF = /^(https?:\/\/|mailto:|#)/;
const SRC = /^(https?|file):/;

/** Returns the element that the engine draws for the same issue and options. */
export function buildFirstView(issue, base, options) {
  const root = document.createElement('div');
  root.className = 'root';
  root.appendChild(buildView(issue, base, options));
  return root;
}

/** Returns the drawing in `view`. Texts are in the language of the page, or else in `lang`. */
export function buildView({ lang: ownLang, view }, base, [pageLang, level, linkBase, target]) {
  const lang = (pageLang || ownLang).split('-')[0].toLowerCase();
  // Texts that depend on the page's language are numbers: places in the list of that language.
  const strings = view.strings.find(([name]) => name === lang) ?? view.strings[0];
  const readText = (text) => (typeof text === 'number' ? strings[text] : text);

  const build = (node) => (Array.isArray(node) ? buildElement(node) : document.createTextNode(readText(node)));

  const buildElement = ([tag, attributes, ...children]) => {
    const element = document.createElement(TAG.test(tag) ? moveHeading(tag, level) : 'span');
    for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, readText(value));
    for (const child of children) element.appendChild(build(child));
    return element;
  };

  const setAttribute = (element, name, value) => {
    // A positive index would come before everything else in the page.
    if (!ATTRIBUTE.test(name) || (name === 'tabindex' && value > 0)) return;
    if (name === 'src') value = new URL(value, base).href;
    if ((name === 'src' && !SRC.test(value)) || (name === 'href' && !HREF.test(value))) return;
    if (name === 'href' && value[0] === '#') {
      if (linkBase === undefined) return;
      value = linkBase + value;
    } else if (name === 'href' && target) {
      element.setAttribute('target', target);
      element.setAttribute('rel', 'noopener');
    }
    element.setAttribute(name, value);
  };

  return buildElement(view.root);
}

/** The publisher draws the title as a heading of level 2. */
function moveHeading(tag, level) {
  return tag.replace(/^h\d$/, ([, digit]) => 'h' + Math.min(+digit + level - 2, 6));
}
