//! The pre-rendered digest: it works before any script runs, and the engine's drawing replaces it.

use std::fs;
use std::time::Duration;

use checks::{
    BrowserEngine, BrowserSettings, Page, StubResponse, TestContext, WidgetHandle, cases, glue,
    root, run_axe, seed, wasm,
};
use digest_press::{Issue, Neighbours, issue_files};
use fantoccini::Locator;
use serde_json::json;
use tokio::time::sleep;

use crate::printing::print_to_text;

cases![
    prerendered_digest_opens_with_scripts_off,
    prerendered_digest_prints_with_scripts_off,
    swap_changes_no_pixel,
    panels_opened_before_the_swap_stay_open,
    swap_keeps_the_focus,
    swap_keeps_the_selection,
    swap_leaves_the_focus_elsewhere,
    swap_keeps_the_scroll_position,
    swap_at_the_end_of_the_page_moves_nothing,
    fragment_opens_its_headline_before_the_swap,
    axe_passes_before_and_after_the_swap,
    missing_engine_keeps_the_prerendered_digest,
    missing_issue_keeps_the_prerendered_digest,
    forbidden_webassembly_keeps_the_prerendered_digest,
    forbidden_styles_are_missing_until_the_swap,
    styles_allowed_by_hash_apply,
    methods_work_before_the_swap,
    events_before_and_after_the_swap_are_sent_once,
    other_src_replaces_the_prerendered_digest,
    other_src_that_is_missing_shows_the_status,
    moved_prerendered_digest_keeps_open_panels,
    snippet_inserted_by_script_is_drawn,
];

async fn prerendered_digest_opens_with_scripts_off(context: &TestContext) {
    let page = visit(context, BrowserSettings::default().without_scripts(), "").await;
    let root = page.find_shadow_root().await;
    let headlines = root
        .find_all(Locator::Css("[part=headline]"))
        .await
        .expect("it can be searched");
    assert_eq!(headlines.len(), 4, "headlines");
    assert_eq!(headlines[3].text().await.expect("a text"), RADAR);
    // For its style sheets, WebKitGTK with scripts off still has scripts.
    if context.engine != BrowserEngine::WebKit {
        let button = root
            .find(Locator::Css("[part=open-all]"))
            .await
            .expect("it is there");
        let seen = button.is_displayed().await.expect("it can be seen or not");
        assert!(!seen, "expected no button that does nothing");
    }
    let switches = root
        .find_all(Locator::Css("summary"))
        .await
        .expect("it can be searched");
    switches[3].click().await.expect("a switch can be clicked");
    let detail = root
        .find(Locator::Css("[open] [part=detail]"))
        .await
        .expect("a panel is open");
    let text = detail.text().await.expect("a text");
    assert!(
        text.contains("Kyogamisaki Communication Site"),
        "found: {text}"
    );
    assert_eq!(
        context.cdn.requests(),
        Vec::<String>::new(),
        "requests to the CDN"
    );
}

async fn prerendered_digest_prints_with_scripts_off(context: &TestContext) {
    let page = visit(context, BrowserSettings::fresh().without_scripts(), "").await;
    let paper = print_to_text(&page).await;
    for words in [
        "US-Japan Alliance Digest Vol 1.5 March 11, 2022",
        RADAR,
        "Kyogamisaki Communication Site",
    ] {
        assert!(
            paper.contains(words),
            "expected on paper: {words}\nfound: {paper}"
        );
    }
    assert!(
        !paper.contains("Open all"),
        "expected no button on paper, found: {paper}"
    );
}

async fn swap_changes_no_pixel(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(context, BrowserSettings::default(), "").await;
    let widget = page.widget();
    page.run(RECORD_SHIFTS).await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    // No browser lists the animation of a panel's content, so a script cannot wait for its end.
    page.wait_for_paint().await;
    sleep(APPEARANCE).await;
    let text = "return one('article').textContent";
    let boxes = "return all('.root *').map(piece => {
        const { x, y, width, height } = piece.getBoundingClientRect();
        return [piece.localName, ...[x, y, width, height].map(Math.round)].join(' ')
    })";
    let (read, placed) = (widget.run(text).await, widget.run(boxes).await);
    let screenshots = [widget.capture("h2").await, widget.capture("[open] p").await];
    page.save_screenshot("prerendered").await;
    held.release();
    wait_for_swap(&widget).await;
    // At once: an animation would soon be over.
    for (selector, before) in ["[open] p", "h2"].iter().zip(screenshots.iter().rev()) {
        let difference = widget.capture(selector).await.difference(before);
        assert_eq!(difference, None, "the change of {selector}");
    }
    page.save_screenshot("prerendered-swapped").await;
    widget.expect("the box of every piece", boxes, placed).await;
    widget.expect("the digest's text", text, read).await;
    if context.engine == BrowserEngine::Chromium {
        page.expect("layout shifts", "return shifts", json!([]))
            .await;
    }
}

/// Longer than the animation in `style.css`.
const APPEARANCE: Duration = Duration::from_millis(400);

/// Only Chromium reports shifts. It does not count those that follow a click.
const RECORD_SHIFTS: &str = "
    window.shifts = [];
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
        new PerformanceObserver(list => shifts.push(...list.getEntries().filter(one =>
            !one.hadRecentInput).map(one => one.value)))
            .observe({ type: 'layout-shift', buffered: true })";

async fn panels_opened_before_the_swap_stay_open(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(context, BrowserSettings::default(), "").await;
    let widget = page.widget();
    let address = page.run("return location.href").await;
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.click_nth("summary", 0).await;
    widget.expect_panels([false, true, true, true]).await;
    page.expect("the page's address", "return location.href", address)
        .await;
    held.release();
    wait_for_swap(&widget).await;
    widget.expect_panels([false, true, true, true]).await;
    widget.click("summary").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.expect_text("[part=open-all]", "Close all").await;
}

async fn swap_keeps_the_focus(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(context, BrowserSettings::default(), "").await;
    let widget = page.widget();
    let focus = "return root.activeElement?.id ?? null";
    widget.wait_until_upgraded().await;
    for _ in 0..3 {
        page.press_key(TAB).await;
    }
    let focused = widget.run(focus).await;
    assert!(
        focused.as_str().is_some_and(|id| id.ends_with(":s")),
        "expected a switch, found {focused}"
    );
    let before = widget.capture("[part=item]").await;
    held.release();
    wait_for_swap(&widget).await;
    widget.expect("the focused element", focus, focused).await;
    let difference = widget.capture("[part=item]").await.difference(&before);
    assert_eq!(difference, None, "the change of the focused item");
    page.press_key(' ').await;
    widget.expect_panels([true, false, false, false]).await;
}

const TAB: char = '\u{e004}';

async fn swap_keeps_the_selection(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let widget = visit(context, BrowserSettings::default(), "")
        .await
        .widget();
    let select = "const [from, to] = all('h3 a').map(link => link.firstChild);
        all('details')[1].open = true;
        getSelection().setBaseAndExtent(from, 6, one('[open] p').firstChild, 12)";
    widget.run(select).await;
    let selected = widget.run(SELECTED).await;
    assert!(
        selected
            .as_str()
            .is_some_and(|text| text.starts_with("mostly in step")),
        "found {selected}"
    );
    held.release();
    wait_for_swap(&widget).await;
    widget.expect("the selected text", SELECTED, selected).await;
}

const SELECTED: &str = "
    const [ends] = getSelection().getComposedRanges({ shadowRoots: [root] });
    const range = document.createRange();
    range.setStart(ends.startContainer, ends.startOffset);
    range.setEnd(ends.endContainer, ends.endOffset);
    return range.toString()";

async fn swap_leaves_the_focus_elsewhere(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(context, BrowserSettings::default(), "<input id=search>").await;
    page.run("document.querySelector('#search').focus()").await;
    page.press_key('a').await;
    held.release();
    wait_for_swap(&page.widget()).await;
    page.press_key('b').await;
    page.expect(
        "the typed text",
        "return document.querySelector('#search').value",
        "ab",
    )
    .await;
}

async fn swap_keeps_the_scroll_position(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(
        context,
        BrowserSettings {
            width: 500,
            ..BrowserSettings::default()
        },
        TALL,
    )
    .await;
    let widget = page.widget();
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.wait_for_animations().await;
    // The focused button is out of view.
    page.run("scrollTo(0, 1500)").await;
    let position = "return [scrollY, one('article').getBoundingClientRect().top]";
    let before = widget.run(position).await;
    assert_eq!(before[0], 1500, "the scroll position");
    held.release();
    wait_for_swap(&widget).await;
    widget
        .expect(
            "the scroll position and the digest's position",
            position,
            before,
        )
        .await;
}

async fn swap_at_the_end_of_the_page_moves_nothing(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let settings = BrowserSettings {
        width: 500,
        ..BrowserSettings::default()
    };
    let page = visit(context, settings, "").await;
    let widget = page.widget();
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.wait_for_animations().await;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")
        .await;
    page.wait_for_paint().await;
    let position = "return [scrollY > 300, scrollY, one('article').getBoundingClientRect().top]";
    let before = widget.run(position).await;
    assert_eq!(before[0], true, "the page is scrolled: {before}");
    held.release();
    wait_for_swap(&widget).await;
    page.wait_for_paint().await;
    widget
        .expect("the scroll position and the digest's", position, before)
        .await;
}

const TALL: &str = "<style>h1 { margin-block: 900px } p { margin-block-end: 4000px }</style>";

async fn fragment_opens_its_headline_before_the_swap(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    serve_page(context, TALL, "");
    let page = context
        .visit("prerendered.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.expect_panels([false, false, true, false]).await;
    widget.expect_in_window("h3", 2).await;
    widget.click_nth("summary", 2).await;
    widget.click_nth("summary", 3).await;
    widget.expect_panels([false, false, false, true]).await;
    held.release();
    wait_for_swap(&widget).await;
    widget.expect_panels([false, false, false, true]).await;
    page.run("location.hash = 'japan-us-partnership-on-trade-convenes-first-meeting'")
        .await;
    widget.expect_panels([false, true, false, true]).await;
}

async fn axe_passes_before_and_after_the_swap(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(context, BrowserSettings::default(), "").await;
    page.widget().wait_until_upgraded().await;
    run_axe(&page).await;
    page.widget().click("[part=open-all]").await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget().wait_for_animations().await;
    run_axe(&page).await;
    held.release();
    wait_for_swap(&page.widget()).await;
    run_axe(&page).await;
}

async fn missing_engine_keeps_the_prerendered_digest(context: &TestContext) {
    context.cdn.respond(&wasm(), StubResponse::status(404));
    expect_working_digest(context, "", "engine").await;
}

async fn missing_issue_keeps_the_prerendered_digest(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(404));
    let page = expect_working_digest(context, "", "status").await;
    // The engine drew the failure out of view. The issue may still arrive.
    context.cdn.respond("issue.json", StubResponse::file());
    page.widget().run("host.reload()").await;
    wait_for_swap(&page.widget()).await;
    page.widget()
        .expect_panels([false, true, false, false])
        .await;
}

async fn forbidden_webassembly_keeps_the_prerendered_digest(context: &TestContext) {
    let policy = format!("script-src {} 'unsafe-inline'", context.cdn.address());
    let policy = format!(r#"<meta http-equiv="content-security-policy" content="{policy}">"#);
    expect_working_digest(context, &policy, "engine").await;
}

/// Checks that a digest which cannot be redrawn stays, works and shows no message, and that the
/// page gets an event.
async fn expect_working_digest(context: &TestContext, head: &str, reason: &str) -> Page {
    let listen = "<script>addEventListener('digest-error', event => { window.reason = event.detail.reason })</script>";
    let page = visit(
        context,
        BrowserSettings::default(),
        &format!("{head}{listen}"),
    )
    .await;
    let widget = page.widget();
    let reported = "return document.defaultView.wrappedJSObject?.reason ?? window.reason ?? null";
    page.expect("the reason in the event", reported, reason)
        .await;
    widget
        .expect(
            "messages",
            "return all('[part=message], [role=alert], slot').length",
            0,
        )
        .await;
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    widget
        .expect(
            "the open panel is visible",
            "return one('[open] p').checkVisibility()",
            true,
        )
        .await;
    page
}

async fn forbidden_styles_are_missing_until_the_swap(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let policy = "style-src 'self'";
    let policy = format!(r#"<meta http-equiv="content-security-policy" content="{policy}">"#);
    let page = visit(context, BrowserSettings::default(), &policy).await;
    let widget = page.widget();
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    let display = "return getComputedStyle(one('[part=issue]')).containerType";
    widget
        .expect("the layout of its root", display, "normal")
        .await;
    page.save_screenshot("prerendered-unstyled").await;
    held.release();
    wait_for_swap(&widget).await;
    widget
        .expect("the layout of its root", display, "inline-size")
        .await;
    widget.expect_panels([false, true, false, false]).await;
}

async fn styles_allowed_by_hash_apply(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = root().join("docs/content-security-policy.md");
    let policies = fs::read_to_string(page).expect("the page exists");
    let (_, hash) = policies
        .split_once("style-src ")
        .expect("the page has a policy for the styles");
    let hash = hash.lines().next().expect("a line");
    let head = format!(
        r#"<script>
             window.forbidden = '';
             document.addEventListener('securitypolicyviolation', event =>
                 {{ forbidden += event.violatedDirective }});
           </script>
           <meta http-equiv="content-security-policy" content="style-src 'self' {hash}">"#
    );
    let page = visit(context, BrowserSettings::default(), &head).await;
    let widget = page.widget();
    let display = "return getComputedStyle(one('[part=issue]')).containerType";
    widget
        .expect("the layout of its root", display, "inline-size")
        .await;
    held.release();
    wait_for_swap(&widget).await;
    let forbidden = "return document.defaultView.wrappedJSObject?.forbidden ?? window.forbidden";
    page.expect("violations of the policy", forbidden, "").await;
}

async fn methods_work_before_the_swap(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let page = visit(context, BrowserSettings::default(), "").await;
    let widget = page.widget();
    widget.run("host.openAll()").await;
    widget.expect_panels([true, true, true, true]).await;
    widget
        .run("host.closeAll(); host.open(all('[part=detail]')[2].id)")
        .await;
    widget.expect_panels([false, false, true, false]).await;
    widget.run("host.setAttribute('heading-level', 3)").await;
    held.release();
    wait_for_swap(&widget).await;
    widget
        .expect_text("h3[part=title]", "US-Japan Alliance Digest")
        .await;
    widget.expect_panels([false, false, true, false]).await;
}

/// An embedder's animation that never ends does not delay the swap.
async fn events_before_and_after_the_swap_are_sent_once(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let head = "<style>@keyframes pulse { from { opacity: 0.9 } }
            digest-widget::part(volume) { animation: pulse 1s infinite }</style>
        <script>
            window.events = [];
            for (const type of ['digest-load', 'digest-toggle', 'digest-error'])
                addEventListener(type, ({ detail: { id, open } }) =>
                    events.push([type, id, open ?? null].join(' ')));
        </script>";
    serve_page(context, head, "open=first");
    let page = context.visit("prerendered.html").await;
    let widget = page.widget();
    widget.expect_panels([true, false, false, false]).await;
    widget.click_nth("summary", 3).await;
    widget.expect_panels([true, false, false, true]).await;
    held.release();
    wait_for_swap(&widget).await;
    widget.click_nth("summary", 3).await;
    let radar = "us-army-radar-site-in-japan-finally-completes-construction-plan";
    let expected = format!(
        "digest-toggle {radar} true, digest-load us-japan-alliance-digest-1.5 , digest-toggle {radar} false"
    );
    page.expect("the events", "return window.events.join(', ')", expected)
        .await;
}

async fn other_src_replaces_the_prerendered_digest(context: &TestContext) {
    let held = context.cdn.hold(&wasm());
    let widget = visit(context, BrowserSettings::default(), "")
        .await
        .widget();
    context.cdn.wait_for_request(&wasm()).await;
    widget
        .run(&format!(
            "host.src = '{}/issues/sources.json'",
            context.cdn.address()
        ))
        .await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    held.release();
    widget.expect_text("h2", "Coast Watch").await;
    widget.expect_panels([false, false]).await;
}

async fn other_src_that_is_missing_shows_the_status(context: &TestContext) {
    context.cdn.respond("issue.json", StubResponse::status(404));
    let widget = visit(context, BrowserSettings::default(), "")
        .await
        .widget();
    context.cdn.wait_for_request("issue.json").await;
    widget
        .run("host.src = host.src.replace('1.5', '1.6')")
        .await;
    widget
        .expect_text(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 404.",
        )
        .await;
    widget.expect_children_visible(true).await;
}

async fn moved_prerendered_digest_keeps_open_panels(context: &TestContext) {
    let held = context.cdn.hold(&glue());
    let widget = visit(context, BrowserSettings::default(), "")
        .await
        .widget();
    widget.click_nth("summary", 2).await;
    widget.expect_panels([false, false, true, false]).await;
    widget.run("document.body.append(host)").await;
    widget.expect_panels([false, false, true, false]).await;
    held.release();
    wait_for_swap(&widget).await;
    widget.expect_panels([false, false, true, false]).await;
}

/// A template that a script inserts does not become a shadow root, so the digest is drawn as
/// without one.
async fn snippet_inserted_by_script_is_drawn(context: &TestContext) {
    let page = context.visit("plain.html").await;
    context.include_loader(&page).await;
    page.run(&format!(
        "document.querySelector('main').innerHTML = {}",
        json!(make_snippet(context))
    ))
    .await;
    page.widget().wait_until_drawn().await;
    page.widget().click("summary").await;
    page.widget()
        .expect_panels([true, false, false, false])
        .await;
}

const RADAR: &str = "US Army Radar Site in Japan Finally Completes Construction Plan";

/// Waits until the engine's drawing has replaced the pre-rendered one, which has a style element.
pub(crate) async fn wait_for_swap(widget: &WidgetHandle) {
    widget
        .expect(
            "style elements in the shadow root",
            "return all('style').length",
            0,
        )
        .await;
    widget.wait_until_drawn().await;
}

/// Opens a page with the snippet of the seed's issue, and with `head`.
async fn visit(context: &TestContext, settings: BrowserSettings, head: &str) -> Page {
    serve_page(context, head, "");
    context.visit_with(settings, "prerendered.html").await
}

/// Opens a page with the snippet of the seed's issue.
pub(crate) async fn visit_snippet(context: &TestContext) -> Page {
    visit(context, BrowserSettings::default(), "").await
}

/// Serves `prerendered.html`, an embedder's page with the snippet. Its element gets these
/// attributes.
fn serve_page(context: &TestContext, head: &str, attributes: &str) {
    let snippet =
        make_snippet(context).replace("<digest-widget", &format!("<digest-widget {attributes}"));
    let page = StubResponse::html(&make_page(head, &snippet));
    context.embedder.respond("/prerendered.html", page);
}

/// An embedder's page with this head and this snippet.
pub(crate) fn make_page(head: &str, snippet: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Alliance Review</title>
<link rel="icon" href="data:,">
{head}
<link rel="stylesheet" href="embedder.css">
<main>
  <h1>This week in the alliance</h1>
  {snippet}
  <p>Text below the digest.</p>
</main>
</html>"#
    )
}

/// The snippet as the publisher makes it.
pub(crate) fn make_snippet(context: &TestContext) -> String {
    render_seed_file(context, "snippet.html")
}

/// A file of the seed's issue as the publisher makes it, for a site at the case's CDN.
pub(crate) fn render_seed_file(context: &TestContext, name: &str) -> String {
    let issue = Issue::from_json(seed().to_string().as_bytes()).expect("the seed is a sound issue");
    render_issue_file(context, &issue, name)
}

/// A file of an issue as the publisher makes it, for a site at the case's CDN.
pub(crate) fn render_issue_file(context: &TestContext, issue: &Issue, name: &str) -> String {
    let site = context
        .cdn
        .address()
        .parse()
        .expect("the CDN has an address");
    let files = issue_files(issue, Neighbours::default(), &site).expect("an issue has its files");
    let file = files.into_iter().find(|file| file.path.ends_with(name));
    let file = file.unwrap_or_else(|| panic!("an issue has no {name}"));
    String::from_utf8(file.bytes).expect("it is UTF-8")
}
