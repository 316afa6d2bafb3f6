// A digest as a custom element without a framework.

import styles from 'digest.css';

import { MARKS, STRINGS, formatDate, isRun, loadIssue, parseSource } from '../shared/issue.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

class PlainDigest extends HTMLElement {
  static observedAttributes = ['src'];

  #root = element('div', { class: 'root' });

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#root);
  }

  attributeChangedCallback() {
    this.#load(this.getAttribute('src'));
  }

  async #load(src) {
    this.#root.replaceChildren(message('status', STRINGS.loading));
    const drawing = await loadIssue(src).then(renderIssue).catch((error) => {
      console.error(error);
      return message('alert', STRINGS.failed);
    });
    if (src === this.getAttribute('src')) this.#root.replaceChildren(drawing);
  }
}

customElements.define('plain-digest', PlainDigest);

function renderIssue(issue) {
  const list = element('ul', { part: 'headlines' }, ...issue.headlines.map(renderHeadline));
  return element(
    'article',
    { part: 'issue', lang: issue.lang },
    element(
      'header',
      { part: 'header' },
      element('h2', { part: 'title' }, issue.title),
      element(
        'p',
        { part: 'meta' },
        element('span', { part: 'volume' }, `Vol ${issue.volume}`),
        ' ',
        element('time', { part: 'date', datetime: issue.date }, formatDate(issue.date, issue.lang)),
      ),
    ),
    openAllButton(list),
    list,
  );
}

function openAllButton(list) {
  const button = element('button', { part: 'open-all', type: 'button' }, STRINGS.openAll);
  const panels = [...list.querySelectorAll('details')];
  const areOpen = () => panels.every((panel) => panel.open);
  button.addEventListener('click', () => {
    const open = !areOpen();
    for (const panel of panels) panel.open = open;
  });
  // `toggle` does not bubble.
  const updateLabel = () => (button.textContent = areOpen() ? STRINGS.closeAll : STRINGS.openAll);
  list.addEventListener('toggle', updateLabel, true);
  return button;
}

function renderHeadline({ id, text, detail = [] }) {
  if (!detail.length) return element('li', { part: 'item' }, element('h3', { part: 'headline', id }, text));
  const panel = element(
    'details',
    { part: 'panel' },
    element(
      'summary',
      { part: 'switch', id: `${id}:s`, 'aria-labelledby': `${id}:s ${id}:h` },
      element('span', {}, STRINGS.show),
      element('span', { hidden: '' }, STRINGS.hide),
    ),
    element('div', { part: 'detail', id }, ...detail.map(renderBlock)),
  );
  const link = element('a', { part: 'headline-link' }, text);
  link.addEventListener('click', () => (panel.open = !panel.open));
  const heading = element('h3', { part: 'headline', id: `${id}:h` }, link);
  return element('li', { part: 'item' }, heading, panel);
}

function renderBlock(block) {
  if (Array.isArray(block)) return element('p', {}, ...block.flatMap(renderRun));
  const items = block.list.map((item) => element('li', {}, ...item.flatMap(renderPiece)));
  return block.start == null ? element('ul', {}, ...items) : element('ol', { start: block.start }, ...items);
}

function renderPiece(piece) {
  return isRun(piece) ? renderRun(piece) : renderBlock(piece);
}

function renderRun(run) {
  if (typeof run === 'string') return run;
  const marks = MARKS.filter((mark) => run[mark]);
  const text = marks.reduce((content, mark) => element(mark, {}, content), run.text);
  const source = parseSource(run.href);
  if (!source) return text;
  const { href, domain } = source;
  return [element('a', { part: 'link', href }, text), element('span', { part: 'source' }, ` (${domain})`)];
}

function message(role, text) {
  return element('p', { part: 'message', role }, text);
}

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
