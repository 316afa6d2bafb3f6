//! The limits of an issue that a page draws. A page that draws a larger one stops for seconds.

use digest_issue::{Block, Issue};

const MAX_HEADLINES: usize = 10_000;

const MAX_PIECES: usize = 200_000;

/// Returns true if the issue has too many headlines, or too many blocks and runs. Both limits are
/// above those of `digest-press`.
#[must_use]
pub fn is_too_large(issue: &Issue) -> bool {
    let mut pieces = 0;
    count_pieces(&issue.intro, &mut pieces);
    count_pieces(&issue.outro, &mut pieces);
    for headline in &issue.headlines {
        count_pieces(&headline.detail, &mut pieces);
    }
    issue.headlines.len() > MAX_HEADLINES || pieces > MAX_PIECES
}

/// Adds the blocks and the runs in them.
fn count_pieces(blocks: &[Block], pieces: &mut usize) {
    *pieces += blocks.len();
    for block in blocks {
        match block {
            Block::Paragraph(runs) | Block::Preformatted(runs) | Block::Heading(runs) => {
                *pieces += runs.len();
            }
            Block::List(list) => {
                *pieces += list.items.len();
                list.items
                    .iter()
                    .for_each(|item| count_pieces(item, pieces));
            }
            Block::Quote(blocks) => count_pieces(blocks, pieces),
            Block::Table(table) => {
                for row in table.rows.iter().chain([&table.head]) {
                    *pieces += 1 + row.len();
                    row.iter().for_each(|cell| *pieces += cell.len());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use digest_issue::{Date, Headline, Lang, List, Run, Table, Volume};

    use super::*;

    fn issue() -> Issue {
        Issue {
            format: digest_issue::FORMAT,
            id: "digest-1".to_owned(),
            title: "Digest".to_owned(),
            volume: Volume::new("1"),
            date: Date::new(2024, 3, 1).unwrap(),
            lang: Lang::new("en"),
            url: None,
            image: None,
            intro: Vec::new(),
            headlines: Vec::new(),
            outro: Vec::new(),
        }
    }

    #[test]
    fn too_many_headlines_are_too_large() {
        let mut issue = issue();
        issue.headlines = vec![Headline::default(); MAX_HEADLINES];
        assert!(!is_too_large(&issue));
        issue.headlines.push(Headline::default());
        assert!(is_too_large(&issue));
    }

    #[test]
    fn too_many_pieces_of_any_kind_are_too_large() {
        let runs = vec![Run::default(); 10];
        let blocks = [
            Block::Paragraph(runs.clone()),
            Block::Preformatted(runs.clone()),
            Block::Heading(runs),
            Block::Quote(vec![Block::Quote(Vec::new()); 10]),
            Block::List(List {
                items: vec![Vec::new(); 10],
                ..List::default()
            }),
            Block::Table(Table {
                rows: vec![vec![Vec::new()]; 5],
                ..Table::default()
            }),
        ];
        for block in blocks {
            let mut pieces = 0;
            count_pieces(slice::from_ref(&block), &mut pieces);
            assert!(pieces >= 11, "{block:?}");
            let mut issue = issue();
            issue.outro = vec![block; MAX_PIECES / 10];
            assert!(is_too_large(&issue));
            issue.outro.truncate(100);
            assert!(!is_too_large(&issue));
        }
    }

    #[test]
    fn pieces_are_counted_in_all_texts_together() {
        let texts = || vec![Block::Paragraph(Vec::new()); MAX_PIECES / 2];
        let mut issue = issue();
        issue.headlines = vec![Headline {
            detail: texts(),
            ..Headline::default()
        }];
        issue.intro = texts();
        assert!(!is_too_large(&issue));
        issue.outro = vec![Block::Quote(Vec::new())];
        assert!(is_too_large(&issue));
    }
}
