//! Issue files.

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("json_open_brackets", || {
        json("json_open_brackets", "[".repeat(1_000_000))
    }),
    ("json_open_braces", || {
        json("json_open_braces", "{\"a\":".repeat(200_000))
    }),
    ("json_numbers", || {
        json("json_numbers", format!("[{}1]", "1,".repeat(500_000)))
    }),
    ("json_empty_headlines", || {
        issue(
            "json_empty_headlines",
            &format!("{}{{}}", "{},".repeat(300_000)),
        )
    }),
    ("json_faulty_headlines", || {
        let headline = "{\"id\":\"\",\"text\":\"\",\"detail\":[]}";
        issue("json_faulty_headlines", &[headline; 30_000].join(","))
    }),
    ("json_many_headlines", || {
        let headlines = (0..16_000).map(|n| {
            format!("{{\"id\":\"a{n}\",\"text\":\"a\",\"detail\":[[{{\"text\":\"b{n}\"}}]]}}")
        });
        issue(
            "json_many_headlines",
            &headlines.collect::<Vec<_>>().join(","),
        )
    }),
    ("json_faulty_links", || {
        let run = "{\"text\":\"a\",\"href\":\"x:\"}";
        let detail = [run; 40_000].join(",");
        issue(
            "json_faulty_links",
            &format!("{{\"id\":\"a\",\"text\":\"a\",\"detail\":[[{detail}]]}}"),
        )
    }),
    ("json_long_name_around_many_values", || {
        let name = "a".repeat(400_000);
        json(
            "json_long_name_around_many_values",
            format!("{{\"{name}\":[{}1]}}", "1,".repeat(300_000)),
        )
    }),
    ("json_repeated_name", || {
        json(
            "json_repeated_name",
            format!("{{{}\"a\":1}}", "\"a\":1,".repeat(160_000)),
        )
    }),
];

fn json(name: &'static str, text: String) -> Case {
    Case::new(name, "issue.json", text)
}

fn issue(name: &'static str, headlines: &str) -> Case {
    json(
        name,
        format!(
            "{{\"format\":1,\"id\":\"a\",\"title\":\"A\",\"volume\":\"1\",\"date\":\"2022-03-11\",\
             \"lang\":\"en\",\"headlines\":[{headlines}]}}"
        ),
    )
}
