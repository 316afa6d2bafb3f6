//! Newsletters in Markdown, and their front matter.

use std::fmt::Display;

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("markdown_many_headlines", || {
        let item = |n| format!("- The radar {n} of site {n}\n");
        let list = (0..16_000).map(item).collect::<String>();
        lists(&list, &list)
    }),
    ("markdown_equal_headlines", || {
        let list = "- a\n".repeat(16_000);
        lists(&list, &list)
    }),
    ("markdown_images", || body("![](a.png)".repeat(100_000))),
    ("markdown_empty_links", || body("[](a)".repeat(200_000))),
    ("markdown_html", || body("<a>".repeat(340_000))),
    ("markdown_html_lines", || body("<a>\n\n".repeat(200_000))),
    ("markdown_same_link_often", || {
        let links = format!("[{}](https://a.example/)", "a".repeat(500_000));
        let detail = links + &" [b](https://a.example/) c".repeat(18_000);
        lists("- a\n", &format!("- {detail}\n"))
    }),
    ("markdown_long_address_often", || {
        let text = "[a][b] ".repeat(60_000) + "\n\n[b]: https://a.example/" + &"a".repeat(500_000);
        body(text)
    }),
    ("markdown_long_shared_address_often", || {
        let shared = "[b]: https://a.example/".to_owned() + &"a".repeat(900_000);
        body("[a][b] c ".repeat(5_000))
            .with_file("press.toml", "references = \"references.md\"\n")
            .with_file("references.md", shared)
    }),
    ("markdown_many_definitions", || {
        let text = (0..60_000)
            .map(|n| format!("[{n}]: a\n"))
            .collect::<String>();
        body(text.repeat(2).get(..1_000_000).unwrap())
    }),
    ("markdown_half_written_signs", || {
        body("**a _b [c {{d *|e %%f www.g @h ".repeat(30_000))
    }),
    ("markdown_open_braces", || body("{{a".repeat(330_000))),
    ("markdown_bare_addresses", || {
        body("www.a.b_c@d.e ".repeat(70_000))
    }),
    ("markdown_undefined_links", || {
        body("[a][b]".repeat(170_000))
    }),
    ("markdown_deep_quotations", || body(">".repeat(1_000_000))),
    ("markdown_deep_quotations_with_lines", || {
        body(">".repeat(500_000) + &"a\n".repeat(250_000))
    }),
    ("markdown_deep_lists", || body("- ".repeat(500_000))),
    ("markdown_deep_lists_with_lines", || {
        body("- ".repeat(250_000) + "a\n" + &"\n".repeat(490_000))
    }),
    ("markdown_deep_lists_with_text", || {
        body("- ".repeat(250_000) + &"a\n".repeat(250_000))
    }),
    ("markdown_ever_deeper_list", || {
        let list = (0..1_400)
            .map(|n| " ".repeat(2 * n) + "- a\n\n")
            .collect::<String>();
        body(list.get(..1_000_000).unwrap())
    }),
    ("markdown_open_brackets", || body("[".repeat(1_000_000))),
    ("markdown_nested_links", || {
        body("[".repeat(300_000) + &"](a)".repeat(150_000))
    }),
    ("markdown_images_in_images", || {
        body("![".repeat(200_000) + &"](a)".repeat(100_000))
    }),
    ("markdown_stars", || body("*a _b ".repeat(160_000))),
    ("markdown_star_pairs", || body("*a*b".repeat(250_000))),
    ("markdown_only_stars", || body("*".repeat(1_000_000))),
    ("markdown_bold_beside_japanese", || {
        body("日**「a」**".repeat(50_000))
    }),
    ("markdown_code_spans", || {
        let ticks = (1..1_300).map(|n| "`".repeat(n) + "a").collect::<String>();
        body(ticks)
    }),
    ("markdown_angle_brackets", || body("<a ".repeat(330_000))),
    ("markdown_comments", || {
        body("a <!-- <? <![CDATA[ ".repeat(50_000))
    }),
    ("markdown_tables", || {
        let row = "|a".repeat(5_000) + "\n";
        let head = row + &"|-".repeat(5_000) + "\n";
        body(head + &"|\n".repeat(400_000))
    }),
    ("markdown_many_tables", || {
        body("a|b\n-|-\nc|d\n\n".repeat(70_000))
    }),
    ("markdown_footnotes", || {
        let notes = (0..40_000).map(|n| format!("[^{n}]\n\n[^{n}]: [^{n}]\n\n"));
        body(notes.collect::<String>())
    }),
    ("markdown_typed_bullets", || body("● a\n".repeat(160_000))),
    ("markdown_labels", || body("Vol: 1\n\n".repeat(120_000))),
    ("markdown_label_lines", || body("Vol: 1\n".repeat(140_000))),
    ("markdown_lists_without_labels", || {
        body("- a\n\nb\n\n".repeat(120_000))
    }),
    ("markdown_breaks", || body("a\\\n".repeat(300_000))),
    ("markdown_long_words", || {
        let list = format!("- {}\n", "日本".repeat(80_000));
        lists(&list, &list)
    }),
    ("markdown_shared_words", || {
        let words: String = (0..40_000).map(|n| format!("w{n} ")).collect();
        let headlines = format!("- {words}\n") + &"- a\n".repeat(900);
        lists(&headlines, &headlines)
    }),
    ("markdown_stories", || {
        body("- **a** b\n".repeat(90_000)).with_file("press.toml", "layout = \"bold-lead\"\n")
    }),
    ("markdown_headings", || {
        body("## a\n\nb\n\n".repeat(100_000)).with_file("press.toml", "layout = \"headings\"\n")
    }),
    ("markdown_linked_stories", || {
        body("- [a](https://a.example/) b\n".repeat(35_000))
            .with_file("press.toml", "layout = \"link-lead\"\n")
    }),
    ("markdown_control_characters", || {
        body("\u{1}\n\n".repeat(300_000))
    }),
    ("yaml_open_brackets", || {
        front_matter("title: ".to_owned() + &"[".repeat(900_000))
    }),
    ("yaml_open_braces", || {
        front_matter("title: ".to_owned() + &"{a: ".repeat(240_000))
    }),
    ("yaml_deep_lists", || front_matter("- ".repeat(450_000))),
    ("yaml_keys", || front_matter("? ".repeat(450_000))),
    ("yaml_key_lines", || {
        front_matter(
            (0..90_000)
                .map(|n| format!("k{n}: a\n"))
                .collect::<String>(),
        )
    }),
    ("yaml_aliases", || {
        let laughs =
            (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9)));
        front_matter("a0: &a0 ha\n".to_owned() + &laughs.collect::<String>())
    }),
    ("yaml_anchors", || {
        front_matter(
            (0..60_000)
                .map(|n| format!("a{n}: &a{n} b\n"))
                .collect::<String>(),
        )
    }),
    ("yaml_comments", || front_matter("# a\n".repeat(240_000))),
    ("yaml_quotes", || {
        front_matter("title: \"".to_owned() + &"\\n \n".repeat(200_000))
    }),
    ("yaml_repeated_title", || {
        front_matter("title: a\n".repeat(100_000))
    }),
    ("toml_open_brackets", || {
        toml("title = ".to_owned() + &"[".repeat(900_000))
    }),
    ("toml_open_braces", || {
        toml("title = ".to_owned() + &"{a=".repeat(300_000))
    }),
    ("toml_dotted_key", || toml("a.".repeat(450_000) + "a = 1")),
    ("toml_dotted_tables", || {
        toml(
            (0..700)
                .map(|n| format!("[{}a]\n", "a.".repeat(n)))
                .collect::<String>(),
        )
    }),
    ("toml_comments", || toml("# a\n".repeat(240_000))),
    ("header_lines", || {
        Case::new("issue.md", "title: a\n".repeat(110_000))
    }),
    ("settings_open_brackets", || {
        body("a").with_file("press.toml", "title = ".to_owned() + &"[".repeat(900_000))
    }),
];

/// The start of every newsletter here.
const START: &str = "Digest\n\nVol: 1\n\nDate: March 11, 2022\n\n";

fn body(text: impl AsRef<str>) -> Case {
    Case::new("issue.md", START.to_owned() + text.as_ref())
}

fn lists(headlines: &str, details: &str) -> Case {
    body(format!("Headlines:\n\n{headlines}\nDetails:\n\n{details}"))
}

fn front_matter(yaml: impl Display) -> Case {
    Case::new("issue.md", format!("---\n{yaml}\n---\n\na\n"))
}

fn toml(toml: impl Display) -> Case {
    Case::new("issue.md", format!("+++\n{toml}\n+++\n\na\n"))
}
