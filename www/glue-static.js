import * as glue from './digest-widget.js';

/** The script that goes with the WebAssembly, within this file: in place of `glue.js` where all scripts are one. */
export async function importGlue() {
  return glue;
}
