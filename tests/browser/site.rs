//! A site with one script for all pages, whose posts have plain HTML and no script.

use std::time::Duration;

use checks::{Answer, Settings, Stage, cases, wasm};
use fantoccini::Locator;
use serde_json::json;
use tokio::time::sleep;

cases![
    a_partner_includes_one_script_for_the_whole_site,
    a_partner_hands_over_options_in_plain_html,
    a_partner_adds_plain_html_later,
    a_partner_has_a_router_that_swaps_the_body,
    a_partner_has_a_router_that_puts_a_copy_of_the_body_back,
    a_partner_includes_the_script_of_the_site_as_async,
    a_partner_finds_no_name_of_the_script_of_the_site,
    a_reader_keeps_the_plain_panels_when_the_engine_is_missing,
    a_reader_whose_browser_runs_no_scripts_opens_a_plain_panel,
];

/// What is in the first place for a digest: the element alone, with what the place had in it.
const PLACE: &str = "const place = document.querySelector('[data-digest-src]');
    return [place.children.length, ...['digest-widget', 'digest-widget > details > summary', 'digest-widget > p > a']
        .map(selector => place.querySelectorAll(`:scope > ${selector}`).length)]";

async fn a_partner_includes_one_script_for_the_whole_site(stage: &Stage) {
    let page = stage.visit("site.html").await;
    page.widget().is_up().await;
    page.widget().has_panels([false, false, false, false]).await;
    page.expect(
        "children, widgets, panels and links in the place",
        PLACE,
        json!([1, 1, 2, 1]),
    )
    .await;
    page.widget().shows_children(false).await;
}

async fn a_partner_hands_over_options_in_plain_html(stage: &Stage) {
    let page = stage.visit("site.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let attributes =
        "return Object.fromEntries([...host.attributes].map(({ name, value }) => [name, value]))";
    let src = format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        stage.cdn.address()
    );
    let expected = json!({ "src": src, "lang": "ja", "theme": "dark" });
    widget
        .expect("the attributes of the element", attributes, expected)
        .await;
    widget.reads("[part=open-all]", "すべて開く").await;
}

async fn a_partner_adds_plain_html_later(stage: &Stage) {
    let page = stage.visit("site.html").await;
    page.widget().is_up().await;
    let add = "const post = document.createElement('article');
        const src = document.querySelector('[data-digest-src]').dataset.digestSrc;
        post.innerHTML = `<div data-digest-src='${src}'><details><summary>Later</summary></details></div>`;
        document.querySelector('main').append(post)";
    page.run(add).await;
    page.nth_widget(1).is_up().await;
    page.expect(
        "how many widgets there are",
        "return document.querySelectorAll('digest-widget').length",
        2,
    )
    .await;
}

async fn a_partner_has_a_router_that_swaps_the_body(stage: &Stage) {
    let page = stage.visit("site.html").await;
    page.widget().is_up().await;
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
    page.widget().is_up().await;
    page.expect(
        "children, widgets, panels and links in the place",
        PLACE,
        json!([1, 1, 2, 1]),
    )
    .await;
}

async fn a_partner_has_a_router_that_puts_a_copy_of_the_body_back(stage: &Stage) {
    let page = stage.visit("site.html").await;
    page.widget().is_up().await;
    page.run("document.body.replaceWith(document.body.cloneNode(true))")
        .await;
    page.widget().is_up().await;
    page.expect(
        "children, widgets, panels and links in the place",
        PLACE,
        json!([1, 1, 2, 1]),
    )
    .await;
}

async fn a_partner_includes_the_script_of_the_site_as_async(stage: &Stage) {
    stage
        .partner
        .answer("slow.js", Answer::json("").kind("text/javascript"));
    let held = stage.partner.hold("slow.js");
    let script_runs_first = async {
        stage.partner.is_asked_for("slow.js").await;
        stage.cdn.is_asked_for("digest.js").await;
        // If it did not wait for the rest of the place, it would have begun by then.
        sleep(Duration::from_millis(500)).await;
        held.release();
    };
    let (page, ()) = tokio::join!(stage.visit("site-async.html"), script_runs_first);
    page.widget().is_up().await;
    page.expect(
        "children, widgets, panels and links in the place",
        PLACE,
        json!([1, 1, 2, 0]),
    )
    .await;
}

async fn a_partner_finds_no_name_of_the_script_of_the_site(stage: &Stage) {
    let page = stage.visit("plain.html").await;
    // ChromeDriver leaves a name of its own in the window with its first script.
    page.run("").await;
    let before = page.run("return Object.getOwnPropertyNames(window)").await;
    let include = format!(
        "const cdn = '{}';
         const place = document.createElement('div');
         place.dataset.digestSrc = `${{cdn}}/issues/us-japan-alliance-digest-1.5/issue.json`;
         const script = document.createElement('script');
         script.type = 'module';
         script.src = `${{cdn}}/digest-site.js`;
         document.body.append(place, script)",
        stage.cdn.address()
    );
    page.run(&include).await;
    page.widget().is_up().await;
    let names = format!(
        "return Object.getOwnPropertyNames(window).filter(name => !{before}.includes(name))"
    );
    page.expect("names that are new in the window", &names, json!([]))
        .await;
}

async fn a_reader_keeps_the_plain_panels_when_the_engine_is_missing(stage: &Stage) {
    stage.cdn.answer(&wasm(), Answer::status(404));
    let page = stage.visit("site.html").await;
    let widget = page.widget();
    widget
        .expect("alerts", "return all('[role=alert]').length", 1)
        .await;
    widget.shows_children(true).await;
    page.element("return document.querySelector('summary')")
        .await
        .click()
        .await
        .expect("it can be clicked");
    let open = "return [...host.querySelectorAll('details')].map(panel => panel.open)";
    widget
        .expect("which plain panels are open", open, json!([true, false]))
        .await;
}

async fn a_reader_whose_browser_runs_no_scripts_opens_a_plain_panel(stage: &Stage) {
    let settings = Settings {
        scripts: false,
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "site.html").await;
    let summary = page
        .client()
        .find(Locator::Css("summary"))
        .await
        .expect("the page has a summary");
    summary.click().await.expect("it can be clicked");
    let text = page.visible_text("details[open]").await;
    assert!(
        text.contains("The exact format still needs to be determined."),
        "the open panel reads: {text}"
    );
    assert_eq!(
        stage.cdn.requests(),
        Vec::<String>::new(),
        "what the page asks the CDN for"
    );
}
