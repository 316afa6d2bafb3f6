// FlexSearch, with prefixes.

import { Charset, Index } from 'flexsearch';
import { showResults } from './results.js';

/** Returns a function that searches the entries, `[headline, detail]`. */
export async function load(entries) {
  const index = new Index({ tokenize: 'forward', encoder: Charset.LatinBalance, resolution: 9 });
  entries.forEach(([headline, detail], id) => index.add(id, `${headline} ${detail}`));
  globalThis.indexSize = () => {
    const parts = [];
    index.export((key, data) => parts.push(key, data));
    return JSON.stringify(parts);
  };
  return (query) => showResults(entries, index.search(query, { limit: entries.length }), query);
}
