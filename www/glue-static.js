import * as glue from './digest-widget.js';

/** Imports wasm-bindgen's script statically: replaces `glue.js` where all scripts are bundled into one. */
export async function importGlue() {
  return glue;
}
