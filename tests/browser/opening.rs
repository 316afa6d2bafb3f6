//! Headlines are opened and closed, by hand, all at once, and by a link.

use checks::{Stage, cases};

cases![
    a_reader_opens_one_headline_and_closes_it,
    a_reader_opens_a_panel_by_its_own_switch,
    a_reader_opens_all_and_closes_all,
    a_reader_opens_all_after_opening_some_by_hand,
    a_reader_opens_every_panel_by_hand,
    a_reader_comes_by_a_link_to_one_headline,
    a_reader_comes_by_a_link_to_nothing,
    a_reader_keeps_the_open_panels_when_the_partner_moves_the_element,
];

async fn a_reader_opens_one_headline_and_closes_it(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let address = page.run("return location.href").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.has_panels([false, false, false, false]).await;
    widget.click_nth("h3 a", 1).await;
    widget.has_panels([false, true, false, false]).await;
    widget.click_nth("h3 a", 3).await;
    widget.has_panels([false, true, false, true]).await;
    widget.click_nth("h3 a", 1).await;
    widget.has_panels([false, false, false, true]).await;
    page.expect("the page's address", "return location.href", address)
        .await;
}

async fn a_reader_opens_a_panel_by_its_own_switch(stage: &Stage) {
    let widget = stage.visit("article.html").await.widget();
    widget.is_up().await;
    widget.click_nth("summary", 2).await;
    widget.has_panels([false, false, true, false]).await;
    widget.click_nth("summary", 2).await;
    widget.has_panels([false, false, false, false]).await;
}

async fn a_reader_opens_all_and_closes_all(stage: &Stage) {
    let widget = stage.visit("article.html").await.widget();
    widget.reads("[part=open-all]", "Open all").await;
    widget.click("[part=open-all]").await;
    widget.has_panels([true, true, true, true]).await;
    widget.reads("[part=open-all]", "Close all").await;
    widget.click("[part=open-all]").await;
    widget.has_panels([false, false, false, false]).await;
    widget.reads("[part=open-all]", "Open all").await;
}

async fn a_reader_opens_all_after_opening_some_by_hand(stage: &Stage) {
    let widget = stage.visit("article.html").await.widget();
    widget.is_up().await;
    widget.click_nth("h3 a", 1).await;
    widget.click_nth("summary", 2).await;
    widget.has_panels([false, true, true, false]).await;
    widget.reads("[part=open-all]", "Open all").await;
    widget.click("[part=open-all]").await;
    widget.has_panels([true, true, true, true]).await;
    widget.reads("[part=open-all]", "Close all").await;
    widget.click_nth("summary", 0).await;
    widget.has_panels([false, true, true, true]).await;
    widget.reads("[part=open-all]", "Open all").await;
}

async fn a_reader_opens_every_panel_by_hand(stage: &Stage) {
    let widget = stage.visit("article.html").await.widget();
    widget.is_up().await;
    for panel in 0..4 {
        widget.click_nth("summary", panel).await;
    }
    widget.has_panels([true, true, true, true]).await;
    widget.reads("[part=open-all]", "Close all").await;
    widget.click("[part=open-all]").await;
    widget.has_panels([false, false, false, false]).await;
}

async fn a_reader_comes_by_a_link_to_one_headline(stage: &Stage) {
    let page = stage
        .visit("article.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.has_panels([false, false, true, false]).await;
    let place = "const { top } = all('h3')[2].getBoundingClientRect(); return top >= 0 && top < innerHeight";
    widget
        .expect("whether the headline is in the window", place, true)
        .await;
}

async fn a_reader_comes_by_a_link_to_nothing(stage: &Stage) {
    let widget = stage.visit("article.html#no-such-headline").await.widget();
    widget.is_up().await;
    widget.has_panels([false, false, false, false]).await;
}

async fn a_reader_keeps_the_open_panels_when_the_partner_moves_the_element(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.click_nth("h3 a", 1).await;
    widget.has_panels([false, true, false, false]).await;
    page.run("document.body.append(document.querySelector('digest-widget'))")
        .await;
    widget.has_panels([false, true, false, false]).await;
    widget.click_nth("h3 a", 0).await;
    widget.has_panels([true, true, false, false]).await;
    let issues = stage.cdn.asked_for("issue.json");
    assert_eq!(issues, 1, "downloads of the issue");
}
