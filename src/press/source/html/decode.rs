//! Decodes the bytes of a page.

use std::borrow::Cow;

use crate::source::{UnreadableSource, decode};

/// Decodes a page from the encoding of its byte order mark or `<meta>`, otherwise from UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, UnreadableSource> {
    decode::decode(bytes, find_label)
}

/// Returns the `charset` of the first `<meta>` that has one.
fn find_label(bytes: &[u8]) -> Option<String> {
    /// Browsers search no further.
    const MAX_PRESCAN: usize = 1024;
    let start =
        String::from_utf8_lossy(bytes.get(..MAX_PRESCAN).unwrap_or(bytes)).to_ascii_lowercase();
    let tags = start
        .split("<meta")
        .skip(1)
        .filter_map(|tag| tag.split('>').next());
    let mut labels = tags.filter_map(|tag| {
        let value = tag
            .split_once("charset")?
            .1
            .trim_start()
            .strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        value
            .split(|end: char| end.is_whitespace() || "\"';/".contains(end))
            .next()
            .map(str::to_owned)
    });
    labels.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        decode(bytes).unwrap_err().diagnostic.message
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let japanese = "<p>日米同盟";
        for meta in [
            "<META charset='Shift_JIS'>",
            "<meta content=\"text/html; charset=shift_jis\" x>",
        ] {
            let page = format!("<!doctype html>{meta}{japanese}");
            assert_eq!(
                decode(&encoding_rs::SHIFT_JIS.encode(&page).0).unwrap(),
                page
            );
        }
        let euc = format!("<meta name=a><meta charset=euc-jp/>{japanese}");
        assert_eq!(decode(&encoding_rs::EUC_JP.encode(&euc).0).unwrap(), euc);
        assert_eq!(decode(japanese.as_bytes()).unwrap(), japanese);
        assert_eq!(
            decode(format!("\u{feff}{japanese}").as_bytes()).unwrap(),
            japanese
        );
    }

    #[test]
    fn utf_16_is_recognised_by_its_byte_order_mark() {
        let text = "\u{feff}<meta charset=utf-16><p>日米";
        let little: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<_> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(decode(&bytes).unwrap(), text.trim_start_matches('\u{feff}'));
        }
    }

    #[test]
    fn wrong_and_unknown_encodings_are_errors() {
        assert!(
            message(b"<meta charset=shift_jis>\x81").contains("declares the encoding Shift_JIS")
        );
        assert!(message(b"<meta charset=klingon>").contains("“klingon”"));
        let latin = decode(b"<p>\n\ncaf\xe9").unwrap_err();
        assert_eq!(latin.diagnostic.line(&latin.text), Some(3));
    }
}
