// A digest as a custom element with Preact.

import { Component, createRef, render } from 'preact';

import styles from 'digest.css';

import { MARKS, STRINGS, formatDate, isRun, loadIssue, parseSource } from '../shared/issue.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

class PreactDigest extends HTMLElement {
  static observedAttributes = ['src'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
  }

  attributeChangedCallback() {
    this.load(this.getAttribute('src'));
  }

  async load(src) {
    this.show(<Message role="status" text={STRINGS.loading} />);
    const content = await loadIssue(src).then(
      (issue) => <Issue issue={issue} />,
      (error) => {
        console.error(error);
        return <Message role="alert" text={STRINGS.failed} />;
      },
    );
    if (src === this.getAttribute('src')) this.show(content);
  }

  show(content) {
    render(<div class="root">{content}</div>, this.shadowRoot);
  }
}

customElements.define('preact-digest', PreactDigest);

class Issue extends Component {
  state = { allOpen: false };

  list = createRef();

  get panels() {
    return [...this.list.current.querySelectorAll('details')];
  }

  toggleAll = () => {
    const open = !this.state.allOpen;
    for (const panel of this.panels) panel.open = open;
  };

  updateAllOpen = () => {
    this.setState({ allOpen: this.panels.every((panel) => panel.open) });
  };

  render({ issue: { title, volume, date, lang, headlines } }, { allOpen }) {
    return (
      <article part="issue" lang={lang}>
        <header part="header">
          <h2 part="title">{title}</h2>
          <p part="meta">
            <span part="volume">Vol {volume}</span>{' '}
            <time part="date" datetime={date}>
              {formatDate(date, lang)}
            </time>
          </p>
        </header>
        <button part="open-all" type="button" onClick={this.toggleAll}>
          {allOpen ? STRINGS.closeAll : STRINGS.openAll}
        </button>
        <ul part="headlines" ref={this.list}>
          {headlines.map((headline) => (
            <Headline key={headline.id} onToggle={this.updateAllOpen} {...headline} />
          ))}
        </ul>
      </article>
    );
  }
}

function Headline({ id, text, detail = [], onToggle }) {
  if (!detail.length) {
    return (
      <li part="item">
        <h3 part="headline" id={id}>
          {text}
        </h3>
      </li>
    );
  }
  return (
    <li part="item">
      <h3 part="headline" id={`${id}:h`}>
        <a part="headline-link" onClick={togglePanel}>
          {text}
        </a>
      </h3>
      <details part="panel" onToggle={onToggle}>
        <summary part="switch" id={`${id}:s`} aria-labelledby={`${id}:s ${id}:h`}>
          <span>{STRINGS.show}</span>
          <span hidden>{STRINGS.hide}</span>
        </summary>
        <div part="detail" id={id}>
          {detail.map(renderBlock)}
        </div>
      </details>
    </li>
  );
}

function togglePanel({ currentTarget }) {
  const panel = currentTarget.closest('li').querySelector('details');
  panel.open = !panel.open;
}

function renderBlock(block) {
  if (Array.isArray(block)) return <p>{block.map(renderRun)}</p>;
  const items = block.list.map((item) => <li>{item.map(renderPiece)}</li>);
  return block.start == null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}

function renderPiece(piece) {
  return isRun(piece) ? renderRun(piece) : renderBlock(piece);
}

function renderRun(run) {
  if (typeof run === 'string') return run;
  const marks = MARKS.filter((mark) => run[mark]);
  const text = marks.reduce((content, Mark) => <Mark>{content}</Mark>, run.text);
  const source = parseSource(run.href);
  if (!source) return text;
  return (
    <>
      <a part="link" href={source.href}>
        {text}
      </a>
      <span part="source"> ({source.domain})</span>
    </>
  );
}

function Message({ role, text }) {
  return (
    <p part="message" role={role}>
      {text}
    </p>
  );
}
