//! Failures: what a reader sees, and how a retry works.

use checks::{
    BrowserEngine, BrowserSettings, Page, StubResponse, TestContext, WidgetHandle, cases, glue,
    wasm,
};
use serde_json::json;

cases![
    missing_issue_shows_the_status,
    retry_after_recovery_shows_the_issue,
    retry_that_fails_shows_the_new_status,
    unreachable_issue_is_reported,
    html_in_place_of_the_issue_is_reported,
    newer_issue_format_asks_for_a_reload,
    issue_without_headlines_says_so,
    missing_engine_keeps_the_children,
    broken_engine_keeps_the_children,
    missing_glue_keeps_the_children,
    forbidden_webassembly_keeps_the_children_and_offers_no_retry,
    engine_of_the_wrong_type_still_draws,
    missing_engine_is_reported_in_japanese,
    slow_network_always_shows_something,
    offline_digest_loads_on_retry,
    other_issue_requested_offline_loads_on_retry,
];

async fn missing_issue_shows_the_status(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(404));
    let widget = context.visit("article.html").await.widget();
    widget
        .expect_text(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 404.",
        )
        .await;
    widget.expect_text("[part=retry]", "Try again").await;
    widget.expect_children_visible(true).await;
}

async fn retry_after_recovery_shows_the_issue(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(503));
    let widget = context.visit("article.html").await.widget();
    widget.expect_text("[part=retry]", "Try again").await;
    context.cdn.respond("issue.json", StubResponse::file());
    widget.click("[part=retry]").await;
    widget.wait_until_drawn().await;
    let focus = "return root.activeElement?.localName ?? null";
    widget
        .expect(
            "the focused element, after the pressed button is gone",
            focus,
            "h2",
        )
        .await;
}

async fn retry_that_fails_shows_the_new_status(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(503));
    let widget = context.visit("article.html").await.widget();
    widget
        .expect_text(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 503.",
        )
        .await;
    context.cdn.respond("issue.json", StubResponse::status(404));
    widget.click("[part=retry]").await;
    widget
        .expect_text(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 404.",
        )
        .await;
    widget.expect_text("[part=retry]", "Try again").await;
    widget.expect_children_visible(true).await;
}

async fn unreachable_issue_is_reported(context: &TestContext) {
    context
        .cdn
        .respond("issue.json", StubResponse::file().without_cors());
    let widget = context.visit("article.html").await.widget();
    widget
        .expect_text(
            "[role=alert] p",
            "The digest could not be reached. Check your connection and try again.",
        )
        .await;
    widget.expect_children_visible(true).await;
}

async fn html_in_place_of_the_issue_is_reported(context: &TestContext) {
    context.cdn.respond(
        "issue.json",
        StubResponse::json("<h1>Welcome to the café’s network</h1>").content_type("text/html"),
    );
    let widget = context.visit("article.html").await.widget();
    widget
        .expect_text(
            "[role=alert] p",
            "The digest cannot be shown: what arrived is not a digest.",
        )
        .await;
    widget.expect_children_visible(true).await;
}

async fn newer_issue_format_asks_for_a_reload(context: &TestContext) {
    let widget = context.visit("newer.html").await.widget();
    widget
        .expect_text(
            "[part=message]",
            "This issue is made for a newer version of the digest. Reload the page to get it.",
        )
        .await;
    widget.expect_children_visible(true).await;
}

async fn issue_without_headlines_says_so(context: &TestContext) {
    let widget = context.visit("empty.html").await.widget();
    widget
        .expect_text("[part=message]", "This issue has no headlines yet.")
        .await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    widget
        .expect("buttons", "return all('button').length", 0)
        .await;
}

async fn missing_engine_keeps_the_children(context: &TestContext) {
    context.cdn.respond(&wasm(), StubResponse::status(404));
    let page = context.visit("article.html").await;
    expect_engine_failure(&page.widget()).await;
    expect_retry_works(context, &page, &wasm()).await;
}

async fn broken_engine_keeps_the_children(context: &TestContext) {
    context.cdn.respond(
        &wasm(),
        StubResponse::json("not WebAssembly").content_type("application/wasm"),
    );
    let page = context.visit("article.html").await;
    expect_engine_failure(&page.widget()).await;
    expect_retry_works(context, &page, &wasm()).await;
}

async fn missing_glue_keeps_the_children(context: &TestContext) {
    context.cdn.respond(&glue(), StubResponse::status(404));
    let page = context.visit("article.html").await;
    expect_engine_failure(&page.widget()).await;
    expect_retry_works(context, &page, &glue()).await;
}

async fn forbidden_webassembly_keeps_the_children_and_offers_no_retry(context: &TestContext) {
    let widget = context.visit("no-wasm.html").await.widget();
    widget
        .expect_text("[role=alert]", "The digest could not be opened here.")
        .await;
    widget.expect_children_visible(true).await;
    let buttons = "return all('button').length";
    widget.expect("buttons", buttons, 0).await;
}

async fn engine_of_the_wrong_type_still_draws(context: &TestContext) {
    context.cdn.respond(
        &wasm(),
        StubResponse::file().content_type("application/octet-stream"),
    );
    context
        .visit("article.html")
        .await
        .widget()
        .wait_until_drawn()
        .await;
}

async fn missing_engine_is_reported_in_japanese(context: &TestContext) {
    context.cdn.respond(&wasm(), StubResponse::status(404));
    let widget = context.visit("japanese.html").await.widget();
    widget
        .expect_text("[role=alert] button", "もう一度試す")
        .await;
    widget.expect_children_visible(true).await;
}

/// Records what is visible at every moment. Nothing at all would be a hole in the embedder's page.
async fn slow_network_always_shows_something(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "bare.html")
        .await;
    page.run(RECORD_WHAT_IS_VISIBLE).await;
    if context.engine == BrowserEngine::Chromium {
        set_network(&page, false, SLOW).await;
    }
    let held = context.cdn.hold("issue.json");
    context.include_loader(&page).await;
    context.cdn.wait_for_request("issue.json").await;
    page.expect("the wait was long", "return seen.children > 30", true)
        .await;
    page.widget().expect_children_visible(true).await;
    held.release();
    page.widget().wait_until_drawn().await;
    page.expect("the digest was seen", "return seen.digest > 0", true)
        .await;
    let other = "return { nothing: seen.nothing, alerts: seen.alerts }";
    page.expect(
        "moments with nothing, or with an error",
        other,
        json!({ "nothing": 0, "alerts": 0 }),
    )
    .await;
}

/// Looks up to twenty times a second.
const RECORD_WHAT_IS_VISIBLE: &str = "
    window.seen = { children: 0, digest: 0, nothing: 0, alerts: 0 };
    const host = document.querySelector('digest-widget');
    setInterval(() => {
        const digest = host.shadowRoot?.querySelector('h3')?.checkVisibility();
        const children = host.firstElementChild.checkVisibility();
        seen[digest ? 'digest' : children ? 'children' : 'nothing'] += 1;
        if (host.shadowRoot?.querySelector('[role=alert]')) seen.alerts += 1;
    }, 50)";

async fn offline_digest_loads_on_retry(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "tall.html")
        .await;
    page.widget().wait_until_upgraded().await;
    set_online(context, &page, false).await;
    page.run("scrollTo(0, 7500)").await;
    expect_engine_failure(&page.widget()).await;
    page.widget().click("[part=retry]").await;
    expect_engine_failure(&page.widget()).await;
    set_online(context, &page, true).await;
    page.widget().click("[part=retry]").await;
    page.widget().wait_until_drawn().await;
}

async fn other_issue_requested_offline_loads_on_retry(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "article.html")
        .await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    set_online(context, &page, false).await;
    widget
        .run("host.src = host.src.replace(/issues.*/, 'issues/sources.json')")
        .await;
    widget
        .expect_text(
            "[role=alert] p",
            "The digest could not be reached. Check your connection and try again.",
        )
        .await;
    widget.expect_children_visible(true).await;
    set_online(context, &page, true).await;
    widget.click("[part=retry]").await;
    widget.expect_text("h2", "Coast Watch").await;
}

/// Chromium can emulate being offline. For the others, the CDN drops every connection.
async fn set_online(context: &TestContext, page: &Page, online: bool) {
    if context.engine == BrowserEngine::Chromium {
        set_network(page, !online, 0).await;
    } else {
        context.cdn.respond(
            "",
            if online {
                StubResponse::file()
            } else {
                StubResponse::dropped()
            },
        );
    }
}

/// Delays each request of Chromium's by `latency` milliseconds.
async fn set_network(page: &Page, offline: bool, latency: u32) {
    page.run_in_devtools("Network.enable", json!({})).await;
    let network = json!({ "offline": offline, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.run_in_devtools("Network.emulateNetworkConditions", network)
        .await;
}

const SLOW: u32 = 1_000;

/// Checks that a message and a button stand beside the element's children.
async fn expect_engine_failure(widget: &WidgetHandle) {
    widget.expect_text("[role=alert] button", "Try again").await;
    let sentence = "return one('[role=alert]').textContent.includes('could not be opened here.')";
    widget
        .expect("a sentence says what failed", sentence, true)
        .await;
    widget.expect_children_visible(true).await;
}

/// Serves `file` again, and checks that a retry draws the digest.
async fn expect_retry_works(context: &TestContext, page: &Page, file: &str) {
    context.cdn.respond(file, StubResponse::file());
    page.widget().click("[role=alert] button").await;
    page.widget().wait_until_drawn().await;
    page.widget()
        .expect("alerts", "return all('[role=alert]').length", 0)
        .await;
}
