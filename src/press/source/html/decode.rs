use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::source::UnreadableSource;
use crate::{Diagnostic, Rule, utf8};

/// The text of a page in the encoding that its first bytes or its `<meta>` say, otherwise UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, UnreadableSource> {
    let Some(encoding) = declared(bytes)? else {
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
            "this page says that it is in {}, but it is not",
            encoding.name()
        );
        return Err(refused(message));
    }
    Ok(text)
}

fn declared(bytes: &[u8]) -> Result<Option<&'static Encoding>, UnreadableSource> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(Some(encoding));
    }
    let Some(label) = label(bytes) else {
        return Ok(None);
    };
    match Encoding::for_label(label.as_bytes()) {
        // What could be read up to here is not in two bytes for each character.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(Some(UTF_8)),
        Some(encoding) => Ok(Some(encoding)),
        None => Err(refused(format!(
            "this page says that it is in “{label}”, which no browser knows"
        ))),
    }
}

/// What the first `<meta>` with a `charset` says. Browsers look for it as far as here.
fn label(bytes: &[u8]) -> Option<String> {
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

fn refused(message: String) -> UnreadableSource {
    Diagnostic::without_span(
        Rule::Encoding,
        message,
        "save the page once more with the encoding UTF-8",
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
    fn a_page_is_read_in_the_encoding_that_it_says() {
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
    fn two_bytes_for_each_character_are_known_by_their_mark() {
        let text = "\u{feff}<meta charset=utf-16><p>日米";
        let little: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<_> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(decode(&bytes).unwrap(), text.trim_start_matches('\u{feff}'));
        }
    }

    #[test]
    fn what_a_page_is_not_in_is_named() {
        assert!(message(b"<meta charset=shift_jis>\x81").contains("says that it is in Shift_JIS"));
        assert!(message(b"<meta charset=klingon>").contains("“klingon”"));
        let latin = decode(b"<p>\n\ncaf\xe9").unwrap_err();
        assert_eq!(latin.diagnostic.line(&latin.text), Some(3));
    }
}
