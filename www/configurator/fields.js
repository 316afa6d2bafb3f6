// The form: a field for each option.

import { make } from './make.js';

/** The field of an option: a row of values to choose from, or a line of text. */
export function fieldOf(option, value) {
  return option.values.length ? choice(option, value) : line(option, value);
}

/** What was chosen: an option that is as if it were absent is left out. */
export function chosen(form, options) {
  const data = new FormData(form);
  const values = options.map(({ name, fallback }) => [name, String(data.get(name) ?? fallback).trim(), fallback]);
  return new Map(values.filter(([, value, fallback]) => value !== fallback).map(([name, value]) => [name, value]));
}

/** Says below a field what is wrong with it, or that nothing is. */
export function complain(form, name, problem) {
  const input = form.elements[name];
  input.setAttribute('aria-invalid', String(Boolean(problem)));
  form.querySelector(`#problem-${name}`).textContent = problem;
}

function choice({ name, description, values, fallback }, value) {
  // Where the widget has no fixed default, such as for the language, a choice can be taken back.
  const all = values.includes(fallback) ? values : ['', ...values];
  const segments = all.map((each) => {
    const input = make('input', { type: 'radio', name, value: each });
    input.checked = each === (value ?? fallback);
    return make('label', {}, input, make('span', {}, each || 'not set'));
  });
  const id = `about-${name}`;
  return make(
    'fieldset',
    { 'aria-describedby': id },
    make('legend', {}, make('code', {}, name)),
    make('div', { class: 'segments' }, ...segments),
    make('p', { id, class: 'about' }, ...prose(description)),
  );
}

function line({ name, description, fallback }, value) {
  const id = `option-${name}`;
  const input = make('input', {
    id,
    name,
    autocapitalize: 'off',
    autocomplete: 'off',
    placeholder: 'not set',
    spellcheck: 'false',
    'aria-describedby': `about-${name} problem-${name}`,
  });
  input.value = value ?? fallback;
  return make(
    'div',
    { class: 'field' },
    make('label', { for: id }, make('code', {}, name)),
    input,
    make('p', { id: `problem-${name}`, class: 'problem', role: 'alert' }),
    make('p', { id: `about-${name}`, class: 'about' }, ...prose(description)),
  );
}

/** The manifest's descriptions are Markdown; all that they use of it are the marks of code. */
function prose(description) {
  return description.split('`').map((text, index) => (index % 2 ? make('code', {}, text) : text));
}
