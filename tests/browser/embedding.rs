//! The partner's page: how the snippet may be used, and what it leaves alone.

use checks::{Stage, cases};
use serde_json::json;

cases![
    a_partner_includes_the_script_twice,
    a_partner_includes_the_script_after_the_element,
    a_partner_adds_an_element_later,
    a_partner_changes_the_address_of_the_issue,
    a_partner_removes_the_element_while_it_loads,
    a_partner_finds_the_page_unchanged,
    a_partner_finds_nothing_stored,
    a_partner_finds_no_third_origin_asked,
    a_partner_embeds_it_under_a_strict_policy,
    a_partner_has_wild_styles,
    a_partner_sets_the_font,
];

async fn a_partner_includes_the_script_twice(stage: &Stage) {
    let page = stage.visit("twice.html").await;
    page.nth_widget(0).is_up().await;
    page.nth_widget(1).is_up().await;
    page.nth_widget(0).click_nth("h3 a", 1).await;
    page.nth_widget(0).has_panels([false, true, false, false]).await;
    page.nth_widget(1).has_panels([false, false, false, false]).await;
}

async fn a_partner_includes_the_script_after_the_element(stage: &Stage) {
    stage.visit("after.html").await.widget().is_up().await;
}

async fn a_partner_adds_an_element_later(stage: &Stage) {
    let page = stage.visit("article.html").await;
    page.widget().is_up().await;
    let add = "const [first] = document.querySelectorAll('digest-widget');
        const second = document.createElement('digest-widget');
        second.setAttribute('src', first.getAttribute('src'));
        document.body.append(second)";
    page.run(add).await;
    page.nth_widget(1).is_up().await;
    page.nth_widget(1).has_panels([false, false, false, false]).await;
}

async fn a_partner_changes_the_address_of_the_issue(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.reads("h2", "US-Japan Alliance Digest").await;
    let address = format!("{}/issues/sources.json", stage.cdn.address());
    page.run(&format!("document.querySelector('digest-widget').setAttribute('src', '{address}')")).await;
    widget.reads("h2", "Coast Watch").await;
    widget.has_panels([false, false]).await;
}

async fn a_partner_removes_the_element_while_it_loads(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let page = stage.visit("twice.html").await;
    stage.cdn.is_asked_for("issue.json").await;
    page.run("document.querySelector('digest-widget').remove()").await;
    held.release();
    page.widget().is_up().await;
}

async fn a_partner_finds_the_page_unchanged(stage: &Stage) {
    let page = stage.visit("bare.html").await;
    let html = "return document.documentElement.outerHTML";
    let names = "return Object.getOwnPropertyNames(window).sort()";
    let (html_before, names_before) = (page.run(html).await, page.run(names).await);
    stage.include_loader(&page).await;
    page.widget().is_up().await;
    // By script, because ChromeDriver's click leaves a name of its own in the window.
    page.widget().run("one('[part=open-all]').click()").await;
    page.widget().has_panels([true, true, true, true]).await;
    page.expect("the page around the element", html, html_before).await;
    page.expect("the names in its window", names, names_before).await;
}

async fn a_partner_finds_nothing_stored(stage: &Stage) {
    let page = stage.visit("article.html").await;
    page.widget().is_up().await;
    let stored = "const done = arguments[arguments.length - 1];
        Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()]).then(
            ([databases, caches, workers]) => done({
                local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
                databases: databases.length, caches: caches.length, workers: workers.length,
            }),
            error => done(String(error)))";
    let found = page.client().execute_async(stored, vec![]).await.expect("the page says what it stores");
    let nothing =
        json!({ "local": 0, "session": 0, "cookies": "", "databases": 0, "caches": 0, "workers": 0 });
    assert_eq!(found, nothing, "what is stored");
}

async fn a_partner_finds_no_third_origin_asked(stage: &Stage) {
    let page = stage.visit("sources.html").await;
    page.widget().is_up().await;
    page.widget().click("[part=open-all]").await;
    page.widget().has_panels([true, true]).await;
    let origins = "return [...new Set(performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin))].sort()";
    let mut expected = [stage.partner.address(), stage.cdn.address()];
    expected.sort_unstable();
    page.expect("the origins that were asked", origins, expected.to_vec()).await;
}

async fn a_partner_embeds_it_under_a_strict_policy(stage: &Stage) {
    let page = stage.visit("strict.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.click("[part=open-all]").await;
    widget.has_panels([true, true, true, true]).await;
    let styled = "return getComputedStyle(one('[part=headlines]')).listStyleType";
    widget.expect("the list's marker, by the widget's own styles", styled, "none").await;
}

async fn a_partner_has_wild_styles(stage: &Stage) {
    let page = stage.visit("wild.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let seen = "return ['h2', 'h3', 'button', 'summary', 'time'].filter(name => !one(name).checkVisibility({ opacityProperty: true, visibilityProperty: true }))";
    widget.expect("what the partner's styles hide", seen, json!([])).await;
    widget.click_nth("h3 a", 0).await;
    widget.has_panels([true, false, false, false]).await;
}

async fn a_partner_sets_the_font(stage: &Stage) {
    let page = stage.visit("wild.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let font = "const [outside, inside] = [host.parentElement, one('details > div')].map(getComputedStyle);
        return [inside.fontFamily === outside.fontFamily, inside.fontSize]";
    // The page's root has 8 px and its main column 20 px: a size in rem would follow the root.
    widget.expect("the font and size of a detail", font, json!([true, "20px"])).await;
}
