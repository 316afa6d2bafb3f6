use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{Diagnostic, Rule};

/// How long nothing happens after a save: programs write a file in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Something that the preview reacts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A file of the newsletters is another one now.
    Saved,
    /// The preview is over.
    Ended,
}

/// Tells of changes in a folder for as long as the watcher lives.
pub(crate) fn watch(
    folder: &Path,
    changes: Sender<Change>,
) -> Result<RecommendedWatcher, Diagnostic> {
    let error = |error: notify::Error| cannot_watch(folder, &error);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // An event may be lost; then one build more is better than none.
        if event.map_or(true, |event| changes_something(event.kind)) {
            changes.send(Change::Saved).ok();
        }
    })
    .map_err(error)?;
    watcher
        .watch(folder, RecursiveMode::Recursive)
        .map_err(error)?;
    Ok(watcher)
}

impl Change {
    /// Waits for a change, and until all of its steps are done.
    pub(crate) fn next(changes: &Receiver<Change>) -> Change {
        let mut change = changes.recv();
        while change == Ok(Change::Saved) {
            match changes.recv_timeout(QUIET) {
                Err(RecvTimeoutError::Timeout) => return Change::Saved,
                Err(RecvTimeoutError::Disconnected) => return Change::Ended,
                Ok(next) => change = Ok(next),
            }
        }
        Change::Ended
    }
}

/// Building reads the files, which is an event too.
fn changes_something(kind: EventKind) -> bool {
    !kind.is_access() || kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

fn cannot_watch(folder: &Path, error: &notify::Error) -> Diagnostic {
    let message = format!(
        "“{}” cannot be watched for changes: {error}",
        folder.display()
    );
    Diagnostic::without_span(
        Rule::File,
        message,
        "check that the folder exists and holds only newsletters",
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc;
    use std::time::Instant;

    use super::*;

    #[test]
    fn several_writes_are_one_change_and_reading_is_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("2024")).unwrap();
        let (sender, changes) = mpsc::channel();
        let _watcher = watch(folder.path(), sender).unwrap();
        let file = folder.path().join("2024/issue.md");
        for text in ["a", "ab", "abc"] {
            fs::write(&file, text).unwrap();
        }
        assert_eq!(Change::next(&changes), Change::Saved);
        fs::read(&file).unwrap();
        assert_eq!(changes.recv_timeout(QUIET), Err(RecvTimeoutError::Timeout));
    }

    #[test]
    fn the_end_waits_for_nothing() {
        let (sender, changes) = mpsc::channel();
        sender.send(Change::Saved).unwrap();
        sender.send(Change::Ended).unwrap();
        let started = Instant::now();
        assert_eq!(Change::next(&changes), Change::Ended);
        drop(sender);
        assert_eq!(Change::next(&changes), Change::Ended);
        assert!(started.elapsed() < QUIET);
    }
}
