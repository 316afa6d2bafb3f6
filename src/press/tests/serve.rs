//! Runs `digest-press serve`, saves newsletters, and requests pages.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "This is test code.")]

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

/// The longest wait for a build and its page, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn pages_of_other_sites_cannot_embed_the_preview() {
    let preview = Preview::start();
    let request = |fetch: [&str; 3]| {
        let names = ["Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"];
        let headers = names.iter().zip(fetch);
        let headers: String = headers
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let response = preview.request_with("GET", ISSUE, &preview.address, &headers);
        let lower = response.to_lowercase();
        assert!(
            lower.contains("\r\ncross-origin-resource-policy: same-origin\r\n")
                && lower.contains("\r\nx-content-type-options: nosniff\r\n"),
            "{response}"
        );
        response.get(9..12).unwrap().to_owned()
    };
    for (fetch, expected) in [
        (["none", "navigate", "document"], "200"),
        (["same-origin", "cors", "empty"], "200"),
        (["same-origin", "navigate", "iframe"], "200"),
        (["cross-site", "navigate", "document"], "200"),
        (["cross-site", "navigate", "object"], "403"),
        (["cross-site", "navigate", "iframe"], "403"),
        (["cross-site", "no-cors", "image"], "403"),
        // Another port of this computer.
        (["same-site", "no-cors", "script"], "403"),
    ] {
        assert_eq!(request(fetch), expected, "{fetch:?}");
    }
}

#[test]
fn pipe_as_the_lock_of_an_old_preview_does_not_stop_a_new_one() {
    let folder = Preview::prepare();
    let old = folder.path().join("tmp/digest-press-serve-old");
    fs::create_dir(&old).unwrap();
    make_pipe(&old.join("lock"));
    let mut preview = Preview::start_in(Rc::new(folder));
    assert_eq!(preview.stop(), 0);
    assert!(old.join("lock").exists());
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn saved_newsletter_reloads_the_page_and_no_folder_is_left() {
    let mut preview = Preview::start();
    let page = preview.get(ISSUE);
    assert!(
        page.starts_with("HTTP/1.1 200")
            && page.contains("A headline says in one line what happened"),
        "{page}"
    );
    assert!(page.contains("/.press/reload.js\" data-build="), "{page}");
    let file = fs::read_to_string(
        preview
            .site_folder()
            .join("issues/news-digest-1.1/index.html"),
    )
    .unwrap();
    assert!(
        !file.contains("reload.js"),
        "a built page has the preview's script"
    );

    let mut states = preview.open_states();
    let first = states.next();
    assert_eq!(first["problem"], Value::Null);
    preview.edit_newsletter("says in one line", "tells in one line");
    let second = states.next();
    assert_ne!(first["build"], second["build"]);
    assert!(
        preview
            .get(ISSUE)
            .contains("A headline tells in one line what happened")
    );

    assert_eq!(preview.stop(), 0);
    assert!(preview.preview_folders().is_empty());
}

#[test]
fn next_preview_removes_the_folder_of_a_killed_one() {
    let mut killed = Preview::start();
    killed.program.kill().unwrap();
    killed.program.wait().unwrap();
    let left = killed.preview_folders();
    assert_eq!(left.len(), 1);

    let mut second = Preview::start_in(Rc::clone(&killed.folder));
    let third = Preview::start_in(Rc::clone(&killed.folder));
    assert!(!left[0].exists());
    assert_eq!(
        killed.preview_folders().len(),
        2,
        "the folder of a running preview was removed"
    );
    assert_eq!(second.stop(), 0);
    assert!(third.get(ISSUE).starts_with("HTTP/1.1 200"));
}

#[test]
fn errors_are_shown_above_the_last_good_page() {
    let mut preview = Preview::start();
    let mut states = preview.open_states();
    let first = states.next();
    preview.edit_newsletter("Date: January 15, 2026", "Date: January 35, 2026");
    let failed = states.next();
    assert_eq!(failed["build"], first["build"]);
    let problem = failed["problem"].as_str().unwrap();
    assert!(
        problem.contains("January 35, 2026") && !problem.contains('\u{1b}'),
        "{problem}"
    );
    assert!(
        problem.ends_with("\n1 error, still showing the last good pages\n"),
        "{problem}"
    );
    let lines: Vec<_> = problem
        .lines()
        .map(|line| (line.to_owned(), preview.read_line()))
        .collect();
    assert!(
        lines.iter().all(|(browser, terminal)| browser == terminal),
        "{lines:?}"
    );
    assert!(
        preview
            .get(ISSUE)
            .contains("A headline says in one line what happened")
    );

    preview.edit_newsletter("Date: January 35, 2026", "Date: January 15, 2026");
    assert_eq!(states.next(), first);
    assert_eq!(preview.stop(), 0);
}

#[test]
fn drafts_are_shown_and_marked() {
    let folder = Preview::prepare();
    let issues = folder.path().join("series/issues");
    let text = fs::read_to_string(issues.join("issue-1.1.md")).unwrap();
    fs::create_dir(issues.join("drafts")).unwrap();
    let draft = text.replace("1.1", "1.2");
    fs::write(issues.join("drafts/next.md"), draft).unwrap();
    let mut preview = Preview::start_in(Rc::new(folder));
    let page = preview.get("/issues/news-digest-1.2/");
    assert!(page.contains("[Draft] News Digest"), "{page}");
    assert!(!preview.get(ISSUE).contains("[Draft] News Digest Vol 1.1"));
    assert_eq!(preview.stop(), 0);
}

#[test]
fn other_hosts_and_methods_are_rejected_and_a_used_port_is_an_error() {
    let mut preview = Preview::start();
    let port = preview.address.rsplit(':').next().unwrap().to_owned();
    let get = |host: &str| preview.request("GET", ISSUE, host);
    assert!(get("evil.example").starts_with("HTTP/1.1 403"));
    assert!(get(&format!("evil.example:{port}")).starts_with("HTTP/1.1 403"));
    let moved = get(&format!("localhost:{port}"));
    assert!(moved.starts_with("HTTP/1.1 307"), "{moved}");
    assert!(
        moved.contains(&format!("location: http://{}{ISSUE}", preview.address)),
        "{moved}"
    );
    assert!(
        preview
            .request("POST", ISSUE, &preview.address)
            .starts_with("HTTP/1.1 405")
    );
    assert!(
        preview
            .get("/%2e%2e/%2e%2e/etc/passwd")
            .starts_with("HTTP/1.1 404")
    );

    let Output { status, stderr, .. } = preview.serve_command(&port).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(
        stderr.starts_with(&format!("error: port {port} is in use, ")),
        "{stderr}"
    );
    assert!(
        stderr.contains("help: stop it, or choose another port: --port "),
        "{stderr}"
    );
    assert_eq!(preview.stop(), 0);
}

/// A running preview of a new series.
struct Preview {
    folder: Rc<TempDir>,
    program: Child,
    stderr: BufReader<ChildStderr>,
    /// Host and port.
    address: String,
}

impl Preview {
    fn start() -> Preview {
        Preview::start_in(Rc::new(Preview::prepare()))
    }

    /// Creates a folder with newsletters and the widget's files.
    fn prepare() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for part in ["widget", "tmp"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        for name in digest_press::REQUIRED_WIDGET_FILES {
            fs::write(folder.path().join("widget").join(name), "").unwrap();
        }
        let new = digest_press()
            .arg("new")
            .arg(folder.path().join("series"))
            .output()
            .unwrap();
        assert!(new.status.success());
        folder
    }

    /// Starts a preview of the series in `folder`.
    fn start_in(folder: Rc<TempDir>) -> Preview {
        let mut program = serve_command(folder.path(), "0")
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
            let line = preview.read_line();
            let Some(address) = line.strip_prefix("preview at http://") else {
                continue;
            };
            break address.split('/').next().unwrap().to_owned();
        };
        preview
    }

    fn serve_command(&self, port: &str) -> Command {
        serve_command(self.folder.path(), port)
    }

    /// Reads the next line of stderr.
    fn read_line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(
            self.stderr.read_line(&mut line).unwrap(),
            0,
            "the preview stopped"
        );
        line.trim_end_matches('\n').to_owned()
    }

    /// Returns the folder of the site.
    fn site_folder(&self) -> PathBuf {
        self.preview_folders()[0].join("site")
    }

    /// Returns the folders of all previews.
    fn preview_folders(&self) -> Vec<PathBuf> {
        let folders = fs::read_dir(self.folder.path().join("tmp")).unwrap();
        folders.map(|folder| folder.unwrap().path()).collect()
    }

    /// Replaces the newsletter in one step, so that no build reads half of it.
    fn edit_newsletter(&self, old: &str, new: &str) {
        let newsletter = self.folder.path().join("series/issues/issue-1.1.md");
        let text = fs::read_to_string(&newsletter).unwrap();
        assert!(text.contains(old));
        let edited = self.folder.path().join("series/edited.md");
        fs::write(&edited, text.replace(old, new)).unwrap();
        fs::rename(edited, newsletter).unwrap();
    }

    fn get(&self, path: &str) -> String {
        self.request("GET", path, &self.address)
    }

    fn request(&self, method: &str, path: &str, host: &str) -> String {
        self.request_with(method, path, host, "")
    }

    /// Sends a request with further headers, each with its line end.
    fn request_with(&self, method: &str, path: &str, host: &str, headers: &str) -> String {
        let mut response = String::new();
        self.connect(method, path, host, headers)
            .read_to_string(&mut response)
            .unwrap();
        response
    }

    fn open_states(&self) -> States {
        States(BufReader::new(self.connect(
            "GET",
            "/.press/state",
            &self.address,
            "",
        )))
    }

    fn connect(&self, method: &str, path: &str, host: &str, headers: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        )
        .unwrap();
        stream
    }

    /// Sends Ctrl+C, and returns the exit code.
    fn stop(&mut self) -> i32 {
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

/// The states that an open page receives.
struct States(BufReader<TcpStream>);

impl States {
    fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert_ne!(
                self.0.read_line(&mut line).unwrap(),
                0,
                "the preview closed the connection"
            );
            if let Some(state) = line.strip_prefix("data: ") {
                return serde_json::from_str(state).unwrap();
            }
        }
    }
}

fn serve_command(folder: &Path, port: &str) -> Command {
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
