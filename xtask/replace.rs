//! Edits of generated or shipped texts that fail when the text has changed.

use anyhow::{Result, ensure};

/// Replaces a text that must occur exactly once.
pub(crate) fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(
        count == 1,
        "expected {from:?} exactly once, found it {count} times"
    );
    Ok(text.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_text_that_occurs_once_is_replaced() {
        assert_eq!(replace_once("a b", "a", "c").unwrap(), "c b");
        assert!(replace_once("a a", "a", "c").is_err());
        assert!(replace_once("b", "a", "c").is_err());
    }
}
