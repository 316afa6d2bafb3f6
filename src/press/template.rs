use toml::Value;

/// The files that a series begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Template {
    /// In English.
    En,
    /// In Japanese.
    Ja,
}

/// What a series is called in the templates.
const TITLE: &str = "TITLE";

impl Template {
    /// The folder of the newsletters.
    pub(crate) const ISSUES: &str = "issues";

    /// What to read first.
    pub(crate) const README: &str = "README.md";

    /// The files: their paths in the folder of the series, and what is in them.
    pub(crate) fn files(self, title: Option<&str>) -> [(&'static str, String); 3] {
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
            ("issues/issue-1.1.md", issue.replace(TITLE, &escaped(title))),
            (Template::README, readme.to_owned()),
        ]
    }
}

/// A title that Markdown takes for nothing but text.
fn escaped(title: &str) -> String {
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

    /// The sample issue, as press.toml and the newsletter make it.
    fn imported(starter: Template, title: Option<&str>) -> Imported {
        let folder = tempfile::tempdir().unwrap();
        let [(_, settings), (_, issue), _] = starter.files(title);
        fs::write(folder.path().join(Series::FILE), settings).unwrap();
        import(&issue, None, &Series::load(folder.path()).unwrap()).unwrap()
    }

    #[test]
    fn the_sample_is_sound_in_every_language() {
        for (starter, lang, title) in [
            (Template::En, "en", "News Digest"),
            (Template::Ja, "ja", "ニュースダイジェスト"),
        ] {
            let Imported { issue, warnings } = imported(starter, None);
            assert_eq!(warnings, []);
            assert_eq!(
                (issue.lang.as_str(), &*issue.title, issue.headlines.len()),
                (lang, title, 2)
            );
        }
    }

    #[test]
    fn a_title_may_hold_any_mark() {
        for title in [
            "US-Japan Alliance Digest",
            "R&D \"News\" *",
            "\\_[Radar]_ <b> #a",
            "5. # `Digest`",
            "「新聞」",
        ] {
            assert_eq!(imported(Template::En, Some(title)).issue.title, title);
        }
    }
}
