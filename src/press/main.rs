//! The program `digest-press`. Its commands are in [`digest_press::Cli`].

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use digest_press::Cli;

fn main() -> ExitCode {
    let width =
        terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    // The streams remove colours outside a terminal, and with NO_COLOR.
    let (mut stdout, mut stderr) = (anstream::stdout(), anstream::stderr());
    let cli = Cli::try_parse().unwrap_or_else(|error| exit_with_usage(&error));
    let code = cli.run(
        &mut stdout,
        &mut stderr,
        width.unwrap_or(Cli::DEFAULT_WIDTH),
    );
    code.unwrap_or_else(|error| {
        // A broken pipe is no error: the reader, such as `head`, has read enough.
        if error.kind() != ErrorKind::BrokenPipe {
            // If this fails too, the exit code is all that is left.
            let _ = writeln!(stderr, "error: the output cannot be written: {error}");
        }
        ExitCode::FAILURE
    })
}

/// Prints help, or an error about the command line, and ends the program.
///
/// An error quotes arguments, which can be names of files that someone else chose.
fn exit_with_usage(error: &clap::Error) -> ! {
    if error.use_stderr() {
        // If this fails, the exit code is all that is left.
        let _ = Cli::write_escaped(&mut io::stderr(), &error.render().to_string());
        std::process::exit(error.exit_code());
    }
    error.exit()
}
