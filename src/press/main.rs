//! The command line of the publisher; all of it is in [`digest_press::Cli`].

use std::io;
use std::process::ExitCode;

use clap::Parser;
use digest_press::Cli;

fn main() -> io::Result<ExitCode> {
    let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    // The streams take the colours out where nobody would see them: in a file, and with NO_COLOR.
    let (mut stdout, mut stderr) = (anstream::stdout(), anstream::stderr());
    Cli::parse().run(&mut stdout, &mut stderr, width.unwrap_or(Cli::DEFAULT_WIDTH))
}
