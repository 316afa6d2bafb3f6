//! `dist/`, the folder that a CDN serves.
//!
//! | file | of |
//! |---|---|
//! | `digest.js` | `www/digest.js` and what it imports, the loader; the only name that partners know |
//! | `digest-widget-HASH.js`, `digest-widget-HASH.wasm` | `src/widget`; may be cached for ever |
//! | `digest-explain-HASH.js` | `www/explain.js`, loaded only when something has failed |
//! | `digest-VERSION.js` | all scripts in one, for pages that ask for `integrity`; never changes |
//! | `integrity.json` | what such pages write for it |
//! | `digest-site.js`, `frame.html`, … | the rest of `www`: for places that take no scripts, and the configurator |
//! | `index.html` | the configurator, without what Trunk reads in it |
//! | `issues/ID/issue.json`, `cms.html` | `www/issues/ID.md` |
//! | `schema/issue-1.json` | `www/issue-1.schema.json` |

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{
    files, issues,
    minify_exports::{self, Names, replace_once, shorten},
    package, process,
    scripts::{self, File},
    setup, sizes,
    toolbox::{BINARYEN, WASM_BINDGEN},
    widget::{self, Build},
};

/// Writes `dist/` anew; until all of it is made, the old one stays.
pub(crate) fn write() -> Result<()> {
    setup::dist()?;
    let (module, build) = widget::compile()?;
    let work = files::fresh_folder("target/dist-work")?;
    let parts = make_parts(&module, &work)?;

    let new = files::fresh_folder("dist.new")?;
    parts.write(&new)?;
    write_pages(&new)?;
    issues::write(&new.join("issues"))?;
    files::copy(
        Path::new("www/issue-1.schema.json"),
        &new.join("schema/issue-1.json"),
    )?;
    swap_in(&new)?;
    package::write(&parts.glue, &parts.wasm)?;
    report(&parts, build)
}

/// What is made of the widget and the loader.
struct Parts {
    loader: File,
    glue: File,
    wasm: File,
    explain: File,
    pinned: File,
}

impl Parts {
    fn write(&self, folder: &Path) -> Result<()> {
        for file in [
            &self.loader,
            &self.glue,
            &self.wasm,
            &self.explain,
            &self.pinned,
        ] {
            files::write(&folder.join(&file.name), &file.bytes)?;
        }
        let integrity = BTreeMap::from([(&self.pinned.name, self.pinned.integrity())]);
        files::write(
            &folder.join("integrity.json"),
            &serde_json::to_vec_pretty(&integrity)?,
        )
    }
}

fn make_parts(module: &Path, work: &Path) -> Result<Parts> {
    let (glue, wasm) = bind(module, work)?;
    let (names, wasm) = optimize(&wasm, work)?;
    let glue = files::read_text(&glue)?;
    let glue = shorten(&glue, &names).context("cannot shorten the names in wasm-bindgen's glue")?;
    let glue = scripts::minify(&trim(&glue)?, &work.join("glue.js"))?;

    let glue = File::hashed("digest-widget", "js", glue);
    let wasm = File::hashed("digest-widget", "wasm", wasm);
    let explain = scripts::explain(&glue, &wasm, work)?;
    let loader = scripts::loader(&glue, &wasm, &explain, work)?;
    let pinned = scripts::pinned(&glue, &wasm, work)?;
    Ok(Parts {
        loader,
        glue,
        wasm,
        explain,
        pinned,
    })
}

/// What a CDN serves as it is in `www`.
const PAGES: [&str; 7] = [
    "custom-elements.json",
    "digest-site.js",
    "frame.html",
    "digest-frame.js",
    "digest-frame-parent.js",
    "configurator.js",
    "configurator.css",
];

fn write_pages(folder: &Path) -> Result<()> {
    for name in PAGES {
        files::copy(&Path::new("www").join(name), &folder.join(name))?;
    }
    for file in files::in_folder(Path::new("www/configurator"))? {
        files::copy(&file, &folder.join(file.strip_prefix("www")?))?;
    }
    let page = files::read_text(Path::new("index.html"))?;
    let page: String = page
        .split_inclusive('\n')
        .filter(|line| !line.contains("data-trunk"))
        .collect();
    files::write(&folder.join("index.html"), page.as_bytes())
}

/// Splits what the compiler made into WebAssembly and the JavaScript around it.
fn bind(module: &Path, work: &Path) -> Result<(PathBuf, PathBuf)> {
    let mut bindgen = WASM_BINDGEN.command()?;
    bindgen.args([
        "--target",
        "web",
        "--no-typescript",
        "--omit-default-module-path",
    ]);
    bindgen
        .args(["--out-name", "digest-widget", "--out-dir"])
        .arg(work)
        .arg(module);
    process::run(&mut bindgen)?;
    // Snippets would be further files to download; nothing in the widget has any, and so it stays.
    ensure!(
        !work.join("snippets").exists(),
        "a dependency of digest-widget brings JavaScript snippets"
    );
    Ok((
        work.join("digest-widget.js"),
        work.join("digest-widget_bg.wasm"),
    ))
}

/// Makes the module smaller and shortens the names at its boundary.
///
/// No data of a Rust module lies in the first kilobyte of its memory: the stack begins there and grows
/// down towards it. wasm-opt can fold small offsets into addresses when it knows (230 bytes brotli).
/// Taking the control flow apart and building it anew between two rounds saves 455 bytes.
fn optimize(module: &Path, work: &Path) -> Result<(Names, Vec<u8>)> {
    let optimized = work.join("optimized.wasm");
    let mut wasm_opt = BINARYEN.command()?;
    wasm_opt.args([
        "-Oz",
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        "--low-memory-unused",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ]);
    wasm_opt
        .arg(minify_exports::WASM_OPT_FLAG)
        .arg(module)
        .arg("-o")
        .arg(&optimized);
    let names = Names::parse(&process::output(&mut wasm_opt)?)?;
    Ok((names, files::read(&optimized)?))
}

/// Takes out of wasm-bindgen's glue what the loader never uses or has done already, and has it warn in
/// fewer words that say what to do.
fn trim(glue: &str) -> Result<String> {
    TRIMMED
        .iter()
        .try_fold(glue.to_owned(), |glue, (from, to)| {
            replace_once(&glue, from, to)
        })
        .context("in wasm-bindgen's glue")
}

const TRIMMED: [(&str, &str); 5] = [
    // The second way to start the module, which blocks the page.
    ("export { initSync, __wbg_init as default };", "export { __wbg_init as default };"),
    // The loader hands over a response, not an address, and only one that is a success.
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

fn swap_in(new: &Path) -> Result<()> {
    files::remove_folder(Path::new("dist"))?;
    fs::rename(new, "dist").with_context(|| format!("cannot rename {} to dist", new.display()))
}

/// Tells people, and the byte budget, what was made.
fn report(parts: &Parts, build: Build) -> Result<()> {
    files::write(Path::new("target/dist-build.txt"), build.name().as_bytes())?;
    println!("Wrote dist/: {build}");
    sizes::print(&[
        ("loader", &parts.loader.bytes),
        ("glue", &parts.glue.bytes),
        ("wasm", &parts.wasm.bytes),
    ])
}
