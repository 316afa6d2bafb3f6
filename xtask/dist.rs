//! `cargo xtask dist`: `dist/`, the folder that a CDN serves.
//!
//! | file | source |
//! |---|---|
//! | `digest.js` | the loader: `www/digest.js` and its imports; the only name that embedders know |
//! | `digest-widget-HASH.js`, `digest-widget-HASH.wasm` | `src/widget`; may be cached for ever |
//! | `digest-explain-HASH.js` | `www/explain.js`, loaded only after a failure |
//! | `digest-archive-HASH.js`, `digest-archive-HASH.wasm` | `www/archive.js` and `src/archive`, loaded when a reader asks for other issues |
//! | `digest-VERSION.js` | all scripts in one, for pages that use `integrity`; never changes |
//! | `integrity.json` | the hashes for `integrity` |
//! | `digest-site.js`, `frame.html`, … | copied from `www`: for sites that allow no scripts, and the configurator |
//! | `index.html` | the configurator, without Trunk's lines |
//! | `issues/ID/issue.json`, `cms.html` | `www/issues/ID.md` |
//! | `schema/issue-1.json` | `www/issue-1.schema.json` |

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;
use xshell::Shell;

use crate::{
    archive::{self, ArchiveFiles},
    files, glue, issues, package, rust,
    scripts::{self, DistFile},
    sizes,
    tools::{self, WASM_BINDGEN},
    widget::{self, Modules, WidgetBuild},
};

/// Writes `dist/`. The old folder stays until the new one is complete.
pub(crate) fn write(sh: &Shell) -> Result<()> {
    rust::require_wasm_target(sh)?;
    tools::check_wasm_bindgen_version(sh)?;
    tools::install_npm_packages(sh)?;
    WASM_BINDGEN.install(sh)?;

    let modules = widget::compile(sh)?;
    let work = files::create_empty_folder(sh, "target/dist-work")?;
    let widget = build_files(sh, &modules, &work)?;

    let new = files::create_empty_folder(sh, "dist.new")?;
    widget.write(sh, &new)?;
    copy_pages(sh, &new)?;
    issues::write(sh, &new.join("issues"))?;
    files::copy(
        sh,
        "www/issue-1.schema.json",
        new.join("schema/issue-1.json"),
    )?;
    sh.remove_path("dist")?;
    files::rename(&new, Path::new("dist"))?;
    package::write(sh, &widget.glue, &widget.wasm, &work)?;
    report(sh, &widget, modules.build)
}

/// The files that are built from the widget and the loader.
struct BuiltFiles {
    loader: DistFile,
    glue: DistFile,
    wasm: DistFile,
    explain: DistFile,
    archive: ArchiveFiles,
    pinned: DistFile,
}

impl BuiltFiles {
    fn write(&self, sh: &Shell, folder: &Path) -> Result<()> {
        for file in [
            &self.loader,
            &self.glue,
            &self.wasm,
            &self.explain,
            &self.archive.script,
            &self.archive.wasm,
            &self.pinned,
        ] {
            sh.write_file(folder.join(&file.name), &file.bytes)?;
        }
        let integrity = BTreeMap::from([(&self.pinned.name, self.pinned.integrity())]);
        let integrity = serde_json::to_vec_pretty(&integrity)?;
        Ok(sh.write_file(folder.join("integrity.json"), integrity)?)
    }
}

fn build_files(sh: &Shell, modules: &Modules, work: &Path) -> Result<BuiltFiles> {
    let bound = glue::bind(sh, &modules.widget, modules.build, work)?;
    let glue = scripts::minify(sh, &bound.glue, &work.join("glue.js"))?;
    let glue = DistFile::with_hash("digest-widget", "js", glue);
    let wasm = DistFile::with_hash("digest-widget", "wasm", bound.wasm);
    let explain = scripts::build_explain(sh, &glue, &wasm, work)?;
    let archive = archive::build(sh, &modules.archive, work)?;
    let loader = scripts::build_loader(sh, &glue, &wasm, &explain, &archive.script, work)?;
    let pinned = scripts::build_pinned(sh, &glue, &wasm, &archive.wasm, work)?;
    Ok(BuiltFiles {
        loader,
        glue,
        wasm,
        explain,
        archive,
        pinned,
    })
}

/// The files that are copied from `www`.
const PAGES: [&str; 9] = [
    "custom-elements.json",
    "icon.svg",
    "digest-options.js",
    "digest-site.js",
    "frame.html",
    "digest-frame.js",
    "digest-frame-parent.js",
    "configurator.js",
    "configurator.css",
];

fn copy_pages(sh: &Shell, folder: &Path) -> Result<()> {
    for name in PAGES {
        files::copy(sh, Path::new("www").join(name), folder.join(name))?;
    }
    for file in files::list_files(Path::new("www/configurator"))? {
        files::copy(sh, &file, folder.join(file.strip_prefix("www")?))?;
    }
    let page = sh.read_file("index.html")?;
    let lines = page.split_inclusive('\n');
    let page: String = lines.filter(|line| !line.contains("data-trunk")).collect();
    Ok(sh.write_file(folder.join("index.html"), page)?)
}

/// Prints the sizes, and records the kind of build for the byte budget.
fn report(sh: &Shell, files: &BuiltFiles, build: WidgetBuild) -> Result<()> {
    sh.write_file("target/dist-build.txt", build.name())?;
    println!("Wrote dist/: {build}");
    sizes::print(&[
        ("loader", &files.loader.bytes),
        ("glue", &files.glue.bytes),
        ("wasm", &files.wasm.bytes),
    ])?;
    println!("When a reader asks for other issues:");
    sizes::print(&[
        ("script", &files.archive.script.bytes),
        ("wasm", &files.archive.wasm.bytes),
    ])
}
