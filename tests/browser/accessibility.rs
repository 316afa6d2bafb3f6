//! Accessibility: the rules of axe-core, the keyboard, and labels.

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases, run_axe};

cases![
    axe_passes_with_panels_closed_and_open,
    axe_passes_in_dark_mode,
    axe_passes_with_sources,
    axe_passes_when_the_issue_is_missing,
    axe_passes_in_japanese,
    axe_passes_in_arabic,
    panels_open_and_close_by_keyboard,
    switch_label_includes_its_headline,
];

async fn axe_passes_with_panels_closed_and_open(context: &TestContext) {
    check_closed_and_open(&context.visit("article.html").await).await;
}

async fn axe_passes_in_dark_mode(context: &TestContext) {
    let settings = BrowserSettings {
        dark: true,
        ..BrowserSettings::default()
    };
    check_closed_and_open(&context.visit_with(settings, "article.html").await).await;
}

async fn axe_passes_with_sources(context: &TestContext) {
    check_closed_and_open(&context.visit("sources.html").await).await;
}

async fn axe_passes_when_the_issue_is_missing(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(404));
    let page = context.visit("article.html").await;
    page.widget().expect_text("[part=retry]", "Try again").await;
    run_axe(&page).await;
}

async fn axe_passes_in_japanese(context: &TestContext) {
    check_closed_and_open(&context.visit("japanese.html").await).await;
}

async fn axe_passes_in_arabic(context: &TestContext) {
    check_closed_and_open(&context.visit("arabic.html").await).await;
}

/// axe does not check closed panels, so it runs twice.
async fn check_closed_and_open(page: &Page) {
    page.widget().wait_until_drawn().await;
    run_axe(page).await;
    page.widget().click("[part=open-all]").await;
    let closed = "return all('details:not([open])').length";
    page.widget().expect("closed panels", closed, 0).await;
    page.widget().wait_for_animations().await;
    run_axe(page).await;
}

async fn panels_open_and_close_by_keyboard(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    tab_to(&page, "BUTTON").await;
    page.press_key(ENTER).await;
    widget.expect_panels([true, true, true, true]).await;
    page.press_key(SPACE).await;
    widget.expect_panels([false, false, false, false]).await;
    tab_to(&page, "SUMMARY").await;
    page.press_key(SPACE).await;
    widget.expect_panels([true, false, false, false]).await;
    page.press_key(ENTER).await;
    widget.expect_panels([false, false, false, false]).await;
}

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const SPACE: char = ' ';

/// Presses Tab until an element of this name has the focus.
async fn tab_to(page: &Page, name: &str) {
    let focus = "return document.activeElement?.shadowRoot?.activeElement?.nodeName ?? null";
    for _ in 0..10 {
        page.press_key(TAB).await;
        if page.run(focus).await == name {
            return;
        }
    }
    panic!(
        "expected Tab to reach a {name}, found {} in focus after ten times",
        page.run(focus).await
    );
}

async fn switch_label_includes_its_headline(context: &TestContext) {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    let switch = page.widget().find("summary").await;
    let label = page.accessible_name(&switch).await;
    assert_eq!(
        label,
        "Show Japan mostly in step with US, Europe on Russia sanctions"
    );
}
