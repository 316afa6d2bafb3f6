//! Counts the attributes of a tag before the HTML parser sees them: it compares each attribute with
//! all others of its tag, so a tag with a million would take minutes.

/// Scans a page in pieces that each end behind a `>`, and knows where the parser is within a tag.
///
/// After some pieces only the parser knows if it is in a tag, so all possible states are kept.
#[derive(Debug)]
pub(super) struct TagScanner {
    states: Vec<ScanState>,
}

/// The output of the parser for a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Emitted {
    /// The bytes of text.
    pub(super) text: usize,
    /// True if it emitted anything.
    pub(super) any: bool,
    /// True if a tag or a comment came last.
    pub(super) ends_with_tag: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ScanState {
    place: Place,
    attributes: usize,
}

/// A state of the tokenizer in the HTML standard, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Text,
    TagOpen,
    EndTagOpen,
    Comment,
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
    AfterValue,
}

const TEXT: ScanState = ScanState {
    place: Place::Text,
    attributes: 0,
};

impl TagScanner {
    pub(super) fn new() -> TagScanner {
        TagScanner { states: vec![TEXT] }
    }

    /// Scans the next piece. Returns the largest number of attributes that one tag may have so far.
    pub(super) fn scan(&mut self, piece: &str) -> usize {
        let mut most = 0;
        for state in &mut self.states {
            for byte in piece.bytes() {
                state.read(byte);
                most = most.max(state.attributes);
            }
        }
        most
    }

    /// Learns from what the parser emitted for the piece that was scanned last.
    pub(super) fn learn(&mut self, piece: &str, emitted: Emitted) {
        // The parser reads “\r\n” as one character.
        let length = piece.bytes().filter(|byte| *byte != b'\r').count();
        if emitted.ends_with_tag || emitted.text >= length {
            self.states = vec![TEXT];
        } else if emitted.any {
            self.states.push(TEXT);
            self.merge_states();
        }
    }

    /// Keeps one state of each place, with the most attributes.
    fn merge_states(&mut self) {
        let mut merged: Vec<ScanState> = Vec::new();
        for state in self.states.drain(..) {
            match merged.iter_mut().find(|known| known.place == state.place) {
                Some(known) => known.attributes = known.attributes.max(state.attributes),
                None => merged.push(state),
            }
        }
        self.states = merged;
    }
}

impl ScanState {
    fn read(&mut self, byte: u8) {
        let next = self.place.next(byte);
        if next == Place::Name && self.place != Place::Name {
            self.attributes += 1;
        }
        if matches!(next, Place::Text | Place::TagName) && next != self.place {
            self.attributes = 0;
        }
        self.place = next;
    }
}

impl Place {
    fn next(self, byte: u8) -> Place {
        let is_space = matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c' | b' ');
        match (self, byte) {
            (Place::Text, b'<') => Place::TagOpen,
            (Place::Text, _) => Place::Text,
            (Place::TagOpen, b'/') => Place::EndTagOpen,
            (Place::TagOpen, b'!' | b'?') => Place::Comment,
            (Place::TagOpen, b'<') => Place::TagOpen,
            (Place::TagOpen | Place::EndTagOpen, byte) if byte.is_ascii_alphabetic() => {
                Place::TagName
            }
            (Place::TagOpen, _) => Place::Text,
            (Place::EndTagOpen, b'>') => Place::Text,
            // Only the parser knows where a comment ends.
            (Place::EndTagOpen | Place::Comment, _) => Place::Comment,
            (Place::Quoted(quote), byte) if byte == quote => Place::AfterValue,
            (Place::Quoted(quote), _) => Place::Quoted(quote),
            (_, b'>') => Place::Text,
            (Place::BeforeValue, b'"' | b'\'') => Place::Quoted(byte),
            (Place::BeforeValue, _) if is_space => Place::BeforeValue,
            (Place::BeforeValue, _) => Place::Unquoted,
            (Place::Name | Place::AfterName, _) if is_space => Place::AfterName,
            (Place::Unquoted, _) if !is_space => Place::Unquoted,
            (_, b'/') => Place::BeforeName,
            (_, _) if is_space => Place::BeforeName,
            (Place::Name | Place::AfterName, b'=') => Place::BeforeValue,
            (Place::TagName, _) => Place::TagName,
            _ => Place::Name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_the_standard_does() {
        for (page, expected) in [
            ("<a>", 0),
            ("<a b c=d e='f g' h=\"i>j\" k>", 5),
            ("<a/b/c=/d/e f>", 3),
            ("<a b = c d>", 2),
            ("<a =b>", 1),
            ("<a b='c'd>", 2),
            ("</a b c>", 2),
            ("1 < 2 b c d>", 0),
            ("<!-- <a b c> -->", 0),
        ] {
            assert_eq!(TagScanner::new().scan(page), expected, "{page}");
        }
    }

    #[test]
    fn quote_in_a_script_does_not_hide_the_next_tag() {
        let mut scanner = TagScanner::new();
        let emitted = |text, ends_with_tag| Emitted {
            text,
            any: true,
            ends_with_tag,
        };
        scanner.scan("1<b '>");
        scanner.learn("1<b '>", emitted(6, false));
        assert_eq!(scanner.scan("<b '</script>"), 2);
        scanner.learn("<b '</script>", emitted(4, true));
        assert_eq!(scanner.scan("<i a b c>"), 3);
    }

    #[test]
    fn tag_behind_a_character_reference_is_still_known() {
        let mut scanner = TagScanner::new();
        let piece = "&gt;<a title='x>";
        scanner.scan(piece);
        let emitted = Emitted {
            text: 1,
            any: true,
            ends_with_tag: false,
        };
        scanner.learn(piece, emitted);
        assert_eq!(scanner.scan("' b c d>"), 4);
    }
}
