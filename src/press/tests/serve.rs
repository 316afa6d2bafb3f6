//! The preview as an editor has it: the program itself, its port, and a newsletter that is saved.

#![cfg(unix)]
// All of this file is a test, also what is not in a test function.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::rc::Rc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

const ISSUE: &str = "/issues/news-digest-1.1/";

#[test]
fn a_saved_newsletter_is_in_the_browser_and_nothing_is_left_behind() {
    let mut preview = Preview::start();
    let page = preview.get(ISSUE);
    assert!(
        page.starts_with("HTTP/1.1 200")
            && page.contains("A headline says in one line what happened"),
        "{page}"
    );
    assert!(page.contains("/.press/reload.js\" data-build="), "{page}");
    let file =
        fs::read_to_string(preview.built().join("issues/news-digest-1.1/index.html")).unwrap();
    assert!(
        !file.contains("reload.js"),
        "a built page has the preview's script"
    );

    let mut states = preview.states();
    let first = states.next();
    assert_eq!(first["problem"], Value::Null);
    preview.save("says in one line", "tells in one line");
    let second = states.next();
    assert_ne!(first["build"], second["build"]);
    assert!(
        preview
            .get(ISSUE)
            .contains("A headline tells in one line what happened")
    );

    assert_eq!(preview.end(), 0);
    assert!(preview.works().is_empty());
}

#[test]
fn what_is_left_of_a_preview_that_was_killed_is_removed_by_the_next_one() {
    let mut killed = Preview::start();
    killed.program.kill().unwrap();
    killed.program.wait().unwrap();
    let left = killed.works();
    assert_eq!(left.len(), 1);

    let mut second = Preview::of(Rc::clone(&killed.folder));
    let third = Preview::of(Rc::clone(&killed.folder));
    assert!(!left[0].exists());
    assert_eq!(
        killed.works().len(),
        2,
        "one preview does not remove what another one has"
    );
    assert_eq!(second.end(), 0);
    assert!(third.get(ISSUE).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_refused_newsletter_is_explained_above_the_last_good_page() {
    let mut preview = Preview::start();
    let mut states = preview.states();
    let first = states.next();
    preview.save("Date: January 15, 2026", "Date: January 35, 2026");
    let refused = states.next();
    assert_eq!(refused["build"], first["build"]);
    let problem = refused["problem"].as_str().unwrap();
    assert!(
        problem.contains("January 35, 2026") && !problem.contains('\u{1b}'),
        "{problem}"
    );
    assert!(
        problem.ends_with("\n1 error, still showing the last good pages\n"),
        "{problem}"
    );
    let told: Vec<_> = problem
        .lines()
        .map(|line| (line.to_owned(), preview.line()))
        .collect();
    assert!(
        told.iter().all(|(browser, terminal)| browser == terminal),
        "{told:?}"
    );
    assert!(
        preview
            .get(ISSUE)
            .contains("A headline says in one line what happened")
    );

    preview.save("Date: January 35, 2026", "Date: January 15, 2026");
    assert_eq!(states.next(), first);
    assert_eq!(preview.end(), 0);
}

#[test]
fn only_this_computer_is_answered_and_one_preview_has_the_port() {
    let mut preview = Preview::start();
    let port = preview.address.rsplit(':').next().unwrap().to_owned();
    let ask = |host: &str| preview.ask("GET", ISSUE, host);
    assert!(ask("evil.example").starts_with("HTTP/1.1 403"));
    assert!(ask(&format!("evil.example:{port}")).starts_with("HTTP/1.1 403"));
    let moved = ask(&format!("localhost:{port}"));
    assert!(moved.starts_with("HTTP/1.1 307"), "{moved}");
    assert!(
        moved.contains(&format!("location: http://{}{ISSUE}", preview.address)),
        "{moved}"
    );
    assert!(
        preview
            .ask("POST", ISSUE, &preview.address)
            .starts_with("HTTP/1.1 405")
    );
    assert!(
        preview
            .get("/%2e%2e/%2e%2e/etc/passwd")
            .starts_with("HTTP/1.1 404")
    );

    let Output { status, stderr, .. } = preview.command(&port).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(
        stderr.starts_with(&format!("error: another program uses port {port} ")),
        "{stderr}"
    );
    assert!(
        stderr.contains("help: end it, or name another port: --port "),
        "{stderr}"
    );
    assert_eq!(preview.end(), 0);
}

/// A preview of a new series.
struct Preview {
    folder: Rc<TempDir>,
    program: Child,
    stderr: BufReader<ChildStderr>,
    /// Host and port.
    address: String,
}

impl Preview {
    fn start() -> Preview {
        let folder = tempfile::tempdir().unwrap();
        for part in ["widget", "tmp"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        for name in [
            "digest.js",
            "digest-site.js",
            "digest-frame.js",
            "digest-frame-parent.js",
            "frame.html",
        ] {
            fs::write(folder.path().join("widget").join(name), "").unwrap();
        }
        let new = digest_press()
            .arg("new")
            .arg(folder.path().join("series"))
            .output()
            .unwrap();
        assert!(new.status.success());
        Preview::of(Rc::new(folder))
    }

    /// A preview of a series that is in `folder` already.
    fn of(folder: Rc<TempDir>) -> Preview {
        let mut program = command(folder.path(), "0")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(program.stderr.take().unwrap());
        let mut preview = Preview {
            folder,
            program,
            stderr,
            address: String::new(),
        };
        preview.address = loop {
            let line = preview.line();
            let Some(address) = line.strip_prefix("preview at http://") else {
                continue;
            };
            break address.split('/').next().unwrap().to_owned();
        };
        preview
    }

    fn command(&self, port: &str) -> Command {
        command(self.folder.path(), port)
    }

    /// The next line in the terminal.
    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(
            self.stderr.read_line(&mut line).unwrap(),
            0,
            "the preview has ended"
        );
        line.trim_end_matches('\n').to_owned()
    }

    /// The folder that the site is built into.
    fn built(&self) -> PathBuf {
        self.works()[0].join("site")
    }

    /// The folders of previews.
    fn works(&self) -> Vec<PathBuf> {
        let works = fs::read_dir(self.folder.path().join("tmp")).unwrap();
        works.map(|work| work.unwrap().path()).collect()
    }

    fn save(&self, old: &str, new: &str) {
        let newsletter = self.folder.path().join("series/issues/issue-1.1.md");
        let text = fs::read_to_string(&newsletter).unwrap();
        assert!(text.contains(old));
        fs::write(newsletter, text.replace(old, new)).unwrap();
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, &self.address)
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> String {
        let mut answer = String::new();
        self.connect(method, path, host)
            .read_to_string(&mut answer)
            .unwrap();
        answer
    }

    fn states(&self) -> States {
        States(BufReader::new(self.connect(
            "GET",
            "/.press/state",
            &self.address,
        )))
    }

    fn connect(&self, method: &str, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        stream
    }

    /// Presses Ctrl+C, and returns the exit code.
    fn end(&mut self) -> i32 {
        let pid = Pid::from_child(&self.program);
        kill_process(pid, Signal::INT).unwrap();
        self.program.wait().unwrap().code().unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.program.kill().ok();
    }
}

/// What an open page hears of the preview.
struct States(BufReader<TcpStream>);

impl States {
    fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert_ne!(
                self.0.read_line(&mut line).unwrap(),
                0,
                "the preview has hung up"
            );
            if let Some(state) = line.strip_prefix("data: ") {
                return serde_json::from_str(state).unwrap();
            }
        }
    }
}

fn command(folder: &Path, port: &str) -> Command {
    let mut command = digest_press();
    command
        .arg("serve")
        .arg(folder.join("series/issues"))
        .args(["--port", port])
        .arg("--widget");
    command
        .arg(folder.join("widget"))
        .env("TMPDIR", folder.join("tmp"));
    command
}

fn digest_press() -> Command {
    Command::new(env!("CARGO_BIN_EXE_digest-press"))
}
