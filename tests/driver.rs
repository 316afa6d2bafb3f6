//! The process that speaks WebDriver for an engine.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::display::Display;
use crate::engine::Engine;

/// Every reader lives west of Greenwich, where a date that is taken for midnight UTC is a day early.
const TIME_ZONE: &str = "America/Los_Angeles";

const DEADLINE: Duration = Duration::from_secs(20);

/// A running WebDriver. It and all it started end with this value.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    address: String,
    // Dropped after the process has ended: the screen it draws on, and the folder for all its files.
    _display: Option<Display>,
    _files: TempDir,
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
        let process = command
            .env("TMPDIR", files.path())
            .env("TZ", TIME_ZONE)
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{engine}'s driver did not start: {error}"))?;
        let driver =
            Driver { process, address: format!("http://127.0.0.1:{port}"), _display: display, _files: files };
        wait_for(port).map_err(|()| format!("{engine}'s driver did not answer within {DEADLINE:?}"))?;
        Ok(driver)
    }

    /// Where the driver listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.process);
        // An error here means that the group has ended by itself.
        let _ = kill_process_group(group, Signal::TERM);
        let _ = self.process.wait();
        let _ = kill_process_group(group, Signal::KILL);
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback has free ports");
    listener.local_addr().expect("a bound listener has an address").port()
}

fn wait_for(port: u16) -> Result<(), ()> {
    let end = Instant::now() + DEADLINE;
    while Instant::now() < end {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err(())
}
