use std::collections::HashMap;
use std::ops::Range;

/// Where the parts of an issue stand in the file that it was read from, by their paths in the issue,
/// such as `headlines[2].text`.
#[derive(Debug, Default)]
pub(crate) struct SourceMap {
    spans: HashMap<String, Range<usize>>,
}

impl SourceMap {
    /// Notes that the part at `path` stands at `span`, in bytes of the file.
    pub(crate) fn insert(&mut self, path: impl Into<String>, span: Range<usize>) {
        self.spans.insert(path.into(), span);
    }

    /// Where the part at `path` stands, or else what it would be in: the place of a missing `title` is
    /// that of the whole issue. `None` if nothing that it is in was noted.
    pub(crate) fn find(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        while !path.is_empty() {
            if let Some(span) = self.spans.get(path) {
                return Some(span.clone());
            }
            path = parent(path);
        }
        self.spans.get("").cloned()
    }
}

/// The path without its last step, `.name` or `[index]`.
fn parent(path: &str) -> &str {
    path.rfind(['.', '['])
        .and_then(|end| path.get(..end))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_found_by_what_it_would_be_in() {
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
