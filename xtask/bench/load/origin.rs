//! The server of a site, and what it sends.

use super::file_copy::FileCopy;
use super::site_file::SiteFile;
use super::{END, HEAD, MINUTE, Moment};

/// Answers requests and counts them.
pub(super) struct Origin<'a> {
    files: &'a [SiteFile],
    minutes: Vec<Traffic>,
}

/// What was sent in a minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traffic {
    pub(super) requests: u64,
    pub(super) bytes: u64,
}

impl<'a> Origin<'a> {
    pub(super) fn new(files: &'a [SiteFile]) -> Origin<'a> {
        let minutes = vec![Traffic::default(); (END / MINUTE) as usize];
        Origin { files, minutes }
    }

    /// Sends a file to a cache, or only a head if the copy there is unchanged.
    pub(super) fn answer(&mut self, index: usize, copy: Option<FileCopy>, now: Moment) -> FileCopy {
        let file = &self.files[index];
        let is_new = file.is_new(now);
        let is_unchanged = copy.is_some_and(|copy| copy.is_new == is_new);
        let minute = &mut self.minutes[(now / MINUTE) as usize];
        minute.requests += 1;
        minute.bytes += if is_unchanged {
            HEAD
        } else {
            HEAD + file.bytes
        };
        FileCopy {
            confirmed: now,
            is_new,
        }
    }

    /// Returns the traffic of each minute.
    pub(super) fn minutes(&self) -> &[Traffic] {
        &self.minutes
    }
}
