//! The results of earlier checks, which are kept in a file for a day.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use url::Url;

use super::link_status::LinkStatus;
use super::without_fragment;
use crate::file::{self, Links};

/// Recent results by URL.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cache {
    now: u64,
    pages: BTreeMap<String, CacheEntry>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CacheEntry {
    /// The time of the check, in seconds since the Unix epoch.
    at: u64,
    #[serde(rename = "answer")]
    status: LinkStatus,
}

/// How long a result is used.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a temporary result is used.
const HOUR: Duration = Duration::from_secs(60 * 60);

impl Cache {
    /// Loads the results that are still fresh, and a note if the file could not be read.
    pub(crate) fn load(path: &Path, now: SystemTime) -> (Cache, Option<String>) {
        let now = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let (mut pages, note) = match read_cache(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => (BTreeMap::new(), None),
            read => match read
                .map_err(|error| error.to_string())
                .and_then(|json| parse_pages(&json))
            {
                Ok(pages) => (pages, None),
                Err(error) => {
                    let note = format!(
                        "could not read “{}”, so all links are checked: {error}",
                        path.display()
                    );
                    (BTreeMap::new(), Some(note))
                }
            },
        };
        pages.retain(|_, entry| entry.is_fresh(now));
        (Cache { now, pages }, note)
    }

    pub(crate) fn get(&self, page: &Url) -> Option<&LinkStatus> {
        self.pages
            .get(without_fragment(page).as_str())
            .map(|entry| &entry.status)
    }

    pub(crate) fn insert(&mut self, page: &Url, status: LinkStatus) {
        self.pages.insert(
            page.to_string(),
            CacheEntry {
                at: self.now,
                status,
            },
        );
    }

    /// Saves the results in a file, in a folder that Git ignores.
    ///
    /// # Errors
    ///
    /// Returns a note for the editor if the file cannot be written.
    pub(crate) fn save(&self, path: &Path) -> Result<(), String> {
        let note = |error: &dyn std::fmt::Display| {
            format!("could not save the results for the next check: {error}")
        };
        let json = serde_json::to_string_pretty(&self.pages).map_err(|error| note(&error))?;
        let folder = path.parent().unwrap_or(path);
        file::create_folder(folder).map_err(|error| note(&error))?;
        // A link would lead the two files into a folder of the user.
        file::check_own_folder(folder).map_err(|error| note(&error))?;
        for (path, text) in [(folder.join(".gitignore").as_path(), "*\n"), (path, &json)] {
            file::write_text(path, text, Path::new("")).map_err(|error| note(&error))?;
        }
        Ok(())
    }
}

impl CacheEntry {
    fn is_fresh(&self, now: u64) -> bool {
        let max_age = if self.status.is_temporary() {
            HOUR
        } else {
            DAY
        };
        // A time in the future means that the clock was set back.
        now.checked_sub(self.at)
            .is_some_and(|age| age < max_age.as_secs())
    }
}

/// Maximum size of the file: results of some ten thousand pages.
const MAX_CACHE: u64 = 16 * 1024 * 1024;

fn read_cache(path: &Path) -> io::Result<Vec<u8>> {
    file::check_own_folder(path.parent().unwrap_or(path))?;
    let mut json = Vec::new();
    let file = file::open_regular(path, Links::Refuse)?;
    file.take(MAX_CACHE).read_to_end(&mut json)?;
    Ok(json)
}

fn parse_pages(json: &[u8]) -> Result<BTreeMap<String, CacheEntry>, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}
