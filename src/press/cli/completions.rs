//! The command `completions`.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Cli;

/// Print a script for shell completion
///
/// For Bash: digest-press completions bash >
/// ~/.local/share/bash-completion/completions/digest-press
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Name of the shell
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        io::stdout().write_all(generate_script(self.shell).as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn generate_script(shell: Shell) -> String {
    // Generated in memory first: the generator panics on a broken pipe, as before `head`.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "digest-press", &mut script);
    let script = String::from_utf8_lossy(&script);
    // clap_complete 4.6 escapes the hyphen in the program's name in two ways, so Bash would not
    // complete the options of commands (clap's issue 6421).
    script.replace("digest__subcmd__press", "digest__press")
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_completes_every_command() {
        for shell in Shell::value_variants() {
            let script = generate_script(*shell);
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
    fn bash_completes_commands_and_options() {
        for (typed, expected) in [
            (&["b"][..], "build"),
            (&["build", "--s"], "--site"),
            (&["check", "issues", "--l"], "--links"),
            (&["check", "--format", ""], "text json sarif"),
            (&["new", "--lang", "j"], "ja"),
            (&["completions", "ba"], "bash"),
            (&["help", "pro"], "probe"),
        ] {
            assert_eq!(complete_in_bash(typed), expected, "{typed:?}");
        }
    }

    /// Returns the completions that Bash offers for the last word.
    #[cfg(unix)]
    fn complete_in_bash(words: &[&str]) -> String {
        let call = "COMP_WORDS=(digest-press \"$@\")
            COMP_CWORD=$#
            _digest__press digest-press \"${COMP_WORDS[-1]}\" \"${COMP_WORDS[-2]}\"
            echo -n \"${COMPREPLY[*]}\"";
        let script = generate_script(Shell::Bash) + call;
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
