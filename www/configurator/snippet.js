// The snippet in four forms, and the Content-Security-Policy that it needs.

import { FRAME_VALUES } from '../digest-options.js';
import { applyOptions, createLink, formatName, isNewest } from './issue.js';
import { html, serialize } from './markup.js';
import { strings } from './strings.js';

/**
 * The forms: each turns `{ base, src, options, issue, post, framePage, pin }` into a list of texts to copy,
 * `{ name, text }`. `options` maps the chosen options. `issue` is absent if it failed to load; `post`, its
 * plain HTML, and `framePage`, the address of its frame page, if the site has none. `pin` is
 * `{ file, integrity }` if the script is pinned.
 */
export const FORMS = { script, 'pre-rendered': prerendered, frame, 'cms-safe': cmsSafe };

/** Formats the lines to add to a page's Content-Security-Policy. */
export function formatPolicy(form, { base, src, issue }) {
  const host = base.origin;
  if (form === 'frame') return formatDirectives({ 'frame-src': [host], 'script-src': [host] });
  const issues = new URL(src).origin;
  const picture = issue?.image?.src && URL.canParse(issue.image.src, src) && new URL(issue.image.src, src).origin;
  return formatDirectives({
    'script-src': [host, "'wasm-unsafe-eval'"],
    'connect-src': [host, issues],
    'img-src': [picture || issues],
  });
}

/** Lists the notes for the embedder about this form and these options. */
export function listNotes(form, choices) {
  const { issue, post, problem } = choices;
  const applies = {
    [strings.failed(problem)]: !issue,
    [strings.noPost]: issue && !post && (form === 'pre-rendered' || form === 'cms-safe'),
    ...(form === 'frame' && frameNotes(choices)),
  };
  return Object.keys(applies).filter((sentence) => applies[sentence]);
}

function frameNotes({ base, src, options }) {
  return {
    [strings.level]: !options.has('heading-level'),
    [strings.foreign(base.host)]: new URL(src).origin !== base.origin,
    [strings.noDeepLinks]: options.has('deep-links'),
    [strings.noArchive]: options.has('archive'),
    [strings.light]: !options.has('theme'),
  };
}

function script(choices) {
  const { base, src } = choices;
  const isSeries = isNewest(src) && src.startsWith(base.href);
  const loader = createLoader(choices, isSeries ? 'series.js' : 'digest.js');
  return [{ name: 'snippet', text: serialize(loader, createElement(choices, createLinks(choices))) }];
}

function prerendered(choices) {
  return [{ name: 'snippet', text: serialize(createLoader(choices), createElement(choices, createContent(choices))) }];
}

function frame(choices) {
  const { base, options, issue } = choices;
  const page = html('iframe', {
    src: formatFrameAddress(choices),
    title: issue ? formatName(choices) : strings.frame,
    width: '100%',
    height: '640',
    frameborder: '0',
    ...(options.get('loading') === 'lazy' && { loading: 'lazy' }),
  });
  const resizer = html('script', { type: 'module', src: `${base.href}digest-frame-parent.js` });
  return [{ name: 'snippet', text: serialize(page, resizer) }];
}

function cmsSafe(choices) {
  const { base, src, options } = choices;
  const data = Object.fromEntries([...options].map(([name, value]) => [`data-digest-${name}`, value]));
  return [
    { name: 'post', text: serialize(html('section', { 'data-digest-src': src, ...data }, ...createContent(choices))) },
    { name: 'script', text: serialize(html('script', { type: 'module', src: `${base.href}digest-site.js` })) },
  ];
}

/** A link to the issue's page, or to its frame if it has no page. The frame of the site needs JavaScript. */
function createLinks(choices) {
  return choices.issue ? [createLink(choices, formatFrameAddress({ ...choices, options: new Map() }))] : [];
}

/** The text of the issue, or a link to it if the site has no plain HTML of it. */
function createContent(choices) {
  const { options, post } = choices;
  return post ? [applyOptions(post, options)] : createLinks(choices);
}

/** The script `file`, or the pinned one. A series script has the newest issue in it. */
function createLoader({ base, pin }, file = 'digest.js') {
  const attributes = pin
    ? { src: base.href + pin.file, integrity: pin.integrity, crossorigin: 'anonymous' }
    : { src: base.href + file };
  return html('script', { type: 'module', ...attributes });
}

function createElement({ src, options }, children) {
  return html('digest-widget', { src, ...Object.fromEntries(options) }, ...children);
}

/** The address of the issue's own frame page, or else of the site's with the issue in its query. */
function formatFrameAddress({ base, src, options, framePage }) {
  const query = [...options].filter(([name]) => name in FRAME_VALUES);
  if (framePage) return framePage + formatQuery(query);
  const relative = src.startsWith(base.href) ? src.slice(base.href.length) : src;
  return `${base.href}frame.html${formatQuery([['src', relative], ...query])}`;
}

function formatQuery(pairs) {
  const query = pairs.map(([name, value]) => `${name}=${encodeReadably(value)}`).join('&');
  return query && `?${query}`;
}

/** Encodes a value, except for slashes and colons, which are allowed in a query. */
function encodeReadably(value) {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':');
}

function formatDirectives(list) {
  return Object.entries(list)
    .map(([name, sources]) => `${name} ${[...new Set(sources)].join(' ')}`)
    .join(';\n');
}
