//! Links with different texts that lead to the same address.

use std::collections::HashMap;

use crate::links::Link;
use crate::shorten::shorten;
use crate::source_map::SourceMap;
use crate::{Diagnostic, Rule};

/// Warns about each link with the address of an earlier link of the same detail but another text.
///
/// This happens when an editor forgets to copy the second address. The same address in two details,
/// or with the same text, is common and fine.
pub(crate) fn find_repeated_links(links: &[Link<'_>], source_map: &SourceMap) -> Vec<Diagnostic> {
    let mut firsts: HashMap<(usize, &str), &Link<'_>> = HashMap::new();
    let mut warnings = Vec::new();
    for link in links {
        let Some(headline) = link.headline else {
            continue;
        };
        let first = *firsts
            .entry((headline, link.href.as_written()))
            .or_insert(link);
        if first.text.trim() != link.text.trim()
            && !is_bare_address(first)
            && !is_bare_address(link)
        {
            warnings.push(repeated_link_warning(first, link, source_map));
        }
    }
    warnings
}

/// Returns true if the text shows the address, as for readers of a printed page.
fn is_bare_address(link: &Link<'_>) -> bool {
    let without_scheme = |text: &str| {
        text.trim()
            .trim_end_matches('/')
            .replace("https://", "")
            .replace("http://", "")
    };
    without_scheme(&link.text) == without_scheme(link.href.as_written())
}

fn repeated_link_warning(first: &Link<'_>, link: &Link<'_>, source_map: &SourceMap) -> Diagnostic {
    let warning = Diagnostic::warning(
        Rule::RepeatedLink,
        source_map.find(&link.path),
        format!(
            "this link leads to the same address as “{}” in this detail",
            shorten(&first.text)
        ),
        "write the address of the other source, or keep one of the two links",
    );
    match source_map.find(&first.path) {
        Some(span) => warning.with_label(span, "the first link"),
        None => warning,
    }
}

#[cfg(test)]
mod tests {
    use digest_issue::Href;

    use super::*;

    #[test]
    fn only_another_text_in_the_same_detail_is_a_warning() {
        let [one, other] = ["https://a.jp/", "https://b.jp/"].map(Href::new);
        let link = |href, text: &str, headline| Link {
            href,
            text: text.to_owned(),
            path: String::new(),
            headline,
        };
        let links = [
            link(&one, "title", None),
            link(&one, "said", Some(0)),
            link(&other, "told", Some(0)),
            link(&one, "said ", Some(0)),
            link(&one, "wrote", Some(0)),
            link(&one, "wrote", Some(1)),
            link(&other, "https://b.jp", Some(0)),
            link(&other, "b.jp", Some(0)),
        ];
        let messages: Vec<_> = find_repeated_links(&links, &SourceMap::default())
            .into_iter()
            .map(|warning| warning.message)
            .collect();
        assert_eq!(
            messages,
            ["this link leads to the same address as “said” in this detail"]
        );
    }
}
