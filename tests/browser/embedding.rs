//! The snippet in an embedder's page: how it may be used, and what it leaves unchanged.

use std::fs;

use checks::{Page, TestContext, WidgetHandle, cases, root};
use serde_json::{Value, json};

cases![
    loader_included_twice_is_harmless,
    loader_after_the_element_upgrades_it,
    element_added_later_shows_its_issue,
    changed_src_shows_the_other_issue,
    element_removed_while_loading_leaves_the_other_working,
    page_around_the_element_is_unchanged,
    nothing_is_stored,
    no_third_origin_is_requested,
    digest_works_under_a_strict_policy,
    digest_works_under_a_policy_with_a_nonce,
    every_option_and_method_works_under_a_strict_policy,
    element_moved_to_another_document_and_back_keeps_its_state,
    wild_styles_hide_nothing,
    font_and_size_are_inherited,
];

async fn loader_included_twice_is_harmless(context: &TestContext) {
    let page = context.visit("twice.html").await;
    page.nth_widget(0).wait_until_drawn().await;
    page.nth_widget(1).wait_until_drawn().await;
    page.nth_widget(0).click_nth("h3 a", 1).await;
    page.nth_widget(0)
        .expect_panels([false, true, false, false])
        .await;
    page.nth_widget(1)
        .expect_panels([false, false, false, false])
        .await;
}

async fn loader_after_the_element_upgrades_it(context: &TestContext) {
    context
        .visit("after.html")
        .await
        .widget()
        .wait_until_drawn()
        .await;
}

async fn element_added_later_shows_its_issue(context: &TestContext) {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    let add = "const [first] = document.querySelectorAll('digest-widget');
        const second = document.createElement('digest-widget');
        second.setAttribute('src', first.getAttribute('src'));
        document.body.append(second)";
    page.run(add).await;
    page.nth_widget(1).wait_until_drawn().await;
    page.nth_widget(1)
        .expect_panels([false, false, false, false])
        .await;
}

async fn changed_src_shows_the_other_issue(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    let address = format!("{}/issues/sources.json", context.cdn.address());
    page.run(&format!(
        "document.querySelector('digest-widget').setAttribute('src', '{address}')"
    ))
    .await;
    widget.expect_text("h2", "Coast Watch").await;
    widget.expect_panels([false, false]).await;
}

async fn element_removed_while_loading_leaves_the_other_working(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("twice.html").await;
    context.cdn.wait_for_request("issue.json").await;
    page.run("document.querySelector('digest-widget').remove()")
        .await;
    held.release();
    page.widget().wait_until_drawn().await;
}

async fn page_around_the_element_is_unchanged(context: &TestContext) {
    let page = context.visit("bare.html").await;
    let html = "return document.documentElement.outerHTML";
    let names = "return Object.getOwnPropertyNames(window).sort()";
    let (html_before, names_before) = (page.run(html).await, page.run(names).await);
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    // By script, because ChromeDriver's click adds a name to the window.
    page.widget().run("one('[part=open-all]').click()").await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.expect("the page around the element", html, html_before)
        .await;
    page.expect("the names in its window", names, names_before)
        .await;
}

async fn nothing_is_stored(context: &TestContext) {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    let stored = "const done = arguments[arguments.length - 1];
        Promise.all([indexedDB.databases(), caches.keys(),
            navigator.serviceWorker.getRegistrations()]).then(
            ([databases, caches, workers]) => done({
                local: localStorage.length, session: sessionStorage.length,
                    cookies: document.cookie,
                databases: databases.length, caches: caches.length, workers: workers.length,
            }),
            error => done(String(error)))";
    let found = page
        .client()
        .execute_async(stored, vec![])
        .await
        .expect("the page says what it stores");
    let nothing = json!({ "local": 0, "session": 0, "cookies": "", "databases": 0, "caches": 0, "workers": 0 });
    assert_eq!(found, nothing, "stored data");
}

async fn no_third_origin_is_requested(context: &TestContext) {
    let page = context.visit("sources.html").await;
    page.widget().wait_until_drawn().await;
    page.widget().click("[part=open-all]").await;
    page.widget().expect_panels([true, true]).await;
    let origins = "return [...new Set(performance.getEntriesByType('resource').map(entry =>
        new URL(entry.name).origin))].sort()";
    let mut expected = [context.embedder.address(), context.cdn.address()];
    expected.sort_unstable();
    page.expect("the origins that were asked", origins, expected.to_vec())
        .await;
}

async fn digest_works_under_a_strict_policy(context: &TestContext) {
    let page = context.visit("strict.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    expect_styles(&widget).await;
}

async fn digest_works_under_a_policy_with_a_nonce(context: &TestContext) {
    let widget = context.visit("checklist-nonce.html").await.widget();
    widget.wait_until_drawn().await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
}

/// Uses every value of every option, and every method, that the manifest lists.
async fn every_option_and_method_works_under_a_strict_policy(context: &TestContext) {
    let page = context.visit("strict.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let listen = "window.violations = [];
        document.addEventListener('securitypolicyviolation', event =>
            violations.push(event.violatedDirective))";
    page.run(listen).await;
    let element = load_element();
    // Another `src` would need another host in the policy.
    for option in find_list(&element, "attributes")
        .iter()
        .filter(|option| option["name"] != "src")
    {
        for value in parse_values(option) {
            widget
                .run(&format!(
                    "host.setAttribute({}, {})",
                    option["name"],
                    json!(value)
                ))
                .await;
        }
        widget
            .run(&format!("host[{}] = null", option["fieldName"]))
            .await;
    }
    for member in find_list(&element, "members")
        .iter()
        .filter(|member| member["kind"] == "method")
    {
        widget
            .run(&format!(
                "host[{}](one('[part=detail]').id)",
                member["name"]
            ))
            .await;
    }
    widget.run(&format!("host.issue = {OWN}")).await;
    widget.expect_text("h2", "Made by the page").await;
    widget.run("host.issue = null").await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    page.expect("violations of the policy", "return violations", json!([]))
        .await;
    let forbidden = "document.head.append(document.createElement('style'));
        document.querySelector('style').textContent = 'h1 { color: red }';";
    page.run(forbidden).await;
    page.expect("violations are seen", "return violations.length > 0", true)
        .await;
}

const OWN: &str =
    "{ format: 1, id: 'own', title: 'Made by the page', volume: '1', date: '2022-03-11', lang: 'en',
    headlines: [{ id: 'one', text: 'One', detail: [['Its detail.']] }] }";

fn load_element() -> Value {
    let manifest = fs::read_to_string(root().join("www/custom-elements.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    manifest["modules"][0]["declarations"][0].clone()
}

fn find_list<'element>(element: &'element Value, name: &str) -> &'element [Value] {
    element[name]
        .as_array()
        .unwrap_or_else(|| panic!("expected {name} in the manifest"))
}

/// The values of an option. An option that takes any text gets the name of a window.
fn parse_values(option: &Value) -> Vec<String> {
    let kind = option["type"]["text"].as_str().unwrap();
    let values = kind.split(" | ").map(|value| value.trim_matches('\''));
    values
        .map(|value| if value == "string" { "_top" } else { value }.to_owned())
        .collect()
}

async fn element_moved_to_another_document_and_back_keeps_its_state(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    add_a_frame(&page).await;
    let moved = "const frame = document.querySelector('iframe').contentDocument;
        const host = frame.querySelector('digest-widget');
        const all = selector => [...host.shadowRoot.querySelectorAll(selector)]; ";
    page.run(
        "document.querySelector('iframe').contentDocument.body
            .append(document.querySelector('digest-widget'))",
    )
    .await;
    let script = |body: &str| format!("{moved} {body}");
    let open = script("return all('details').map(panel => panel.open)");
    page.expect("open panels", &open, json!([false, true, false, false]))
        .await;
    page.run(&script("all('summary')[0].click()")).await;
    page.expect("open panels", &open, json!([true, true, false, false]))
        .await;
    let marker = script(
        "return frame.defaultView.getComputedStyle(all('[part=headlines]')[0]).listStyleType",
    );
    page.expect(
        "the list's marker, by the widget's own styles",
        &marker,
        "none",
    )
    .await;
    page.run(&script("host.openAll(); host.headingLevel = 3"))
        .await;
    page.expect("open panels", &open, json!([true, true, true, true]))
        .await;
    page.expect("headings", &script("return all('h4').length"), 4)
        .await;
    page.run(&script("document.querySelector('main').append(host)"))
        .await;
    widget.expect_panels([true, true, true, true]).await;
    expect_styles(&widget).await;
    assert_eq!(
        context.cdn.count_requests("issue.json"),
        1,
        "requests for the issue"
    );
}

/// Adds a frame with a page of the embedder's own site.
async fn add_a_frame(page: &Page) {
    page.run(
        "const frame = document.createElement('iframe');
         frame.src = 'plain.html';
         document.body.append(frame)",
    )
    .await;
    let there =
        "return document.querySelector('iframe').contentDocument.querySelector('h1') !== null";
    page.expect("the frame has its page", there, true).await;
}

async fn expect_styles(widget: &WidgetHandle) {
    let marker = "return getComputedStyle(one('[part=headlines]')).listStyleType";
    widget
        .expect(
            "the list's marker, by the widget's own styles",
            marker,
            "none",
        )
        .await;
}

async fn wild_styles_hide_nothing(context: &TestContext) {
    let page = context.visit("wild.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let seen = "return ['h2', 'h3', 'button', 'summary', 'time'].filter(name =>
        !one(name).checkVisibility({ opacityProperty: true, visibilityProperty: true }))";
    widget
        .expect("elements hidden by the embedder's styles", seen, json!([]))
        .await;
    widget.click_nth("h3 a", 0).await;
    widget.expect_panels([true, false, false, false]).await;
}

async fn font_and_size_are_inherited(context: &TestContext) {
    let page = context.visit("wild.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let font = "const [outside, inside] = [host.parentElement, one('details > div')]
        .map(getComputedStyle);
        return [inside.fontFamily === outside.fontFamily, inside.fontSize]";
    // The page's root has 8 px and its main column 20 px: a size in rem would follow the root.
    widget
        .expect("the font and size of a detail", font, json!([true, "20px"]))
        .await;
}
