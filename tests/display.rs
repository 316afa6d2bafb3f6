//! A screen that nobody sees, for an engine that has no headless mode.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::engine::program;

const REMEDY: &str = "`cargo xtask test` does it, or on Debian `apt-get install xvfb`";

/// An X server of our own, which ends with this value.
#[derive(Debug)]
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts an X server on the first free display number, which it writes to its output.
    pub(crate) fn start() -> Result<Self, String> {
        let mut server = Command::new(program("Xvfb", REMEDY)?)
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1400x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb did not start: {error}"))?;
        let mut number = String::new();
        let output = server.stdout.take().expect("the output is piped");
        BufReader::new(output)
            .read_line(&mut number)
            .map_err(|error| format!("Xvfb said nothing: {error}"))?;
        Ok(Display {
            server,
            name: format!(":{}", number.trim()),
        })
    }

    /// What a program finds in `DISPLAY`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // An error here means that it has ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
