// Loads the list of a series and the texts to search, and the WebAssembly that draws and searches them.

import { ArchiveView, default as startModule } from './digest-archive.js';

const WASM = new URL('./digest-archive_bg.wasm', import.meta.url).href;

// The hash of the WebAssembly, in the pinned script.
const ARCHIVE_INTEGRITY = '';

/** The maximum size of a file in bytes: the text of a hundred years. */
const MAX_BYTES = 3e7;

/** The promise of the running module. */
let started;

export class ArchiveData {
  /** The address of archive.json. */
  url;
  /** Draws the list, and searches. */
  view;
  #archive;
  #texts;

  constructor(url) {
    this.url = url;
    this.#texts = this.#requestTexts();
    this.#texts.catch(() => (this.#texts = undefined)); // Then they are requested again.
  }

  /** Loads the list. Until the texts are there, only headlines are searched. */
  async loadList(cache) {
    [this.#archive] = await Promise.all([fetchJson(this.url, cache), start()]);
    this.view = new ArchiveView(this.#archive);
  }

  /** Loads the texts. They belong to one version of the list, and caches may have an older one. */
  async loadTexts() {
    let texts = await (this.#texts ?? this.#requestTexts());
    if (texts.version !== this.#archive.search.version) {
      [texts] = await Promise.all([this.#requestTexts('reload'), this.loadList('reload')]);
    }
    if (texts.version !== this.#archive.search.version) throw new Error(`search.json does not belong to ${this.url}`);
    this.view.add_details(texts.details);
  }

  /** Returns the address of the issue.json of a page: on the host of the list, also in a copy of the site. */
  findIssue(page) {
    const { page: site, issues } = this.#archive;
    const src = issues.find((issue) => issue.page === page)?.src;
    if (!src?.startsWith(site)) throw new Error(`${page} is not in ${this.url}`);
    return new URL(src.slice(site.length), this.url).href;
  }

  #requestTexts(cache) {
    return fetchJson(new URL('search.json', this.url), cache);
  }
}

/** Starts the module once. */
function start() {
  if (!started) {
    started = startModule({ module_or_path: fetch(WASM, { integrity: ARCHIVE_INTEGRITY }) });
    started.catch(() => (started = undefined)); // The next call tries again.
  }
  return started;
}

/** Downloads a JSON document. Cancels it at the limit: it may never end. */
async function fetchJson(url, cache = 'default') {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${url} answered with status ${response.status}`);
  let size = 0;
  const limit = new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > MAX_BYTES) controller.error(new Error(`${url} has more than ${MAX_BYTES} bytes`));
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(limit)).json();
}
