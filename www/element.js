// The class of <digest-widget>, without its registration.
//
// The element handles attributes, methods and clicks; the engine, WebAssembly, draws. Its download is
// ten times the loader's, so an issue that holds its first view is shown without it, and the engine
// starts when the reader is near and the browser has nothing else to do. The element's children stay
// visible until there is a drawing, and if there can be none.
//
// A digest is drawn once and replaced as a whole: when the issue, an option or the language changes,
// another drawing takes the place of the old one in one step. So it does not matter what translators
// and extensions did to the old one.
//
// The state is in the document: the element finds the parts of a digest by `part`, and a panel is open
// if its <details> is. So everything works on a pre-rendered digest too, before the engine runs.

import { DEFAULTS } from './digest-options.js';
import {
  callEngine,
  getStyle,
  isEngineRunning,
  offerEngine,
  runSmallestModule,
  startEngine,
  toFailure,
} from './engine.js';
import { buildFirstView, buildView } from './first-view.js';
import {
  console,
  CustomEvent,
  decodeURIComponent,
  document,
  encodeURIComponent,
  HTMLElement,
  IntersectionObserver,
  JSON,
  listen,
  location,
  Math,
  navigator,
  Object,
  Promise,
  queueMicrotask,
  requestAnimationFrame,
  requestIdleCallback,
  Set,
  unlisten,
  URL,
  WeakSet,
} from './globals.js';
import { downloadIssue, includeIssue } from './issue-download.js';
import { findLanguage, observeLanguage } from './page-language.js';
import { keepPlace } from './restore-focus.js';
import { applyStyle } from './style-sheets.js';

/** What is shown without the engine: while an issue is loading, and if the engine cannot start. */
const STRINGS = {
  en: ['Loading the digest…', 'The digest could not be opened here.', 'Try again'],
  ja: ['ダイジェストを読み込んでいます…', 'ダイジェストを開けませんでした。', 'もう一度試す'],
};

/** More headlines take seconds to draw, in which the page stops. */
const MAX_HEADLINES = 1e4;

/** The elements in the page. */
const connected = new Set();

/** Ends the observation of the page's language, while elements are in it. */
let stopObserving;

export class DigestWidget extends HTMLElement {
  static observedAttributes = ['lang', ...Object.keys(DEFAULTS).map(toAttribute)];

  /** Takes what another loader brings: its engine and styles if it is newer, and the issue that it includes. */
  static offer(version, load, style, url, issue) {
    if (issue) includeIssue(url, issue);
    if (!offerEngine(version, load, style)) return;
    for (const element of connected) element.#redraw(true);
  }

  #root; // The shadow root: `shadowRoot` is null where a page makes every root closed.
  #issue = null;
  #moved; // The address of the issue that the reader has turned to.
  #wanted; // What to show: an address or an object.
  #visible; // The earlier value of `#wanted` whose issue is visible.
  #attempt; // Identifies the last call to load something; results of earlier calls are ignored.
  #content; // What is visible, unless it is pre-rendered: it can be drawn again.
  #options; // The options of that drawing, as JSON.
  #scheduled = false; // True until the end of the tick in which something is to be loaded.
  #again = false; // True if that shall bypass every cache.
  #near = false; // True once the reader has scrolled near.
  #observer;
  #id; // The id of the issue that was drawn last.
  #hash; // The last fragment of the page's address.
  #waiting = []; // Actions to run when an issue is visible.
  #quiet = new WeakSet(); // Panels toggled by a script: no digest-toggle event.
  #retried = false; // True after the reader pressed "Try again".
  #isStale = false; // True until the label of the button for all panels is updated.
  #archive; // The promise of what shows other issues.
  #keepArchive; // Takes what it shows from one drawing to the next.

  constructor() {
    super();
    this.#guard(() => {
      // First of all: where a page has broken this, an empty shadow root would hide the children.
      const slot = document.createElement('p').appendChild(document.createElement('slot'));
      this.#root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      if (!this.#root.firstChild) this.#root.appendChild(slot);
      this.#root.addEventListener('click', (event) => this.#handleClick(event));
      this.#root.addEventListener('toggle', (event) => this.#handleToggle(event.target), true);
      for (const type of ['pointerover', 'focusin']) this.#root.addEventListener(type, (event) => this.#prepareArchive(event));
      // Browsers draw a box and an icon for a missing picture.
      this.#root.addEventListener('error', ({ target }) => target.replaceWith(target.alt), true);
      this.#openInitially(this.#root);
      this.#followHash();
    });
  }

  connectedCallback() {
    this.#guard(() => {
      connected.add(this);
      stopObserving ??= observeLanguage(() => connected.forEach((element) => element.#redraw()));
      listen(this);
      for (const name of ['issue', ...Object.keys(DEFAULTS)]) this.#upgradeProperty(name);
      this.#load();
      this.#redraw();
    });
  }

  /** `moveBefore` may have moved the element to another language. */
  connectedMoveCallback() {
    this.#redraw();
  }

  disconnectedCallback() {
    connected.delete(this);
    if (!connected.size) stopObserving = stopObserving?.();
    unlisten(this);
    this.#observer?.disconnect();
  }

  /** Another document needs its own style sheet. */
  adoptedCallback() {
    if (this.#content) applyStyle(this.#root, getStyle());
  }

  attributeChangedCallback(name, before, value) {
    // Some frameworks set every attribute on each update.
    if (before === value) return;
    if (name === 'src') this.#moved = undefined;
    if (name === 'src' || name === 'loading') this.#load();
    else if (name === 'open') this.#applyOpen(this.#root);
    else this.#redraw();
  }

  handleEvent({ type, persisted }) {
    if (type === 'popstate' && this.archive === 'address') {
      this.#moved = undefined;
      this.#load();
    }
    if (type !== 'pageshow') return this.#hash === location.hash || this.#followHash();
    // The browser may have stopped the download when the reader left the page.
    if (persisted && this.#wanted !== this.#visible) this.reload();
  }

  get issue() {
    return this.#issue;
  }

  // Some frameworks assign an empty string or false for no issue.
  set issue(issue) {
    this.#issue = issue || null;
    this.#moved = undefined;
    this.#load();
  }

  openAll() {
    this.#whenShown(() => this.#panels.forEach((panel) => this.#setOpen(panel, true)));
  }

  closeAll() {
    this.#whenShown(() => this.#panels.forEach((panel) => this.#setOpen(panel, false)));
  }

  // `open(id)` is a method and `open` an attribute. Frameworks assign a property if the element has one
  // of that name, so assigning it sets the attribute.
  get open() {
    return (id) => this.#whenShown(() => this.#setOpen(this.#findPanel(id), true));
  }

  set open(value) {
    reflect(this, 'open', value);
  }

  close(id) {
    this.#whenShown(() => this.#setOpen(this.#findPanel(id), false));
  }

  reload() {
    this.#load(true);
  }

  /** Reports an exception of a function that the page has changed. */
  #guard(action) {
    try {
      action();
    } catch (error) {
      this.#reportError('engine', error, this.src);
    }
  }

  /** Applies a property that was set before the element was defined. */
  #upgradeProperty(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  /** Loads at the end of the tick, because frameworks set one option after the other. */
  #load(again = false) {
    this.#again ||= again;
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      again = this.#again;
      this.#scheduled = this.#again = false;
      this.#loadNow(again);
    });
  }

  async #loadNow(again) {
    const wanted = this.#moved ?? (this.#issue ? Object(this.#issue) : this.#resolveSrc());
    if (!this.isConnected || !wanted || (wanted === this.#wanted && !again)) return;
    if (this.loading === 'lazy' && !this.#isNear()) return this.#waitUntilNear(() => this.#load());
    if (!this.#wanted && this.#shown) this.#visible = wanted; // It is pre-rendered.
    this.#wanted = wanted;
    const attempt = (this.#attempt = {});
    const isCurrent = () => attempt === this.#attempt;
    const loaded = toSrc(wanted) ? downloadIssue(wanted, again) : copyIssue(wanted);
    try {
      if (!this.#root.querySelector('[part=issue], [part=message]')) this.#showLoading();
      const [issue, base] = await loaded;
      await this.#showIssue(issue, base, isCurrent);
    } catch (error) {
      if (isCurrent()) this.#fail(...toFailure(error), isCurrent);
    }
  }

  #resolveSrc() {
    const { src } = this;
    try {
      const url = src && new URL(src, document.baseURI).href;
      const id = this.archive === 'address' && new URL(location).searchParams.get('digest-issue');
      return id ? url.replace(/(latest|issues\/[^/]+)\/issue\.json$/, `issues/${encodeURIComponent(id)}/issue.json`) : url;
    } catch (error) {
      this.#reportError('address', error, src);
    }
  }

  /** The fragment of the page's address may name a headline, which is known once the issue is there. */
  #isNear() {
    return (this.#near ||= !IntersectionObserver || (location.hash && !isInPage(location.hash)));
  }

  #waitUntilNear(action) {
    this.#observer?.disconnect();
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#observer.disconnect();
        this.#near = true;
        action();
      },
      { rootMargin: '50%' },
    );
    this.#observer.observe(this);
  }

  async #showIssue(issue, base, isCurrent) {
    if (issue?.headlines?.length > MAX_HEADLINES) throw ['too-large', issue.headlines.length];
    const content = {
      issue,
      base,
      // Another version of the format may have another view.
      build: issue?.view && issue.format === 1 && ((options) => buildFirstView(issue, base, options)),
      draw: (engine, options) => engine.draw_issue(issue, base, ...options),
      buildLinks: issue?.archive?.view && ((options) => buildView({ lang: issue.lang, ...issue.archive }, base, options)),
    };
    const drawing = await this.#render(content, isCurrent);
    if (!drawing) return;
    const isOther = this.#visible !== this.#wanted && this.#id !== issue.id;
    this.#visible = this.#wanted;
    this.#id = issue.id;
    if (isOther) this.#openInitially(drawing);
    this.#replace(drawing, isOther);
    if (isOther && !this.#moved) this.#followHash();
    this.#waiting.splice(0).forEach((action) => action());
    // The pressed button is gone, so the title takes the focus.
    if (this.#retried) this.#root.querySelector('[part=title]').focus();
    this.#retried = false;
    this.#emit('digest-load', { id: issue.id, src: toSrc(this.#wanted) });
    this.#warnIfUnclosed();
    this.#prepareEngine();
  }

  /** Starts the engine for later changes, unless the reader's connection is slow or costs her money. */
  #prepareEngine() {
    const { saveData, effectiveType } = navigator.connection ?? {};
    if (saveData || /2g/.test(effectiveType)) return;
    const start = () => startEngine().catch(() => {}); // If it is needed, it starts again.
    // After the first paint, when the browser is idle. Safari cannot tell that.
    const startLater = () => requestAnimationFrame(() => (requestIdleCallback ?? requestAnimationFrame)(start));
    if (this.#isNear()) startLater();
    else this.#waitUntilNear(startLater);
  }

  /** An unclosed element has swallowed the rest of its page, which is hidden now. */
  #warnIfUnclosed() {
    if (this.querySelector('script, main, footer, form, digest-widget'))
      console.warn('digest-widget: the element hides what follows it in the page: close it with </digest-widget>');
  }

  async #showMessage(reason, status, isCurrent) {
    const draw = (engine, [lang]) => engine.draw_message(lang, reason, status);
    const drawing = await this.#render({ draw }, isCurrent);
    if (drawing) this.#replace(drawing);
  }

  /** Draws again if the options have changed. If that fails, the digest stays as it is. */
  async #redraw(always = false) {
    const content = this.#content;
    if (!content || (!always && this.#options === JSON.stringify(this.#readOptions(content)))) return;
    try {
      const drawing = await this.#render(content, () => content === this.#content);
      if (drawing) this.#replace(drawing);
    } catch (error) {
      this.#reportError(...toFailure(error), this.#wanted);
    }
  }

  /** Draws with the current options. Returns nothing if the drawing is no longer wanted. */
  async #render(content, isCurrent) {
    let options = this.#readOptions(content);
    const drawing =
      (!isEngineRunning() && this.#build(content.build, options)) ||
      (await callEngine((engine) => {
        if (!isCurrent()) return;
        options = this.#readOptions(content);
        return content.draw(engine, options);
      }));
    if (!drawing || !isCurrent()) return;
    const links = options[4] && this.#build(content.buildLinks, options);
    if (links) drawing.prepend(links);
    [this.#content, this.#options] = [content, JSON.stringify(options)];
    return drawing;
  }

  /** Builds a drawing that the issue holds, if it does. Without a first view, the engine draws. */
  #build(build, options) {
    try {
      return build?.(options);
    } catch (error) {
      console.warn('digest-widget: faulty first view:', error);
    }
  }

  /** Loads the script for other issues when the reader points at a link to them, or focuses one. */
  #prepareArchive({ target }) {
    if (target.closest('[part=archive]')) this.#loadArchive().catch(() => {}); // A click tries again.
  }

  /** Returns the promise of what shows other issues. */
  #loadArchive() {
    this.#archive ??= import('./archive.js').then(
      ({ Archive }) =>
        new Archive({
          root: this.#root,
          buildView,
          getContent: () => this.#content,
          prepareIssue: async (url) => includeIssue(url, (await downloadIssue(url))[0]),
          showIssue: (url) => {
            this.#moved = url;
            return this.#loadNow();
          },
          reveal: (id) => this.#reveal(id),
          onDraw: (keep) => (this.#keepArchive = keep),
        }),
    );
    this.#archive.catch(() => (this.#archive = undefined));
    return this.#archive;
  }

  /** Puts a drawing in the place of what is visible, with the same panels open unless it is another issue. */
  #replace(drawing, isOther) {
    const opened = isOther ? [] : this.#listOpenIds();
    for (const panel of findPanels(drawing)) {
      if (!opened.includes(getId(panel))) continue;
      panel.className = 'still'; // Without animation: the reader has seen it open.
      this.#setOpen(panel, true);
    }
    applyStyle(this.#root, getStyle());
    keepPlace(this.#root, () => {
      this.#keepArchive?.(drawing);
      this.#root.replaceChildren(drawing);
    });
    this.#updateButton();
  }

  /** Reports a failure. A visible issue stays if it is the one that was to be loaded. */
  #fail(reason, cause, isCurrent) {
    this.#reportError(reason, cause, this.#wanted);
    if (this.#visible === this.#wanted) return;
    this.#visible = undefined;
    const failed = reason === 'engine' ? Promise.reject() : this.#showMessage(reason, cause, isCurrent);
    failed.catch(() => isCurrent() && this.#showStartFailure());
  }

  #reportError(reason, cause, source) {
    const src = toSrc(source);
    this.#emit('digest-error', { reason, cause, src });
    import('./explain.js').then(
      ({ explain }) => explain({ reason, cause, source, startEngine, runSmallestModule }),
      () =>
        console.error(
          `digest-widget: ${src}: ${reason}: digest.js does not find its other files. Include it from where they are:`,
          cause,
        ),
    );
  }

  /** Shows that the issue is loading, in the place of the element's children if there are none. */
  #showLoading() {
    const drawing = document.createElement('div');
    drawing.className = 'root';
    drawing.appendChild(document.createElement('slot')).append(this.#createMessage('status', 0));
    this.#root.replaceChildren(drawing);
    applyStyle(this.#root, getStyle());
  }

  /** Shows a message of the loader's own, below the element's children. */
  #showStartFailure() {
    const message = this.#createMessage('alert', 1);
    message.style.cssText = 'border-inline-start:3px solid;padding-inline-start:1em';
    // Without WebAssembly, trying again is useless.
    if (canRunWasm()) {
      const button = document.createElement('button');
      button.setAttribute('part', 'retry');
      button.style.font = 'inherit';
      button.textContent = STRINGS[message.lang][2];
      message.append(' ', button);
    }
    this.#content = undefined;
    this.#root.replaceChildren(document.createElement('slot'), message);
    if (this.#retried) message.lastElementChild?.focus();
  }

  #createMessage(role, index) {
    const message = document.createElement('p');
    message.lang = /^ja\b/i.test(findLanguage(this)) ? 'ja' : 'en';
    message.setAttribute('part', 'message');
    message.setAttribute('role', role);
    message.textContent = STRINGS[message.lang][index];
    return message;
  }

  #readOptions({ issue }) {
    const level = Math.min(Math.max(this.headingLevel, 1), 5);
    const hasArchive = this.archive !== 'off';
    return [findLanguage(this), level, this.#findLinkBase(issue), this.linkTarget, hasArchive];
  }

  /** The address before `#id` in a link to a headline: undefined if there are no such links. */
  #findLinkBase(issue) {
    if (this.deepLinks === 'off') return;
    // The page's own address leads to the issue only if it names the issue.
    if (!this.#moved || this.archive === 'address') return findPageBase();
    const page = issue?.archive?.permanent;
    return /^https?:/.test(page) ? page : undefined;
  }

  #emit(type, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
  }

  #whenShown(action) {
    if (this.#shown) action();
    else this.#waiting.push(action);
  }

  /** The visible issue. */
  get #shown() {
    return this.#root.querySelector('[part=issue]');
  }

  get #panels() {
    return findPanels(this.#root);
  }

  #findPanel(id) {
    return this.#panels.find((panel) => getId(panel) === id);
  }

  #listOpenIds() {
    return this.#panels.filter((panel) => panel.open).map(getId);
  }

  #setOpen(panel, open) {
    if (!panel || panel.open === open) return;
    this.#quiet.add(panel);
    panel.open = open;
  }

  /** Opens the panels that are open at first. A reader may already have opened others. */
  #openInitially(root) {
    if (this.hasAttribute('open')) this.#applyOpen(root);
  }

  #applyOpen(root) {
    const open = this.getAttribute('open');
    findPanels(root).forEach((panel, index) => this.#setOpen(panel, open === 'all' || (open === 'first' && !index)));
  }

  /** Opens the headline whose id is in the page's address. Browsers do not look into shadow roots. */
  #followHash() {
    this.#hash = location.hash;
    const hash = this.#hash.slice(1);
    if (!hash || this.deepLinks === 'off' || isInPage(location.hash)) return;
    this.#reveal(hash);
  }

  /** Opens the headline with this id, which may be URL-encoded, and scrolls to it. Returns its item. */
  #reveal(hash) {
    const isNamed = (id) => id && (encodeURIComponent(id) === hash || id === hash);
    const named = [...this.#root.querySelectorAll('[part=headline], [part=detail]')].find(({ id }) => isNamed(id));
    const item = named?.closest('[part=item]');
    if (!item) return;
    this.#setOpen(item.querySelector('[part=panel]'), true);
    item.scrollIntoView();
    // The Tab key goes on from here, unless the reader is typing elsewhere.
    if (document.activeElement?.matches('body, a')) item.querySelector('a')?.focus({ preventScroll: true });
    return item;
  }

  #handleToggle(panel) {
    if (!panel.matches('[part=panel]')) return;
    this.#updateButton();
    if (!this.#quiet.delete(panel)) this.#emit('digest-toggle', { id: getId(panel), open: panel.open });
  }

  /** Updates the label once a frame: each of many panels has its own event. */
  #updateButton() {
    if (this.#isStale) return;
    this.#isStale = true;
    requestAnimationFrame(() => {
      this.#isStale = false;
      showLabel(this.#root.querySelector('[part=open-all]'), this.#panels.every((panel) => panel.open));
    });
  }

  #handleClick(event) {
    const target = event.target.closest('a, button');
    if (!this.#root.contains(target)) return;
    const part = target.getAttribute('part');
    // With a modifier key, the browser opens the link in a new tab or saves it.
    const isModified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (target.closest('[part=archive]')) {
      if (isModified) return;
      event.preventDefault();
      this.#loadArchive().then((archive) => archive.follow(target)).catch(() => location.assign(target.href));
    } else if (part === 'headline-link') {
      if (isModified) return;
      const panel = target.closest('[part=item]')?.querySelector('[part=panel]');
      if (!panel) return;
      event.preventDefault();
      panel.open = !panel.open;
    } else if (part === 'open-all') {
      const panels = this.#panels;
      const open = !panels.every((panel) => panel.open);
      panels.forEach((panel) => (panel.open = open));
    } else if (part === 'retry') {
      this.#retried = true;
      target.setAttribute('aria-disabled', true);
      showLabel(target, true);
      this.reload();
    } else if (part === 'link') {
      // A headline without detail has the id itself, and the link in it.
      const id = getId(target.closest('[part=item]') ?? target) ?? target.parentNode.id;
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
      return fallback.constructor(this.getAttribute(toAttribute(name)) || fallback) || fallback;
    },
    set(value) {
      reflect(this, name, value);
    },
  });
}

/** Frameworks assign null, undefined or false for no value. */
function reflect(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(toAttribute(name));
  else element.setAttribute(toAttribute(name), value);
}

function toAttribute(name) {
  return name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
}

/** The address, or an empty string if the source is an object. */
function toSrc(source) {
  return typeof source === 'string' ? source : '';
}

/**
 * Returns a copy as a JSON document, which the page cannot change later, and its base address. The page
 * may have changed the issue, so its first view would be another's.
 */
async function copyIssue(issue) {
  try {
    const copy = JSON.parse(JSON.stringify(issue));
    delete copy.view;
    return [copy, document.baseURI];
  } catch (error) {
    throw ['unreadable', error];
  }
}

function findPanels(root) {
  return [...root.querySelectorAll('[part=panel]')];
}

/** A content management system may have removed the detail of a pre-rendered panel. */
function getId(panel) {
  return panel.querySelector('[part=detail]')?.id;
}

/** Returns true if a fragment names an element of the page itself: it comes before a headline of that id. */
function isInPage(hash) {
  let id = hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // It is no URL encoding.
  }
  return document.getElementById(id)?.checkVisibility();
}

/** The address before `#id` in a link within the page: empty unless the page has a `<base>`. */
function findPageBase() {
  const [base, page] = [document.baseURI, location.href].map((address) => address.split('#')[0]);
  return base === page || !/^http/.test(page) ? '' : page;
}

/** Shows the second label of a button, or the first. */
function showLabel(button, second) {
  [...(button?.children ?? [])].forEach((label, index) => (label.hidden = second !== !!index));
}

function canRunWasm() {
  try {
    runSmallestModule();
    return true;
  } catch {
    return false;
  }
}
