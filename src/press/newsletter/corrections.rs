//! Corrections in details: “Correction, March 12, 2022: …”.

use digest_issue::{Block, Correction, Headline, Issue};

use super::rich_text::{run_text, skip_text};
use crate::date::parse_date;

/// Moves the paragraphs that are corrections with a day out of the details.
pub(super) fn extract_corrections(issue: &mut Issue) {
    issue.headlines.iter_mut().for_each(extract_from_headline);
}

fn extract_from_headline(headline: &mut Headline) {
    let Headline {
        detail, corrected, ..
    } = headline;
    detail.retain(|block| {
        let correction = read_correction(block);
        let is_text = correction.is_none();
        corrected.extend(correction);
        is_text
    });
}

/// Reads a paragraph that begins with a word for “correction” and a day; `None` for any other.
fn read_correction(block: &Block) -> Option<Correction> {
    let Block::Paragraph(runs) = block else {
        return None;
    };
    let text = run_text(runs);
    let start = text.find([':', '：'])?;
    let day = WORDS.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let is_word = head.eq_ignore_ascii_case(word);
        is_word.then(|| text[word.len()..start].trim_matches(AROUND_DAY))
    })?;
    let written = parse_date(day).ok()?;
    let colon = text[start..].chars().next()?;
    let text = skip_text(runs, start + colon.len_utf8());
    let is_usable = written.wrong_weekday.is_none() && !text.is_empty();
    is_usable.then_some(Correction {
        date: written.date,
        text,
    })
}

/// The words that begin a correction in English and Japanese, the longer ones first.
const WORDS: [&str; 5] = ["corrected on", "correction", "corrected", "訂正", "修正"];

/// Punctuation around the day.
const AROUND_DAY: [char; 10] = [' ', '\u{3000}', '(', ')', '（', '）', ',', '、', '–', '—'];

#[cfg(test)]
mod tests {
    use digest_issue::{Date, Run};

    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Run::plain(text)])
    }

    #[test]
    fn paragraphs_with_a_day_are_corrections() {
        for (text, expected) in [
            (
                "Correction, March 12, 2022: It is in Aomori.",
                "It is in Aomori.",
            ),
            (
                "Correction (12 March 2022): It is: in Aomori.",
                "It is: in Aomori.",
            ),
            ("CORRECTED on 2022-03-12: a", "a"),
            ("訂正（2022年3月12日）：青森です。", "青森です。"),
            ("修正 2022年3月12日: 青森です。", "青森です。"),
        ] {
            let mut headline = Headline {
                detail: vec![paragraph("a"), paragraph(text), paragraph("b")],
                ..Headline::default()
            };
            extract_from_headline(&mut headline);
            assert_eq!(headline.detail, [paragraph("a"), paragraph("b")], "{text}");
            let correction = Correction {
                date: Date::new(2022, 3, 12).unwrap(),
                text: vec![Run::plain(expected)],
            };
            assert_eq!(headline.corrected, [correction], "{text}");
        }
    }

    #[test]
    fn other_paragraphs_stay() {
        for text in [
            "Correction: It is in Aomori.",
            "Corrections were made on March 12, 2022: three.",
            "Correction, 3/4/2022: a",
            "Correction, Monday, March 12, 2022: a",
            "Correction, March 12, 2022:",
            "The correction, March 12, 2022: a",
        ] {
            assert_eq!(read_correction(&paragraph(text)), None, "{text}");
        }
    }
}
