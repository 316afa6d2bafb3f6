//! Tests of Word documents, written as the parts that count.

mod lists;
mod packages;
mod shown_text;
mod styles;

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::source::Source;

/// Zips a .docx file of these parts and the required ones.
fn zip_docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let package = r#"<Relationships><Relationship Id="r" Type="t/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let kinds = [
        "styles",
        "numbering",
        "comments",
        "footnotes",
        "header",
        "diagramData",
        "chart",
    ];
    let relations: String = kinds
        .iter()
        .filter(|kind| {
            parts
                .iter()
                .any(|(name, _)| *name == format!("word/{kind}.xml"))
        })
        .map(|kind| format!(r#"<Relationship Id="{kind}" Type="t/{kind}" Target="{kind}.xml"/>"#))
        .collect();
    let relations = format!(
        r#"<Relationships>{relations}<Relationship Id="l" Type="t/hyperlink" Target="https://x.example/" TargetMode="External"/></Relationships>"#
    );
    let fixed = [
        ("_rels/.rels", package),
        ("word/_rels/document.xml.rels", relations.as_str()),
    ];
    for (name, text) in fixed.iter().chain(parts) {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn wrap_body(body: &str) -> String {
    format!(
        "<w:document xmlns:w='w' xmlns:mc='m' xmlns:v='v' xmlns:m='math'><w:body>{body}</w:body></w:document>"
    )
}

fn convert(text: &str, parts: &[(&str, &str)]) -> Source {
    let document = wrap_body(text);
    let parts: Vec<_> = [("word/document.xml", document.as_str())]
        .iter()
        .chain(parts)
        .copied()
        .collect();
    let mut budget = Budget::default();
    let document = read(zip_docx(&parts), &mut budget).unwrap();
    markdown::write_document(document, &mut budget).unwrap()
}

fn convert_text(text: &str) -> String {
    convert(text, &[]).text
}

/// Returns a run of this text, with white space as it is.
fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

/// Returns a run of this text with properties.
fn run_with(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// Checks the text and the warnings of each case: what is around it, the text and the warning.
fn check_paragraphs(cases: &[(&str, &str, &[&str])]) {
    for (runs, text, warnings) in cases {
        let source = convert(&format!("<w:p>{runs}</w:p>"), &[]);
        assert_eq!(source.text.trim_end(), *text, "{runs}");
        assert_eq!(messages(&source), *warnings, "{runs}");
    }
}

fn messages(source: &Source) -> Vec<&str> {
    source
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect()
}

fn error_message(bytes: Vec<u8>) -> String {
    read(bytes, &mut Budget::default()).unwrap_err().message
}

#[test]
fn marks_and_breaks_are_kept() {
    for (xml, expected) in [
        (
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>a </w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>",
            "**a** b\n",
        ),
        (
            "<w:p><w:r><w:rPr><w:b w:val='0'/><w:i w:val='true'/></w:rPr><w:t>a</w:t></w:r></w:p>",
            "_a_\n",
        ),
        (
            "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>",
            "a\\\nb\tc\u{2011}\n",
        ),
        (
            "<w:p><w:r><w:sym w:font='Symbol' w:char='F0B7'/><w:t> a</w:t></w:r></w:p>",
            "•a\n",
        ),
        ("<w:p><w:r><w:t>● a</w:t></w:r></w:p>", "● a\n"),
        (
            "<w:p><w:r><w:t>*a*\u{a0}&lt;b&gt; &amp;amp;</w:t></w:r></w:p>",
            "\\*a\\*\u{a0}\\<b> \\&amp;\n",
        ),
    ] {
        assert_eq!(convert_text(xml), expected, "{xml}");
    }
}

#[test]
fn every_notation_of_a_link_is_read() {
    let expected = "see [this](https://x.example/) now\n";
    let run = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let mark = |kind| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let code = "<w:r><w:instrText> HYPERLINK </w:instrText></w:r><w:r><w:instrText>\"https://x.example/\"</w:instrText></w:r>";
    for link in [
        format!(
            "<w:hyperlink xmlns:r='r' r:id='l'>{}{}</w:hyperlink>",
            run("th"),
            run("is")
        ),
        format!(
            "<w:fldSimple w:instr='HYPERLINK \"https://x.example/\"'>{}</w:fldSimple>",
            run("this")
        ),
        format!(
            "{}{code}{}{}{}",
            mark("begin"),
            mark("separate"),
            run("this"),
            mark("end")
        ),
    ] {
        assert_eq!(
            convert_text(&format!("<w:p>{}{link}{}</w:p>", run("see "), run(" now"))),
            expected,
            "{link}"
        );
    }
}

#[test]
fn links_without_text_or_target_are_reported() {
    let source = convert(
        "<w:p><w:hyperlink xmlns:r='r' r:id='l'><w:r><w:t xml:space='preserve'> </w:t></w:r></w:hyperlink><w:hyperlink w:anchor='x'><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>",
        &[],
    );
    assert_eq!(source.text, "[a](#)\n");
    assert_eq!(
        messages(&source),
        ["a link without text is left out: “https://x.example/”"]
    );
}

#[test]
fn lists_and_headings_are_read_from_styles() {
    let styles = "<w:styles xmlns:w='w'>\
        <w:style w:styleId='T'><w:name w:val='Title'/></w:style>\
        <w:style w:styleId='berschrift2'><w:basedOn w:val='ring'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
        <w:style w:styleId='ring'><w:basedOn w:val='berschrift2'/></w:style>\
        <w:style w:styleId='B'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>";
    let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='5'>\
        <w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/><w:pPr><w:ind w:left='360'/></w:pPr></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val=' '/></w:lvl>\
        </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num></w:numbering>";
    let paragraph = |properties: &str, text: &str| {
        format!(
            "<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let level = |level| format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>");
    let text = [
        paragraph("<w:pStyle w:val='T'/>", "title"),
        paragraph("<w:pStyle w:val='berschrift2'/>", "heading"),
        paragraph("<w:pStyle w:val='B'/>", "item"),
        paragraph(&level(1), "number"),
        paragraph(
            "<w:pStyle w:val='B'/><w:numPr><w:numId w:val='0'/></w:numPr>",
            "no item",
        ),
        paragraph(&level(0), "item"),
        paragraph("<w:ind w:left='360'/>", "as far in as the item"),
        paragraph("<w:ind w:left='359'/>", "less far in"),
    ];
    let parts = [
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
    ];
    assert_eq!(
        convert(&text.concat(), &parts).text,
        "# title\n\n## heading\n\n- **item**\n  1. **number**\n\n**no item**\n\n- **item**\n\n  \
         **as far in as the item**\n\n**less far in**\n"
    );
}

#[test]
fn omissions_are_reported_with_their_line() {
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let comments = "<w:comments xmlns:w='w'><w:comment w:id='3'><w:p><w:r><w:t>is it?</w:t></w:r></w:p></w:comment></w:comments>";
    let header = "<w:hdr xmlns:w='w'><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>";
    let text = format!(
        "<w:p/><w:p>{}<w:ins>{}</w:ins><w:del>{}</w:del>{}{}{}</w:p>",
        run("<w:t>a</w:t>"),
        run("<w:t>b</w:t>"),
        run("<w:delText>gone</w:delText>"),
        run("<w:commentReference w:id='3'/>"),
        run("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>"),
        run("<w:rPr><w:strike/></w:rPr><w:t>struck</w:t>")
            + &run("<w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>th</w:t>"),
    );
    let source = convert(
        &text,
        &[("word/comments.xml", comments), ("word/header.xml", header)],
    );
    assert_eq!(source.text, "ab<del>struck</del><sup>th</sup>\n");
    assert_eq!(
        messages(&source),
        [
            "this document is read as if its 1 tracked insertion were accepted",
            "the page header is left out: “Draft”",
            "text deleted by a tracked change is left out: “gone”",
            "a comment is left out: “is it?”",
            "hidden text is left out: “hidden”",
        ]
    );
    assert_eq!(source.warnings[2].line(&source.text), Some(1));
}

#[test]
fn tables_notes_and_images_are_kept_for_the_import() {
    let notes = "<w:footnotes xmlns:w='w'><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>note</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let text = format!(
        "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='2'/><w:drawing><docPr descr='a radar'/><blip embed='l'/></w:drawing></w:r></w:p>\
         <w:tbl><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl>",
        cell("1|"),
        cell("2"),
        cell("3")
    );
    assert_eq!(
        convert(&text, &[("word/footnotes.xml", notes)]).text,
        "a[^1]![a radar](https://x.example/)\n\n| 1\\| | 2 |\n| --- | --- |\n| 3 |  |\n\n[^1]: note\n"
    );
}

#[test]
fn anchored_pictures_follow_their_paragraph_but_end_no_list() {
    let picture = |how: &str| {
        format!(
            "<w:r><w:drawing><{how}><docPr descr='a&#10;radar'/><blip embed='l'/></{how}></w:drawing></w:r>"
        )
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let item = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>";
    let [inline, anchor] = ["inline", "anchor"].map(picture);
    let [a, b] = ["a", "b"].map(run);
    let shown = "![a radar](https://x.example/)";
    for (paragraphs, expected) in [
        (
            format!("<w:p>{anchor}{a}</w:p><w:p>{b}</w:p>"),
            format!("a\n\n{shown}\n\nb\n"),
        ),
        (format!("<w:p>{inline}{a}</w:p>"), format!("{shown}a\n")),
        (format!("{anchor}{a}"), format!("a\n\n{shown}\n")),
        (
            format!("<w:p>{a}</w:p><w:tbl><w:tr><w:tc>{anchor}</w:tc></w:tr></w:tbl>"),
            format!("a\n\n| {shown} |\n| --- |\n"),
        ),
        (
            format!("<w:p>{item}{anchor}{a}</w:p><w:p>{item}{b}</w:p>"),
            format!("- a{shown}\n- b\n"),
        ),
    ] {
        assert_eq!(convert_text(&paragraphs), expected);
    }
}

#[test]
fn text_in_unknown_elements_is_read() {
    let run = "<w:r><w:t>a</w:t></w:r>";
    for text_in in [
        format!("<w:p><w:smartTag><w:customXml>{run}</w:customXml></w:smartTag></w:p>"),
        format!(
            "<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        ),
        format!("<w:unknown><w:p><w:unknown>{run}</w:unknown></w:p></w:unknown>"),
        format!("<w:ins><w:p>{run}</w:p></w:ins>"),
        format!("<w:p><w:moveFrom>{run}</w:moveFrom><w:moveTo>{run}</w:moveTo></w:p>"),
        format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:drawing></mc:Choice>\
                 <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>{run}</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p><w:p><w:oMath><t>a</t></w:oMath></w:p>"
            .to_owned(),
        run.to_owned(),
    ] {
        assert_eq!(convert_text(&text_in), "a\n", "{text_in}");
    }
    let ruby = "<w:p><w:ruby><w:rt><w:r><w:t>にちべい</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>日米</w:t></w:r></w:rubyBase></w:ruby></w:p>";
    assert_eq!(convert_text(ruby), "日米（にちべい）\n");
    let joined = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run}</w:p><w:p>{run}</w:p>");
    assert_eq!(convert_text(&joined), "aa\n");
}

#[test]
fn other_and_damaged_files_are_errors() {
    for (bytes, expected) in [
        (b"Digest".to_vec(), "is not a Word document"),
        (
            b"PK\x03\x04Digest".to_vec(),
            "cannot be read as a Word document",
        ),
        (b"\xd0\xcf\x11\xe0\xa1".to_vec(), "has a password"),
        (zip_docx(&[]), "cannot be read as a Word document"),
        (
            zip_docx(&[("word/document.xml", "<w:document xmlns:w='w'><w:body>")]),
            "is damaged",
        ),
        (
            zip_docx(&[(
                "word/document.xml",
                "<!DOCTYPE a [<!ENTITY b 'c'>]><document>&b;</document>",
            )]),
            "is damaged",
        ),
        (
            zip_docx(&[("word/document.xml", "<workbook/>")]),
            "is not a Word document",
        ),
        (
            zip_docx(&[
                ("word/document.xml", &wrap_body("")),
                ("word/styles.xml", "<"),
            ]),
            "is damaged",
        ),
    ] {
        let message = error_message(bytes);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn a_zip_bomb_is_an_error() {
    let bomb = zip_docx(&[(
        "word/document.xml",
        &wrap_body(&" ".repeat(33 * 1024 * 1024)),
    )]);
    assert!(bomb.len() < 100_000);
    assert!(error_message(bomb).contains("more than 33554432 bytes when unpacked"));
}

#[test]
fn too_deep_nesting_is_an_error() {
    for element in ["w:p", "w:tbl", "w:x"] {
        let [open, close] = [
            format!("<{element}>").repeat(100_000),
            format!("</{element}>").repeat(100_000),
        ];
        let message = error_message(zip_docx(&[(
            "word/document.xml",
            &wrap_body(&(open + &close)),
        )]));
        assert!(
            message.contains("more than 200 deep") || message.contains("damaged"),
            "{message}"
        );
    }
}
