// The form: one field per option.

import { make } from './make.js';

/** Creates the field of an option: radio buttons if it has a list of values, or a text input. */
export function createField(option, value) {
  return option.values.length ? createRadioButtons(option, value) : createTextInput(option, value);
}

/** Reads the chosen options, without those that have their default value. */
export function readOptions(form, options) {
  const data = new FormData(form);
  const values = options.map(({ name, fallback }) => [name, String(data.get(name) ?? fallback).trim(), fallback]);
  return new Map(values.filter(([, value, fallback]) => value !== fallback).map(([name, value]) => [name, value]));
}

/** Shows a problem below its field, or clears it if `problem` is empty. */
export function showProblem(form, name, problem) {
  const input = form.elements[name];
  input.setAttribute('aria-invalid', String(Boolean(problem)));
  form.querySelector(`#problem-${name}`).textContent = problem;
}

function createRadioButtons({ name, description, values, fallback }, value) {
  // An option without a fixed default, such as the language, can be reset to "not set".
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
    make('p', { id, class: 'about' }, ...renderDescription(description)),
  );
}

function createTextInput({ name, description, fallback }, value) {
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
    make('p', { id: `about-${name}`, class: 'about' }, ...renderDescription(description)),
  );
}

/** Renders a description of the manifest: Markdown that uses only code marks. */
function renderDescription(description) {
  return description.split('`').map((text, index) => (index % 2 ? make('code', {}, text) : text));
}
