//! The names of an issue in titles and lists.

use digest_issue::Issue;
use digest_view::Strings;

use crate::date;

/// Formats the name of an issue with its series: "US-Japan Alliance Digest Vol 1.5".
pub(crate) fn format_title(issue: &Issue) -> String {
    format!("{} {}", issue.title, format_number(issue))
}

/// Formats the name of an issue within its series: "Vol 1.5", or its day if issues are counted by
/// days.
pub(crate) fn format_number(issue: &Issue) -> String {
    if issue.has_date_as_volume() {
        return format_day(issue);
    }
    let [before, after] = Strings::for_lang(issue.lang.as_str()).volume;
    format!("{before}{}{after}", issue.volume.as_str())
}

/// Formats the day of an issue in its language.
pub(crate) fn format_day(issue: &Issue) -> String {
    date::format_date(issue.date, &issue.lang)
}

#[cfg(test)]
mod tests {
    use digest_issue::Volume;

    use super::*;

    #[test]
    fn title_has_the_volume_or_the_day() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue::from_json(json).unwrap();
        assert_eq!(format_title(&issue), "US-Japan Alliance Digest Vol 1.5");
        let by_day = Issue {
            volume: Volume::new("2022-03-11"),
            ..issue
        };
        assert_eq!(
            format_title(&by_day),
            "US-Japan Alliance Digest March 11, 2022"
        );
    }
}
