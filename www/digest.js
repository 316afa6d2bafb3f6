// Digest Widget's loader: all that a partner's page includes.
//
// It defines <digest-widget>, and the first element to appear starts the WebAssembly engine and its
// own issue together, because on a slow phone each wait for a round trip costs more than all the
// bytes. One engine and one download of each issue serve every element of the page. Until the
// engine draws, and whenever it cannot, the element's own children stay on view.

const ENGINE = new URL('./digest-widget.js', import.meta.url).href;
const WASM = new URL('./digest-widget_bg.wasm', import.meta.url).href;

const WORDS = {
  en: ['The digest could not be opened here.', 'Try again'],
  ja: ['ダイジェストを開けませんでした。', 'もう一度試す'],
};

let engine;
let attempts = 0;
const issues = new Map();

/** The engine, started by whoever asks first, and again by whoever asks after it failed. */
function startEngine() {
  return (engine ??= loadEngine().catch((error) => {
    engine = undefined;
    throw error;
  }));
}

async function loadEngine() {
  // What failed may be in the browser's cache, for ever by its headers. A module that failed to
  // load is remembered by its address, so another attempt needs another address.
  const again = attempts++;
  const wasm = fetch(WASM, { cache: again ? 'reload' : 'default' });
  wasm.catch(() => {}); // Reported below: the module's own failure may come first.
  const module = await import(again ? `${ENGINE}?${again}` : ENGINE);
  const response = await wasm;
  if (!response.ok) throw new Error(`${WASM} answered ${response.status}`);
  await module.default({ module_or_path: response });
  return module;
}

/** A response of its own for each asker, from one download. */
async function fetchIssue(url) {
  if (!issues.has(url)) issues.set(url, fetch(url));
  const download = issues.get(url);
  try {
    const response = await download;
    if (!response.ok) issues.delete(url);
    return response.clone();
  } catch (error) {
    issues.delete(url);
    throw error;
  }
}

class DigestWidget extends HTMLElement {
  static observedAttributes = ['src', 'lang'];

  #widget;
  #source;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(document.createElement('slot'));
  }

  connectedCallback() {
    this.#load();
  }

  attributeChangedCallback(name) {
    if (!this.isConnected) return;
    if (name === 'src') this.#load();
    else this.#widget?.set_lang(this.#lang);
  }

  get #lang() {
    return this.closest('[lang]')?.lang ?? '';
  }

  async #load() {
    const source = this.#address();
    if (!source || source === this.#source) return;
    this.#source = source;
    const issue = fetchIssue(source);
    issue.catch(() => {}); // The widget says so, once it runs.
    try {
      const { Widget } = await startEngine();
      if (source !== this.#source) return;
      this.#widget ??= new Widget(this.shadowRoot, this.#lang);
      this.#widget.load(source, issue);
    } catch (error) {
      if (source === this.#source) this.#fail(error);
    }
  }

  #address() {
    const src = this.getAttribute('src');
    try {
      return new URL(src || '//', document.baseURI).href;
    } catch {
      console.error(`digest-widget: src: expected the address of an issue.json, found ${JSON.stringify(src)}`);
    }
  }

  #fail(error) {
    console.error(`digest-widget: ${ENGINE} did not start:`, error);
    const [sentence, retry] = WORDS[this.#lang.slice(0, 2).toLowerCase()] ?? WORDS.en;
    const message = document.createElement('p');
    message.setAttribute('role', 'alert');
    message.textContent = sentence + ' ';
    message.style.cssText = 'border-inline-start:3px solid;padding-inline-start:1em';
    const button = document.createElement('button');
    button.style.font = 'inherit';
    button.textContent = retry;
    button.onclick = () => {
      message.remove();
      this.#source = undefined;
      this.#load();
    };
    message.append(button);
    this.shadowRoot.append(message);
  }
}

// A page may include the loader twice: the first one serves all elements.
if (!customElements.get('digest-widget')) customElements.define('digest-widget', DigestWidget);
