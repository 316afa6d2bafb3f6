use crate::{LabeledSpan, newsletter};

fn published() -> LabeledSpan {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &newsletter("1.1", "Radar", "It was built."));
    place.write("issues/2.md", &newsletter("1.2", "Radar", "It was built."));
    place.build();
    place
}

#[test]
fn an_id_that_is_not_there_any_more_is_refused_until_somebody_says_where_it_is() {
    let place = published();
    let before = place.site();
    place.write("issues/1.md", &newsletter("1.01", "Radar", "It was built."));
    let said = place.refuse();
    assert!(
        said.contains("the issue “digest-1.1” was published from “1.md” and is not there any more"),
        "{said}"
    );
    assert!(said.contains("\"digest-1.1\" = \"digest-1.01\""), "{said}");
    assert_eq!(place.site(), before);

    place.write(
        "issues/press.toml",
        "[moved]\n\"digest-1.1\" = \"digest-1.01\"\n",
    );
    place.build();
    let [old, new] =
        ["digest-1.1", "digest-1.01"].map(|id| place.read(&format!("site/issues/{id}/issue.json")));
    assert_eq!(old, new);
    let page = place.read("site/issues/digest-1.1/index.html");
    for part in [
        r#"<link rel="canonical" href="https://cdn.example/issues/digest-1.01/">"#,
        r#"<meta http-equiv="refresh" content="0; url=https://cdn.example/issues/digest-1.01/">"#,
        r#"<a href="https://cdn.example/issues/digest-1.01/">"#,
    ] {
        assert!(page.contains(part), "expected {part} in {page}");
    }
    assert!(
        place
            .read("site/_redirects")
            .starts_with("/issues/digest-1.1/ /issues/digest-1.01/ 301\n")
    );

    // It is not forgotten, for then the old address would be lost after all.
    place.write("issues/press.toml", "");
    assert!(place.refuse().contains("digest-1.1"));
}

#[test]
fn an_issue_may_move_twice_and_be_taken_back() {
    let place = published();
    place.write("issues/1.md", &newsletter("3", "Radar", "It was built."));
    place.remove("issues/2.md");
    place.write(
        "issues/press.toml",
        "[moved]\n\"digest-1.1\" = \"b\"\nb = \"digest-3\"\n\"digest-1.2\" = \"\"\n",
    );
    place.build();
    assert!(
        place
            .read("site/_redirects")
            .contains("/issues/digest-1.1/ /issues/digest-3/ 301")
    );
    assert!(!place.path("site/issues/digest-1.2").exists());
    place.write(
        "issues/press.toml",
        "[moved]\n\"digest-1.1\" = \"b\"\nb = \"digest-3\"\n",
    );
    place.build();
}

#[test]
fn settings_that_lead_nowhere_are_refused() {
    for (settings, expected) in [
        (
            "a = \"b\"",
            "“a” has moved to “b”, but there is no such issue",
        ),
        (
            "a = \"b\"\nb = \"a\"",
            "“a” has moved to “b”, but there is no such issue",
        ),
        (
            "\"digest-1.1\" = \"digest-1.2\"",
            "“digest-1.1” has moved, but there is an issue with this id",
        ),
        ("\"../x\" = \"digest-1.2\"", "“../x”"),
        ("\".\" = \"digest-1.2\"", "“.”"),
    ] {
        let place = published();
        let before = place.site();
        place.write("issues/press.toml", &format!("[moved]\n{settings}\n"));
        let said = place.refuse();
        assert!(said.contains(expected), "{settings}: {said}");
        assert_eq!(place.site(), before);
    }
}

#[test]
fn a_headline_that_has_another_id_is_named() {
    let place = published();
    place.write(
        "issues/2.md",
        &newsletter("1.2", "Radar site", "It was built."),
    );
    let said = place.build();
    assert!(
        said.contains("“2.md”: links to “radar” were published; new in their place: “radar-site”"),
        "{said}"
    );
}
