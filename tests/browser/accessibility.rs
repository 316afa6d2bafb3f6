//! The digest for everyone: by the rules of axe-core, and by keyboard alone.

use checks::{Answer, Page, Settings, Stage, axe, cases};

cases![
    a_reader_meets_no_barrier_with_panels_closed_and_open,
    a_reader_in_the_dark_meets_no_barrier,
    a_reader_of_an_issue_with_sources_meets_no_barrier,
    a_reader_of_a_failed_digest_meets_no_barrier,
    a_reader_of_a_japanese_page_meets_no_barrier,
    a_reader_of_arabic_meets_no_barrier,
    a_reader_opens_a_panel_by_keyboard_alone,
    a_reader_hears_which_headline_a_switch_belongs_to,
];

async fn a_reader_meets_no_barrier_with_panels_closed_and_open(stage: &Stage) {
    meets_no_barrier(&stage.visit("article.html").await).await;
}

async fn a_reader_in_the_dark_meets_no_barrier(stage: &Stage) {
    let settings = Settings {
        dark: true,
        ..Settings::default()
    };
    meets_no_barrier(&stage.visit_with(settings, "article.html").await).await;
}

async fn a_reader_of_an_issue_with_sources_meets_no_barrier(stage: &Stage) {
    meets_no_barrier(&stage.visit("sources.html").await).await;
}

async fn a_reader_of_a_failed_digest_meets_no_barrier(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(404));
    let page = stage.visit("article.html").await;
    page.widget().reads("[part=retry]", "Try again").await;
    axe(&page).await;
}

async fn a_reader_of_a_japanese_page_meets_no_barrier(stage: &Stage) {
    meets_no_barrier(&stage.visit("japanese.html").await).await;
}

async fn a_reader_of_arabic_meets_no_barrier(stage: &Stage) {
    meets_no_barrier(&stage.visit("arabic.html").await).await;
}

/// axe does not look into closed panels, so it looks twice.
async fn meets_no_barrier(page: &Page) {
    page.widget().is_up().await;
    axe(page).await;
    page.widget().click("[part=open-all]").await;
    let closed = "return all('details:not([open])').length";
    page.widget().expect("closed panels", closed, 0).await;
    page.widget().is_still().await;
    axe(page).await;
}

async fn a_reader_opens_a_panel_by_keyboard_alone(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    tab_to(&page, "BUTTON").await;
    page.press(ENTER).await;
    widget.has_panels([true, true, true, true]).await;
    page.press(SPACE).await;
    widget.has_panels([false, false, false, false]).await;
    tab_to(&page, "SUMMARY").await;
    page.press(SPACE).await;
    widget.has_panels([true, false, false, false]).await;
    page.press(ENTER).await;
    widget.has_panels([false, false, false, false]).await;
}

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const SPACE: char = ' ';

/// Presses Tab until an element of this name has the focus.
async fn tab_to(page: &Page, name: &str) {
    let focus = "return document.activeElement?.shadowRoot?.activeElement?.nodeName ?? null";
    for _ in 0..10 {
        page.press(TAB).await;
        if page.run(focus).await == name {
            return;
        }
    }
    panic!(
        "expected Tab to reach a {name}, found {} in focus after ten times",
        page.run(focus).await
    );
}

async fn a_reader_hears_which_headline_a_switch_belongs_to(stage: &Stage) {
    let page = stage.visit("article.html").await;
    page.widget().is_up().await;
    let switch = page.widget().element("summary").await;
    let label = page.label(&switch).await;
    assert_eq!(
        label,
        "Details Japan mostly in step with US, Europe on Russia sanctions"
    );
}
