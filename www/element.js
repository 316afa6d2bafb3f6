// The class of <digest-widget>, without its registration.
//
// The element handles attributes, methods and clicks; the engine, WebAssembly, draws. The first element
// starts the engine and the download of its issue together, because on a slow phone each round trip
// costs more than all the bytes. The element's children stay visible until the engine draws, and if it
// cannot.
//
// The state is in the document: the element finds the parts of a digest by `part`, and a panel is open
// if its <details> is. So everything works on a pre-rendered digest too, before the engine runs.

import { DEFAULTS } from './digest-options.js';
import { VERSION, loadEngine, runSmallestModule } from './engine.js';
import { keepFocusAndSelection } from './restore_focus.js';

const STRINGS = {
  en: ['The digest could not be opened here.', 'Try again'],
  ja: ['ダイジェストを開けませんでした。', 'もう一度試す'],
};

/** The newest engine that a loader has offered, and the promise of the started engine. */
let newest = { version: VERSION, load: loadEngine };
let engine;

/** The elements in the page. */
const connected = new Set();

/** The style sheet of each document: a constructed sheet works only in its own document. */
let sheets = new WeakMap();

/** The running downloads of issues, by address: elements with the same address share one. */
const downloads = new Map();

export class DigestWidget extends HTMLElement {
  static observedAttributes = ['lang', ...Object.keys(DEFAULTS).map(toAttribute)];

  /** Replaces the engine if `version` is newer. */
  static offer(version, load) {
    if (version.localeCompare(newest.version, 'en', { numeric: true }) <= 0) return;
    newest = { version, load };
    engine = undefined;
    sheets = new WeakMap();
    for (const element of connected) element.#restart();
  }

  #issue = null;
  #widget; // The engine's `Widget`, once the engine runs.
  #mounted = false;
  #stage; // Where the engine draws: out of the document while a pre-rendered digest is visible.
  #wanted; // What to show: an address or an object.
  #attempt; // Identifies the last call to show it; results of earlier calls are ignored.
  #near = false; // True once the reader has scrolled near.
  #observer;
  #id; // The id of the issue that the engine drew last.
  #opened; // The ids of the panels that were open when the element was removed.
  #waiting = []; // Actions to run when an issue is visible.
  #quiet = new WeakSet(); // Panels toggled by a script: no digest-toggle event.
  #retried = false; // True after the reader pressed "Try again".
  #message; // The message that the engine did not start.

  constructor() {
    super();
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#stage = this.#shown ? new DocumentFragment() : shadow;
    this.#stage.replaceChildren(document.createElement('slot'));
    shadow.addEventListener('click', (event) => this.#handleClick(event));
    shadow.addEventListener('toggle', (event) => this.#handleToggle(event.target), true);
    this.#openInitially();
  }

  connectedCallback() {
    connected.add(this);
    addEventListener('hashchange', this);
    for (const name of ['issue', ...Object.keys(DEFAULTS)]) this.#upgradeProperty(name);
    this.#mount();
    this.#load();
  }

  /** `moveBefore` changes nothing. */
  connectedMoveCallback() {}

  disconnectedCallback() {
    connected.delete(this);
    removeEventListener('hashchange', this);
    this.#observer?.disconnect();
    // An element that was only moved is connected again by then, and stays mounted.
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  /** Another document needs its own style sheet, so the element is drawn again there. */
  adoptedCallback() {
    this.#unmount();
  }

  attributeChangedCallback(name, before, value) {
    // Some frameworks set every attribute on each update.
    if (!this.isConnected || before === value) return;
    if (name === 'src' || name === 'loading') this.#load();
    else if (name === 'open') this.#applyOpen();
    else this.#configure();
  }

  handleEvent() {
    this.#followHash();
  }

  get issue() {
    return this.#issue;
  }

  set issue(issue) {
    this.#issue = issue ?? null;
    this.#load();
  }

  openAll() {
    this.#whenDrawn(() => this.#panels().forEach((panel) => this.#setOpen(panel, true)));
  }

  closeAll() {
    this.#whenDrawn(() => this.#panels().forEach((panel) => this.#setOpen(panel, false)));
  }

  // `open(id)` is a method and `open` an attribute. Frameworks assign a property if the element has one
  // of that name, so assigning it sets the attribute.
  get open() {
    return (id) => this.#whenDrawn(() => this.#setOpen(this.#findPanel(id), true));
  }

  set open(value) {
    reflect(this, 'open', value);
  }

  close(id) {
    this.#whenDrawn(() => this.#setOpen(this.#findPanel(id), false));
  }

  reload() {
    this.#load(true);
  }

  /** Applies a property that was set before the element was defined. */
  #upgradeProperty(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  async #load(again = false) {
    const wanted = this.#issue ?? this.#resolveSrc();
    if (!this.isConnected || !wanted || (wanted === this.#wanted && !again)) return;
    if (this.loading === 'lazy' && !this.#near) return this.#waitUntilNear();
    // A pre-rendered digest is replaced at once only if another issue is wanted.
    if (this.#wanted && this.#wanted !== wanted) this.#swap();
    this.#wanted = wanted;
    const attempt = (this.#attempt = {});
    const isAddress = wanted !== this.#issue;
    const download = isAddress && !again ? fetchIssue(wanted) : undefined;
    download?.catch(() => {}); // The engine reports it, once it runs.
    try {
      const { Widget } = await startEngine();
      if (attempt !== this.#attempt) return;
      // Removed elements stay unmounted, so that they can be garbage-collected, and load when inserted.
      if (!this.isConnected) return (this.#wanted = undefined);
      this.#message?.remove();
      this.#widget ??= new Widget();
      this.#configure();
      this.#mount();
      if (isAddress) this.#widget.load(wanted, download);
      else this.#widget.show(wanted, document.baseURI);
    } catch (error) {
      if (attempt === this.#attempt) this.#showStartFailure(error);
    }
  }

  #resolveSrc() {
    const { src } = this;
    try {
      return src && new URL(src, document.baseURI).href;
    } catch (error) {
      this.#reportError('address', error, src);
    }
  }

  #waitUntilNear() {
    this.#observer ??= new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#observer.disconnect();
        this.#near = true;
        this.#load();
      },
      { rootMargin: '50%' },
    );
    this.#observer.observe(this);
  }

  #restart() {
    this.#unmount();
    this.#widget = this.#wanted = undefined;
    this.#load();
  }

  #mount() {
    if (this.#mounted || !this.#widget) return;
    this.#mounted = true;
    this.#widget.mount(this.#stage, (event, ...details) => {
      if (event === 'style') this.#adoptStyle(...details);
      else if (event === 'drawn') this.#handleDrawn(...details);
      else this.#reportError(...details, this.#wanted);
    });
  }

  /** Uses a constructed style sheet, because an embedder's `style-src` blocks `<style>` and `style=`. */
  #adoptStyle(css) {
    const { ownerDocument } = this;
    if (!ownerDocument.defaultView) return; // A document without a window is not visible.
    let sheet = sheets.get(ownerDocument);
    if (!sheet) {
      sheet = new ownerDocument.defaultView.CSSStyleSheet();
      sheet.replaceSync(css);
      sheets.set(ownerDocument, sheet);
    }
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }

  /** Removes every reference that would keep the element from being garbage-collected. */
  #unmount() {
    if (!this.#mounted) return;
    if (this.#shown) this.#opened = this.#listOpenIds();
    this.#mounted = false;
    this.#widget.unmount();
  }

  /** Replaces a pre-rendered digest with the nodes that the engine has drawn, in one step. */
  #swap() {
    const shadow = this.shadowRoot;
    if (this.#stage === shadow) return;
    keepFocusAndSelection(shadow, () => {
      const opened = this.#listOpenIds();
      shadow.replaceChildren(this.#stage);
      this.#stage = shadow;
      this.#reopen(opened);
    });
  }

  #configure() {
    const level = Math.min(Math.max(this.headingLevel, 1), 5) || DEFAULTS.headingLevel;
    this.#widget?.configure(this.#lang, level, this.deepLinks !== 'off', this.linkTarget);
  }

  get #lang() {
    return this.closest('[lang]')?.lang ?? '';
  }

  #handleDrawn(id) {
    const opened = this.#opened;
    const isNew = id !== this.#id;
    this.#opened = undefined;
    this.#id = id;
    if (this.#stage !== this.shadowRoot) this.#swap();
    else if (isNew) this.#openInitially();
    else if (opened) this.#reopen(opened);
    this.#waiting.splice(0).forEach((action) => action());
    this.#updateButton();
    // The pressed button is gone, so the title takes the focus.
    if (this.#retried) this.shadowRoot.querySelector('[part=title]').focus();
    this.#retried = false;
    if (isNew || !opened) this.#emit('digest-load', { id, src: toSrc(this.#wanted) });
  }

  #reportError(reason, cause, source) {
    const src = toSrc(source);
    this.#emit('digest-error', { reason, cause, src });
    import('./explain.js').then(
      ({ explain }) => explain({ reason, cause, source, engine, runSmallestModule }),
      () => console.error(`digest-widget: ${src}: ${reason}:`, cause),
    );
  }

  #showStartFailure(error) {
    const [sentence, retry] = STRINGS[this.#lang.slice(0, 2).toLowerCase()] ?? STRINGS.en;
    this.#message?.remove();
    const message = (this.#message = document.createElement('p'));
    message.setAttribute('part', 'message');
    message.setAttribute('role', 'alert');
    message.textContent = sentence + ' ';
    message.style.cssText = 'border-inline-start:3px solid;padding-inline-start:1em';
    this.#stage.append(message);
    // Without WebAssembly, trying again is useless.
    if (canRunWasm()) {
      const button = document.createElement('button');
      button.setAttribute('part', 'retry');
      button.style.font = 'inherit';
      button.textContent = retry;
      message.append(button);
      if (this.#retried) button.focus();
    }
    this.#reportError('engine', error, this.#wanted);
  }

  #emit(type, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
  }

  #whenDrawn(action) {
    if (this.#shown) action();
    else this.#waiting.push(action);
  }

  /** The visible issue. */
  get #shown() {
    return this.shadowRoot.querySelector('[part=issue]');
  }

  #panels() {
    return [...this.shadowRoot.querySelectorAll('[part=panel]')];
  }

  #findPanel(id) {
    return this.#panels().find((panel) => getId(panel) === id);
  }

  #listOpenIds() {
    return this.#panels().filter((panel) => panel.open).map(getId);
  }

  #setOpen(panel, open) {
    if (!panel || panel.open === open) return;
    this.#quiet.add(panel);
    panel.open = open;
  }

  /** Opens panels again, without animation: the reader has seen them open. */
  #reopen(ids) {
    for (const panel of this.#panels()) {
      if (!ids.includes(getId(panel))) continue;
      panel.className = 'still';
      this.#setOpen(panel, true);
    }
  }

  /** Opens the panels that are open at first. A reader may already have opened others. */
  #openInitially() {
    if (this.hasAttribute('open')) this.#applyOpen();
    this.#followHash();
  }

  #applyOpen() {
    const open = this.getAttribute('open');
    this.#panels().forEach((panel, index) => this.#setOpen(panel, open === 'all' || (open === 'first' && !index)));
  }

  /** Opens the headline whose id is in the page's address. Browsers do not look into shadow roots. */
  #followHash() {
    if (this.deepLinks === 'off') return;
    const hash = location.hash.slice(1);
    const panel = this.#panels().find((panel) => encodeURIComponent(getId(panel)) === hash || getId(panel) === hash);
    this.#setOpen(panel, true);
    panel?.parentElement.scrollIntoView();
  }

  #handleToggle(panel) {
    if (!this.#panels().includes(panel)) return;
    this.#updateButton();
    if (!this.#quiet.delete(panel)) this.#emit('digest-toggle', { id: getId(panel), open: panel.open });
  }

  #updateButton() {
    this.#widget?.set_all_open(this.#panels().every((panel) => panel.open));
  }

  #handleClick(event) {
    const target = event.target.closest('a, button');
    if (!this.shadowRoot.contains(target)) return;
    const part = target.getAttribute('part');
    if (part === 'headline-link') {
      // With a modifier key, the browser opens the link in a new tab or saves it.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const panel = target.closest('li').querySelector('details');
      panel.open = !panel.open;
    } else if (part === 'open-all') {
      const panels = this.#panels();
      const open = !panels.every((panel) => panel.open);
      panels.forEach((panel) => (panel.open = open));
    } else if (part === 'retry') {
      this.#retried = true;
      this.reload();
    } else if (part === 'link') {
      const id = target.closest('[part=detail]')?.id ?? '';
      if (!this.#emit('digest-link', { href: target.href, id }, true)) event.preventDefault();
    }
  }
}

for (const [name, fallback] of Object.entries(DEFAULTS)) {
  if (name === 'open') continue; // Also a method, defined above.
  Object.defineProperty(DigestWidget.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = this.getAttribute(toAttribute(name));
      return value === null ? fallback : fallback.constructor(value);
    },
    set(value) {
      reflect(this, name, value);
    },
  });
}

function reflect(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(toAttribute(name));
  else element.setAttribute(toAttribute(name), value);
}

function toAttribute(name) {
  return name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
}

/** The address, or an empty string if the source is an object. */
function toSrc(source) {
  return typeof source === 'string' ? source : '';
}

function getId(panel) {
  return panel.lastElementChild.id;
}

function canRunWasm() {
  try {
    runSmallestModule();
    return true;
  } catch {
    return false;
  }
}

/** Starts the engine unless it is running; starts it again if it failed. */
function startEngine() {
  if (!engine) {
    const started = newest.load();
    engine = started;
    started.catch(() => {
      if (engine === started) engine = undefined;
    });
  }
  return engine;
}

/** Returns a separate response for each call, from one download. */
async function fetchIssue(url) {
  let download = downloads.get(url);
  if (!download) {
    download = fetch(url).finally(() => downloads.delete(url));
    downloads.set(url, download);
  }
  return (await download).clone();
}
