//! Decodes the bytes of a page.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::source::UnreadableSource;
use crate::{Diagnostic, Rule, utf8};

/// Decodes a page from the encoding of its byte order mark or `<meta>`, otherwise from UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, UnreadableSource> {
    let Some(encoding) = find_encoding(bytes)? else {
        return utf8::decode(bytes)
            .map(Cow::Borrowed)
            .map_err(|diagnostic| UnreadableSource {
                text: String::from_utf8_lossy(bytes).into_owned(),
                diagnostic,
            });
    };
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong {
        let message = format!(
            "this page declares the encoding {0}, but is not in {0}",
            encoding.name()
        );
        return Err(encoding_error(message));
    }
    Ok(text)
}

fn find_encoding(bytes: &[u8]) -> Result<Option<&'static Encoding>, UnreadableSource> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(Some(encoding));
    }
    let Some(label) = find_label(bytes) else {
        return Ok(None);
    };
    match Encoding::for_label(label.as_bytes()) {
        // The label itself was readable, so the page cannot be in UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(Some(UTF_8)),
        Some(encoding) => Ok(Some(encoding)),
        None => Err(encoding_error(format!(
            "this page declares the encoding “{label}”, which does not exist"
        ))),
    }
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

fn encoding_error(message: String) -> UnreadableSource {
    Diagnostic::without_span(
        Rule::Encoding,
        message,
        "save the page again with the encoding UTF-8",
    )
    .into()
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
