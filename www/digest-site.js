// The script for sites whose editors may not post scripts; the site includes it once.
//
// Editors post <div data-digest-src="…/issue.json"> around plain <details>, which content management
// systems allow. This script moves the content of the <div> into a <digest-widget> in the <div>: it
// stays visible until the digest is drawn, and if the engine cannot start.

import './digest.js';

const ATTRIBUTES = customElements.get('digest-widget').observedAttributes;

function upgradeAll() {
  document.querySelectorAll('[data-digest-src]').forEach(upgrade);
}

function upgrade(div) {
  // The document itself shows that a <div> is upgraded, so copies that a router cached do so too.
  if (div.querySelector(':scope > digest-widget')) return;
  const widget = document.createElement('digest-widget');
  for (const name of ATTRIBUTES) {
    const value = div.getAttribute(`data-digest-${name}`);
    if (value !== null) widget.setAttribute(name, value);
  }
  widget.append(...div.childNodes);
  div.append(widget);
}

// An async script may run before all children of a <div> are parsed.
if (document.readyState === 'loading') {
  await new Promise((parsed) => document.addEventListener('DOMContentLoaded', parsed, { once: true }));
}
upgradeAll();
new MutationObserver(upgradeAll).observe(document.documentElement, { childList: true, subtree: true });
