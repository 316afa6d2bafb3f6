//! The WebAssembly boundary of Digest Widget: what `digest.js` calls.
//!
//! The loader starts two downloads together, this module and the issue, and hands the issue's
//! answer over as soon as this module runs. From then on everything is Rust: reading the answer,
//! drawing, and fetching again when the reader asks for it.
//!
//! ```js
//! const widget = new Widget();
//! widget.mount(shadowRoot, (what, ...details) => console.log(what, details));
//! widget.load("https://cdn.example/issue.json", fetch("https://cdn.example/issue.json"));
//! ```

#![forbid(unsafe_code)]

mod fault;
mod fetch;
mod locale;
mod widget;

pub use widget::{Widget, decode_error};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
