/**
 * The script that goes with the WebAssembly, in a file of its own: it is loaded beside the
 * WebAssembly, and the loader stays small. A module that failed to load is remembered by its
 * address, so another attempt needs another address.
 */
export function importGlue(attempt) {
  const GLUE = './digest-widget.js';
  return import(attempt ? `${GLUE}?${attempt}` : GLUE);
}
