// A digest as a custom element with Lit.

import { LitElement, html, unsafeCSS } from 'lit';

import styles from 'digest.css';

import { STRINGS, formatDate, isRun, loadIssue, parseSource } from '../shared/issue.js';

class LitDigest extends LitElement {
  static styles = unsafeCSS(styles);

  static properties = {
    src: {},
    issue: { state: true },
    failed: { state: true },
    allOpen: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('src')) this.load(this.src);
  }

  async load(src) {
    this.issue = undefined;
    this.failed = false;
    const issue = await loadIssue(src).catch((error) => void console.error(error));
    if (src !== this.src) return;
    this.issue = issue;
    this.failed = !issue;
  }

  get panels() {
    return [...this.renderRoot.querySelectorAll('details')];
  }

  toggleAll() {
    const open = !this.allOpen;
    for (const panel of this.panels) panel.open = open;
  }

  updateAllOpen() {
    this.allOpen = this.panels.every((panel) => panel.open);
  }

  render() {
    return html`<div class="root">${this.renderContent()}</div>`;
  }

  renderContent() {
    if (this.failed) return html`<p part="message" role="alert">${STRINGS.failed}</p>`;
    if (!this.issue) return html`<p part="message" role="status">${STRINGS.loading}</p>`;
    const { title, volume, date, lang, headlines } = this.issue;
    return html`
      <article part="issue" lang=${lang}>
        <header part="header">
          <h2 part="title">${title}</h2>
          <p part="meta">
            <span part="volume">Vol ${volume}</span>
            <time part="date" datetime=${date}>${formatDate(date, lang)}</time>
          </p>
        </header>
        <button part="open-all" type="button" @click=${this.toggleAll}>
          ${this.allOpen ? STRINGS.closeAll : STRINGS.openAll}
        </button>
        <ul part="headlines">
          ${headlines.map((headline) => this.renderHeadline(headline))}
        </ul>
      </article>
    `;
  }

  renderHeadline({ id, text, detail = [] }) {
    if (!detail.length) return html`<li part="item"><h3 part="headline" id=${id}>${text}</h3></li>`;
    return html`
      <li part="item">
        <h3 part="headline" id="${id}:h"><a part="headline-link" @click=${togglePanel}>${text}</a></h3>
        <details part="panel" @toggle=${this.updateAllOpen}>
          <summary part="switch" id="${id}:s" aria-labelledby="${id}:s ${id}:h">
            <span>${STRINGS.show}</span><span hidden>${STRINGS.hide}</span>
          </summary>
          <div part="detail" id=${id}>${detail.map(renderBlock)}</div>
        </details>
      </li>
    `;
  }
}

customElements.define('lit-digest', LitDigest);

function togglePanel({ currentTarget }) {
  const panel = currentTarget.closest('li').querySelector('details');
  panel.open = !panel.open;
}

function renderBlock(block) {
  if (Array.isArray(block)) return html`<p>${block.map(renderRun)}</p>`;
  const items = block.list.map((item) => html`<li>${item.map(renderPiece)}</li>`);
  return block.start == null ? html`<ul>${items}</ul>` : html`<ol start=${block.start}>${items}</ol>`;
}

function renderPiece(piece) {
  return isRun(piece) ? renderRun(piece) : renderBlock(piece);
}

function renderRun(run) {
  if (typeof run === 'string') return run;
  const text = renderMarks(run);
  const source = parseSource(run.href);
  if (!source) return text;
  return html`<a part="link" href=${source.href}>${text}</a><span part="source"> (${source.domain})</span>`;
}

function renderMarks({ text, code, sup, sub, em, strong, del }) {
  let marked = text;
  if (code) marked = html`<code>${marked}</code>`;
  if (sup) marked = html`<sup>${marked}</sup>`;
  if (sub) marked = html`<sub>${marked}</sub>`;
  if (em) marked = html`<em>${marked}</em>`;
  if (strong) marked = html`<strong>${marked}</strong>`;
  if (del) marked = html`<del>${marked}</del>`;
  return marked;
}
