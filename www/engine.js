// The WebAssembly engine that draws digests.

import { importGlue } from './glue.js';

/** The version of the loader and of the engine that it starts. */
export const VERSION = '0.1.0';

const WASM = new URL('./digest-widget_bg.wasm', import.meta.url).href;
// What the bytes must hash to, where a page asks for `integrity`.
const INTEGRITY = '';

let attempts = 0;

/** Starts the engine: a promise of what the widget crate exports. */
export async function loadEngine() {
  // What failed may be in the browser's cache, for ever by its headers.
  const attempt = attempts++;
  const wasm = fetch(WASM, { integrity: INTEGRITY, cache: attempt ? 'reload' : 'default' });
  wasm.catch(() => {}); // Reported below: the glue's own failure may come first.
  const glue = await importGlue(attempt);
  const response = await wasm;
  if (!response.ok) throw new Error(`${WASM} answered ${response.status}`);
  await glue.default({ module_or_path: response });
  return glue;
}

/**
 * Runs the smallest module there is. It throws where WebAssembly cannot be: a page's policy may forbid
 * it (in Chromium and Firefox to compile, in WebKit to run), and a browser may have none.
 */
export function runSmallestModule() {
  new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
}
