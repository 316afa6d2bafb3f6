// Explains in one console message why a digest failed to load and what the embedder can change.
//
// Loaded only after a failure, so working pages pay nothing for it. It finds the cause by repeating the
// failed action: browsers then report what a policy blocks.

const GLUE = new URL('./digest-widget.js', import.meta.url).href;
const WASM = new URL('./digest-widget_bg.wasm', import.meta.url).href;

/** The messages written so far: many digests of a page may fail for the same reason. */
const reported = new Set();

/**
 * Writes the message. `failure` has `reason` and `cause` of the `digest-error` event; `source`, the address
 * or the object to show; `startEngine`, which returns a promise of the engine; and `runSmallestModule`,
 * which throws if WebAssembly cannot run.
 */
export async function explain(failure) {
  const { reason, cause } = failure;
  const removed = NEEDED.filter((path) => !resolve(path));
  const explanation = removed.length ? explainRemoved(removed) : EXPLANATIONS[reason](failure);
  const text = `digest-widget: ${await explanation.catch((error) => `${describe(failure.source)}: ${reason}: ${error}:`)}`;
  if (reported.has(text)) return;
  reported.add(text);
  console.error(text, cause);
}

const EXPLANATIONS = {
  address: async ({ source }) =>
    `src: expected the address of an issue.json, found ${JSON.stringify(source)}. Correct it in the snippet.`,
  status: async ({ source, cause }) =>
    `${source} answered with status ${cause}, expected 200. Check the address in src, and that the issue is published.`,
  newer: async ({ source, cause }) =>
    `${describe(source)} has format ${cause}, which is newer than this digest.js supports. Include the publisher's current digest.js.`,
  'too-large': async ({ source }) =>
    `${describe(source)} is too large: an issue has at most 10 MB, 10,000 headlines and 300,000 commas between its values. Publish it as several issues.`,
  unreachable: ({ source }) => explainUnreachable(source, source),
  unreadable: explainUnreadable,
  engine: explainEngine,
};

async function explainRemoved(removed) {
  return `this page has removed ${removed.join(', ')}, which digests need. Leave it as the browser has it:`;
}

async function explainEngine({ source, runSmallestModule }) {
  if (!window.WebAssembly) {
    return "this browser has no WebAssembly. It shows the content of the element instead; there is nothing to change.";
  }
  const { error, violations } = await attempt(runSmallestModule, 'wasm-eval');
  if (error) return `this page's policy forbids WebAssembly. ${advisePolicy(violations, source)}`;
  for (const file of [GLUE, WASM]) {
    const { response } = await attempt(() => fetch(file, { cache: 'reload' }), file);
    if (!response) return explainUnreachable(file, source);
    if (!response.ok) {
      return `${file} answered with status ${response.status}, expected 200. Include digest.js from the publisher's address, or upload the whole dist folder again.`;
    }
  }
  const changes = listChanges();
  if (changes.length) return `the engine stopped. This page has changed what it needs: ${changes.join(', ')}. Leave them as the browser has them:`;
  return `the engine stopped, although ${WASM} can be fetched. Upload the whole dist folder again:`;
}

/** Explains why `file` cannot be fetched, by requesting it in ways that fail for different reasons. */
async function explainUnreachable(file, source) {
  const { violations } = await attempt(() => fetch(file, { cache: 'reload' }), file);
  if (violations.length) return `this page's policy forbids to fetch ${file}. ${advisePolicy(violations, source)}`;
  if (location.protocol === 'https:' && file.startsWith('http:')) {
    return `${file} is not fetched, because this page uses https and that address does not. Use its https address.`;
  }
  if (!isNative(window.fetch) && (await canRequest(file))) {
    return `this page has replaced the function fetch, and with that ${file} cannot be read. Leave its requests as they are.`;
  }
  const { response } = await attempt(() => fetch(file, { mode: 'no-cors', cache: 'reload' }), file);
  if (response) {
    return `this page may not read ${file}. Its server must send the header "Access-Control-Allow-Origin: *".`;
  }
  return `${file} did not answer. The reader is offline, or the address is wrong.`;
}

async function explainUnreadable({ source, cause, startEngine }) {
  const document = typeof source === 'string' ? await fetchJson(source) : { json: source };
  if (document.problem) return document.problem;
  const { error, response: at } = await attempt(async () => findErrorPath(document.json, await startEngine()));
  if (error) return `${describe(source)} is not an issue: ${error.message}.`;
  // The engine prints no fractions, which saves 3.6 KB; see xtask/stubs.rs.
  const problem = `${cause?.message ?? cause}`.replace(/floating point `[^`]*`/, 'a number');
  return `${describe(source)} is not an issue: ${at ? `at ${at}: ` : ''}${problem}. Check it with digest-press.`;
}

/** Returns `{ json }`, or `{ problem }` if the response is not JSON. */
async function fetchJson(source) {
  const { response: text = '' } = await attempt(async () => (await fetch(source, { cache: 'force-cache' })).text());
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    const start = JSON.stringify(text.slice(0, 40));
    const problem = `${source} is not JSON (${error.message}): ${text.length} characters that begin with ${start}. Check the address in src; the file may be cut off.`;
    return { problem };
  }
}

/**
 * Returns the path in `json` at which the engine's decoder stops: the last path that it reads, which a
 * proxy records. For a missing field it is the path at which the decoder looked for it.
 */
function findErrorPath(json, { decode_error: decodeError }) {
  let last = '';
  const absent = new Map();
  const watch = (value, path) =>
    Object(value) !== value
      ? value
      : new Proxy(value, {
          get(target, key) {
            const found = target[key];
            if (typeof key === 'symbol' || (Array.isArray(target) && key === 'length')) return found;
            last = Array.isArray(target) ? `${path}[${key}]` : `${path}${path && '.'}${key}`;
            if (found === undefined) absent.set(key, last);
            return typeof found === 'function' ? found.bind(target) : watch(found, last);
          },
        });
  const error = decodeError(watch(JSON.parse(JSON.stringify(json)), '')); // A proxy cannot wrap the values of a frozen object.
  const missing = /missing field `(\w+)`/.exec(error?.message);
  return missing ? absent.get(missing[1]) : last;
}

/**
 * Runs `action` and returns its `response` or `error`, and the `violations` of the page's policies that
 * blocked `target`: the address of a file, or `wasm-eval`.
 */
async function attempt(action, target) {
  const violations = [];
  const record = (event) => {
    // A policy that only reports blocks nothing. A server may have redirected the request.
    if (event.disposition === 'enforce' && isSameTarget(event.blockedURI, target)) violations.push(event);
  };
  document.addEventListener('securitypolicyviolation', record);
  const result = {};
  try {
    result.response = await action();
  } catch (error) {
    result.error = error;
  }
  // Browsers report violations in a separate task.
  await new Promise((resolve) => setTimeout(resolve, 50));
  document.removeEventListener('securitypolicyviolation', record);
  return { ...result, violations };
}

function isSameTarget(blocked, target) {
  return blocked === target || (URL.canParse(blocked) && URL.canParse(target) && new URL(blocked).origin === new URL(target).origin);
}

/** Returns true if a request that does not use `fetch` can read the file. */
function canRequest(file) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.onload = () => done(request.status === 200);
    request.onerror = () => done(false);
    request.open('GET', file);
    request.send();
  });
}

/** What the loader and the engine use of the page's scope and most often find changed. */
const NEEDED = [
  'Array',
  'Array.from',
  'Array.isArray',
  'ArrayBuffer',
  'BigInt',
  'CSSStyleSheet',
  'CustomEvent',
  'DataView',
  'Date',
  'Date.prototype.toLocaleDateString',
  'Document.prototype.createElement',
  'Document.prototype.createElementNS',
  'Document.prototype.createTextNode',
  'DocumentFragment.prototype.querySelector',
  'DocumentFragment.prototype.querySelectorAll',
  'DocumentFragment.prototype.replaceChildren',
  'Element',
  'Element.prototype.append',
  'Element.prototype.attachShadow',
  'Element.prototype.getAttribute',
  'Element.prototype.hasAttribute',
  'Element.prototype.querySelector',
  'Element.prototype.querySelectorAll',
  'Element.prototype.removeAttribute',
  'Element.prototype.setAttribute',
  'Error',
  'EventTarget.prototype.addEventListener',
  'FinalizationRegistry',
  'Function.prototype.call',
  'JSON.parse',
  'JSON.stringify',
  'Map',
  'Math.max',
  'Math.min',
  'Node.prototype.appendChild',
  'Node.prototype.cloneNode',
  'Node.prototype.insertBefore',
  'Node.prototype.removeChild',
  'Number',
  'Number.isSafeInteger',
  'Object',
  'Object.entries',
  'Object.is',
  'Promise',
  'Promise.prototype.then',
  'Reflect.deleteProperty',
  'Reflect.get',
  'Reflect.set',
  'Request',
  'Response',
  'Response.prototype.clone',
  'Response.prototype.json',
  'Set.prototype.add',
  'ShadowRoot',
  'String.prototype.slice',
  'Symbol',
  'TextDecoder',
  'TextDecoder.prototype.decode',
  'TextEncoder',
  'TextEncoder.prototype.encodeInto',
  'URL',
  'Uint8Array',
  'WeakMap',
  'Window',
  'document.createElement',
  'fetch',
];

/** Lists the functions in `NEEDED` that are not the browser's own. */
function listChanges() {
  return NEEDED.filter((path) => !isNative(resolve(path)));
}

function resolve(path) {
  return path.split('.').reduce((object, name) => object?.[name], window);
}

function isNative(value) {
  return typeof value === 'function' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));
}

/** The headers to send: the page's policies, extended with the sources that the digest needs. */
function advisePolicy(violations, source) {
  const digest = new URL(WASM).origin;
  const issue = typeof source === 'string' ? new URL(source).origin : digest;
  const needs = {
    'script-src': [digest, "'wasm-unsafe-eval'"],
    'connect-src': [...new Set([digest, issue])],
  };
  // WebKit does not report blocked WebAssembly, but the page may contain its policies.
  const metas = [...document.querySelectorAll('meta[http-equiv=content-security-policy i]')];
  const reported = violations.map((violation) => violation.originalPolicy);
  const policies = new Set(reported.length ? reported : metas.map((meta) => meta.content));
  const [lead, lines] = policies.size
    ? [policies.size > 1 ? 'It has more than one. Send these headers instead' : 'Send this header instead', [...policies].map((policy) => extendPolicy(policy, needs))]
    : ['Add to its header', [formatPolicy(new Map(Object.entries(needs)))]];
  return `${lead}:\n${lines.map((line) => `Content-Security-Policy: ${line}\n`).join('')}`;
}

/** Adds `needs` to the directives of `policy`; directives that it does not restrict stay absent. */
function extendPolicy(policy, needs) {
  const directives = new Map(
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name, ...sources]) => [name.toLowerCase(), sources]),
  );
  directives.delete('');
  for (const [name, needed] of Object.entries(needs)) {
    const sources = directives.get(name) ?? directives.get('default-src');
    if (!sources) continue;
    directives.set(name, [...new Set([...sources.filter((source) => source !== "'none'"), ...needed])]);
  }
  return formatPolicy(directives);
}

function formatPolicy(directives) {
  return [...directives].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}

function describe(source) {
  if (typeof source === 'string') return source;
  const kind = Object.prototype.toString.call(source).slice(8, -1);
  return kind === 'Object' ? 'the issue property' : `the issue property (a ${kind})`;
}
