// The one script of a site whose editors may post no scripts.
//
// They post <div data-digest-src="…/issue.json"> around plain <details>, which the filters of content
// management systems let through. Here a <digest-widget> takes the place of what is inside the div,
// which becomes the element's own children: on view until the digest is there, and if it cannot start.

import './digest.js';

const OPTIONS = ['src', 'lang', 'theme', 'heading-level', 'open', 'loading', 'deep-links', 'link-target'];

function upgradeAll() {
  document.querySelectorAll('[data-digest-src]').forEach(upgrade);
}

function upgrade(place) {
  // The page itself remembers what is upgraded, so a copy of it that a router kept does as well.
  if (place.querySelector(':scope > digest-widget')) return;
  const widget = document.createElement('digest-widget');
  for (const name of OPTIONS) {
    const value = place.getAttribute(`data-digest-${name}`);
    if (value !== null) widget.setAttribute(name, value);
  }
  widget.append(...place.childNodes);
  place.append(widget);
}

// An async script may run when only some of a div's children have arrived.
if (document.readyState === 'loading') {
  await new Promise((parsed) => document.addEventListener('DOMContentLoaded', parsed, { once: true }));
}
upgradeAll();
new MutationObserver(upgradeAll).observe(document.documentElement, { childList: true, subtree: true });
