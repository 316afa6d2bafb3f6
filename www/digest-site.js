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

/** Upgrades the blocks in a document, a shadow root or an element, and in the shadow roots in it. */
function upgradeAll(root) {
  if (root.matches?.(BLOCK)) upgrade(root);
  root.querySelectorAll(BLOCK).forEach(upgrade);
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (element.shadowRoot && !element.matches(BLOCK) && element.localName !== 'digest-widget') observe(element.shadowRoot);
  }
}

function upgrade(block) {
  const root = block.shadowRoot ?? block.attachShadow({ mode: 'open' });
  const widget = root.querySelector('digest-widget') ?? createWidget();
  for (const name of NAMES) {
    const value = block.getAttribute(`data-digest-${name}`);
    if (value === null) widget.removeAttribute(name);
    else widget.setAttribute(name, value);
  }
  if (!widget.isConnected) root.append(widget);
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
