//! Checks newsletters of three sizes and many kinds. Time and memory must grow with the size, and
//! no faster.

use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::Result;
use xshell::Shell;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::measurement::measure;

/// Sizes of the inputs in bytes. The largest is the limit for Markdown.
const SIZES: [usize; 3] = [250_000, 500_000, 1_000_000];

/// Measures `digest-press check` on each input and prints a table. The last column is how much
/// longer the second half of the largest input takes than the second half of the middle one: 2 if
/// time is linear in the size, 4 if it is quadratic.
pub(super) fn run(sh: &Shell, program: &Path, out: &Path, runs: usize) -> Result<()> {
    sh.write_file(
        out.join("press.toml"),
        "layout = \"headings\"\nheading = 2\n",
    )?;
    println!(
        "\n{:<20}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}",
        "check, by size", "250 KB", "500 KB", "1 MB", "250 KB", "500 KB", "1 MB", "growth"
    );
    for (name, file, make) in KINDS {
        let mut costs = Vec::new();
        for size in SIZES {
            sh.write_file(out.join(file), make(size)?)?;
            costs.push(measure_check(sh, program, out, file, runs)?);
        }
        print_row(name, &costs);
    }
    Ok(())
}

/// Returns the mean processor time in milliseconds, and the most memory in megabytes.
fn measure_check(
    sh: &Shell,
    program: &Path,
    folder: &Path,
    file: &str,
    runs: usize,
) -> Result<(f64, f64)> {
    let (mut seconds, mut megabytes) = (0.0, 0.0_f64);
    for _ in 0..runs {
        let cost = measure(sh, folder, program, &["check", file])?;
        seconds += cost.processor_seconds;
        megabytes = megabytes.max(cost.megabytes);
    }
    let mean = seconds / f64::from(u32::try_from(runs)?);
    Ok((mean * 1000.0, megabytes))
}

fn print_row(name: &str, costs: &[(f64, f64)]) {
    let &[small, middle, large] = costs else {
        return;
    };
    let growth = (large.0 - middle.0) / (middle.0 - small.0);
    print!("{name:<20}");
    for (milliseconds, _) in [small, middle, large] {
        print!("{:>8}", format!("{milliseconds:.0} ms"));
    }
    for (_, megabytes) in [small, middle, large] {
        print!("{:>8}", format!("{megabytes:.0} MB"));
    }
    println!("{growth:>9.1}");
}

/// Writes an input of at most this size.
type Maker = fn(usize) -> Result<Vec<u8>>;

/// Each kind with the name of its file.
const KINDS: [(&str, &str, Maker); 13] = [
    ("paragraphs", "a.md", |size| {
        markdown(size, &format!("{SENTENCE}\n\n"))
    }),
    ("one paragraph", "a.md", |size| {
        markdown(size, &format!("{SENTENCE}\n"))
    }),
    ("marks", "a.md", |size| {
        markdown(
            size,
            &format!("{SENTENCE} {SENTENCE} **Bold words** and *some in italics* too.\n"),
        )
    }),
    ("links", "a.md", |size| {
        markdown(
            size,
            &format!("{SENTENCE} [A source](https://example.com/a/source) says so.\n"),
        )
    }),
    ("bullets", "a.md", |size| {
        markdown(size, &format!("- {SENTENCE}\n"))
    }),
    ("lists in lists", "a.md", |size| {
        markdown(
            size,
            &format!("- {SENTENCE}\n  - {SENTENCE}\n    1. {SENTENCE}\n"),
        )
    }),
    ("quotations", "a.md", |size| {
        markdown(size, &format!("> {SENTENCE}\n>\n> > {SENTENCE}\n\n"))
    }),
    ("table", "a.md", |size| {
        let head = format!("{MASTHEAD}## A headline\n\n| a | b | c |\n|---|---|---|\n");
        let cell = format!("| {SENTENCE} ");
        Ok(fill(&head, &format!("{}|\n", cell.repeat(3)), "", size))
    }),
    ("code", "a.md", |size| {
        let head = format!("{MASTHEAD}## A headline\n\n```\n");
        Ok(fill(
            &head,
            "let words = text.split(' ').count();\n",
            "```\n",
            size,
        ))
    }),
    ("headlines", "a.md", |size| {
        let detail = format!("{SENTENCE} ").repeat(16);
        let story = format!("## A headline of the newsletter\n\n{detail}\n\n");
        Ok(fill(MASTHEAD, &story, "", size))
    }),
    ("web page", "a.html", |size| {
        let head = "<style>.a b { color: red } p.b { margin: 0 }</style><h1>Digest</h1>\
                    <p>Vol: 1<p>Date: March 11, 2022<h2>A headline</h2>\n";
        let paragraph = format!("<p class=b style='color: red'><b>Words</b> {SENTENCE}</p>\n");
        Ok(fill(head, &paragraph, "", size))
    }),
    ("mail", "a.html", |size| {
        let head = "<h1>Digest</h1><p>Vol: 1<p>Date: March 11, 2022<h2>A headline</h2>\n";
        let block = format!(
            "<table role=presentation width=600><tr><td style='padding: 9px'><table><tr><td>\
             <p>{SENTENCE}</p><p>{SENTENCE}</p></td></tr></table></td></tr></table>\n"
        );
        Ok(fill(head, &block, "", size))
    }),
    ("Word document", "a.docx", word_document),
];

/// Long enough that 1 MB of it has fewer pieces than the limit.
const SENTENCE: &str = "The ferry leaves at nine and comes back in the evening, and it takes \
                        bicycles, dogs and boxes of fish, but no cars.";

const MASTHEAD: &str = "---\ntitle: Digest\nvolume: 1\ndate: 2022-03-11\n---\n\n";

fn markdown(size: usize, block: &str) -> Result<Vec<u8>> {
    Ok(fill(
        &format!("{MASTHEAD}## A headline\n\n"),
        block,
        "",
        size,
    ))
}

/// Repeats a block until the text would be larger than `size`.
fn fill(head: &str, block: &str, tail: &str, size: usize) -> Vec<u8> {
    let count = size.saturating_sub(head.len() + tail.len()) / block.len();
    format!("{head}{}{tail}", block.repeat(count)).into_bytes()
}

/// Writes a Word document whose text has this size without compression.
fn word_document(size: usize) -> Result<Vec<u8>> {
    let paragraph = |properties: &str, text: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let head = [
        paragraph("", "Digest"),
        paragraph("", "Vol: 1"),
        paragraph("", "Date: March 11, 2022"),
        paragraph("<w:outlineLvl w:val='1'/>", "A headline"),
    ];
    let open = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
                <w:body>";
    let head = format!("{open}{}", head.concat());
    let text = paragraph("", SENTENCE);
    let document = fill(&head, &text, "</w:body></w:document>", size);
    let relations = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
        <Relationship Id='a' Target='word/document.xml' \
        Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/>\
        </Relationships>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (file, bytes) in [
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", &document),
    ] {
        zip.start_file(file, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
