//! The text of a paragraph as Markdown.

use super::document::{Piece, Run, Style};

/// The lines of a paragraph, each trimmed, without those that are empty.
///
/// Markdown reads the same text and the same marks in them, whatever characters the text holds.
pub(crate) fn lines(pieces: &[Piece]) -> Vec<String> {
    let lines = pieces
        .split(|piece| matches!(piece, Piece::Break))
        .map(line);
    lines.filter(|line| !line.is_empty()).collect()
}

fn line(pieces: &[Piece]) -> String {
    let mut line = Line::default();
    for run in runs(pieces) {
        match run {
            Piece::Text(run) => line.run(&run),
            Piece::Image { alt, src } => line.raw(&format!(
                "![{}]({})",
                escaped(&alt),
                destination(src.as_str())
            )),
            Piece::Note(index) => line.raw(&format!("[^{}]", index + 1)),
            Piece::Break | Piece::Warning(..) => {}
        }
    }
    line.set_style(&Style::default(), None);
    with_harmless_start(line.markdown.trim())
}

/// The pieces with texts of one style joined, and with white space in no style that ends or begins
/// there: Markdown has no bold text that ends with a space, but Word is full of it.
fn runs(pieces: &[Piece]) -> Vec<Piece> {
    let mut characters = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(Run { text, style }) => {
                characters.extend(
                    text.chars()
                        .map(|character| Ok((as_shown(character), style.clone()))),
                );
            }
            Piece::Image { .. } | Piece::Note(_) => characters.push(Err(piece.clone())),
            Piece::Break | Piece::Warning(..) => {}
        }
    }
    unstyle_spaces(&mut characters);
    let mut runs = Vec::new();
    for character in characters {
        match (character, runs.last_mut()) {
            (Ok((character, style)), Some(Piece::Text(last))) if last.style == style => {
                last.text.push(character);
            }
            (Ok((character, style)), _) => runs.push(Piece::Text(Run {
                text: character.into(),
                style,
            })),
            (Err(piece), _) => runs.push(piece),
        }
    }
    runs
}

type Character = Result<(char, Style), Piece>;

/// Gives white space the style that the text before and after it share.
fn unstyle_spaces(characters: &mut [Character]) {
    let mut before = Style::default();
    let mut start = 0;
    for index in 0..=characters.len() {
        let after = match characters.get(index) {
            Some(Ok((character, _))) if character.is_whitespace() => continue,
            Some(Ok((_, style))) => style.clone(),
            Some(Err(_)) | None => Style::default(),
        };
        let shared = shared(&before, &after);
        for space in characters.iter_mut().take(index).skip(start).flatten() {
            space.1 = shared.clone();
        }
        before = after;
        start = index + 1;
    }
}

/// The marks that go on from one style to the other: links hold bold text, which holds italics, so
/// where the outer one ends the inner ones do.
fn shared(one: &Style, other: &Style) -> Style {
    let same_link = one.href == other.href;
    let same_strong = same_link && one.strong == other.strong;
    Style {
        href: one.href.clone().filter(|_| same_link),
        strong: same_link && one.strong && other.strong,
        em: same_strong && one.em && other.em,
    }
}

/// Only a break of the document ends a line.
fn as_shown(character: char) -> char {
    if matches!(character, '\n' | '\r') {
        ' '
    } else {
        character
    }
}

/// A line that grows.
#[derive(Default)]
struct Line {
    markdown: String,
    style: Style,
    /// Whether the next character must be written so that it counts as punctuation.
    punctuate_next: bool,
}

impl Line {
    fn run(&mut self, run: &Run) {
        self.set_style(&run.style, run.text.chars().next());
        let mut text = run.text.as_str();
        if self.punctuate_next {
            let mut characters = text.chars();
            if let Some(first) = characters.next().filter(|first| !is_boundary(*first)) {
                self.markdown.push_str(&reference(first));
                text = characters.as_str();
            }
            self.punctuate_next = false;
        }
        self.markdown.push_str(&escaped(text));
    }

    fn raw(&mut self, markdown: &str) {
        self.set_style(&Style::default(), None);
        self.punctuate_next = false;
        self.markdown.push_str(markdown);
    }

    /// Ends the marks that `style` has not, and starts those that it has; `next` is the first
    /// character in it.
    fn set_style(&mut self, style: &Style, next: Option<char>) {
        let same_link = self.style.href == style.href;
        let same_strong = same_link && self.style.strong == style.strong;
        let same_em = same_strong && self.style.em == style.em;
        if !same_em && self.style.em {
            self.end_mark("_");
        }
        if !same_strong && self.style.strong {
            self.end_mark("**");
        }
        if !same_link {
            self.switch_link(style.href.as_deref());
        }
        if !same_strong && style.strong {
            let inner = if style.em { Some('_') } else { next };
            self.start_mark("**", inner);
        }
        if !same_em && style.em {
            self.start_mark("_", next);
        }
        self.style = style.clone();
    }

    fn switch_link(&mut self, href: Option<&str>) {
        if let Some(href) = &self.style.href {
            self.markdown.push_str(&format!("]({})", destination(href)));
            self.punctuate_next = false;
        }
        if href.is_some() {
            // After an exclamation mark it would be an image.
            if self.markdown.ends_with('!') {
                self.markdown.pop();
                self.markdown.push_str("\\!");
            }
            self.markdown.push('[');
            self.punctuate_next = false;
        }
    }

    /// CommonMark lets marks begin and end only beside certain characters ("flanking"), by rules
    /// that do not fit scripts without spaces: 「日米」 in bold within a word would not be bold.
    /// A character reference is punctuation to them, so the character outside is written as one.
    fn start_mark(&mut self, mark: &str, inner: Option<char>) {
        let needed = mark == "_" || inner.is_none_or(|inner| !inner.is_alphanumeric());
        let outer = self
            .markdown
            .chars()
            .next_back()
            .filter(|outer| !is_boundary(*outer));
        if let Some(outer) = outer.filter(|_| needed || self.punctuate_next) {
            self.markdown.pop();
            self.markdown.push_str(&reference(outer));
        }
        self.punctuate_next = false;
        self.markdown.push_str(mark);
    }

    fn end_mark(&mut self, mark: &str) {
        let inner = self.markdown.chars().next_back();
        self.punctuate_next = mark == "_" || inner.is_none_or(|inner| !inner.is_alphanumeric());
        self.markdown.push_str(mark);
    }
}

/// Whether a mark may begin after this character and end before it, whatever stands inside.
fn is_boundary(character: char) -> bool {
    character.is_whitespace()
        || character.is_ascii_punctuation()
        || "、。「」『』（）！？：；".contains(character)
}

fn reference(character: char) -> String {
    format!("&#x{:X};", u32::from(character))
}

/// The text with a backslash before all that Markdown could take for more than text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek();
        let special = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' => true,
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || "/!?".contains(*next)),
            '&' => next.is_none_or(|next| next.is_ascii_alphanumeric() || *next == '#'),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The line with a backslash before what Markdown could take for a list, a quotation, a heading, a
/// line across the page or the settings of the file.
fn with_harmless_start(line: &str) -> String {
    let digits = line.len()
        - line
            .trim_start_matches(|character: char| character.is_ascii_digit())
            .len();
    let place = match line.get(digits..).unwrap_or_default().chars().next() {
        Some('.' | ')') if digits > 0 => digits,
        Some('-' | '+' | '=' | '>' | '~' | '|' | ':') if digits == 0 => 0,
        _ => return line.to_owned(),
    };
    let (start, rest) = line.split_at(place);
    format!("{start}\\{rest}")
}

/// An address as the destination of a link.
fn destination(address: &str) -> String {
    let address: String = address
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    let simple = |character: char| {
        character.is_ascii_alphanumeric() || "-._~:/?#@!$+,;=%".contains(character)
    };
    if address.chars().all(simple) && !address.is_empty() {
        return address;
    }
    let escape = |character| match character {
        '<' | '>' | '\\' | '&' => format!("\\{character}"),
        _ => character.to_string(),
    };
    format!("<{}>", address.chars().map(escape).collect::<String>())
}
