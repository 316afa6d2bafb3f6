//! Embedders' pages that are applications, built for production from `tests/hosts`.
//!
//! They set options as attributes and properties, show the events, and remove and reinsert the
//! element.

use checks::{Page, TestContext, cases};
use serde_json::json;

cases![
    react_sets_options_and_gets_events,
    vue_sets_options_and_gets_events,
    svelte_sets_options_and_gets_events,
    yew_sets_options_and_gets_events,
    other_webassembly_module_gets_only_its_own_clicks,
    turbo_visit_and_return_show_the_digest,
    turbo_permanent_element_survives_visits,
    turbo_morph_keeps_open_panels,
];

async fn react_sets_options_and_gets_events(context: &TestContext) {
    check_host(context, "react").await;
}

async fn vue_sets_options_and_gets_events(context: &TestContext) {
    check_host(context, "vue").await;
}

async fn svelte_sets_options_and_gets_events(context: &TestContext) {
    check_host(context, "svelte").await;
}

async fn yew_sets_options_and_gets_events(context: &TestContext) {
    check_host(context, "yew").await;
}

async fn check_host(context: &TestContext, name: &str) {
    let page = context.visit(&format!("{name}/index.html")).await;
    check_options(&page).await;
    page.save_screenshot(&format!("host-{name}")).await;
    check_events(&page).await;
    check_changed_options(&page).await;
    page.save_screenshot(&format!("host-{name}-changed")).await;
    check_own_issue(&page).await;
    check_reinsertion(&page).await;
}

async fn check_options(page: &Page) {
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_text("h3", SEED_TITLE).await;
    widget.expect_panels([true, false, false, false]).await;
    widget.expect_text("button", "Open all").await;
    expect_host_text(page, "#loaded", "us-japan-alliance-digest-1.5").await;
    widget
        .expect("its colour scheme", COLOUR_SCHEME, "light")
        .await;
}

async fn check_events(page: &Page) {
    let widget = page.widget();
    expect_host_text(page, "#toggled", "").await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([true, true, false, false]).await;
    let second = widget
        .run("return all('details')[1].lastElementChild.id")
        .await;
    let second = second.as_str().expect("a panel has an id");
    expect_host_text(page, "#toggled", &format!("{second} true")).await;
    expect_host_text(page, "#clicks", "1").await;
}

async fn check_changed_options(page: &Page) {
    let widget = page.widget();
    let toggled = read_host_text(page, "#toggled").await;
    page.click("#dark").await;
    widget
        .expect("its colour scheme", COLOUR_SCHEME, "dark")
        .await;
    widget.expect_panels([true, true, false, false]).await;
    page.click("#all").await;
    widget.expect_panels([true, true, true, true]).await;
    // The label changes with the last toggle event. The host gets only the reader's events.
    widget.expect_text("button", "Close all").await;
    expect_host_text(page, "#toggled", &toggled).await;
    expect_host_text(page, "#clicks", "1").await;
}

async fn check_own_issue(page: &Page) {
    let widget = page.widget();
    page.click("#own").await;
    widget.expect_text("h3", "Made by the host").await;
    expect_host_text(page, "#loaded", "made-by-the-host").await;
    widget.expect_panels([true]).await;
    widget.click("details a[href]").await;
    expect_host_text(page, "#linked", "https://source.example/one").await;
    page.click("#back").await;
    widget.expect_text("h3", SEED_TITLE).await;
}

async fn check_reinsertion(page: &Page) {
    page.click("#shown").await;
    page.expect(
        "elements",
        "return document.querySelectorAll('digest-widget').length",
        0,
    )
    .await;
    page.click("#shown").await;
    page.widget().wait_until_drawn().await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget()
        .expect("its colour scheme", COLOUR_SCHEME, "dark")
        .await;
}

/// Yew finds the listeners of a click by numbers that it writes on elements, even those inside an
/// open shadow root. Two modules both count from zero.
async fn other_webassembly_module_gets_only_its_own_clicks(context: &TestContext) {
    let page = context.visit("yew/index.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_panels([true, false, false, false]).await;
    widget
        .run("host.toggles = 0; root.addEventListener('toggle', () => host.toggles += 1, true)")
        .await;
    let toggles = "return host.toggles";

    widget.click_nth("summary", 1).await;
    widget.expect_panels([true, true, false, false]).await;
    widget
        .expect("the number of toggled panels", toggles, 1)
        .await;
    widget.click_nth("h4 a", 2).await;
    widget.expect_panels([true, true, true, false]).await;
    widget
        .expect("the number of toggled panels", toggles, 2)
        .await;
    widget.click("button").await;
    widget.expect_panels([true, true, true, true]).await;
    widget
        .expect("the number of toggled panels", toggles, 3)
        .await;
    expect_host_text(&page, "#clicks", "3").await;
    expect_host_text(&page, "#others", "0").await;

    // The last number is higher than the number of any listener in the digest.
    for other in ["1", "2", "7", "40"] {
        page.click(&format!(".other:nth-of-type({other})")).await;
    }
    expect_host_text(&page, "#others", "4").await;
    expect_host_text(&page, "#clicks", "3").await;
    widget.expect_panels([true, true, true, true]).await;
    widget
        .expect("the number of toggled panels", toggles, 3)
        .await;
}

async fn turbo_visit_and_return_show_the_digest(context: &TestContext) {
    let page = context.visit("turbo/index.html").await;
    page.widget().wait_until_drawn().await;
    page.run("window.document_of_the_first_visit = true").await;
    page.widget().click_nth("summary", 1).await;
    page.widget()
        .expect_panels([false, true, false, false])
        .await;

    page.click("#other").await;
    expect_host_text(&page, "h1", "Last week in the alliance, by Turbo").await;
    page.widget().wait_until_drawn().await;
    page.widget()
        .expect_panels([false, false, false, false])
        .await;
    page.save_screenshot("host-turbo").await;

    // Turbo shows its copy of the first body, in which no script runs again.
    page.client().back().await.expect("the reader goes back");
    expect_host_text(&page, "h1", "This week in the alliance, by Turbo").await;
    page.widget().wait_until_drawn().await;
    page.widget().click_nth("summary", 0).await;
    page.widget()
        .expect(
            "the first panel is open",
            "return one('details').open",
            true,
        )
        .await;
    page.expect(
        "it is one document",
        "return window.document_of_the_first_visit",
        true,
    )
    .await;
}

async fn turbo_permanent_element_survives_visits(context: &TestContext) {
    let page = context.visit("turbo/index.html").await;
    let kept = page.nth_widget(1);
    kept.wait_until_drawn().await;
    kept.click("summary").await;
    kept.expect_panels([true, false]).await;
    kept.run("host.kept = 'the same element'").await;
    for heading in [
        "Last week in the alliance, by Turbo",
        "This week in the alliance, by Turbo",
    ] {
        page.click("#other").await;
        expect_host_text(&page, "h1", heading).await;
        page.widget().wait_until_drawn().await;
        kept.wait_until_drawn().await;
        kept.expect_panels([true, false]).await;
        kept.expect("the mark on it", "return host.kept", "the same element")
            .await;
    }
}

/// Turbo morphs the old body into the new one: it removes what the server did not send.
async fn turbo_morph_keeps_open_panels(context: &TestContext) {
    let page = context.visit("turbo/index.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click("summary").await;
    widget.expect_panels([true, false, false, false]).await;
    let refresh = "document.addEventListener('turbo:render', event => {
            document.body.dataset.rendered = event.detail.renderMethod;
        }, { once: true });
        const meta = document.createElement('meta');
        meta.name = 'turbo-refresh-method';
        meta.content = 'morph';
        document.head.append(meta);
        Turbo.session.refresh(location.href)";
    page.run(refresh).await;
    page.expect(
        "Turbo's way of rendering",
        "return document.body.dataset.rendered",
        "morph",
    )
    .await;
    widget.wait_until_drawn().await;
    widget.expect_panels([true, false, false, false]).await;
}

const SEED_TITLE: &str = "US-Japan Alliance Digest";

const COLOUR_SCHEME: &str = "return getComputedStyle(one('article')).colorScheme";

async fn expect_host_text(page: &Page, selector: &str, expected: &str) {
    page.expect(
        &format!("the host's text in {selector}"),
        &read_text_script(selector),
        expected,
    )
    .await;
}

async fn read_host_text(page: &Page, selector: &str) -> String {
    let text = page.run(&read_text_script(selector)).await;
    text.as_str().expect("an element has text").to_owned()
}

fn read_text_script(selector: &str) -> String {
    format!(
        "return document.querySelector({}).textContent.trim()",
        json!(selector)
    )
}
