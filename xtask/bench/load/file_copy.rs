use super::{Moment, site_file::SiteFile};

/// A cached copy of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileCopy {
    /// When the origin sent it, or said last that it is unchanged. An edge of a CDN passes this on, as
    /// the header `Age`.
    pub(super) confirmed: Moment,
    /// True if the file holds the new issue.
    pub(super) is_new: bool,
}

impl FileCopy {
    pub(super) fn is_fresh(self, file: &SiteFile, now: Moment) -> bool {
        now - self.confirmed < file.lifetime
    }
}
