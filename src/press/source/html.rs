//! Web pages saved by browsers and Word, or exported by Google Docs.

mod cascade;
mod css;
mod decode;
mod direction;
mod element;
mod layout_table;
mod list_notation;
mod list_numbers;
mod math;
mod newsletter_element;
mod quotation_marks;
mod reader;
mod selector;
mod style;
mod tag_scanner;
mod tree;
mod vendor;
mod whitespace;

use url::Url;

use self::reader::HtmlReader;
use super::UnreadableSource;
use super::document::Document;
use crate::Diagnostic;
use crate::budget::Budget;

/// Reads a document from the bytes of a page.
///
/// The newsletter is the page's `<main>` if it has exactly one, otherwise its only element with
/// `role=main`, otherwise its only `<article>` that is not inside another one, otherwise all of its
/// `<body>`.
///
/// # Errors
///
/// If the bytes are not in the encoding that the page declares, or in UTF-8 if it declares none, or
/// if its elements nest too deep or exceed the budget.
pub(crate) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Document, UnreadableSource> {
    let page = tree::parse(&decode::decode(bytes)?, budget)?;
    let document = HtmlReader::new(&page, budget).read();
    budget.check()?;
    Ok(document)
}

/// Reads a text in HTML from another document, such as a feed. All of it is kept.
///
/// # Errors
///
/// If its elements nest too deep or exceed the budget.
pub(crate) fn read_fragment(
    html: &str,
    base: Option<&Url>,
    budget: &mut Budget,
) -> Result<Document, Diagnostic> {
    let page = tree::parse(html, budget)?;
    let document = HtmlReader::new(&page, budget).read_fragment(base);
    budget.check()?;
    Ok(document)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::source::{MAX_DEPTH, Source, markdown};

    fn convert(page: &str) -> Source {
        let mut budget = Budget::default();
        let document = read(page.as_bytes(), &mut budget).unwrap();
        markdown::write_document(document, &mut budget).unwrap()
    }

    fn convert_text(page: &str) -> String {
        convert(page).text
    }

    fn messages(page: &str) -> Vec<String> {
        convert(page)
            .warnings
            .into_iter()
            .map(|warning| warning.message)
            .collect()
    }

    #[test]
    fn marks_links_and_white_space_are_read_like_a_browser() {
        for (page, expected) in [
            (
                "<p>a <b>b </b><i>c</i>\n  d <strong>e<em>f</em></strong>",
                "a **b** _c_ d **&#x65;_f_**\n",
            ),
            (
                "<p> a<br> b<br><br>c<br></p><div>d</div>e",
                "a\\\nb\\\nc\n\nd\n\ne\n",
            ),
            (
                "see <a href='https://x.example/?a=1&amp;b=2'> this </a>now",
                "see [this](<https://x.example/?a=1\\&b=2>) now\n",
            ),
            (
                "<a name=x></a><a href='#x'>a</a> <a href='#y'>b</a> <a href>c</a>",
                "[a](#x) [b](#) [c](<>)\n",
            ),
            (
                "日本\n語 日本<b>\n語</b>\nabc\n語",
                "日本語 日本**語** abc 語\n",
            ),
            ("<pre>a\n b</pre>", "a\\\nb\n"),
            (
                "<ruby>日<rp>(</rp><rt>に</rt><rp>)</rp></ruby>",
                "日（に）\n",
            ),
            (
                "a&nbsp;b &lt;b&gt; *c* 1. d",
                "a\u{a0}b \\<b> \\*c\\* 1. d\n",
            ),
            (
                "<h2>a<br><b>b</b></h2><blockquote><p>c<p>d</blockquote><hr>",
                "## a b\n\n> c\n\n> d\n\n***\n",
            ),
            (
                "<p class=title>a</p><p class=MsoTitle>b</p><p class=subtitle>c",
                "# a\n\n# b\n\nc\n",
            ),
        ] {
            assert_eq!(convert_text(page), expected, "{page}");
        }
    }

    #[test]
    fn lists_keep_their_levels() {
        for (page, expected) in [
            (
                "<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>",
                "- a\n  - b\n- c\n\n  d\n",
            ),
            ("<ol><li>a<ul><li>b</ul></ol>", "1. a\n   - b\n"),
            ("<ul><li></li><li><ul><li>a</ul></ul>", "-\n-\n  - a\n"),
            ("<ul><ul><li>a</ul><li>b</ul>", "- a\n- b\n"),
        ] {
            assert_eq!(convert_text(page), expected, "{page}");
        }
    }

    #[test]
    fn google_docs_pages_are_read() {
        let page = "<style>.c1{font-weight:700}.c2{font-weight:400}.c3{vertical-align:super}</style><body class=c9>\
            <p class=c0><span class=c1>bold </span><span class=c2>not</span></p><p class=c0><span></span></p>\
            <ul class='c4 lst-kix_abc-0 start'><li><span>a</span></li></ul>\
            <ul class='c4 lst-kix_abc-1 start'><li><span>b</span></li></ul>\
            <ul class='c4 lst-kix_abc-0'><li><span class=c1><a href='https://www.google.com/url?q=https://x.example/%3Fa%3Db&amp;sa=D'>c</a></span><sup><a href='#cmnt1' id=cmnt_ref1>[a]</a></sup><sup><a href='#ftnt1' id=ftnt_ref1>[1]</a></sup></li></ul>\
            <hr style='page-break-before:always;display:none;'>\
            <div><p><a href='#ftnt_ref1' id=ftnt1>[1]</a><span>&nbsp;note</span></p></div>\
            <div><p><a href='#cmnt_ref1' id=cmnt1>[a]</a><span>is it?</span></p></div>";
        let source = convert(page);
        assert_eq!(
            source.text,
            "**bold** not\n\n- a\n  - b\n- [**c**](https://x.example/?a=b)[^1]\n\n[^1]: note\n"
        );
        assert_eq!(messages(page), ["a comment is left out: “is it?”"]);
    }

    #[test]
    fn text_pasted_from_google_docs_is_not_all_bold() {
        let page = "<meta charset=utf-8><b style='font-weight:normal;' id='docs-internal-guid-1'><p><span style='font-weight:400'>a </span><span style='font-weight:700'>b</span></p><ul><li aria-level=1><p>c</p></li></ul></b><br>";
        assert_eq!(convert_text(page), "a **b**\n\n- c\n");
    }

    #[test]
    fn word_pages_are_read() {
        let item = |level, marker, text| {
            format!(
                "<p class=MsoListParagraph style='margin-left:.5in;mso-list:l0 level{level} lfo1'><![if !supportLists]><span\nstyle='font-family:Symbol'><span style='mso-list:Ignore'>{marker}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span></span><![endif]><b>{text}</b> x<o:p></o:p></p>"
            )
        };
        let page = [item(1, "·", "a"), item(2, "o", "b"), item(1, "1.", "c")].concat();
        assert_eq!(convert_text(&page), "- **a** x\n  - **b** x\n1. **c** x\n");
        let blank = "<p style='mso-list:l0 level1 lfo1'><o:p>&nbsp;</o:p></p><p>a";
        assert_eq!(convert_text(blank), "-\n\na\n");
        let note = "a<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a><div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> b</p></div>";
        assert_eq!(convert_text(note), "a[^1]\n\n[^1]: b\n");
    }

    #[test]
    fn the_newsletter_is_the_only_main_or_article_or_else_the_body() {
        let around = |inner: &str| {
            format!("<body><nav>Home</nav>Cookies<script>x</script>{inner}<footer>Imprint</footer>")
        };
        let main = around("<main><article>a</article><article>b</article></main>");
        assert_eq!(convert_text(&main), "a\n\nb\n");
        assert_eq!(
            messages(&main),
            ["text outside the page's <main> is left out: “Home Cookies Imprint”"]
        );
        assert_eq!(convert_text(&around("<article>a</article>")), "a\n");
        assert_eq!(
            convert_text(&around("<article>a</article><article>b</article>")),
            "Cookies\n\na\n\nb\n\nImprint\n"
        );
        assert_eq!(
            messages(&around("")),
            ["the page's navigation is left out: “Home”"]
        );
    }

    #[test]
    fn omissions_are_reported() {
        for (page, expected) in [
            (
                "a<p style='display: none'>b",
                "hidden text is left out: “b”",
            ),
            ("a<p hidden>b", "hidden text is left out: “b”"),
            (
                "a<style>.x{visibility:hidden}</style><i class=x>b</i>",
                "hidden text is left out: “b”",
            ),
            (
                "<style>div .x{display:none}</style><div>a<i class=x>b</i></div>",
                "hidden text is left out: “b”",
            ),
            (
                "a<svg><title>b</title><style>x</style><text>c</text></svg>",
                "a drawing is left out: “b c”",
            ),
            (
                "a<bdo dir=rtl>b</bdo>",
                "“b” is written from right to left in the document, and kept in the direction of its letters",
            ),
            (
                "a<iframe src=b></iframe>",
                "embedded content (<iframe>) is left out: “b”",
            ),
            (
                "a<a href='https://x.example/'> </a>",
                "a link without text is left out: “https://x.example/”",
            ),
            (
                "a<img src='data:image/png;base64,AAAA' alt=b>",
                "an embedded image is left out: “b”",
            ),
        ] {
            assert_eq!(messages(page), [expected], "{page}");
        }
        assert_eq!(
            messages(
                "a<p style='display:none'> &zwnj;</p>1<sup>st</sup><script>x</script><svg><path/></svg>"
            ),
            [""; 0]
        );
    }

    #[test]
    fn images_and_tables_are_kept_for_the_import() {
        assert_eq!(
            convert_text("<p>a<img src='b c.png' alt='[d]'><img src='data:image/png;base64,AAAA'>"),
            "a![\\[d\\]](<b c.png>)\n"
        );
        let table = "<table><caption>a</caption><tr><th>b<td><p>c<p>d|<tr><td><table><tr><td>e</table></table>";
        assert_eq!(
            convert_text(table),
            "a\n\n| b | c d\\| |\n| --- | --- |\n| e |  |\n"
        );
        assert_eq!(
            convert_text("<table role=presentation><tr><td>a<td><h1>b</h1></table>"),
            "a\n\n# b\n"
        );
        let template = "<table width=600><tr><td><table><tr><td><h1>a</h1><tr><td>\
            <ul><li>b</ul></table><tr><td>c<td>d<tr><td>e<td>f</table>";
        assert_eq!(convert_text(template), "# a\n\n- b\n\nc\n\nd\n\ne\n\nf\n");
    }

    #[test]
    fn struck_and_raised_text_is_kept() {
        for (page, expected) in [
            (
                "<p>a<s>b <b>c</b></s> d",
                "a<del>b</del> **<del>c</del>** d\n",
            ),
            (
                "<p>10<sup>5</sup> H<sub>2</sub>O",
                "10<sup>5</sup> H<sub>2</sub>O\n",
            ),
            (
                "<p><span style='text-decoration: line-through'>a</span>",
                "<del>a</del>\n",
            ),
            ("<p><del style='text-decoration: none'>a</del>", "a\n"),
            (
                "<p>a<span style='vertical-align: super'>b</span>",
                "a<sup>b</sup>\n",
            ),
        ] {
            assert_eq!(convert_text(page), expected, "{page}");
            assert_eq!(messages(page), [""; 0], "{page}");
        }
    }

    #[test]
    fn invisible_pictures_are_left_out() {
        let one = |name| {
            format!(
                "a picture that readers do not see, such as a tracking pixel, is left out: “{name}”"
            )
        };
        for (picture, name) in [
            ("<img src=a.gif width=1 height=1>", "a.gif"),
            ("<img src=a.gif width=0 height=0 alt=b>", "b"),
            ("<img src=a.gif height=1 width=600>", "a.gif"),
            ("<img src=a.gif style='width:1px;height:1px'>", "a.gif"),
            (
                "<style>img.x{display:none}</style><img class=x src=a.gif>",
                "a.gif",
            ),
            ("<img src=a.gif style='visibility:hidden'>", "a.gif"),
            ("<div style='display:none'><img src=a.gif></div>", "a.gif"),
            (
                "<img src='https://a.us1.list-manage.com/track/open.php?u=1'>",
                "https://a.us1.list-manage.com/track/open.php?u=1",
            ),
            (
                "<img width=1 height=1 src='data:image/gif;base64,AAAA'>",
                "data:image/gif;base64,AAAA",
            ),
        ] {
            let page = format!("<p>a{picture}");
            assert_eq!(convert_text(&page), "a\n", "{picture}");
            assert_eq!(messages(&page), [one(name)], "{picture}");
        }
        for picture in [
            "<img src=a.jpg width=600 height=400>",
            "<img src=a.jpg width='100%'>",
            "<img src=a.jpg width=1 style='width:600px'>",
            "<img src=a.jpg style='width:100%;height:auto' width=600>",
        ] {
            assert_eq!(convert_text(picture), "![](a.jpg)\n", "{picture}");
        }
        let pictures: String = (1..=7).map(|n| format!("<img src={n} width=1>")).collect();
        assert_eq!(
            messages(&format!("a{pictures}<img src=1 width=1>")),
            [
                "8 pictures that readers do not see, such as tracking pixels, are left out: “1”, “2”, “3”, “4”, “5” and 2 more"
            ]
        );
    }

    #[test]
    fn lists_have_their_own_numbers() {
        for (page, expected) in [
            (
                "<ol start=5><li>a<li>b<li value=10>c</ol>",
                "5. a\n6. b\n10) c\n",
            ),
            ("<ol reversed><li>a<li>b</ol>", "2. a\n1) b\n"),
            ("<ol type=a><li>a<li><p>b</ol>", "- a. a\n- b. b\n"),
            (
                "<ol type=I start=4><li>a<li type=1>b</ol>",
                "- IV. a\n5. b\n",
            ),
            ("<ol style='list-style:upper-alpha'><li>a</ol>", "- A. a\n"),
            ("<ol start=-1><li>a<li>b</ol>", "- \\-1. a\n0. b\n"),
            ("<ol><li>a</ol><ol><li>b</ol>", "1. a\n1) b\n"),
            (
                "<ol start=3><li>a<ol><li>b</ol><li>c</ol>",
                "3. a\n   1. b\n4. c\n",
            ),
        ] {
            assert_eq!(convert_text(page), expected, "{page}");
        }
    }

    #[test]
    fn lists_of_google_docs_have_their_own_numbers() {
        let page = "<style>ol.lst-kix_b-1{list-style-type:none}ul.lst-kix_b-0{list-style-type:none}\
            .lst-kix_b-2>li:before{content:\"\" counter(lst-ctn-kix_b-2,lower-latin) \". \"}</style>\
            <ul class='c lst-kix_b-0 start'><li>a</ul><ol class='c lst-kix_b-1 start' start=4><li>b</ol>\
            <ol class='c lst-kix_b-2 start' start=1><li>c</ol><ol class='c lst-kix_b-1'><li>d</ol>\
            <ul class='c lst-kix_b-0'><li>e</ul>";
        assert_eq!(
            convert_text(page),
            "- a\n\n  4. b\n     - a. c\n  5. d\n- e\n"
        );
    }

    #[test]
    fn lists_of_word_have_their_own_numbers() {
        let item = |marker: &str| {
            format!(
                "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span>x</p>"
            )
        };
        let page = ["5.", "(b)", "o"].map(item).concat();
        assert_eq!(convert_text(&page), "5. x\n- (b) x\n- x\n");
    }

    #[test]
    fn formulas_quotations_and_addresses_are_completed() {
        for (page, expected) in [
            ("<q>a <q>b</q></q>", "“a ‘b’”\n"),
            ("<p lang=ja><q>a<q>b</q></q>", "「a『b』」\n"),
            ("<html lang=fr-FR><q>a</q>", "«\u{a0}a\u{a0}»\n"),
            ("<html lang=de-AT><q>a</q>", "„a“\n"),
            ("E <math><msup><mi>c</mi><mn>2</mn></msup></math>", "E c²\n"),
            (
                "<base href='https://a.example/b/'><a href='c/d'>x</a> <a href='//e.example/'>y</a> <a href='#z' id=z>z</a><img src=f.png>",
                "[x](https://a.example/b/c/d) [y](https://e.example/) [z](#z)![](https://a.example/b/f.png)\n",
            ),
            ("<base href='javascript:x'><a href='c'>x</a>", "[x](c)\n"),
            (
                "<bdo dir=rtl>abc</bdo> <b dir=rtl>שלום</b>",
                "abc **שלום**\n",
            ),
        ] {
            assert_eq!(convert_text(page), expected, "{page}");
        }
    }

    #[test]
    fn text_without_size_is_hidden() {
        let page = "<div style='font-size:0'>a<p style='font-size:1em'>b<p style='font-size:14px'>c<font size=2>d</font></div>";
        assert_eq!(convert_text(page), "cd\n");
        assert_eq!(
            messages(page),
            [
                "hidden text is left out: “a”",
                "hidden text is left out: “b”"
            ]
        );
    }

    #[test]
    fn comments_on_an_article_are_no_newsletters() {
        let page = "<body>x<article><h1>a</h1><article class=comment>b</article></article>\
            <div id=comments><article>c</article></div>";
        assert_eq!(convert_text(page), "# a\n");
        assert_eq!(
            messages(page),
            [
                "text outside the page's <article> is left out: “x c”",
                "a reader's comment is left out: “b”",
            ]
        );
        let page = "x<div role=main>a</div><article>b</article>";
        assert_eq!(convert_text(page), "a\n");
        assert_eq!(
            messages(page),
            ["text outside the page's element with role=main is left out: “x b”"]
        );
    }

    #[test]
    fn too_deep_nesting_is_an_error() {
        for start in [
            "<div>",
            "<b>",
            "<ul><li>",
            "<table><tr><td>",
            "<blockquote>",
            "<svg><g>",
        ] {
            let error = read(start.repeat(100_000).as_bytes(), &mut Budget::default()).err();
            let message = error
                .map(|error| error.diagnostic.message)
                .unwrap_or_default();
            assert!(
                message.contains(&format!("more than {MAX_DEPTH} deep")),
                "{start}"
            );
        }
        assert_eq!(
            convert_text(&format!("{}a", "<div>".repeat(MAX_DEPTH - 5))),
            "a\n"
        );
    }

    /// Rules of the HTML Standard that hostile markup relies on, and the text that is left of it.
    const HOSTILE_MARKUP: [(&str, &str, &str); 24] = [
        (
            "4.12.1: scripts are not text",
            "a<script>b</script>c",
            "ac\n",
        ),
        (
            "4.12.1: a script ends at its end tag",
            "a<script>'</script>'b",
            "a'b\n",
        ),
        (
            "13.2.5.17: script data may hold a comment",
            "a<script><!--<script></script>b</script>--></script>c",
            "a-->c\n",
        ),
        (
            "4.12.2: scripts run, so noscript is not shown",
            "a<noscript><b>b</b></noscript>",
            "a\n",
        ),
        ("4.2.6: styles are not text", "a<style>b{}</style>c", "ac\n"),
        (
            "4.12.3: templates are not rendered",
            "a<template><b>b</b></template>",
            "a\n",
        ),
        (
            "8.1.8: event handlers are dropped",
            "<p onclick='x()'>a<b onfocus=x() autofocus>b</b>",
            "a**b**\n",
        ),
        (
            "4.6.2: a link keeps its address as text",
            "<a href='javascript:x()'>a</a>",
            "[a](<javascript:x()>)\n",
        ),
        (
            "13.2.5: tags nest in any order",
            "<b>a<i>b</b>c</i>",
            "**&#x61;_b_**_c_\n",
        ),
        (
            "13.2.5.33: attributes need no quotes",
            "<b title=a/onclick=x()>b</b>",
            "**b**\n",
        ),
        (
            "13.2.5.33: a quoted attribute may hold a tag",
            "a<i title='<script>x()</script>'>b</i>",
            "&#x61;_b_\n",
        ),
        (
            "13.2.5.42: a comment ends at --> or --!>",
            "a<!-- b --!>c<!-->d<!--->e",
            "acde\n",
        ),
        (
            "13.2.5.42: an open comment takes the rest",
            "a<!-- <b>b</b>",
            "a\n",
        ),
        (
            "13.2.5.41: other declarations are comments",
            "a<!x><?php b ?><![CDATA[c]]>d",
            "ad\n",
        ),
        (
            "13.2.5.73: character references may lack a semicolon",
            "&lt;b>&amp;lt;&LT&copy",
            "\\<b>\\&lt;<©\n",
        ),
        (
            "13.2.5.80: numeric references are characters",
            "&#60;b&#x3e;&#106;",
            "\\<b>j\n",
        ),
        (
            "13.2.5.80: surrogates and NUL are replaced",
            "a&#xd800;&#0;b",
            "a\u{fffd}\u{fffd}b\n",
        ),
        ("13.2.3.5: newlines are normalized", "a\r\nb\rc", "a b c\n"),
        ("13.2.6.4.7: NUL is dropped", "a\0b", "ab\n"),
        (
            "13.2.6.4.9: text in a table moves before it",
            "<table>a<tr><td>b<td>c<tr><td>d<td>e</table>",
            "a\n\n| b | c |\n| --- | --- |\n| d | e |\n",
        ),
        (
            "13.2.6.5: a foreign element may hold HTML",
            "a<svg><style><b>b</b></style></svg>c",
            "a**b**c\n",
        ),
        (
            "4.10: controls are not text",
            "a<input value=b><button>c</button>",
            "ac\n",
        ),
        (
            "13.2.4.1: plaintext takes the rest",
            "a<plaintext></plaintext><b>b",
            "a\\</plaintext>\\<b>b\n",
        ),
        (
            "13.1.2.6: text areas hold no tags",
            "a<textarea><b>b</textarea>c",
            "a\\<b>bc\n",
        ),
    ];

    #[test]
    fn hostile_markup_is_read_by_the_rules_of_html() {
        let mut found = Vec::new();
        for (rule, page, expected) in HOSTILE_MARKUP {
            let text = convert_text(page);
            if text != expected {
                found.push(format!("{rule}: {page:?}: {text:?}, expected {expected:?}"));
            }
        }
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn hostile_strings_never_panic() {
        let groups: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../../../tests/hostile_strings.json")).unwrap();
        for string in groups.into_values().flatten() {
            let escaped = string.replace('&', "&amp;").replace('<', "&lt;");
            for page in [
                &escaped,
                &string,
                &format!("<b title='{string}'>a<i class={string}>b"),
            ] {
                let _ = convert_text(page);
            }
        }
    }
}
