// Downloads issues. What fails throws `[reason, cause]`, the details of the `digest-error` event.

import { callEngine, toFailure } from './engine.js';
import { fetch, Map } from './globals.js';

/** The maximum size of an issue in bytes: more than `digest-press` publishes. */
const MAX_BYTES = 1e7;

/** The maximum number of commas: a page that draws as many values stops for seconds. */
const MAX_COMMAS = 3e5;

/** The running downloads of issues, by address: elements with the same address share one. */
const downloads = new Map();

/** The issues that came with a series script, by address. */
const included = new Map();

/** Keeps an issue that a series script includes, so that it need not be downloaded. */
export function includeIssue(url, issue) {
  included.set(url, issue);
}

/** Returns the JSON document at an address, and the base of its relative addresses. */
export async function downloadIssue(url, bypassCache) {
  if (included.has(url) && !bypassCache) return [included.get(url), url];
  const request = bypassCache ? callEngine((engine) => engine.request_issue(url)).then(readToEnd) : share(url);
  const response = await request.catch(throwFailure('unreachable'));
  if (!response.ok) throw ['status', response.status];
  const issue = await response.json().catch(throwFailure('unreadable'));
  // A page may have replaced `fetch` by a function whose responses have no address.
  return [issue, response.url || url];
}

/** Returns a separate response for each call, from one download. */
async function share(url) {
  let download = downloads.get(url);
  if (!download) {
    const forget = () => downloads.delete(url);
    download = fetch(url).then(readToEnd);
    downloads.set(url, download);
    download.then(forget, forget);
  }
  return (await download).clone();
}

/** Waits until a response is complete. Cancels it at the limit: it may never end. */
async function readToEnd(response) {
  // A page may have replaced `fetch` by a function whose responses have no stream.
  const reader = response.clone().body?.getReader();
  let size = 0;
  let commas = 0;
  while (reader) {
    const { done, value } = await reader.read().catch(throwFailure('unreadable'));
    if (done) break;
    size += value.length;
    for (const byte of value) commas += byte === 44;
    if (size > MAX_BYTES || commas > MAX_COMMAS) {
      reader.cancel();
      response.body.cancel();
      throw ['too-large', size];
    }
  }
  return response;
}

function throwFailure(reason) {
  return (error) => {
    throw toFailure(error, reason);
  };
}
