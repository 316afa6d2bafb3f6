//! Lists with the numbers that Word shows.

use super::*;

fn numbering() -> String {
    let level = |index: usize, start: usize, notation: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{index}'><w:start w:val='{start}'/><w:numFmt w:val='{notation}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let lists = [
        level(0, 1, "bullet", "•"),
        level(0, 7, "decimal", "%1.") + &level(1, 1, "lowerLetter", "(%2)"),
        level(0, 1, "decimal", "%1.") + &level(1, 1, "decimal", "%1.%2."),
        level(0, 1, "lowerRoman", "%1)") + &level(1, 3, "decimal", "%2)"),
    ];
    let lists = lists.iter().enumerate().map(|(index, levels)| {
        format!(
            "<w:abstractNum w:abstractNumId='{index}'>{levels}</w:abstractNum>\
             <w:num w:numId='{}'><w:abstractNumId w:val='{index}'/></w:num>",
            index + 1
        )
    });
    let linked = "<w:abstractNum w:abstractNumId='8'><w:numStyleLink w:val='Listed'/></w:abstractNum>\
        <w:num w:numId='8'><w:abstractNumId w:val='8'/></w:num>\
        <w:abstractNum w:abstractNumId='9'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='%1.'/><w:pStyle w:val='P1'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='upperLetter'/><w:lvlText w:val='%2:'/><w:pStyle w:val='P2'/></w:lvl></w:abstractNum>\
        <w:num w:numId='9'><w:abstractNumId w:val='9'/></w:num>";
    format!(
        "<w:numbering xmlns:w='w'>{}{linked}</w:numbering>",
        lists.collect::<String>()
    )
}

fn item(list: usize, level: usize, text: &str) -> String {
    let properties =
        format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");
    paragraph(&properties, &run(text))
}

fn convert_list(text: &str) -> String {
    let styles = "<w:styles xmlns:w='w'>\
        <w:style w:styleId='Listed'><w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId='P1'><w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId='P2'><w:basedOn w:val='P1'/></w:style>\
        <w:style w:styleId='H'><w:pPr><w:outlineLvl w:val='1'/><w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr></w:pPr></w:style></w:styles>";
    let parts = [
        ("word/numbering.xml", &*numbering()),
        ("word/styles.xml", styles),
    ];
    convert(text, &parts).text
}

#[test]
fn lists_have_their_own_numbers() {
    for (items, expected) in [
        (&[(2, 0, "a"), (2, 0, "b")][..], "7. a\n8. b\n"),
        (
            &[(2, 0, "a"), (2, 1, "b"), (2, 1, "c")],
            "7. a\n   - (a) b\n   - (b) c\n",
        ),
        (
            &[(3, 0, "a"), (3, 1, "b"), (3, 0, "c"), (3, 1, "d")],
            "1. a\n   - 1\\.1. b\n2. c\n   - 2\\.1. d\n",
        ),
        (&[(4, 0, "a"), (4, 0, "b")], "- i) a\n- ii) b\n"),
        (
            &[(1, 0, "a"), (4, 1, "b"), (4, 1, "c"), (1, 0, "d")],
            "- a\n\n  3) b\n  4) c\n- d\n",
        ),
        (
            &[(2, 0, "a"), (3, 0, "b"), (3, 0, "c")],
            "7. a\n1) b\n2) c\n",
        ),
    ] {
        let text: String = items
            .iter()
            .map(|(list, level, text)| item(*list, *level, text))
            .collect();
        assert_eq!(convert_list(&text), expected);
    }
}

#[test]
fn numbers_of_styles_are_counted() {
    let styled =
        |style: &str, text: &str| paragraph(&format!("<w:pStyle w:val='{style}'/>"), &run(text));
    let text = [
        styled("P1", "a"),
        styled("P2", "b"),
        item(8, 0, "c"),
        styled("H", "d"),
        styled("H", "e"),
    ];
    assert_eq!(
        convert_list(&text.concat()),
        "1. a\n   - A: b\n2. c\n\n## 1\\.1. d\n\n## 1\\.2. e\n"
    );
}

#[test]
fn unknown_notations_are_reported() {
    let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
        <w:numFmt w:val='hebrew1'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>";
    let source = convert(&item(1, 0, "a"), &[("word/numbering.xml", numbering)]);
    assert_eq!(source.text, "1. a\n");
    let expected = "this item is numbered in Word's notation “hebrew1”, and in digits in the issue";
    assert_eq!(messages(&source), [expected]);
}

#[test]
fn typed_bullets_with_a_tab_are_items() {
    let tab = "<w:r><w:tab/></w:r>";
    let text = [
        paragraph("", &run("-\ta")),
        paragraph("", &format!("{}{tab}{}", run("•"), run("b"))),
        paragraph("", &run("- c")),
    ];
    assert_eq!(convert_text(&text.concat()), "- a\n- b\n\n\\- c\n");
}
