use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{Moment, PUBLISHED, SECOND};

/// A file of a site.
#[derive(Debug)]
pub(super) struct SiteFile {
    pub(super) name: String,
    /// With brotli.
    pub(super) bytes: u64,
    /// How long a copy is used without a request.
    pub(super) lifetime: Moment,
    /// True if it changes with each issue.
    pub(super) holds_issue: bool,
}

impl SiteFile {
    /// Reads size and lifetime of a file of a built site.
    pub(super) fn load(site: &Path, name: &str, holds_issue: bool) -> Result<SiteFile> {
        let file = site.join(format!("{name}.br"));
        let metadata = fs::metadata(&file).with_context(|| format!("no {}", file.display()))?;
        let headers = fs::read_to_string(site.join("_headers")).context("no _headers")?;
        Ok(SiteFile {
            name: name.to_owned(),
            bytes: metadata.len(),
            lifetime: find_lifetime(&headers, name)?,
            holds_issue,
        })
    }

    /// Loads the script or the WebAssembly of the engine, whose name has a hash.
    pub(super) fn load_engine_file(site: &Path, ending: &str) -> Result<SiteFile> {
        let mut names = Vec::new();
        for entry in fs::read_dir(site)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with("digest-widget-") && name.ends_with(&format!(".{ending}")) {
                names.push(name);
            }
        }
        ensure!(names.len() == 1, "expected one .{ending}, found {names:?}");
        SiteFile::load(site, &names.concat(), false)
    }

    /// Returns true if the file holds the new issue at this moment.
    pub(super) fn is_new(&self, now: Moment) -> bool {
        self.holds_issue && now >= PUBLISHED
    }

    #[cfg(test)]
    pub(super) fn new(bytes: u64, lifetime: Moment, holds_issue: bool) -> SiteFile {
        SiteFile {
            name: String::new(),
            bytes,
            lifetime,
            holds_issue,
        }
    }
}

/// Reads `max-age` of a file from the site's `_headers`. A lifetime beyond the simulation is the
/// longest moment.
fn find_lifetime(headers: &str, name: &str) -> Result<Moment> {
    let pattern = match name.split_once('/') {
        Some((folder, _)) => format!("/{folder}/*"),
        None => format!("/{name}"),
    };
    let lines = headers.lines().skip_while(|line| *line != pattern);
    let seconds = lines
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .find_map(|line| line.trim().strip_prefix("Cache-Control: "))
        .and_then(|value| {
            value
                .split(", ")
                .find_map(|part| part.strip_prefix("max-age="))
        })
        .with_context(|| format!("_headers has no max-age for {name}"))?;
    Ok(seconds.parse::<Moment>()?.saturating_mul(SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetime_is_that_of_the_rule_for_the_file() {
        let headers = "/*\n  X: y\n/a.js\n  Cache-Control: public, max-age=300, x=1\n\
                       /b.js\n  Cache-Control: public, max-age=31536000, immutable\n\
                       /latest/*\n  X: y\n  Cache-Control: max-age=60\n/d.js\n  X: y\n\
                       /e.js\n  Cache-Control: max-age=5\n";
        let lifetime = |name| find_lifetime(headers, name).ok();
        assert_eq!(lifetime("a.js"), Some(300 * SECOND));
        assert_eq!(lifetime("b.js"), Some(Moment::MAX));
        assert_eq!(lifetime("latest/issue.json"), Some(60 * SECOND));
        assert_eq!(lifetime("c.js"), None);
        assert_eq!(lifetime("d.js"), None);
    }
}
