use digest_issue::Issue;
use digest_view::Strings;

use crate::date;

/// What an issue is called where its series is not named beside it: "US-Japan Alliance Digest Vol 1.5".
pub(crate) fn title(issue: &Issue) -> String {
    format!("{} {}", issue.title, number(issue))
}

/// What an issue is called in its series: "Vol 1.5", or its day where issues are counted by their days.
pub(crate) fn number(issue: &Issue) -> String {
    if issue.is_counted_by_days() {
        return day(issue);
    }
    let [before, after] = Strings::for_lang(issue.lang.as_str()).volume;
    format!("{before}{}{after}", issue.volume.as_str())
}

/// The day of an issue as its language writes it.
pub(crate) fn day(issue: &Issue) -> String {
    date::long(issue.date, &issue.lang)
}

#[cfg(test)]
mod tests {
    use digest_issue::Volume;

    use super::*;

    #[test]
    fn an_issue_is_called_by_its_volume_or_by_its_day() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue::from_json(json).unwrap();
        assert_eq!(title(&issue), "US-Japan Alliance Digest Vol 1.5");
        let by_day = Issue {
            volume: Volume::new("2022-03-11"),
            ..issue
        };
        assert_eq!(title(&by_day), "US-Japan Alliance Digest March 11, 2022");
    }
}
