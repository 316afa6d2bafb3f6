//! What an editor is told about newsletters and issues before they are published.

mod swapped;

pub(crate) use swapped::check as swapped;
