// Finds what ad blockers do to requests. Standard input is a JSON array of requests. Standard output
// has `blocking`, the filter that blocks each request, or null, and `hiding`, every filter that hides
// elements on all sites.

const { FiltersEngine, Request } = require(process.env.DIGEST_ADBLOCKER);
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.env.DIGEST_BLOCKER_LISTS;

/** A list as its authors write it, which the package keeps beside the rules that it makes of it. */
function readList(name) {
  const [{ metadata }] = JSON.parse(readFileSync(join(folder, name, `${name}.json`), 'utf8'));
  return metadata?.rawFilterList ?? '';
}

const filters = readdirSync(folder).map(readList).join('\n');
const engine = FiltersEngine.parse(filters, { loadCosmeticFilters: false });

function findBlocking({ url, type, page }) {
  const { match, redirect, filter } = engine.match(Request.fromRawDetails({ url, type, sourceUrl: page }));
  return match || redirect ? filter.toString() : null;
}

const blocking = JSON.parse(readFileSync(0, 'utf8')).map(findBlocking);
const hiding = filters.split(/\r?\n/).filter((line) => line.startsWith('##'));
process.stdout.write(JSON.stringify({ blocking, hiding }));
