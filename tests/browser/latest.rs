//! `latest/`: what an embedder pastes once shows the newest issue after each build.

use std::fs;

use checks::{Page, StubResponse, TestContext, WidgetHandle, build_site, cases, wasm};
use serde_json::json;
use tempfile::TempDir;

use crate::prerendered::{make_page, wait_for_swap};

cases![
    pasted_snippet_shows_the_newest_issue_after_each_build,
    element_without_prerendered_issue_shows_the_newest_after_each_build,
    prerendered_issue_is_replaced_by_a_newer_one,
    failing_newest_issue_leaves_the_prerendered_one,
];

const OLDER: &str = "Radar site completed";
const NEWER: &str = "Naval drills began";

async fn pasted_snippet_shows_the_newest_issue_after_each_build(context: &TestContext) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    serve_page(context, &series.read_file("latest/snippet.html"));
    let page = context.visit(PAGE).await;
    wait_for_swap(&page.widget()).await;
    expect_headline(&page.widget(), OLDER).await;
    series.publish(context, 25, NEWER);
    reload(context, &page).await;
    wait_for_swap(&page.widget()).await;
    expect_headline(&page.widget(), NEWER).await;
}

async fn element_without_prerendered_issue_shows_the_newest_after_each_build(
    context: &TestContext,
) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    let cdn = context.cdn.address();
    let snippet = format!(
        r#"<script type="module" src="{cdn}/digest.js"></script>
           <digest-widget src="{cdn}/latest/issue.json"><a href="{cdn}/latest/">Digest</a></digest-widget>"#
    );
    serve_page(context, &snippet);
    let page = context.visit(PAGE).await;
    page.widget().wait_until_drawn().await;
    expect_headline(&page.widget(), OLDER).await;
    series.publish(context, 25, NEWER);
    reload(context, &page).await;
    page.widget().wait_until_drawn().await;
    expect_headline(&page.widget(), NEWER).await;
}

async fn prerendered_issue_is_replaced_by_a_newer_one(context: &TestContext) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    serve_page(context, &series.read_file("latest/snippet.html"));
    series.publish(context, 25, NEWER);
    let held = context.cdn.hold(&wasm());
    let page = context.visit(PAGE).await;
    let widget = page.widget();
    expect_headline(&widget, OLDER).await;
    widget.click("summary").await;
    widget.expect_panels([true]).await;
    held.release();
    wait_for_swap(&widget).await;
    expect_headline(&widget, NEWER).await;
    widget.expect_panels([false]).await;
    let dates = "return all('time').map(date => date.dateTime)";
    widget
        .expect("the dates of the digest", dates, json!(["2022-03-25"]))
        .await;
}

async fn failing_newest_issue_leaves_the_prerendered_one(context: &TestContext) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    serve_page(context, &series.read_file("latest/snippet.html"));
    context.cdn.respond(ISSUE, StubResponse::status(404));
    let page = context.visit(PAGE).await;
    context.cdn.wait_for_request(ISSUE).await;
    context.let_requests_arrive(&page).await;
    expect_headline(&page.widget(), OLDER).await;
}

/// The embedder's page.
const PAGE: &str = "latest.html";

const ISSUE: &str = "/latest/issue.json";

/// Serves the embedder's page with what was pasted into it.
fn serve_page(context: &TestContext, snippet: &str) {
    let page = StubResponse::html(&make_page("", snippet)).uncached();
    context.embedder.respond(PAGE, page);
}

async fn reload(context: &TestContext, page: &Page) {
    page.open(&format!("{}/{PAGE}", context.embedder.address()))
        .await;
}

async fn expect_headline(widget: &WidgetHandle, expected: &str) {
    let headlines = "return all('[part=headline]').map(headline => headline.textContent)";
    widget
        .expect("the headlines", headlines, json!([expected]))
        .await;
}

/// A series whose site the case's CDN serves.
struct Series(TempDir);

impl Series {
    fn new() -> Series {
        let series = Series(tempfile::tempdir().expect("a folder for the series"));
        fs::create_dir(series.0.path().join("issues")).expect("it is an empty folder");
        series
    }

    /// Adds an issue of this day in March with one headline, and builds the site. The CDN answers as if
    /// the caches had expired.
    fn publish(&self, context: &TestContext, day: u32, headline: &str) {
        let newsletter = format!(
            "Digest\n\nVol: 1.{day}\n\nDate: March {day}, 2022\n\n\
             Headlines:\n\n- {headline}\n\nDetails:\n\n- It is in the news.\n"
        );
        let [issues, site] = ["issues", "site"].map(|name| self.0.path().join(name));
        fs::write(issues.join(format!("{day}.md")), newsletter).expect("it can be written");
        build_site(&issues, &site, context.cdn.address());
        let issue = StubResponse::json(&self.read_file("latest/issue.json"));
        context.cdn.respond(ISSUE, issue.uncached());
    }

    /// Reads a file of the site.
    fn read_file(&self, path: &str) -> String {
        let file = self.0.path().join("site").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }
}
