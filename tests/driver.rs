//! The process that speaks WebDriver for an engine.

use std::fs;
use std::process::Stdio;

use tempfile::TempDir;

use crate::display::Display;
use crate::engine::Engine;
use crate::process::{Group, free_port, wait_for_port, wait_until};

/// Every reader lives west of Greenwich, where a date that is taken for midnight UTC is a day early.
const TIME_ZONE: &str = "America/Los_Angeles";

/// A running WebDriver. It and all it started end with this value.
#[derive(Debug)]
pub(crate) struct Driver {
    address: String,
    // Dropped in this order: the process, the screen it draws on, the folder for all its files.
    _process: Group,
    _display: Option<Display>,
    _files: Files,
}

impl Driver {
    /// Starts the engine's driver on a free port and waits until it answers.
    pub(crate) fn start(engine: Engine) -> Result<Self, String> {
        let port = free_port();
        let display = engine.display()?;
        let files = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let mut command = engine.driver(port)?;
        if let Some(display) = &display {
            command.env("DISPLAY", display.name());
        }
        command.env("TMPDIR", files.path()).env("TZ", TIME_ZONE);
        let process = Group::start(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        wait_for_port(port).map_err(|error| format!("{engine}'s driver {error}"))?;
        let address = format!("http://127.0.0.1:{port}");
        Ok(Driver {
            address,
            _process: process,
            _display: display,
            _files: Files(files),
        })
    }

    /// Where the driver listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// The folder for the files of a driver and its browser, which goes with this value.
#[derive(Debug)]
struct Files(TempDir);

impl Drop for Files {
    fn drop(&mut self) {
        // A browser that was just killed may write for another moment.
        let _ = wait_until(|| fs::remove_dir_all(self.0.path()).is_ok());
    }
}
