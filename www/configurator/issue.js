// An issue, and what the publisher's site has beside it: its plain HTML (`cms.html`) and its frame page.

import { html } from './markup.js';
import { strings } from './strings.js';

export async function fetchIssue(src) {
  const response = await fetch(src);
  if (!response.ok) throw new Error(strings.status(response.status));
  const issue = await response.json().catch(() => undefined);
  if (typeof issue?.title !== 'string') throw new Error(strings.noIssue);
  return issue;
}

/**
 * Fetches the plain HTML of an issue from the `cms.html` beside its `issue.json`. Returns undefined if
 * there is none, and for issues of other sites: only the publisher's HTML may get into a snippet.
 */
export async function fetchPost(src, base) {
  if (!isOfSite(src, base)) return;
  const response = await fetch(new URL('cms.html', src));
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('[data-digest-src] > section') ?? undefined;
}

/** Finds the `frame.html` beside an issue of this site. Returns its address, or undefined if there is none. */
export async function findFramePage(src, base) {
  if (!isOfSite(src, base)) return;
  const page = new URL('frame.html', src).href;
  const response = await fetch(page, { method: 'HEAD' });
  return response.ok ? page : undefined;
}

/** Returns true for the address of the newest issue of a site that digest-press has written. */
export function isNewest(src) {
  return src.endsWith('/latest/issue.json');
}

/**
 * "US-Japan Alliance Digest, Vol 1.5 · March 11, 2022", or the title alone where there is no post, and for
 * the newest issue: what an embedder pastes must stay true.
 */
export function formatName({ src, issue, post }) {
  const dated = !isNewest(src) && post?.querySelector('h3 + p');
  return dated ? `${issue.title}, ${dated.textContent}` : issue.title;
}

/** Creates a link to the page of the issue, or of the newest one; to `other` if none is known. */
export function createLink({ src, issue, post }, other) {
  const page = isNewest(src) ? new URL('.', src).href : (issue.url ?? findPage(src, issue));
  return html('a', { href: checkWebAddress(page) ?? other }, formatName({ src, issue, post }));
}

/** Finds the page beside an `issue.json` that digest-press has written. */
function findPage(src, { id }) {
  if (src.endsWith(`/issues/${encodeURI(id)}/issue.json`)) return new URL('.', src).href;
}

/** Copies a post and applies the options to it. The post's root keeps its `lang`; the widget has the page's. */
export function applyOptions(post, options) {
  const text = post.cloneNode(true);
  const level = Number(options.get('heading-level') ?? 2);
  text.querySelectorAll('h4').forEach((headline) => setLevel(headline, level + 1));
  setLevel(text.querySelector('h3'), level);
  const opened = { first: 'details:first-of-type', all: 'details' }[options.get('open')];
  if (opened) text.querySelectorAll(opened).forEach((panel) => (panel.open = true));
  const target = options.get('link-target');
  if (target) text.querySelectorAll('details a').forEach((link) => (link.target = target));
  return text;
}

function isOfSite(src, base) {
  return src.startsWith(base.href) && src.endsWith('/issue.json');
}

function setLevel(heading, level) {
  heading.replaceWith(html(`h${level}`, {}, ...heading.childNodes));
}

function checkWebAddress(href) {
  if (href && URL.canParse(href) && ['https:', 'http:'].includes(new URL(href).protocol)) return href;
}
