//! The WebDriver process of a browser.

use std::fs;
use std::process::Stdio;

use tempfile::TempDir;

use crate::browser_engine::BrowserEngine;
use crate::process::{ProcessGroup, free_port, wait_for_port, wait_until};
use crate::virtual_display::VirtualDisplay;

/// West of Greenwich, a date taken for midnight UTC shows as the day before.
const TIME_ZONE: &str = "America/Los_Angeles";

/// A running WebDriver. It ends with this value, and so does every process that it started.
#[derive(Debug)]
pub(crate) struct Driver {
    address: String,
    // Dropped in this order: the process, its screen, the folder of its files.
    _process: ProcessGroup,
    _display: Option<VirtualDisplay>,
    _files: DriverFolder,
}

impl Driver {
    /// Starts the engine's driver on a free port and waits until it listens.
    pub(crate) fn start(engine: BrowserEngine) -> Result<Self, String> {
        let port = free_port();
        let display = engine.start_display()?;
        let files = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let mut command = engine.driver_command(port)?;
        if let Some(display) = &display {
            command.env("DISPLAY", display.name());
        }
        command.env("TMPDIR", files.path()).env("TZ", TIME_ZONE);
        let process = ProcessGroup::start(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        wait_for_port(port).map_err(|error| format!("{engine}'s driver {error}"))?;
        let address = format!("http://127.0.0.1:{port}");
        Ok(Driver {
            address,
            _process: process,
            _display: display,
            _files: DriverFolder(files),
        })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// The folder for the files of a driver and its browser. It is removed with this value.
#[derive(Debug)]
struct DriverFolder(TempDir);

impl Drop for DriverFolder {
    fn drop(&mut self) {
        // A browser that was just killed may write for another moment.
        let _ = wait_until(|| fs::remove_dir_all(self.0.path()).is_ok());
    }
}
