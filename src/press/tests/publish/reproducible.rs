//! The same newsletters give the same bytes.

use std::fs;

use digest_press::Issue;

use crate::{Workspace, newsletter};

/// Writes newsletters in this order.
fn write_newsletters(numbers: impl Iterator<Item = u32>) -> Workspace {
    let workspace = Workspace::new();
    for number in numbers {
        let text = newsletter(
            &format!("1.{number}"),
            "Radar",
            &"It was built in March. ".repeat(20),
        );
        workspace.write(&format!("issues/{number}.md"), &text);
    }
    workspace
}

#[test]
fn time_zone_language_and_file_order_do_not_change_the_site() {
    let expected = write_newsletters(1..20);
    expected.build();
    let expected = expected.site_tree();
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
        let workspace = write_newsletters((1..20).rev());
        let mut build = workspace.build_command("issues");
        let status = build
            .env("TZ", zone)
            .env("LANG", locale)
            .env("LC_ALL", locale)
            .status()
            .unwrap();
        assert!(status.success());
        assert!(
            workspace.site_tree() == expected,
            "another site in {zone} and {locale}"
        );
    }
}

#[test]
fn several_builds_give_the_same_site_as_one() {
    let several = write_newsletters(1..10);
    several.build();
    several.write(
        "issues/5.md",
        &newsletter("1.5", "Radar", "It was not built."),
    );
    several.build();
    let one = write_newsletters(1..10);
    fs::copy(several.path("issues/5.md"), one.path("issues/5.md")).unwrap();
    one.build();
    assert!(several.site_tree() == one.site_tree());
}

#[test]
fn word_document_and_web_page_give_the_same_issue_as_markdown() {
    let import = |path: &str| format!("{}/../../tests/import/{path}", env!("CARGO_MANIFEST_DIR"));
    for ending in ["docx", "html"] {
        let program = if ending == "docx" {
            "docx_pandoc"
        } else {
            "html_word"
        };
        let workspace = Workspace::new();
        workspace.write("issues/press.toml", "");
        let newsletter = format!("newsletter.{ending}");
        fs::copy(
            import(&format!("{program}/{newsletter}")),
            workspace.path("issues").join(newsletter),
        )
        .unwrap();
        workspace.build();
        let issue = workspace.read("site/issues/us-japan-alliance-digest-1.5/issue.json");
        let expected = fs::read_to_string(import("seed/issue.json")).unwrap();
        let [issue, expected] =
            [issue, expected].map(|json| Issue::from_json(json.as_bytes()).unwrap());
        assert_eq!(issue, expected, "{program}");
    }
}
