use std::str;

use crate::{Diagnostic, Rule};

/// The text of a file, which must be in UTF-8.
///
/// The error's place is in the text that [`String::from_utf8_lossy`] makes of the bytes.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        Diagnostic::error(
            Rule::Encoding,
            start..start + char::REPLACEMENT_CHARACTER.len_utf8(),
            "this character is not in UTF-8, so it cannot be read",
            "save the newsletter once more with the encoding UTF-8",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_byte_is_named_by_its_line() {
        let bytes = b"Digest\n\nIt caf\xe9 is";
        let error = decode(bytes).unwrap_err();
        assert_eq!(error.line(&String::from_utf8_lossy(bytes)), Some(3));
    }
}
