// The script of frame.html: shows one <digest-widget> with the options in the page's query, and
// reports its height to the parent page. The frame.html of an issue holds the element, pre-rendered; the
// frame.html of the whole site gets the address in its query.

import { FRAME_VALUES } from './digest-options.js';

const styles = new CSSStyleSheet();
// A frame inherits no font. The margin is room for focus outlines.
styles.replaceSync('body { font: 1rem/1.6 system-ui, sans-serif; margin: 0.5rem 6px; overflow-wrap: anywhere }');
document.adoptedStyleSheets = [styles];

/** A frame is a page of its own. Sources open in a new tab, because most sites forbid framing. */
const FRAME_DEFAULTS = { 'heading-level': '1', 'link-target': '_blank' };

const query = new URLSearchParams(location.search);

enforcePolicy();
start();
if (parent === window) followLinkToSource();
else {
  reportHeight();
  document.addEventListener('click', openSourceThroughWordPress);
}

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

function start() {
  const prerendered = document.querySelector('digest-widget');
  const src = prerendered?.getAttribute('src') ?? parseWebAddress(query.get('src'));
  if (!src) return showProblem('src must be the http or https address of an issue', query.get('src'));
  const options = { ...FRAME_DEFAULTS };
  for (const [name, values] of Object.entries(FRAME_VALUES)) {
    if (!query.has(name)) continue;
    const value = query.get(name);
    if (!values.includes(value)) return showProblem(`${name} must be ${joinWithOr(values)}`, value);
    options[name] = value;
  }
  showDigest(prerendered ?? document.createElement('digest-widget'), { src, ...options });
}

/** The absolute address, or undefined if it is not http or https. */
function parseWebAddress(src) {
  if (!src || !URL.canParse(src, location.href)) return;
  const url = new URL(src, location.href);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
}

function showDigest(widget, options) {
  // The policy in frame.html decides which hosts issues may come from; this tells the reader.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'connect-src') showProblem('src must be an issue that this host may show', blockedURI);
  });
  // The theme applies to the whole frame, with its canvas and scroll bar; the widget inherits it.
  const { theme, ...attributes } = options;
  if (theme && theme !== 'auto') document.documentElement.style.colorScheme = theme;
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  if (!widget.isConnected) showContent(widget);
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

/** Reports the digest's height to the parent page, whenever it changes. */
function reportHeight() {
  const page = document.documentElement;
  let started = false;
  const report = () => {
    if (started) postHeight(Math.ceil(page.getBoundingClientRect().height));
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
  const widget = document.querySelector('digest-widget');
  if (!widget || widget.shadowRoot?.querySelector('[part=issue]')) startReporting();
  // The parent's script may have started after the first report, and it asks again when it changes the
  // frame's width, because the observer does not run in a frame that is not painted.
  addEventListener('message', ({ source, data }) => {
    if (source !== parent) return;
    const isOurs = data?.type === 'digest-parent';
    // The parent sets the height, so a scroll bar would only flash while a panel opens.
    if (isOurs) page.style.scrollbarWidth = 'none';
    if (isOurs || data?.message === 'ready') report();
  });
}

/** Posts the height in each protocol that pages use. It is not secret, so the parent may have any origin. */
function postHeight(height) {
  const post = (message) => parent.postMessage(message, '*');
  // A hidden frame has no width to lay the text out in. Our own script asks again once it is visible.
  if (!innerWidth) return post({ type: 'digest-hidden' });
  post({ type: 'digest-height', height });
  post({ sentinel: 'amp', type: 'embed-size', height });
  if (readSecret()) post({ message: 'height', value: height, secret: readSecret() });
  if (query.has('childId')) post(`pymxPYMx${query.get('childId')}xPYMxheightxPYMx${height}`);
  // For `frame-sizing` in the parent's CSS. It throws in pages without this permission.
  if (document.querySelector('[name=responsive-embedded-sizing]')) window.requestResize?.();
}

/** Reads the secret by which WordPress knows the frame. WordPress may add it to the address late. */
function readSecret() {
  return /\bsecret=([a-zA-Z0-9]+)/.exec(location.hash)?.[1];
}

/** Opens a source where WordPress shows the frame. Its sandbox opens no windows, and its script opens only
    addresses of this host. So it opens this page, which leads on to the source. */
function openSourceThroughWordPress(event) {
  const link = event.composedPath().find((node) => node.localName === 'a');
  const secret = readSecret();
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!secret || !link?.target || !isPlain || event.defaultPrevented || origin !== 'null') return;
  event.preventDefault();
  const page = new URL(location.href);
  page.hash = new URLSearchParams({ source: link.href });
  parent.postMessage({ message: 'link', value: page.href, secret }, '*');
}

/** Leads on to the source in the page's address, if the digest links to it: to no other address, because
    anyone can write the page's. */
function followLinkToSource() {
  const source = new URLSearchParams(location.hash.slice(1)).get('source');
  if (!source) return;
  const follow = () => {
    const links = document.querySelector('digest-widget')?.shadowRoot?.querySelectorAll('[part=link]') ?? [];
    if ([...links].some(({ href }) => href === source)) location.replace(source);
  };
  document.addEventListener('digest-load', follow);
  follow();
}
