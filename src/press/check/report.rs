//! Reports of `check` for programs.

mod json_report;
mod sarif_report;

pub(crate) use json_report::write_json_report;
pub(crate) use sarif_report::write_sarif_report;
