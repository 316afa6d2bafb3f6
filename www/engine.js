// Starts the WebAssembly engine that draws digests, and starts another one when it has failed.

import { Array, Error, fetch, Uint8Array, URL, WebAssembly } from './globals.js';
import { importGlue } from './glue.js';
import { STYLE } from './digest-style.js';

/** The version of the loader and of its engine. */
export const VERSION = '0.1.0';

// The hash of the WebAssembly, in the pinned script.
const ENGINE_INTEGRITY = '';

let attempts = 0;

/** The newest engine that a loader has offered, with the styles of its drawings. */
let newest = { version: VERSION, load: loadEngine, style: STYLE };

/** The promise of the started engine, and the same promise once the engine is running. */
let engine;
let running;

/** Starts the engine and returns a promise of the exports of `src/widget`. */
export async function loadEngine() {
  const wasm = new URL('./digest-widget_bg.wasm', import.meta.url).href;
  // A failed response may be in the browser's cache, forever by its headers.
  const attempt = attempts++;
  const download = fetch(wasm, { integrity: ENGINE_INTEGRITY, cache: attempt ? 'reload' : 'default' });
  download.catch(() => {}); // Awaited below: the import may fail first.
  const glue = await importGlue(attempt);
  const response = await download;
  if (!response.ok) throw new Error(`${wasm} answered ${response.status}`);
  await glue.default({ module_or_path: response });
  return glue;
}

/** Replaces the engine if `version` is newer, and returns whether it is. */
export function offerEngine(version, load, style) {
  if (version.localeCompare(newest.version, 'en', { numeric: true }) <= 0) return false;
  newest = { version, load, style };
  engine = undefined;
  return true;
}

/** Returns the styles of a digest. */
export function getStyle() {
  return newest.style;
}

/** Returns true if the engine can draw without being waited for. */
export function isEngineRunning() {
  return !!engine && engine === running;
}

/** Starts the engine unless it is running; starts it again if it failed. */
export function startEngine() {
  if (!engine) {
    const started = (engine = newest.load());
    started.then(
      () => (running = started),
      () => discardEngine(started),
    );
  }
  return engine;
}

/**
 * Calls a function of the engine, which is started first. Throws `[reason, cause]`. An exception that
 * is none of the engine's own errors leaves its memory in an unknown state, so the next call starts
 * another engine.
 */
export async function callEngine(call) {
  const started = startEngine();
  try {
    return call(await started);
  } catch (error) {
    if (!Array.isArray(error)) discardEngine(started);
    throw toFailure(error);
  }
}

/** Returns `[reason, cause]` of a failure, which is `error` itself or begins with `reason`. */
export function toFailure(error, reason = 'engine') {
  return Array.isArray(error) ? error : [reason, error];
}

function discardEngine(failed) {
  if (engine === failed) engine = undefined;
}

/**
 * Runs the smallest WebAssembly module. Throws if the browser has no WebAssembly or the page's policy
 * forbids it (Chromium and Firefox refuse to compile it, WebKit to run it).
 */
export function runSmallestModule() {
  new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
}
