use digest_issue::{Headline, Issue};

use crate::SiteAddress;

/// Each headline of an issue as a reference for EndNote, Zotero and others: the RIS format
/// (“RIS Format Specifications”, Research Information Systems).
///
/// A tag is two letters, two spaces, a hyphen and a space; each is on a line of its own, which ends with
/// CR LF; `TY` is first and `ER` last. The text is in UTF-8, which programs expect today.
pub(crate) fn ris(issue: &Issue, site: &SiteAddress) -> String {
    issue
        .headlines
        .iter()
        .map(|headline| reference(headline, issue, site))
        .collect()
}

fn reference(headline: &Headline, issue: &Issue, site: &SiteAddress) -> String {
    let day = issue.date.to_string().replace('-', "/");
    let year: String = day.chars().take(4).collect();
    let url = site.headline(issue, headline);
    [
        ("TY", "MGZN"),
        ("AU", &issue.title),
        ("TI", &headline.text),
        ("T2", &issue.title),
        ("VL", issue.volume.as_str()),
        ("PY", &year),
        ("DA", &day),
        ("LA", issue.lang.as_str()),
        ("UR", url.as_str()),
        ("ER", ""),
    ]
    .map(|(tag, value)| format!("{tag}  - {value}\r\n"))
    .concat()
}

#[cfg(test)]
mod tests {
    use biblib::{CitationParser, RisParser};

    use super::*;

    #[test]
    fn every_headline_is_a_reference_that_is_read_as_it_was_written() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let issue = Issue {
            title: "ER  - TY".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site = "https://cdn.example".parse().unwrap();
        let references = RisParser::new().parse(&ris(&issue, &site)).unwrap();
        assert_eq!(references.len(), issue.headlines.len());
        for (reference, headline) in references.iter().zip(&issue.headlines) {
            assert_eq!(reference.title, headline.text);
            assert_eq!(reference.journal.as_ref(), Some(&issue.title));
            assert_eq!(reference.urls, [site.headline(&issue, headline).as_str()]);
            let day = reference
                .date
                .as_ref()
                .map(|day| (day.year, day.month, day.day));
            assert_eq!(day, Some((2022, Some(3), Some(11))));
        }
    }
}
