use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::{LabeledSpan, newsletter, tree};

fn good() -> String {
    newsletter("1.1", "Radar", "It was built.")
}

#[test]
fn every_error_of_every_newsletter_is_told_in_their_order_and_nothing_is_written() {
    let place = LabeledSpan::new();
    place.write(
        "issues/a.md",
        &good()
            .replace("Date: March 11, 2022", "")
            .replace("Vol: 1.1", ""),
    );
    place.write("issues/b.md", &good());
    place.write(
        "issues/c/d.markdown",
        &good().replace("March 11", "March 32"),
    );
    place.write("issues/e.md", &"a".repeat(1024 * 1024 + 1));
    let said = place.refuse();
    let errors: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(errors.len(), 4, "{said}");
    for (error, part) in errors.iter().zip([
        "Date",
        "Vol",
        "date is not understood",
        "issues/e.md” is larger than 1048576 bytes",
    ]) {
        assert!(error.contains(part), "expected {part} in {error}");
    }
    assert!(
        said.contains("issues/a.md") && said.contains("issues/c/d.markdown:5"),
        "{said}"
    );
    assert!(said.ends_with("\n4 errors, nothing written\n"), "{said}");
    assert!(!place.path("site").exists());
}

#[test]
fn what_is_no_newsletter_is_passed_over() {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &good());
    place.write("issues/press.toml", "references = \"links.md\"\n");
    for name in [
        "README.md",
        "sub/readme.MD",
        "links.md",
        ".draft.md",
        ".git/a.md",
        "notes.pages",
        "image.png",
    ] {
        place.write(&format!("issues/{name}"), "no newsletter");
    }
    assert!(place.build().contains("built site: 1 issue;"));
}

#[test]
fn the_day_may_stand_in_the_name_of_each_file() {
    let place = LabeledSpan::new();
    place.write("issues/press.toml", "date = \"file-name\"\n");
    place.write(
        "issues/2022-03-11-radar.md",
        &good().replace("Date: March 11, 2022", ""),
    );
    place.build();
    assert!(
        place
            .read("site/issues/digest-1.1/issue.json")
            .contains("\"date\": \"2022-03-11\"")
    );
    place.write(
        "issues/drills.md",
        &newsletter("1.2", "Drills", "They began."),
    );
    let said = place.refuse();
    assert!(
        said.contains("the name of the file, “drills.md”, does not hold one day"),
        "{said}"
    );
    assert!(said.contains("issues/drills.md\n"), "{said}");
}

#[test]
fn two_newsletters_of_one_id_are_named() {
    let place = LabeledSpan::new();
    place.write("issues/a.md", &good());
    place.write("issues/b/a.md", &good());
    let said = place.refuse();
    assert!(
        said.contains("“a.md” and “b/a.md” have the same id, “digest-1.1”"),
        "{said}"
    );
}

#[test]
fn a_folder_without_newsletters_or_one_that_is_not_there_is_refused() {
    let place = LabeledSpan::new();
    let said = place.refuse();
    assert!(said.contains("“issues” cannot be read"), "{said}");
    place.write("issues/README.md", "");
    let said = place.refuse();
    assert!(said.contains("“issues” contains no newsletters"), "{said}");
}

#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let place = LabeledSpan::new();
    place.write("elsewhere/1.md", &good());
    place.write("issues/2.md", &newsletter("1.2", "Radar", "It was built."));
    for (link, target) in [
        ("issues/1.md", "../elsewhere/1.md"),
        ("issues/old", "../elsewhere"),
        ("issues/3.md", "no.md"),
    ] {
        symlink(target, place.path(link)).unwrap();
        let said = place.refuse();
        assert!(said.contains(link), "{said}");
        fs::remove_file(place.path(link)).unwrap();
    }
    symlink("2.md", place.path("issues/again.md")).unwrap();
    let said = place.refuse();
    assert!(
        said.contains("“2.md” and “again.md” have the same id"),
        "{said}"
    );
}

#[test]
fn a_pipe_is_not_waited_for() {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &good());
    assert!(
        Command::new("mkfifo")
            .arg(place.path("issues/2.md"))
            .status()
            .unwrap()
            .success()
    );
    let said = place.refuse();
    assert!(
        said.contains("issues/2.md” cannot be read: it is no file"),
        "{said}"
    );
}

#[test]
fn newsletters_and_site_are_not_one_in_the_other() {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &good());
    let before = tree(&place.path("issues"));
    for output in [
        "issues",
        "issues/site",
        "issues/new/site",
        ".",
        "issues/../issues",
    ] {
        let output = place
            .command("issues")
            .args(["-o", output])
            .output()
            .unwrap();
        assert_ne!(output.status.code(), Some(0));
    }
    symlink("issues", place.path("link")).unwrap();
    for output in [
        "issues",
        "issues/site",
        "issues/new/site",
        ".",
        "link",
        "link/site",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
        command
            .current_dir(place.path(""))
            .args(["build", "issues", "-o", output, "--widget", "widget"]);
        let said = command
            .args(["--site", "https://cdn.example/"])
            .output()
            .unwrap();
        assert_eq!(said.status.code(), Some(1), "{output}");
        let said = String::from_utf8(said.stderr).unwrap();
        assert!(said.contains("one is in the other"), "{output}: {said}");
        assert_eq!(tree(&place.path("issues")), before, "{output}");
    }
}

#[test]
fn a_folder_without_the_widget_is_refused() {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &good());
    place.remove("widget/frame.html");
    let said = place.refuse();
    assert!(
        said.contains("“widget” does not hold the widget: “frame.html” is missing"),
        "{said}"
    );
    place.write("widget/frame.html", "");
    symlink("/etc/hostname", place.path("widget/link.js")).unwrap();
    let said = place.refuse();
    assert!(
        said.contains("“widget/link.js”, among the widget's files, is a link"),
        "{said}"
    );
}

#[test]
fn a_site_without_an_address_is_refused() {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &good());
    let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
    command
        .current_dir(place.path(""))
        .args(["build", "issues", "-o", "site", "--widget", "widget"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(crate::said(&output).contains("the address that the site will have is missing"));
    place.write(
        "issues/press.toml",
        "site = \"https://cdn.example/digest\"\n",
    );
    assert!(command.output().unwrap().status.success());
    assert!(
        place
            .read("site/index.html")
            .contains("https://cdn.example/digest/")
    );
}
