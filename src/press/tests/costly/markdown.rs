//! Newsletters in Markdown, and their front matter.

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("markdown_many_headlines", || {
        let item = |n| format!("- The radar {n} of site {n}\n");
        let list = (0..16_000).map(item).collect::<String>();
        lists("markdown_many_headlines", &list, &list)
    }),
    ("markdown_equal_headlines", || {
        let list = "- a\n".repeat(16_000);
        lists("markdown_equal_headlines", &list, &list)
    }),
    ("markdown_images", || {
        body("markdown_images", "![](a.png)".repeat(100_000))
    }),
    ("markdown_empty_links", || {
        body("markdown_empty_links", "[](a)".repeat(200_000))
    }),
    ("markdown_html", || {
        body("markdown_html", "<a>".repeat(340_000))
    }),
    ("markdown_html_lines", || {
        body("markdown_html_lines", "<a>\n\n".repeat(200_000))
    }),
    ("markdown_same_link_often", || {
        let links = format!("[{}](https://a.example/)", "a".repeat(500_000));
        let detail = links + &" [b](https://a.example/) c".repeat(18_000);
        lists(
            "markdown_same_link_often",
            "- a\n",
            &format!("- {detail}\n"),
        )
    }),
    ("markdown_long_address_often", || {
        let text = "[a][b] ".repeat(60_000) + "\n\n[b]: https://a.example/" + &"a".repeat(500_000);
        body("markdown_long_address_often", text)
    }),
    ("markdown_long_shared_address_often", || {
        let shared = "[b]: https://a.example/".to_owned() + &"a".repeat(900_000);
        body(
            "markdown_long_shared_address_often",
            "[a][b] c ".repeat(5_000),
        )
        .with_file("press.toml", "references = \"references.md\"\n")
        .with_file("references.md", shared)
    }),
    ("markdown_many_definitions", || {
        let text = (0..60_000)
            .map(|n| format!("[{n}]: a\n"))
            .collect::<String>();
        body(
            "markdown_many_definitions",
            text.repeat(2).get(..1_000_000).unwrap().to_owned(),
        )
    }),
    ("markdown_undefined_links", || {
        body("markdown_undefined_links", "[a][b]".repeat(170_000))
    }),
    ("markdown_deep_quotations", || {
        body("markdown_deep_quotations", ">".repeat(1_000_000))
    }),
    ("markdown_deep_quotations_with_lines", || {
        body(
            "markdown_deep_quotations_with_lines",
            ">".repeat(500_000) + &"a\n".repeat(250_000),
        )
    }),
    ("markdown_deep_lists", || {
        body("markdown_deep_lists", "- ".repeat(500_000))
    }),
    ("markdown_deep_lists_with_lines", || {
        body(
            "markdown_deep_lists_with_lines",
            "- ".repeat(250_000) + "a\n" + &"\n".repeat(490_000),
        )
    }),
    ("markdown_deep_lists_with_text", || {
        body(
            "markdown_deep_lists_with_text",
            "- ".repeat(250_000) + &"a\n".repeat(250_000),
        )
    }),
    ("markdown_ever_deeper_list", || {
        let list = (0..1_400)
            .map(|n| " ".repeat(2 * n) + "- a\n\n")
            .collect::<String>();
        body(
            "markdown_ever_deeper_list",
            list.get(..1_000_000).unwrap().to_owned(),
        )
    }),
    ("markdown_open_brackets", || {
        body("markdown_open_brackets", "[".repeat(1_000_000))
    }),
    ("markdown_nested_links", || {
        body(
            "markdown_nested_links",
            "[".repeat(300_000) + &"](a)".repeat(150_000),
        )
    }),
    ("markdown_images_in_images", || {
        body(
            "markdown_images_in_images",
            "![".repeat(200_000) + &"](a)".repeat(100_000),
        )
    }),
    ("markdown_stars", || {
        body("markdown_stars", "*a _b ".repeat(160_000))
    }),
    ("markdown_star_pairs", || {
        body("markdown_star_pairs", "*a*b".repeat(250_000))
    }),
    ("markdown_only_stars", || {
        body("markdown_only_stars", "*".repeat(1_000_000))
    }),
    ("markdown_bold_beside_japanese", || {
        body(
            "markdown_bold_beside_japanese",
            "日**「a」**".repeat(50_000),
        )
    }),
    ("markdown_code_spans", || {
        let ticks = (1..1_300).map(|n| "`".repeat(n) + "a").collect::<String>();
        body("markdown_code_spans", ticks)
    }),
    ("markdown_angle_brackets", || {
        body("markdown_angle_brackets", "<a ".repeat(330_000))
    }),
    ("markdown_comments", || {
        body("markdown_comments", "a <!-- <? <![CDATA[ ".repeat(50_000))
    }),
    ("markdown_tables", || {
        let row = "|a".repeat(5_000) + "\n";
        let head = row + &"|-".repeat(5_000) + "\n";
        body("markdown_tables", head + &"|\n".repeat(400_000))
    }),
    ("markdown_many_tables", || {
        body("markdown_many_tables", "a|b\n-|-\nc|d\n\n".repeat(70_000))
    }),
    ("markdown_footnotes", || {
        let notes = (0..40_000).map(|n| format!("[^{n}]\n\n[^{n}]: [^{n}]\n\n"));
        body("markdown_footnotes", notes.collect::<String>())
    }),
    ("markdown_typed_bullets", || {
        body("markdown_typed_bullets", "● a\n".repeat(160_000))
    }),
    ("markdown_labels", || {
        body("markdown_labels", "Vol: 1\n\n".repeat(120_000))
    }),
    ("markdown_label_lines", || {
        body("markdown_label_lines", "Vol: 1\n".repeat(140_000))
    }),
    ("markdown_lists_without_labels", || {
        body(
            "markdown_lists_without_labels",
            "- a\n\nb\n\n".repeat(120_000),
        )
    }),
    ("markdown_breaks", || {
        body("markdown_breaks", "a\\\n".repeat(300_000))
    }),
    ("markdown_long_words", || {
        let list = format!("- {}\n", "日本".repeat(80_000));
        lists("markdown_long_words", &list, &list)
    }),
    ("markdown_shared_words", || {
        let words: String = (0..40_000).map(|n| format!("w{n} ")).collect();
        let headlines = format!("- {words}\n") + &"- a\n".repeat(900);
        lists("markdown_shared_words", &headlines, &headlines)
    }),
    ("markdown_stories", || {
        body("markdown_stories", "- **a** b\n".repeat(90_000))
            .with_file("press.toml", "layout = \"bold-lead\"\n")
    }),
    ("markdown_headings", || {
        body("markdown_headings", "## a\n\nb\n\n".repeat(100_000))
            .with_file("press.toml", "layout = \"headings\"\n")
    }),
    ("markdown_linked_stories", || {
        body(
            "markdown_linked_stories",
            "- [a](https://a.example/) b\n".repeat(35_000),
        )
        .with_file("press.toml", "layout = \"link-lead\"\n")
    }),
    ("markdown_control_characters", || {
        body("markdown_control_characters", "\u{1}\n\n".repeat(300_000))
    }),
    ("yaml_open_brackets", || {
        front_matter(
            "yaml_open_brackets",
            "title: ".to_owned() + &"[".repeat(900_000),
        )
    }),
    ("yaml_open_braces", || {
        front_matter(
            "yaml_open_braces",
            "title: ".to_owned() + &"{a: ".repeat(240_000),
        )
    }),
    ("yaml_deep_lists", || {
        front_matter("yaml_deep_lists", "- ".repeat(450_000))
    }),
    ("yaml_keys", || {
        front_matter("yaml_keys", "? ".repeat(450_000))
    }),
    ("yaml_key_lines", || {
        front_matter(
            "yaml_key_lines",
            (0..90_000).map(|n| format!("k{n}: a\n")).collect(),
        )
    }),
    ("yaml_aliases", || {
        let laughs =
            (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9)));
        front_matter(
            "yaml_aliases",
            "a0: &a0 ha\n".to_owned() + &laughs.collect::<String>(),
        )
    }),
    ("yaml_anchors", || {
        front_matter(
            "yaml_anchors",
            (0..60_000).map(|n| format!("a{n}: &a{n} b\n")).collect(),
        )
    }),
    ("yaml_comments", || {
        front_matter("yaml_comments", "# a\n".repeat(240_000))
    }),
    ("yaml_quotes", || {
        front_matter(
            "yaml_quotes",
            "title: \"".to_owned() + &"\\n \n".repeat(200_000),
        )
    }),
    ("yaml_repeated_title", || {
        front_matter("yaml_repeated_title", "title: a\n".repeat(100_000))
    }),
    ("toml_open_brackets", || {
        toml(
            "toml_open_brackets",
            "title = ".to_owned() + &"[".repeat(900_000),
        )
    }),
    ("toml_open_braces", || {
        toml(
            "toml_open_braces",
            "title = ".to_owned() + &"{a=".repeat(300_000),
        )
    }),
    ("toml_dotted_key", || {
        toml("toml_dotted_key", "a.".repeat(450_000) + "a = 1")
    }),
    ("toml_dotted_tables", || {
        toml(
            "toml_dotted_tables",
            (0..700)
                .map(|n| format!("[{}a]\n", "a.".repeat(n)))
                .collect(),
        )
    }),
    ("toml_comments", || {
        toml("toml_comments", "# a\n".repeat(240_000))
    }),
    ("header_lines", || {
        Case::new("header_lines", "issue.md", "title: a\n".repeat(110_000))
    }),
    ("settings_open_brackets", || {
        body("settings_open_brackets", "a")
            .with_file("press.toml", "title = ".to_owned() + &"[".repeat(900_000))
    }),
];

/// The start of every newsletter here.
const START: &str = "Digest\n\nVol: 1\n\nDate: March 11, 2022\n\n";

fn body(name: &'static str, text: impl AsRef<str>) -> Case {
    Case::new(name, "issue.md", START.to_owned() + text.as_ref())
}

fn lists(name: &'static str, headlines: &str, details: &str) -> Case {
    body(
        name,
        format!("Headlines:\n\n{headlines}\nDetails:\n\n{details}"),
    )
}

fn front_matter(name: &'static str, yaml: String) -> Case {
    Case::new(name, "issue.md", format!("---\n{yaml}\n---\n\na\n"))
}

fn toml(name: &'static str, toml: String) -> Case {
    Case::new(name, "issue.md", format!("+++\n{toml}\n+++\n\na\n"))
}
