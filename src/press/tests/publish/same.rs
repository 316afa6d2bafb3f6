use std::fs;

use crate::{LabeledSpan, newsletter};

/// Newsletters, made in this order.
fn place(numbers: impl Iterator<Item = u32>) -> LabeledSpan {
    let place = LabeledSpan::new();
    for number in numbers {
        let text = newsletter(
            &format!("1.{number}"),
            "Radar",
            &"It was built in March. ".repeat(20),
        );
        place.write(&format!("issues/{number}.md"), &text);
    }
    place
}

#[test]
fn the_same_newsletters_give_the_same_bytes_at_any_time_in_any_zone_and_language() {
    let expected = place(1..20);
    expected.build();
    let expected = expected.site();
    assert!(
        expected.keys().any(|path| path.ends_with("issue.json.gz")),
        "{:?}",
        expected.keys()
    );
    for (zone, locale) in [
        ("Asia/Tokyo", "ja_JP.UTF-8"),
        ("America/Los_Angeles", "tr_TR.UTF-8"),
        ("UTC", "C"),
    ] {
        let place = place((1..20).rev());
        let mut build = place.command("issues");
        let status = build
            .env("TZ", zone)
            .env("LANG", locale)
            .env("LC_ALL", locale)
            .status()
            .unwrap();
        assert!(status.success());
        assert!(
            place.site() == expected,
            "another site in {zone} and {locale}"
        );
    }
}

#[test]
fn a_site_of_several_builds_is_the_same_as_that_of_one() {
    let several = place(1..10);
    several.build();
    several.write(
        "issues/5.md",
        &newsletter("1.5", "Radar", "It was not built."),
    );
    several.build();
    let one = place(1..10);
    fs::copy(several.path("issues/5.md"), one.path("issues/5.md")).unwrap();
    one.build();
    assert!(several.site() == one.site());
}

#[test]
fn a_word_document_or_a_web_page_makes_the_same_issue_as_its_markdown() {
    let import = |path: &str| format!("{}/../../tests/import/{path}", env!("CARGO_MANIFEST_DIR"));
    for ending in ["docx", "html"] {
        let program = if ending == "docx" {
            "docx_pandoc"
        } else {
            "html_word"
        };
        let place = LabeledSpan::new();
        place.write("issues/press.toml", "");
        let newsletter = format!("newsletter.{ending}");
        fs::copy(
            import(&format!("{program}/{newsletter}")),
            place.path("issues").join(newsletter),
        )
        .unwrap();
        place.build();
        let issue = place.read("site/issues/us-japan-alliance-digest-1.5/issue.json");
        assert_eq!(
            issue,
            fs::read_to_string(import("seed/issue.json")).unwrap(),
            "{program}"
        );
    }
}
