//! The steps of `check` and `test`: runs and times each, and lists at the end what was left out.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::needs::Need;

/// The steps that passed, with their times, and what was left out.
#[derive(Default)]
pub(crate) struct Steps {
    passed: Vec<(String, Duration)>,
    left_out: Vec<&'static Need>,
}

impl Steps {
    /// Runs a step. The first one that fails ends the task.
    pub(crate) fn run(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let started = Instant::now();
        step().with_context(|| format!("step `{name}` failed"))?;
        let duration = started.elapsed();
        println!("== {name}: {}", format_duration(duration));
        self.passed.push((name.to_owned(), duration));
        Ok(())
    }

    /// Runs a step that is one Cargo command.
    pub(crate) fn run_cargo(&mut self, sh: &Shell, arguments: &str) -> Result<()> {
        self.run(&format!("cargo {arguments}"), || {
            let arguments = arguments.split(' ');
            // For `cargo doc` and documentation tests.
            let cargo = cmd!(sh, "cargo {arguments...}").env("RUSTDOCFLAGS", "-D warnings");
            Ok(cargo.quiet().run()?)
        })
    }

    /// Notes and prints what cannot be tested here, and how to change that.
    pub(crate) fn leave_out(&mut self, need: &'static Need) {
        if self.left_out.iter().all(|known| known.name != need.name) {
            println!("\n== left out: {}", need.describe());
            self.left_out.push(need);
        }
    }

    /// Prints the time of each step and everything that was left out.
    pub(crate) fn print_summary(&self) {
        println!("\nPassed:");
        for (name, duration) in &self.passed {
            println!("  {:>12}  {name}", format_duration(*duration));
        }
        let total = self.passed.iter().map(|(_, duration)| *duration).sum();
        println!("  {:>12}  in total", format_duration(total));
        if !self.left_out.is_empty() {
            println!("\nNot everything was tested. Left out:");
            for need in &self.left_out {
                println!("  - {}", need.describe());
            }
        }
    }
}

fn format_duration(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{:.1} s", duration.as_secs_f32()),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}
