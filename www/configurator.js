// The configurator: what is chosen in the form shows in the page's widget and in the snippet.

import { codeBlock } from './configurator/code.js';
import { chosen, complain, fieldOf } from './configurator/fields.js';
import { fetchIssue, fetchPost } from './configurator/issue.js';
import { fetchOptions } from './configurator/options.js';
import { FORMS, notes, policy } from './configurator/snippet.js';

/** Where this page is, there are the scripts as well. */
const BASE = new URL('.', location.href);

const TITLES = { snippet: 'The snippet', post: 'In each post', script: 'Once for the whole site' };

const widget = document.querySelector('digest-widget');
const form = document.querySelector('#options form');
const output = document.querySelector('#snippet form');
const status = document.querySelector('#status');

/** What the snippets are made of. */
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
  const named = new URLSearchParams(location.search).get('src');
  if (named && isOfThisSite(named)) widget.setAttribute('src', named);
  const options = await fetchOptions();
  form.append(...options.map((option) => fieldOf(option, widget.getAttribute(option.name))));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => choose(options));
  output.addEventListener('submit', (event) => event.preventDefault());
  output.addEventListener('change', show);
  pinned = await fetchPinned();
  await choose(options);
}

/** Takes over what the form says, into the widget and into the snippet. */
async function choose(options) {
  const found = chosen(form, options);
  const src = webAddress(found.get('src'));
  complain(form, 'src', src ? '' : 'This is not the http or https address of an issue.');
  found.delete('src');
  for (const { name } of options) {
    if (name !== 'src') assign(name, found.get(name));
  }
  choices.options = found;
  if (src && src !== choices.src) await take(src);
  show();
}

/** Shows another issue, and reads it for the snippets that hold its words. */
async function take(src) {
  choices.src = src;
  assign('src', src);
  delete choices.issue;
  delete choices.post;
  try {
    const [issue, post] = await Promise.all([fetchIssue(src), fetchPost(src, BASE)]);
    if (src === choices.src) Object.assign(choices, { issue, post });
  } catch (error) {
    choices.problem = error.message;
  }
}

/** An attribute that has its value stays untouched: setting `open` again would close panels. */
function assign(name, value) {
  if ((value ?? null) === widget.getAttribute(name)) return;
  if (value === undefined) widget.removeAttribute(name);
  else widget.setAttribute(name, value);
}

function show() {
  const name = new FormData(output).get('form');
  const pin = output.elements.pin;
  const pinnable = pinned && (name === 'script' || name === 'pre-rendered');
  pin.closest('label').hidden = !pinnable;
  const all = { ...choices, pin: pinnable && pin.checked ? pinned : undefined };
  const blocks = FORMS[name](all).map(({ name, text }) => codeBlock(TITLES[name], text, announce));
  blocks.push(codeBlock('For your Content-Security-Policy, if you have one', policy(name, all), announce));
  document.querySelectorAll('[data-form]').forEach((about) => (about.hidden = about.dataset.form !== name));
  document.querySelector('#notes').textContent = notes(name, all).join(' ');
  document.querySelector('#blocks').replaceChildren(...blocks);
}

function announce(message) {
  status.textContent = message;
}

/** The versioned script and what it must hash to, where the publisher offers one. */
async function fetchPinned() {
  const response = await fetch('integrity.json');
  if (!response.ok) return;
  const files = await response.json();
  const file = Object.keys(files).find((file) => /^digest-\d.*\.js$/.test(file));
  return file && { file, integrity: files[file] };
}

/** Whoever writes a link to this page does not choose what the publisher seems to say in it. */
function isOfThisSite(src) {
  return webAddress(src)?.startsWith(BASE.href);
}

function webAddress(src) {
  if (!src || !URL.canParse(src, BASE)) return;
  const url = new URL(src, BASE);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
}
