//! `search.json`: the details of all headlines as plain text, for the search through a series.

use data_encoding::HEXLOWER;
use digest_issue::{Block, Headline, Issue, run_text};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The version of the `search.json` format.
const FORMAT: u32 = 1;

/// The file name.
pub(crate) const SEARCH_TEXT: &str = "search.json";

/// The details of a series, which belong to the headlines in `archive.json`.
#[derive(Serialize)]
struct SearchText {
    format: u32,
    /// The same version as in `archive.json`, unless one of the files is from an older build.
    version: String,
    /// The text of each headline's detail, in the order of `archive.json`.
    details: Vec<String>,
}

/// Writes `search.json`. The issues are newest first.
///
/// It has neither headlines nor ids, which are in `archive.json`: they would be a quarter of it.
pub(crate) fn write_search_text(issues: &[&Issue]) -> Result<String, serde_json::Error> {
    let headlines = issues.iter().flat_map(|issue| &issue.headlines);
    let text = SearchText {
        format: FORMAT,
        version: hash_headlines(issues),
        details: headlines.map(extract_text).collect(),
    };
    serde_json::to_string(&text).map(|json| json + "\n")
}

/// Returns a hash of the ids of all headlines: lists with the same hash have the same order.
pub(crate) fn hash_headlines(issues: &[&Issue]) -> String {
    let mut hash = Sha256::new();
    for issue in issues {
        let headlines = issue.headlines.iter().map(|headline| &headline.id);
        for id in [&issue.id].into_iter().chain(headlines) {
            // No id contains a line break.
            hash.update(id);
            hash.update("\n");
        }
    }
    HEXLOWER.encode(&hash.finalize().as_slice()[..8])
}

/// Returns the text of a detail and its corrections in one line.
fn extract_text(headline: &Headline) -> String {
    let corrected = headline.corrected.iter();
    let corrected = corrected.map(|correction| run_text(&correction.text));
    let lines = headline.detail.iter().flat_map(list_lines);
    let text = lines.chain(corrected).collect::<Vec<_>>().join("\n");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lists the text of each paragraph, heading, cell and picture of a block.
fn list_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(runs) | Block::Preformatted(runs) | Block::Heading(runs) => {
            vec![run_text(runs)]
        }
        Block::Table(table) => {
            let rows = [&table.head].into_iter().chain(&table.rows);
            rows.flatten().map(|cell| run_text(cell)).collect()
        }
        Block::Image(image) => {
            let alt = image.alt.iter().cloned();
            let credit = image.credit.iter().map(|credit| credit.text.clone());
            alt.chain([run_text(&image.caption)])
                .chain(credit)
                .collect()
        }
        Block::List(list) => list.items.iter().flatten().flat_map(list_lines).collect(),
        Block::Quote(blocks) => blocks.iter().flat_map(list_lines).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn load_issue(json: &str) -> Issue {
        Issue::from_json(json.as_bytes()).unwrap()
    }

    #[test]
    fn every_text_of_a_detail_is_in_one_line() {
        let issue = load_issue(
            r#"{"format": 1, "id": "a", "title": "A", "volume": "1", "date": "2022-03-11",
                "lang": "en", "headlines": [
                {"id": "b", "text": "B", "detail": [
                    ["One ", {"text": "two", "strong": true}, "."],
                    {"list": [["three", {"list": [["four"]]}], ["five"]]},
                    {"quote": [["six"]]},
                    {"pre": ["seven\n  eight"]},
                    {"heading": ["nine"]},
                    {"table": [[["twelve"], ["thirteen"]]], "head": [["ten"], ["eleven"]]},
                    {"image": {"src": "a.jpg", "alt": "fourteen", "caption": ["fifteen"],
                        "credit": {"text": "sixteen"}}}],
                "corrected": [{"date": "2022-03-12", "text": ["seventeen"]}]},
                {"id": "c", "text": "C"}]}"#,
        );
        let text: Value = serde_json::from_str(&write_search_text(&[&issue]).unwrap()).unwrap();
        let all = "One two. three four five six seven eight nine ten eleven twelve thirteen \
             fourteen fifteen sixteen seventeen";
        assert_eq!(text["details"], serde_json::json!([all, ""]));
    }

    #[test]
    fn version_changes_with_the_list_of_headlines() {
        let issue = load_issue(include_str!("../../../tests/import/seed/issue.json"));
        let mut shorter = issue.clone();
        shorter.headlines.pop();
        let mut reworded = issue.clone();
        reworded.headlines[0].detail.clear();
        let hash = |issue: &Issue| hash_headlines(&[issue]);
        assert_ne!(hash(&issue), hash(&shorter));
        assert_eq!(hash(&issue), hash(&reworded));
    }
}
