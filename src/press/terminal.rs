//! The one writer of terminal output. It escapes every character that could move the cursor, change
//! the display or reorder text: file names and newsletters may contain them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::str;

/// A stream to a terminal, or to a program that reads the same output.
///
/// Whatever is written is escaped as in JSON, such as `\u001b`, so that a JSON report stays the
/// same. Only [`Terminal::write_styled`] keeps colours.
#[derive(Debug)]
pub(crate) struct Terminal<W> {
    stream: W,
}

impl<W: Write> Terminal<W> {
    pub(crate) fn new(stream: W) -> Terminal<W> {
        Terminal { stream }
    }

    /// Writes text with the colours of this program. The caller has escaped what it quotes.
    pub(crate) fn write_styled(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some(start) = rest.find('\x1b') {
            let (before, style) = rest.split_at(start);
            let (style, after) = style.split_at(style_length(style));
            self.stream.write_all(escape_controls(before).as_bytes())?;
            if style.is_empty() {
                self.stream.write_all(b"\\u001b")?;
                rest = after.get(1..).unwrap_or_default();
            } else {
                self.stream.write_all(style.as_bytes())?;
                rest = after;
            }
        }
        self.stream.write_all(escape_controls(rest).as_bytes())
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (text, length) = match str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), bytes.len()),
            Err(error) if error.valid_up_to() > 0 => {
                let (valid, _) = bytes.split_at(error.valid_up_to());
                (String::from_utf8_lossy(valid), valid.len())
            }
            Err(_) => (String::from_utf8_lossy(bytes), bytes.len()),
        };
        self.stream.write_all(escape_controls(&text).as_bytes())?;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Escapes control and direction characters, except line ends and tabs.
pub(crate) fn escape_controls(text: &str) -> Cow<'_, str> {
    escape(text, |character| {
        !matches!(character, '\n' | '\t') && is_unsafe(character)
    })
}

/// Escapes control and direction characters, and line ends, in a text of one line.
pub(crate) fn escape_line(text: &str) -> Cow<'_, str> {
    escape(text, is_unsafe)
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_escaped(character) {
            // Writing to a string cannot fail. None of these needs more than four digits.
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Returns true for a character that terminals obey or do not show where it is.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Marks, embeddings, overrides and isolates of the direction.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Without width, but not the joiners, which change the letters beside them.
            | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{ad}' | '\u{180e}'
            // Line and paragraph separators, and annotations.
            | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// Returns the length of the colour or style that a text begins with, such as `ESC [ 1 m`.
fn style_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\x1b[") else {
        return 0;
    };
    let parameters = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b';')
        .count();
    if rest.as_bytes().get(parameters) == Some(&b'm') {
        2 + parameters + 1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of every kind that terminals obey.
    const UNSAFE: &str = "\0\u{7}\u{8}\r\u{b}\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9d}\u{ad}\u{61c}\
        \u{200b}\u{200e}\u{200f}\u{2028}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{fff9}";

    fn write(action: impl FnOnce(&mut Terminal<&mut Vec<u8>>) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        action(&mut Terminal::new(&mut bytes)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn unsafe_characters_are_escaped() {
        for character in UNSAFE.chars() {
            let escaped = format!("a\\u{:04x}b\n", u32::from(character));
            assert_eq!(
                write(|terminal| writeln!(terminal, "a{character}b")),
                escaped
            );
            let styled = format!("a{character}b\n");
            assert_eq!(write(|terminal| terminal.write_styled(&styled)), escaped);
        }
        assert_eq!(
            write(|terminal| write!(terminal, "\x1b[31m")),
            "\\u001b[31m"
        );
        assert_eq!(escape_line("a\nb\tc"), "a\\u000ab\\u0009c");
    }

    #[test]
    fn other_text_stays() {
        let text = "日本\tक्\u{200d}ष 👩\u{200d}💻 e\u{301}\n";
        assert_eq!(write(|terminal| write!(terminal, "{text}")), text);
    }

    #[test]
    fn styled_text_keeps_colours_only() {
        for (text, expected) in [
            ("\x1b[1m\x1b[91merror\x1b[0m", "\x1b[1m\x1b[91merror\x1b[0m"),
            ("\x1b[2Ja", "\\u001b[2Ja"),
            ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
            ("a\x1b", "a\\u001b"),
            ("\x1b[38;5;9mé", "\x1b[38;5;9mé"),
            ("\x1b[1", "\\u001b[1"),
        ] {
            assert_eq!(write(|terminal| terminal.write_styled(text)), expected);
        }
    }

    #[test]
    fn split_characters_end_the_text_but_not_the_output() {
        let bytes = "é".as_bytes();
        let written = write(|terminal| {
            terminal.write_all(&bytes[..1])?;
            terminal.write_all(b"a")
        });
        assert_eq!(written, "\u{fffd}a");
    }
}
