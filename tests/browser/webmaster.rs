//! What a partner's webmaster finds in the console when the digest is not there: one message that names
//! the fault and what to change.

use checks::{Answer, Page, Stage, cases, glue, wasm};
use serde_json::{Value, json};

cases![
    a_webmaster_whose_policy_forbids_webassembly_is_given_the_header,
    a_webmaster_whose_policy_forbids_to_fetch_is_given_the_header,
    a_webmaster_tries_the_header_and_it_works,
    a_webmaster_whose_server_forbids_to_read_is_given_the_header,
    a_webmaster_is_told_that_the_issue_is_missing,
    a_webmaster_is_told_that_the_issue_is_cut_off,
    a_webmaster_is_told_that_a_page_came_for_the_issue,
    a_webmaster_is_told_where_the_issue_is_wrong,
    a_webmaster_is_told_where_the_object_is_wrong,
    a_webmaster_is_told_that_the_engine_is_missing,
    a_webmaster_is_told_that_the_engine_may_not_be_read,
    a_webmaster_is_told_of_a_wrong_type_of_the_engine,
    a_webmaster_is_told_of_a_browser_without_webassembly,
    a_webmaster_is_told_of_a_wrong_address,
    a_webmaster_with_two_elements_is_told_once,
    a_webmaster_of_a_page_that_works_is_told_nothing,
];

const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// Opens a page, and notes what it says in its console from before the loader comes.
async fn listen(stage: &Stage, page: &str) -> Page {
    let page = stage.visit(page).await;
    page.run("window.said = []; console.error = (...said) => window.said.push(said.join(' '))")
        .await;
    page
}

/// The one message that names the widget.
async fn message(page: &Page) -> String {
    let count = "return window.said.filter(line => line.startsWith('digest-widget: ')).length";
    page.expect("messages of the widget", count, 1).await;
    let line = page
        .run("return window.said.find(line => line.startsWith('digest-widget: '))")
        .await;
    line.as_str().expect("a message is text").to_owned()
}

/// Loads the digest into a page and returns what it says.
async fn message_of(stage: &Stage, page: &str) -> String {
    let page = listen(stage, page).await;
    stage.include_loader(&page).await;
    message(&page).await
}

fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(
            message.contains(part),
            "expected `{part}` in the message, found:\n{message}"
        );
    }
}

async fn a_webmaster_whose_policy_forbids_webassembly_is_given_the_header(stage: &Stage) {
    let said = message_of(stage, "policy-no-wasm.html").await;
    let cdn = stage.cdn.address();
    let header = format!(
        "Content-Security-Policy: default-src 'none'; script-src {cdn} 'wasm-unsafe-eval'; style-src 'self'; connect-src {cdn}; img-src data:"
    );
    assert_says(&said, &["this page's policy forbids WebAssembly", &header]);
}

async fn a_webmaster_whose_policy_forbids_to_fetch_is_given_the_header(stage: &Stage) {
    let said = message_of(stage, "policy-no-connect.html").await;
    let cdn = stage.cdn.address();
    let header = format!(
        "Content-Security-Policy: default-src 'none'; script-src {cdn} 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src {cdn}"
    );
    assert_says(&said, &["this page's policy forbids to fetch", &header]);
}

async fn a_webmaster_tries_the_header_and_it_works(stage: &Stage) {
    let page = listen(stage, "policy-no-wasm.html").await;
    stage.include_loader(&page).await;
    let said = message(&page).await;
    let (_, header) = said
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
        stage.cdn.address()
    );
    let html = html.replace(before, header).replace("</main>", &loader);
    stage.partner.answer(
        "mended.html",
        Answer::json(&format!("<!doctype html>{html}")).kind("text/html"),
    );
    page.open(&format!("{}/mended.html", stage.partner.address()))
        .await;
    page.widget().is_up().await;
}

async fn a_webmaster_whose_server_forbids_to_read_is_given_the_header(stage: &Stage) {
    stage
        .cdn
        .answer("issue.json", Answer::usual().without_cors().uncached());
    let said = message_of(stage, "bare.html").await;
    assert_says(&said, &[ISSUE, "Access-Control-Allow-Origin: *"]);
}

async fn a_webmaster_is_told_that_the_issue_is_missing(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(404));
    let said = message_of(stage, "bare.html").await;
    assert_says(&said, &[ISSUE, "answered with status 404, expected 200"]);
}

async fn a_webmaster_is_told_that_the_issue_is_cut_off(stage: &Stage) {
    let whole = checks::seed().to_string();
    stage
        .cdn
        .answer("issue.json", Answer::json(&whole[..whole.len() / 3]));
    let said = message_of(stage, "bare.html").await;
    assert_says(&said, &[ISSUE, "is not JSON", "may be cut off"]);
}

async fn a_webmaster_is_told_that_a_page_came_for_the_issue(stage: &Stage) {
    stage.cdn.answer(
        "issue.json",
        Answer::json("<h1>Please log in</h1>").kind("text/html"),
    );
    let said = message_of(stage, "bare.html").await;
    assert_says(
        &said,
        &[
            ISSUE,
            "is not JSON",
            "begin with \"<h1>Please log in</h1>\"",
        ],
    );
}

async fn a_webmaster_is_told_where_the_issue_is_wrong(stage: &Stage) {
    let mut issue = checks::seed();
    issue["headlines"][2]["detail"][0] = json!(7);
    stage
        .cdn
        .answer("issue.json", Answer::json(&issue.to_string()));
    let said = message_of(stage, "bare.html").await;
    assert_says(
        &said,
        &[
            ISSUE,
            "is not an issue: at headlines[2].detail[0]: invalid type",
        ],
    );
}

async fn a_webmaster_is_told_where_the_object_is_wrong(stage: &Stage) {
    let page = listen(stage, "bare.html").await;
    stage.include_loader(&page).await;
    page.widget().is_up().await;
    for (change, path) in [
        (
            "issue.headlines[1].text = null",
            "at headlines[1].text: invalid type",
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
            "window.said = [];
             const issue = {}; {change};
             document.querySelector('digest-widget').issue = issue",
            checks::seed()
        );
        page.run(&hand_over).await;
        assert_says(&message(&page).await, &["the issue property ", path]);
    }
}

async fn a_webmaster_is_told_that_the_engine_is_missing(stage: &Stage) {
    stage.cdn.answer(&wasm(), Answer::status(404));
    let said = message_of(stage, "bare.html").await;
    assert_says(
        &said,
        &[
            &wasm(),
            "answered with status 404, expected 200",
            "Upload the whole dist folder",
        ],
    );
}

async fn a_webmaster_is_told_that_the_engine_may_not_be_read(stage: &Stage) {
    stage
        .cdn
        .answer(&wasm(), Answer::usual().without_cors().uncached());
    let said = message_of(stage, "bare.html").await;
    assert_says(&said, &[&wasm(), "Access-Control-Allow-Origin: *"]);
}

/// It works all the same, only slower, so this is a warning.
async fn a_webmaster_is_told_of_a_wrong_type_of_the_engine(stage: &Stage) {
    stage
        .cdn
        .answer(&wasm(), Answer::usual().kind("application/octet-stream"));
    let page = listen(stage, "bare.html").await;
    page.run("console.warn = console.error").await;
    stage.include_loader(&page).await;
    page.widget().is_up().await;
    let said = page.run("return window.said").await;
    let said = said.as_array().expect("a list");
    assert_eq!(said.len(), 1, "messages in the console: {said:?}");
    assert_says(
        said[0].as_str().expect("text"),
        &["serve .wasm files as application/wasm"],
    );
}

async fn a_webmaster_is_told_of_a_browser_without_webassembly(stage: &Stage) {
    let page = listen(stage, "bare.html").await;
    page.run("delete window.WebAssembly").await;
    stage.include_loader(&page).await;
    assert_says(
        &message(&page).await,
        &["no WebAssembly", "nothing to change"],
    );
    page.widget().shows_children(true).await;
    let words = "return one('[role=alert]').textContent.trim()";
    page.widget()
        .expect(
            "what the reader is told",
            words,
            "The digest could not be opened here.",
        )
        .await;
}

async fn a_webmaster_is_told_of_a_wrong_address(stage: &Stage) {
    let page = listen(stage, "bare.html").await;
    page.run("document.querySelector('digest-widget').setAttribute('src', 'https://[')")
        .await;
    stage.include_loader(&page).await;
    assert_says(
        &message(&page).await,
        &["src: expected the address of an issue.json, found \"https://[\""],
    );
    page.widget().shows_children(true).await;
}

async fn a_webmaster_with_two_elements_is_told_once(stage: &Stage) {
    stage.cdn.answer(&glue(), Answer::status(404));
    let page = listen(stage, "bare.html").await;
    page.run("document.body.append(document.querySelector('digest-widget').cloneNode(true))")
        .await;
    stage.include_loader(&page).await;
    for index in [0, 1] {
        let alerts = "return all('[role=alert]').length";
        page.nth_widget(index)
            .expect("messages to the reader", alerts, 1)
            .await;
    }
    assert_says(
        &message(&page).await,
        &[&glue(), "answered with status 404"],
    );
}

async fn a_webmaster_of_a_page_that_works_is_told_nothing(stage: &Stage) {
    let page = listen(stage, "bare.html").await;
    page.run("for (const level of ['log', 'info', 'warn']) console[level] = console.error")
        .await;
    stage.include_loader(&page).await;
    page.widget().is_up().await;
    page.widget().run("host.openAll()").await;
    page.widget().has_panels([true, true, true, true]).await;
    page.expect(
        "what the console says",
        "return window.said",
        Value::Array(vec![]),
    )
    .await;
    let explain = stage
        .cdn
        .requests()
        .into_iter()
        .filter(|request| request.contains("explain"))
        .count();
    assert_eq!(explain, 0, "requests for what explains failures");
}
