//! The newsletters in `tests/newsletters`, in all layouts and many scripts: no word is lost.
//!
//! Each folder is a series with its `press.toml`. `UPDATE_GOLDEN=1` rewrites its `coverage.txt` and
//! `outlines.txt`. [`CONSTRUCTS`] has an example of each construct of Markdown.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use checks::coverage::{check_coverage, check_markdown, find_newsletters};
use checks::hostile::import_and_render;
use digest_press::{Layout, Series, Unplaced};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = vec![Trial::test(
        "truncated_newsletters_never_panic",
        import_truncated,
    )];
    for entry in fs::read_dir(FOLDER)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        trials.push(Trial::test(name, move || {
            check_coverage(&entry.path(), &entry.path(), usize::MAX)
        }));
    }
    for (section, markdown) in CONSTRUCTS {
        trials.push(Trial::test(format!("commonmark {section}"), || {
            check_construct(markdown)
        }));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// Relative to the package's folder, where Cargo runs tests.
const FOLDER: &str = "newsletters";

/// Sections of the CommonMark specification 0.31.2 (<https://spec.commonmark.org/0.31.2/>) and of
/// its extensions at GitHub (<https://github.github.com/gfm/>), each with Markdown that uses its
/// rules.
const CONSTRUCTS: [(&str, &str); 47] = [
    ("2.2 tabs", "-\tone\n\n\ttwo\n\n>\tthree\n\n1.\tfour"),
    ("2.3 insecure characters", "one\u{fffd}two &#0; three"),
    (
        "2.4 backslash escapes",
        "\\*one\\* \\[two](three) \\# four \\\\ five \\a six\\",
    ),
    (
        "2.5 character references",
        "&copy; one &#65; &#x42; &nbsp;two &notareference; &amp;amp; &lt;b&gt;",
    ),
    ("3.1 precedence", "- `one\n- two`"),
    (
        "4.1 thematic breaks",
        "one\n\n***\n\ntwo\n\n - - -\n\nthree\n\n_____",
    ),
    (
        "4.2 lower headings",
        "#### one\n\ntwo\n\n###### three ######\n\n#### `four` *five* [six](https://a.example/)",
    ),
    ("4.2 higher headings", "# one\n\ntwo\n\n### three\n\nfour"),
    ("4.2 no headings", "#one\n\n####### two\n\n\\# three\n\n#"),
    (
        "4.3 setext headings",
        "one\n===\n\ntwo *three*\nfour\n---\n\n### five\n\nsix",
    ),
    ("4.4 indented code", "one\n\n    two\n\n      three\n\nfour"),
    (
        "4.5 fenced code",
        "```\none\n```\n\n~~~~ rust\ntwo ``` three\n~~~~\n\n> ```\n> four",
    ),
    (
        "4.6 HTML blocks",
        "<div>\none\n\ntwo\n</div>\n\n<!-- three\n\nfour -->\n\n<pre>five\n\nsix</pre>\n\n<a href='b'>\nseven",
    ),
    (
        "4.7 definitions",
        "[one]: https://a.example/\n[Two]: <https://b.example/c d> 'three'\n\n[one] [two][] [four][ONE] [five]",
    ),
    (
        "4.7 unused definitions",
        "one\n\n[two]: https://a.example/two \"three\"",
    ),
    ("4.8 paragraphs", "one\n  two\n        three\n\n\n\nfour"),
    (
        "5.1 quotations",
        "> one\n> two\nthree\n\n> # four\n> - five\n>\n>> six",
    ),
    (
        "5.2 bullets",
        "- one\n\n  two\n\n      three\n-\n  four\n+ five\n* six",
    ),
    (
        "5.2 numbers",
        "1. one\n2. two\n\n7) three\n8) four\n\n007. five\n\n14) six",
    ),
    ("5.3 loose lists", "- one\n\n- two\n\n\n- three"),
    (
        "5.3 nested lists",
        "- one\n  - two\n    1. three\n    2. four\n\n       five\n  - six\n- seven",
    ),
    (
        "5.3 lists in paragraphs",
        "one\n- two\nthree\n\nfour\n14. five\n1. six",
    ),
    (
        "6.1 code",
        "`one` `` two ` three `` ` four ` `five\nsix` `seven",
    ),
    (
        "6.2 emphasis",
        "*one* _two_ **three** __four__ ***five*** **six *seven* eight** *nine **ten***",
    ),
    (
        "6.2 no emphasis",
        "* one* two_three_four _five *six 2*3*4 **seven** **eight ** nine",
    ),
    (
        "6.2 emphasis beside punctuation",
        "**「一」**二 *(three)*four **five.**six _\"seven\"_.",
    ),
    (
        "6.3 inline links",
        "[one](https://a.example/) [two](<https://a.example/b> 'three') [four](https://a.example/(b(c))) [five](\nhttps://a.example/d)",
    ),
    (
        "6.3 link texts",
        "[one *two* `three`](https://a.example/) [four [five]](https://b.example/) [six](https://c.example/)seven",
    ),
    (
        "6.3 no links",
        "[one] [two](three four) [five]( six [seven]: eight \\[nine](ten) [eleven](https://a.example/",
    ),
    (
        "6.3 addresses that lead nowhere",
        "[one](#) [two](<>) [three]() [four](#five) [six](/seven) [eight](nine.html)",
    ),
    (
        "6.3 unsafe addresses",
        "[one](javascript:two) [three](data:text/html,four) [five](//a.example/) [six](ftp://a.example/)",
    ),
    (
        "6.3 reference links",
        "[one][a] [two][A ] [three][] [four][b]\n\n[a]: https://a.example/?b=c&amp;d=e\n[three]: https://b.example/%20f 'five'",
    ),
    (
        "6.4 images",
        "one ![two](three.jpg) four ![five *six*](https://a.example/b.png \"seven\") ![eight][c]\n\n[c]: d.gif",
    ),
    (
        "6.5 autolinks",
        "<https://a.example/one?two=three> <mailto:four@b.example> <five@c.example> <six>",
    ),
    (
        "6.6 raw HTML",
        "one <b>two</b> <br/> <!-- three --> <a href=\"https://a.example/\">four</a> <?five?> <![CDATA[six]]>",
    ),
    ("6.7 hard breaks", "one  \ntwo\\\nthree\n\n- four  \n  five"),
    ("6.8 soft breaks", "one\ntwo \n three\n一\n二\n"),
    (
        "6.9 text",
        "one ! two & three < four > five \" six ' seven $ % , . / : ; = ? @ ^ { | } ~",
    ),
    (
        "gfm 4.10 tables",
        "| one | two |\n|:----|----:|\n| three \\| four | *five* |\n| [six](https://a.example/) |\n\nseven | eight\n- | -\nnine",
    ),
    ("gfm 5.3 task lists", "- [ ] one\n- [x] two\n- [X]three"),
    (
        "gfm 6.5 strikethrough",
        "~~one~~ ~two~ ~~~three~~~ four~~five",
    ),
    (
        "gfm 6.9 bare addresses",
        "https://a.example/one www.b.example two@c.example http://d.example.",
    ),
    (
        "gfm footnotes",
        "one[^a] two[^b]\n\n[^a]: three\n\n    four\n[^b]: five [six](https://a.example/)",
    ),
    (
        "many scripts",
        "日本語と**強調**の文。中文，*标点*。 العربية **مهم** עברית ไทย हिन्दी 한국어 Ελληνικά",
    ),
    (
        "emoji",
        "👩‍🚀 one 🏳️‍🌈 *two* 1️⃣ [🎉](https://a.example/) **🎈**three",
    ),
    (
        "white space",
        "one\u{a0}two\u{2003}three\u{3000}四\u{200b}five",
    ),
    (
        "long text",
        include_str!("newsletters/observatory/halle-ness-112.md"),
    ),
];

fn check_construct(markdown: &str) -> Result<(), Failed> {
    let series = Series {
        layout: Layout::Headings,
        unplaced: Unplaced::LeaveOut,
        ..Series::default()
    };
    let masthead = "---\ntitle: Constructs\nvolume: 1\ndate: 2024-01-01\n---\n";
    let source = format!("{masthead}\n### Headline\n\nbefore\n\n{markdown}\n\nafter\n");
    check_markdown(&source, &series)
}

/// Imports the beginning of each newsletter, up to each line.
fn import_truncated() -> Result<(), Failed> {
    for entry in fs::read_dir(FOLDER)? {
        for path in find_newsletters(&entry?.path(), &Series::default())? {
            import_prefixes(&path)?;
        }
    }
    Ok(())
}

fn import_prefixes(path: &Path) -> Result<(), Failed> {
    let source = fs::read_to_string(path)?;
    let ends = source.match_indices('\n').map(|(end, _)| end);
    ends.step_by(5)
        .try_for_each(|end| import_and_render(&source[..end]))
}
