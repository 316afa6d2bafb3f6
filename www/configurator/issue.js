// An issue, and what the publisher's site has beside it: its plain HTML (`cms.html`) and its frame page.

import { html } from './markup.js';

export async function fetchIssue(src) {
  const response = await fetch(src);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const issue = await response.json().catch(() => undefined);
  if (typeof issue?.title !== 'string') throw new Error('what arrived is not an issue');
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
  return page.querySelector('[data-digest-src] > div') ?? undefined;
}

/** Finds the `frame.html` beside an issue of this site. Returns its address, or undefined if there is none. */
export async function findFramePage(src, base) {
  if (!isOfSite(src, base)) return;
  const page = new URL('frame.html', src).href;
  const response = await fetch(page, { method: 'HEAD' });
  return response.ok ? page : undefined;
}

/** "US-Japan Alliance Digest, Vol 1.5 · March 11, 2022", or the title alone where there is no post. */
export function formatName({ issue, post }) {
  const dated = post?.querySelector('h3 + p');
  return dated ? `${issue.title}, ${dated.textContent}` : issue.title;
}

/** Creates a link to the issue's page, or to `page` if it has none. */
export function createLink({ issue, post }, page) {
  return html('a', { href: checkWebAddress(issue.url) ?? page }, formatName({ issue, post }));
}

/** Copies a post and applies the options to it. The post's root keeps its `lang`; the widget has the page's. */
export function applyOptions(post, options) {
  const text = post.cloneNode(true);
  const title = text.querySelector('h3');
  title.replaceWith(html(`h${options.get('heading-level') ?? 2}`, {}, ...title.childNodes));
  const opened = { first: 'details:first-of-type', all: 'details' }[options.get('open')];
  if (opened) text.querySelectorAll(opened).forEach((panel) => (panel.open = true));
  const target = options.get('link-target');
  if (target) text.querySelectorAll('details a').forEach((link) => (link.target = target));
  return text;
}

function isOfSite(src, base) {
  return src.startsWith(base.href) && src.endsWith('/issue.json');
}

function checkWebAddress(href) {
  if (href && URL.canParse(href) && ['https:', 'http:'].includes(new URL(href).protocol)) return href;
}
