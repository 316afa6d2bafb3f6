//! The JavaScript glue that wasm-bindgen generates around the module, and the edits that make it
//! smaller.
//!
//! The edits here and in `minify_exports.rs` depend on the exact text of the glue, so on the pinned
//! version of wasm-bindgen. After an upgrade, compare the new `target/dist-work/digest-widget.js`
//! with `EDITS` and with the patterns in `minify_exports.rs`, then run `cargo xtask test`: an edit
//! that no longer matches is an error, but only the tests show that one that still matches is still
//! right.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use crate::{
    minify_exports::{self, ShortNames},
    replace::replace_once,
    stubs,
    tools::{self, WASM_BINDGEN, npm::WASM_OPT},
    widget::WidgetBuild,
};

/// The glue and the module, as small as they get before minification of the script.
pub(crate) struct Bound {
    pub(crate) glue: String,
    pub(crate) wasm: Vec<u8>,
}

/// Splits a compiled module into WebAssembly and its glue, and makes both smaller.
pub(crate) fn bind(sh: &Shell, module: &Path, build: WidgetBuild, work: &Path) -> Result<Bound> {
    let mut wasm = sh.read_binary_file(module)?;
    // Other flags inline other functions, so the names are those of the tuned build.
    if build == WidgetBuild::Tuned {
        wasm = stubs::insert(&wasm)?;
    }
    // Before wasm-bindgen, which writes glue only for imports that are left.
    let stubbed = work.join("digest_widget.wasm");
    sh.write_file(&stubbed, wasm)?;
    let (glue, wasm) = run_bindgen(sh, &stubbed, work)?;
    let (names, wasm) = optimize(sh, &wasm, work)?;
    let glue = edit(&sh.read_file(&glue)?, &names).with_context(|| {
        format!(
            "cannot edit the glue {}: xtask/glue.rs and xtask/minify_exports.rs are written for \
             wasm-bindgen {}; if that is another version now, or wasm-opt is, adapt the edits there",
            glue.display(),
            WASM_BINDGEN.version()
        )
    })?;
    Ok(Bound { glue, wasm })
}

fn run_bindgen(sh: &Shell, module: &Path, work: &Path) -> Result<(PathBuf, PathBuf)> {
    let bindgen = WASM_BINDGEN.path()?;
    let options = [
        "--target",
        "web",
        "--no-typescript",
        "--omit-default-module-path",
        "--no-demangle",
    ];
    cmd!(
        sh,
        "{bindgen} {options...} --out-name digest-widget --out-dir {work} {module}"
    )
    .run()?;
    // Snippets would be more files to download.
    ensure!(
        !work.join("snippets").exists(),
        "a dependency of digest-widget has JavaScript snippets; dist/ has no place for them"
    );
    Ok((
        work.join("digest-widget.js"),
        work.join("digest-widget_bg.wasm"),
    ))
}

/// Makes the module smaller and shortens the names at its boundary.
///
/// `--low-memory-unused`: no data of a Rust module is in the first kilobyte of its memory, because
/// the stack grows down towards it. So wasm-opt can fold small offsets into addresses (230 bytes
/// brotli). Rebuilding the control flow between two rounds saves 455 bytes.
fn optimize(sh: &Shell, module: &Path, work: &Path) -> Result<(ShortNames, Vec<u8>)> {
    let optimized = work.join("optimized.wasm");
    let options = [
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
        minify_exports::WASM_OPT_FLAG,
    ];
    let names = run_wasm_opt(sh, module, &options, &optimized)?;
    Ok((ShortNames::parse(&names)?, sh.read_binary_file(&optimized)?))
}

/// Optimizes the module of the last build in the same way, and keeps the names of its functions.
pub(crate) fn optimize_with_names(sh: &Shell, work: &Path) -> Result<Vec<u8>> {
    let named = work.join("named.wasm");
    let module = work.join("digest-widget_bg.wasm");
    run_wasm_opt(sh, &module, &["--debuginfo"], &named)?;
    Ok(sh.read_binary_file(&named)?)
}

fn run_wasm_opt(sh: &Shell, module: &Path, options: &[&str], out: &Path) -> Result<String> {
    let wasm_opt = tools::npm_file(WASM_OPT)?;
    let common = [
        "-Oz",
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        "--low-memory-unused",
    ];
    Ok(cmd!(
        sh,
        "node {wasm_opt} {common...} {options...} {module} -o {out}"
    )
    .read()?)
}

fn edit(glue: &str, names: &ShortNames) -> Result<String> {
    let glue = minify_exports::shorten_names(glue, names)?;
    let glue = EDITS
        .iter()
        .try_fold(glue, |glue, (from, to)| replace_once(&glue, from, to))?;
    Ok(format!(
        "const {{ {GLOBALS} }} = window, globalThis = window, self = window;\n{glue}"
    ))
}

/// The globals that the glue uses. A page may declare `const URL`, which hides the global from every
/// script, but not the property of `window`.
const GLOBALS: &str = "Array, ArrayBuffer, BigInt, DataView, Date, Element, Error, FinalizationRegistry, Map, Number, Object, \
    Reflect, Request, Response, ShadowRoot, Symbol, TextDecoder, TextEncoder, URL, Uint8Array, \
    WebAssembly, console";

/// Texts of the glue and their replacements. They remove what the loader never uses or has already
/// done, and shorten a warning.
const EDITS: [(&str, &str); 7] = [
    // The second way to start the module, which blocks the page.
    ("export { initSync, __wbg_init as default };", "export { __wbg_init as default };"),
    // MooTools replaces the constructor.
    ("arg0 instanceof Window;", "arg0 === window;"),
    // After a trap the loader starts the module again.
    (
        "async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
",
        "async function __wbg_init(module_or_path) {
",
    ),
    // The loader passes a response, not an address, and only a successful one.
    (
        "    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path \
         instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }
",
        "",
    ),
    (
        "        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching \
         '${module.url}'`);
        }
",
        "",
    ),
    (
        "    } else {
        const instance = await WebAssembly.instantiate(module, imports);

        if (instance instanceof WebAssembly.Instance) {
            return { instance, module };
        } else {
            return instance;
        }
    }
",
        "    }\n",
    ),
    (
        "\"`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with \
         `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. \
         Original error:\\n\"",
        "\"digest-widget: serve .wasm files as application/wasm, which is faster:\"",
    ),
];
