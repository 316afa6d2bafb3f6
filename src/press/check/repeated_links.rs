use std::collections::HashMap;

use crate::links::Link;
use crate::source_map::SourceMap;
use crate::{Diagnostic, Rule};

/// A warning for each link that leads where another text of the same detail leads already.
///
/// That is how it looks when somebody forgot to copy the second address. The same address under two
/// headlines is usual, and so is the same text with the same address.
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
        if first.text.trim() != link.text.trim() {
            warnings.push(warning(first, link, source_map));
        }
    }
    warnings
}

fn warning(first: &Link<'_>, link: &Link<'_>, source_map: &SourceMap) -> Diagnostic {
    let warning = Diagnostic::warning(
        Rule::RepeatedLink,
        source_map.find(&link.path),
        format!(
            "this link leads to the same address as “{}” in this detail",
            first.text.trim()
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
    fn only_another_text_in_the_same_detail_is_named() {
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
