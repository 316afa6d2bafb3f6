// The configurator: applies the options in the form to the preview and to the snippet.

import { codeBlock } from './configurator/code.js';
import { createField, readOptions, showProblem } from './configurator/fields.js';
import { fetchIssue, fetchPost, findFramePage } from './configurator/issue.js';
import { fetchOptions } from './configurator/manifest.js';
import { FORMS, formatPolicy, listNotes } from './configurator/snippet.js';

/** The folder of this page and of the scripts. */
const BASE = new URL('.', location.href);

const TITLES = { snippet: 'The snippet', post: 'In each post', script: 'Once for the whole site' };

const widget = document.querySelector('digest-widget');
const form = document.querySelector('#options form');
const output = document.querySelector('#snippet form');
const status = document.querySelector('#status');

/** The values that the snippets are made from. */
const choices = { base: BASE, options: new Map() };
let pinned;

try {
  await start();
} catch (error) {
  console.error('configurator:', error);
  status.textContent = `The options could not be loaded: ${error.message}.`;
  status.className = 'problem';
}

async function start() {
  const src = new URLSearchParams(location.search).get('src');
  if (src && isOnThisSite(src)) widget.setAttribute('src', src);
  const options = await fetchOptions();
  form.append(...options.map((option) => createField(option, widget.getAttribute(option.name))));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => applyForm(options));
  output.addEventListener('submit', (event) => event.preventDefault());
  output.addEventListener('change', showSnippet);
  pinned = await fetchPinned();
  await applyForm(options);
}

/** Applies the options in the form to the preview and the snippet. */
async function applyForm(options) {
  const chosen = readOptions(form, options);
  const src = parseWebAddress(chosen.get('src'));
  showProblem(form, 'src', src ? '' : 'This is not the http or https address of an issue.');
  chosen.delete('src');
  for (const { name } of options) {
    if (name !== 'src') setAttribute(name, chosen.get(name));
  }
  choices.options = chosen;
  if (src && src !== choices.src) await loadIssue(src);
  showSnippet();
}

/** Shows another issue, and fetches it for the snippets that contain its text. */
async function loadIssue(src) {
  choices.src = src;
  setAttribute('src', src);
  delete choices.issue;
  delete choices.post;
  delete choices.framePage;
  try {
    const [issue, post, framePage] = await Promise.all([
      fetchIssue(src),
      fetchPost(src, BASE),
      findFramePage(src, BASE),
    ]);
    if (src === choices.src) Object.assign(choices, { issue, post, framePage });
  } catch (error) {
    choices.problem = error.message;
  }
}

/** Sets an attribute only if its value changes: setting `open` again would close panels. */
function setAttribute(name, value) {
  if ((value ?? null) === widget.getAttribute(name)) return;
  if (value === undefined) widget.removeAttribute(name);
  else widget.setAttribute(name, value);
}

function showSnippet() {
  const name = new FormData(output).get('form');
  const pin = output.elements.pin;
  const pinnable = pinned && (name === 'script' || name === 'pre-rendered');
  pin.closest('label').hidden = !pinnable;
  const all = { ...choices, pin: pinnable && pin.checked ? pinned : undefined };
  const blocks = FORMS[name](all).map(({ name, text }) => codeBlock(TITLES[name], text, announce));
  blocks.push(codeBlock('For your Content-Security-Policy, if you have one', formatPolicy(name, all), announce));
  document.querySelectorAll('[data-form]').forEach((about) => (about.hidden = about.dataset.form !== name));
  document.querySelector('#notes').textContent = listNotes(name, all).join(' ');
  document.querySelector('#blocks').replaceChildren(...blocks);
}

function announce(message) {
  status.textContent = message;
}

/** The pinned script and its hash, if the publisher offers one. */
async function fetchPinned() {
  const response = await fetch('integrity.json');
  if (!response.ok) return;
  const files = await response.json();
  const file = Object.keys(files).find((file) => /^digest-\d.*\.js$/.test(file));
  return file && { file, integrity: files[file] };
}

/** Only the publisher's issues: a link to this page must not show other text under the publisher's name. */
function isOnThisSite(src) {
  return parseWebAddress(src)?.startsWith(BASE.href);
}

function parseWebAddress(src) {
  if (!src || !URL.canParse(src, BASE)) return;
  const url = new URL(src, BASE);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
}
