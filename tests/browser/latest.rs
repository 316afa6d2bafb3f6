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
    series_script_shows_the_newest_issue_without_a_request,
    series_script_after_another_loader_brings_its_issue,
    reload_bypasses_the_series_script,
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
    serve_page(context, &make_snippet(context, "digest.js"));
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
    let held = context.cdn.hold(ISSUE);
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

async fn series_script_shows_the_newest_issue_without_a_request(context: &TestContext) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    serve_page(context, &make_snippet(context, "series.js"));
    let page = context.visit(PAGE).await;
    expect_headline(&page.widget(), OLDER).await;
    context.cdn.wait_for_request(&wasm()).await;
    context.let_requests_arrive(&page).await;
    assert_eq!(
        context.cdn.count_requests(ISSUE),
        0,
        "requests for the issue"
    );
    series.publish(context, 25, NEWER);
    reload(context, &page).await;
    expect_headline(&page.widget(), NEWER).await;
}

async fn series_script_after_another_loader_brings_its_issue(context: &TestContext) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    context.cdn.respond(ISSUE, StubResponse::status(500));
    serve_page(context, &make_snippet(context, "digest.js"));
    let page = context.visit(PAGE).await;
    page.widget().expect_children_visible(true).await;
    let include = format!(
        "const script = document.createElement('script');
         script.type = 'module';
         script.src = '{}/series.js';
         script.onload = () => document.querySelector('main').append(
             document.querySelector('digest-widget').cloneNode(true));
         document.head.append(script)",
        context.cdn.address()
    );
    page.run(&include).await;
    expect_headline(&page.nth_widget(1), OLDER).await;
}

async fn reload_bypasses_the_series_script(context: &TestContext) {
    let series = Series::new();
    series.publish(context, 11, OLDER);
    serve_page(context, &make_snippet(context, "series.js"));
    let page = context.visit(PAGE).await;
    expect_headline(&page.widget(), OLDER).await;
    series.publish(context, 25, NEWER);
    page.widget().run("host.reload()").await;
    expect_headline(&page.widget(), NEWER).await;
}

/// The snippet with this script.
fn make_snippet(context: &TestContext, script: &str) -> String {
    let cdn = context.cdn.address();
    format!(
        r#"<script type="module" src="{cdn}/{script}"></script>
           <digest-widget src="{cdn}{ISSUE}"><a href="{cdn}/latest/">Digest</a></digest-widget>"#
    )
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

    /// Adds an issue of this day in March with one headline, and builds the site. The CDN serves its
    /// newest issue and its series script as if the caches had expired.
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
        let script = StubResponse::bytes(self.read_file("series.js").into_bytes());
        let script = script.content_type("text/javascript");
        context.cdn.respond("/series.js", script.uncached());
    }

    /// Reads a file of the site.
    fn read_file(&self, path: &str) -> String {
        let file = self.0.path().join("site").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }
}
