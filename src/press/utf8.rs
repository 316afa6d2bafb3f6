//! Decodes UTF-8 with a diagnostic.

use std::str;

use crate::{Diagnostic, Rule};

/// Decodes a file, which must be in UTF-8.
///
/// The span of the error refers to the text that [`String::from_utf8_lossy`] returns.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        Diagnostic::error(
            Rule::Encoding,
            start..start + char::REPLACEMENT_CHARACTER.len_utf8(),
            "this character is not in UTF-8, so it cannot be read",
            "save the newsletter again with the encoding UTF-8",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_has_the_line_of_the_wrong_byte() {
        let bytes = b"Digest\n\nIt caf\xe9 is";
        let error = decode(bytes).unwrap_err();
        assert_eq!(error.line(&String::from_utf8_lossy(bytes)), Some(3));
    }
}
