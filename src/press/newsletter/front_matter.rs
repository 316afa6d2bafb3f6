//! Front matter: the settings at the top of a newsletter, as YAML, TOML or header lines.

mod header_lines;
mod key;
mod settings;
mod toml;
mod yaml;

use crate::source_map::Span;
use crate::{Diagnostic, LabeledSpan, Rule, Series};
use settings::{FrontMatterError, RawEntry, Settings};

pub(crate) use key::FrontMatterKey;

/// The settings of a newsletter that an issue has a place for.
#[derive(Debug)]
pub(crate) struct FrontMatter {
    fields: Vec<FrontMatterField>,
    /// False after a syntax error: then no setting is reported as missing.
    pub(crate) is_whole: bool,
}

/// A setting, with the span from its name to the end of its value.
#[derive(Debug)]
pub(crate) struct FrontMatterField {
    key: FrontMatterKey,
    pub(crate) value: String,
    pub(crate) span: Span,
}

impl FrontMatter {
    /// Parses the front matter, and returns the offset at which the text begins.
    ///
    /// The front matter is a block between two lines `---` (YAML) or `+++` (TOML), which begins on
    /// the first line; or lines `Name: value` from the first line on, if the first name is known.
    pub(crate) fn parse(
        source: &str,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (FrontMatter, usize) {
        // Some editors put a byte order mark in front.
        let start = source.len() - source.strip_prefix('\u{feff}').unwrap_or(source).len();
        let block = parse_block(&source[start..]);
        let offset = start + block.offset;
        let map_span = |span: Span| span.start + offset..span.end + offset;
        let mut front_matter = FrontMatter {
            fields: Vec::new(),
            is_whole: block.settings.is_ok(),
        };
        match block.settings {
            Ok(Settings { entries, comments }) => {
                for mut entry in entries {
                    entry.span = map_span(entry.span);
                    front_matter.add_entry(entry, series, diagnostics);
                }
                diagnostics.extend(comments.into_iter().map(map_span).map(comment_warning));
            }
            Err(FrontMatterError { message, span }) => {
                diagnostics.push(syntax_error(&message, map_span(span)));
            }
        }
        (front_matter, start + block.end)
    }

    pub(crate) fn find(&self, key: FrontMatterKey) -> Option<&FrontMatterField> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Returns true if the newsletter says that it is a draft.
    pub(crate) fn is_draft(&self) -> bool {
        self.find(FrontMatterKey::Draft)
            .is_some_and(|field| parse_bool(&field.value) == Some(true))
    }

    pub(crate) fn first(&self) -> Option<&FrontMatterField> {
        self.fields.first()
    }

    fn add_entry(&mut self, entry: RawEntry, series: &Series, diagnostics: &mut Vec<Diagnostic>) {
        let RawEntry { name, value, span } = entry;
        let key = FrontMatterKey::parse(&name);
        // A series may use “draft” for something else, but “draft: true” is always a draft.
        let is_draft = key == Some(FrontMatterKey::Draft)
            && value.as_deref().and_then(parse_bool) == Some(true);
        let mut ignored = series.ignore.iter();
        if !is_draft && ignored.any(|ignored| ignored.eq_ignore_ascii_case(&name)) {
            return;
        }
        match (key, value) {
            // It has nothing to lose.
            (None, Some(value)) if value.trim().is_empty() => {}
            (None, _) => diagnostics.push(unknown_key_error(&name, span)),
            (Some(_), None) => diagnostics.push(Diagnostic::error(
                Rule::FrontMatter,
                span,
                format!("expected one text for “{name}”, found a list or several settings"),
                "write one text or number after it",
            )),
            (Some(key), Some(value)) => {
                if let Some(first) = self.find(key) {
                    diagnostics.push(repeated_error(&name, span.clone(), first));
                }
                let value = value.trim().to_owned();
                if key == FrontMatterKey::Draft && parse_bool(&value).is_none() {
                    diagnostics.push(draft_value_error(&value, span.clone()));
                }
                if !value.is_empty() {
                    self.fields.push(FrontMatterField { key, value, span });
                }
            }
        }
    }
}

impl FrontMatterField {
    /// Returns its span for a diagnostic.
    pub(crate) fn labeled_span(&self) -> LabeledSpan {
        LabeledSpan {
            span: self.span.clone(),
            label: String::new(),
        }
    }
}

/// The front matter at the start of a text.
struct FrontMatterBlock {
    settings: Result<Settings, FrontMatterError>,
    /// The offset that the spans of the settings are relative to.
    offset: usize,
    /// The offset of the text below.
    end: usize,
}

fn parse_block(text: &str) -> FrontMatterBlock {
    if let Some((block, end)) = find_fenced_block(text, "---", &["---", "..."]) {
        return FrontMatterBlock {
            offset: block.start,
            settings: check_length(&text[block]).and_then(yaml::parse_settings),
            end,
        };
    }
    if let Some((block, end)) = find_fenced_block(text, "+++", &["+++"]) {
        return FrontMatterBlock {
            offset: block.start,
            settings: check_length(&text[block]).and_then(toml::parse_settings),
            end,
        };
    }
    let (entries, end) = header_lines::parse_entries(text);
    FrontMatterBlock {
        settings: check_length(&text[..end]).map(|_| Settings {
            entries,
            comments: Vec::new(),
        }),
        offset: 0,
        end,
    }
}

/// Maximum length of the settings in bytes. The YAML parser takes the square of their nesting.
const MAX_LENGTH: usize = 32 * 1024;

/// Fails for settings longer than any parser gets.
fn check_length(block: &str) -> Result<&str, FrontMatterError> {
    if block.len() <= MAX_LENGTH {
        return Ok(block);
    }
    Err(FrontMatterError {
        message: format!("they are longer than {MAX_LENGTH} bytes"),
        span: 0..block.len(),
    })
}

/// Returns the span between two fences, and the offset of the text below them.
fn find_fenced_block(text: &str, start: &str, ends: &[&str]) -> Option<(Span, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == start)?;
    let mut end = first.len();
    for line in lines {
        if ends.contains(&line.trim_end()) {
            return Some((first.len()..end, end + line.len()));
        }
        end += line.len();
    }
    None
}

fn unknown_key_error(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::NoPlace,
        span,
        format!("“{name}” has no place in an issue"),
        format!(
            "if readers do not need it, add \"{name}\" to `ignore` in {}; the known names are: \
             title, volume, date, lang, url, image, alt, credit, draft",
            Series::FILE
        ),
    )
}

/// Parses the values that YAML and TOML have for yes and no.
fn parse_bool(value: &str) -> Option<bool> {
    match value.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn draft_value_error(value: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::FrontMatter,
        span,
        format!("expected true or false for “draft”, found “{value}”"),
        "write “draft: true” to hold the issue back, or remove the line to publish it",
    )
}

fn repeated_error(name: &str, span: Span, first: &FrontMatterField) -> Diagnostic {
    let message = format!("“{name}” repeats an earlier setting");
    Diagnostic::error(Rule::Twice, span, message, "keep one of them")
        .with_label(first.span.clone(), "the first one")
}

fn comment_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "this comment is left out",
        "write it below the settings if readers should see it",
    )
}

fn syntax_error(message: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::FrontMatter,
        span,
        format!("the settings at the top of the file cannot be read: {message}"),
        "write each as a line “title: Digest”; put quotes around a value that contains a colon",
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
            "\u{feff}+++\r\ntitle = \"日米 Digest\"\r\nvolume = 1.10\r\nDate = 2022-03-11\r\n\
             slug=1\r\n+++\r\ntext",
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
                "expected one text for “title”, found a list or several settings <title: {a: b}>",
            ),
            (
                "---\ndraft: 2nd\n---",
                "expected true or false for “draft”, found “2nd” <draft: 2nd>",
            ),
            ("+++\ntitle = 1\ntitle = 2\n+++", "duplicate key"),
            (
                "---\nvol: 1\nvolume: 1\n---",
                "“volume” repeats an earlier setting <volume: 1>",
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
    fn drafts_are_found_even_if_the_setting_is_ignored() {
        for (source, expected) in [
            ("---\ndraft: true\n---", true),
            ("+++\ndraft = true\n+++", true),
            ("Title: x\nDraft: yes", true),
            ("---\ndraft: false\n---", false),
            ("---\ndraft: 2\n---", false),
            ("draft", false),
        ] {
            let series = Series {
                ignore: vec!["draft".to_owned()],
                ..Series::default()
            };
            let mut diagnostics = Vec::new();
            let (front, _) = FrontMatter::parse(source, &series, &mut diagnostics);
            assert_eq!(
                (front.is_draft(), diagnostics),
                (expected, vec![]),
                "{source}"
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
                .map(|comment| format!("this comment is left out <{comment}>"))
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
