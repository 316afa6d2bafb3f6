//! Watches the folder of the newsletters for changes.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{Diagnostic, Rule};

/// The pause that ends a save: programs write a file in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// An event that the preview reacts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PreviewEvent {
    /// A file in the folder of the newsletters changed.
    Saved,
    /// The server stopped.
    Stopped,
}

/// Sends an event for each change in a folder, until the watcher is dropped.
pub(crate) fn watch_folder(
    folder: &Path,
    events: Sender<PreviewEvent>,
) -> Result<RecommendedWatcher, Diagnostic> {
    let error = |error: notify::Error| watch_error(folder, &error);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // After an error, events may be lost: one build too many is better than one too few.
        if event.map_or(true, |event| is_change(event.kind)) {
            events.send(PreviewEvent::Saved).ok();
        }
    })
    .map_err(error)?;
    watcher
        .watch(folder, RecursiveMode::Recursive)
        .map_err(error)?;
    Ok(watcher)
}

impl PreviewEvent {
    /// Waits for an event. A save is returned when its last step is over.
    pub(crate) fn wait(events: &Receiver<PreviewEvent>) -> PreviewEvent {
        let mut event = events.recv();
        while event == Ok(PreviewEvent::Saved) {
            match events.recv_timeout(QUIET) {
                Err(RecvTimeoutError::Timeout) => return PreviewEvent::Saved,
                Err(RecvTimeoutError::Disconnected) => return PreviewEvent::Stopped,
                Ok(next) => event = Ok(next),
            }
        }
        PreviewEvent::Stopped
    }
}

/// Returns false for reads: each build reads the files, which is an event too.
fn is_change(kind: EventKind) -> bool {
    !kind.is_access() || kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

fn watch_error(folder: &Path, error: &notify::Error) -> Diagnostic {
    let message = format!(
        "“{}” cannot be watched for changes: {error}",
        folder.display()
    );
    Diagnostic::without_span(
        Rule::File,
        message,
        "check that the folder exists and contains only newsletters",
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::{self, TryRecvError};
    use std::time::Instant;

    use super::*;

    /// Longer than any event takes to arrive.
    const LATE: Duration = Duration::from_secs(2);

    #[test]
    fn queued_saves_are_one_event() {
        let (sender, events) = mpsc::channel();
        for _ in 0..3 {
            sender.send(PreviewEvent::Saved).unwrap();
        }
        assert_eq!(PreviewEvent::wait(&events), PreviewEvent::Saved);
        assert_eq!(events.try_recv(), Err(TryRecvError::Empty));
    }

    #[test]
    fn writes_in_subfolders_are_saves_and_reads_are_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("2024")).unwrap();
        let (sender, events) = mpsc::channel();
        let _watcher = watch_folder(folder.path(), sender).unwrap();
        let file = folder.path().join("2024/issue.md");
        fs::write(&file, "a").unwrap();
        assert_eq!(PreviewEvent::wait(&events), PreviewEvent::Saved);
        // On a busy machine, events of the write may arrive late.
        while events.recv_timeout(LATE).is_ok() {}
        fs::read(&file).unwrap();
        assert_eq!(events.recv_timeout(LATE), Err(RecvTimeoutError::Timeout));
    }

    #[test]
    fn stop_is_returned_without_delay() {
        let time_stop = || {
            let (sender, events) = mpsc::channel();
            sender.send(PreviewEvent::Saved).unwrap();
            sender.send(PreviewEvent::Stopped).unwrap();
            let started = Instant::now();
            assert_eq!(PreviewEvent::wait(&events), PreviewEvent::Stopped);
            drop(sender);
            assert_eq!(PreviewEvent::wait(&events), PreviewEvent::Stopped);
            started.elapsed()
        };
        // A busy machine may interrupt some of the runs, but a delay would show in each.
        assert!((0..20).any(|_| time_stop() < QUIET));
    }
}
