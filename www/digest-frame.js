// What runs inside frame.html: one <digest-widget> as the page's address asks for it, and a word to
// the page around about its height.

/** What each option may be. The widget's other options make no sense in a frame. */
const OPTIONS = {
  theme: ['auto', 'light', 'dark'],
  open: ['none', 'first', 'all'],
  'heading-level': ['1', '2', '3', '4', '5'],
  lang: ['en', 'ja'],
  // Not _self: a source would open inside the frame, and most sites refuse to be framed.
  'link-target': ['_blank', '_top', '_parent'],
};

const styles = new CSSStyleSheet();
// The frame has no font to inherit. Its margin is room for the outline of what has the focus.
styles.replaceSync('body { font: 1rem/1.6 system-ui, sans-serif; margin: 0.5rem 6px; overflow-wrap: anywhere }');
document.adoptedStyleSheets = [styles];

enforcePolicy();
start(new URLSearchParams(location.search));
reportHeight();

/** Before anything is fetched or shown. WordPress puts frames into a sandbox, where they have no origin: there
    WebKit takes `'self'` for nobody, while the name of the host is understood. */
function enforcePolicy() {
  const written = document.querySelector('[name=digest-policy]');
  if (!written) return; // Its publisher sends the policy as a header, or has none.
  const policy = document.createElement('meta');
  policy.httpEquiv = 'content-security-policy';
  policy.content = written.content.replaceAll("'self'", location.origin);
  written.replaceWith(policy);
}

function start(query) {
  const src = address(query.get('src'));
  if (!src) return refuse('src must be the http or https address of an issue', query.get('src'));
  const options = { 'link-target': '_blank' };
  for (const [name, known] of Object.entries(OPTIONS)) {
    if (!query.has(name)) continue;
    const value = query.get(name);
    if (!known.includes(value)) return refuse(`${name} must be ${either(known)}`, value);
    options[name] = value;
  }
  show(src, options);
}

/** The address in full, or nothing if it is none of the web's. */
function address(src) {
  if (!src || !URL.canParse(src, location.href)) return;
  const url = new URL(src, location.href);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
}

function show(src, options) {
  // The policy in frame.html decides where issues may come from; here the reader is told.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'connect-src') refuse('src must be an issue that this host may show', blockedURI);
  });
  // A theme is that of the whole frame, its canvas and scroll bar, which the widget then inherits.
  const { theme, ...others } = options;
  if (theme && theme !== 'auto') document.documentElement.style.colorScheme = theme;
  const widget = document.createElement('digest-widget');
  widget.setAttribute('src', src);
  for (const [name, value] of Object.entries(others)) widget.setAttribute(name, value);
  fill(widget);
}

/** Says in the page what is wrong, and in the console also what was found: the page repeats no
    words of its address, which anyone can write. */
function refuse(expected, found) {
  console.error(`digest-widget: frame.html: ${expected}, found ${JSON.stringify(found)}`);
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.textContent = `This digest cannot be shown: ${expected}.`;
  fill(message);
}

function fill(content) {
  const main = document.createElement('main');
  main.append(content);
  document.body.replaceChildren(main);
}

function either(values) {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** Tells the page around how high the digest is, whenever that changes. A height is no secret, so
    that page may be of any origin. */
function reportHeight() {
  if (parent === window) return;
  const page = document.documentElement;
  let begun = false;
  const report = () => {
    if (!begun) return;
    const height = Math.ceil(page.getBoundingClientRect().height);
    parent.postMessage({ type: 'digest-height', height }, '*');
  };
  const observer = new ResizeObserver(report);
  // Until then the frame keeps the height that its page has given it: to shrink and to grow again would
  // move that page twice. Below the fold nothing is observed in a frame of another site, for browsers
  // do not paint it, so the first height is told without that.
  const begin = () => {
    begun = true;
    observer.observe(page);
    report();
  };
  for (const event of ['digest-load', 'digest-error']) page.addEventListener(event, begin);
  if (!document.querySelector('digest-widget')) begin();
  // The page around sets the height, so the scroll bar would only flash while a panel opens. It may
  // also have come later than the first report.
  addEventListener('message', function greet({ source, data }) {
    if (source !== parent || data?.type !== 'digest-parent') return;
    removeEventListener('message', greet);
    page.style.scrollbarWidth = 'none';
    report();
  });
}
