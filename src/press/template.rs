//! The files of a new series, from templates in English and Japanese.

use toml::Value;

/// The template of a new series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Template {
    /// English.
    En,
    /// Japanese.
    Ja,
}

/// The placeholder of the series' title in the templates.
const TITLE: &str = "TITLE";

impl Template {
    /// The folder of the newsletters.
    pub(crate) const ISSUES: &str = "issues";

    /// The instructions.
    pub(crate) const README: &str = "README.md";

    /// Renders the files: their paths in the folder of the series, and their texts.
    pub(crate) fn render(self, title: Option<&str>) -> [(&'static str, String); 3] {
        let (settings, issue, readme) = match self {
            Template::En => (
                include_str!("template/en/press.toml"),
                include_str!("template/en/issue.md"),
                include_str!("template/en/README.md"),
            ),
            Template::Ja => (
                include_str!("template/ja/press.toml"),
                include_str!("template/ja/issue.md"),
                include_str!("template/ja/README.md"),
            ),
        };
        let title = title.unwrap_or(match self {
            Template::En => "News Digest",
            Template::Ja => "ニュースダイジェスト",
        });
        [
            (
                "issues/press.toml",
                settings.replace(TITLE, &Value::from(title).to_string()),
            ),
            (
                "issues/issue-1.1.md",
                issue.replace(TITLE, &escape_markdown(title)),
            ),
            (Template::README, readme.to_owned()),
        ]
    }
}

/// Escapes a title so that Markdown reads it as plain text.
fn escape_markdown(title: &str) -> String {
    let is_mark =
        |character: char| character.is_ascii_punctuation() && !"-.,:;/'\"?!()%".contains(character);
    title
        .chars()
        .flat_map(|character| {
            is_mark(character)
                .then_some('\\')
                .into_iter()
                .chain([character])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{Imported, Series, import};

    /// Imports the sample issue with its press.toml.
    fn import_sample(template: Template, title: Option<&str>) -> Imported {
        let folder = tempfile::tempdir().unwrap();
        let [(_, settings), (_, issue), _] = template.render(title);
        fs::write(folder.path().join(Series::FILE), settings).unwrap();
        import(&issue, None, &Series::load(folder.path()).unwrap()).unwrap()
    }

    #[test]
    fn sample_issue_has_no_warnings() {
        for (template, lang, title) in [
            (Template::En, "en", "News Digest"),
            (Template::Ja, "ja", "ニュースダイジェスト"),
        ] {
            let Imported { issue, warnings } = import_sample(template, None);
            assert_eq!(warnings, []);
            assert_eq!(
                (issue.lang.as_str(), &*issue.title, issue.headlines.len()),
                (lang, title, 2)
            );
        }
    }

    #[test]
    fn title_with_markup_characters_stays_plain_text() {
        for title in [
            "US-Japan Alliance Digest",
            "R&D \"News\" *",
            "\\_[Radar]_ <b> #a",
            "5. # `Digest`",
            "「新聞」",
        ] {
            assert_eq!(import_sample(Template::En, Some(title)).issue.title, title);
        }
    }
}
