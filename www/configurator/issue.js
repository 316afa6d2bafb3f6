// An issue as plain HTML: what stands in a page before the widget does, and instead of it.

import { html } from './markup.js';

/** The words around an issue, as in the widget. */
const VOLUME = { en: (volume) => `Vol ${volume}`, ja: (volume) => `第${volume}号` };

export async function fetchIssue(src) {
  const response = await fetch(src);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  try {
    const issue = await response.json();
    plain(issue, new Map()); // Whatever can be written is good enough, as in the widget.
    return issue;
  } catch {
    throw new Error('what arrived is not an issue');
  }
}

/** "US-Japan Alliance Digest, Vol 1.5" */
export function nameOf(issue) {
  return `${issue.title}, ${volumeOf(issue)}`;
}

/** A link to the issue's own page, or else to `page`. */
export function linkTo(issue, page) {
  return html('a', { href: webAddress(issue.url) ?? page }, nameOf(issue));
}

/** The whole issue. Its language is on an element of its own: the widget's is that of the page. */
export function plain(issue, options) {
  const opened = { first: (index) => index === 0, all: () => true }[options.get('open')] ?? (() => false);
  const panels = issue.headlines.map((headline, index) => panel(headline, opened(index), options));
  return html(
    'div',
    { lang: issue.lang, ...(isRightToLeft(issue) && { dir: 'rtl' }) },
    html(`h${options.get('heading-level') ?? 2}`, {}, issue.title),
    html('p', {}, `${volumeOf(issue)} · ${dateOf(issue)}`),
    ...panels,
  );
}

function panel({ text, detail }, open, options) {
  const blocks = detail.map((block) => (Array.isArray(block) ? paragraph(block, options) : list(block, options)));
  return html('details', open ? { open: '' } : {}, html('summary', {}, text), ...blocks);
}

function paragraph(runs, options) {
  return html('p', {}, ...runs.map((run) => inline(run, options)));
}

function list({ list }, options) {
  return html('ul', {}, ...list.map((runs) => html('li', {}, ...runs.map((run) => inline(run, options)))));
}

function inline(run, options) {
  if (typeof run === 'string') return run;
  let node = run.text;
  for (const mark of ['code', 'em', 'strong']) {
    if (run[mark]) node = html(mark, {}, node);
  }
  const href = webAddress(run.href);
  const target = options.get('link-target');
  return href ? html('a', { href, ...(target && { target }) }, node) : node;
}

function volumeOf({ lang, volume }) {
  return (VOLUME[lang.slice(0, 2)] ?? VOLUME.en)(volume);
}

/** A civil date: no time zone shifts it. */
function dateOf({ lang, date }) {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}

/** Letters from Hebrew to Arabic. */
function isRightToLeft({ title }) {
  return /^\P{L}*[\u0590-\u08ff]/u.test(title);
}

/** What the widget would link to as well: the web and mail. */
function webAddress(href) {
  if (href && URL.canParse(href) && ['https:', 'http:', 'mailto:'].includes(new URL(href).protocol)) return href;
}
