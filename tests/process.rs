//! Programs that the tests start and end, and ports for them.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::deadlines;

/// A program and all processes that it started. They end with this value.
#[derive(Debug)]
pub(crate) struct ProcessGroup(Child);

impl ProcessGroup {
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
        let child = command.process_group(0).spawn();
        child
            .map(ProcessGroup)
            .map_err(|error| format!("{command:?} did not start: {error}"))
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.0);
        // An error here means that the group has ended by itself.
        let _ = kill_process_group(group, Signal::TERM);
        let _ = self.0.wait();
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// A free port of the loopback.
pub fn free_port() -> u16 {
    listen().1
}

/// Listens on a port of the loopback that this run has not used before.
///
/// A browser runs several cases and caches by origin, so each case needs a new one.
pub(crate) fn listen() -> (TcpListener, u16) {
    static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback has free ports");
        let port = listener
            .local_addr()
            .expect("a bound listener has an address")
            .port();
        if USED.lock().unwrap().insert(port) {
            return (listener, port);
        }
    }
}

/// Waits until a program listens on `port`.
pub(crate) fn wait_for_port(port: u16) -> Result<(), String> {
    wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok())
}

pub(crate) fn wait_until(condition: impl Fn() -> bool) -> Result<(), String> {
    let end = Instant::now() + deadlines::PROCESS;
    while Instant::now() < end {
        if condition() {
            return Ok(());
        }
        thread::sleep(deadlines::PAUSE);
    }
    Err(format!("did not answer within {:?}", deadlines::PROCESS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_ports_differ() {
        let ports: BTreeSet<u16> = (0..2_000).map(|_| free_port()).collect();
        assert_eq!(ports.len(), 2_000, "different ports");
    }
}
