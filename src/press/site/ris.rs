use digest_issue::{Headline, Issue};

use crate::Site;

/// Each headline of an issue as a reference for EndNote, Zotero and others: the RIS format
/// (“RIS Format Specifications”, Research Information Systems).
///
/// A tag is two letters, two spaces, a hyphen and a space; each is on a line of its own, which ends with
/// CR LF; `TY` is first and `ER` last. The text is in UTF-8, which programs expect today.
pub(crate) fn ris(issue: &Issue, site: &Site) -> String {
    issue.headlines.iter().map(|headline| reference(headline, issue, site)).collect()
}

fn reference(headline: &Headline, issue: &Issue, site: &Site) -> String {
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
