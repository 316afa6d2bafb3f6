//! Front matter: the settings at the top of a newsletter, as YAML, TOML or header lines.

mod header_lines;
mod toml;
mod yaml;

use super::label::Label;
use crate::source_map::Span;
use crate::{Diagnostic, LabeledSpan, Rule, Series};

/// The settings of a newsletter that an issue has a place for.
#[derive(Debug)]
pub(crate) struct FrontMatter {
    fields: Vec<FrontMatterField>,
    /// False if it could not be parsed: then no setting is reported as missing.
    pub(crate) is_whole: bool,
}

/// A setting, with the span from its name to the end of its value.
#[derive(Debug)]
pub(crate) struct FrontMatterField {
    key: FrontMatterKey,
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// The settings with a place in an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrontMatterKey {
    Title,
    Volume,
    Date,
    Lang,
    Url,
    Image,
    Alt,
    Credit,
}

/// A name and its value as they are written.
struct RawEntry {
    name: String,
    /// `None` for a list or a mapping.
    value: Option<String>,
    span: Span,
}

/// The content of a front matter block.
struct Settings {
    entries: Vec<RawEntry>,
    comments: Vec<Span>,
}

/// A syntax error, with its span.
struct FrontMatterError {
    message: String,
    span: Span,
}

impl FrontMatter {
    /// Parses the front matter, and returns the offset at which the text begins.
    ///
    /// It is a block between two lines `---` (YAML) or `+++` (TOML), which begins on the first line; or
    /// lines `Name: value` from the first line on, if the first name is a known one.
    pub(crate) fn parse(
        source: &str,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (FrontMatter, usize) {
        // Some editors put a byte order mark in front.
        let start = source.len() - source.strip_prefix('\u{feff}').unwrap_or(source).len();
        let text = &source[start..];
        let (offset, length, settings) = match find_fenced_block(text) {
            Some(FencedBlock {
                is_yaml: true,
                block,
                end,
            }) => (block.start, end, yaml::parse_settings(&text[block])),
            Some(FencedBlock {
                is_yaml: false,
                block,
                end,
            }) => (block.start, end, toml::parse_settings(&text[block])),
            None => {
                let (entries, length) = header_lines::parse_entries(text);
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
                for RawEntry { name, value, span } in entries {
                    front.add_entry(
                        RawEntry {
                            name,
                            value,
                            span: in_source(span),
                        },
                        series,
                        diagnostics,
                    );
                }
                diagnostics.extend(
                    comments
                        .into_iter()
                        .map(|span| comment_warning(in_source(span))),
                );
            }
            Err(FrontMatterError { message, span }) => {
                diagnostics.push(syntax_error(&message, in_source(span)));
            }
        }
        (front, start + length)
    }

    pub(crate) fn find(&self, key: FrontMatterKey) -> Option<&FrontMatterField> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub(crate) fn first(&self) -> Option<&FrontMatterField> {
        self.fields.first()
    }

    fn add_entry(&mut self, entry: RawEntry, series: &Series, diagnostics: &mut Vec<Diagnostic>) {
        let RawEntry { name, value, span } = entry;
        if series
            .ignore
            .iter()
            .any(|ignored| ignored.eq_ignore_ascii_case(&name))
        {
            return;
        }
        match (FrontMatterKey::parse(&name), value) {
            (None, _) => diagnostics.push(unknown_key_error(&name, span)),
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
                    self.fields.push(FrontMatterField { key, value, span });
                }
            }
        }
    }
}

impl FrontMatterField {
    pub(crate) fn labeled_span(&self) -> LabeledSpan {
        LabeledSpan {
            span: self.span.clone(),
            label: String::new(),
        }
    }
}

impl FrontMatterKey {
    /// Parses a name in upper or lower case, with hyphens, underscores or spaces. Label names are accepted
    /// too.
    fn parse(name: &str) -> Option<FrontMatterKey> {
        let name = name.trim().to_lowercase().replace(['-', '_'], " ");
        match name.as_str() {
            "title" => Some(FrontMatterKey::Title),
            "lang" | "language" => Some(FrontMatterKey::Lang),
            "url" => Some(FrontMatterKey::Url),
            "image" => Some(FrontMatterKey::Image),
            "alt" | "image alt" => Some(FrontMatterKey::Alt),
            _ => match Label::from_name(&name)? {
                Label::Volume => Some(FrontMatterKey::Volume),
                Label::Date => Some(FrontMatterKey::Date),
                Label::ImageSource => Some(FrontMatterKey::Credit),
                Label::Headlines | Label::Details => None,
            },
        }
    }
}

/// A block between two lines `---` or `+++`.
struct FencedBlock {
    is_yaml: bool,
    block: Span,
    /// The offset of the text below it.
    end: usize,
}

fn find_fenced_block(text: &str) -> Option<FencedBlock> {
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
            return Some(FencedBlock {
                is_yaml: ends.len() == 2,
                block,
                end: end + line.len(),
            });
        }
        end += line.len();
    }
    None
}

/// Returns the error for a setting that has no place in an issue.
fn unknown_key_error(name: &str, span: Span) -> Diagnostic {
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

/// Returns the warning for a comment, which is not meant for readers.
fn comment_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "this is a comment, which is for no reader: it is left out",
        "write it below the settings if readers should see it",
    )
}

fn syntax_error(message: &str, span: Span) -> Diagnostic {
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

    /// Returns each setting with the text of its span, the rest of the source, and the messages.
    fn parse(source: &str) -> (Vec<String>, &str, Vec<String>) {
        let mut diagnostics = Vec::new();
        let series = Series {
            ignore: vec!["slug".to_owned()],
            ..Series::default()
        };
        let (front, end) = FrontMatter::parse(source, &series, &mut diagnostics);
        let short = |field: &FrontMatterField| {
            format!(
                "{:?} {} <{}>",
                field.key,
                field.value,
                source[field.span.clone()].trim_end()
            )
        };
        let messages = diagnostics.into_iter().map(|diagnostic| {
            let span = diagnostic.spans[0].span.clone();
            format!("{} <{}>", diagnostic.message, source[span].trim_end())
        });
        (
            front.fields.iter().map(short).collect(),
            &source[end..],
            messages.collect(),
        )
    }

    #[test]
    fn yaml_toml_and_header_lines_are_equivalent() {
        for source in [
            "---\ntitle: 日米 Digest\nvolume: 1.10\nDate: '2022-03-11'\nslug: x\n---\ntext",
            "\u{feff}+++\r\ntitle = \"日米 Digest\"\r\nvolume = 1.10\r\nDate = 2022-03-11\r\nslug=1\r\n+++\r\ntext",
            "Title: 日米 Digest\nvol: 1.10\nDate: 2022-03-11\nslug: x\ntext",
        ] {
            let (fields, rest, messages) = parse(source);
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
    fn settings_without_a_place_are_errors() {
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
            let (_, _, messages) = parse(source);
            assert!(
                messages.iter().any(|found| found.contains(message)),
                "{source}: {messages:?}"
            );
        }
    }

    #[test]
    fn comments_are_warnings() {
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
            assert_eq!(parse(source).2, expected, "{source}");
        }
    }

    #[test]
    fn unclosed_or_unknown_settings_are_text() {
        for source in [
            "---\ntitle: x",
            "Digest\n\nVol: 1.5",
            "Note: this is text",
            "\nTitle: x",
            "Title:\nx",
            "Title:x",
            "",
        ] {
            let (fields, rest, messages) = parse(source);
            assert_eq!((fields, rest, messages), (vec![], source, vec![]));
        }
    }

    #[test]
    fn any_depth_of_nesting_is_accepted() {
        for (marker, fence) in [
            ("[", "---"),
            ("- ", "---"),
            ("? ", "---"),
            ("a: {", "---"),
            ("a=[", "+++"),
        ] {
            parse(&format!("{fence}\n{}\n{fence}\n", marker.repeat(100_000)));
        }
    }
}
