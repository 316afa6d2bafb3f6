//! Programs that the tests start, and that end with them.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

const DEADLINE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(20);

/// A program and all that it started. They end with this value.
#[derive(Debug)]
pub(crate) struct Group(Child);

impl Group {
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
        let child = command.process_group(0).spawn();
        child
            .map(Group)
            .map_err(|error| format!("{command:?} did not start: {error}"))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.0);
        // An error here means that the group has ended by itself.
        let _ = kill_process_group(group, Signal::TERM);
        let _ = self.0.wait();
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// A port of the loopback that nobody listens on.
pub fn free_port() -> u16 {
    listen().1
}

/// Listens on a port of the loopback that nothing else had in this run.
///
/// A browser plays several cases and keeps what an origin has sent, so the next one must be another.
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

/// Waits until something listens on `port`.
pub(crate) fn wait_for_port(port: u16) -> Result<(), String> {
    wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok())
}

pub(crate) fn wait_until(answers: impl Fn() -> bool) -> Result<(), String> {
    let end = Instant::now() + DEADLINE;
    while Instant::now() < end {
        if answers() {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(format!("did not answer within {DEADLINE:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice() {
        let ports: BTreeSet<u16> = (0..2_000).map(|_| free_port()).collect();
        assert_eq!(ports.len(), 2_000, "different ports");
    }
}
