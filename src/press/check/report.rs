//! What was found, for programs.

mod json;
mod sarif;

pub(crate) use json::json;
pub(crate) use sarif::sarif;
