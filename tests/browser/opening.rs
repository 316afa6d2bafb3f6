//! Panels open and close: by click, all at once, and by a fragment.

use checks::{TestContext, cases};

cases![
    clicked_headline_toggles_its_panel,
    clicked_switch_toggles_its_panel,
    open_all_button_opens_and_closes_every_panel,
    open_all_button_opens_the_remaining_panels,
    last_panel_opened_by_hand_changes_the_button,
    fragment_opens_its_headline,
    unknown_fragment_opens_nothing,
    moved_element_keeps_open_panels,
];

async fn clicked_headline_toggles_its_panel(context: &TestContext) {
    let page = context.visit("article.html").await;
    let address = page.run("return location.href").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_panels([false, false, false, false]).await;
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    widget.click_nth("h3 a", 3).await;
    widget.expect_panels([false, true, false, true]).await;
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, false, false, true]).await;
    page.expect("the page's address", "return location.href", address)
        .await;
}

async fn clicked_switch_toggles_its_panel(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 2).await;
    widget.expect_panels([false, false, true, false]).await;
    widget.click_nth("summary", 2).await;
    widget.expect_panels([false, false, false, false]).await;
}

async fn open_all_button_opens_and_closes_every_panel(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.expect_text("[part=open-all]", "Open all").await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.expect_text("[part=open-all]", "Close all").await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([false, false, false, false]).await;
    widget.expect_text("[part=open-all]", "Open all").await;
}

async fn open_all_button_opens_the_remaining_panels(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("h3 a", 1).await;
    widget.click_nth("summary", 2).await;
    widget.expect_panels([false, true, true, false]).await;
    widget.expect_text("[part=open-all]", "Open all").await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.expect_text("[part=open-all]", "Close all").await;
    widget.click_nth("summary", 0).await;
    widget.expect_panels([false, true, true, true]).await;
    widget.expect_text("[part=open-all]", "Open all").await;
}

async fn last_panel_opened_by_hand_changes_the_button(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    for panel in 0..4 {
        widget.click_nth("summary", panel).await;
    }
    widget.expect_panels([true, true, true, true]).await;
    widget.expect_text("[part=open-all]", "Close all").await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([false, false, false, false]).await;
}

async fn fragment_opens_its_headline(context: &TestContext) {
    let page = context
        .visit("article.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.expect_panels([false, false, true, false]).await;
    widget.expect_in_window("h3", 2).await;
}

async fn unknown_fragment_opens_nothing(context: &TestContext) {
    let widget = context
        .visit("article.html#no-such-headline")
        .await
        .widget();
    widget.wait_until_drawn().await;
    widget.expect_panels([false, false, false, false]).await;
}

async fn moved_element_keeps_open_panels(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    page.run("document.body.append(document.querySelector('digest-widget'))")
        .await;
    widget.expect_panels([false, true, false, false]).await;
    widget.click_nth("h3 a", 0).await;
    widget.expect_panels([true, true, false, false]).await;
    let issues = context.cdn.count_requests("issue.json");
    assert_eq!(issues, 1, "downloads of the issue");
}
