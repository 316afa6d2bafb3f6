//! The command line of the publisher; all of it is in [`digest_press::Cli`].

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use digest_press::Cli;

fn main() -> ExitCode {
    let width =
        terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    // The streams take the colours out where nobody would see them: in a file, and with NO_COLOR.
    let (mut stdout, mut stderr) = (anstream::stdout(), anstream::stderr());
    let code = Cli::parse().run(
        &mut stdout,
        &mut stderr,
        width.unwrap_or(Cli::DEFAULT_WIDTH),
    );
    code.unwrap_or_else(|error| {
        // Whoever reads no further, as `head` does, wants to hear no more.
        if error.kind() != ErrorKind::BrokenPipe {
            // If that cannot be told either, the exit code is all that is left.
            let _ = writeln!(
                stderr,
                "error: what there is to say cannot be written: {error}"
            );
        }
        ExitCode::FAILURE
    })
}
