//! The first view: the loader shows an issue that its publisher has drawn before the engine is there,
//! and builds nothing else than the engine would draw.

use std::fs;
use std::path::Path;

use checks::{
    BrowserSettings, Page, StubResponse, TestContext, WidgetHandle, cases, corpora, glue,
    publish_issues, root, wasm,
};
use serde_json::{Value, json};

use crate::console::RECORD_MESSAGES;
use crate::prerendered::make_page;

cases![
    view_of_each_own_issue_is_the_engines_drawing,
    view_of_each_issue_of_the_corpora_is_the_engines_drawing,
    options_of_the_view_are_those_of_the_engine,
    view_and_drawing_have_the_same_pixels,
    issue_with_a_view_needs_no_engine,
    change_before_the_engine_is_there_applies,
    engine_starts_after_the_view,
    engine_of_a_far_digest_starts_when_it_is_near,
    engine_does_not_start_where_data_is_saved,
    strict_policy_allows_the_view,
    hostile_view_brings_nothing_that_is_not_listed,
    faulty_view_is_drawn_by_the_engine,
    view_of_a_later_format_is_not_shown,
    issue_that_the_page_has_changed_is_shown_as_changed,
];

/// The page around the digests of a case.
const PAGE: &str = "first-view.html";

async fn view_of_each_own_issue_is_the_engines_drawing(context: &TestContext) {
    let page = open_browser(context).await;
    let folder = root().join("tests/newsletters");
    let mut count = 0;
    for series in list_folders(&folder) {
        count += expect_equal_drawings(context, &page, &publish_issues(&series, &series), "").await;
    }
    assert!(count > 20, "only {count} newsletters were compared");
}

async fn view_of_each_issue_of_the_corpora_is_the_engines_drawing(context: &TestContext) {
    let page = open_browser(context).await;
    let mut count = 0;
    for settings in list_folders(&root().join("tests/corpora")) {
        let name = settings.file_stem().expect("a folder has a name");
        let issues = publish_issues(&corpora().join(name), &settings);
        count += expect_equal_drawings(context, &page, &issues, "").await;
    }
    assert!(count > 100, "only {count} newsletters were compared");
}

async fn options_of_the_view_are_those_of_the_engine(context: &TestContext) {
    let page = open_browser(context).await;
    let series = root().join("tests/newsletters/coast-watch");
    let issues = publish_issues(&series, &series);
    for options in [
        "heading-level=1",
        "heading-level=5",
        "link-target=_blank",
        "deep-links=off",
        "lang=ja",
        "lang=JA-jp",
        "lang=jam",
        "lang=he",
        "lang=constructor",
    ] {
        expect_equal_drawings(context, &page, &issues, options).await;
    }
}

async fn view_and_drawing_have_the_same_pixels(context: &TestContext) {
    let page = open_browser(context).await;
    // A screenshot contains only what is in view.
    let resized = page.client().set_window_size(1100, 1500).await;
    resized.expect("a window can be higher");
    for (name, options, width) in [
        ("coast-watch", "theme=light open=all", 700),
        ("coast-watch", "theme=dark open=first", 280),
        ("harbour-ja", "theme=light open=all", 400),
        ("market-ar", "theme=dark open=all", 400),
    ] {
        let series = root().join("tests/newsletters").join(name);
        let mut issue = publish_issues(&series, &series).remove(0);
        let head = format!("{SAVE_DATA}<style>main {{ width: {width}px }}</style>");
        let mut screenshots = Vec::new();
        for kind in ["view", "drawing"] {
            let snippet = format!(
                "<script type=module src={0}/digest.js></script><digest-widget src={0}/one.json {options}></digest-widget>",
                context.cdn.address()
            );
            serve_page(context, &issue, &head, &snippet);
            open(context, &page).await;
            page.widget().wait_until_drawn().await;
            page.widget().wait_for_animations().await;
            page.run("document.activeElement.blur(); scrollTo(0, 0)")
                .await;
            page.wait_for_paint().await;
            page.save_screenshot(&format!("first-view-{name}-{width}-{kind}"))
                .await;
            screenshots.push([
                page.widget().capture("header").await,
                page.widget().capture("[part=item]").await,
            ]);
            issue
                .as_object_mut()
                .expect("it is an object")
                .remove("view");
        }
        for (built, drawn) in screenshots[0].iter().zip(&screenshots[1]) {
            let difference = built.difference(drawn);
            assert_eq!(
                difference, None,
                "{name} with {options}, {width} pixels wide"
            );
        }
    }
}

/// Compares what the loader builds and what the engine draws of each issue, node by node. Returns the
/// number of issues.
async fn expect_equal_drawings(
    context: &TestContext,
    page: &Page,
    issues: &[Value],
    options: &str,
) -> usize {
    let mut names = Vec::new();
    for (index, issue) in issues.iter().enumerate() {
        assert!(
            issue["view"]["root"].is_array(),
            "the issue has no view: {}",
            issue["id"]
        );
        let mut plain = issue.clone();
        plain
            .as_object_mut()
            .expect("it is an object")
            .remove("view");
        for (name, issue) in [("view", issue), ("plain", &plain)] {
            let path = format!("/compared/{index}/{name}.json");
            context
                .cdn
                .respond(&path, StubResponse::json(&issue.to_string()).uncached());
        }
        names.push(format!("{}/compared/{index}", context.cdn.address()));
    }
    let loader = format!(
        "<script type=module src={}/digest.js></script>",
        context.cdn.address()
    );
    let markup = make_page(SAVE_DATA, &loader);
    context
        .embedder
        .respond(PAGE, StubResponse::html(&markup).uncached());
    open(context, page).await;
    page.run(&format!(
        "const names = {}, options = '{options}'; {COMPARE}",
        json!(names)
    ))
    .await;
    page.expect(
        "differences between view and drawing",
        "return window.differences",
        json!([]),
    )
    .await;
    issues.len()
}

/// The engine starts only when an issue needs it.
const SAVE_DATA: &str = "<script>
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })
    </script>";

/// Shows each issue with its view, before the engine is there, and then without its view. Lists where
/// the drawings differ.
const COMPARE: &str = "
    const show = (src) => new Promise((drawn) => {
        const host = document.createElement('digest-widget');
        for (const option of options ? [options.split('=')] : []) host.setAttribute(...option);
        host.addEventListener('digest-load', () => {
            const drawing = host.shadowRoot.querySelector('.root').cloneNode(true);
            host.remove();
            drawn(drawing);
        });
        host.setAttribute('src', src);
        document.body.append(host);
    });
    const describe = (name, built, drawn) => {
        let start = 0;
        while (start < built.length && built[start] === drawn[start]) start += 1;
        return [name, ...[built, drawn].map((html) => html.slice(Math.max(start - 60, 0), start + 60))];
    };
    const compare = async () => {
        const built = [];
        for (const name of names) built.push(await show(`${name}/view.json`));
        const found = [];
        for (const [index, name] of names.entries()) {
            const drawn = await show(`${name}/plain.json`);
            if (!built[index].isEqualNode(drawn)) found.push(describe(name, built[index].outerHTML, drawn.outerHTML));
        }
        window.differences = found;
    };
    compare()";

/// Opens the page: a case may open it several times, with other answers.
async fn open(context: &TestContext, page: &Page) {
    page.open(&format!("{}/{PAGE}", context.embedder.address()))
        .await;
}

async fn open_browser(context: &TestContext) -> Page {
    context.open_browser(BrowserSettings::default()).await
}

fn list_folders(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("it can be read");
    let mut folders: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

async fn issue_with_a_view_needs_no_engine(context: &TestContext) {
    for name in [wasm(), glue()] {
        context.cdn.respond(&name, StubResponse::status(404));
    }
    let widget = open_issue(context, publish_one(), "").await;
    widget.wait_until_drawn().await;
    widget.click("h3 a").await;
    widget.expect_panels([true, false]).await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true]).await;
    widget.expect_text("[part=open-all]", "Close all").await;
    widget.run("host.closeAll()").await;
    widget.expect_panels([false, false]).await;
    widget
        .expect("messages", "return messages", json!([]))
        .await;
}

async fn change_before_the_engine_is_there_applies(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let widget = open_issue(context, publish_one(), "").await;
    widget.wait_until_drawn().await;
    widget.click("h3 a").await;
    widget.run("host.headingLevel = 4").await;
    widget.expect_text("h4", "Harbour News").await;
    widget.expect_panels([true, false]).await;
    widget.run("document.documentElement.lang = 'ja'").await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
    held.release();
    widget.run("document.documentElement.lang = 'en'").await;
    widget.expect_text("[part=open-all]", "Open all").await;
    widget.expect_panels([true, false]).await;
}

async fn engine_starts_after_the_view(context: &TestContext) {
    let widget = open_issue(context, publish_one(), "").await;
    widget.wait_until_drawn().await;
    context.cdn.wait_for_request(&wasm()).await;
    widget.expect_text("[part=title]", "Harbour News").await;
}

async fn engine_of_a_far_digest_starts_when_it_is_near(context: &TestContext) {
    let head = "<style>digest-widget { display: block; margin-top: 5000px }</style>";
    let page = open_page(context, publish_one(), head).await;
    let widget = page.widget();
    expect_no_engine(context, &page).await;
    widget.run("host.scrollIntoView()").await;
    context.cdn.wait_for_request(&wasm()).await;
}

async fn engine_does_not_start_where_data_is_saved(context: &TestContext) {
    let page = open_page(context, publish_one(), SAVE_DATA).await;
    let widget = page.widget();
    expect_no_engine(context, &page).await;
    let other = json!({ "format": 1, "id": "other", "title": "Other", "volume": "1", "date": "2022-03-11",
        "lang": "en", "headlines": [] });
    widget.run(&format!("host.issue = {other}")).await;
    widget.expect_text("[part=title]", "Other").await;
}

/// Waits until the digest is drawn and the browser has been idle, and checks that the engine was not
/// requested.
async fn expect_no_engine(context: &TestContext, page: &Page) {
    page.widget().wait_until_drawn().await;
    page.wait_for_paint().await;
    let idle = "(window.requestIdleCallback ?? requestAnimationFrame)(() => arguments[0]())";
    let waited = page.client().execute_async(idle, vec![]).await;
    waited.expect("the browser is idle some time");
    context.let_requests_arrive(page).await;
    let requests = context.cdn.count_requests(&wasm());
    assert_eq!(requests, 0, "requests for the engine");
}

async fn strict_policy_allows_the_view(context: &TestContext) {
    let policy = format!(
        "<meta http-equiv=content-security-policy content=\"default-src 'none'; script-src {0} 'unsafe-inline'; \
         connect-src {0}; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'\">",
        context.cdn.address()
    );
    let page = open_page(context, publish_one(), &policy).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click("h3 a").await;
    widget.expect_panels([true, false]).await;
    let bullets = "return getComputedStyle(one('[part=headlines]')).listStyleType";
    widget
        .expect("bullets of a list with styles", bullets, "none")
        .await;
}

async fn hostile_view_brings_nothing_that_is_not_listed(context: &TestContext) {
    let mut issue = publish_one();
    let attributes = json!({ "part": "detail", "onclick": "attacked()", "onerror": "attacked()",
        "style": "position: fixed", "srcdoc": "<script>attacked()</script>", "class": "modal",
        "slot": "x", "is": "x-attack", "formaction": "javascript:attacked()", "target": "_top",
        "ping": "https://evil.example", "xlink:href": "javascript:attacked()", "srcset": "//evil.example/a 1x",
        "contenteditable": "true", "popover": "", "autofocus": "", "name": "location", "tabindex": "1" });
    let mut hostile = vec![json!("div"), json!({})];
    for tag in [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "link",
        "meta",
        "base",
        "form",
        "input",
        "svg",
        "math",
        "template",
        "slot",
        "video",
        "audio",
        "portal",
        "x-attack",
        "digest-widget",
        "SCRIPT",
        "a onclick",
        "h7",
        "h1 ",
        "frame",
        "applet",
        "dialog",
    ] {
        hostile.push(json!([tag, attributes, format!("text of {tag}")]));
    }
    for href in [
        "javascript:attacked()",
        "JAVASCRIPT:attacked()",
        " javascript:attacked()",
        "java\nscript:attacked()",
        "data:text/html,<script>attacked()</script>",
        "vbscript:a",
        "file:///etc/passwd",
        "blob:x",
        "//evil.example",
        "relative",
        "\u{1}javascript:attacked()",
    ] {
        hostile.push(json!(["a", { "part": "link", "href": href, "id": "h" }, "text of a link"]));
    }
    for src in [
        "data:image/svg+xml,<svg/>",
        "javascript:attacked()",
        "blob:https://evil.example/1",
        "ftp://evil.example/a",
    ] {
        hostile.push(json!(["img", { "part": "image", "src": src, "alt": "text of a picture" }]));
    }
    let root = issue["view"]["root"]
        .as_array_mut()
        .expect("it is an element");
    root.push(Value::Array(hostile));
    let head = "<script>window.attacked = () => { window.wasAttacked = true }</script>";
    let page = open_page(context, issue, head).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let found = "
        const listed = /^(a|article|blockquote|button|code|del|details|div|em|figcaption|figure|h[1-6]|header|img|li|ol|p|pre|section|span|strong|sub|summary|sup|table|tbody|td|th|thead|time|tr|ul)$/;
        const named = /^(alt|aria-label|aria-labelledby|datetime|dir|height|hidden|href|id|lang|part|role|src|start|tabindex|type|width|class|target|rel|open)$/;
        all('[part=link]').forEach(link => link.click());
        const bad = [];
        for (const node of all('.root *')) {
            if (!listed.test(node.localName) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') bad.push(node.localName);
            for (const { name, value } of node.attributes) {
                if (!named.test(name) || name === 'class') bad.push(`${node.localName} ${name}`);
                if (name === 'href' && !/^(https?:|#)/.test(value)) bad.push(value);
                if (name === 'src' && !/^https?:/.test(value)) bad.push(value);
                if (name === 'tabindex' && value > 0) bad.push(`tabindex ${value}`);
            }
        }
        return { bad, attacked: !!window.wasAttacked, text: all('[part=detail]').length > 20 }";
    widget
        .expect(
            "what is not listed",
            found,
            json!({ "bad": [], "attacked": false, "text": true }),
        )
        .await;
}

async fn faulty_view_is_drawn_by_the_engine(context: &TestContext) {
    let page = open_browser(context).await;
    let strings = json!([["en"], ["ja"]]);
    for view in [
        json!(true),
        json!({}),
        json!({ "strings": [], "root": ["p", {}, 1] }),
        json!({ "strings": strings }),
        json!({ "strings": strings, "root": ["article", null] }),
        json!({ "strings": strings, "root": [["article"], {}] }),
        json!({ "strings": strings, "root": [] }),
    ] {
        let mut issue = publish_one();
        let shown = view.to_string();
        let shown = shown.chars().take(60).collect::<String>();
        issue["view"] = view;
        serve_issue(context, &issue, "");
        open(context, &page).await;
        page.widget()
            .expect(
                &format!("panels of an issue with the view {shown}"),
                "return all('[part=panel]').length",
                2,
            )
            .await;
    }
}

async fn view_of_a_later_format_is_not_shown(context: &TestContext) {
    let mut issue = publish_one();
    issue["format"] = json!(2);
    let widget = open_issue(context, issue, "").await;
    widget
        .expect_text(
            "[part=message]",
            "This issue is made for a newer version of the digest. Reload the page to get it.",
        )
        .await;
}

/// A page that removes a headline before it sets the issue must not get it back from the view.
async fn issue_that_the_page_has_changed_is_shown_as_changed(context: &TestContext) {
    let mut issue = publish_one();
    let widget = open_issue(context, issue.clone(), "").await;
    widget.wait_until_drawn().await;
    issue["headlines"]
        .as_array_mut()
        .expect("it is an array")
        .remove(0);
    widget.run(&format!("host.issue = {issue}")).await;
    let headlines = "return all('[part=headline]').map(headline => headline.textContent)";
    widget
        .expect("headlines", headlines, json!(["The ferry runs later"]))
        .await;
}

/// An issue with its view and two headlines.
fn publish_one() -> Value {
    let series = tempfile::tempdir().expect("a folder for the series");
    let newsletter = "Harbour News\n\nVol: 1.5\n\nDate: March 11, 2022\n\nHeadlines:\n\n- The dredger is back\n\
        - The ferry runs later\n\nDetails:\n\n- It *works* again, says the [mayor](https://town.example/news).\n\
        - Until midnight.\n";
    fs::write(series.path().join("1.md"), newsletter).expect("it can be written");
    publish_issues(series.path(), series.path()).remove(0)
}

async fn open_issue(context: &TestContext, issue: Value, head: &str) -> WidgetHandle {
    open_page(context, issue, head).await.widget()
}

async fn open_page(context: &TestContext, issue: Value, head: &str) -> Page {
    serve_issue(context, &issue, head);
    context.visit(PAGE).await
}

/// Serves an issue and the page with it, whose head records messages.
fn serve_issue(context: &TestContext, issue: &Value, head: &str) {
    let snippet = format!(
        "<script type=module src={0}/digest.js></script>
         <digest-widget src={0}/one.json><a href=https://harbour.example>Harbour News</a></digest-widget>",
        context.cdn.address()
    );
    serve_page(
        context,
        issue,
        &format!("<script>{RECORD_MESSAGES}</script>{head}"),
        &snippet,
    );
}

fn serve_page(context: &TestContext, issue: &Value, head: &str, snippet: &str) {
    let issue = StubResponse::json(&issue.to_string());
    context.cdn.respond("/one.json", issue.uncached());
    let page = StubResponse::html(&make_page(head, snippet));
    context.embedder.respond(PAGE, page.uncached());
}
