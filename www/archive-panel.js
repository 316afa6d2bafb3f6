// The panel below the links to other issues: a search field with its results, and a list by year.
//
// The field and its results follow the combobox pattern of the ARIA Authoring Practices Guide
// (<https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>): the focus stays in the field, the arrow keys move
// the active option, Enter follows it, Escape clears the field.

const STRINGS = {
  en: {
    search: 'Search all issues',
    results: 'Results',
    loading: 'Loading…',
    failed: 'The list of issues could not be loaded. Check your connection and try again.',
    texts: 'Only headlines are searched: the texts could not be loaded.',
    count: (count) => `${count} ${count === 1 ? 'headline' : 'headlines'} found.`,
    limit: (limit) => `The first ${limit} are shown.`,
    partial: 'Within longer words:',
  },
  ja: {
    search: 'すべての号を検索',
    results: '検索結果',
    loading: '読み込んでいます…',
    failed: '号の一覧を読み込めませんでした。接続を確認して、もう一度お試しください。',
    texts: '本文を読み込めなかったため、見出しだけを検索します。',
    count: (count) => `${count}件の見出しが見つかりました。`,
    limit: (limit) => `最初の${limit}件を表示しています。`,
    partial: '語の一部：',
  },
};

/** Screen readers read the number of results when the reader has stopped typing, in milliseconds. */
const PAUSE = 700;

export class ArchivePanel {
  /** The element. */
  element = createElement('section', { part: 'archive-panel' });
  #lang;
  #strings;
  #data;
  #actions;
  #input;
  #status = createElement('p', { part: 'search-status', role: 'status' });
  #results = createElement('div', { part: 'results', role: 'listbox', id: 'digest-results' });
  #years = createElement('div', { part: 'years' });
  #isLoading = false;
  #isComplete = false; // True once the texts are there too.
  #timer;

  /** `actions`: `draw` builds a drawing from data, `follow` follows a link of it, `close` closes the panel. */
  constructor(lang, data, actions) {
    this.#lang = lang;
    this.#strings = STRINGS[lang] ?? STRINGS.en;
    this.#data = data;
    this.#actions = actions;
    this.#input = this.#createInput();
    const label = createElement('label', { part: 'search-label' });
    label.append(this.#strings.search, this.#input);
    this.#results.setAttribute('aria-label', this.#strings.results);
    this.element.append(label, this.#status, this.#results, this.#years);
  }

  /** Shows the panel with the focus in its field, and loads its content unless it is there. */
  show() {
    this.element.hidden = false;
    this.#input.focus();
    if (!this.#isComplete) this.#load();
  }

  async #load() {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#status.textContent = this.#strings.loading;
    try {
      await this.#data.loadList();
      this.#showList();
      await this.#loadTexts();
    } catch (error) {
      this.#report(error, this.#strings.failed);
    }
    this.#isLoading = false;
  }

  async #loadTexts() {
    const { view } = this.#data;
    try {
      await this.#data.loadTexts();
      this.#isComplete = true;
      if (this.#data.view === view) this.#search();
      else this.#showList();
    } catch (error) {
      this.#report(error, this.#strings.texts);
    }
  }

  #report(error, text) {
    console.warn('digest-widget:', error);
    clearTimeout(this.#timer);
    this.#status.textContent = text;
  }

  /** Shows the list by year, and the results for what the reader has typed meanwhile. */
  #showList() {
    this.#status.textContent = '';
    this.#years.replaceChildren(...this.#build(this.#data.view.draw_years()));
    this.#years.querySelector('details')?.setAttribute('open', '');
    this.#search();
  }

  #createInput() {
    const input = createElement('input', {
      part: 'search',
      type: 'search',
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': 'digest-results',
      'aria-expanded': 'false',
      autocomplete: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
    });
    // While an input method composes a word, the text is not yet what the reader means.
    input.addEventListener('input', (event) => event.isComposing || this.#search());
    input.addEventListener('compositionend', () => this.#search());
    input.addEventListener('keydown', (event) => event.isComposing || this.#handleKey(event));
    return input;
  }

  /** Shows the results for the text in the field, or the list by year if there is none. */
  #search() {
    if (!this.#data.view) return;
    try {
      this.#showResults();
    } catch (error) {
      // After a trap the view cannot be used. The next time there is a fresh one.
      this.#data.view = undefined;
      this.#isComplete = false;
      this.#report(error, this.#strings.failed);
    }
  }

  #showResults() {
    const strings = this.#strings;
    const query = this.#input.value.trim();
    const { count, limit, nodes } = this.#data.view.search(query, strings.partial);
    this.#results.replaceChildren(...this.#build(nodes));
    this.#years.hidden = query !== '';
    this.#input.setAttribute('aria-expanded', count > 0);
    this.#activate();
    const limited = count > limit ? strings.limit(limit) : '';
    const text = query && `${strings.count(count)} ${limited}`;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#status.textContent = text), PAUSE);
  }

  #handleKey(event) {
    const options = [...this.#results.querySelectorAll('[role=option]')];
    const index = options.findIndex((option) => option.ariaSelected === 'true');
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && options.length) {
      // Before the first option is the last one, and the other way round.
      const start = index < 0 && event.key === 'ArrowUp' ? 0 : index;
      this.#activate(options[(start + steps[event.key] + options.length) % options.length]);
    } else if (event.key === 'Enter' && index >= 0) {
      this.#actions.follow(options[index]);
    } else if (event.key === 'Escape') {
      this.#clear();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Makes an option the active one, or none. */
  #activate(option) {
    this.#results.querySelector('[aria-selected]')?.removeAttribute('aria-selected');
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.#input.setAttribute('aria-activedescendant', option.id);
    else this.#input.removeAttribute('aria-activedescendant');
  }

  /** Clears the field. If it is empty, closes the panel. */
  #clear() {
    if (!this.#input.value) return this.#actions.close();
    this.#input.value = '';
    this.#search();
  }

  /** Builds drawings, with their days in words. */
  #build(nodes) {
    const elements = nodes.map(this.#actions.draw);
    for (const time of elements.flatMap((element) => [...element.querySelectorAll('time')])) {
      time.lang = this.#lang;
      time.textContent = formatDate(time.dateTime, this.#lang);
    }
    return elements;
  }
}

/** Formats a day as the widget does; in digits where the page has broken that. */
function formatDate(iso, lang) {
  try {
    return new Date(iso).toLocaleDateString(lang, { dateStyle: 'long', timeZone: 'UTC' });
  } catch {
    return iso;
  }
}

function createElement(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
