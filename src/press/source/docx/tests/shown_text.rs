//! Text that Word shows although it is not written as text.

use super::*;

/// Returns a field without a text of its own.
fn field(code: &str) -> String {
    format!("{}{}", begin_field(code), mark("end"))
}

fn begin_field(code: &str) -> String {
    format!(
        "{}<w:r><w:instrText xml:space='preserve'>{code}</w:instrText></w:r>",
        mark("begin")
    )
}

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>")
}

#[test]
fn symbols_are_characters() {
    check_paragraphs(&[
        (
            "<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>",
            "→",
            &[],
        ),
        ("<w:r><w:sym w:font='Arial' w:char='00A9'/></w:r>", "©", &[]),
        (
            "<w:r><w:symEx w:font='Segoe UI Emoji' w:char='1F600'/></w:r>",
            "😀",
            &[],
        ),
        (
            "<w:r><w:sym w:font='Symbol' w:char='F0FF'/></w:r>",
            "",
            &["a symbol is left out: “U+F0FF in the font Symbol”"],
        ),
    ]);
}

#[test]
fn text_in_symbol_fonts_is_mapped() {
    let symbol = |text| run_with("<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>", text);
    check_paragraphs(&[
        (&(symbol("\u{f061}\u{f062}") + &run(" a")), "αβ a", &[]),
        (&symbol("a b"), "α β", &[]),
        (&symbol("日"), "日", &[]),
        (
            &run("a\u{f061}b"),
            "ab",
            &["a symbol is left out: “U+F061”"],
        ),
    ]);
}

#[test]
fn alternatives_are_chosen_by_what_is_understood() {
    let symbols = "http://schemas.microsoft.com/office/word/2015/wordml/symex";
    let alternatives = |needed: &str| {
        format!(
            "<w:r><mc:AlternateContent xmlns:s='{symbols}' xmlns:z='urn:z'>\
             <mc:Choice Requires='{needed}'><s:symEx s:font='Segoe UI Emoji' s:char='2460'/></mc:Choice>\
             <mc:Fallback><w:t>42</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
    };
    check_paragraphs(&[
        (&alternatives("s"), "①", &[]),
        (&alternatives("z"), "42", &[]),
    ]);
    let around_paragraphs = "<mc:AlternateContent xmlns:z='urn:z'><mc:Choice Requires='z'/>\
        <mc:Fallback><w:p><w:r><w:t>a</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>";
    assert_eq!(convert_text(around_paragraphs), "a\n");
}

#[test]
fn fields_without_text_show_what_their_code_says() {
    check_paragraphs(&[
        (&field("QUOTE \"some words\""), "some words", &[]),
        (&field("MACROBUTTON NoMacro Press here"), "Press here", &[]),
        (&field("SYMBOL 97 \\f Symbol"), "α", &[]),
        (
            &field("EQ \\o\\ad(\\s\\up 9(nichibei),日米)"),
            "日米（nichibei）",
            &[],
        ),
        (&field("XE \"radar\""), "", &[]),
        (&field("PAGE"), "", &["a field is left out: “PAGE”"]),
        (
            &field("HYPERLINK \"https://x.example/\""),
            "",
            &["a link without text is left out: “https://x.example/”"],
        ),
        (
            &format!(
                "{}{}{}{}",
                begin_field("QUOTE x"),
                mark("separate"),
                run("shown"),
                mark("end")
            ),
            "shown",
            &[],
        ),
        (
            &format!(
                "{}{}{}",
                begin_field("REF x"),
                mark("separate"),
                mark("end")
            ),
            "",
            &[],
        ),
        ("<w:fldSimple w:instr='QUOTE \"simple\"'/>", "simple", &[]),
    ]);
}

#[test]
fn text_in_the_code_of_a_field_is_not_shown() {
    let inner = format!(
        "{}{}{}{}",
        begin_field("DATE"),
        mark("separate"),
        run("Friday"),
        mark("end")
    );
    let outer = |result: &str| {
        format!(
            "{}{inner}<w:r><w:instrText>\"</w:instrText></w:r>{result}{}",
            begin_field("QUOTE \"on "),
            mark("end")
        )
    };
    check_paragraphs(&[
        (
            &outer(&(mark("separate") + &run("on Monday"))),
            "on Monday",
            &[],
        ),
        (&outer(""), "on Friday", &[]),
        // A field that does not end hides nothing.
        (&(begin_field("QUOTE x") + &run("kept")), "kept", &[]),
    ]);
}

#[test]
fn form_fields_show_their_values() {
    let form = |name: &str, data: &str| {
        let begin = format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar></w:r>"
        );
        format!(
            "{begin}<w:r><w:instrText> {name} </w:instrText></w:r>{}",
            mark("end")
        )
    };
    let list = "<w:listEntry w:val='Japan'/><w:listEntry w:val='France'/>";
    check_paragraphs(&[
        (
            &form(
                "FORMCHECKBOX",
                "<w:checkBox><w:default w:val='1'/></w:checkBox>",
            ),
            "☒",
            &[],
        ),
        (
            &form(
                "FORMCHECKBOX",
                "<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>",
            ),
            "☐",
            &[],
        ),
        (
            &form(
                "FORMDROPDOWN",
                &format!("<w:ddList><w:result w:val='1'/>{list}</w:ddList>"),
            ),
            "France",
            &[],
        ),
        (
            &form("FORMDROPDOWN", &format!("<w:ddList>{list}</w:ddList>")),
            "Japan",
            &[],
        ),
        (
            &form(
                "FORMTEXT",
                "<w:textInput><w:default w:val='name'/></w:textInput>",
            ),
            "name",
            &[],
        ),
    ]);
}

#[test]
fn content_controls_show_their_text_but_no_placeholder() {
    let control = |properties: &str, text: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>")
    };
    let message = "the placeholder of a form field is left out: “Click here”";
    check_paragraphs(&[
        (&control("<w:checkbox/>", &run("☒")), "☒", &[]),
        (
            &control("<w:showingPlcHdr w:val='0'/>", &run("filled")),
            "filled",
            &[],
        ),
        (
            &(control("<w:showingPlcHdr/>", &run("Click here")) + &run("a")),
            "a",
            &[message],
        ),
    ]);
    let block = control("<w:showingPlcHdr/>", &paragraph("", &run("Click here")));
    let source = convert(&(block + &paragraph("", &run("a"))), &[]);
    assert_eq!(
        (source.text.as_str(), messages(&source)),
        ("a\n", vec![message])
    );
}

#[test]
fn equations_are_text() {
    let part =
        |name: &str, text: &str| format!("<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>");
    let power = format!("<m:sSup>{}{}</m:sSup>", part("e", "c"), part("sup", "2"));
    check_paragraphs(&[
        (
            &format!("{}<m:oMath>{power}</m:oMath>{}", run("E=m"), run(".")),
            "E=mc².",
            &[],
        ),
        (
            &format!("<m:oMathPara><m:oMath>{power}</m:oMath></m:oMathPara>"),
            "c²",
            &[],
        ),
    ]);
    assert_eq!(
        convert_text(&format!(
            "<m:oMathPara><m:oMath>{power}</m:oMath></m:oMathPara>"
        )),
        "c²\n"
    );
}

#[test]
fn hidden_text_of_an_equation_is_left_out() {
    let equation = "<m:oMath><m:r><m:rPr/><w:rPr><w:vanish/></w:rPr><m:t>a</m:t></m:r><m:r><m:t>b</m:t></m:r></m:oMath>";
    check_paragraphs(&[(equation, "b", &["hidden text of an equation is left out"])]);
}

#[test]
fn drop_caps_are_joined_with_their_word() {
    let letter = paragraph("<w:framePr w:dropCap='drop' w:lines='3'/>", &run("T"));
    let rest = paragraph("", &run("he meeting"));
    assert_eq!(convert_text(&(letter + &rest)), "The meeting\n");
}

#[test]
fn words_of_diagrams_charts_and_shapes_are_quoted() {
    let drawing = |data: &str| {
        format!(
            "<w:r><w:drawing><inline><graphicData>{data}</graphicData></inline></w:drawing></w:r>"
        )
    };
    let diagram = "<dataModel><ptLst><pt><t><p><r><t>Plan</t></r></p></t></pt>\
        <pt><t><p><r><t>Do</t></r></p></t></pt></ptLst></dataModel>";
    let chart = "<chartSpace><title><p><r><t>Sales</t></r></p></title><cat><pt><v>2021</v></pt></cat></chartSpace>";
    let parts = [("word/diagramData.xml", diagram), ("word/chart.xml", chart)];
    for (data, expected) in [
        (
            "<relIds dm='diagramData'/>",
            "a diagram is left out: “Plan Do”",
        ),
        ("<chart id='chart'/>", "a chart is left out: “Sales 2021”"),
        (
            "<wsp><p><r><t>words</t></r></p></wsp>",
            "a drawing is left out: “words”",
        ),
        ("<wsp/>", "an embedded image is left out"),
    ] {
        let source = convert(&format!("<w:p>{}</w:p>", drawing(data)), &parts);
        assert_eq!(messages(&source), [expected]);
    }
}

#[test]
fn comments_and_instructions_do_not_cut_text() {
    check_paragraphs(&[
        (
            "<w:r><w:t>one<!-- c --> two<?p?> three<![CDATA[ & four]]></w:t></w:r>",
            "one two three & four",
            &[],
        ),
        (
            "<w:r><w:instrText>x</w:instrText></w:r><w:fldSimple w:instr='QUOTE a'><w:r><w:t>b<!-- c -->c</w:t></w:r></w:fldSimple>",
            "bc",
            &[],
        ),
    ]);
}

#[test]
fn white_space_is_kept_where_an_element_around_says_so() {
    let [hello, world] = ["Hello ", "world"].map(|text| format!("<w:r><w:t>{text}</w:t></w:r>"));
    for (space, expected) in [("preserve", "Hello world\n"), ("default", "Helloworld\n")] {
        let text = format!("<w:p xml:space='{space}'>{hello}{world}</w:p>");
        assert_eq!(convert_text(&text), expected);
    }
}
