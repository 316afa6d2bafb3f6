// Shows other issues of a series in the place of a digest: the one before, the one after, and those that
// the reader finds in the list or by the search. It is loaded when the reader points at a link to other
// issues, or focuses one.

import { ArchiveData } from './archive-data.js';
import { ArchivePanel } from './archive-panel.js';
import { STYLE } from './archive-style.js';

const STRINGS = {
  en: 'This issue could not be loaded. Check your connection and try again.',
  ja: 'この号を読み込めませんでした。接続を確認して、もう一度お試しください。',
};

/** Lets screen readers notice the new drawing before its name is announced, in milliseconds. */
const PAUSE = 200;

export class Archive {
  #digest; // The functions of the element.
  #data; // What is known about the series, once the reader has opened the panel.
  #panel;
  #status = document.createElement('p');

  /** `digest` has the functions of the element that are needed here; see `element.js`. */
  constructor(digest) {
    this.#digest = digest;
    this.#status.setAttribute('role', 'status');
    this.#showMessage('');
    digest.onDraw((drawing) => this.#moveInto(drawing));
    this.#moveInto(digest.root);
    this.#prepareNeighbours();
  }

  /** Does what a link to other issues promises. Rejects if only the browser can follow it. */
  async follow(link) {
    const part = link.getAttribute('part');
    if (part === 'all-issues') return this.#togglePanel();
    try {
      if (part === 'previous' || part === 'next') await this.#turnTo(part);
      else await this.#showListed(link.href);
    } catch (error) {
      console.warn('digest-widget:', error);
      this.#showMessage(STRINGS[this.#lang] ?? STRINGS.en, true);
    }
  }

  /** Shows the issue before or after this one. The same link keeps the focus. */
  async #turnTo(part) {
    await this.#show(this.#addresses[part].src);
    const link = this.#findLink(part) ?? this.#findLink('all-issues');
    link.focus({ preventScroll: true });
  }

  /** Shows an issue of the panel: from its title, or with a headline open. */
  async #showListed(href) {
    const [page, id] = href.split('#');
    await this.#show(this.#data.findIssue(page), id);
    this.#closePanel();
    const { reveal, root } = this.#digest;
    const link = id && reveal(id)?.querySelector('a');
    (link || root.querySelector('[part=title]')).focus({ preventScroll: !!link });
  }

  /** Shows an issue, for one of its headlines or as a whole. If it fails to load, the visible one stays. */
  async #show(src, id = '') {
    const url = this.#resolve(src);
    await this.#digest.prepareIssue(url);
    await this.#digest.showIssue(url);
    this.#updateAddress(id);
    this.#announce();
    this.#prepareNeighbours();
  }

  /** Downloads the issues before and after, so that they are there when the reader turns to them. */
  #prepareNeighbours() {
    const prepare = async ({ src }) => this.#digest.prepareIssue(this.#resolve(src));
    for (const part of ['previous', 'next']) {
      const neighbour = this.#addresses[part];
      if (neighbour) prepare(neighbour).catch(() => {}); // Turning to it tries again.
    }
  }

  /** Puts the issue and the headline into the page's address, if the embedder has asked for it. */
  #updateAddress(id) {
    const { host } = this.#digest.root;
    if (host.getAttribute('archive') !== 'address') return;
    const url = new URL(location);
    url.searchParams.set('digest-issue', this.#digest.getContent().issue.id);
    url.hash = host.getAttribute('deep-links') === 'off' ? '' : id;
    if (url.href !== location.href) history.pushState(history.state, '', url);
  }

  /** Names the visible issue to screen readers. */
  #announce() {
    const nodes = this.#digest.root.querySelectorAll('[part=title], [part=volume], [part=date]');
    const name = [...nodes].map((node) => node.textContent).join(' ');
    this.#showMessage('');
    setTimeout(() => this.#showMessage(name), PAUSE);
  }

  /** Shows a message to everybody, or only to screen readers. */
  #showMessage(text, isVisible = false) {
    this.#status.setAttribute('part', isVisible ? 'message' : 'announcement');
    this.#status.textContent = text;
  }

  #togglePanel() {
    if (this.#panel && !this.#panel.element.hidden) {
      this.#closePanel();
      this.#findLink('all-issues').focus();
      return;
    }
    this.#panel ??= this.#createPanel();
    this.#links.append(this.#panel.element);
    this.#panel.show();
    this.#updateLink(this.#links);
  }

  #closePanel() {
    this.#panel.element.hidden = true;
    this.#updateLink(this.#links);
  }

  #createPanel() {
    this.#data = new ArchiveData(this.#resolve(this.#addresses.src));
    const { buildView } = this.#digest;
    // What press draws for several languages has lists of strings; these drawings have none.
    const draw = (root) => buildView({ lang: '', view: { strings: [['']], root } }, this.#data.url, ['', 2]);
    return new ArchivePanel(this.#lang, this.#data, { draw, follow: (link) => this.follow(link), close: () => this.#togglePanel() });
  }

  /** Moves what is shown here into another drawing, which has links of its own. */
  #moveInto(drawing) {
    const links = drawing.querySelector('[part=archive]');
    if (!links) return;
    const { root } = this.#digest;
    const focused = root.activeElement;
    links.append(this.#status);
    if (this.#panel) links.append(this.#panel.element);
    if (this.#panel?.element.contains(focused)) queueMicrotask(() => focused.focus({ preventScroll: true }));
    const sheet = new root.ownerDocument.defaultView.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.#updateLink(links);
  }

  #updateLink(links) {
    const isOpen = !!this.#panel && !this.#panel.element.hidden;
    links.querySelector('[part=all-issues]').setAttribute('aria-expanded', isOpen);
  }

  /** The addresses of other issues in the visible one. */
  get #addresses() {
    return this.#digest.getContent().issue.archive;
  }

  /** The language of the interface. */
  get #lang() {
    return this.#links.lang;
  }

  /** The visible links to other issues. */
  get #links() {
    return this.#digest.root.querySelector('[part=archive]');
  }

  #findLink(part) {
    return this.#links.querySelector(`[part=${part}]`);
  }

  /** Resolves an address in the visible issue. Only files of the issue's own host are requested. */
  #resolve(src) {
    const { base } = this.#digest.getContent();
    const url = new URL(src, base);
    if (url.origin !== new URL(base).origin) throw new Error(`${url} is on another host than ${base}`);
    return url.href;
  }
}
