use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Cli;

/// Print the script by which a shell completes what is typed
///
/// In Bash: digest-press completions bash > ~/.local/share/bash-completion/completions/digest-press
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        io::stdout().write_all(script(self.shell).as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn script(shell: Shell) -> String {
    // It is made whole first: the generator panics where nobody reads on, as in front of `head`.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "digest-press", &mut script);
    let script = String::from_utf8_lossy(&script);
    // clap_complete 4.6 spells a hyphen in the program's name in two ways, so that Bash would complete no
    // command's options (clap's issue 6421).
    script.replace("digest__subcmd__press", "digest__press")
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_completes_every_command() {
        for shell in Shell::value_variants() {
            let script = script(*shell);
            for command in Cli::command().get_subcommands() {
                assert!(
                    script.contains(command.get_name()),
                    "{shell}: {}",
                    command.get_name()
                );
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn bash_completes_what_is_typed() {
        for (typed, expected) in [
            (&["b"][..], "build"),
            (&["build", "--s"], "--site"),
            (&["check", "issues", "--l"], "--links"),
            (&["check", "--format", ""], "text json sarif"),
            (&["new", "--lang", "j"], "ja"),
            (&["completions", "ba"], "bash"),
            (&["help", "pro"], "probe"),
        ] {
            assert_eq!(completed(typed), expected, "{typed:?}");
        }
    }

    /// What Bash offers for the last of these words.
    #[cfg(unix)]
    fn completed(words: &[&str]) -> String {
        let call = "COMP_WORDS=(digest-press \"$@\")
            COMP_CWORD=$#
            _digest__press digest-press \"${COMP_WORDS[-1]}\" \"${COMP_WORDS[-2]}\"
            echo -n \"${COMPREPLY[*]}\"";
        let script = script(Shell::Bash) + call;
        let mut bash = std::process::Command::new("bash");
        let output = bash
            .args(["--norc", "-c", &script, "bash"])
            .args(words)
            .output()
            .unwrap();
        assert!(
            output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }
}
