//! Finds half-written Markdown, which the parser takes for text: bold without an end, and links
//! whose brackets do not fit.

use super::bare_addresses::starts_with_ignoring_case;
use super::joined_text::{JoinedText, LITERAL};
use crate::source_map::Span;
use crate::{Diagnostic, Rule};

/// Returns the warnings about the paragraphs of a newsletter.
pub(super) fn find_half_written(paragraphs: &[JoinedText]) -> Vec<Diagnostic> {
    let mut warnings = find_marks(paragraphs);
    for paragraph in paragraphs {
        let links = find_links(&paragraph.signs).into_iter();
        warnings.extend(links.map(|range| link_warning(paragraph.source_span(range))));
    }
    warnings
}

fn link_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::HalfWritten,
        span,
        "this link is not complete: readers see its brackets and no link",
        "write it as [text](https://address), without spaces between and inside the brackets",
    )
}

fn mark_warning(mark: &Mark) -> Diagnostic {
    let (what, sign) = match mark.sign {
        '*' if mark.length == 1 => ("italics", "*"),
        '*' => ("bold", "**"),
        _ if mark.length == 1 => ("italics", "_"),
        _ => ("bold", "__"),
    };
    let fault = if mark.opens { "no end" } else { "no start" };
    Diagnostic::warning(
        Rule::HalfWritten,
        mark.span.clone(),
        format!("this {what} has {fault} in its paragraph: readers see “{sign}”"),
        format!(
            "write {sign}text{sign} without spaces inside the signs; for the sign itself, write \\{}",
            mark.sign
        ),
    )
}

/// Signs for bold or italics that the parser left in the text.
struct Mark {
    sign: char,
    length: usize,
    /// True if text follows, or text is in front of it.
    opens: bool,
    closes: bool,
    /// True at the start of a line.
    is_first: bool,
    span: Span,
}

/// Returns a warning for each mark that is not the sign of a footnote.
fn find_marks(paragraphs: &[JoinedText]) -> Vec<Diagnostic> {
    let marks: Vec<_> = paragraphs.iter().flat_map(find_paragraph_marks).collect();
    // “Price*” and below it “*without tax” are a footnote.
    let is_note = |mark: &Mark| mark.is_first && mark.opens;
    let is_noted = |mark: &Mark| mark.closes && !mark.opens;
    let first_noted = |length| {
        marks
            .iter()
            .position(|mark| mark.length == length && is_noted(mark))
    };
    let last_note = |length| {
        marks
            .iter()
            .rposition(|mark| mark.length == length && is_note(mark))
    };
    let notes: Vec<_> = (0..=MAX_MARK)
        .map(|length| first_noted(length).zip(last_note(length)))
        .collect();
    let is_half_written = |(index, mark): &(usize, &Mark)| {
        let pair = notes.get(mark.length).copied().flatten();
        match pair.filter(|(noted, note)| noted < note) {
            Some((noted, _)) if is_note(mark) => *index < noted,
            Some((_, note)) if is_noted(mark) => *index > note,
            // A single sign behind a word may always be that of a footnote.
            _ => mark.opens || mark.length > 1,
        }
    };
    let half_written = marks.iter().enumerate().filter(is_half_written);
    half_written.map(|(_, mark)| mark_warning(mark)).collect()
}

/// The longest mark: bold and italics.
const MAX_MARK: usize = 3;

fn find_paragraph_marks(paragraph: &JoinedText) -> Vec<Mark> {
    let signs = &paragraph.signs;
    let mut marks = Vec::new();
    for (start, word) in split_words(signs) {
        let is_address = word.contains("://");
        let mut end = 0;
        while let Some(found) = word[end..].find(['*', '_']) {
            let begin = end + found;
            let sign = char::from(word.as_bytes()[begin]);
            end = begin
                + word[begin..]
                    .chars()
                    .take_while(|next| *next == sign)
                    .count();
            // Addresses and file names have such signs.
            if begin > 0 && (is_address || sign == '_') {
                continue;
            }
            let mark = new_mark(paragraph, sign, start + begin..start + end, word);
            marks.extend(mark.filter(|mark| mark.opens || mark.closes));
        }
    }
    marks
}

fn new_mark(paragraph: &JoinedText, sign: char, range: Span, word: &str) -> Option<Mark> {
    let signs = &paragraph.signs;
    let length = range.len();
    let before = signs[..range.start].chars().next_back();
    let after = signs[range.end..].chars().next();
    let is_inside = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
    // “2**10” and “s**t” have no bold.
    if length > MAX_MARK || is_inside(before) && is_inside(after) {
        return None;
    }
    let begins_text =
        |sign: char| sign.is_alphabetic() || "“‘\"'「『（(".contains(sign) || sign == LITERAL;
    let ends_text = |sign: char| sign.is_alphanumeric() || "”’\"'」』）).!?。！？、".contains(sign);
    let is_apart = before.is_none_or(char::is_whitespace);
    let may_open = match (sign, length) {
        // “_blank”, “__init__.py” and “__structuredAttrs” are names.
        ('_', _) => is_apart && is_plain_word(word.trim_matches('_')),
        (_, 1) => is_apart,
        _ => !is_inside(before),
    };
    let may_close = sign == '*' && !is_inside(after) && length < MAX_MARK;
    let begins = after.is_some_and(|after| begins_text(after) || length > 1 && after.is_numeric());
    Some(Mark {
        sign,
        length,
        opens: may_open && begins,
        closes: may_close && before.is_some_and(ends_text),
        is_first: before.is_none_or(|before| before == '\n'),
        span: paragraph.source_span(range),
    })
}

/// Returns true for a word of letters without a capital letter inside.
fn is_plain_word(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.all(|letter| letter.is_alphabetic() && !letter.is_uppercase())
}

/// Returns the words of a text with their offsets.
fn split_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split(char::is_whitespace).map(move |word| {
        let found = text[start..].find(word).unwrap_or_default() + start;
        start = found + word.len();
        (found, word)
    })
}

/// Returns the ranges of brackets that were meant for links and images.
fn find_links(signs: &str) -> Vec<Span> {
    let last_close = signs.rfind(']');
    let mut ranges: Vec<Span> = Vec::new();
    let mut open = None;
    for (start, sign) in signs.char_indices() {
        let rest = &signs[start..];
        let length = match sign {
            ']' => find_wrong_end(rest, open.map(|open| &signs[open..start])),
            ')' => find_swapped_brackets(rest),
            '(' if open.is_some() && last_close.is_none_or(|close| close < start) => {
                starts_address(&rest[1..]).then_some(1)
            }
            '<' if !signs[..start].ends_with('(') => starts_address(&rest[1..]).then_some(1),
            '[' => rest
                .starts_with("[^")
                .then(|| find_footnote(rest))
                .flatten(),
            _ => None,
        };
        open = match sign {
            '[' => Some(start + 1),
            ']' => None,
            _ => open,
        };
        ranges.extend(length.map(|length| start..start + length));
    }
    ranges
}

/// Finds “](…”, “] (https://…” and “]https://…” behind the text in brackets. The last one is no link
/// behind a number, `[1]`.
fn find_wrong_end(rest: &str, text: Option<&str>) -> Option<usize> {
    let after = &rest[1..];
    if let Some(address) = after.strip_prefix('(')
        && (text.is_some() || starts_address(address))
    {
        return Some(2);
    }
    if starts_address(after) && text?.contains(char::is_alphabetic) {
        return Some(1);
    }
    text?;
    let spaces = after.len() - after.trim_start_matches([' ', '\n']).len();
    let address = after[spaces..].strip_prefix('(')?;
    starts_address(address).then_some(spaces + 2)
}

/// Finds “)[https://…”, as in “(text)[https://…]”.
fn find_swapped_brackets(rest: &str) -> Option<usize> {
    let after = rest[1..].trim_start_matches(' ');
    let address = after.strip_prefix('[')?;
    starts_address(address).then_some(rest.len() - address.len())
}

/// Finds the sign of a footnote that does not exist.
fn find_footnote(rest: &str) -> Option<usize> {
    const MAX_NAME: usize = 60;
    let end = rest.get(..rest.floor_char_boundary(MAX_NAME))?.find(']')?;
    let is_name = !rest[2..end].is_empty() && !rest[2..end].contains(char::is_whitespace);
    is_name.then_some(end + 1)
}

/// Returns true if a text begins with a web or mail address.
fn starts_address(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '<']);
    ["https:", "http:", "www.", "mailto:"]
        .iter()
        .any(|start| starts_with_ignoring_case(text, start))
}

#[cfg(test)]
mod tests {
    use super::super::check_text;

    /// Returns the text of each warning's span.
    fn find(source: &str) -> Vec<&str> {
        check_text(source)
            .into_iter()
            .filter(|warning| warning.rule == crate::Rule::HalfWritten)
            .map(|warning| &source[warning.spans[0].span.clone()])
            .collect()
    }

    #[test]
    fn unclosed_marks_are_warnings() {
        for (source, expected) in [
            ("first **SWIFT banking system", "**"),
            ("**SWIFT banking system", "**"),
            ("SWIFT** banking system", "**"),
            ("**SWIFT **banking", "** **"),
            ("- a\n- **「重要」なお知らせ", "**"),
            ("これは**重要です", "**"),
            ("this is *important news", "*"),
            ("*important news", "*"),
            ("this is __important news", "__"),
            ("this is _important news", "_"),
            ("***important news", "***"),
            ("**`a` b", "**"),
            ("**one\n\ntwo**", "** **"),
            ("**1 May", "**"),
        ] {
            assert_eq!(find(source).join(" "), expected, "{source}");
        }
    }

    #[test]
    fn half_written_links_are_warnings() {
        for (source, expected) in [
            ("[a](https://a.example/x | next words", "]("),
            ("[a](https://a.example/b c)", "]("),
            ("[a]( https://a.example \"t)", "]("),
            ("[a] (https://a.example/)", "] ("),
            ("[a]\n(https://a.example/)", "]\n("),
            ("(a)[https://a.example/]", ")["),
            ("[a(https://a.example/) now", "("),
            ("[a]https://a.example/", "]"),
            ("<https://a.example/ now", "<"),
            ("![a] (https://a.example/b.jpg)", "] ("),
            ("a[^1] b", "[^1]"),
            ("## [a](https://a.example/b c)", "]("),
        ] {
            assert_eq!(find(source), [expected], "{source}");
        }
    }

    #[test]
    fn undefined_names_are_warnings_beside_defined_ones() {
        let definition = "\n\n[one]: https://a.example/";
        for (text, expected) in [
            ("[one] and [other]", &["[other]"][..]),
            ("[one] [sic] [1] [x] #[doc(a)] a[other] [other]: b", &[]),
            ("[one][] and [other]", &[]),
        ] {
            assert_eq!(find(&format!("{text}{definition}")), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_text_has_no_warning() {
        for source in [
            "2*3*4, 2 * 3, 2**10, f***, s**t, **, a ** b, * and **",
            "price* is net\n\n*without tax",
            "price** is net\n\n**without tax",
            "price*",
            "\\*a \\**b &ast;c \\[a](b) \\[a] (https://a.example/)",
            "`**a` `[a](b c` `[a] (https://a.example/)`",
            "snake_case, __init__.py, _id.txt, __structuredAttrs, ____, a_, _",
            "[sic] [1] [the minister] said (see [2]), a[i], [a] (b), 5 < 6",
            "[1] https://a.example/",
            "[see (https://a.example/) for more]",
            "(a) [b]",
            "https://a.example/**b*_c",
            "*a* **b** ***c*** _d_ [e](https://a.example/) <https://a.example/>",
            "※注意 ＊印 （注）［図］ 「**重要**」",
            "10~20, $5 and $6, 50%, #1, @ann",
        ] {
            assert_eq!(find(source), Vec::<&str>::new(), "{source}");
        }
    }

    #[test]
    fn long_texts_are_fast() {
        for part in ["**a ", "[", "]", "[a] (", "[^", "*a_b", "<", "(http:", "_"] {
            find(&part.repeat(50_000));
        }
    }
}
