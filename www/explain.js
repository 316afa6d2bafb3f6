// Tells a page's webmaster, in one message, why a digest is not there and what to change.
//
// It is loaded only when something has failed, so it costs the readers of working pages nothing. It
// finds the cause by trying again what failed: what a policy forbids, the browser then reports.

const GLUE = new URL('./digest-widget.js', import.meta.url).href;
const WASM = new URL('./digest-widget_bg.wasm', import.meta.url).href;

/** What was said already: many digests of a page may fail for one reason. */
const told = new Set();

/**
 * Writes the message. `fault` has the `reason` and the `cause` of the `digest-error`; `source`, the
 * address or the object that was to be shown; `engine` a promise of the engine, if it runs; `runSmallestModule`
 * throws where there can be no WebAssembly.
 */
export async function explain(fault) {
  const { reason, cause } = fault;
  const text = `digest-widget: ${await FAULTS[reason](fault)}`;
  if (told.has(text)) return;
  told.add(text);
  console.error(text, cause);
}

const FAULTS = {
  address: ({ source }) =>
    `src: expected the address of an issue.json, found ${JSON.stringify(source)}. Correct it in the snippet.`,
  status: ({ source, cause }) =>
    `${source} answered with status ${cause}, expected 200. Check the address in src, and that the issue is published.`,
  newer: ({ source, cause }) =>
    `${nameOf(source)} has format ${cause}, which is newer than this digest.js reads. Include the publisher's current digest.js.`,
  unreachable: ({ source }) => unreachable(source, source),
  unreadable,
  engine: engineFault,
};

async function engineFault({ source, runSmallestModule }) {
  if (typeof WebAssembly === 'undefined') {
    return "this browser has no WebAssembly. Its readers see what is inside the element; there is nothing to change.";
  }
  const { error, violation } = await tryOut(runSmallestModule);
  if (error) return `this page's policy forbids WebAssembly. ${policyAdvice(violation, source)}`;
  for (const file of [GLUE, WASM]) {
    const { response } = await tryOut(() => fetch(file, { cache: 'reload' }));
    if (!response) return unreachable(file, source);
    if (!response.ok) {
      return `${file} answered with status ${response.status}, expected 200. Upload the whole dist folder again.`;
    }
  }
  return `the engine did not start, although ${WASM} can be fetched. Upload the whole dist folder again:`;
}

/** Why `file` cannot be fetched, by asking for it in ways that fail for different reasons. */
async function unreachable(file, source) {
  const { violation } = await tryOut(() => fetch(file, { cache: 'reload' }));
  if (violation) return `this page's policy forbids to fetch ${file}. ${policyAdvice(violation, source)}`;
  if (location.protocol === 'https:' && file.startsWith('http:')) {
    return `${file} is not fetched, because this page is at https and it is not. Use its https address.`;
  }
  const { response } = await tryOut(() => fetch(file, { mode: 'no-cors', cache: 'reload' }));
  if (response) {
    return `${file} may not be read by this page. Its server must send the header "Access-Control-Allow-Origin: *".`;
  }
  return `${file} did not answer. The reader is offline, or the address is wrong.`;
}

async function unreadable({ source, cause, engine }) {
  const document = typeof source === 'string' ? await parse(source) : { json: source };
  if (document.fault) return document.fault;
  const at = await pathOf(document.json, engine);
  return `${nameOf(source)} is not an issue: ${at ? `at ${at}: ` : ''}${cause?.message ?? cause}. Check it with the publisher's tool.`;
}

/** The JSON at an address, or what it is instead. */
async function parse(source) {
  const { response } = await tryOut(() => fetch(source, { cache: 'force-cache' }));
  const text = (await response?.text()) ?? '';
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    const start = JSON.stringify(text.slice(0, 40));
    const fault = `${source} is not JSON (${error.message}): ${text.length} characters that begin with ${start}. Check the address in src; the file may be cut off.`;
    return { fault };
  }
}

/**
 * Where in `json` the engine's decoder stops. It reads what it decodes, so it is given an object that
 * notes what is read: the last place is the one. A field that is missing is noted when it is asked for.
 */
async function pathOf(json, engine) {
  const { decode_error: decodeError } = await engine;
  let last = '';
  const absent = new Map();
  const watched = (value, path) =>
    Object(value) !== value
      ? value
      : new Proxy(value, {
          get(target, key) {
            const found = target[key];
            if (typeof key === 'symbol' || (Array.isArray(target) && key === 'length')) return found;
            last = Array.isArray(target) ? `${path}[${key}]` : `${path}${path && '.'}${key}`;
            if (found === undefined) absent.set(key, last);
            return typeof found === 'function' ? found.bind(target) : watched(found, last);
          },
        });
  const error = decodeError(watched(structuredClone(json), '')); // A frozen object cannot be watched.
  const missing = /missing field `(\w+)`/.exec(error?.message);
  return missing ? absent.get(missing[1]) : last;
}

/** The result of `action`, and what the page's policy had against it. */
async function tryOut(action) {
  let violation;
  const note = (event) => (violation ??= event);
  document.addEventListener('securitypolicyviolation', note);
  const result = {};
  try {
    result.response = await action();
  } catch (error) {
    result.error = error;
  }
  // The browser reports in a task of its own.
  await new Promise((resolve) => setTimeout(resolve, 50));
  document.removeEventListener('securitypolicyviolation', note);
  return { ...result, violation };
}

/** The whole header to send: the page's own, with what the digest needs. */
function policyAdvice(violation, source) {
  const digest = new URL(WASM).origin;
  const issue = typeof source === 'string' ? new URL(source).origin : digest;
  const needs = {
    'script-src': [digest, "'wasm-unsafe-eval'"],
    'connect-src': [...new Set([digest, issue])],
  };
  // WebKit does not report what it forbids of WebAssembly, but the page itself may say its policy.
  const policy = violation?.originalPolicy ?? document.querySelector('meta[http-equiv=content-security-policy i]')?.content;
  if (policy) return `Send this header instead:\nContent-Security-Policy: ${widened(policy, needs)}\n`;
  return `Add to its header:\nContent-Security-Policy: ${written(new Map(Object.entries(needs)))}\n`;
}

/** `policy` with `needs`, as far as it restricts them at all. */
function widened(policy, needs) {
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
  return written(directives);
}

function written(directives) {
  return [...directives].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}

function nameOf(source) {
  return typeof source === 'string' ? source : 'the issue property';
}
