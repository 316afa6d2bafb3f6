//! While the issue and the engine load.

use checks::{StubResponse, TestContext, cases, glue, wasm};

cases![
    children_stay_until_the_issue_arrives,
    children_stay_until_the_engine_arrives,
    element_without_children_shows_loading,
    engine_waits_for_an_issue_without_a_view,
    two_elements_download_each_file_once,
];

async fn children_stay_until_the_issue_arrives(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let widget = context.visit("article.html").await.widget();
    widget
        .expect(
            "the engine runs",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    widget.expect_children_visible(true).await;
    held.release();
    widget.wait_until_drawn().await;
    widget.expect_children_visible(false).await;
}

async fn children_stay_until_the_engine_arrives(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let widget = context.visit("article.html").await.widget();
    context.cdn.wait_for_request(&wasm()).await;
    widget.expect_children_visible(true).await;
    held.release();
    widget.wait_until_drawn().await;
}

async fn element_without_children_shows_loading(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let widget = context.visit("childless.html").await.widget();
    widget
        .expect_text("[role=status]", "Loading the digest…")
        .await;
    let visible = "return one('[role=status]').checkVisibility()";
    widget.expect("a reader sees it", visible, true).await;
    held.release();
    widget.wait_until_drawn().await;
}

/// With a first view the issue would need no engine, so its download must not take bandwidth.
async fn engine_waits_for_an_issue_without_a_view(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("article.html").await;
    context.cdn.wait_for_request("issue.json").await;
    context.let_requests_arrive(&page).await;
    for file in [wasm(), glue()] {
        assert_eq!(context.cdn.count_requests(&file), 0, "requests for {file}");
    }
    held.release();
    page.widget().wait_until_drawn().await;
}

async fn two_elements_download_each_file_once(context: &TestContext) {
    let files = ["issue.json".to_owned(), wasm(), glue()];
    for file in &files {
        context.cdn.respond(file, StubResponse::file().uncached());
    }
    let page = context.visit("twice.html").await;
    page.nth_widget(0).wait_until_drawn().await;
    page.nth_widget(1).wait_until_drawn().await;
    for file in &files {
        assert_eq!(
            context.cdn.count_requests(file),
            1,
            "requests for {file} in {:?}",
            context.cdn.requests()
        );
    }
}
