//! Spans of an issue's parts in the file that it was read from.

use std::collections::HashMap;
use std::ops::Range;

/// A range of bytes in a newsletter or another file.
pub(crate) type Span = Range<usize>;

/// Maps paths in an issue, such as `headlines[2].text`, to spans.
#[derive(Debug, Default)]
pub(crate) struct SourceMap {
    spans: HashMap<String, Span>,
}

impl SourceMap {
    /// Sets the span of the part at `path`.
    pub(crate) fn insert(&mut self, path: impl Into<String>, span: Span) {
        self.spans.insert(path.into(), span);
    }

    /// Returns the span of the part at `path`, or of the closest part around it: a missing `title`
    /// gets the span of the whole issue.
    pub(crate) fn find(&self, path: &str) -> Option<Span> {
        let mut path = path;
        while !path.is_empty() {
            if let Some(span) = self.spans.get(path) {
                return Some(span.clone());
            }
            path = parent_path(path);
        }
        self.spans.get("").cloned()
    }
}

/// Removes the last step of a path, `.name` or `[index]`.
fn parent_path(path: &str) -> &str {
    path.rfind(['.', '['])
        .and_then(|end| path.get(..end))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_parts_have_the_span_of_their_parent() {
        let mut source_map = SourceMap::default();
        assert_eq!(source_map.find("title"), None);
        source_map.insert("", 0..9);
        source_map.insert("headlines[1]", 3..5);
        for (path, expected) in [
            ("headlines[1]", 3..5),
            ("headlines[1].detail[0][2].href", 3..5),
            ("headlines[0].text", 0..9),
            ("title", 0..9),
            (".", 0..9),
        ] {
            assert_eq!(source_map.find(path), Some(expected), "{path}");
        }
    }
}
