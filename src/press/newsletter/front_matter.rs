//! What a newsletter says of itself above its text, as programs write it.

mod header;
mod toml;
mod yaml;

use super::label::Label;
use super::markdown::Span;
use crate::{Diagnostic, LabeledSpan, Rule, Series};

/// The settings at the top of a newsletter that an issue has a place for.
#[derive(Debug)]
pub(crate) struct FrontMatter {
    fields: Vec<Field>,
    /// Whether it could be read; otherwise nothing is known to be missing.
    pub(crate) is_whole: bool,
}

/// A setting. Its place is from its name to the end of its value.
#[derive(Debug)]
pub(crate) struct Field {
    key: Key,
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// What a setting says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Title,
    Volume,
    Date,
    Lang,
    Url,
    Image,
    Alt,
    Credit,
}

/// A name and its value as they were found; none if the value is not a single text.
struct Entry {
    name: String,
    value: Option<String>,
    span: Span,
}

/// What a block of settings holds.
struct Settings {
    entries: Vec<Entry>,
    comments: Vec<Span>,
}

/// Why a block is no front matter, and where.
struct FrontMatterError {
    message: String,
    span: Span,
}

impl FrontMatter {
    /// The front matter of a newsletter, and where its text begins.
    ///
    /// It is what stands between two lines `---` (YAML) or `+++` (TOML), the first of which is the first
    /// line of all; or the lines `Name: value` from the first line on, if the first name is a known one.
    pub(crate) fn split(
        source: &str,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (FrontMatter, usize) {
        // Some editors put a byte order mark in front.
        let start = source.len() - source.strip_prefix('\u{feff}').unwrap_or(source).len();
        let text = &source[start..];
        let (offset, length, settings) = match fenced(text) {
            Some(Fenced {
                yaml: true,
                block,
                end,
            }) => (block.start, end, yaml::settings(&text[block])),
            Some(Fenced {
                yaml: false,
                block,
                end,
            }) => (block.start, end, toml::settings(&text[block])),
            None => {
                let (entries, length) = header::entries(text);
                (
                    0,
                    length,
                    Ok(Settings {
                        entries,
                        comments: Vec::new(),
                    }),
                )
            }
        };
        let offset = start + offset;
        let in_source = |span: Span| span.start + offset..span.end + offset;
        let mut front = FrontMatter {
            fields: Vec::new(),
            is_whole: settings.is_ok(),
        };
        match settings {
            Ok(Settings { entries, comments }) => {
                for Entry { name, value, span } in entries {
                    front.add(
                        Entry {
                            name,
                            value,
                            span: in_source(span),
                        },
                        series,
                        diagnostics,
                    );
                }
                diagnostics.extend(comments.into_iter().map(|span| comment(in_source(span))));
            }
            Err(FrontMatterError { message, span }) => {
                diagnostics.push(unreadable(&message, in_source(span)));
            }
        }
        (front, start + length)
    }

    /// The setting, if it is there.
    pub(crate) fn find(&self, key: Key) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub(crate) fn first(&self) -> Option<&Field> {
        self.fields.first()
    }

    fn add(&mut self, entry: Entry, series: &Series, diagnostics: &mut Vec<Diagnostic>) {
        let Entry { name, value, span } = entry;
        if series
            .ignore
            .iter()
            .any(|ignored| ignored.eq_ignore_ascii_case(&name))
        {
            return;
        }
        match (Key::of(&name), value) {
            (None, _) => diagnostics.push(unknown(&name, span)),
            (Some(_), None) => diagnostics.push(Diagnostic::error(
                Rule::FrontMatter,
                span,
                format!("“{name}” is not a single text"),
                "write one text or number behind it",
            )),
            (Some(key), Some(value)) => {
                if let Some(first) = self.find(key) {
                    let message = format!("“{name}” says what was said already");
                    let twice =
                        Diagnostic::error(Rule::Twice, span.clone(), message, "keep one of them");
                    diagnostics.push(twice.with_label(first.span.clone(), "the first one"));
                }
                let value = value.trim().to_owned();
                if !value.is_empty() {
                    self.fields.push(Field { key, value, span });
                }
            }
        }
    }
}

impl Field {
    /// Its place in a message.
    pub(crate) fn place(&self) -> LabeledSpan {
        LabeledSpan {
            span: self.span.clone(),
            label: String::new(),
        }
    }
}

impl Key {
    /// What a setting of this name says, in upper or lower case, with hyphens, underscores or spaces. The
    /// names of labels are known here, too.
    fn of(name: &str) -> Option<Key> {
        let name = name.trim().to_lowercase().replace(['-', '_'], " ");
        match name.as_str() {
            "title" => Some(Key::Title),
            "lang" | "language" => Some(Key::Lang),
            "url" => Some(Key::Url),
            "image" => Some(Key::Image),
            "alt" | "image alt" => Some(Key::Alt),
            _ => match Label::named(&name)? {
                Label::Volume => Some(Key::Volume),
                Label::Date => Some(Key::Date),
                Label::ImageSource => Some(Key::Credit),
                Label::Headlines | Label::Details => None,
            },
        }
    }
}

/// A block between two lines of signs.
struct Fenced {
    yaml: bool,
    block: Span,
    /// Where the text below it begins.
    end: usize,
}

fn fenced(text: &str) -> Option<Fenced> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let ends: &[&str] = match first.trim_end() {
        "---" => &["---", "..."],
        "+++" => &["+++"],
        _ => return None,
    };
    let mut end = first.len();
    for line in lines {
        if ends.contains(&line.trim_end()) {
            let block = first.len()..end;
            return Some(Fenced {
                yaml: ends.len() == 2,
                block,
                end: end + line.len(),
            });
        }
        end += line.len();
    }
    None
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::NoPlace,
        span,
        format!("“{name}” has no place in an issue"),
        format!(
            "if it says nothing to readers, add \"{name}\" to `ignore` in {}; the known names are: title, \
             volume, date, lang, url, image, alt, credit",
            Series::FILE
        ),
    )
}

/// The warning about a comment: whoever writes one means it for no reader.
fn comment(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "this is a comment, which is for no reader: it is left out",
        "write it below the settings if readers should see it",
    )
}

fn unreadable(message: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::FrontMatter,
        span,
        format!("the settings at the top of the file cannot be read: {message}"),
        "write each as a line “title: Digest”; put quotes around a value with a colon in it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each setting with the text of its place, what is left of the source, and the messages.
    fn split(source: &str) -> (Vec<String>, &str, Vec<String>) {
        let mut diagnostics = Vec::new();
        let series = Series {
            ignore: vec!["slug".to_owned()],
            ..Series::default()
        };
        let (front, end) = FrontMatter::split(source, &series, &mut diagnostics);
        let short = |field: &Field| {
            format!(
                "{:?} {} <{}>",
                field.key,
                field.value,
                source[field.span.clone()].trim_end()
            )
        };
        let messages = diagnostics.into_iter().map(|diagnostic| {
            let place = diagnostic.spans[0].span.clone();
            format!("{} <{}>", diagnostic.message, source[place].trim_end())
        });
        (
            front.fields.iter().map(short).collect(),
            &source[end..],
            messages.collect(),
        )
    }

    #[test]
    fn yaml_toml_and_header_lines_say_the_same() {
        for source in [
            "---\ntitle: 日米 Digest\nvolume: 1.10\nDate: '2022-03-11'\nslug: x\n---\ntext",
            "\u{feff}+++\r\ntitle = \"日米 Digest\"\r\nvolume = 1.10\r\nDate = 2022-03-11\r\nslug=1\r\n+++\r\ntext",
            "Title: 日米 Digest\nvol: 1.10\nDate: 2022-03-11\nslug: x\ntext",
        ] {
            let (fields, rest, messages) = split(source);
            let values: Vec<_> = fields
                .iter()
                .filter_map(|field| field.split(" <").next())
                .collect();
            assert_eq!(
                values,
                ["Title 日米 Digest", "Volume 1.10", "Date 2022-03-11"],
                "{source}"
            );
            assert_eq!((rest, messages), ("text", vec![]));
        }
    }

    #[test]
    fn every_line_that_is_left_out_is_named() {
        for (source, message) in [
            (
                "---\na: 日\nb: [c,\n d]\n---",
                "“b” has no place in an issue <b: [c,\n d]>",
            ),
            (
                "+++\nb = [1,\n2]\n+++",
                "“b” has no place in an issue <b = [1,\n2]>",
            ),
            (
                "Title: x\n日: y\n\nz",
                "“日” has no place in an issue <日: y>",
            ),
            (
                "---\ntitle: {a: b}\n---",
                "“title” is not a single text <title: {a: b}>",
            ),
            ("+++\ntitle = 1\ntitle = 2\n+++", "duplicate key"),
            (
                "---\nvol: 1\nvolume: 1\n---",
                "“volume” says what was said already <volume: 1>",
            ),
            (
                "---\n日: a: b\n---",
                "cannot be read: mapping values are not allowed in this context <: b>",
            ),
            (
                "---\njust text\n---",
                "cannot be read: expected lines such as “title: Digest” <just text>",
            ),
        ] {
            let (_, _, messages) = split(source);
            assert!(
                messages.iter().any(|found| found.contains(message)),
                "{source}: {messages:?}"
            );
        }
    }

    #[test]
    fn comments_are_named() {
        for (source, expected) in [
            (
                "---\n# a\ntitle: x # b\nvolume: '#1 # 2'\n---",
                &["# a", "# b"][..],
            ),
            (
                "+++\r\n# a\r\ntitle = \"# x\" # b # c\r\n+++",
                &["# a", "# b # c"],
            ),
            ("---\ntitle: # 日\n  x\n---", &["# 日"]),
            ("---\ntitle: C#\nurl: https://x.example/#y\n---", &[]),
            ("---\ntitle: |\n  x # y\n# a\n---", &["# a"]),
            ("---\n# a\n---", &["# a"]),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|comment| {
                    format!("this is a comment, which is for no reader: it is left out <{comment}>")
                })
                .collect();
            assert_eq!(split(source).2, expected, "{source}");
        }
    }

    #[test]
    fn what_only_looks_like_front_matter_is_text() {
        for source in [
            "---\ntitle: x",
            "Digest\n\nVol: 1.5",
            "Note: this is text",
            "\nTitle: x",
            "Title:\nx",
            "Title:x",
            "",
        ] {
            let (fields, rest, messages) = split(source);
            assert_eq!((fields, rest, messages), (vec![], source, vec![]));
        }
    }

    #[test]
    fn any_depth_is_passed_over() {
        for (marker, fence) in [
            ("[", "---"),
            ("- ", "---"),
            ("? ", "---"),
            ("a: {", "---"),
            ("a=[", "+++"),
        ] {
            split(&format!("{fence}\n{}\n{fence}\n", marker.repeat(100_000)));
        }
    }
}
