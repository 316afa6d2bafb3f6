// An issue, and the post that its publisher's site has beside it: plain HTML, which stands in a page
// before the widget does, and instead of it.

import { html } from './markup.js';

export async function fetchIssue(src) {
  const response = await fetch(src);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const issue = await response.json().catch(() => undefined);
  if (typeof issue?.title !== 'string') throw new Error('what arrived is not an issue');
  return issue;
}

/**
 * The text of an issue, of the `cms.html` beside its `issue.json`. Undefined where there is none, and
 * for the issues of other sites: what is pasted is HTML, so it is the publisher's own or nobody's.
 */
export async function fetchPost(src, base) {
  if (!src.startsWith(base.href) || !src.endsWith('/issue.json')) return;
  const response = await fetch(new URL('cms.html', src));
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('[data-digest-src] > div') ?? undefined;
}

/** "US-Japan Alliance Digest, Vol 1.5 · March 11, 2022", or the title alone where there is no post. */
export function nameOf({ issue, post }) {
  const dated = post?.querySelector('h3 + p');
  return dated ? `${issue.title}, ${dated.textContent}` : issue.title;
}

/** A link to the issue's own page, or else to `page`. */
export function linkTo({ issue, post }, page) {
  return html('a', { href: webAddress(issue.url) ?? page }, nameOf({ issue, post }));
}

/** A post as the options have it. Its language is on an element of its own: the widget's is that of the page. */
export function plain(post, options) {
  const text = post.cloneNode(true);
  const title = text.querySelector('h3');
  title.replaceWith(html(`h${options.get('heading-level') ?? 2}`, {}, ...title.childNodes));
  const opened = { first: 'details:first-of-type', all: 'details' }[options.get('open')];
  if (opened) text.querySelectorAll(opened).forEach((panel) => (panel.open = true));
  const target = options.get('link-target');
  if (target) text.querySelectorAll('details a').forEach((link) => (link.target = target));
  return text;
}

function webAddress(href) {
  if (href && URL.canParse(href) && ['https:', 'http:'].includes(new URL(href).protocol)) return href;
}
