// MiniSearch, with prefixes: it finds words and their beginnings.

import MiniSearch from 'minisearch';
import { fold, showResults } from './results.js';

/** Returns a function that searches the entries, `[headline, detail]`. */
export async function load(entries) {
  const index = new MiniSearch({
    fields: ['headline', 'detail'],
    processTerm: fold,
    searchOptions: { prefix: true, combineWith: 'AND' },
  });
  index.addAll(entries.map(([headline, detail], id) => ({ id, headline, detail })));
  globalThis.indexSize = () => JSON.stringify(index);
  return (query) => {
    const found = index.search(query).map(({ id }) => id);
    return showResults(entries, found, query);
  };
}
