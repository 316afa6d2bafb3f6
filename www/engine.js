// Starts the WebAssembly engine that draws digests.

import { importGlue } from './glue.js';

/** The version of the loader and of its engine. */
export const VERSION = '0.1.0';

const WASM = new URL('./digest-widget_bg.wasm', import.meta.url).href;
// The hash of the WebAssembly, in the pinned script.
const INTEGRITY = '';

let attempts = 0;

/** Starts the engine and returns a promise of the exports of `src/widget`. */
export async function loadEngine() {
  // A failed response may be in the browser's cache, forever by its headers.
  const attempt = attempts++;
  const wasm = fetch(WASM, { integrity: INTEGRITY, cache: attempt ? 'reload' : 'default' });
  wasm.catch(() => {}); // Awaited below: the import may fail first.
  const glue = await importGlue(attempt);
  const response = await wasm;
  if (!response.ok) throw new Error(`${WASM} answered ${response.status}`);
  await glue.default({ module_or_path: response });
  return glue;
}

/**
 * Runs the smallest WebAssembly module. Throws if the browser has no WebAssembly or the page's policy
 * forbids it (Chromium and Firefox refuse to compile it, WebKit to run it).
 */
export function runSmallestModule() {
  new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
}
