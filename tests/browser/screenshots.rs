//! The digest's appearance. Each case writes screenshots to `target/screenshots/ENGINE` for people
//! to look at, and checks the layout.

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases};
use serde_json::json;

cases![
    wide_column_has_switches_beside_headlines,
    narrow_sidebar_has_switches_below_headlines,
    digest_fits_on_a_phone,
    digest_fits_in_dark_mode,
    japanese_digest_fits,
    arabic_digest_runs_from_right_to_left,
    picture_and_sources_fit,
    digest_fits_with_forced_colors,
    reduced_motion_stops_animations,
    loading_state_fits,
    failed_issue_state_fits,
    failed_engine_state_fits,
    newer_format_state_fits,
    empty_issue_state_fits,
];

async fn wide_column_has_switches_beside_headlines(context: &TestContext) {
    let page = context.visit("article.html").await;
    capture_closed_and_open(&page, "wide").await;
    let lines = "const [{ bottom: headline }, { bottom: button }] =
            [one('h3'), one('summary')].map(element => element.getBoundingClientRect());
        return Math.abs(headline - button) < 20";
    page.widget()
        .expect("a switch is on its headline's line", lines, true)
        .await;
}

async fn narrow_sidebar_has_switches_below_headlines(context: &TestContext) {
    let page = context.visit("sidebar.html").await;
    capture_closed_and_open(&page, "narrow").await;
    page.widget()
        .expect("the element's width", "return host.offsetWidth", 280)
        .await;
    let order = "return one('summary').getBoundingClientRect().top >= one('h3')
        .getBoundingClientRect().bottom - 1";
    page.widget()
        .expect("a switch is below its headline", order, true)
        .await;
}

async fn digest_fits_on_a_phone(context: &TestContext) {
    let settings = BrowserSettings {
        width: 500,
        ..BrowserSettings::default()
    };
    capture_closed_and_open(&context.visit_with(settings, "article.html").await, "phone").await;
}

async fn digest_fits_in_dark_mode(context: &TestContext) {
    let settings = BrowserSettings {
        dark: true,
        ..BrowserSettings::default()
    };
    let page = context.visit_with(settings, "article.html").await;
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    page.expect("the browser is in dark mode", dark, true).await;
    capture_closed_and_open(&page, "dark").await;
}

async fn japanese_digest_fits(context: &TestContext) {
    let settings = BrowserSettings {
        language: "ja",
        ..BrowserSettings::default()
    };
    let page = context.visit_with(settings, "japanese.html").await;
    capture_closed_and_open(&page, "japanese").await;
}

async fn arabic_digest_runs_from_right_to_left(context: &TestContext) {
    let page = context.visit("arabic.html").await;
    capture_closed_and_open(&page, "right-to-left").await;
    let sides = "const [{ right: headline }, { left: button }, { left, right }] =
            [one('h3 a'), one('summary'), one('article')].map(element => element
                .getBoundingClientRect());
        return [right - headline < 2, button - left < 2]";
    let expected = json!([true, true]);
    page.widget()
        .expect(
            "headlines start right and switches end left",
            sides,
            expected,
        )
        .await;
    let gap = "const label = one('[part=credit] span');
        const credit = document.createRange();
        credit.selectNode(label.parentElement.lastChild);
        return label.getBoundingClientRect().left - credit.getBoundingClientRect().right > 1";
    page.widget()
        .expect("a space parts the credit from its label", gap, true)
        .await;
    // Punctuation would be on the wrong side. Switches are single words, so they need no direction.
    let words = "return all('article [lang=en]:not(button, summary)')
        .filter(element => getComputedStyle(element).direction !== 'ltr')
        .map(element => element.textContent)";
    page.widget()
        .expect(
            "English words that run from right to left",
            words,
            json!([]),
        )
        .await;
}

async fn picture_and_sources_fit(context: &TestContext) {
    let page = context.visit("sources.html").await;
    capture_closed_and_open(&page, "sources").await;
}

async fn digest_fits_with_forced_colors(context: &TestContext) {
    let settings = BrowserSettings {
        forced_colors: true,
        ..BrowserSettings::default()
    };
    let page = context.visit_with(settings, "article.html").await;
    let forced = "return matchMedia('(forced-colors: active)').matches";
    page.expect("the browser forces colours", forced, true)
        .await;
    capture_closed_and_open(&page, "forced-colours").await;
}

async fn reduced_motion_stops_animations(context: &TestContext) {
    let settings = BrowserSettings {
        reduced_motion: true,
        ..BrowserSettings::default()
    };
    let page = context.visit_with(settings, "article.html").await;
    let reduced = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
    page.expect("the browser asks for reduced motion", reduced, true)
        .await;
    capture_closed_and_open(&page, "reduced-motion").await;
    let motion = "return [
        getComputedStyle(one('details'), '::details-content').animationName,
        getComputedStyle(one('summary'), '::before').transitionDuration]";
    page.widget()
        .expect(
            "the animation and the transition",
            motion,
            json!(["none", "0s"]),
        )
        .await;
}

async fn loading_state_fits(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("childless.html").await;
    page.widget()
        .expect_text("[role=status]", "Loading the digest…")
        .await;
    expect_fit(&page).await;
    page.save_screenshot("loading").await;
    held.release();
}

async fn failed_issue_state_fits(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(404));
    let page = context.visit("sidebar.html").await;
    page.widget().expect_text("[part=retry]", "Try again").await;
    expect_fit(&page).await;
    page.save_screenshot("failed").await;
}

async fn failed_engine_state_fits(context: &TestContext) {
    context.cdn.respond(".wasm", StubResponse::status(404));
    let page = context.visit("sidebar.html").await;
    page.widget()
        .expect_text("[role=alert] button", "Try again")
        .await;
    expect_fit(&page).await;
    page.save_screenshot("failed-engine").await;
}

async fn newer_format_state_fits(context: &TestContext) {
    let page = context.visit("newer.html").await;
    page.widget()
        .expect("messages", "return all('[part=message]').length", 1)
        .await;
    expect_fit(&page).await;
    page.save_screenshot("newer").await;
}

async fn empty_issue_state_fits(context: &TestContext) {
    let page = context.visit("empty.html").await;
    page.widget()
        .expect("messages", "return all('[part=message]').length", 1)
        .await;
    expect_fit(&page).await;
    page.save_screenshot("empty").await;
}

/// Takes screenshots with all panels closed and all open, once every animation is over.
async fn capture_closed_and_open(page: &Page, name: &str) {
    let widget = page.widget();
    widget.wait_until_drawn().await;
    expect_fit(page).await;
    page.save_screenshot(name).await;
    widget.click("[part=open-all]").await;
    widget
        .expect(
            "closed panels",
            "return all('details:not([open])').length",
            0,
        )
        .await;
    widget.wait_for_animations().await;
    expect_fit(page).await;
    page.save_screenshot(&format!("{name}-open")).await;
}

/// Checks that no piece overflows the element sideways, and that the page does not scroll sideways.
async fn expect_fit(page: &Page) {
    let out = "const { left, right } = host.getBoundingClientRect();
        return all('*').filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
        }).map(element => element.outerHTML.slice(0, 80))";
    page.widget()
        .expect("pieces that overflow the element", out, json!([]))
        .await;
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    page.expect("the page scrolls sideways", scrolls, false)
        .await;
}
