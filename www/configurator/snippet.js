// What a partner pastes, in four forms, and the policy that lets it work.

import { linkTo, nameOf, plain } from './issue.js';
import { html, textOf } from './markup.js';

/** The options that frame.html takes. */
const FRAME_OPTIONS = ['theme', 'heading-level', 'open', 'lang', 'link-target'];

/**
 * Each form makes of `{ base, src, options, issue, post, pin }` a list of parts to copy, `{ name, text }`.
 * `options` maps what was chosen, `issue` is absent if it could not be read, `post` is its text if the
 * site has it, and `pin` is `{ file, integrity }` where a pinned script is wanted.
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
  const { issue, post, problem } = choices;
  const found = {
    [`The issue could not be read (${problem}), so its words are not in the snippet.`]: !issue,
    'This site has no cms.html beside that issue, so a link stands in place of its text.':
      issue && !post && (form === 'pre-rendered' || form === 'cms-safe'),
    ...(form === 'frame' && frameNotes(choices)),
  };
  return Object.keys(found).filter((sentence) => found[sentence]);
}

function frameNotes({ base, src, options }) {
  return {
    [`A frame shows issues of ${base.host} alone, unless its publisher changes the policy in frame.html.`]:
      new URL(src).origin !== base.origin,
    'deep-links has no meaning in a frame: a frame has an address of its own.': options.has('deep-links'),
    'If your page is never dark, choose the light theme: a frame follows the reader’s browser.': !options.has('theme'),
  };
}

function script(choices) {
  return [{ name: 'snippet', text: textOf(loader(choices), element(choices, link(choices))) }];
}

function prerendered(choices) {
  return [{ name: 'snippet', text: textOf(loader(choices), element(choices, text(choices))) }];
}

function frame(choices) {
  const { base, src, options, issue } = choices;
  const page = html('iframe', {
    src: frameAddress(base, src, options),
    title: issue ? nameOf(choices) : 'Digest',
    width: '100%',
    height: '640',
    frameborder: '0',
    ...(options.get('loading') === 'lazy' && { loading: 'lazy' }),
  });
  const sizes = html('script', { type: 'module', src: `${base.href}digest-frame-parent.js` });
  return [{ name: 'snippet', text: textOf(page, sizes) }];
}

function cmsSafe(choices) {
  const { base, src, options } = choices;
  const data = Object.fromEntries([...options].map(([name, value]) => [`data-digest-${name}`, value]));
  return [
    { name: 'post', text: textOf(html('div', { 'data-digest-src': src, ...data }, ...text(choices))) },
    { name: 'script', text: textOf(html('script', { type: 'module', src: `${base.href}digest-site.js` })) },
  ];
}

function link({ base, src, issue, post }) {
  return issue ? [linkTo({ issue, post }, frameAddress(base, src))] : [];
}

/** What the issue says, or a link to it where the site has no post of it. */
function text(choices) {
  const { options, post } = choices;
  return post ? [plain(post, options)] : link(choices);
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
