//! `citations.ris`: the headlines of an issue in RIS, which EndNote, Zotero and others import.

use digest_issue::{Headline, Issue};

use crate::SiteAddress;

/// Writes a reference for each headline (“RIS Format Specifications”, Research Information
/// Systems).
///
/// Each line has a tag of two letters, two spaces, a hyphen, a space and a value, and ends with CR
/// LF. `TY` comes first and `ER` last. Programs expect UTF-8 today.
pub(crate) fn write_ris(issue: &Issue, site: &SiteAddress) -> String {
    issue
        .headlines
        .iter()
        .map(|headline| format_reference(headline, issue, site))
        .collect()
}

fn format_reference(headline: &Headline, issue: &Issue, site: &SiteAddress) -> String {
    let day = issue.date.to_string().replace('-', "/");
    let year: String = day.chars().take(4).collect();
    let url = site.headline_url(issue, headline);
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
    .into_iter()
    .filter(|(tag, value)| *tag == "ER" || !value.is_empty())
    .map(|(tag, value)| format!("{tag}  - {value}\r\n"))
    .collect()
}

#[cfg(test)]
mod tests {
    use biblib::{CitationParser, RisParser};
    use digest_issue::Volume;

    use super::*;

    #[test]
    fn every_headline_is_parsed_back_unchanged() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let issue = Issue {
            title: "ER  - TY".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site = "https://cdn.example".parse().unwrap();
        let references = RisParser::new().parse(&write_ris(&issue, &site)).unwrap();
        assert_eq!(references.len(), issue.headlines.len());
        for (reference, headline) in references.iter().zip(&issue.headlines) {
            assert_eq!(reference.title, headline.text);
            assert_eq!(reference.journal.as_ref(), Some(&issue.title));
            assert_eq!(
                reference.urls,
                [site.headline_url(&issue, headline).as_str()]
            );
            let day = reference
                .date
                .as_ref()
                .map(|day| (day.year, day.month, day.day));
            assert_eq!(day, Some((2022, Some(3), Some(11))));
        }
    }

    #[test]
    fn reference_without_a_volume_has_no_such_line() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue {
            volume: Volume::new(""),
            ..Issue::from_json(json).unwrap()
        };
        let references = write_ris(&issue, &"https://cdn.example".parse().unwrap());
        assert!(!references.contains("\nVL"), "{references}");
        assert!(references.ends_with("\nER  - \r\n"), "{references}");
    }
}
