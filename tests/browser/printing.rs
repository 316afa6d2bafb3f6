//! A printed digest has every panel and the address of every link.

use std::process::Command;

use checks::{BrowserSettings, Page, TestContext, cases};
use fantoccini::wd::PrintConfiguration;

cases![closed_digest_prints_every_panel];

async fn closed_digest_prints_every_panel(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "sources.html")
        .await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_panels([false, false]).await;
    let paper = print_to_text(&page).await;
    for words in [
        "Coast Watch",
        "Radar site completed",
        "The site was completed (https://www.mofa.go.jp/press/release) on March 1.",
        "A second panel stays closed on the screen and is read on paper.",
        "Coast Photos (https://photos.example/radar)",
    ] {
        assert!(
            paper.contains(words),
            "expected on paper: {words}\nfound: {paper}"
        );
    }
    assert!(
        !paper.contains("Open all"),
        "expected no switches on paper, found: {paper}"
    );
}

/// The text of the printed page. Runs of spaces and line breaks count as one space.
pub(crate) async fn print_to_text(page: &Page) -> String {
    let pdf = page
        .client()
        .print(PrintConfiguration::default())
        .await
        .expect("the browser prints");
    let folder = tempfile::tempdir().expect("a folder for the printed page");
    let file = folder.path().join("page.pdf");
    std::fs::write(&file, pdf).expect("the printed page can be written");
    let text = Command::new("pdftotext")
        .arg(&file)
        .arg("-")
        .output()
        .unwrap_or_else(|error| {
            panic!("pdftotext (on Debian `apt-get install poppler-utils`): {error}")
        });
    String::from_utf8_lossy(&text.stdout)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
