//! The names of parts: references to them may be relative, and write a name in another way than the
//! package does.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// Resolves a reference from a part in `folder`, such as `../media/image1.png`.
pub(crate) fn resolve_part_name(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = percent_decode_str(target)
        .decode_utf8_lossy()
        .replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut segments = Vec::new();
    for segment in base.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

/// Returns the name by which parts are compared: neither capital letters nor the form of accents
/// count.
pub(crate) fn normalize_part_name(name: &str) -> String {
    resolve_part_name("", name).to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (folder, target, expected) in [
            ("word", "media/a.png", "word/media/a.png"),
            ("word", "../media/a.png", "media/a.png"),
            ("word", "/word/./media/a.png", "word/media/a.png"),
            ("word", "../../../a.png", "a.png"),
            ("", "word\\document.xml", "word/document.xml"),
            ("word", "media/a%20b.png#c", "word/media/a b.png"),
        ] {
            assert_eq!(resolve_part_name(folder, target), expected);
        }
    }

    #[test]
    fn capitals_and_forms_of_accents_are_ignored() {
        let [one, other] = ["Word/Caf\u{e9}.PNG", "/word/cafe\u{301}.png"];
        assert_eq!(normalize_part_name(one), normalize_part_name(other));
    }
}
