//! `citations.bib`: the headlines of an issue as BibTeX entries.

use std::fmt::Write;

use digest_issue::{Headline, Issue};

use crate::SiteAddress;

/// The month macros that every BibTeX style defines.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Writes an entry for each headline.
///
/// An entry is an `@article` with fields that both BibTeX and biblatex read: the fields in
/// Patashnik's “BibTeXing”, which biblatex accepts (manual, 2.2.5 “Field Aliases” and 2.3.8 “Date
/// and Time Specifications”). It has `year` and `month` because BibTeX does not read biblatex's
/// `date`. Text is UTF-8, the default encoding of LaTeX since 2018.
pub(crate) fn write_bibtex(issue: &Issue, site: &SiteAddress) -> String {
    issue
        .headlines
        .iter()
        .map(|headline| format_entry(headline, issue, site))
        .collect::<Vec<_>>()
        .join("\n")
}

fn format_entry(headline: &Headline, issue: &Issue, site: &SiteAddress) -> String {
    // Both ids are permanent and contain only characters that a key may have.
    let mut entry = format!("@article{{{}:{},\n", issue.id, headline.id);
    let title = escape_latex(&issue.title);
    // Inner braces keep an organisation's name in one piece and preserve capitals.
    for (field, value) in [
        ("author", format!("{{{{{title}}}}}")),
        ("title", format!("{{{{{}}}}}", escape_latex(&headline.text))),
        ("journal", format!("{{{title}}}")),
        (
            "volume",
            format!("{{{}}}", escape_latex(issue.volume.as_str())),
        ),
        ("year", format!("{{{}}}", date_part(issue, 0))),
        ("month", month_macro(issue).to_owned()),
        (
            "day",
            format!("{{{}}}", date_part(issue, 2).trim_start_matches('0')),
        ),
        ("url", format!("{{{}}}", site.headline_url(issue, headline))),
    ] {
        if value != "{}" {
            // Writing to a `String` cannot fail.
            let _ = writeln!(entry, "  {field} = {value},");
        }
    }
    entry + "}\n"
}

fn month_macro(issue: &Issue) -> &'static str {
    let number: usize = date_part(issue, 1).parse().unwrap_or_default();
    MONTHS
        .get(number.wrapping_sub(1))
        .copied()
        .unwrap_or_default()
}

/// Returns the digits of the year (0), the month (1) or the day (2).
fn date_part(issue: &Issue, index: usize) -> String {
    issue
        .date
        .to_string()
        .split('-')
        .nth(index)
        .unwrap_or_default()
        .to_owned()
}

/// Escapes text for LaTeX. Braces become commands because BibTeX counts even escaped braces.
fn escape_latex(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '{' => escaped.push_str(r"\textbraceleft{}"),
            '}' => escaped.push_str(r"\textbraceright{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '<' => escaped.push_str(r"\textless{}"),
            '>' => escaped.push_str(r"\textgreater{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', character]),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt, Date, DateValue, PermissiveType};
    use digest_issue::Volume;

    use super::*;

    fn parse_bibtex(issue: &Issue) -> Bibliography {
        Bibliography::parse(&write_bibtex(
            issue,
            &"https://cdn.example".parse().unwrap(),
        ))
        .unwrap()
    }

    #[test]
    fn every_headline_is_parsed_back_unchanged() {
        let issue =
            Issue::from_json(include_bytes!("../../../tests/import/japanese/issue.json")).unwrap();
        let bibliography = parse_bibtex(&issue);
        assert_eq!(bibliography.len(), issue.headlines.len());
        for headline in &issue.headlines {
            let entry = bibliography
                .get(&format!("{}:{}", issue.id, headline.id))
                .unwrap();
            assert_eq!(entry.title().unwrap().format_verbatim(), headline.text);
            assert_eq!(
                entry.journal_title().unwrap().format_verbatim(),
                issue.title
            );
            let PermissiveType::Typed(Date {
                value: DateValue::At(day),
                ..
            }) = entry.date().unwrap()
            else {
                panic!("expected a day, found {:?}", entry.date())
            };
            let found = (
                day.year,
                day.month.map(|month| month + 1),
                day.day.map(|day| day + 1),
            );
            let expected: Vec<i32> = issue
                .date
                .to_string()
                .split('-')
                .map(|part| part.parse().unwrap())
                .collect();
            assert_eq!(
                (found.0, found.1.map(i32::from), found.2.map(i32::from)),
                (expected[0], Some(expected[1]), Some(expected[2]))
            );
        }
    }

    #[test]
    fn entry_without_a_volume_has_no_such_field() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let bibliography = parse_bibtex(&Issue {
            volume: Volume::new(""),
            ..Issue::from_json(json).unwrap()
        });
        assert!(
            bibliography
                .iter()
                .all(|entry| entry.get("volume").is_none())
        );
    }

    #[test]
    fn latex_commands_are_escaped() {
        assert_eq!(escape_latex(r"50% of $5 & #1_a"), r"50\% of \$5 \& \#1\_a");
        assert_eq!(
            escape_latex(r"{a} \b ~ ^"),
            r"\textbraceleft{}a\textbraceright{} \textbackslash{}b \textasciitilde{} \textasciicircum{}"
        );
        assert_eq!(escape_latex("<b>"), r"\textless{}b\textgreater{}");
        assert_eq!(escape_latex("“日本” é"), "“日本” é");
    }

    #[test]
    fn no_title_ends_an_entry_early() {
        let issue =
            Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap();
        for title in [
            "}",
            "{",
            r"\",
            r"a\}",
            "\"",
            "@article{x,",
            "%",
            "a,b = {c}",
        ] {
            let bibliography = parse_bibtex(&Issue {
                title: title.to_owned(),
                ..issue.clone()
            });
            assert_eq!(bibliography.len(), issue.headlines.len(), "{title}");
        }
    }
}
