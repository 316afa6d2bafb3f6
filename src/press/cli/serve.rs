//! The command `serve`: builds the site into a temporary folder after each change, and serves it.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, thread};

use anstream::adapter::strip_str;
use clap::Args;
use notify::RecommendedWatcher;
use tokio::sync::watch;

use super::build::build_with_progress;
use super::{format_errors, print_report};
use crate::count::format_count;
use crate::publish::{BuildReport, Changes, Drafts, SiteBuilder, default_widget_folder};
use crate::serve::{
    PreviewEvent, PreviewFolder, PreviewServer, PreviewState, bind_port, watch_folder,
};
use crate::terminal::Terminal;
use crate::{Diagnostic, Rule};

/// Preview the site in a browser, and update it after each save
///
/// Drafts and issues of a later day are shown too, marked as drafts.
///
/// Only this computer can open the preview. While a newsletter has errors, the browser shows them
/// above the last good page. Press Ctrl+C to stop.
///
/// The site is built into a temporary folder, which is removed at the end.
///
/// Exit code: 0 if the preview was stopped; 1 if it could not start; 2 if the command line is
/// wrong.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Folder of the newsletters, with its press.toml
    #[arg(value_name = "ISSUES")]
    issues: PathBuf,

    /// Port to use; 0 for any free port
    #[arg(long, default_value_t = 8000)]
    port: u16,

    /// Folder of the widget's files [default: the folder "widget" beside digest-press]
    #[arg(long, value_name = "FOLDER")]
    widget: Option<PathBuf>,
}

impl ServeArgs {
    pub(super) fn run(
        &self,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        match self.start() {
            Ok(preview) => preview.run(stderr, width),
            Err(error) => {
                print_report(stderr, &[error], "", &self.issues, width)?;
                writeln!(stderr, "the preview did not start")?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn start(&self) -> Result<Preview, Diagnostic> {
        let (sender, events) = mpsc::channel();
        let watcher = watch_folder(&self.issues, sender.clone())?;
        let (listener, address) =
            bind_port(self.port).map_err(|error| port_error(self.port, &error))?;
        let folder =
            PreviewFolder::new(&env::temp_dir()).map_err(|error| temporary_folder_error(&error))?;
        let builder = SiteBuilder {
            issues: self.issues.clone(),
            output: folder.path().join("site"),
            site: address.parse().ok(),
            widget: self.widget.clone().unwrap_or_else(default_widget_folder),
            drafts: Drafts::Show,
        };
        let (state, receiver) = watch::channel(PreviewState {
            build: "0".to_owned(),
            problem: None,
        });
        let server = PreviewServer {
            listener,
            site: builder.output.clone(),
            state: receiver,
        };
        let server = thread::spawn(move || {
            let result = server.run();
            sender.send(PreviewEvent::Stopped).ok();
            result
        });
        Ok(Preview {
            address,
            builder,
            state,
            events,
            server,
            _watcher: watcher,
            folder,
        })
    }
}

/// A running preview.
struct Preview {
    address: String,
    builder: SiteBuilder,
    state: watch::Sender<PreviewState>,
    events: mpsc::Receiver<PreviewEvent>,
    server: thread::JoinHandle<io::Result<()>>,
    _watcher: RecommendedWatcher,
    /// The folder of the site, and of the build's work folder beside it.
    folder: PreviewFolder,
}

impl Preview {
    fn run(self, stderr: &mut Terminal<impl Write>, width: usize) -> io::Result<ExitCode> {
        self.rebuild(stderr, width)?;
        writeln!(stderr, "preview at {} (press Ctrl+C to stop)", self.address)?;
        while PreviewEvent::wait(&self.events) == PreviewEvent::Saved {
            self.rebuild(stderr, width)?;
        }
        let result = self
            .server
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the server stopped")));
        self.folder.close()?;
        result?;
        writeln!(stderr, "preview stopped")?;
        Ok(ExitCode::SUCCESS)
    }

    /// Builds the site, and reports the result in the terminal and in the browser.
    fn rebuild(&self, stderr: &mut Terminal<impl Write>, width: usize) -> io::Result<()> {
        let result = build_with_progress(&self.builder);
        let mut bytes = Vec::new();
        let mut output = Terminal::new(&mut bytes);
        match &result {
            Ok(report) => {
                print_report(&mut output, &report.warnings, "", Path::new(""), width)?;
                writeln!(output, "{}", format_summary(report))?;
            }
            Err(errors) => {
                print_report(&mut output, errors, "", Path::new(""), width)?;
                writeln!(
                    output,
                    "{}, still showing the last good pages",
                    format_errors(errors)
                )?;
            }
        }
        let output = String::from_utf8_lossy(&bytes);
        stderr.write_styled(&output)?;
        self.state.send_modify(|state| match &result {
            Ok(report) => {
                *state = PreviewState {
                    build: next_build_id(&state.build, &report.changes),
                    problem: None,
                }
            }
            Err(_) => {
                state.problem = Some(strip_str(&output).to_string());
            }
        });
        Ok(())
    }
}

fn format_summary(report: &BuildReport) -> String {
    let issues = format_count(report.issues, "issue");
    let changed = format_count(
        report.changes.written.len() + report.changes.removed.len(),
        "file",
    );
    format!(
        "built: {issues}; {changed} changed; {}",
        format_count(report.warnings.len(), "warning")
    )
}

/// Returns the id of the new build, which stays the same if nothing changed. It is the time, so
/// that open pages of an earlier preview reload too.
fn next_build_id(build: &str, changes: &Changes) -> String {
    if changes.written.is_empty() && changes.removed.is_empty() {
        return build.to_owned();
    }
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis()
        .to_string()
}

fn port_error(port: u16, error: &io::Error) -> Diagnostic {
    let (message, remedy) = match error.kind() {
        ErrorKind::AddrInUse => (
            format!("port {port} is in use, perhaps by another preview"),
            format!(
                "stop it, or choose another port: --port {}",
                port.checked_add(1).unwrap_or(8000)
            ),
        ),
        _ => (
            format!("port {port} cannot be used: {error}"),
            "choose another port: --port 8080".to_owned(),
        ),
    };
    Diagnostic::without_span(Rule::Port, message, remedy)
}

fn temporary_folder_error(error: &io::Error) -> Diagnostic {
    let message = format!("the temporary folder of the preview cannot be created: {error}");
    Diagnostic::without_span(
        Rule::File,
        message,
        "free some disk space, or set TMPDIR to another folder",
    )
}
