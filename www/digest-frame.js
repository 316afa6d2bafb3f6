// The script of frame.html: shows one <digest-widget> with the options in the page's query, and
// reports its height to the parent page.

import { FRAME_VALUES } from './digest-options.js';

const styles = new CSSStyleSheet();
// A frame inherits no font. The margin is room for focus outlines.
styles.replaceSync('body { font: 1rem/1.6 system-ui, sans-serif; margin: 0.5rem 6px; overflow-wrap: anywhere }');
document.adoptedStyleSheets = [styles];

enforcePolicy();
start(new URLSearchParams(location.search));
reportHeight();

/** Enforces the policy before anything is fetched or shown. WordPress puts frames into a sandbox, where they
    have no origin: WebKit then matches `'self'` with nothing, but does match the host's name. */
function enforcePolicy() {
  const template = document.querySelector('[name=digest-policy]');
  if (!template) return; // The publisher sends the policy as a header, or has none.
  const policy = document.createElement('meta');
  policy.httpEquiv = 'content-security-policy';
  policy.content = template.content.replaceAll("'self'", location.origin);
  template.replaceWith(policy);
}

function start(query) {
  const src = parseWebAddress(query.get('src'));
  if (!src) return showProblem('src must be the http or https address of an issue', query.get('src'));
  const options = { 'link-target': '_blank' };
  for (const [name, values] of Object.entries(FRAME_VALUES)) {
    if (!query.has(name)) continue;
    const value = query.get(name);
    if (!values.includes(value)) return showProblem(`${name} must be ${joinWithOr(values)}`, value);
    options[name] = value;
  }
  showDigest(src, options);
}

/** The absolute address, or undefined if it is not http or https. */
function parseWebAddress(src) {
  if (!src || !URL.canParse(src, location.href)) return;
  const url = new URL(src, location.href);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
}

function showDigest(src, options) {
  // The policy in frame.html decides which hosts issues may come from; this tells the reader.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'connect-src') showProblem('src must be an issue that this host may show', blockedURI);
  });
  // The theme applies to the whole frame, with its canvas and scroll bar; the widget inherits it.
  const { theme, ...attributes } = options;
  if (theme && theme !== 'auto') document.documentElement.style.colorScheme = theme;
  const widget = document.createElement('digest-widget');
  widget.setAttribute('src', src);
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  showContent(widget);
}

/** Shows what is wrong in the page; only the console gets the value found, because anyone can write
    the page's address, and the page must not repeat text from it. */
function showProblem(expected, found) {
  console.error(`digest-widget: frame.html: ${expected}, found ${JSON.stringify(found)}`);
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.textContent = `This digest cannot be shown: ${expected}.`;
  showContent(message);
}

function showContent(content) {
  const main = document.createElement('main');
  main.append(content);
  document.body.replaceChildren(main);
}

function joinWithOr(values) {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** Reports the digest's height to the parent page, whenever it changes. A height is not secret, so the
    parent may have any origin. */
function reportHeight() {
  if (parent === window) return;
  const page = document.documentElement;
  let started = false;
  const report = () => {
    if (!started) return;
    const height = Math.ceil(page.getBoundingClientRect().height);
    parent.postMessage({ type: 'digest-height', height }, '*');
  };
  const observer = new ResizeObserver(report);
  // Until the digest is drawn the frame keeps its height: shrinking and growing would shift the parent page
  // twice. Browsers do not paint cross-origin frames below the fold, so the observer does not run there:
  // the first height is reported without it.
  const startReporting = () => {
    started = true;
    observer.observe(page);
    report();
  };
  for (const event of ['digest-load', 'digest-error']) page.addEventListener(event, startReporting);
  if (!document.querySelector('digest-widget')) startReporting();
  // The parent sets the height, so a scroll bar would only flash while a panel opens. The parent's script
  // may also have started after the first report.
  addEventListener('message', function answerParent({ source, data }) {
    if (source !== parent || data?.type !== 'digest-parent') return;
    removeEventListener('message', answerParent);
    page.style.scrollbarWidth = 'none';
    report();
  });
}
