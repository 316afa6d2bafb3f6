//! Issue files.

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("json_open_brackets", || json("[".repeat(1_000_000))),
    ("json_open_braces", || json("{\"a\":".repeat(200_000))),
    ("json_numbers", || {
        json(format!("[{}1]", "1,".repeat(500_000)))
    }),
    ("json_empty_headlines", || {
        issue(&format!("{}{{}}", "{},".repeat(300_000)))
    }),
    ("json_faulty_headlines", || {
        let headline = "{\"id\":\"\",\"text\":\"\",\"detail\":[]}";
        issue(&[headline; 30_000].join(","))
    }),
    ("json_many_headlines", || {
        let headlines = (0..16_000).map(|n| {
            format!("{{\"id\":\"a{n}\",\"text\":\"a\",\"detail\":[[{{\"text\":\"b{n}\"}}]]}}")
        });
        issue(&headlines.collect::<Vec<_>>().join(","))
    }),
    ("json_faulty_links", || {
        let run = "{\"text\":\"a\",\"href\":\"x:\"}";
        let detail = [run; 40_000].join(",");
        issue(&format!(
            "{{\"id\":\"a\",\"text\":\"a\",\"detail\":[[{detail}]]}}"
        ))
    }),
    ("json_long_name_around_many_values", || {
        let name = "a".repeat(400_000);
        json(format!("{{\"{name}\":[{}1]}}", "1,".repeat(300_000)))
    }),
    ("json_repeated_name", || {
        json(format!("{{{}\"a\":1}}", "\"a\":1,".repeat(160_000)))
    }),
];

fn json(text: String) -> Case {
    Case::new("issue.json", text)
}

fn issue(headlines: &str) -> Case {
    json(format!(
        "{{\"format\":1,\"id\":\"a\",\"title\":\"A\",\"volume\":\"1\",\"date\":\"2022-03-11\",\
             \"lang\":\"en\",\"headlines\":[{headlines}]}}"
    ))
}
