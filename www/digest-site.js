// The script for sites whose editors may not post scripts; the site includes it once.
//
// Editors post <section data-digest-src="…/issue.json"> around plain <details>, which content management
// systems allow. This script gives the element a shadow root with a <digest-widget>, which shows the
// content of that element until the digest is drawn, and if the engine cannot start. The content stays
// where it is: frameworks and filters that look after it find it unchanged.

import './digest.js';
import { PARTS } from './digest-options.js';

const NAMES = customElements.get('digest-widget').observedAttributes;
const BLOCK = '[data-digest-src]';

/** Editors who may not post scripts must not choose whose content the site shows. So issues come from
    the publisher's host, and from those that the owner lists in the tag: data-digest-hosts="https://…". */
const ORIGINS = new Set([import.meta.url, ...listHosts()].map(findOrigin));

function listHosts() {
  const tag = [...document.scripts].find(({ src }) => src === import.meta.url);
  return tag?.dataset.digestHosts?.split(/[\s,]+/) ?? [];
}

/** The origin of a web address; undefined for any other text. */
function findOrigin(address) {
  if (!URL.canParse(address, document.baseURI)) return;
  const { protocol, origin } = new URL(address, document.baseURI);
  return /^https?:$/.test(protocol) ? origin : undefined;
}

/** Upgrades the blocks in a document, a shadow root or an element, and in the shadow roots in it. */
function upgradeAll(root) {
  if (root.matches?.(BLOCK)) upgrade(root);
  root.querySelectorAll(BLOCK).forEach(upgrade);
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (element.shadowRoot && !element.matches(BLOCK) && element.localName !== 'digest-widget') observe(element.shadowRoot);
  }
}

function upgrade(block) {
  if (!isAllowed(block.dataset.digestSrc)) {
    // What the site itself posted stays.
    block.shadowRoot?.querySelector('digest-widget')?.removeAttribute('src');
    return;
  }
  const root = block.shadowRoot ?? block.attachShadow({ mode: 'open' });
  const widget = root.querySelector('digest-widget') ?? createWidget();
  for (const name of NAMES) {
    const value = block.getAttribute(`data-digest-${name}`);
    if (value === null) widget.removeAttribute(name);
    else widget.setAttribute(name, value);
  }
  if (!widget.isConnected) root.append(widget);
}

function isAllowed(src) {
  const origin = findOrigin(src);
  if (origin && ORIGINS.has(origin)) return true;
  console.warn(
    'digest-site.js: data-digest-src is not on a host of the publisher, so the block stays as it is. If the site may',
    'show it, add its host to data-digest-hosts in the tag of digest-site.js:',
    src,
  );
  return false;
}

/** The parts of the digest are also parts of its block, so that a site can style them. */
function createWidget() {
  const widget = document.createElement('digest-widget');
  widget.setAttribute('exportparts', PARTS.join(', '));
  widget.append(document.createElement('slot'));
  return widget;
}

const observed = new WeakSet();

/** Upgrades the blocks in a document or shadow root, and those that are added or changed later. */
function observe(root) {
  if (observed.has(root)) return;
  observed.add(root);
  upgradeAll(root);
  const options = { attributeFilter: NAMES.map((name) => `data-digest-${name}`), childList: true, subtree: true };
  new MutationObserver((changes) => changes.forEach(handleChange)).observe(root, options);
}

function handleChange({ type, target, addedNodes }) {
  if (type === 'childList') [...addedNodes].filter((node) => node.querySelectorAll).forEach(upgradeAll);
  else if (target.matches(BLOCK)) upgrade(target);
}

// An async script may run before all children of a block are parsed.
if (document.readyState === 'loading') {
  await new Promise((parsed) => document.addEventListener('DOMContentLoaded', parsed, { once: true }));
}
observe(document);
