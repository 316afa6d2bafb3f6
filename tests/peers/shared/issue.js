// What every peer needs and no framework brings: the issue, and the rules for its addresses.

export const STRINGS = {
  loading: 'Loading the digest…',
  failed: 'The digest could not be loaded. Check your connection and try again.',
  show: 'Show',
  hide: 'Hide',
  openAll: 'Open all',
  closeAll: 'Close all',
};

/** The marks of a run, from the inner one to the outer one. */
export const MARKS = ['code', 'sup', 'sub', 'em', 'strong', 'del'];

export async function loadIssue(src) {
  const response = await fetch(src);
  if (!response.ok) throw new Error(`${src}: the server answered ${response.status}`);
  return response.json();
}

export function formatDate(date, lang) {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}

/** Returns true for a run, which an item of a list has beside blocks. */
export function isRun(piece) {
  return typeof piece === 'string' || 'text' in piece;
}

/** Returns a source's address and domain, or null if a link to it would not be safe. */
export function parseSource(href) {
  const url = URL.parse(href);
  if (!/^https?:$/.test(url?.protocol)) return null;
  return { href, domain: url.hostname.replace(/^www\./, '') };
}
