// A plain scan: every entry that holds each term, newest first.

import { fold, showResults } from './results.js';

/** Returns a function that searches the entries, `[headline, detail]`. */
export async function load(entries) {
  const texts = entries.map(([headline, detail]) => fold(`${headline} ${detail}`));
  return (query) => {
    const terms = fold(query).split(/\s+/).filter(Boolean);
    const found = [];
    texts.forEach((text, number) => {
      if (terms.every((term) => text.includes(term))) found.push(number);
    });
    return showResults(entries, found, query);
  };
}
