//! How the digest looks. Each case leaves pictures in `target/screenshots/ENGINE` to look at, and
//! checks what of a look can be checked.

use checks::{Answer, Page, Settings, Stage, cases};
use serde_json::json;

cases![
    a_reader_reads_in_a_wide_column,
    a_reader_reads_in_a_narrow_sidebar,
    a_reader_reads_on_a_phone,
    a_reader_reads_in_the_dark,
    a_reader_reads_japanese,
    a_reader_reads_from_right_to_left,
    a_reader_reads_sources_under_a_picture,
    a_reader_forces_colours,
    a_reader_wants_less_motion,
    a_reader_sees_the_loading_state,
    a_reader_sees_the_failed_state,
    a_reader_sees_the_failed_engine_state,
    a_reader_sees_the_newer_state,
    a_reader_sees_the_empty_state,
];

async fn a_reader_reads_in_a_wide_column(stage: &Stage) {
    let page = stage.visit("article.html").await;
    pictures(&page, "wide").await;
    let lines = "const [{ bottom: headline }, { bottom: button }] =
            [one('h3'), one('summary')].map(element => element.getBoundingClientRect());
        return Math.abs(headline - button) < 20";
    page.widget()
        .expect(
            "whether a switch stands on its headline's line",
            lines,
            true,
        )
        .await;
}

async fn a_reader_reads_in_a_narrow_sidebar(stage: &Stage) {
    let page = stage.visit("sidebar.html").await;
    pictures(&page, "narrow").await;
    page.widget()
        .expect("the element's width", "return host.offsetWidth", 280)
        .await;
    let order = "return one('summary').getBoundingClientRect().top >= one('h3').getBoundingClientRect().bottom - 1";
    page.widget()
        .expect("whether a switch stands below its headline", order, true)
        .await;
}

async fn a_reader_reads_on_a_phone(stage: &Stage) {
    let settings = Settings {
        width: 500,
        ..Settings::default()
    };
    pictures(&stage.visit_with(settings, "article.html").await, "phone").await;
}

async fn a_reader_reads_in_the_dark(stage: &Stage) {
    let settings = Settings {
        dark: true,
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "article.html").await;
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    page.expect("whether the engine was told of the dark", dark, true)
        .await;
    pictures(&page, "dark").await;
}

async fn a_reader_reads_japanese(stage: &Stage) {
    let settings = Settings {
        language: "ja",
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "japanese.html").await;
    pictures(&page, "japanese").await;
}

async fn a_reader_reads_from_right_to_left(stage: &Stage) {
    let page = stage.visit("arabic.html").await;
    pictures(&page, "right-to-left").await;
    let sides = "const [{ right: headline }, { left: button }, { left, right }] =
            [one('h3 a'), one('summary'), one('article')].map(element => element.getBoundingClientRect());
        return [right - headline < 2, button - left < 2]";
    let expected = json!([true, true]);
    page.widget()
        .expect(
            "whether headlines start right and switches end left",
            sides,
            expected,
        )
        .await;
    let gap = "const [label] = all('figcaption span');
        const credit = document.createRange();
        credit.selectNode(label.parentElement.lastChild);
        return label.getBoundingClientRect().left - credit.getBoundingClientRect().right > 1";
    page.widget()
        .expect("whether a space parts the credit from its label", gap, true)
        .await;
    // A colon or a full stop would stand on the wrong side. Switches are single words.
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

async fn a_reader_reads_sources_under_a_picture(stage: &Stage) {
    let page = stage.visit("sources.html").await;
    pictures(&page, "sources").await;
}

async fn a_reader_forces_colours(stage: &Stage) {
    let settings = Settings {
        forced_colors: true,
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "article.html").await;
    let forced = "return matchMedia('(forced-colors: active)').matches";
    page.expect("whether the engine forces colours", forced, true)
        .await;
    pictures(&page, "forced-colours").await;
}

async fn a_reader_wants_less_motion(stage: &Stage) {
    let settings = Settings {
        reduced_motion: true,
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "article.html").await;
    let reduced = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
    page.expect("whether the engine was told of it", reduced, true)
        .await;
    pictures(&page, "reduced-motion").await;
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

async fn a_reader_sees_the_loading_state(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let page = stage.visit("childless.html").await;
    page.widget()
        .reads("[role=status]", "Loading the digest…")
        .await;
    fits(&page).await;
    page.screenshot("loading").await;
    held.release();
}

async fn a_reader_sees_the_failed_state(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(404));
    let page = stage.visit("sidebar.html").await;
    page.widget().reads("[part=retry]", "Try again").await;
    fits(&page).await;
    page.screenshot("failed").await;
}

async fn a_reader_sees_the_failed_engine_state(stage: &Stage) {
    stage.cdn.answer(".wasm", Answer::status(404));
    let page = stage.visit("sidebar.html").await;
    page.widget()
        .reads("[role=alert] button", "Try again")
        .await;
    fits(&page).await;
    page.screenshot("failed-engine").await;
}

async fn a_reader_sees_the_newer_state(stage: &Stage) {
    let page = stage.visit("newer.html").await;
    page.widget()
        .expect("messages", "return all('[part=message]').length", 1)
        .await;
    fits(&page).await;
    page.screenshot("newer").await;
}

async fn a_reader_sees_the_empty_state(stage: &Stage) {
    let page = stage.visit("empty.html").await;
    page.widget()
        .expect("messages", "return all('[part=message]').length", 1)
        .await;
    fits(&page).await;
    page.screenshot("empty").await;
}

/// Pictures the digest with all panels closed and all open, once nothing moves any more.
async fn pictures(page: &Page, name: &str) {
    let widget = page.widget();
    widget.is_up().await;
    fits(page).await;
    page.screenshot(name).await;
    widget.click("[part=open-all]").await;
    widget
        .expect(
            "closed panels",
            "return all('details:not([open])').length",
            0,
        )
        .await;
    widget.is_still().await;
    fits(page).await;
    page.screenshot(&format!("{name}-open")).await;
}

/// Nothing sticks out of the element on either side, and the page does not scroll sideways.
async fn fits(page: &Page) {
    let out = "const { left, right } = host.getBoundingClientRect();
        return all('*').filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
        }).map(element => element.outerHTML.slice(0, 80))";
    page.widget()
        .expect("what sticks out of the element", out, json!([]))
        .await;
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    page.expect("whether the page scrolls sideways", scrolls, false)
        .await;
}
