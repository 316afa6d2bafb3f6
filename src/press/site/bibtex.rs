use std::fmt::Write;

use digest_issue::{Headline, Issue};

use crate::SiteAddress;

/// The months as BibTeX and every style know them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Each headline of an issue as an entry for BibTeX and for biblatex.
///
/// An `@article` with the fields that both know: those of Patashnik's “BibTeXing”, which biblatex's manual
/// takes as well (2.2.5, “Field Aliases”; 2.3.8, “Date and Time Specifications”). `year` and `month` are
/// there instead of biblatex's `date`, without which BibTeX would find no year. Letters beyond ASCII stand
/// as they are, in UTF-8, LaTeX's own encoding since 2018.
pub(crate) fn bibtex(issue: &Issue, site: &SiteAddress) -> String {
    issue
        .headlines
        .iter()
        .map(|headline| entry(headline, issue, site))
        .collect::<Vec<_>>()
        .join("\n")
}

fn entry(headline: &Headline, issue: &Issue, site: &SiteAddress) -> String {
    // Both ids keep when the issue is published anew, and have no character that a key may not have.
    let mut entry = format!("@article{{{}:{},\n", issue.id, headline.id);
    let title = escape(&issue.title);
    // Braces in a field keep a name together that is no person's, and capitals as they are.
    for (field, value) in [
        ("author", format!("{{{{{title}}}}}")),
        ("title", format!("{{{{{}}}}}", escape(&headline.text))),
        ("journal", format!("{{{title}}}")),
        ("volume", format!("{{{}}}", escape(issue.volume.as_str()))),
        ("year", format!("{{{}}}", part(issue, 0))),
        ("month", month(issue).to_owned()),
        (
            "day",
            format!("{{{}}}", part(issue, 2).trim_start_matches('0')),
        ),
        ("url", format!("{{{}}}", site.headline(issue, headline))),
    ] {
        // Writing to a text cannot fail.
        let _ = writeln!(entry, "  {field} = {value},");
    }
    entry + "}\n"
}

fn month(issue: &Issue) -> &'static str {
    let number: usize = part(issue, 1).parse().unwrap_or_default();
    MONTHS
        .get(number.wrapping_sub(1))
        .copied()
        .unwrap_or_default()
}

/// The year, the month or the day, in digits.
fn part(issue: &Issue, index: usize) -> String {
    issue
        .date
        .to_string()
        .split('-')
        .nth(index)
        .unwrap_or_default()
        .to_owned()
}

/// Text as LaTeX reads it. A brace is a command: BibTeX counts braces, also those after a backslash.
fn escape(text: &str) -> String {
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

    use super::*;

    fn parsed(issue: &Issue) -> Bibliography {
        Bibliography::parse(&bibtex(issue, &"https://cdn.example".parse().unwrap())).unwrap()
    }

    #[test]
    fn every_headline_is_an_entry_that_is_read_as_it_was_written() {
        let issue =
            Issue::from_json(include_bytes!("../../../tests/import/japanese/issue.json")).unwrap();
        let bibliography = parsed(&issue);
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
    fn what_means_something_to_latex_is_text() {
        assert_eq!(escape(r"50% of $5 & #1_a"), r"50\% of \$5 \& \#1\_a");
        assert_eq!(
            escape(r"{a} \b ~ ^"),
            r"\textbraceleft{}a\textbraceright{} \textbackslash{}b \textasciitilde{} \textasciicircum{}"
        );
        assert_eq!(escape("<b>"), r"\textless{}b\textgreater{}");
        assert_eq!(escape("“日本” é"), "“日本” é");
    }

    #[test]
    fn no_text_ends_an_entry_early() {
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
            let bibliography = parsed(&Issue {
                title: title.to_owned(),
                ..issue.clone()
            });
            assert_eq!(bibliography.len(), issue.headlines.len(), "{title}");
        }
    }
}
