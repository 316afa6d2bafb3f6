use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, thread};

use anstream::adapter::strip_str;
use clap::Args;
use indicatif::ProgressBar;
use notify::RecommendedWatcher;
use tokio::sync::watch;

use super::build::Bar;
use super::tell;
use crate::count::format_count;
use crate::publish::{self, Build, Built, Changes};
use crate::serve::{self, Change, Folder, Server, State};
use crate::{Diagnostic, Rule};

/// Preview the site in a browser on this computer, renewed at every save
///
/// The site is built into a folder of its own, which is removed at the end, or by the next preview if this
/// one is killed. While a newsletter is refused, the browser shows why, above the pages as they were last
/// good. Nobody else can see them. Ctrl+C ends the preview.
///
/// The exit code is 0 if the preview was ended; 1 if it could not be started; 2 if the command itself was
/// not understood.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The folder of the newsletters, with its press.toml
    #[arg(value_name = "ISSUES")]
    issues: PathBuf,

    /// The port of this computer to use
    #[arg(long, default_value_t = 8000)]
    port: u16,

    /// The folder of the widget's own files [default: the folder "widget" beside digest-press]
    #[arg(long, value_name = "FOLDER")]
    widget: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        match self.start() {
            Ok(preview) => preview.run(stderr, width),
            Err(error) => {
                tell(stderr, &[error], "", &self.issues, width)?;
                writeln!(stderr, "the preview did not start")?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn start(&self) -> Result<Preview, Diagnostic> {
        let (sender, changes) = mpsc::channel();
        let watcher = serve::watch(&self.issues, sender.clone())?;
        let (listener, address) =
            serve::bind(self.port).map_err(|error| no_port(self.port, &error))?;
        let work = Folder::new(&env::temp_dir()).map_err(|error| no_folder(&error))?;
        let build = Build {
            issues: self.issues.clone(),
            output: work.path().join("site"),
            site: address.parse().ok(),
            widget: self.widget.clone().unwrap_or_else(publish::usual_widget),
        };
        let (state, receiver) = watch::channel(State {
            build: "0".to_owned(),
            problem: None,
        });
        let server = Server {
            listener,
            site: build.output.clone(),
            state: receiver,
        };
        let server = thread::spawn(move || {
            let ended = server.run();
            sender.send(Change::Ended).ok();
            ended
        });
        Ok(Preview {
            address,
            build,
            state,
            changes,
            server,
            _watcher: watcher,
            work,
        })
    }
}

/// A preview that is under way.
struct Preview {
    address: String,
    build: Build,
    state: watch::Sender<State>,
    changes: mpsc::Receiver<Change>,
    server: thread::JoinHandle<io::Result<()>>,
    _watcher: RecommendedWatcher,
    /// The folder of the site and of what a build needs beside it.
    work: Folder,
}

impl Preview {
    fn run(self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        self.renew(stderr, width)?;
        writeln!(stderr, "preview at {} (press Ctrl+C to stop)", self.address)?;
        while Change::next(&self.changes) == Change::Saved {
            self.renew(stderr, width)?;
        }
        let ended = self
            .server
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the server stopped")));
        self.work.close()?;
        ended?;
        writeln!(stderr, "preview stopped")?;
        Ok(ExitCode::SUCCESS)
    }

    /// Builds the site anew, and tells of it in the terminal and in the browser.
    fn renew(&self, stderr: &mut impl Write, width: usize) -> io::Result<()> {
        let bar = Bar(ProgressBar::new(0));
        let built = self.build.run(&bar);
        bar.0.finish_and_clear();
        let mut told = Vec::new();
        match &built {
            Ok(built) => {
                tell(&mut told, &built.warnings, "", Path::new(""), width)?;
                writeln!(told, "{}", summary(built))?;
            }
            Err(errors) => {
                tell(&mut told, errors, "", Path::new(""), width)?;
                writeln!(
                    told,
                    "{}, still showing the last good pages",
                    format_count(errors.len(), "error")
                )?;
            }
        }
        stderr.write_all(&told)?;
        self.state.send_modify(|state| match &built {
            Ok(built) => {
                *state = State {
                    build: next(&state.build, &built.changes),
                    problem: None,
                }
            }
            Err(_) => state.problem = Some(strip_str(&String::from_utf8_lossy(&told)).to_string()),
        });
        Ok(())
    }
}

fn summary(built: &Built) -> String {
    let issues = format_count(built.issues, "issue");
    let changed = format_count(
        built.changes.written.len() + built.changes.removed.len(),
        "file",
    );
    format!(
        "built: {issues}; {changed} changed; {}",
        format_count(built.warnings.len(), "warning")
    )
}

/// The name of a build, which is the one before if nothing changed. No other one has it, also none of a
/// preview of yesterday whose pages are open still.
fn next(build: &str, changes: &Changes) -> String {
    if changes.written.is_empty() && changes.removed.is_empty() {
        return build.to_owned();
    }
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis()
        .to_string()
}

fn no_port(port: u16, error: &io::Error) -> Diagnostic {
    let (message, remedy) = match error.kind() {
        ErrorKind::AddrInUse => (
            format!("another program uses port {port} of this computer, perhaps another preview"),
            format!(
                "end it, or name another port: --port {}",
                port.checked_add(1).unwrap_or(8000)
            ),
        ),
        _ => (
            format!("port {port} of this computer cannot be used: {error}"),
            "name another port: --port 8080".to_owned(),
        ),
    };
    Diagnostic::without_span(Rule::Port, message, remedy)
}

fn no_folder(error: &io::Error) -> Diagnostic {
    let message = format!("there is no place for the preview's files: {error}");
    Diagnostic::without_span(
        Rule::File,
        message,
        "make some room on the disk, or set TMPDIR to another folder",
    )
}
