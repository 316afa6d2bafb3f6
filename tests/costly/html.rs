//! Web pages.

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("html_links_and_paragraphs", || {
        page("<a href=x><p>".repeat(160_000))
    }),
    ("html_links_around_blocks", || {
        page("<a href=x><div>".repeat(140_000))
    }),
    ("html_ever_new_marks", || {
        let marks = (0..100_000).map(|n| format!("<b id={n}><p>"));
        page(marks.collect::<String>())
    }),
    ("html_marks_never_closed", || {
        page("<b><i><u>".repeat(200_000))
    }),
    ("html_marks_closed_crosswise", || {
        page("<b><i><p></b></i>".repeat(100_000))
    }),
    ("html_marks_before_a_table", || {
        page("<table><b><tr>".repeat(100_000))
    }),
    ("html_tables_never_closed", || {
        page("<table><td>".repeat(100_000))
    }),
    ("html_text_in_tables", || {
        page("<table>a</table><table>".repeat(60_000))
    }),
    ("html_forms_and_selects", || {
        page("<form><select><option>a<button>".repeat(60_000))
    }),
    ("html_deep_elements", || page("<div>".repeat(1_000_000))),
    ("html_deep_foreign_elements", || {
        page("<svg><g>".repeat(200_000))
    }),
    ("html_many_elements", || page("<br>".repeat(4_000_000))),
    ("html_many_attributes", || {
        let attributes: String = (0..600_000).map(|n| format!(" a{n}")).collect();
        page(format!("<p{attributes}>"))
    }),
    ("html_many_attributes_behind_a_script", || {
        let attributes: String = (0..600_000).map(|n| format!(" a{n}")).collect();
        let hidden = "<script>1<b '></script>&gt;<svg><style><b '</style></svg>";
        page(format!("{hidden}<p title='>'{attributes}>"))
    }),
    ("html_same_attribute", || {
        page(format!("<p{}>", " a=b".repeat(2_000_000)))
    }),
    ("html_long_attribute", || {
        page(format!("<p title='{}'>a", "a > ".repeat(3_500_000)))
    }),
    ("html_long_comment", || {
        page(format!("<!--{}-->", "<b a b> -".repeat(1_500_000)))
    }),
    ("html_wide_and_tall_table", || {
        let wide = format!("<tr>{}", "<td>".repeat(20_000));
        page(format!("<table>{wide}{}", "<tr><td>".repeat(20_000)))
    }),
    ("html_many_styles", || {
        page("<p style='a:b;c:d;e:f'>a".repeat(300_000))
    }),
    ("html_long_style", || {
        page(format!("<p style='{}'>a", "a:b;".repeat(3_500_000)))
    }),
    ("html_long_style_value", || {
        page(format!(
            "<p style='font-weight:{}'>a",
            "a ".repeat(7_000_000)
        ))
    }),
    ("html_long_class_rules", || {
        let rule = format!(".a{{{}}}", "a:b;".repeat(900));
        page(format!("<style>{}</style>", rule.repeat(3_500)))
    }),
    ("html_deep_css", || {
        let sheet = "a{".repeat(2_000_000) + &"(".repeat(2_000_000) + &"[".repeat(1_000_000);
        page(format!("<style>{sheet}</style>"))
    }),
    ("html_many_classes", || {
        let sheet: String = (0..300_000)
            .map(|n| format!(".c{n}{{font-weight:700}}"))
            .collect();
        let names: String = (0..300_000).map(|n| format!("c{n} ")).collect();
        page(format!("<style>{sheet}</style><p class='{names}'>a"))
    }),
    ("html_long_class_on_all", || {
        let names = "a ".repeat(5_000);
        page(format!("<p class='{names}'>a").repeat(1_000))
    }),
    ("html_nested_list_paragraphs", || {
        let start = "<div style='mso-list:l0 level1 lfo1'>".repeat(150);
        page(start + &"<b style='a:b'>a</b>".repeat(100_000))
    }),
    ("html_hidden_text", || {
        page("<b hidden>a</b> <p></p>".repeat(100_000))
    }),
    ("html_struck_text", || {
        page("<s>".repeat(150) + &"a<br>".repeat(200_000))
    }),
    ("html_long_address", || {
        let link = format!("<a href='{}'>", "a".repeat(4_000_000));
        page(link + &"a<b>b</b><img src=a>".repeat(10_000))
    }),
    ("html_deep_lists", || {
        page("<ul><li>a".repeat(90) + &"<p>b<br>c".repeat(100_000))
    }),
    ("html_list_level_of_a_class", || {
        let lists = (0..40_000).map(|n| format!("<ul class=lst-kix_a-{n}><li>a</ul>"));
        page(lists.collect::<String>())
    }),
    ("html_largest_list_level", || {
        let list = format!("<ul class=lst-kix_a-{}><li>a<p>b</ul>", u64::MAX);
        page(list)
    }),
    ("html_notes", || {
        let notes = (0..80_000).map(|n| format!("<a href=#ftnt{n}>n</a>"));
        page(notes.collect::<String>())
    }),
    ("html_preformatted_lines", || {
        page(format!("<pre>{}", "a\n".repeat(5_000_000)))
    }),
    ("html_text_in_one_line", || page("a *b_ ".repeat(2_500_000))),
    ("html_text_around_the_article", || {
        let around = "<div>".repeat(150) + &"a b ".repeat(2_000_000);
        page(format!("<main>a</main>{around}"))
    }),
    ("html_many_selectors", || {
        let rule = ".a .a .a > .a .a .a .a .a b{font-weight:700}";
        let around = "<div class=a>".repeat(150);
        page(format!(
            "<style>{}</style>{around}{}",
            rule.repeat(1_000),
            "<b>a</b>".repeat(50_000)
        ))
    }),
    ("html_nested_layout_tables", || {
        page("<table><tr><td>a".repeat(45) + &"<p>b<td>c<tr><td>".repeat(50_000))
    }),
    ("html_deep_formula", || {
        let rows = "<math>".to_owned() + &"<mfenced><mi>a</mi>".repeat(150);
        page(rows + &"<mi>b</mi>".repeat(250_000))
    }),
    ("html_nested_directions", || {
        page("<div dir=rtl>".repeat(150) + &"<b></b>a".repeat(100_000))
    }),
    ("html_long_base", || {
        page(
            format!("<base href='https://a.example/{}/'>", "a".repeat(1_000_000))
                + &"<a href=b></a>".repeat(100_000),
        )
    }),
    ("html_in_another_encoding", || {
        let text = "<meta charset=shift_jis>".to_owned() + &"a".repeat(15_000_000);
        page(text)
    }),
];

fn page(html: impl Into<Vec<u8>>) -> Case {
    Case::new("issue.html", html)
}
