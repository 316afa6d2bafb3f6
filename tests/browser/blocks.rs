//! Everything that a text can hold, drawn by the engine: the issue of `tests/site/every_block`.

use std::fs;

use checks::{
    Page, StubResponse, TestContext, WidgetHandle, cases, root, run_accessibility_checkers,
};
use serde_json::{Value, json};

use crate::options::record_events;

cases![
    every_block_is_drawn_as_in_the_snippet,
    wide_table_scrolls_by_keyboard_in_280_pixels,
    every_block_passes_the_accessibility_checkers,
    headlines_source_is_a_link_with_the_headlines_id,
    headline_without_detail_is_found_by_its_fragment,
    issue_without_panels_has_no_button,
    unknown_and_deep_blocks_leave_the_rest,
];

const FOLDER: &str = "tests/site/every_block/issues/harbour-notes-7";

/// Returns the issue without its first view, so that the engine draws it.
fn read_issue() -> Value {
    let json = fs::read(root().join(FOLDER).join("issue.json")).unwrap();
    let mut issue: Value = serde_json::from_slice(&json).unwrap();
    issue.as_object_mut().unwrap().remove("view");
    issue
}

async fn open_issue(context: &TestContext, issue: &Value) -> (Page, WidgetHandle) {
    context
        .cdn
        .respond("issue.json", StubResponse::json(&issue.to_string()));
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    (page, widget)
}

async fn every_block_is_drawn_as_in_the_snippet(context: &TestContext) {
    let snippet = fs::read_to_string(root().join(FOLDER).join("snippet.html")).unwrap();
    // A missing picture would be replaced by its description.
    let picture = format!("{}/issues/radar.svg", context.cdn.address());
    let issue = read_issue().to_string();
    let issue = issue.replace("https://port.example/basin.webp", &picture);
    let issue = issue.replace("../../images/seal.webp", &picture);
    let issue: Value = serde_json::from_str(&issue).unwrap();
    let (_, widget) = open_issue(context, &issue).await;
    // Attributes of the root and the state of the labels are the loader's.
    let compare = format!(
        "const template = document.createElement('template');
         template.innerHTML = {};
         const expected = template.content.querySelector('digest-widget > template').content;
         const show = (root) => root.querySelector('[part=issue]').innerHTML
             .replace(/ src=\"[^\"]*\"/g, '')
             .replace(/ hidden=\"[^\"]*\"/g, ' hidden=\"\"');
         return [show(host.shadowRoot), show(expected)]",
        serde_json::to_string(&snippet).unwrap()
    );
    let pair = widget.run(&compare).await;
    for tag in ["<blockquote>", "<img "] {
        assert!(pair[0].as_str().unwrap().contains(tag), "{pair}");
    }
    assert_eq!(pair[0], pair[1], "on the left the engine's");
}

async fn wide_table_scrolls_by_keyboard_in_280_pixels(context: &TestContext) {
    let words = [
        "Responsibility",
        "Transportation",
        "Infrastructure",
        "Administration",
    ];
    let row: Vec<_> = words.map(|word| json!([word])).into();
    let mut issue = read_issue();
    issue["headlines"][1]["detail"] = json!([{ "table": [row.clone(), row], "head": [["a"]] }]);
    let (page, widget) = open_issue(context, &issue).await;
    widget
        .run("host.style.cssText = 'display: block; width: 280px'; host.open('dredging'); one('[part=table]').focus()")
        .await;
    page.press_keys(&['\u{e014}'; 8]).await; // The right arrow.
    let scrolled = "const table = one('[part=table]');
        return [table.scrollLeft > 0, table.clientWidth <= 280, one('[part=issue]').scrollWidth <= 280,
            root.activeElement === table]";
    widget
        .expect(
            "scrolled, as wide as the column, the issue too, focused",
            &scrolled.replace("root", "host.shadowRoot"),
            json!([true, true, true, true]),
        )
        .await;
}

async fn every_block_passes_the_accessibility_checkers(context: &TestContext) {
    let (page, widget) = open_issue(context, &read_issue()).await;
    run_accessibility_checkers(&page).await;
    widget.run("host.openAll()").await;
    widget.wait_for_animations().await;
    run_accessibility_checkers(&page).await;
    page.save_screenshot("every_block").await;
}

async fn headlines_source_is_a_link_with_the_headlines_id(context: &TestContext) {
    let (_, widget) = open_issue(context, &read_issue()).await;
    record_events(&widget, "digest-link").await;
    widget
        .run("host.addEventListener('digest-link', event => event.preventDefault())")
        .await;
    widget.click("[part=headline-source] a").await;
    widget.click("#new-timetable a").await;
    widget.click("[part=outro] a").await;
    let links = "return host.events.map(({ href, id }) => [href, id])";
    let expected = json!([
        ["https://port.example/dredging", "dredging"],
        ["https://ferries.example/timetable", "new-timetable"],
        ["mailto:office@port.example", ""],
    ]);
    widget.expect("address and id", links, expected).await;
}

async fn headline_without_detail_is_found_by_its_fragment(context: &TestContext) {
    let (page, widget) = open_issue(context, &read_issue()).await;
    page.run("document.body.style.paddingTop = '200vh'; location.hash = '#no-fair'")
        .await;
    widget.expect_in_window("[part=headline]", 3).await;
}

async fn issue_without_panels_has_no_button(context: &TestContext) {
    let mut issue = read_issue();
    issue["headlines"] = json!([{ "id": "a", "text": "A", "href": "https://a.example/" }]);
    let (_, widget) = open_issue(context, &issue).await;
    let parts = "return [all('[part=open-all]').length, all('[part=headlines] > li a').length]";
    widget
        .expect("buttons, linked headlines", parts, json!([0, 1]))
        .await;
}

async fn unknown_and_deep_blocks_leave_the_rest(context: &TestContext) {
    let deep = (0..60).fold(json!(["deep"]), |block, _| json!({ "quote": [block] }));
    let mut issue = read_issue();
    issue["intro"] = json!([{ "poll": ["Yes"] }, deep, ["Still here."]]);
    let (_, widget) = open_issue(context, &issue).await;
    let texts = "return [one('[part=intro]').textContent, all('[part=intro] blockquote').length]";
    widget
        .expect("text, quotations", texts, json!(["deepStill here.", 60]))
        .await;
}
