//! While the issue and the engine load.

use checks::{HeldResponse, StubResponse, TestContext, cases, glue, wasm};

cases![
    children_stay_until_the_issue_arrives,
    children_stay_until_the_engine_arrives,
    element_without_children_shows_loading,
    issue_and_engine_are_requested_together,
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

async fn issue_and_engine_are_requested_together(context: &TestContext) {
    let files = ["issue.json".to_owned(), wasm(), glue()];
    let held = files.each_ref().map(|file| context.cdn.hold(file));
    let page = context.visit("article.html").await;
    for file in &files {
        // None is answered yet, so no request waited for another file.
        context.cdn.wait_for_request(file).await;
    }
    held.into_iter().for_each(HeldResponse::release);
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
