//! Shortens text that is quoted in messages: thousands of messages can quote the same long text.

/// Maximum length in characters.
const MAX_CHARACTERS: usize = 80;

/// Joins the lines of a text and shortens it to the length that fits into a message.
pub(crate) fn shorten(text: &str) -> String {
    let mut short = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let space = usize::from(length > 0);
        for character in [' '].into_iter().take(space).chain(word.chars()) {
            if length == MAX_CHARACTERS {
                short.push('…');
                return short;
            }
            short.push(character);
            length += 1;
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_long_texts_cut() {
        assert_eq!(shorten(" a\n\tb "), "a b");
        assert_eq!(shorten(&"日".repeat(80)), "日".repeat(80));
        assert_eq!(shorten(&"日".repeat(81)), "日".repeat(80) + "…");
        assert_eq!(shorten(&("a".repeat(80) + " ")), "a".repeat(80));
    }
}
