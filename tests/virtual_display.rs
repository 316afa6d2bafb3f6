//! A screen in memory, for an engine without a headless mode.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::browser_engine::find_program;

const REMEDY: &str = "run `cargo xtask test`, or on Debian `apt-get install xvfb`";

/// An X server, which ends with this value.
#[derive(Debug)]
pub(crate) struct VirtualDisplay {
    server: Child,
    name: String,
}

impl VirtualDisplay {
    /// Starts an X server on the first free display number, which it prints.
    pub(crate) fn start() -> Result<Self, String> {
        let mut server = Command::new(find_program("Xvfb", REMEDY)?)
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .args(["-screen", "0", "1600x1400x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb did not start: {error}"))?;
        let mut number = String::new();
        let output = server.stdout.take().expect("the output is piped");
        BufReader::new(output)
            .read_line(&mut number)
            .map_err(|error| format!("Xvfb printed no display number: {error}"))?;
        Ok(VirtualDisplay {
            server,
            name: format!(":{}", number.trim()),
        })
    }

    /// The value of `DISPLAY` for a program that draws here.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        // An error here means that it has ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
