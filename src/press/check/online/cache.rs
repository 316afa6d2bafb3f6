use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use url::Url;

use super::link_status::LinkStatus;
use super::without_fragment;
use crate::file;

/// What was found out about pages lately.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cache {
    now: u64,
    pages: BTreeMap<String, Entry>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// When it was, in seconds since 1970 began.
    at: u64,
    answer: LinkStatus,
}

/// For how long an answer is good.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The same for an answer that says more about the moment.
const HOUR: Duration = Duration::from_secs(60 * 60);

impl Cache {
    /// The answers that are still good. A file that is not understood is as good as none, which the
    /// second value says.
    pub(crate) fn read(path: &Path, now: SystemTime) -> (Cache, Option<String>) {
        let now = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let (mut pages, note) = match fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => (BTreeMap::new(), None),
            read => match read
                .map_err(|error| error.to_string())
                .and_then(|json| decode(&json))
            {
                Ok(pages) => (pages, None),
                Err(error) => {
                    let note = format!(
                        "“{}” is not understood, so all links are asked for: {error}",
                        path.display()
                    );
                    (BTreeMap::new(), Some(note))
                }
            },
        };
        pages.retain(|_, entry| entry.is_good(now));
        (Cache { now, pages }, note)
    }

    pub(crate) fn get(&self, page: &Url) -> Option<&LinkStatus> {
        self.pages
            .get(without_fragment(page).as_str())
            .map(|entry| &entry.answer)
    }

    pub(crate) fn insert(&mut self, page: &Url, answer: LinkStatus) {
        self.pages.insert(
            page.to_string(),
            Entry {
                at: self.now,
                answer,
            },
        );
    }

    /// Keeps the answers in a file, in a folder that Git leaves alone.
    ///
    /// # Errors
    ///
    /// A note that the next check has to ask again.
    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let note = |error: &dyn std::fmt::Display| {
            format!("the answers are not kept for the next time: {error}")
        };
        let json = serde_json::to_string_pretty(&self.pages).map_err(|error| note(&error))?;
        let folder = path.parent().unwrap_or(path);
        file::create_folder(folder).map_err(|error| note(&error))?;
        for (path, text) in [(folder.join(".gitignore").as_path(), "*\n"), (path, &json)] {
            file::write_text(path, text, Path::new("")).map_err(|error| note(&error))?;
        }
        Ok(())
    }
}

impl Entry {
    fn is_good(&self, now: u64) -> bool {
        let good = if self.answer.is_passing() { HOUR } else { DAY };
        // If the clock was set back, nothing is known about when it was.
        now.checked_sub(self.at)
            .is_some_and(|age| age < good.as_secs())
    }
}

fn decode(json: &[u8]) -> Result<BTreeMap<String, Entry>, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}
