// Downloads issues. What fails throws `[reason, cause]`, the details of the `digest-error` event.

import { callEngine, toFailure } from './engine.js';
import { fetch, Map } from './globals.js';

/** The running downloads of issues, by address: elements with the same address share one. */
const downloads = new Map();

/** Returns the JSON document at an address, and the base of its relative addresses. */
export async function downloadIssue(url, bypassCache) {
  const request = bypassCache ? callEngine((engine) => engine.request_issue(url)) : share(url);
  const response = await request.catch(throwFailure('unreachable'));
  const json = callEngine((engine) => engine.read_response(response));
  const issue = await json.catch(throwFailure('unreadable'));
  // A page may have replaced `fetch` by a function whose responses have no address.
  return [issue, response.url || url];
}

/** Returns a separate response for each call, from one download. */
async function share(url) {
  let download = downloads.get(url);
  if (!download) {
    const forget = () => downloads.delete(url);
    download = fetch(url);
    downloads.set(url, download);
    download.then(forget, forget);
  }
  return (await download).clone();
}

function throwFailure(reason) {
  return (error) => {
    throw toFailure(error, reason);
  };
}
