// What a partner pastes, in four forms, and the policy that lets it work.

import { linkTo, nameOf, plain } from './issue.js';
import { html, textOf } from './markup.js';

/** The options that frame.html takes. */
const FRAME_OPTIONS = ['theme', 'heading-level', 'open', 'lang', 'link-target'];

/**
 * Each form makes of `{ base, src, options, issue, pin }` a list of parts to copy, `{ name, text }`.
 * `options` maps what was chosen, `issue` is absent if it could not be read, and `pin` is
 * `{ file, integrity }` where a pinned script is wanted.
 */
export const FORMS = { script, 'pre-rendered': prerendered, frame, 'cms-safe': cmsSafe };

/** The lines for a Content-Security-Policy; a page without one needs none. */
export function policy(form, { base, src, issue }) {
  const host = base.origin;
  if (form === 'frame') return directives({ 'frame-src': [host], 'script-src': [host] });
  const issues = new URL(src).origin;
  const picture = issue?.image?.src && URL.canParse(issue.image.src, src) && new URL(issue.image.src, src).origin;
  return directives({
    'script-src': [host, "'wasm-unsafe-eval'"],
    'connect-src': [host, issues],
    'img-src': [picture || issues],
  });
}

/** What a partner should know of this form and these choices, in sentences. */
export function notes(form, choices) {
  const { issue, problem } = choices;
  const unread = issue ? [] : [`The issue could not be read (${problem}), so its words are not in the snippet.`];
  return form === 'frame' ? [...unread, ...frameNotes(choices)] : unread;
}

function frameNotes({ base, src, options }) {
  const found = {
    [`A frame shows issues of ${base.host} alone, unless its publisher changes the policy in frame.html.`]:
      new URL(src).origin !== base.origin,
    'deep-links has no meaning in a frame: a frame has an address of its own.': options.has('deep-links'),
    'If your page is never dark, choose the light theme: a frame follows the reader’s browser.': !options.has('theme'),
  };
  return Object.keys(found).filter((sentence) => found[sentence]);
}

function script(choices) {
  const { base, src, issue } = choices;
  const link = issue ? [linkTo(issue, frameAddress(base, src))] : [];
  return [{ name: 'snippet', text: textOf(loader(choices), element(choices, link)) }];
}

function prerendered(choices) {
  const { issue, options } = choices;
  const text = issue ? [plain(issue, options)] : [];
  return [{ name: 'snippet', text: textOf(loader(choices), element(choices, text)) }];
}

function frame({ base, src, options, issue }) {
  const page = html('iframe', {
    src: frameAddress(base, src, options),
    title: issue ? nameOf(issue) : 'Digest',
    width: '100%',
    height: '640',
    frameborder: '0',
    ...(options.get('loading') === 'lazy' && { loading: 'lazy' }),
  });
  const sizes = html('script', { type: 'module', src: `${base.href}digest-frame-parent.js` });
  return [{ name: 'snippet', text: textOf(page, sizes) }];
}

function cmsSafe({ base, src, options, issue }) {
  const data = Object.fromEntries([...options].map(([name, value]) => [`data-digest-${name}`, value]));
  const text = issue ? [plain(issue, options)] : [];
  return [
    { name: 'post', text: textOf(html('div', { 'data-digest-src': src, ...data }, ...text)) },
    { name: 'script', text: textOf(html('script', { type: 'module', src: `${base.href}digest-site.js` })) },
  ];
}

function loader({ base, pin }) {
  const attributes = pin
    ? { src: base.href + pin.file, integrity: pin.integrity, crossorigin: 'anonymous' }
    : { src: `${base.href}digest.js` };
  return html('script', { type: 'module', ...attributes });
}

function element({ src, options }, children) {
  return html('digest-widget', { src, ...Object.fromEntries(options) }, ...children);
}

/** The page that shows the issue by itself, in a frame or on its own. */
function frameAddress(base, src, options = new Map()) {
  const own = src.startsWith(base.href) ? src.slice(base.href.length) : src;
  const query = [['src', own], ...[...options].filter(([name]) => FRAME_OPTIONS.includes(name))];
  return `${base.href}frame.html?${query.map(([name, value]) => `${name}=${readable(value)}`).join('&')}`;
}

/** Encoded, but for what may stand in a query as it is and reads better so. */
function readable(value) {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':');
}

function directives(list) {
  return Object.entries(list)
    .map(([name, sources]) => `${name} ${[...new Set(sources)].join(' ')}`)
    .join(';\n');
}
