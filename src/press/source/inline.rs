//! Writes the text of a paragraph as Markdown.

use super::document::{DocumentPiece, Script, Style, StyledRun};

/// Writes the lines of a paragraph as Markdown, trimmed and without empty lines.
///
/// A Markdown parser reads the same text and marks from them, whatever characters the text has.
pub(crate) fn write_lines(pieces: &[DocumentPiece]) -> Vec<String> {
    let lines = pieces
        .split(|piece| matches!(piece, DocumentPiece::Break))
        .map(write_line);
    lines.filter(|line| !line.is_empty()).collect()
}

fn write_line(pieces: &[DocumentPiece]) -> String {
    let mut line = LineWriter::default();
    for run in join_runs(pieces) {
        match run {
            DocumentPiece::Text(run) => line.push_run(&run),
            DocumentPiece::Image { alt, src } => {
                let destination = format_destination(src.as_str());
                line.push_raw(&format!("![{}]({destination})", escape(&alt)));
            }
            DocumentPiece::Note(index) => line.push_raw(&format!("[^{}]", index + 1)),
            DocumentPiece::Break | DocumentPiece::Warning(..) => {}
        }
    }
    line.set_style(&Style::default(), None);
    escape_start(line.markdown.trim())
}

/// Joins texts of one style, and takes white space at the edges of a style out of it: Markdown has
/// no bold text that ends with a space, but Word documents are full of it.
fn join_runs(pieces: &[DocumentPiece]) -> Vec<DocumentPiece> {
    let mut characters = Vec::new();
    for piece in pieces {
        match piece {
            DocumentPiece::Text(StyledRun { text, style }) => {
                characters.extend(
                    text.chars()
                        .map(|character| Ok((replace_newline(character), style.clone()))),
                );
            }
            DocumentPiece::Image { .. } | DocumentPiece::Note(_) => {
                characters.push(Err(piece.clone()));
            }
            DocumentPiece::Break | DocumentPiece::Warning(..) => {}
        }
    }
    unstyle_spaces(&mut characters);
    let mut runs = Vec::new();
    for character in characters {
        match (character, runs.last_mut()) {
            (Ok((character, style)), Some(DocumentPiece::Text(last))) if last.style == style => {
                last.text.push(character);
            }
            (Ok((character, style)), _) => runs.push(DocumentPiece::Text(StyledRun {
                text: character.into(),
                style,
            })),
            (Err(piece), _) => runs.push(piece),
        }
    }
    runs
}

/// A character with its style, or a piece that is not text.
type Character = Result<(char, Style), DocumentPiece>;

/// Gives white space the marks that the texts before and after it share.
fn unstyle_spaces(characters: &mut [Character]) {
    let mut before = Style::default();
    let mut start = 0;
    for index in 0..=characters.len() {
        let after = match characters.get(index) {
            Some(Ok((character, _))) if character.is_whitespace() => continue,
            Some(Ok((_, style))) => style.clone(),
            Some(Err(_)) | None => Style::default(),
        };
        let shared = intersect_styles(&before, &after);
        for space in characters.iter_mut().take(index).skip(start).flatten() {
            space.1 = shared.clone();
        }
        before = after;
        start = index + 1;
    }
}

/// Returns the marks that continue from one style to the other. Links contain bold text, which
/// contains italics and so on, so the inner marks end with the outer one.
fn intersect_styles(one: &Style, other: &Style) -> Style {
    let same_link = one.href == other.href;
    let same_strong = same_link && one.strong == other.strong;
    let same_em = same_strong && one.em == other.em;
    let same_del = same_em && one.del == other.del;
    Style {
        href: one.href.clone().filter(|_| same_link),
        strong: same_link && one.strong && other.strong,
        em: same_strong && one.em && other.em,
        del: same_em && one.del && other.del,
        script: one
            .script
            .filter(|_| same_del && one.script == other.script),
    }
}

/// Replaces line ends by spaces: only a break of the document ends a line.
fn replace_newline(character: char) -> char {
    if matches!(character, '\n' | '\r') {
        ' '
    } else {
        character
    }
}

/// Writes one line of Markdown.
#[derive(Default)]
struct LineWriter {
    markdown: String,
    style: Style,
    /// True if the next character must be written so that it counts as punctuation.
    punctuate_next: bool,
}

impl LineWriter {
    fn push_run(&mut self, run: &StyledRun) {
        self.set_style(&run.style, run.text.chars().next());
        let mut text = run.text.as_str();
        if self.punctuate_next {
            let mut characters = text.chars();
            if let Some(first) = characters.next().filter(|first| !is_boundary(*first)) {
                self.markdown.push_str(&format_reference(first));
                text = characters.as_str();
            }
            self.punctuate_next = false;
        }
        self.markdown.push_str(&escape(text));
    }

    fn push_raw(&mut self, markdown: &str) {
        self.set_style(&Style::default(), None);
        self.punctuate_next = false;
        self.markdown.push_str(markdown);
    }

    /// Ends the marks that `style` lacks and starts the ones it adds; `next` is the first character
    /// in it.
    fn set_style(&mut self, style: &Style, next: Option<char>) {
        let same_link = self.style.href == style.href;
        let same_strong = same_link && self.style.strong == style.strong;
        let same_em = same_strong && self.style.em == style.em;
        let same_del = same_em && self.style.del == style.del;
        let same_script = same_del && self.style.script == style.script;
        if !same_script && let Some(script) = self.style.script {
            self.push_tag(&format!("</{}>", script_tag(script)));
        }
        if !same_del && self.style.del {
            self.push_tag("</del>");
        }
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
            let has_tag = style.del || style.script.is_some();
            let inner = if style.em || has_tag { None } else { next };
            self.start_mark("**", inner);
        }
        if !same_em && style.em {
            self.start_mark("_", next);
        }
        if !same_del && style.del {
            self.push_tag("<del>");
        }
        if !same_script && let Some(script) = style.script {
            self.push_tag(&format!("<{}>", script_tag(script)));
        }
        self.style = style.clone();
    }

    /// Writes a tag, which counts as punctuation beside marks.
    fn push_tag(&mut self, tag: &str) {
        self.punctuate_next = false;
        self.markdown.push_str(tag);
    }

    fn switch_link(&mut self, href: Option<&str>) {
        if let Some(href) = &self.style.href {
            self.markdown
                .push_str(&format!("]({})", format_destination(href)));
            self.punctuate_next = false;
        }
        if href.is_some() {
            // An exclamation mark before it would make it an image.
            if self.markdown.ends_with('!') {
                self.markdown.pop();
                self.markdown.push_str("\\!");
            }
            self.markdown.push('[');
            self.punctuate_next = false;
        }
    }

    /// Starts a mark. CommonMark's flanking rules do not fit scripts without spaces: 「日米」 in bold
    /// within a word would not be bold. A character reference counts as punctuation there, so the
    /// character outside is written as one.
    fn start_mark(&mut self, mark: &str, inner: Option<char>) {
        let needed = mark == "_" || inner.is_none_or(may_be_punctuation);
        let outer = self
            .markdown
            .chars()
            .next_back()
            .filter(|outer| !is_boundary(*outer));
        if let Some(outer) = outer.filter(|_| needed || self.punctuate_next) {
            self.markdown.pop();
            self.markdown.push_str(&format_reference(outer));
        }
        self.punctuate_next = false;
        self.markdown.push_str(mark);
    }

    fn end_mark(&mut self, mark: &str) {
        let inner = self.markdown.chars().next_back();
        self.punctuate_next = mark == "_" || inner.is_none_or(may_be_punctuation);
        self.markdown.push_str(mark);
    }
}

fn script_tag(script: Script) -> &'static str {
    match script {
        Script::Raised => "sup",
        Script::Lowered => "sub",
    }
}

/// Returns true if a mark may begin after this character and end before it, whatever is inside.
fn is_boundary(character: char) -> bool {
    character.is_whitespace()
        || character.is_ascii_punctuation()
        || "、。「」『』（）！？：；".contains(character)
}

/// Returns true if CommonMark may read a character as punctuation. Letters in circles and squares
/// are symbols there, although Rust counts them as alphabetic.
fn may_be_punctuation(character: char) -> bool {
    !character.is_alphanumeric()
        || matches!(character, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

fn format_reference(character: char) -> String {
    format!("&#x{:X};", u32::from(character))
}

/// Escapes everything that Markdown could read as more than text.
fn escape(text: &str) -> String {
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

/// Escapes the start of a line that Markdown could read as a list, quotation, heading, rule or
/// front matter.
fn escape_start(line: &str) -> String {
    let digits = line.len()
        - line
            .trim_start_matches(|character: char| character.is_ascii_digit())
            .len();
    let offset = match line.get(digits..).unwrap_or_default().chars().next() {
        Some('.' | ')') if digits > 0 => digits,
        Some('-' | '+' | '=' | '>' | '~' | '|' | ':') if digits == 0 => 0,
        _ => return line.to_owned(),
    };
    let (start, rest) = line.split_at(offset);
    format!("{start}\\{rest}")
}

/// Formats an address as the destination of a link.
fn format_destination(address: &str) -> String {
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
