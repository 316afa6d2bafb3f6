//! Styles: document defaults, tables, paragraphs, characters.

use super::*;

const STYLES: &str = "<w:styles xmlns:w='w'>\
    <w:style w:type='paragraph' w:default='1' w:styleId='Normal'/>\
    <w:style w:type='paragraph' w:styleId='BoldP'><w:basedOn w:val='Normal'/><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Child'><w:basedOn w:val='BoldP'/></w:style>\
    <w:style w:type='paragraph' w:styleId='StruckP'><w:rPr><w:dstrike/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='HiddenP'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='H'><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:rPr><w:b/><w:i/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='BoldC'><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Raised'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Hidden'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='One'><w:basedOn w:val='Two'/><w:rPr><w:i/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Two'><w:basedOn w:val='One'/><w:rPr><w:strike/></w:rPr></w:style>\
    </w:styles>";

fn convert_styled(text: &str) -> Source {
    convert(text, &[("word/styles.xml", STYLES)])
}

#[test]
fn marks_of_paragraph_and_character_styles_are_kept() {
    let named = |style: &str| format!("<w:pStyle w:val='{style}'/>");
    let bold = "<w:rStyle w:val='BoldC'/>";
    for (properties, runs, expected) in [
        (named("BoldP"), run("a"), "**a**\n"),
        (named("Child"), run("a"), "**a**\n"),
        (String::new(), run_with(bold, "a"), "**a**\n"),
        (
            named("BoldP"),
            run("a ") + &run_with(bold, "b"),
            "**a** b\n",
        ),
        (named("BoldP"), run_with("<w:b w:val='0'/>", "a"), "a\n"),
        (named("H"), run("a"), "## a\n"),
    ] {
        assert_eq!(
            convert_styled(&paragraph(&properties, &runs)).text,
            expected
        );
    }
}

#[test]
fn struck_and_raised_text_is_kept_whatever_sets_it() {
    let raised = |properties| run("10") + &run_with(properties, "5");
    for (properties, runs, expected) in [
        ("<w:pStyle w:val='StruckP'/>", run("a"), "<del>a</del>\n"),
        (
            "",
            run_with("<w:rStyle w:val='Two'/>", "a"),
            "_<del>a</del>_\n",
        ),
        ("", raised("<w:rStyle w:val='Raised'/>"), "10<sup>5</sup>\n"),
        ("", raised("<w:position w:val='8'/>"), "10<sup>5</sup>\n"),
        ("", raised("<w:position w:val='-6'/>"), "10<sub>5</sub>\n"),
        (
            "",
            raised("<w:rStyle w:val='Raised'/><w:strike/>"),
            "10<del><sup>5</sup></del>\n",
        ),
        (
            "",
            raised("<w:rStyle w:val='Raised'/><w:vertAlign w:val='baseline'/>"),
            "105\n",
        ),
    ] {
        let source = convert_styled(&paragraph(properties, &runs));
        assert_eq!(source.text, expected);
        assert!(source.warnings.is_empty(), "{:?}", messages(&source));
    }
}

#[test]
fn hidden_styles_are_left_out() {
    let message = ["hidden text is left out: “secret”"];
    let hidden = paragraph("<w:pStyle w:val='HiddenP'/>", &run("secret"));
    let shown = paragraph("", &run("shown"));
    let source = convert_styled(&(hidden + &shown));
    assert_eq!(
        (source.text.as_str(), messages(&source)),
        ("shown\n", message.to_vec())
    );
    let runs = run("shown")
        + &run_with("<w:rStyle w:val='Hidden'/>", "secret")
        + &run_with("<w:webHidden/>", "!");
    let source = convert_styled(&paragraph("", &runs));
    assert_eq!(
        (source.text.as_str(), messages(&source)),
        ("shown!\n", message.to_vec())
    );
}

#[test]
fn text_whose_end_is_hidden_stays_before_a_table() {
    let hidden_end = paragraph("<w:rPr><w:vanish/></w:rPr>", &run("a"));
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(convert_text(&(hidden_end + table)), "a\n\n| b |\n| --- |\n");
}

#[test]
fn hidden_index_entries_are_no_text() {
    let hidden = |content: &str| format!("<w:r><w:rPr><w:vanish/></w:rPr>{content}</w:r>");
    let mark = |kind: &str| hidden(&format!("<w:fldChar w:fldCharType='{kind}'/>"));
    let entry = mark("begin") + &hidden("<w:instrText>XE \"a\"</w:instrText>") + &mark("end");
    check_paragraphs(&[(&(entry + &run("a")), "a", &[])]);
}

#[test]
fn circular_styles_end() {
    let source = convert_styled(&paragraph("", &run_with("<w:rStyle w:val='One'/>", "a")));
    assert_eq!(source.text, "_<del>a</del>_\n");
}

#[test]
fn defaults_and_table_styles_count() {
    let styles = "<w:styles xmlns:w='w'><w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:type='table' w:styleId='T'><w:rPr><w:b/></w:rPr></w:style></w:styles>";
    let table = "<w:tbl><w:tblPr><w:tblStyle w:val='T'/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let text = table.to_owned() + &paragraph("", &run("b"));
    let source = convert(&text, &[("word/styles.xml", styles)]);
    assert_eq!(source.text, "| **_a_** |\n| --- |\n\n_b_\n");
}
