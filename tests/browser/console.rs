//! The console of an embedder's page in which the digest fails: one message that says what is wrong
//! and what to change.

use checks::{Page, StubResponse, TestContext, cases, glue, wasm};
use serde_json::{Value, json};

cases![
    policy_that_forbids_webassembly_is_answered_with_the_header_to_send,
    policy_that_forbids_fetching_is_answered_with_the_header_to_send,
    suggested_header_makes_the_digest_work,
    missing_cors_header_is_explained,
    missing_issue_is_explained,
    truncated_issue_is_explained,
    html_in_place_of_the_issue_is_explained,
    invalid_issue_is_located,
    invalid_issue_object_is_located,
    missing_engine_is_explained,
    engine_without_cors_header_is_explained,
    engine_of_the_wrong_type_is_a_warning,
    browser_without_webassembly_is_explained,
    invalid_src_is_explained,
    two_elements_log_one_message,
    working_page_logs_nothing,
];

const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// Records the errors in the console from then on.
pub(crate) const RECORD_MESSAGES: &str =
    "window.messages = []; console.error = (...texts) => window.messages.push(texts.join(' '));";

/// Records the exceptions and rejections that nobody catches from then on.
pub(crate) const RECORD_ERRORS: &str = "window.errors = [];
    for (const type of ['error', 'unhandledrejection'])
        addEventListener(type, ({ message, reason }) => errors.push(String(message ?? reason)));";

/// Opens a page and records its console. The loader is not included yet.
pub(crate) async fn open_recording(context: &TestContext, page: &str) -> Page {
    let page = context.visit(page).await;
    page.run(RECORD_MESSAGES).await;
    page
}

/// Waits for the console's one message, which must be all there is.
pub(crate) async fn wait_for_only_message(page: &Page) -> String {
    page.expect("messages", "return messages.length", 1).await;
    let message = page.run("return messages[0]").await;
    message.as_str().expect("a message is text").to_owned()
}

/// Waits for the widget's one message.
pub(crate) async fn wait_for_message(page: &Page) -> String {
    let count = "return window.messages.filter(line => line.startsWith('digest-widget: ')).length";
    page.expect("messages of the widget", count, 1).await;
    let line = page
        .run("return window.messages.find(line => line.startsWith('digest-widget: '))")
        .await;
    line.as_str().expect("a message is text").to_owned()
}

/// Includes the loader in a page and returns the widget's message.
async fn load_for_message(context: &TestContext, page: &str) -> String {
    let page = open_recording(context, page).await;
    context.include_loader(&page).await;
    wait_for_message(&page).await
}

fn assert_contains(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(
            message.contains(part),
            "expected `{part}` in the message, found:\n{message}"
        );
    }
}

async fn policy_that_forbids_webassembly_is_answered_with_the_header_to_send(
    context: &TestContext,
) {
    let message = load_for_message(context, "policy-no-wasm.html").await;
    let cdn = context.cdn.address();
    let header = format!(
        "Content-Security-Policy: default-src 'none'; script-src {cdn} 'wasm-unsafe-eval'; style-src 'self'; connect-src {cdn}; img-src data:"
    );
    assert_contains(
        &message,
        &["this page's policy forbids WebAssembly", &header],
    );
}

async fn policy_that_forbids_fetching_is_answered_with_the_header_to_send(context: &TestContext) {
    let message = load_for_message(context, "policy-no-connect.html").await;
    let cdn = context.cdn.address();
    let header = format!(
        "Content-Security-Policy: default-src 'none'; script-src {cdn} 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src {cdn}"
    );
    assert_contains(&message, &["this page's policy forbids to fetch", &header]);
}

async fn suggested_header_makes_the_digest_work(context: &TestContext) {
    let page = open_recording(context, "policy-no-wasm.html").await;
    context.include_loader(&page).await;
    let message = wait_for_message(&page).await;
    let (_, header) = message
        .split_once("Content-Security-Policy: ")
        .expect("the message has the header");
    let header = header.lines().next().expect("the header is a line");
    let before = page
        .run("return document.querySelector('meta[http-equiv]').content")
        .await;
    let html = page.run("return document.documentElement.outerHTML").await;
    let [before, html] = [&before, &html].map(|value| value.as_str().expect("text"));
    let loader = format!(
        "<script type=\"module\" src=\"{}/digest.js\"></script></main>",
        context.cdn.address()
    );
    let html = html.replace(before, header).replace("</main>", &loader);
    context.embedder.respond(
        "fixed.html",
        StubResponse::json(&format!("<!doctype html>{html}")).content_type("text/html"),
    );
    page.open(&format!("{}/fixed.html", context.embedder.address()))
        .await;
    page.widget().wait_until_drawn().await;
}

async fn missing_cors_header_is_explained(context: &TestContext) {
    context
        .cdn
        .respond("issue.json", StubResponse::file().without_cors().uncached());
    let message = load_for_message(context, "bare.html").await;
    assert_contains(&message, &[ISSUE, "Access-Control-Allow-Origin: *"]);
}

async fn missing_issue_is_explained(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(404));
    let message = load_for_message(context, "bare.html").await;
    assert_contains(&message, &[ISSUE, "answered with status 404, expected 200"]);
}

async fn truncated_issue_is_explained(context: &TestContext) {
    let whole = checks::seed().to_string();
    context
        .cdn
        .respond("issue.json", StubResponse::json(&whole[..whole.len() / 3]));
    let message = load_for_message(context, "bare.html").await;
    assert_contains(&message, &[ISSUE, "is not JSON", "may be cut off"]);
}

async fn html_in_place_of_the_issue_is_explained(context: &TestContext) {
    context.cdn.respond(
        "issue.json",
        StubResponse::json("<h1>Please log in</h1>").content_type("text/html"),
    );
    let message = load_for_message(context, "bare.html").await;
    assert_contains(
        &message,
        &[
            ISSUE,
            "is not JSON",
            "begin with \"<h1>Please log in</h1>\"",
        ],
    );
}

async fn invalid_issue_is_located(context: &TestContext) {
    let mut issue = checks::seed();
    issue["headlines"][2]["detail"][0] = json!(7);
    context
        .cdn
        .respond("issue.json", StubResponse::json(&issue.to_string()));
    let message = load_for_message(context, "bare.html").await;
    assert_contains(
        &message,
        &[
            ISSUE,
            "is not an issue: at headlines[2].detail[0]: invalid type",
        ],
    );
}

async fn invalid_issue_object_is_located(context: &TestContext) {
    let page = open_recording(context, "bare.html").await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    for (change, path) in [
        (
            "issue.headlines[1].text = null",
            "at headlines[1].text: invalid type",
        ),
        (
            "issue.headlines[1].text = 1.5",
            "at headlines[1].text: invalid type: a number, expected a string",
        ),
        (
            "delete issue.headlines[3].id",
            "at headlines[3].id: missing field `id`",
        ),
        (
            "issue.date = 'March 11'",
            "at date: expected a day such as \"2022-03-11\", found \"March 11\"",
        ),
        (
            "Object.freeze(issue.headlines[0].detail[0] = [{ text: 5 }])",
            "at headlines[0].detail[0][0].text: ",
        ),
        (
            "issue.format = 7",
            "the issue property has format 7, which is newer",
        ),
    ] {
        let hand_over = format!(
            "window.messages = [];
             const issue = {}; {change};
             document.querySelector('digest-widget').issue = issue",
            checks::seed()
        );
        page.run(&hand_over).await;
        assert_contains(
            &wait_for_message(&page).await,
            &["the issue property ", path],
        );
    }
}

async fn missing_engine_is_explained(context: &TestContext) {
    context.cdn.respond(&wasm(), StubResponse::status(404));
    let message = load_for_message(context, "bare.html").await;
    assert_contains(
        &message,
        &[
            &wasm(),
            "answered with status 404, expected 200",
            "upload the whole dist folder",
        ],
    );
}

async fn engine_without_cors_header_is_explained(context: &TestContext) {
    context
        .cdn
        .respond(&wasm(), StubResponse::file().without_cors().uncached());
    let message = load_for_message(context, "bare.html").await;
    assert_contains(&message, &[&wasm(), "Access-Control-Allow-Origin: *"]);
}

/// The digest works, only slower, so this is a warning.
async fn engine_of_the_wrong_type_is_a_warning(context: &TestContext) {
    context.cdn.respond(
        &wasm(),
        StubResponse::file().content_type("application/octet-stream"),
    );
    let page = open_recording(context, "bare.html").await;
    page.run("console.warn = console.error").await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    let messages = page.run("return window.messages").await;
    let messages = messages.as_array().expect("a list");
    assert_eq!(messages.len(), 1, "messages in the console: {messages:?}");
    assert_contains(
        messages[0].as_str().expect("text"),
        &["serve .wasm files as application/wasm"],
    );
}

async fn browser_without_webassembly_is_explained(context: &TestContext) {
    let page = open_recording(context, "bare.html").await;
    page.run("delete window.WebAssembly").await;
    context.include_loader(&page).await;
    assert_contains(
        &wait_for_message(&page).await,
        &["no WebAssembly", "nothing to change"],
    );
    page.widget().expect_children_visible(true).await;
    let words = "return one('[role=alert]').textContent.trim()";
    page.widget()
        .expect(
            "the message to the reader",
            words,
            "The digest could not be opened here.",
        )
        .await;
}

async fn invalid_src_is_explained(context: &TestContext) {
    let page = open_recording(context, "bare.html").await;
    page.run("document.querySelector('digest-widget').setAttribute('src', 'https://[')")
        .await;
    context.include_loader(&page).await;
    assert_contains(
        &wait_for_message(&page).await,
        &["src: expected the address of an issue.json, found \"https://[\""],
    );
    page.widget().expect_children_visible(true).await;
}

async fn two_elements_log_one_message(context: &TestContext) {
    context.cdn.respond(&glue(), StubResponse::status(404));
    let page = open_recording(context, "bare.html").await;
    page.run("document.body.append(document.querySelector('digest-widget').cloneNode(true))")
        .await;
    context.include_loader(&page).await;
    for index in [0, 1] {
        let alerts = "return all('[role=alert]').length";
        page.nth_widget(index)
            .expect("messages to the reader", alerts, 1)
            .await;
    }
    assert_contains(
        &wait_for_message(&page).await,
        &[&glue(), "answered with status 404"],
    );
}

async fn working_page_logs_nothing(context: &TestContext) {
    let page = open_recording(context, "bare.html").await;
    page.run("for (const level of ['log', 'info', 'warn']) console[level] = console.error")
        .await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    page.widget().run("host.openAll()").await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.expect(
        "the console's messages",
        "return window.messages",
        Value::Array(vec![]),
    )
    .await;
    let explain = context
        .cdn
        .requests()
        .into_iter()
        .filter(|request| request.contains("explain"))
        .count();
    assert_eq!(explain, 0, "requests for explain.js");
}
