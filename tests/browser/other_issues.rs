//! Other issues in the place of a digest, by the links to the issue before and after.

use checks::{
    BrowserSettings, StubResponse, TestContext, WidgetHandle, archive_script, cases, wasm,
};
use serde_json::{Value, json};

use crate::archived_series::{
    ArchivedSeries, NEWEST, PAGE, expect_focus, expect_headline, serve_page, visit,
};

cases![
    links_show_only_with_the_attribute,
    nothing_is_requested_before_the_reader_asks,
    previous_issue_takes_the_place_and_keeps_focus_and_scroll,
    last_issue_moves_the_focus_to_all_issues,
    new_issue_is_announced_once,
    neighbours_are_there_before_the_click,
    address_stays_unless_the_embedder_asks,
    address_follows_where_the_embedder_asks,
    address_of_an_issue_shows_it,
    headline_links_of_another_issue_are_permanent,
    unsafe_permanent_address_makes_no_links,
    options_hold_for_another_issue,
    another_src_ends_the_visit_of_another_issue,
    failing_issue_leaves_the_visible_one,
    missing_script_follows_the_link,
    modified_click_is_the_browsers,
    issue_of_another_host_is_not_requested,
    faulty_links_do_not_stop_the_issue,
];

async fn links_show_only_with_the_attribute(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = visit(context, "").await;
    let widget = page.widget();
    let links = "return all('[part=archive] a').map(link => link.textContent)";
    widget
        .expect("links to other issues", links, json!([]))
        .await;
    let expected = json!(["Previous issue Vol 1.4", "All issues and search"]);
    widget.run("host.archive = 'on'").await;
    widget
        .expect("links to other issues", links, expected)
        .await;
    widget.run("host.lang = 'ja'").await;
    let expected = json!(["前の号 Vol 1.4", "すべての号・検索"]);
    widget
        .expect("links to other issues", links, expected)
        .await;
    widget.run("host.archive = 'off'").await;
    widget
        .expect("links to other issues", links, json!([]))
        .await;
}

async fn nothing_is_requested_before_the_reader_asks(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = visit(context, "archive=on").await;
    context.cdn.wait_for_request(&wasm()).await;
    context.let_requests_arrive(&page).await;
    let requests = context.cdn.requests();
    let is_archive = |path: &&String| path.contains("archive") || path.contains("search");
    let asked: Vec<_> = requests.iter().filter(is_archive).collect();
    assert!(asked.is_empty(), "requested: {asked:?}");
}

async fn previous_issue_takes_the_place_and_keeps_focus_and_scroll(context: &TestContext) {
    ArchivedSeries::serve(context);
    serve_page(
        context,
        "<style>main { padding-block: 60vh 150vh }</style>",
        "archive=on",
    );
    let page = context.visit(PAGE).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    page.run("document.querySelector('digest-widget').scrollIntoView()")
        .await;
    let place = "return Math.round(host.getBoundingClientRect().top)";
    let before = widget.run(place).await;
    widget.run("one('[part=previous]').focus()").await;
    page.press_key(ENTER).await;
    expect_headline(&widget, "Harbour reopens").await;
    expect_focus(&widget, "previous").await;
    widget
        .expect("the place of the digest", place, before.clone())
        .await;
    page.press_key(ENTER).await;
    expect_headline(&widget, "新しい空港が開業").await;
    expect_focus(&widget, "previous").await;
    widget.click("[part=next]").await;
    expect_headline(&widget, "Harbour reopens").await;
    expect_focus(&widget, "next").await;
    widget
        .expect("the place of the digest", place, before)
        .await;
}

async fn last_issue_moves_the_focus_to_all_issues(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = visit(context, "archive=on").await.widget();
    for headline in [
        "Harbour reopens",
        "新しい空港が開業",
        "Café opens at the pier",
        "Radar site chosen",
    ] {
        widget.click("[part=previous]").await;
        expect_headline(&widget, headline).await;
    }
    expect_focus(&widget, "all-issues").await;
    let links = "return all('[part=archive] a').map(link => link.getAttribute('part'))";
    let expected = json!(["all-issues", "next"]);
    widget
        .expect("links to other issues", links, expected)
        .await;
}

async fn new_issue_is_announced_once(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = visit(context, "archive=on").await.widget();
    point_at_previous(&widget).await;
    let status = "return one('[part=archive] [role=status]')?.textContent ?? null";
    widget.expect("the announcement", status, "").await;
    widget
        .run(
            "host.announced = [];
             new MutationObserver(() => host.announced.push(one('[role=status]').textContent))
                 .observe(one('[role=status]'), { childList: true })",
        )
        .await;
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    let announced = "return host.announced.filter(text => text)";
    let expected = json!(["Coast Digest Vol 1.4 March 11, 2022"]);
    widget
        .expect("the announcements", announced, expected)
        .await;
    let loaded = "return getComputedStyle(one('[part=announcement]')).position";
    widget
        .expect("the announcement is invisible", loaded, "absolute")
        .await;
}

async fn neighbours_are_there_before_the_click(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = visit(context, "archive=on").await.widget();
    point_at_previous(&widget).await;
    context.cdn.wait_for_request(&issue_path(4)).await;
    widget.run("one('[part=previous]').click()").await;
    expect_headline(&widget, "Harbour reopens").await;
    context.cdn.wait_for_request(&issue_path(3)).await;
    assert_eq!(context.cdn.count_requests(&issue_path(4)), 1, "requests");
}

async fn address_stays_unless_the_embedder_asks(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = visit(context, "archive=on").await;
    let address = "return [location.href, history.length]";
    let before = page.run(address).await;
    page.widget().click("[part=previous]").await;
    expect_headline(&page.widget(), "Harbour reopens").await;
    assert_eq!(page.run(address).await, before);
}

async fn address_follows_where_the_embedder_asks(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = visit(context, "archive=address").await;
    let widget = page.widget();
    let query = "return location.search + location.hash";
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    let expected = "?digest-issue=coast-digest-1.4";
    page.expect("the address", query, expected).await;
    widget.click("[part=previous]").await;
    expect_headline(&widget, "新しい空港が開業").await;
    page.run("history.back()").await;
    expect_headline(&widget, "Harbour reopens").await;
    page.expect("the address", query, expected).await;
    page.run("history.back()").await;
    expect_headline(&widget, "Naval drills began").await;
    page.expect("the address", query, "").await;
    page.run("history.go(2)").await;
    expect_headline(&widget, "新しい空港が開業").await;
}

async fn address_of_an_issue_shows_it(context: &TestContext) {
    ArchivedSeries::serve(context);
    serve_page(context, "", "archive=address");
    let page = context
        .visit(&format!(
            "{PAGE}?digest-issue=coast-digest-1.4#ferry-timetable"
        ))
        .await;
    expect_headline(&page.widget(), "Harbour reopens").await;
    page.widget().expect_panels([false, true]).await;
    assert_eq!(context.cdn.count_requests(NEWEST), 0, "requests");
}

async fn headline_links_of_another_issue_are_permanent(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = visit(context, "archive=on").await.widget();
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    let href = "return one('[part=headline-link]').href";
    let expected = format!(
        "{}/issues/coast-digest-1.4/#harbour-reopens",
        context.cdn.address()
    );
    widget
        .expect("the address of a headline", href, expected)
        .await;
}

async fn unsafe_permanent_address_makes_no_links(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    let mut issue: Value =
        serde_json::from_str(&series.read_file("issues/coast-digest-1.4/issue.json"))
            .expect("it is JSON");
    issue["archive"]["permanent"] = "javascript:alert(1)//".into();
    let issue = StubResponse::json(&issue.to_string());
    context.cdn.respond(&issue_path(4), issue.uncached());
    let widget = visit(context, "archive=on").await.widget();
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    let links = "return all('[part=headline-link]').map(link => link.hasAttribute('href'))";
    widget
        .expect("links of headlines", links, json!([false, false]))
        .await;
}

async fn options_hold_for_another_issue(context: &TestContext) {
    ArchivedSeries::serve(context);
    let options = "archive=on heading-level=4 open=all lang=ja deep-links=off";
    let widget = visit(context, options).await.widget();
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    widget.expect_panels([true, true]).await;
    widget.expect_text("h4", "Coast Digest").await;
    widget.expect_text("time", "2022年3月11日").await;
    let links = "return all('[part=headline-link]').map(link => link.hasAttribute('href'))";
    widget
        .expect("links of headlines", links, json!([false, false]))
        .await;
}

async fn another_src_ends_the_visit_of_another_issue(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = visit(context, "archive=on").await.widget();
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    let src = format!("{}{}", context.cdn.address(), issue_path(2));
    widget.run(&format!("host.src = '{src}'")).await;
    expect_headline(&widget, "Café opens at the pier").await;
}

async fn failing_issue_leaves_the_visible_one(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    context
        .cdn
        .respond(&issue_path(4), StubResponse::status(503));
    let widget = visit(context, "archive=on").await.widget();
    widget.click("[part=previous]").await;
    let message = "This issue could not be loaded. Check your connection and try again.";
    widget
        .expect_text("[part=archive] [part=message]", message)
        .await;
    expect_headline(&widget, "Naval drills began").await;
    let issue = StubResponse::json(&series.read_file("issues/coast-digest-1.4/issue.json"));
    context.cdn.respond(&issue_path(4), issue.uncached());
    widget.click("[part=previous]").await;
    expect_headline(&widget, "Harbour reopens").await;
    widget
        .expect("the message", "return all('[part=message]').length", 0)
        .await;
}

async fn missing_script_follows_the_link(context: &TestContext) {
    ArchivedSeries::serve(context);
    let script = archive_script();
    context
        .cdn
        .respond(&format!("/{script}"), StubResponse::status(404));
    let path = "/issues/coast-digest-1.4/";
    let permanent = StubResponse::html("<title>The permanent page</title>");
    context.cdn.respond(path, permanent);
    let page = visit(context, "archive=on").await;
    page.widget().click("[part=previous]").await;
    let address = format!("{}{path}", context.cdn.address());
    page.expect("the address", "return location.href", address)
        .await;
}

async fn modified_click_is_the_browsers(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = visit(context, "archive=on").await.widget();
    let click = "const event = new MouseEvent('click',
            { bubbles: true, composed: true, cancelable: true, ctrlKey: true });
         addEventListener('click', event => { host.taken = event.defaultPrevented; event.preventDefault() });
         one('[part=previous]').dispatchEvent(event);
         return host.taken";
    assert_eq!(widget.run(click).await, false);
    expect_headline(&widget, "Naval drills began").await;
}

async fn issue_of_another_host_is_not_requested(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    let other = format!("{}/issue.json", context.embedder.address());
    let mut issue: Value =
        serde_json::from_str(&series.read_file("latest/issue.json")).expect("it is JSON");
    issue["archive"]["previous"]["src"] = other.into();
    let issue = StubResponse::json(&issue.to_string());
    context.cdn.respond(NEWEST, issue.uncached());
    let page = visit(context, "archive=on").await;
    page.widget().click("[part=previous]").await;
    let message = "This issue could not be loaded. Check your connection and try again.";
    page.widget()
        .expect_text("[part=archive] [part=message]", message)
        .await;
    context.let_requests_arrive(&page).await;
    assert_eq!(
        context.embedder.count_requests("/issue.json"),
        0,
        "requests"
    );
}

async fn faulty_links_do_not_stop_the_issue(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    serve_page(context, "", "archive=on");
    let page = context.open_browser(BrowserSettings::default()).await;
    for archive in [
        json!({ "view": { "strings": [], "root": ["nav"] } }),
        json!({ "view": 1 }),
        json!("archive.json"),
        json!({ "view": { "strings": [["en"]], "root": ["script", {}, "throw 1"] } }),
    ] {
        let mut issue: Value =
            serde_json::from_str(&series.read_file("latest/issue.json")).expect("it is JSON");
        issue["archive"] = archive;
        let issue = StubResponse::json(&issue.to_string());
        context.cdn.respond(NEWEST, issue.uncached());
        page.open(&format!("{}/{PAGE}", context.embedder.address()))
            .await;
        expect_headline(&page.widget(), "Naval drills began").await;
        let scripts = "return all('script').length";
        page.widget().expect("scripts", scripts, 0).await;
    }
}

async fn point_at_previous(widget: &WidgetHandle) {
    let point =
        "one('[part=previous]').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))";
    widget.run(point).await;
}

/// The path of an issue of the series.
fn issue_path(number: u32) -> String {
    format!("/issues/coast-digest-1.{number}/issue.json")
}

const ENTER: char = '\u{e007}';
