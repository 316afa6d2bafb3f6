// <digest-widget>: the element, without its registration.
//
// The element is what pages and readers act on; the engine, WebAssembly, draws. The first element to
// appear starts the engine and its own issue together, because on a slow phone each wait for a round
// trip costs more than all the bytes. Until the engine draws, and whenever it cannot, the element's
// own children stay on view.
//
// The pieces of a digest are known by their `part`, and a panel is open if its <details> is: the
// state is in the document. So all of this also works on a digest that was there before the engine.

import { VERSION, loadEngine, runSmallestModule } from './engine.js';
import { keepPlace } from './restore_focus.js';

const WORDS = {
  en: ['The digest could not be opened here.', 'Try again'],
  ja: ['ダイジェストを開けませんでした。', 'もう一度試す'],
};

/** The options as properties, each with what it is where its attribute is absent. */
const OPTIONS = {
  src: '',
  theme: 'auto',
  headingLevel: 2,
  open: 'none',
  loading: 'eager',
  deepLinks: 'on',
  linkTarget: '',
};

/** The newest engine that a loader has offered, and the one that was started, by whoever asked first. */
let newest = { version: VERSION, load: loadEngine };
let engine;

/** The elements that are in a page. */
const connected = new Set();

/** The style sheet of each document: one that is constructed is for its own document alone. */
let sheets = new WeakMap();

/** The downloads of issues that are under way: one serves every element that asks for it meanwhile. */
const downloads = new Map();

export class DigestWidget extends HTMLElement {
  static observedAttributes = ['lang', ...Object.keys(OPTIONS).map(attributeOf)];

  /** Takes an engine to draw with, unless there is one that is as new. */
  static offer(version, load) {
    if (version.localeCompare(newest.version, 'en', { numeric: true }) <= 0) return;
    newest = { version, load };
    engine = undefined;
    sheets = new WeakMap();
    for (const element of connected) element.#restart();
  }

  #issue = null;
  #widget; // The engine's part of this element, once the engine runs.
  #mounted = false;
  #stage; // Where the engine draws: out of sight for as long as a pre-rendered digest is on view.
  #wanted; // What is to be shown: an address, or an object.
  #attempt; // Names the last attempt to show it; what an earlier one still does is stale.
  #near = false; // Whether a reader has come near.
  #observer;
  #id; // The id of the last issue that the engine has drawn.
  #opened; // The ids of the panels that were open when the element left its page.
  #waiting = []; // What to do as soon as an issue is on view.
  #quiet = new WeakSet(); // Panels that a script has toggled: that is not the reader's doing.
  #retried = false; // Whether the reader has pressed "Try again".
  #message; // What says that the engine did not start.

  constructor() {
    super();
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#stage = this.#shown ? new DocumentFragment() : shadow;
    this.#stage.replaceChildren(document.createElement('slot'));
    shadow.addEventListener('click', (event) => this.#clicked(event));
    shadow.addEventListener('toggle', (event) => this.#toggled(event.target), true);
    this.#begin();
  }

  connectedCallback() {
    connected.add(this);
    addEventListener('hashchange', this);
    for (const name of ['issue', ...Object.keys(OPTIONS)]) this.#adopt(name);
    this.#mount();
    this.#load();
  }

  /** Being moved by `moveBefore` changes nothing. */
  connectedMoveCallback() {}

  disconnectedCallback() {
    connected.delete(this);
    removeEventListener('hashchange', this);
    this.#observer?.disconnect();
    // An element that is moved is connected again by now, and keeps everything as it is.
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  /** In another document it is drawn anew, with that one's style sheet. */
  adoptedCallback() {
    this.#unmount();
  }

  attributeChangedCallback(name, before, value) {
    // Some frameworks set every option whenever anything changes.
    if (!this.isConnected || before === value) return;
    if (name === 'src' || name === 'loading') this.#load();
    else if (name === 'open') this.#openAtFirst();
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
    this.#whenDrawn(() => this.#panels().forEach((panel) => this.#set(panel, true)));
  }

  closeAll() {
    this.#whenDrawn(() => this.#panels().forEach((panel) => this.#set(panel, false)));
  }

  // `open(id)` is a method, and `open` is an attribute. Frameworks assign a property where an element
  // has one of that name, so what is assigned goes to the attribute.
  get open() {
    return (id) => this.#whenDrawn(() => this.#set(this.#panel(id), true));
  }

  set open(value) {
    reflect(this, 'open', value);
  }

  close(id) {
    this.#whenDrawn(() => this.#set(this.#panel(id), false));
  }

  reload() {
    this.#load(true);
  }

  /** Takes over a property that was set before the element was defined. */
  #adopt(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  async #load(again = false) {
    const wanted = this.#issue ?? this.#address();
    if (!this.isConnected || !wanted || (wanted === this.#wanted && !again)) return;
    if (this.loading === 'lazy' && !this.#near) return this.#waitUntilNear();
    // A pre-rendered digest goes when something else is wanted, and only then if that is not to be had.
    if (this.#wanted && this.#wanted !== wanted) this.#swap();
    this.#wanted = wanted;
    const attempt = (this.#attempt = {});
    const isAddress = wanted !== this.#issue;
    const download = isAddress && !again ? fetchIssue(wanted) : undefined;
    download?.catch(() => {}); // The engine says so, once it runs.
    try {
      const { Widget } = await startEngine();
      if (attempt !== this.#attempt) return;
      // Out of the page nothing is drawn, and so nothing is kept alive: it begins anew in the page.
      if (!this.isConnected) return (this.#wanted = undefined);
      this.#message?.remove();
      this.#widget ??= new Widget();
      this.#configure();
      this.#mount();
      if (isAddress) this.#widget.load(wanted, download);
      else this.#widget.show(wanted, document.baseURI);
    } catch (error) {
      if (attempt === this.#attempt) this.#failToStart(error);
    }
  }

  #address() {
    const { src } = this;
    try {
      return src && new URL(src, document.baseURI).href;
    } catch (error) {
      this.#tellError('address', error, src);
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
    this.#widget.mount(this.#stage, (what, ...details) => {
      if (what === 'style') this.#adoptStyle(...details);
      else if (what === 'drawn') this.#tellDrawn(...details);
      else this.#tellError(...details, this.#wanted);
    });
  }

  /** The style sheet is constructed because a partner's `style-src` blocks `<style>` and `style=`. */
  #adoptStyle(css) {
    const { ownerDocument } = this;
    if (!ownerDocument.defaultView) return; // Nobody sees a document without a window.
    let sheet = sheets.get(ownerDocument);
    if (!sheet) {
      sheet = new ownerDocument.defaultView.CSSStyleSheet();
      sheet.replaceSync(css);
      sheets.set(ownerDocument, sheet);
    }
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }

  /** Lets go of everything that would keep the element alive. */
  #unmount() {
    if (!this.#mounted) return;
    if (this.#shown) this.#opened = this.#panels().filter((panel) => panel.open).map(idOf);
    this.#mounted = false;
    this.#widget.unmount();
  }

  /** Puts what the engine has drawn in the place of a pre-rendered digest, in one step. */
  #swap() {
    const shadow = this.shadowRoot;
    if (this.#stage === shadow) return;
    keepPlace(shadow, () => {
      const opened = this.#panels().filter((panel) => panel.open).map(idOf);
      shadow.replaceChildren(this.#stage);
      this.#stage = shadow;
      this.#reopen(opened);
    });
  }

  #configure() {
    const level = Math.min(Math.max(this.headingLevel, 1), 5) || OPTIONS.headingLevel;
    this.#widget?.configure(this.#lang, level, this.deepLinks !== 'off', this.linkTarget);
  }

  get #lang() {
    return this.closest('[lang]')?.lang ?? '';
  }

  #tellDrawn(id) {
    const opened = this.#opened;
    const isNew = id !== this.#id;
    this.#opened = undefined;
    this.#id = id;
    if (this.#stage !== this.shadowRoot) this.#swap();
    else if (isNew) this.#begin();
    else if (opened) this.#reopen(opened);
    this.#waiting.splice(0).forEach((action) => action());
    this.#label();
    // The pressed button is gone, and with it the focus: hand it to what replaced the button.
    if (this.#retried) this.shadowRoot.querySelector('[part=title]').focus();
    this.#retried = false;
    if (isNew || !opened) this.#emit('digest-load', { id, src: addressOf(this.#wanted) });
  }

  #tellError(reason, cause, source) {
    const src = addressOf(source);
    this.#emit('digest-error', { reason, cause, src });
    import('./explain.js').then(
      ({ explain }) => explain({ reason, cause, source, engine, runSmallestModule }),
      () => console.error(`digest-widget: ${src}: ${reason}:`, cause),
    );
  }

  #failToStart(error) {
    const [sentence, retry] = WORDS[this.#lang.slice(0, 2).toLowerCase()] ?? WORDS.en;
    this.#message?.remove();
    const message = (this.#message = document.createElement('p'));
    message.setAttribute('part', 'message');
    message.setAttribute('role', 'alert');
    message.textContent = sentence + ' ';
    message.style.cssText = 'border-inline-start:3px solid;padding-inline-start:1em';
    this.#stage.append(message);
    // Where there can be no WebAssembly, trying again is of no use.
    if (canRun()) {
      const button = document.createElement('button');
      button.setAttribute('part', 'retry');
      button.style.font = 'inherit';
      button.textContent = retry;
      message.append(button);
      if (this.#retried) button.focus();
    }
    this.#tellError('engine', error, this.#wanted);
  }

  #emit(type, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
  }

  #whenDrawn(action) {
    if (this.#shown) action();
    else this.#waiting.push(action);
  }

  /** The issue that is on view. */
  get #shown() {
    return this.shadowRoot.querySelector('[part=issue]');
  }

  #panels() {
    return [...this.shadowRoot.querySelectorAll('[part=panel]')];
  }

  #panel(id) {
    return this.#panels().find((panel) => idOf(panel) === id);
  }

  #set(panel, open) {
    if (!panel || panel.open === open) return;
    this.#quiet.add(panel);
    panel.open = open;
  }

  /** Opens panels that the reader has seen open, so they need not appear. */
  #reopen(ids) {
    for (const panel of this.#panels()) {
      if (!ids.includes(idOf(panel))) continue;
      panel.className = 'still';
      this.#set(panel, true);
    }
  }

  /** Opens what is to be open at first. A quick reader may have opened some before. */
  #begin() {
    if (this.hasAttribute('open')) this.#openAtFirst();
    this.#followHash();
  }

  #openAtFirst() {
    const open = this.getAttribute('open');
    this.#panels().forEach((panel, index) => this.#set(panel, open === 'all' || (open === 'first' && !index)));
  }

  /** The id in the page's address names a headline. The browser does not look into shadow roots. */
  #followHash() {
    if (this.deepLinks === 'off') return;
    const hash = location.hash.slice(1);
    const panel = this.#panels().find((panel) => encodeURIComponent(idOf(panel)) === hash || idOf(panel) === hash);
    this.#set(panel, true);
    panel?.parentElement.scrollIntoView();
  }

  #toggled(panel) {
    if (!this.#panels().includes(panel)) return;
    this.#label();
    if (!this.#quiet.delete(panel)) this.#emit('digest-toggle', { id: idOf(panel), open: panel.open });
  }

  #label() {
    this.#widget?.set_all_open(this.#panels().every((panel) => panel.open));
  }

  #clicked(event) {
    const piece = event.target.closest('a, button');
    if (!this.shadowRoot.contains(piece)) return;
    const part = piece.getAttribute('part');
    if (part === 'headline-link') {
      // With a key held, the browser opens the address elsewhere, to share or to keep.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const panel = piece.closest('li').querySelector('details');
      panel.open = !panel.open;
    } else if (part === 'open-all') {
      const panels = this.#panels();
      const open = !panels.every((panel) => panel.open);
      panels.forEach((panel) => (panel.open = open));
    } else if (part === 'retry') {
      this.#retried = true;
      this.reload();
    } else if (part === 'link') {
      const id = piece.closest('[part=detail]')?.id ?? '';
      if (!this.#emit('digest-link', { href: piece.href, id }, true)) event.preventDefault();
    }
  }
}

for (const [name, absent] of Object.entries(OPTIONS)) {
  if (name === 'open') continue; // It is a method as well, above.
  Object.defineProperty(DigestWidget.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = this.getAttribute(attributeOf(name));
      return value === null ? absent : absent.constructor(value);
    },
    set(value) {
      reflect(this, name, value);
    },
  });
}

function reflect(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(attributeOf(name));
  else element.setAttribute(attributeOf(name), value);
}

function attributeOf(name) {
  return name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
}

/** What is shown may be an object, which has none. */
function addressOf(source) {
  return typeof source === 'string' ? source : '';
}

function idOf(panel) {
  return panel.lastElementChild.id;
}

function canRun() {
  try {
    runSmallestModule();
    return true;
  } catch {
    return false;
  }
}

/** The engine, started by whoever asks first, and again by whoever asks after it failed. */
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

/** A response of its own for each asker, from one download. */
async function fetchIssue(url) {
  let download = downloads.get(url);
  if (!download) {
    download = fetch(url).finally(() => downloads.delete(url));
    downloads.set(url, download);
  }
  return (await download).clone();
}
