/**
 * Imports wasm-bindgen's script from a separate file, so that it loads beside the WebAssembly and
 * the loader stays small. Browsers remember a module that failed to load by its address, so another
 * attempt needs another address.
 */
export function importGlue(attempt) {
  const GLUE = './digest-widget.js';
  return import(attempt ? `${GLUE}?${attempt}` : GLUE);
}
