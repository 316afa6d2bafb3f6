//! The WebAssembly boundary of Digest Widget: the functions that `digest.js` calls.
//!
//! The loader starts two downloads together, this module and the issue, and passes the response to
//! this module as soon as it runs. Then Rust reads the response, draws the issue, and fetches it
//! again when the reader asks for it.
//!
//! ```js
//! const widget = new Widget();
//! widget.mount(shadowRoot, (event, ...details) => console.log(event, details));
//! widget.load("https://cdn.example/issue.json", fetch("https://cdn.example/issue.json"));
//! ```

#![forbid(unsafe_code)]

mod fetch;
mod load_error;
mod localize;
mod widget;

pub use widget::{Widget, decode_error};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
