//! A site that includes one script on all pages, and whose posts hold plain HTML.

use std::time::Duration;

use checks::{BrowserSettings, StubResponse, TestContext, cases, wasm};
use serde_json::json;
use tokio::time::sleep;

use crate::lifecycle::PAGE_WINDOW;

cases![
    site_script_upgrades_plain_html,
    data_attributes_become_options,
    plain_html_added_later_is_upgraded,
    swapped_body_is_upgraded_once,
    copied_body_is_upgraded_once,
    async_site_script_waits_for_the_whole_block,
    site_script_adds_no_name_to_the_window,
    missing_engine_keeps_the_plain_panels,
    frameworks_find_their_nodes_in_an_upgraded_block,
    filter_that_restores_the_page_is_not_called_in_turn,
    changed_and_late_addresses_are_followed,
    block_of_a_foreign_host_stays_plain_html,
    block_of_a_listed_host_is_upgraded,
    block_in_a_shadow_root_is_upgraded,
    site_styles_the_parts_of_a_block,
    plain_panel_opens_with_scripts_off,
];

/// The first block of plain HTML: counts the widgets in its shadow root, and the panels and links
/// that it still has.
const BLOCK: &str = "const block = document.querySelector('[data-digest-src]');
    return [block.shadowRoot.querySelectorAll('digest-widget').length,
        ...['details > summary', 'p > a']
            .map(selector => block.querySelectorAll(`:scope > ${selector}`).length)]";

async fn site_script_upgrades_plain_html(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    page.widget()
        .expect_panels([false, false, false, false])
        .await;
    page.expect(
        "widgets, panels and links of the block",
        BLOCK,
        json!([1, 2, 1]),
    )
    .await;
    page.widget().expect_children_visible(false).await;
}

async fn data_attributes_become_options(context: &TestContext) {
    let page = context.visit("site.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let attributes =
        "return Object.fromEntries([...host.attributes].filter(({ name }) => name !== 'exportparts')
            .map(({ name, value }) => [name, value]))";
    let src = format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        context.cdn.address()
    );
    let expected = json!({ "src": src, "lang": "ja", "theme": "dark" });
    widget
        .expect("the attributes of the element", attributes, expected)
        .await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
}

async fn plain_html_added_later_is_upgraded(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    let add = "const post = document.createElement('article');
        const src = document.querySelector('[data-digest-src]').dataset.digestSrc;
        post.innerHTML = `<div data-digest-src='${src}'><details><summary>Later</summary></details></div>`;
        document.querySelector('main').append(post)";
    page.run(add).await;
    page.nth_widget(1).wait_until_drawn().await;
}

async fn swapped_body_is_upgraded_once(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    let swap = "const old = document.body;
        fetch(location).then(response => response.text()).then(html => {
            const next = new DOMParser().parseFromString(html, 'text/html').body;
            next.className = 'swapped';
            old.replaceWith(document.adoptNode(next));
        })";
    page.run(swap).await;
    page.expect(
        "the class of the body",
        "return document.body.className",
        "swapped",
    )
    .await;
    page.widget().wait_until_drawn().await;
    page.expect(
        "widgets, panels and links of the block",
        BLOCK,
        json!([1, 2, 1]),
    )
    .await;
}

async fn copied_body_is_upgraded_once(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    page.run("document.body.replaceWith(document.body.cloneNode(true))")
        .await;
    page.widget().wait_until_drawn().await;
    page.expect(
        "widgets, panels and links of the block",
        BLOCK,
        json!([1, 2, 1]),
    )
    .await;
}

async fn async_site_script_waits_for_the_whole_block(context: &TestContext) {
    context.embedder.respond(
        "slow.js",
        StubResponse::json("").content_type("text/javascript"),
    );
    let held = context.embedder.hold("slow.js");
    let script_runs_first = async {
        context.embedder.wait_for_request("slow.js").await;
        context.cdn.wait_for_request("digest.js").await;
        // A script that did not wait for the rest of the block would start in this time.
        sleep(Duration::from_millis(500)).await;
        held.release();
    };
    let (page, ()) = tokio::join!(context.visit("site-async.html"), script_runs_first);
    page.widget().wait_until_drawn().await;
    page.expect(
        "widgets, panels and links of the block",
        BLOCK,
        json!([1, 2, 0]),
    )
    .await;
}

async fn site_script_adds_no_name_to_the_window(context: &TestContext) {
    let page = context.visit("plain.html").await;
    // ChromeDriver's first script adds a name to the window.
    page.run("").await;
    let before = page.run("return Object.getOwnPropertyNames(window)").await;
    let include = format!(
        "const cdn = '{}';
         const block = document.createElement('div');
         block.dataset.digestSrc = `${{cdn}}/issues/us-japan-alliance-digest-1.5/issue.json`;
         const script = document.createElement('script');
         script.type = 'module';
         script.src = `${{cdn}}/digest-site.js`;
         document.body.append(block, script)",
        context.cdn.address()
    );
    page.run(&include).await;
    page.widget().wait_until_drawn().await;
    let names = format!(
        "return Object.getOwnPropertyNames(window).filter(name => !{before}.includes(name))"
    );
    page.expect("names that are new in the window", &names, json!([]))
        .await;
}

async fn missing_engine_keeps_the_plain_panels(context: &TestContext) {
    context.cdn.respond(&wasm(), StubResponse::status(404));
    let page = context.visit("site.html").await;
    let widget = page.widget();
    widget
        .expect("alerts", "return all('[role=alert]').length", 1)
        .await;
    widget.expect_children_visible(true).await;
    page.click("summary").await;
    let open = "return [...document.querySelectorAll('details')].map(panel => panel.open)";
    widget
        .expect("open plain panels", open, json!([true, false]))
        .await;
}

/// React and others keep their nodes, and remove them from where they put them.
async fn frameworks_find_their_nodes_in_an_upgraded_block(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    let act = "const block = document.querySelector('[data-digest-src]');
        const [first, second] = block.querySelectorAll(':scope > details');
        block.removeChild(first);
        block.insertBefore(document.createElement('p'), second);
        block.replaceChildren();
        block.append('Other text');
        return block.textContent";
    assert_eq!(page.run(act).await, "Other text");
    page.widget().wait_until_drawn().await;
}

/// A filter that puts each block back as it was, whenever it sees a change of the page.
async fn filter_that_restores_the_page_is_not_called_in_turn(context: &TestContext) {
    let page = context.visit("plain.html").await;
    let script = format!(
        "document.querySelector('main').insertAdjacentHTML('beforeend', `<div id=post><div data-digest-src=
             '{0}/issues/us-japan-alliance-digest-1.5/issue.json'><p>The digest</p></div></div>`);
         const post = document.querySelector('#post');
         const clean = post.innerHTML;
         window.restored = 0;
         new MutationObserver(() => {{
             if (window.restored < 1000 && (post.innerHTML !== clean || window.restored === 0)) {{
                 window.restored += 1;
                 post.innerHTML = clean;
             }}
         }}).observe(document.body, {{ childList: true, subtree: true, attributes: true }});
         const script = document.createElement('script');
         script.type = 'module';
         script.src = '{0}/digest-site.js';
         document.body.append(script)",
        context.cdn.address()
    );
    page.run(&script).await;
    page.widget().wait_until_drawn().await;
    let restored = format!("{PAGE_WINDOW} return page.restored");
    page.expect("times that the filter acted", &restored, 1)
        .await;
}

async fn changed_and_late_addresses_are_followed(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    let change = format!(
        "document.querySelector('[data-digest-src]').dataset.digestSrc = '{}/issues/sources.json'",
        context.cdn.address()
    );
    page.run(&change).await;
    page.widget().expect_text("h2", "Coast Watch").await;
    page.run("delete document.querySelector('[data-digest-src]').dataset.digestLang")
        .await;
    page.widget()
        .expect_text("[part=open-all]", "Open all")
        .await;
    let late = format!(
        "const block = document.createElement('div');
         block.textContent = 'The digest';
         document.body.append(block);
         setTimeout(() => {{ block.dataset.digestSrc = '{}/issues/sources.json' }}, 50)",
        context.cdn.address()
    );
    page.run(&late).await;
    page.nth_widget(1).expect_text("h2", "Coast Watch").await;
}

/// Addresses that an editor without the right to post scripts could write.
async fn block_of_a_foreign_host_stays_plain_html(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    let before = context.embedder.count_requests("issue.json");
    page.run(
        "for (const src of ['/issues/issue.json', '//other.example/issue.json', 'data:application/json,{}',
             'javascript:alert(1)', 'https://[', '']) {
             const block = document.createElement('section');
             block.dataset.digestSrc = src;
             block.textContent = 'What the editor wrote';
             document.querySelector('main').append(block);
         }
         document.querySelector('[data-digest-src]').dataset.digestSrc = '/issues/issue.json'",
    )
    .await;
    context.let_requests_arrive(&page).await;
    let blocks = "return [...document.querySelectorAll('main > section')]
        .map(({ shadowRoot, textContent }) => [shadowRoot, textContent])";
    let expected = vec![json!([null, "What the editor wrote"]); 6];
    page.expect("shadow roots and texts", blocks, json!(expected))
        .await;
    page.expect(
        "the address of the block that was upgraded",
        "return document.querySelector('[data-digest-src]').shadowRoot.querySelector('digest-widget').getAttribute('src')",
        json!(null),
    )
    .await;
    assert_eq!(context.embedder.count_requests("issue.json"), before);
}

async fn block_of_a_listed_host_is_upgraded(context: &TestContext) {
    let page = context.visit("site-hosts.html").await;
    page.widget().wait_until_drawn().await;
    page.expect("the block is the site's own", BLOCK, json!([1, 0, 0]))
        .await;
}

async fn block_in_a_shadow_root_is_upgraded(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    let add = format!(
        "const outer = document.createElement('section');
         outer.attachShadow({{ mode: 'open' }}).innerHTML =
             `<div data-digest-src='{}/issues/sources.json'><p>The digest</p></div>`;
         document.body.append(outer)",
        context.cdn.address()
    );
    page.run(&add).await;
    let title = "const block = document.querySelector('section').shadowRoot.firstElementChild;
        return block.shadowRoot?.querySelector('digest-widget').shadowRoot?.querySelector('h2')?.textContent";
    page.expect("the title", title, "Coast Watch").await;
}

async fn site_styles_the_parts_of_a_block(context: &TestContext) {
    let page = context.visit("site.html").await;
    page.widget().wait_until_drawn().await;
    page.run(
        "const sheet = new CSSStyleSheet();
        sheet.replaceSync('[data-digest-src]::part(title) { text-indent: 7px }');
        document.adoptedStyleSheets = [sheet]",
    )
    .await;
    let indent = "return getComputedStyle(one('[part=title]')).textIndent";
    page.widget()
        .expect("the title's indent", indent, "7px")
        .await;
}

async fn plain_panel_opens_with_scripts_off(context: &TestContext) {
    let settings = BrowserSettings::default().without_scripts();
    let page = context.visit_with(settings, "site.html").await;
    page.click("summary").await;
    let text = page.visible_text("details[open]").await;
    assert!(
        text.contains("The exact format still needs to be determined."),
        "the open panel reads: {text}"
    );
    assert_eq!(
        context.cdn.requests(),
        Vec::<String>::new(),
        "requests to the CDN"
    );
}
