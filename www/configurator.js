// The configurator: applies the chosen options to the preview and to the snippet.

import { codeBlock } from './configurator/code.js';
import { fetchIssue, fetchPost, findFramePage, isNewest } from './configurator/issue.js';
import { FORMS, formatPolicy, listNotes } from './configurator/snippet.js';
import { strings } from './configurator/strings.js';

/** The folder of this page and of the scripts. */
const BASE = new URL('.', location.href);

/** The newest issue. A site of digest-press has it, and this page shows it there at first. */
const NEWEST = 'latest/issue.json';

const widget = document.querySelector('digest-widget');
const options = document.querySelector('#options');
const output = document.querySelector('#snippet');
const src = document.querySelector('[name=src]');
const pin = document.querySelector('[name=pin]');

/** The address of one issue, while the newest one is chosen. */
let other;

/** The values that the snippets are made from. */
const choices = { base: BASE, options: new Map() };
let pinned;

await start();

async function start() {
  document.title = strings.title;
  document.querySelector('[name=description]').content = strings.description;
  document.querySelector('#edition').hidden = widget.getAttribute('src') !== NEWEST;
  const wanted = new URLSearchParams(location.search).get('src');
  if (wanted && isOnThisSite(wanted)) widget.setAttribute('src', wanted);
  src.value = widget.getAttribute('src');
  options.addEventListener('change', applyOptions);
  output.addEventListener('change', ({ target }) =>
    target.name === 'edition' ? chooseEdition(target.value) : showSnippet(),
  );
  pinned = await fetchPinned();
  pin.disabled = !pinned;
  await applyOptions();
}

/** Chooses the newest issue, or one for good: the one that was chosen before, or else the newest of today. */
function chooseEdition(edition) {
  const today = choices.issue && `issues/${choices.issue.id}/issue.json`;
  src.value = edition === 'newest' ? NEWEST : (other ?? today ?? NEWEST);
  return applyOptions();
}

/** Chooses the edition that the address is of. */
function showEdition() {
  const edition = isNewest(choices.src) ? 'newest' : 'this';
  if (edition === 'this') other = src.value;
  document.querySelector(`[name=edition][value=${edition}]`).checked = true;
}

/** Applies the chosen options to the preview and the snippet. */
async function applyOptions() {
  const address = parseWebAddress(src.value.trim());
  src.setAttribute('aria-invalid', String(!address));
  document.querySelector('#problem-src').textContent = address ? '' : strings.invalidSrc;
  for (const { name, value, defaultChecked } of options.querySelectorAll(':checked')) {
    if (defaultChecked) choices.options.delete(name);
    else choices.options.set(name, value);
    setAttribute(name, choices.options.get(name));
  }
  if (address && address !== choices.src) await loadIssue(address);
  if (address) showEdition();
  showSnippet();
}

/** Shows another issue, and fetches it for the snippets that contain its text. */
async function loadIssue(address) {
  choices.src = address;
  setAttribute('src', address);
  delete choices.issue;
  delete choices.post;
  delete choices.framePage;
  try {
    const [issue, post, framePage] = await Promise.all([
      fetchIssue(address),
      fetchPost(address, BASE),
      findFramePage(address, BASE),
    ]);
    if (address === choices.src) Object.assign(choices, { issue, post, framePage });
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
  const form = output.querySelector('[name=form]:checked').value;
  const pinnable = form === 'script' || form === 'pre-rendered';
  pin.closest('label').hidden = !pinnable;
  const all = { ...choices, pin: pinnable && pin.checked ? pinned : undefined };
  const blocks = FORMS[form](all).map(({ name, text }) => codeBlock(strings.titles[name], text, announce));
  document.querySelectorAll('[data-form]').forEach((about) => (about.hidden = about.dataset.form !== form));
  document.querySelector('#notes').textContent = listNotes(form, all).join(' ');
  document.querySelector('#blocks').replaceChildren(...blocks);
  document.querySelector('#policy').replaceChildren(codeBlock(strings.titles.policy, formatPolicy(form, all), announce));
}

function announce(message) {
  document.querySelector('#status').textContent = message;
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
function isOnThisSite(address) {
  return parseWebAddress(address)?.startsWith(BASE.href);
}

function parseWebAddress(address) {
  if (!address || !URL.canParse(address, BASE)) return;
  const url = new URL(address, BASE);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
}
