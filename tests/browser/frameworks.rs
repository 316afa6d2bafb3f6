//! Frameworks and pages: the values that they set for "nothing", invalid issues, options set at any
//! time, languages and addresses.

use checks::{StubResponse, TestContext, WidgetHandle, cases};
use serde_json::json;

use crate::console::{RECORD_ERRORS, RECORD_MESSAGES, open_recording, wait_for_only_message};
use crate::lifecycle::run_as_the_page;

cases![
    values_for_nothing_are_no_option,
    wrapped_issue_is_shown,
    object_that_is_no_issue_is_named_in_one_message,
    options_set_outside_of_the_page_apply,
    language_of_the_place_applies,
    link_in_a_page_with_a_base_leads_to_the_page,
    pushed_state_opens_its_headline,
    section_of_the_page_comes_before_a_headline,
    fragment_loads_a_lazy_digest_below_the_fold,
    fragment_is_where_the_tab_key_goes_on,
    fragment_stops_below_a_sticky_bar,
    src_set_often_in_a_tick_is_requested_once,
    issue_is_there_after_going_away_and_back,
    closed_shadow_roots_show_the_issue,
    xhtml_page_shows_the_issue,
    response_without_an_address_shows_the_picture,
    promise_without_finally_shows_the_issue,
    headline_without_detail_is_a_plain_heading,
    unclosed_element_is_named_in_the_console,
];

async fn open_article(context: &TestContext) -> WidgetHandle {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    widget
}

const OWN: &str = "{ format: 1, id: 'own', title: 'Made by the page', volume: '1', date: '2022-03-11',
    lang: 'en', headlines: [{ id: 'a', text: 'A', detail: [['B']] }, { id: 'b', text: 'C', detail: [['D']] }] }";

async fn values_for_nothing_are_no_option(context: &TestContext) {
    let widget = open_article(context).await;
    for value in ["''", "false", "0", "null", "undefined"] {
        widget
            .run(&format!(
                "host.issue = {OWN}; host.headingLevel = 4; host.theme = 'dark'"
            ))
            .await;
        widget.expect_text("h4", "Made by the page").await;
        widget
            .run(&format!(
                "host.issue = {value}; host.headingLevel = {value}; host.theme = {value}; host.linkTarget = {value}"
            ))
            .await;
        widget.expect_text("h2", "US-Japan Alliance Digest").await;
        let options = "return [host.issue, host.headingLevel, host.linkTarget]";
        let none = if value == "0" { "0" } else { "" };
        widget
            .expect("the options", options, json!([null, 2, none]))
            .await;
    }
}

async fn wrapped_issue_is_shown(context: &TestContext) {
    let widget = open_article(context).await;
    for wrapped in [
        format!("new Proxy({OWN}, {{}})"),
        format!("Object.freeze({OWN})"),
        format!(
            "Object.assign({OWN}, {{ onclick: () => {{}}, node: document.body, symbol: Symbol() }})"
        ),
        format!(
            "JSON.parse(JSON.stringify({OWN}), (key, value) => Object(value) === value ? new Proxy(value, {{}}) : value)"
        ),
    ] {
        widget.run("host.issue = null").await;
        widget.expect_text("h2", "US-Japan Alliance Digest").await;
        widget.run(&format!("host.issue = {wrapped}")).await;
        widget.expect_text("h2", "Made by the page").await;
    }
    // A change of the page's object later does not reach a drawing for another option.
    widget
        .run(&format!("window.own = {OWN}; host.issue = own"))
        .await;
    widget.expect_text("h2", "Made by the page").await;
}

async fn object_that_is_no_issue_is_named_in_one_message(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    page.run(RECORD_ERRORS).await;
    for (value, part) in [
        (
            "Promise.resolve({})",
            "the issue property (a Promise) is not an issue",
        ),
        (
            "new Response('{}')",
            "the issue property (a Response) is not an issue",
        ),
        (
            "document.body",
            "the issue property (a HTMLBodyElement) is not an issue",
        ),
        (
            "(() => 1)",
            "the issue property (a Function) is not an issue",
        ),
        ("'text'", "the issue property (a String) is not an issue"),
        (
            "{ format: 1, id: 'x', get title() { throw new Error('getter') } }",
            "the issue property is not an issue: getter",
        ),
        (
            "(() => { const loop = {}; loop.loop = loop; return loop })()",
            "the issue property is not an issue",
        ),
        (
            "{ format: 1, id: 1n }",
            "the issue property is not an issue",
        ),
        (
            "{ format: 1, id: 'x', title: () => 1, volume: '1', date: '2022-03-11', lang: 'en', headlines: [] }",
            "at title: missing field",
        ),
    ] {
        let hand_over = format!("{RECORD_MESSAGES} host.issue = {value}");
        widget.run(&hand_over).await;
        let message = wait_for_only_message(&page).await;
        assert!(message.contains(part), "expected `{part}`, found {message}");
    }
    page.expect("errors that nobody caught", "return errors", json!([]))
        .await;
}

async fn options_set_outside_of_the_page_apply(context: &TestContext) {
    let widget = open_article(context).await;
    widget
        .run(
            "const place = host.parentNode;
             host.remove();
             host.headingLevel = 4;
             host.lang = 'ja';
             host.linkTarget = '_blank';
             place.append(host);
             queueMicrotask(() => host.deepLinks = 'off')",
        )
        .await;
    widget.expect_text("h4", "US-Japan Alliance Digest").await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
    let links = "return all('[part=headline-link][href]').length";
    widget.expect("links of headlines", links, 0).await;
}

async fn language_of_the_place_applies(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_text("[part=open-all]", "Open all").await;
    for (place, label) in [
        ("document.documentElement.lang = 'ja'", "すべて開く"),
        ("document.documentElement.lang = 'en'", "Open all"),
        (
            "const main = document.createElement('main'); main.lang = 'ja_JP'; document.body.append(main); main.append(host)",
            "すべて開く",
        ),
        ("document.body.append(host)", "Open all"),
        (
            "const section = document.createElement('section'); section.setAttribute('xml:lang', 'ja'); document.body.append(section); section.append(host)",
            "すべて開く",
        ),
        ("host.parentNode.setAttribute('xml:lang', 'fr')", "Open all"),
    ] {
        widget.run(place).await;
        widget.expect_text("[part=open-all]", label).await;
    }
    let in_shadow = "const outer = document.createElement('div');
        outer.lang = 'ja';
        outer.attachShadow({ mode: 'open' }).append(host);
        document.body.append(outer);
        window.kept = host";
    widget.run(in_shadow).await;
    page.expect(
        "the label in a shadow root",
        "return kept.shadowRoot.querySelector('[part=open-all]').innerText",
        "すべて開く",
    )
    .await;
}

async fn link_in_a_page_with_a_base_leads_to_the_page(context: &TestContext) {
    let page = context.visit("article.html#top").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget
        .run("document.head.insertAdjacentHTML('afterbegin', '<base href=\"/other/\">'); host.reload()")
        .await;
    let address = format!(
        "{}/article.html#us-japan-begin-planning-for-economic-2-2-launch",
        context.embedder.address()
    );
    widget
        .expect(
            "the address of a headline",
            "return all('[part=headline-link]')[2].href",
            address,
        )
        .await;
    widget.click_nth("h3 a", 2).await;
    widget.expect_panels([false, false, true, false]).await;
}

async fn pushed_state_opens_its_headline(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget
        .run("history.pushState(null, '', '#us-japan-begin-planning-for-economic-2-2-launch')")
        .await;
    widget.expect_panels([false, false, true, false]).await;
    widget.click_nth("summary", 2).await;
    // Pages save their state often.
    widget.run("history.replaceState({ scroll: 1 }, '')").await;
    page.wait_for_paint().await;
    widget.expect_panels([false, false, false, false]).await;
}

async fn section_of_the_page_comes_before_a_headline(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    page.run(
        "document.body.insertAdjacentHTML('beforeend',
             '<div style=\"height: 3000px\"></div><h2 id=us-japan-begin-planning-for-economic-2-2-launch>Own</h2>')",
    )
    .await;
    page.run("location.hash = 'us-japan-begin-planning-for-economic-2-2-launch'")
        .await;
    let is_there = "const { top } = document.querySelector('h2[id]').getBoundingClientRect();
        return top >= 0 && top < innerHeight";
    page.expect("the page's section is in view", is_there, true)
        .await;
    page.wait_for_paint().await;
    widget.expect_panels([false, false, false, false]).await;
    page.expect("the page's section is in view", is_there, true)
        .await;
}

async fn fragment_loads_a_lazy_digest_below_the_fold(context: &TestContext) {
    let page = context
        .visit("tall.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.expect_panels([false, false, true, false]).await;
    widget.expect_in_window("h3", 2).await;
}

async fn fragment_is_where_the_tab_key_goes_on(context: &TestContext) {
    let page = context
        .visit("article.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.expect_panels([false, false, true, false]).await;
    page.press_key('\u{e004}').await;
    let focused = "return all('li').indexOf(root.activeElement?.closest('li'))";
    widget
        .expect("the headline of the focused element", focused, 2)
        .await;
}

/// The docs tell embedders to set `scroll-padding-top`.
async fn fragment_stops_below_a_sticky_bar(context: &TestContext) {
    let html = crate::prerendered::make_page(
        "<style>html { scroll-padding-top: 80px } nav { position: sticky; top: 0; height: 80px; background: white }
         main::after { content: ''; display: block; height: 3000px }</style><nav>Menu</nav>",
        &format!(
            "<script type=module src='{0}/digest.js'></script>
             <digest-widget src='{0}/issues/us-japan-alliance-digest-1.5/issue.json'>The digest</digest-widget>",
            context.cdn.address()
        ),
    );
    context
        .embedder
        .respond("/sticky.html", StubResponse::html(&html));
    let page = context
        .visit("sticky.html#us-army-radar-site-in-japan-finally-completes-construction-plan")
        .await;
    let widget = page.widget();
    widget.expect_panels([false, false, false, true]).await;
    let top = "const { top } = all('h3')[3].getBoundingClientRect(); return top >= 80 && top < 200";
    widget
        .expect("the headline is below the bar", top, true)
        .await;
}

async fn src_set_often_in_a_tick_is_requested_once(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let set = format!(
        "const host = document.querySelector('digest-widget');
         for (let count = 0; count < 50; count++) host.src = '{0}/issues/sources.json?' + count;
         host.src = '{0}/issues/sources.json'",
        context.cdn.address()
    );
    run_as_the_page(&page, &set).await;
    widget.expect_text("h2", "Coast Watch").await;
    context.let_requests_arrive(&page).await;
    assert_eq!(context.cdn.count_requests("sources.json"), 1, "requests");
}

async fn issue_is_there_after_going_away_and_back(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("article.html").await;
    context.cdn.wait_for_request("issue.json").await;
    page.widget().wait_until_upgraded().await;
    page.client()
        .goto(&format!("{}/plain.html", context.embedder.address()))
        .await
        .expect("the other page opens");
    held.release();
    context.cdn.respond("issue.json", StubResponse::file());
    page.client().back().await.expect("the reader comes back");
    page.widget().wait_until_drawn().await;
}

/// Recorders of sessions wrap `attachShadow`.
async fn closed_shadow_roots_show_the_issue(context: &TestContext) {
    let page = context.visit("bare.html").await;
    page.run(
        "const attach = Element.prototype.attachShadow;
         window.roots = [];
         Element.prototype.attachShadow = function () {
             const root = attach.call(this, { mode: 'closed' });
             window.roots.push(root);
             return root;
         }",
    )
    .await;
    context.include_loader(&page).await;
    page.expect(
        "headlines",
        "return roots.flatMap(root => [...root.querySelectorAll('h3')]).length",
        4,
    )
    .await;
    page.run("document.querySelector('digest-widget').openAll()")
        .await;
    page.expect(
        "open panels",
        "return roots.flatMap(root => [...root.querySelectorAll('[open]')]).length",
        4,
    )
    .await;
}

/// Chromium runs no module scripts in XML documents (crbug.com/717643), but imports modules there.
async fn xhtml_page_shows_the_issue(context: &TestContext) {
    let page = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"ja\">
  <head><title>The Alliance Review</title></head>
  <body><main>
    <script>import('{0}/digest.js')</script>
    <digest-widget src=\"{0}/issues/us-japan-alliance-digest-1.5/issue.json\"><a href=\"https://publisher.example/\">The digest</a></digest-widget>
  </main></body>
</html>",
        context.cdn.address()
    );
    let page = StubResponse::json(&page).content_type("application/xhtml+xml");
    context.embedder.respond("/page.xhtml", page);
    let widget = context.visit("page.xhtml").await.widget();
    widget.wait_until_drawn().await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
    widget.click("summary").await;
    widget.expect_panels([true, false, false, false]).await;
}

async fn response_without_an_address_shows_the_picture(context: &TestContext) {
    let page = context.visit("bare.html").await;
    page.run(
        "const own = window.fetch;
         window.fetch = async (...given) => {
             const response = await own(...given);
             if (!response.url.endsWith('.json')) return response;
             return new Response(await response.text(), response);
         }",
    )
    .await;
    context.include_loader(&page).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget
        .run(&format!(
            "host.src = '{}/issues/sources.json'",
            context.cdn.address()
        ))
        .await;
    let picture = "return one('img').src";
    widget
        .expect(
            "the picture",
            picture,
            format!("{}/issues/radar.svg", context.cdn.address()),
        )
        .await;
}

/// The driver's own scripts need the method, so it comes back when the issue is loaded.
async fn promise_without_finally_shows_the_issue(context: &TestContext) {
    let page = context.visit("bare.html").await;
    let include = format!(
        "const kept = Promise.prototype.finally;
         const restore = () => {{ Promise.prototype.finally = kept }};
         addEventListener('digest-load', restore);
         setTimeout(restore, 5000);
         setTimeout(() => {{
             delete Promise.prototype.finally;
             import('{}/digest.js');
         }})",
        context.cdn.address()
    );
    run_as_the_page(&page, &include).await;
    page.widget().wait_until_drawn().await;
}

async fn headline_without_detail_is_a_plain_heading(context: &TestContext) {
    let mut issue = checks::seed();
    issue["headlines"][1]["detail"] = json!([]);
    context
        .cdn
        .respond("issue.json", StubResponse::json(&issue.to_string()));
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_panels([false, false, false]).await;
    let plain = "const item = all('[part=item]')[1];
        return [item.querySelector('h3').textContent, item.querySelectorAll('details, summary, a').length]";
    widget
        .expect(
            "the headline without detail",
            plain,
            json!(["“Japan-US Partnership on Trade” Convenes First Meeting", 0]),
        )
        .await;
    widget.click("[part=open-all]").await;
    widget.expect_text("[part=open-all]", "Close all").await;
    page.save_screenshot("without-detail").await;
}

async fn unclosed_element_is_named_in_the_console(context: &TestContext) {
    let page = open_recording(context, "bare.html").await;
    page.run(
        "console.warn = console.error;
         const host = document.querySelector('digest-widget');
         host.append(...document.querySelectorAll('main > p:last-child'), document.createElement('footer'))",
    )
    .await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    let message = wait_for_only_message(&page).await;
    assert!(message.contains("</digest-widget>"), "found {message}");
}
