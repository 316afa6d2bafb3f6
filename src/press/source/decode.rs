//! Decodes the bytes of a web page or feed.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::source::UnreadableSource;
use crate::{Diagnostic, Rule, utf8};

/// Decodes a file from the encoding of its byte order mark, or of the label that it declares, or
/// else from UTF-8.
pub(crate) fn decode(
    bytes: &[u8],
    find_label: impl Fn(&[u8]) -> Option<String>,
) -> Result<Cow<'_, str>, UnreadableSource> {
    let Some(encoding) = find_encoding(bytes, find_label)? else {
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
            "this file declares the encoding {0}, but is not in {0}",
            encoding.name()
        );
        return Err(encoding_error(message));
    }
    Ok(text)
}

fn find_encoding(
    bytes: &[u8],
    find_label: impl Fn(&[u8]) -> Option<String>,
) -> Result<Option<&'static Encoding>, UnreadableSource> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(Some(encoding));
    }
    match bytes {
        [b'<', 0, ..] => return Ok(Some(UTF_16LE)),
        [0, b'<', ..] => return Ok(Some(UTF_16BE)),
        _ => {}
    }
    let Some(label) = find_label(bytes) else {
        return Ok(None);
    };
    match Encoding::for_label(label.as_bytes()) {
        // The label itself was readable, so the file cannot be in UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(Some(UTF_8)),
        Some(encoding) => Ok(Some(encoding)),
        None => Err(encoding_error(format!(
            "this file declares the encoding “{label}”, which does not exist"
        ))),
    }
}

fn encoding_error(message: String) -> UnreadableSource {
    Diagnostic::without_span(
        Rule::Encoding,
        message,
        "save it again with the encoding UTF-8",
    )
    .into()
}
