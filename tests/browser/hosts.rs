//! Embedders' pages that are applications themselves, built for production from `tests/hosts`. They pass
//! options as attributes and as properties, show what they hear of the digest, and take it away and back.

use checks::{Page, TestContext, cases};
use fantoccini::Locator;
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
    serves_a_host(context, "react").await;
}

async fn vue_sets_options_and_gets_events(context: &TestContext) {
    serves_a_host(context, "vue").await;
}

async fn svelte_sets_options_and_gets_events(context: &TestContext) {
    serves_a_host(context, "svelte").await;
}

async fn yew_sets_options_and_gets_events(context: &TestContext) {
    serves_a_host(context, "yew").await;
}

async fn serves_a_host(context: &TestContext, name: &str) {
    let page = context.visit(&format!("{name}/index.html")).await;
    takes_options(&page).await;
    page.save_screenshot(&format!("host-{name}")).await;
    tells_what_the_reader_does(&page).await;
    changes_with_its_options(&page).await;
    page.save_screenshot(&format!("host-{name}-changed")).await;
    shows_an_issue_of_the_host(&page).await;
    goes_and_comes_back(&page).await;
}

async fn takes_options(page: &Page) {
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_text("h3", SEED_TITLE).await;
    widget.expect_panels([true, false, false, false]).await;
    widget.expect_text("button", "Open all").await;
    shows(page, "#loaded", "us-japan-alliance-digest-1.5").await;
    widget
        .expect("its colour scheme", COLOUR_SCHEME, "light")
        .await;
}

async fn tells_what_the_reader_does(page: &Page) {
    let widget = page.widget();
    shows(page, "#toggled", "").await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([true, true, false, false]).await;
    let second = widget
        .run("return all('details')[1].lastElementChild.id")
        .await;
    let second = second.as_str().expect("a panel has an id");
    shows(page, "#toggled", &format!("{second} true")).await;
    shows(page, "#clicks", "1").await;
}

async fn changes_with_its_options(page: &Page) {
    let widget = page.widget();
    let toggled = text(page, "#toggled").await;
    press(page, "#dark").await;
    widget
        .expect("its colour scheme", COLOUR_SCHEME, "dark")
        .await;
    widget.expect_panels([true, true, false, false]).await;
    press(page, "#all").await;
    widget.expect_panels([true, true, true, true]).await;
    // Nobody but the reader's own doing is told.
    shows(page, "#toggled", &toggled).await;
    shows(page, "#clicks", "1").await;
}

async fn shows_an_issue_of_the_host(page: &Page) {
    let widget = page.widget();
    press(page, "#own").await;
    widget.expect_text("h3", "Made by the host").await;
    shows(page, "#loaded", "made-by-the-host").await;
    widget.expect_panels([true]).await;
    widget.click("details a[href]").await;
    shows(page, "#linked", "https://source.example/one").await;
    press(page, "#back").await;
    widget.expect_text("h3", SEED_TITLE).await;
}

async fn goes_and_comes_back(page: &Page) {
    press(page, "#shown").await;
    page.expect(
        "elements",
        "return document.querySelectorAll('digest-widget').length",
        0,
    )
    .await;
    press(page, "#shown").await;
    page.widget().wait_until_drawn().await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget()
        .expect("its colour scheme", COLOUR_SCHEME, "dark")
        .await;
}

/// Yew finds the listeners of a click by a number that it has written on the elements, those inside an
/// open shadow root too. Two modules count from zero, each for itself.
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
        .expect("how often panels were toggled", toggles, 1)
        .await;
    widget.click_nth("h4 a", 2).await;
    widget.expect_panels([true, true, true, false]).await;
    widget
        .expect("how often panels were toggled", toggles, 2)
        .await;
    widget.click("button").await;
    widget.expect_panels([true, true, true, true]).await;
    widget
        .expect("how often panels were toggled", toggles, 3)
        .await;
    shows(&page, "#clicks", "3").await;
    shows(&page, "#others", "0").await;

    // The last number is higher than that of any listener in the digest.
    for other in ["1", "2", "7", "40"] {
        press(&page, &format!(".other:nth-of-type({other})")).await;
    }
    shows(&page, "#others", "4").await;
    shows(&page, "#clicks", "3").await;
    widget.expect_panels([true, true, true, true]).await;
    widget
        .expect("how often panels were toggled", toggles, 3)
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

    press(&page, "#other").await;
    shows(&page, "h1", "Last week in the alliance, by Turbo").await;
    page.widget().wait_until_drawn().await;
    page.widget()
        .expect_panels([false, false, false, false])
        .await;
    page.save_screenshot("host-turbo").await;

    // Turbo shows a copy that it made of the first body, in which no script runs again.
    page.client().back().await.expect("the reader goes back");
    shows(&page, "h1", "This week in the alliance, by Turbo").await;
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
        press(&page, "#other").await;
        shows(&page, "h1", heading).await;
        page.widget().wait_until_drawn().await;
        kept.wait_until_drawn().await;
        kept.expect_panels([true, false]).await;
        kept.expect(
            "what was written on it",
            "return host.kept",
            "the same element",
        )
        .await;
    }
}

/// Turbo morphs the old body into the new one: it takes away what the server did not send.
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
        "how Turbo rendered",
        "return document.body.dataset.rendered",
        "morph",
    )
    .await;
    widget.wait_until_drawn().await;
    widget.expect_panels([true, false, false, false]).await;
}

const SEED_TITLE: &str = "US-Japan Alliance Digest";

const COLOUR_SCHEME: &str = "return getComputedStyle(one('article')).colorScheme";

async fn shows(page: &Page, selector: &str, expected: &str) {
    page.expect(
        &format!("what the host shows in {selector}"),
        &reading(selector),
        expected,
    )
    .await;
}

async fn text(page: &Page, selector: &str) -> String {
    let text = page.run(&reading(selector)).await;
    text.as_str().expect("an element has text").to_owned()
}

fn reading(selector: &str) -> String {
    format!(
        "return document.querySelector({}).textContent.trim()",
        json!(selector)
    )
}

async fn press(page: &Page, selector: &str) {
    let button = page.client().find(Locator::Css(selector)).await;
    let button = button.unwrap_or_else(|error| panic!("the host has no {selector}: {error}"));
    button
        .click()
        .await
        .unwrap_or_else(|error| panic!("{selector} was not clicked: {error}"));
}
