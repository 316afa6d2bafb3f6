//! Runs the program on small files that cost much, under limits of memory and processor time.
//!
//! Each must end with a result or a message. A file of the same kind that is held back would too:
//! the limits are counted while working, and none depends on these inputs.

#![cfg_attr(not(target_os = "linux"), allow(unused))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "This is test code.")]

#[path = "costly/docx.rs"]
mod docx;
#[path = "costly/feed.rs"]
mod feed;
#[path = "costly/html.rs"]
mod html;
#[path = "costly/json.rs"]
mod json;
#[path = "costly/limited.rs"]
mod limited;
#[path = "costly/markdown.rs"]
mod markdown;
#[path = "costly/pictures.rs"]
mod pictures;

use libtest_mimic::{Arguments, Trial};
use limited::check_commands;

/// A file that costs much, and the files beside it.
struct Case {
    /// The files of the folder, the newsletter first.
    files: Vec<(&'static str, Vec<u8>)>,
}

impl Case {
    fn new(file: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
        Case {
            files: vec![(file, bytes.into())],
        }
    }

    fn with_file(mut self, file: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
        self.files.push((file, bytes.into()));
        self
    }
}

/// The cases are made when they run: together they take much memory.
type Maker = (&'static str, fn() -> Case);

fn main() {
    let makers: Vec<Maker> = [
        docx::CASES,
        feed::CASES,
        html::CASES,
        json::CASES,
        markdown::CASES,
        pictures::CASES,
    ]
    .concat();
    let trials = makers.into_iter().map(|(name, make)| {
        Trial::test(name, move || check_commands(&make()).map_err(Into::into))
            .with_ignored_flag(!cfg!(target_os = "linux"))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
