//! Partners' pages that are applications themselves, built for production from `tests/hosts`. They pass
//! options as attributes and as properties, show what they hear of the digest, and take it away and back.

use checks::{Page, Stage, cases};
use fantoccini::Locator;
use serde_json::json;

cases![
    a_partner_builds_with_react,
    a_partner_builds_with_vue,
    a_partner_builds_with_svelte,
    a_partner_builds_with_yew,
    a_partner_of_another_webassembly_module_gets_its_own_clicks_only,
    a_partner_swaps_bodies_with_turbo,
    a_partner_keeps_an_element_across_bodies_with_turbo,
    a_partner_refreshes_a_page_with_turbo,
];

async fn a_partner_builds_with_react(stage: &Stage) {
    serves_a_host(stage, "react").await;
}

async fn a_partner_builds_with_vue(stage: &Stage) {
    serves_a_host(stage, "vue").await;
}

async fn a_partner_builds_with_svelte(stage: &Stage) {
    serves_a_host(stage, "svelte").await;
}

async fn a_partner_builds_with_yew(stage: &Stage) {
    serves_a_host(stage, "yew").await;
}

async fn serves_a_host(stage: &Stage, name: &str) {
    let page = stage.visit(&format!("{name}/index.html")).await;
    takes_options(&page).await;
    page.screenshot(&format!("host-{name}")).await;
    tells_what_the_reader_does(&page).await;
    changes_with_its_options(&page).await;
    page.screenshot(&format!("host-{name}-changed")).await;
    shows_an_issue_of_the_host(&page).await;
    goes_and_comes_back(&page).await;
}

async fn takes_options(page: &Page) {
    let widget = page.widget();
    widget.is_up().await;
    widget.reads("h3", SEED_TITLE).await;
    widget.has_panels([true, false, false, false]).await;
    widget.reads("button", "Open all").await;
    shows(page, "#loaded", "us-japan-alliance-digest-1.5").await;
    widget
        .expect("its colour scheme", COLOUR_SCHEME, "light")
        .await;
}

async fn tells_what_the_reader_does(page: &Page) {
    let widget = page.widget();
    shows(page, "#toggled", "").await;
    widget.click_nth("summary", 1).await;
    widget.has_panels([true, true, false, false]).await;
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
    widget.has_panels([true, true, false, false]).await;
    press(page, "#all").await;
    widget.has_panels([true, true, true, true]).await;
    // Nobody but the reader's own doing is told.
    shows(page, "#toggled", &toggled).await;
    shows(page, "#clicks", "1").await;
}

async fn shows_an_issue_of_the_host(page: &Page) {
    let widget = page.widget();
    press(page, "#own").await;
    widget.reads("h3", "Made by the host").await;
    shows(page, "#loaded", "made-by-the-host").await;
    widget.has_panels([true]).await;
    widget.click("details a[href]").await;
    shows(page, "#linked", "https://source.example/one").await;
    press(page, "#back").await;
    widget.reads("h3", SEED_TITLE).await;
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
    page.widget().is_up().await;
    page.widget().has_panels([true, true, true, true]).await;
    page.widget()
        .expect("its colour scheme", COLOUR_SCHEME, "dark")
        .await;
}

/// Yew finds the listeners of a click by a number that it has written on the elements, those inside an
/// open shadow root too. Two modules count from zero, each for itself.
async fn a_partner_of_another_webassembly_module_gets_its_own_clicks_only(stage: &Stage) {
    let page = stage.visit("yew/index.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.has_panels([true, false, false, false]).await;
    widget
        .run("host.toggles = 0; root.addEventListener('toggle', () => host.toggles += 1, true)")
        .await;
    let toggles = "return host.toggles";

    widget.click_nth("summary", 1).await;
    widget.has_panels([true, true, false, false]).await;
    widget
        .expect("how often panels were toggled", toggles, 1)
        .await;
    widget.click_nth("h4 a", 2).await;
    widget.has_panels([true, true, true, false]).await;
    widget
        .expect("how often panels were toggled", toggles, 2)
        .await;
    widget.click("button").await;
    widget.has_panels([true, true, true, true]).await;
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
    widget.has_panels([true, true, true, true]).await;
    widget
        .expect("how often panels were toggled", toggles, 3)
        .await;
}

async fn a_partner_swaps_bodies_with_turbo(stage: &Stage) {
    let page = stage.visit("turbo/index.html").await;
    page.widget().is_up().await;
    page.run("window.document_of_the_first_visit = true").await;
    page.widget().click_nth("summary", 1).await;
    page.widget().has_panels([false, true, false, false]).await;

    press(&page, "#other").await;
    shows(&page, "h1", "Last week in the alliance, by Turbo").await;
    page.widget().is_up().await;
    page.widget().has_panels([false, false, false, false]).await;
    page.screenshot("host-turbo").await;

    // Turbo shows a copy that it made of the first body, in which no script runs again.
    page.client().back().await.expect("the reader goes back");
    shows(&page, "h1", "This week in the alliance, by Turbo").await;
    page.widget().is_up().await;
    page.widget().click_nth("summary", 0).await;
    page.widget()
        .expect(
            "whether the first panel is open",
            "return one('details').open",
            true,
        )
        .await;
    page.expect(
        "whether it is one document",
        "return window.document_of_the_first_visit",
        true,
    )
    .await;
}

async fn a_partner_keeps_an_element_across_bodies_with_turbo(stage: &Stage) {
    let page = stage.visit("turbo/index.html").await;
    let kept = page.nth_widget(1);
    kept.is_up().await;
    kept.click("summary").await;
    kept.has_panels([true, false]).await;
    kept.run("host.kept = 'the same element'").await;
    for heading in [
        "Last week in the alliance, by Turbo",
        "This week in the alliance, by Turbo",
    ] {
        press(&page, "#other").await;
        shows(&page, "h1", heading).await;
        page.widget().is_up().await;
        kept.is_up().await;
        kept.has_panels([true, false]).await;
        kept.expect(
            "what was written on it",
            "return host.kept",
            "the same element",
        )
        .await;
    }
}

/// Turbo morphs the old body into the new one: it takes away what the server did not send.
async fn a_partner_refreshes_a_page_with_turbo(stage: &Stage) {
    let page = stage.visit("turbo/index.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.click("summary").await;
    widget.has_panels([true, false, false, false]).await;
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
    widget.is_up().await;
    widget.has_panels([true, false, false, false]).await;
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
