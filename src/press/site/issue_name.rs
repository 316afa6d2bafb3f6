//! The names of an issue in titles and lists.

use digest_issue::Issue;
use digest_view::Strings;

use crate::date;

/// Formats the name of an issue with its series: "US-Japan Alliance Digest Vol 1.5".
pub(crate) fn format_title(issue: &Issue) -> String {
    format!("{} {}", issue.title, format_number(issue))
}

/// Formats the name of an issue beside the title of its series: without the title, unless the issue
/// has another one.
pub(crate) fn format_name(issue: &Issue, series: &str) -> String {
    if issue.title == series {
        format_number(issue)
    } else {
        format_title(issue)
    }
}

/// Formats the name of an issue within its series: "Vol 1.5", or its day if it has no number.
pub(crate) fn format_number(issue: &Issue) -> String {
    if issue.has_date_as_volume() {
        return format_day(issue);
    }
    let [before, after] = Strings::for_lang(issue.lang.as_str()).volume;
    format!("{before}{}{after}", issue.volume.as_str())
}

/// Formats the day of an issue in the language of the interface around the issue.
pub(crate) fn format_day(issue: &Issue) -> String {
    date::format_date(issue.date, Strings::for_lang(issue.lang.as_str()).lang)
}

#[cfg(test)]
mod tests {
    use digest_issue::{Lang, Volume};

    use super::*;

    fn seed_issue() -> Issue {
        Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap()
    }

    #[test]
    fn title_has_the_volume_or_the_day() {
        let issue = seed_issue();
        assert_eq!(format_title(&issue), "US-Japan Alliance Digest Vol 1.5");
        for volume in ["2022-03-11", ""] {
            let by_day = Issue {
                volume: Volume::new(volume),
                ..issue.clone()
            };
            assert_eq!(
                format_title(&by_day),
                "US-Japan Alliance Digest March 11, 2022",
                "{volume:?}"
            );
        }
    }

    #[test]
    fn number_and_day_have_the_same_language() {
        for (lang, expected) in [
            ("en-GB", ["Vol 1.5", "March 11, 2022"]),
            ("ja-JP", ["第1.5号", "2022年3月11日"]),
            ("ar", ["Vol 1.5", "March 11, 2022"]),
        ] {
            let issue = Issue {
                lang: Lang::new(lang),
                ..seed_issue()
            };
            assert_eq!(
                [format_number(&issue), format_day(&issue)],
                expected,
                "{lang}"
            );
        }
    }
}
