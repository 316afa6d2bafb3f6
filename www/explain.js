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
 * or the object to show; `engine`, a promise of the engine, if it was started; and `runSmallestModule`, which
 * throws if WebAssembly cannot run.
 */
export async function explain(failure) {
  const { reason, cause } = failure;
  const text = `digest-widget: ${await EXPLANATIONS[reason](failure)}`;
  if (reported.has(text)) return;
  reported.add(text);
  console.error(text, cause);
}

const EXPLANATIONS = {
  address: ({ source }) =>
    `src: expected the address of an issue.json, found ${JSON.stringify(source)}. Correct it in the snippet.`,
  status: ({ source, cause }) =>
    `${source} answered with status ${cause}, expected 200. Check the address in src, and that the issue is published.`,
  newer: ({ source, cause }) =>
    `${describe(source)} has format ${cause}, which is newer than this digest.js supports. Include the publisher's current digest.js.`,
  unreachable: ({ source }) => explainUnreachable(source, source),
  unreadable: explainUnreadable,
  engine: explainEngine,
};

async function explainEngine({ source, runSmallestModule }) {
  if (typeof WebAssembly === 'undefined') {
    return "this browser has no WebAssembly. It shows the content of the element instead; there is nothing to change.";
  }
  const { error, violation } = await attempt(runSmallestModule);
  if (error) return `this page's policy forbids WebAssembly. ${advisePolicy(violation, source)}`;
  for (const file of [GLUE, WASM]) {
    const { response } = await attempt(() => fetch(file, { cache: 'reload' }));
    if (!response) return explainUnreachable(file, source);
    if (!response.ok) {
      return `${file} answered with status ${response.status}, expected 200. Upload the whole dist folder again.`;
    }
  }
  return `the engine did not start, although ${WASM} can be fetched. Upload the whole dist folder again:`;
}

/** Explains why `file` cannot be fetched, by requesting it in ways that fail for different reasons. */
async function explainUnreachable(file, source) {
  const { violation } = await attempt(() => fetch(file, { cache: 'reload' }));
  if (violation) return `this page's policy forbids to fetch ${file}. ${advisePolicy(violation, source)}`;
  if (location.protocol === 'https:' && file.startsWith('http:')) {
    return `${file} is not fetched, because this page uses https and that address does not. Use its https address.`;
  }
  const { response } = await attempt(() => fetch(file, { mode: 'no-cors', cache: 'reload' }));
  if (response) {
    return `this page may not read ${file}. Its server must send the header "Access-Control-Allow-Origin: *".`;
  }
  return `${file} did not answer. The reader is offline, or the address is wrong.`;
}

async function explainUnreadable({ source, cause, engine }) {
  const document = typeof source === 'string' ? await fetchJson(source) : { json: source };
  if (document.problem) return document.problem;
  const at = await findErrorPath(document.json, engine);
  return `${describe(source)} is not an issue: ${at ? `at ${at}: ` : ''}${cause?.message ?? cause}. Check it with digest-press.`;
}

/** Returns `{ json }`, or `{ problem }` if the response is not JSON. */
async function fetchJson(source) {
  const { response } = await attempt(() => fetch(source, { cache: 'force-cache' }));
  const text = (await response?.text()) ?? '';
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
async function findErrorPath(json, engine) {
  const { decode_error: decodeError } = await engine;
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
  const error = decodeError(watch(structuredClone(json), '')); // A proxy cannot wrap the values of a frozen object.
  const missing = /missing field `(\w+)`/.exec(error?.message);
  return missing ? absent.get(missing[1]) : last;
}

/** Runs `action` and returns its `response` or `error`, and the policy's `violation`, if any. */
async function attempt(action) {
  let violation;
  const record = (event) => (violation ??= event);
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
  return { ...result, violation };
}

/** The header to send: the page's policy, extended with the sources that the digest needs. */
function advisePolicy(violation, source) {
  const digest = new URL(WASM).origin;
  const issue = typeof source === 'string' ? new URL(source).origin : digest;
  const needs = {
    'script-src': [digest, "'wasm-unsafe-eval'"],
    'connect-src': [...new Set([digest, issue])],
  };
  // WebKit does not report blocked WebAssembly, but the page may contain its policy.
  const policy = violation?.originalPolicy ?? document.querySelector('meta[http-equiv=content-security-policy i]')?.content;
  if (policy) return `Send this header instead:\nContent-Security-Policy: ${extendPolicy(policy, needs)}\n`;
  return `Add to its header:\nContent-Security-Policy: ${formatPolicy(new Map(Object.entries(needs)))}\n`;
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
  return typeof source === 'string' ? source : 'the issue property';
}
