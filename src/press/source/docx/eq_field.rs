//! EQ fields: formulas, and in Japanese documents the pronunciation above a word and signs in a
//! circle.

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;

use crate::math_text::{group, write_fraction, write_lowered, write_raised, write_root};

/// Maximum depth of parts in parts; deeper ones are left as they are.
const MAX_DEPTH: usize = 50;

/// Writes what an EQ field shows as plain text, from the part of its code after `EQ`.
pub(crate) fn write_eq_field(code: &str) -> String {
    let mut parser = EqParser {
        characters: code.chars().peekable(),
    };
    parser
        .read_parts(0, true)
        .into_iter()
        .map(|part| part.text)
        .collect::<Vec<_>>()
        .concat()
        .trim()
        .to_owned()
}

struct EqParser<'a> {
    characters: Peekable<Chars<'a>>,
}

/// An argument of a part, or all of it.
#[derive(Default)]
struct EqText {
    text: String,
    /// The text inside if all of it is raised or lowered.
    script: Option<String>,
}

/// A part such as `\s\up 9(…)`: its name, its options and their signs, and its arguments.
struct EqPart {
    name: String,
    options: Vec<(String, Option<char>)>,
    arguments: Vec<EqText>,
}

impl EqParser<'_> {
    /// Reads arguments until their closing bracket. The outermost ones end with the code.
    fn read_parts(&mut self, depth: usize, is_outermost: bool) -> Vec<EqText> {
        let mut parts = vec![EqText::default()];
        let mut open = 0_usize;
        while let Some(character) = self.characters.next() {
            let Some(last) = parts.last_mut() else { break };
            match character {
                '\\' => {
                    let part = self.read_part(depth + 1);
                    let is_first = last.text.trim().is_empty();
                    last.script = part.script.filter(|_| is_first);
                    last.text.push_str(&part.text);
                }
                ',' | ';' if !is_outermost && open == 0 => parts.push(EqText::default()),
                ')' if !is_outermost && open == 0 => break,
                _ => {
                    match character {
                        '(' => open += 1,
                        ')' => open = open.saturating_sub(1),
                        _ => {}
                    }
                    if !character.is_whitespace() {
                        last.script = None;
                    }
                    last.text.push(character);
                }
            }
        }
        parts
    }

    /// Reads what follows a backslash: a part, or a character that stands for itself.
    fn read_part(&mut self, depth: usize) -> EqText {
        match self.characters.peek() {
            Some('*') => {
                self.skip_format();
                EqText::default()
            }
            Some(letter) if letter.is_ascii_alphabetic() && depth <= MAX_DEPTH => {
                let part = EqPart {
                    name: self.read_name(),
                    options: self.read_options(),
                    arguments: self.read_arguments(depth),
                };
                part.write()
            }
            _ => EqText {
                text: self.characters.next().map(String::from).unwrap_or_default(),
                script: None,
            },
        }
    }

    /// Skips `\* jc2` and `\* "Font:MS Mincho"`.
    fn skip_format(&mut self) {
        self.characters.next();
        self.skip_spaces();
        let is_quoted = self.characters.next_if_eq(&'"').is_some();
        let is_end = |character: char| {
            if is_quoted {
                character == '"'
            } else {
                character.is_whitespace() || character == '\\'
            }
        };
        while self
            .characters
            .next_if(|character| !is_end(*character))
            .is_some()
        {}
        if is_quoted {
            self.characters.next();
        }
    }

    fn read_name(&mut self) -> String {
        let mut name = String::new();
        while let Some(letter) = self.characters.next_if(char::is_ascii_alphabetic) {
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// Reads `\up 9` or `\bc\{`.
    fn read_options(&mut self) -> Vec<(String, Option<char>)> {
        let mut options = Vec::new();
        loop {
            let is_skipped =
                |character: &char| character.is_whitespace() || character.is_ascii_digit();
            while self.characters.next_if(is_skipped).is_some() {}
            if self.characters.next_if_eq(&'\\').is_none() {
                return options;
            }
            let name = self.read_name();
            if name.is_empty() {
                // A sign that belongs to the option before.
                let sign = self.characters.next();
                if let Some(last) = options.last_mut() {
                    last.1 = sign;
                }
            } else {
                options.push((name, None));
            }
        }
    }

    fn read_arguments(&mut self, depth: usize) -> Vec<EqText> {
        if self.characters.next_if_eq(&'(').is_some() {
            self.read_parts(depth, false)
        } else {
            Vec::new()
        }
    }

    fn skip_spaces(&mut self) {
        while self
            .characters
            .next_if(|character| character.is_whitespace())
            .is_some()
        {}
    }
}

impl EqPart {
    fn write(&self) -> EqText {
        let text = match self.name.as_str() {
            "f" => write_fraction(self.argument(0), self.argument(1)),
            "r" if self.arguments.len() > 1 => write_root(self.argument(0), self.argument(1)),
            "r" => write_root("", self.argument(0)),
            "s" => return self.write_script(),
            "o" if self.has_option("ac") => write_enclosed(self.argument(1)),
            "o" => self.write_overstruck(),
            "b" => self.write_brackets(),
            "i" => self.write_integral(),
            "a" => self.join(", "),
            "l" => self.join(","),
            _ => self.join(""),
        };
        EqText { text, script: None }
    }

    fn argument(&self, index: usize) -> &str {
        self.arguments
            .get(index)
            .map_or("", |argument| argument.text.trim())
    }

    fn has_option(&self, name: &str) -> bool {
        self.options.iter().any(|(option, _)| option == name)
    }

    fn join(&self, separator: &str) -> String {
        let texts: Vec<_> = self
            .arguments
            .iter()
            .map(|argument| argument.text.trim())
            .collect();
        texts.join(separator)
    }

    fn write_script(&self) -> EqText {
        let inner = self.join(" ");
        let write = if self.has_option("do") {
            write_lowered
        } else {
            write_raised
        };
        EqText {
            text: write(&inner),
            script: Some(inner),
        }
    }

    /// Writes texts above each other: the pronunciation of a word behind it in brackets, as other
    /// pronunciations are.
    fn write_overstruck(&self) -> String {
        match self.arguments.as_slice() {
            [
                EqText {
                    script: Some(above),
                    ..
                },
                EqText { text, script: None },
            ] => {
                format!("{}（{above}）", text.trim())
            }
            arguments => {
                let texts = arguments
                    .iter()
                    .map(|argument| argument.script.as_deref().unwrap_or(argument.text.trim()));
                texts.collect()
            }
        }
    }

    fn write_brackets(&self) -> String {
        let sign = |names: [&str; 2]| {
            let mut options = self.options.iter();
            options
                .find(|(option, _)| names.contains(&option.as_str()))?
                .1
        };
        let open = sign(["lc", "bc"]);
        let close = sign(["rc", "bc"]).map(close_bracket);
        let is_usual = open.is_none() && close.is_none();
        let [open, close] = [(open, "("), (close, ")")].map(|(sign, usual)| match sign {
            Some(sign) => sign.to_string(),
            None if is_usual => usual.to_owned(),
            None => String::new(),
        });
        format!("{open}{}{close}", self.join(""))
    }

    fn write_integral(&self) -> String {
        let sign = if self.has_option("su") {
            '∑'
        } else if self.has_option("pr") {
            '∏'
        } else {
            '∫'
        };
        let [below, above] =
            [(0, write_lowered as fn(&str) -> String), (1, write_raised)].map(|(index, write)| {
                match self.argument(index) {
                    "" => String::new(),
                    text => write(text),
                }
            });
        format!("{sign}{below}{above} {}", self.argument(2))
    }
}

fn close_bracket(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    }
}

/// Writes a sign in a circle: as one character if Unicode has it, otherwise in brackets.
fn write_enclosed(text: &str) -> String {
    let circled = ('\u{2460}'..='\u{24ff}').chain('\u{3280}'..='\u{32bf}');
    let mut circled = circled.filter(|circled| circled.nfkc().eq(text.chars()));
    circled.next().map_or_else(
        || format!("({})", group(text).trim_matches(['(', ')'])),
        String::from,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_written() {
        for (code, expected) in [
            (
                "\\* jc2 \\* \"Font:MS Mincho\" \\* hps10 \\o\\ad(\\s\\up 9(nihon),NIPPON)",
                "NIPPON（nihon）",
            ),
            (" \\o\\ac(○,秘)", "㊙"),
            ("\\o\\ac(○,12)", "⑫"),
            ("\\o\\ac(○,ほ)", "(ほ)"),
            ("\\o(\\s\\up 5(kabu),\\s\\do 2(shiki))", "kabushiki"),
            ("x\\s\\up 3(2)", "x²"),
            ("\\f(a + b;c)", "(a + b)/c"),
            ("\\r(3,x) \\r(2)", "∛x √2"),
            ("\\b\\bc\\{(\\f(1,2))", "{½}"),
            ("\\b(a)", "(a)"),
            ("\\i\\su(i=1,10,i)", "∑ᵢ₌₁¹⁰ i"),
            ("\\a\\al\\co2(1,2,3,4)", "1, 2, 3, 4"),
            ("\\x(a\\,b)", "a,b"),
            ("\\d\\fo10()a (b)", "a (b)"),
            ("\\f(1,2", "½"),
            ("\\", ""),
        ] {
            assert_eq!(write_eq_field(code), expected, "{code}");
        }
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(!write_eq_field(&"\\f(".repeat(20_000)).is_empty());
    }
}
