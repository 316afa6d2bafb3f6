//! The quotation marks that browsers write around `<q>`.

use scraper::ElementRef;

/// A language's opening and closing marks, and those of a quotation inside a quotation.
type Marks = [&'static str; 4];

/// By language, after the Unicode CLDR. Other languages have those of English.
const MARKS: [(&[&str], Marks); 13] = [
    (
        &["ja", "zh-hant", "zh-tw", "zh-hk"],
        ["「", "」", "『", "』"],
    ),
    (
        &["de", "cs", "sk", "sl", "is", "bg", "et", "lt", "lv"],
        ["„", "“", "‚", "‘"],
    ),
    (&["fr"], ["«\u{a0}", "\u{a0}»", "«\u{a0}", "\u{a0}»"]),
    (&["de-ch", "it-ch"], ["«", "»", "‹", "›"]),
    (&["es", "it", "pt-pt", "ca", "el"], ["«", "»", "“", "”"]),
    (&["ru", "uk", "be"], ["«", "»", "„", "“"]),
    (&["pl", "ro"], ["„", "”", "«", "»"]),
    (&["hu"], ["„", "”", "»", "«"]),
    (&["hr", "sr", "bs"], ["„", "”", "‚", "’"]),
    (&["sv", "fi"], ["”", "”", "’", "’"]),
    (&["no", "nb", "nn"], ["«", "»", "‘", "’"]),
    (&["nl", "af"], ["‘", "’", "“", "”"]),
    (&["fa", "hy"], ["«", "»", "‹", "›"]),
];

const ENGLISH: Marks = ["“", "”", "‘", "’"];

/// Returns the marks before and behind a `<q>` element. Its language is that of the text around.
pub(crate) fn find_quotation_marks(quotation: ElementRef<'_>) -> (&'static str, &'static str) {
    let around = || quotation.ancestors().filter_map(ElementRef::wrap);
    let [open, close, inner_open, inner_close] = around()
        .find_map(|element| element.attr("lang"))
        .map_or(ENGLISH, find_marks);
    let depth = around().filter(|element| element.value().name() == "q");
    if depth.count() % 2 == 0 {
        (open, close)
    } else {
        (inner_open, inner_close)
    }
}

/// Returns the marks of a language tag, of which the end may say nothing about them.
fn find_marks(tag: &str) -> Marks {
    let tag = tag.to_ascii_lowercase();
    let mut prefix = tag.as_str();
    loop {
        let known = MARKS.iter().find(|(tags, _)| tags.contains(&prefix));
        match (known, prefix.rsplit_once('-')) {
            (Some((_, marks)), _) => return *marks,
            (None, Some((shorter, _))) => prefix = shorter,
            (None, None) => return ENGLISH,
        }
    }
}
