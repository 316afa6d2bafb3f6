//! A reader of an embedder's page, and what the browser keeps.

use super::Moment;
use super::cdn::Cdn;
use super::file_copy::FileCopy;
use super::origin::Origin;
use super::site_file::SiteFile;

/// The most files of a view.
pub(super) const MAX_FILES: usize = 4;

/// A reader of one page. Browsers keep the files of each page's site apart, so the views of several
/// pages by one person are those of several readers.
pub(super) struct Reader {
    /// The edge of the CDN that is near.
    edge: usize,
    copies: [Option<FileCopy>; MAX_FILES],
}

impl Reader {
    pub(super) fn new(edge: usize) -> Reader {
        Reader {
            edge,
            copies: Default::default(),
        }
    }

    /// Views the page. A stale copy is used at once and confirmed meanwhile, so what is visible may
    /// be the copy of the view before.
    ///
    /// Returns true if this reader had no copy and got one of the old issue.
    pub(super) fn view(
        &mut self,
        files: &[SiteFile],
        now: Moment,
        cdn: &mut Option<Cdn>,
        origin: &mut Origin,
    ) -> bool {
        let mut got_old_issue = false;
        for (index, (file, copy)) in files.iter().zip(&mut self.copies).enumerate() {
            if copy.is_some_and(|copy| copy.is_fresh(file, now)) {
                continue;
            }
            let answer = match cdn {
                Some(cdn) => cdn.answer(self.edge, (index, file), now, origin),
                None => origin.answer(index, *copy, now),
            };
            got_old_issue |= copy.is_none() && file.holds_issue && !answer.is_new;
            *copy = Some(answer);
        }
        got_old_issue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::load::origin::Traffic;
    use crate::bench::load::{HEAD, MINUTE, PUBLISHED};

    const LOADER: u64 = 7000;
    const ISSUE: u64 = 3000;
    const ENGINE: u64 = 45_000;

    fn files() -> [SiteFile; 3] {
        [
            SiteFile::new(LOADER, 5 * MINUTE, false),
            SiteFile::new(ISSUE, 5 * MINUTE, true),
            SiteFile::new(ENGINE, Moment::MAX, false),
        ]
    }

    /// Returns what the origin sends for the last of these views, each in a minute of its own.
    fn measure_last(moments: &[Moment], mut cdn: Option<Cdn>) -> Traffic {
        let files = files();
        let mut origin = Origin::new(&files);
        let mut reader = Reader::new(0);
        let mut last = 0;
        for now in moments {
            reader.view(&files, *now, &mut cdn, &mut origin);
            last = (now / MINUTE) as usize;
        }
        origin.minutes()[last]
    }

    #[test]
    fn first_view_requests_all_files() {
        let bytes = 3 * HEAD + LOADER + ISSUE + ENGINE;
        let expected = Traffic { requests: 3, bytes };
        assert_eq!(measure_last(&[0], None), expected);
    }

    #[test]
    fn view_within_five_minutes_requests_nothing() {
        assert_eq!(measure_last(&[0, 5 * MINUTE - 1], None), Traffic::default());
    }

    #[test]
    fn later_view_confirms_what_may_change() {
        let bytes = 2 * HEAD;
        let expected = Traffic { requests: 2, bytes };
        assert_eq!(measure_last(&[0, 5 * MINUTE], None), expected);
    }

    #[test]
    fn view_after_a_new_issue_requests_that_issue() {
        let bytes = 2 * HEAD + ISSUE;
        let expected = Traffic { requests: 2, bytes };
        assert_eq!(measure_last(&[0, PUBLISHED], None), expected);
    }

    #[test]
    fn copy_from_an_edge_is_as_old_as_the_edge_s() {
        let files = files();
        let mut origin = Origin::new(&files);
        let mut cdn = Some(Cdn::new(1, true));
        let [mut first, mut second] = [Reader::new(0), Reader::new(0)];
        first.view(&files, 0, &mut cdn, &mut origin);
        second.view(&files, 4 * MINUTE, &mut cdn, &mut origin);
        // The second reader's copy is a minute old, the edge's and therefore its own age five.
        second.view(&files, 5 * MINUTE, &mut cdn, &mut origin);
        assert_eq!(origin.minutes()[4], Traffic::default());
        assert_eq!(origin.minutes()[5].requests, 2);
    }
}
