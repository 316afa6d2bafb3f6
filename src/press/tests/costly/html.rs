//! Web pages.

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("html_links_and_paragraphs", || {
        page("html_links_and_paragraphs", "<a href=x><p>".repeat(160_000))
    }),
    ("html_links_around_blocks", || {
        page(
            "html_links_around_blocks",
            "<a href=x><div>".repeat(140_000),
        )
    }),
    ("html_ever_new_marks", || {
        let marks = (0..100_000).map(|n| format!("<b id={n}><p>"));
        page("html_ever_new_marks", marks.collect::<String>())
    }),
    ("html_marks_never_closed", || {
        page("html_marks_never_closed", "<b><i><u>".repeat(200_000))
    }),
    ("html_marks_closed_crosswise", || {
        page(
            "html_marks_closed_crosswise",
            "<b><i><p></b></i>".repeat(100_000),
        )
    }),
    ("html_marks_before_a_table", || {
        page(
            "html_marks_before_a_table",
            "<table><b><tr>".repeat(100_000),
        )
    }),
    ("html_tables_never_closed", || {
        page("html_tables_never_closed", "<table><td>".repeat(100_000))
    }),
    ("html_text_in_tables", || {
        page(
            "html_text_in_tables",
            "<table>a</table><table>".repeat(60_000),
        )
    }),
    ("html_forms_and_selects", || {
        page(
            "html_forms_and_selects",
            "<form><select><option>a<button>".repeat(60_000),
        )
    }),
    ("html_deep_elements", || {
        page("html_deep_elements", "<div>".repeat(1_000_000))
    }),
    ("html_deep_foreign_elements", || {
        page("html_deep_foreign_elements", "<svg><g>".repeat(200_000))
    }),
    ("html_many_elements", || {
        page("html_many_elements", "<br>".repeat(4_000_000))
    }),
    ("html_many_attributes", || {
        let attributes: String = (0..600_000).map(|n| format!(" a{n}")).collect();
        page("html_many_attributes", format!("<p{attributes}>"))
    }),
    ("html_many_attributes_behind_a_script", || {
        let attributes: String = (0..600_000).map(|n| format!(" a{n}")).collect();
        let hidden = "<script>1<b '></script>&gt;<svg><style><b '</style></svg>";
        page(
            "html_many_attributes_behind_a_script",
            format!("{hidden}<p title='>'{attributes}>"),
        )
    }),
    ("html_same_attribute", || {
        page(
            "html_same_attribute",
            format!("<p{}>", " a=b".repeat(2_000_000)),
        )
    }),
    ("html_long_attribute", || {
        page(
            "html_long_attribute",
            format!("<p title='{}'>a", "a > ".repeat(3_500_000)),
        )
    }),
    ("html_long_comment", || {
        page(
            "html_long_comment",
            format!("<!--{}-->", "<b a b> -".repeat(1_500_000)),
        )
    }),
    ("html_wide_and_tall_table", || {
        let wide = format!("<tr>{}", "<td>".repeat(20_000));
        page(
            "html_wide_and_tall_table",
            format!("<table>{wide}{}", "<tr><td>".repeat(20_000)),
        )
    }),
    ("html_many_styles", || {
        page(
            "html_many_styles",
            "<p style='a:b;c:d;e:f'>a".repeat(300_000),
        )
    }),
    ("html_long_style", || {
        page(
            "html_long_style",
            format!("<p style='{}'>a", "a:b;".repeat(3_500_000)),
        )
    }),
    ("html_deep_css", || {
        let sheet = "a{".repeat(2_000_000) + &"(".repeat(2_000_000) + &"[".repeat(1_000_000);
        page("html_deep_css", format!("<style>{sheet}</style>"))
    }),
    ("html_many_classes", || {
        let sheet: String = (0..300_000)
            .map(|n| format!(".c{n}{{font-weight:700}}"))
            .collect();
        let names: String = (0..300_000).map(|n| format!("c{n} ")).collect();
        page(
            "html_many_classes",
            format!("<style>{sheet}</style><p class='{names}'>a"),
        )
    }),
    ("html_long_class_on_all", || {
        let names = "a ".repeat(5_000);
        page(
            "html_long_class_on_all",
            format!("<p class='{names}'>a").repeat(1_000),
        )
    }),
    ("html_nested_list_paragraphs", || {
        let start = "<div style='mso-list:l0 level1 lfo1'>".repeat(150);
        page(
            "html_nested_list_paragraphs",
            start + &"<b style='a:b'>a</b>".repeat(100_000),
        )
    }),
    ("html_hidden_text", || {
        page(
            "html_hidden_text",
            "<b hidden>a</b> <p></p>".repeat(100_000),
        )
    }),
    ("html_struck_text", || {
        page(
            "html_struck_text",
            "<s>".repeat(150) + &"a<br>".repeat(200_000),
        )
    }),
    ("html_long_address", || {
        let link = format!("<a href='{}'>", "a".repeat(4_000_000));
        page(
            "html_long_address",
            link + &"a<b>b</b><img src=a>".repeat(10_000),
        )
    }),
    ("html_deep_lists", || {
        page(
            "html_deep_lists",
            "<ul><li>a".repeat(90) + &"<p>b<br>c".repeat(100_000),
        )
    }),
    ("html_list_level_of_a_class", || {
        let lists = (0..40_000).map(|n| format!("<ul class=lst-kix_a-{n}><li>a</ul>"));
        page("html_list_level_of_a_class", lists.collect::<String>())
    }),
    ("html_largest_list_level", || {
        let list = format!("<ul class=lst-kix_a-{}><li>a<p>b</ul>", u64::MAX);
        page("html_largest_list_level", list)
    }),
    ("html_notes", || {
        let notes = (0..80_000).map(|n| format!("<a href=#ftnt{n}>n</a>"));
        page("html_notes", notes.collect::<String>())
    }),
    ("html_preformatted_lines", || {
        page(
            "html_preformatted_lines",
            format!("<pre>{}", "a\n".repeat(5_000_000)),
        )
    }),
    ("html_text_in_one_line", || {
        page("html_text_in_one_line", "a *b_ ".repeat(2_500_000))
    }),
    ("html_text_around_the_article", || {
        let around = "<div>".repeat(150) + &"a b ".repeat(2_000_000);
        page(
            "html_text_around_the_article",
            format!("<main>a</main>{around}"),
        )
    }),
    ("html_in_another_encoding", || {
        let text = "<meta charset=shift_jis>".to_owned() + &"a".repeat(15_000_000);
        page("html_in_another_encoding", text)
    }),
];

fn page(name: &'static str, html: impl Into<Vec<u8>>) -> Case {
    Case::new(name, "issue.html", html)
}
