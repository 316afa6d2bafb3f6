//! The widget's files, which become part of each site.

use std::path::{Path, PathBuf};

use digest_issue::Lang;
use digest_view::Strings;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

use super::store::{Effort, Store, is_compressed};
use crate::site::CONFIGURATOR;
use crate::{Diagnostic, Rule, file};

/// The widget's files, as `cargo xtask dist` builds them.
#[derive(Debug)]
pub(super) struct WidgetFiles {
    /// Each file's path in the site, and the path to read it from.
    files: Vec<(String, PathBuf)>,
}

/// The script that embedders include.
const LOADER: &str = "digest.js";

/// The loader with the newest issue, for those who show always the newest one.
const SERIES_SCRIPT: &str = "series.js";

/// The files that a site needs to show digests, also in frames.
pub const REQUIRED_WIDGET_FILES: [&str; 6] = [
    LOADER,
    "digest-site.js",
    "digest-frame.js",
    "digest-frame-parent.js",
    "digest-options.js",
    "frame.html",
];

/// Files and folders that the site has its own versions of.
const EXCLUDED: [&str; 3] = ["icon.svg", "issues", "schema"];

/// The sample issue in the configurator. Only the widget's first publisher has it.
const SAMPLE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// The newest issue, which every site has.
const NEWEST: &str = "latest/issue.json";

/// The size limit of a file: many times what readers would wait for.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

impl WidgetFiles {
    /// Returns the folder `widget` beside the program, where an installed digest-press has the
    /// files.
    pub(super) fn default_folder() -> PathBuf {
        let program = std::env::current_exe().unwrap_or_default();
        program.with_file_name("widget")
    }

    /// Finds the files in a folder; `write` reads them.
    pub(super) fn load(folder: &Path) -> Result<WidgetFiles, Diagnostic> {
        let mut files = Vec::new();
        let is_included = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            !(entry.depth() == 1 && EXCLUDED.contains(&&*name) || is_compressed(&name))
        };
        for entry in WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(is_included)
        {
            let entry = entry.map_err(|_| missing_file_error(folder, "digest.js"))?;
            if entry.file_type().is_file() {
                files.push((site_path(folder, entry.path()), entry.into_path()));
            } else if !entry.file_type().is_dir() {
                return Err(link_error(entry.path()));
            }
        }
        for name in REQUIRED_WIDGET_FILES {
            if !files.iter().any(|(path, _)| path == name) {
                return Err(missing_file_error(folder, name));
            }
        }
        Ok(WidgetFiles { files })
    }

    /// Writes the files into the site. The configurator is in the language of the series, and shows
    /// the newest issue instead of the sample.
    ///
    /// `latest` is the `issue.json` of the newest issue, for the series script.
    pub(super) fn write(
        &self,
        store: &Store,
        lang: &Lang,
        latest: Option<&str>,
    ) -> Result<(), Diagnostic> {
        self.files.par_iter().try_for_each(|(path, file)| {
            let mut bytes = file::read_up_to(file, MAX_BYTES)?;
            if path == CONFIGURATOR {
                bytes = adapt_configurator(&bytes, lang);
            }
            if let (LOADER, Some(latest)) = (&**path, latest) {
                store.write(
                    SERIES_SCRIPT,
                    &write_series_script(latest, &bytes),
                    Effort::Best(file),
                )?;
            }
            Ok(store.write(path, &bytes, Effort::Best(file))?)
        })
    }
}

/// Writes the loader with the newest issue before it, as `www/digest.js` reads it: a page that
/// includes this script shows the issue without a further request.
fn write_series_script(latest: &str, loader: &[u8]) -> Vec<u8> {
    let issue = format!("const digestIssue = {};\n", latest.trim_end());
    [issue.as_bytes(), loader].concat()
}

/// Returns the path of a file in the site. The configurator, `index.html` of the widget, moves: the
/// site's `index.html` is the archive.
fn site_path(folder: &Path, file: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file);
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    match names.join("/") {
        path if path == "index.html" => CONFIGURATOR.to_owned(),
        path => path,
    }
}

/// Sets the language of the configurator, and replaces the sample issue.
fn adapt_configurator(html: &[u8], lang: &Lang) -> Vec<u8> {
    let lang = Strings::for_lang(lang.as_str()).lang;
    let html = String::from_utf8_lossy(html).replacen(
        r#"<html lang="en">"#,
        &format!(r#"<html lang="{lang}">"#),
        1,
    );
    html.replace(SAMPLE, NEWEST).into_bytes()
}

fn missing_file_error(folder: &Path, name: &str) -> Diagnostic {
    let message = format!(
        "“{}” is not the widget's folder: “{name}” is missing",
        folder.display()
    );
    let remedy = "give the folder of the widget's files with --widget; \
        `cargo xtask dist` builds it as dist/";
    Diagnostic::without_span(Rule::File, message, remedy)
}

fn link_error(path: &Path) -> Diagnostic {
    let message = format!(
        "“{}”, one of the widget's files, is a symbolic link",
        path.display()
    );
    Diagnostic::without_span(Rule::File, message, "replace the link with the file itself")
}
