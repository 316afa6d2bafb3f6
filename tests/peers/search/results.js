// What each search returns, so that all do the same work: the first results with their matches marked, and
// the passage of the detail around the first match.

/** The numbers of the widget: results shown, and characters of a detail. */
const MAX_RESULTS = 60;
const MAX_EXCERPT = 160;

/** Folds case, accents and width, as the widget does in the browser. */
export function fold(text) {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase();
}

/** Returns `{ count, results }` for the numbers of the entries found, best first. */
export function showResults(entries, found, query) {
  const terms = fold(query).split(/\s+/).filter(Boolean);
  const results = found.slice(0, MAX_RESULTS).map((number) => {
    const [headline, detail] = entries[number];
    return [mark(headline, terms), mark(cutExcerpt(detail, terms), terms)];
  });
  return { count: found.length, results };
}

/** Splits a text into pieces: every second one is a match. Folding keeps most lengths, which is enough here. */
function mark(text, terms) {
  const folded = fold(text);
  const pieces = [];
  let end = 0;
  for (;;) {
    const [start, term] = findFirst(folded, terms, end);
    if (start < 0) break;
    pieces.push(text.slice(end, start), text.slice(start, start + term.length));
    end = start + term.length;
  }
  pieces.push(text.slice(end));
  return pieces;
}

function cutExcerpt(text, terms) {
  const [start] = findFirst(fold(text), terms, 0);
  const from = Math.max(0, start - MAX_EXCERPT / 2);
  return text.slice(from, from + MAX_EXCERPT);
}

/** The first place of any term from a place on: `[place, term]`, or -1. */
function findFirst(text, terms, from) {
  let first = [-1, ''];
  for (const term of terms) {
    const place = text.indexOf(term, from);
    if (place >= 0 && (first[0] < 0 || place < first[0])) first = [place, term];
  }
  return first;
}
