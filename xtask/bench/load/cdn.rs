//! A CDN between readers and the origin.

use super::file_copy::FileCopy;
use super::origin::Origin;
use super::reader::MAX_FILES;
use super::site_file::SiteFile;
use super::{Moment, ROUND_TRIP};

/// Edges that keep copies as `Cache-Control` says, with `stale-while-revalidate`. The simulation is
/// shorter than a day, so no copy becomes too old for that.
pub(super) struct Cdn {
    edges: Vec<[EdgeFile; MAX_FILES]>,
    /// True if an edge asks the origin only once for a file, however many readers wait for it.
    collapses: bool,
}

/// What an edge has of a file.
#[derive(Clone, Copy, Default)]
struct EdgeFile {
    copy: Option<FileCopy>,
    /// The origin's answer and when it arrives.
    arriving: Option<(Moment, FileCopy)>,
}

impl Cdn {
    pub(super) fn new(edges: usize, collapses: bool) -> Cdn {
        Cdn {
            edges: vec![Default::default(); edges],
            collapses,
        }
    }

    /// Answers a reader's request at one of the edges.
    pub(super) fn answer(
        &mut self,
        edge: usize,
        (index, file): (usize, &SiteFile),
        now: Moment,
        origin: &mut Origin,
    ) -> FileCopy {
        let entry = &mut self.edges[edge][index];
        entry.receive(now);
        if let Some(copy) = entry.copy
            && copy.is_fresh(file, now)
        {
            return copy;
        }
        let answer = match entry.arriving {
            Some((_, answer)) if self.collapses => answer,
            _ => {
                let answer = origin.answer(index, entry.copy, now);
                entry.arriving.get_or_insert((now + ROUND_TRIP, answer));
                answer
            }
        };
        entry.copy.unwrap_or(answer)
    }
}

impl EdgeFile {
    /// Replaces the copy by one that has arrived.
    fn receive(&mut self, now: Moment) {
        if let Some((_, copy)) = self.arriving.take_if(|(moment, _)| *moment <= now) {
            self.copy = Some(copy);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::load::{MINUTE, PUBLISHED, SECOND};

    /// A CDN with one edge before the origin of one file.
    struct Setup<'a> {
        cdn: Cdn,
        origin: Origin<'a>,
        file: &'a SiteFile,
    }

    impl<'a> Setup<'a> {
        fn new(files: &'a [SiteFile], collapses: bool) -> Setup<'a> {
            Setup {
                cdn: Cdn::new(1, collapses),
                origin: Origin::new(files),
                file: &files[0],
            }
        }

        fn request(&mut self, now: Moment) -> FileCopy {
            self.cdn.answer(0, (0, self.file), now, &mut self.origin)
        }

        fn requests(&self) -> u64 {
            let minutes = self.origin.minutes().iter();
            minutes.map(|minute| minute.requests).sum()
        }
    }

    fn issue_file() -> [SiteFile; 1] {
        [SiteFile::new(1000, 5 * MINUTE, true)]
    }

    #[test]
    fn edge_asks_once_in_five_minutes() {
        let files = issue_file();
        let mut setup = Setup::new(&files, true);
        let copies = [0, 100, SECOND, 5 * MINUTE - 1].map(|now| setup.request(now));
        assert_eq!(setup.requests(), 1);
        // The age of the copy is passed on.
        assert_eq!(copies.map(|copy| copy.confirmed), [0; 4]);
    }

    #[test]
    fn stale_copy_is_used_until_the_answer_arrives() {
        let files = issue_file();
        let mut setup = Setup::new(&files, true);
        setup.request(PUBLISHED - 5 * MINUTE);
        let moments = [0, ROUND_TRIP - 1, ROUND_TRIP];
        let copies = moments.map(|wait| setup.request(PUBLISHED + wait));
        assert_eq!(copies.map(|copy| copy.is_new), [false, false, true]);
        assert_eq!(setup.requests(), 2);
    }

    #[test]
    fn without_collapsing_each_waiting_reader_is_a_request() {
        let files = issue_file();
        let mut setup = Setup::new(&files, false);
        for now in [0, 1, ROUND_TRIP - 1, ROUND_TRIP, SECOND] {
            setup.request(now);
        }
        assert_eq!(setup.requests(), 3);
    }
}
