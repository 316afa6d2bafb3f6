//! The snippet with the digest in it: read before any script runs, and swapped for the engine's drawing.

use std::fs;
use std::time::Duration;

use checks::{Answer, Engine, Page, Settings, Stage, Widget, axe, cases, glue, root, seed, wasm};
use digest_press::{Issue, Neighbours, issue_files};
use fantoccini::Locator;
use serde_json::json;
use tokio::time::sleep;

use crate::printing::printed;

cases![
    a_reader_whose_browser_runs_no_scripts_reads_the_prerendered_digest,
    a_reader_whose_browser_runs_no_scripts_prints_the_prerendered_digest,
    a_reader_sees_no_difference_when_the_engine_takes_over,
    a_reader_opens_panels_before_the_engine_is_there,
    a_reader_keeps_the_focus_when_the_engine_takes_over,
    a_reader_keeps_what_is_selected_when_the_engine_takes_over,
    a_reader_who_types_elsewhere_is_not_disturbed_when_the_engine_takes_over,
    a_reader_stays_where_the_page_is_scrolled_to_when_the_engine_takes_over,
    a_reader_comes_by_a_link_before_the_engine_is_there,
    a_reader_meets_no_barrier_before_and_after_the_engine_takes_over,
    a_reader_keeps_the_prerendered_digest_when_the_engine_is_missing,
    a_reader_keeps_the_prerendered_digest_when_the_issue_is_missing,
    a_reader_keeps_the_prerendered_digest_where_the_partner_forbids_webassembly,
    a_reader_reads_without_styles_where_the_partner_forbids_them_until_the_engine_draws,
    a_reader_reads_with_styles_where_the_partner_allows_them_by_their_hash,
    a_partner_acts_on_the_prerendered_digest,
    a_partner_is_told_of_the_prerendered_digest_what_is_told_of_any,
    a_partner_asks_for_another_issue_before_the_engine_is_there,
    a_partner_asks_for_another_issue_that_is_not_there,
    a_partner_moves_the_prerendered_digest_before_the_engine_is_there,
    a_partner_inserts_the_snippet_by_a_script,
];

async fn a_reader_whose_browser_runs_no_scripts_reads_the_prerendered_digest(stage: &Stage) {
    let page = visit(
        stage,
        Settings {
            scripts: false,
            ..Settings::default()
        },
        "",
    )
    .await;
    let element = page
        .client()
        .find(Locator::Css("digest-widget"))
        .await
        .expect("the element is there");
    let root = element
        .shadow_root()
        .await
        .expect("the template is a shadow root");
    let headlines = root
        .find_all(Locator::Css("[part=headline]"))
        .await
        .expect("it can be searched");
    assert_eq!(headlines.len(), 4, "headlines");
    assert_eq!(headlines[3].text().await.expect("a text"), RADAR);
    // WebKitGTK's reader without scripts still has them, by what its style sheets are told.
    if stage.engine != Engine::WebKit {
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
        stage.cdn.requests(),
        Vec::<String>::new(),
        "what the page asks the CDN for"
    );
}

async fn a_reader_whose_browser_runs_no_scripts_prints_the_prerendered_digest(stage: &Stage) {
    let page = visit(
        stage,
        Settings {
            scripts: false,
            ..Settings::fresh()
        },
        "",
    )
    .await;
    let paper = printed(&page).await;
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

async fn a_reader_sees_no_difference_when_the_engine_takes_over(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(stage, Settings::default(), "").await;
    let widget = page.widget();
    page.run(NOTE_SHIFTS).await;
    widget.click_nth("summary", 1).await;
    widget.has_panels([false, true, false, false]).await;
    // No engine tells a script that what is in a panel appears slowly.
    sleep(APPEARANCE).await;
    let text = "return one('article').textContent";
    let boxes = "return all('.root *').map(piece => {
        const { x, y, width, height } = piece.getBoundingClientRect();
        return [piece.localName, ...[x, y, width, height].map(Math.round)].join(' ')
    })";
    let (read, placed) = (widget.run(text).await, widget.run(boxes).await);
    let pictures = [widget.picture("h2").await, widget.picture("[open] p").await];
    page.screenshot("prerendered").await;
    held.release();
    is_swapped(&widget).await;
    // At once, because what moves would come to rest.
    for (selector, picture) in ["[open] p", "h2"].iter().zip(pictures.iter().rev()) {
        let difference = widget.picture(selector).await.difference(picture);
        assert_eq!(difference, None, "how {selector} looks other than before");
    }
    page.screenshot("prerendered-swapped").await;
    widget.expect("where every piece is", boxes, placed).await;
    widget.expect("what the digest reads", text, read).await;
    if stage.engine == Engine::Chromium {
        page.expect("layout shifts", "return shifts", json!([]))
            .await;
    }
}

/// Longer than `style.css` says.
const APPEARANCE: Duration = Duration::from_millis(400);

/// Only Chromium tells of shifts. What follows on a click at once would not count.
const NOTE_SHIFTS: &str = "
    window.shifts = [];
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
        new PerformanceObserver(list => shifts.push(...list.getEntries().filter(one => !one.hadRecentInput).map(one => one.value)))
            .observe({ type: 'layout-shift', buffered: true })";

async fn a_reader_opens_panels_before_the_engine_is_there(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(stage, Settings::default(), "").await;
    let widget = page.widget();
    let address = page.run("return location.href").await;
    widget.click_nth("h3 a", 1).await;
    widget.has_panels([false, true, false, false]).await;
    widget.click("[part=open-all]").await;
    widget.has_panels([true, true, true, true]).await;
    widget.click_nth("summary", 0).await;
    widget.has_panels([false, true, true, true]).await;
    page.expect("the page's address", "return location.href", address)
        .await;
    held.release();
    is_swapped(&widget).await;
    widget.has_panels([false, true, true, true]).await;
    widget.click("summary").await;
    widget.has_panels([true, true, true, true]).await;
    widget.reads("[part=open-all]", "Close all").await;
}

async fn a_reader_keeps_the_focus_when_the_engine_takes_over(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(stage, Settings::default(), "").await;
    let widget = page.widget();
    let focus = "return root.activeElement?.id ?? null";
    for _ in 0..3 {
        page.press(TAB).await;
    }
    let focused = widget.run(focus).await;
    assert!(
        focused.as_str().is_some_and(|id| id.ends_with(":s")),
        "expected a switch, found {focused}"
    );
    let picture = widget.picture("[part=item]").await;
    held.release();
    is_swapped(&widget).await;
    widget.expect("what has the focus", focus, focused).await;
    let difference = widget.picture("[part=item]").await.difference(&picture);
    assert_eq!(
        difference, None,
        "how what has the focus looks other than before"
    );
    page.press(' ').await;
    widget.has_panels([true, false, false, false]).await;
}

const TAB: char = '\u{e004}';

async fn a_reader_keeps_what_is_selected_when_the_engine_takes_over(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let widget = visit(stage, Settings::default(), "").await.widget();
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
    is_swapped(&widget).await;
    widget.expect("what is selected", SELECTED, selected).await;
}

const SELECTED: &str = "
    const [ends] = getSelection().getComposedRanges({ shadowRoots: [root] });
    const range = document.createRange();
    range.setStart(ends.startContainer, ends.startOffset);
    range.setEnd(ends.endContainer, ends.endOffset);
    return range.toString()";

async fn a_reader_who_types_elsewhere_is_not_disturbed_when_the_engine_takes_over(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(stage, Settings::default(), "<input id=search>").await;
    page.run("document.querySelector('#search').focus()").await;
    page.press('a').await;
    held.release();
    is_swapped(&page.widget()).await;
    page.press('b').await;
    page.expect(
        "what was typed",
        "return document.querySelector('#search').value",
        "ab",
    )
    .await;
}

async fn a_reader_stays_where_the_page_is_scrolled_to_when_the_engine_takes_over(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(
        stage,
        Settings {
            width: 500,
            ..Settings::default()
        },
        TALL,
    )
    .await;
    let widget = page.widget();
    widget.click("[part=open-all]").await;
    widget.has_panels([true, true, true, true]).await;
    widget.is_still().await;
    // The button has the focus, and is out of sight.
    page.run("scrollTo(0, 1500)").await;
    let place = "return [scrollY, one('article').getBoundingClientRect().top]";
    let before = widget.run(place).await;
    assert_eq!(before[0], 1500, "how far the page is scrolled");
    held.release();
    is_swapped(&widget).await;
    widget
        .expect(
            "where the page is scrolled to, and where the digest is",
            place,
            before,
        )
        .await;
}

const TALL: &str = "<style>h1 { margin-block: 900px } p { margin-block-end: 4000px }</style>";

async fn a_reader_comes_by_a_link_before_the_engine_is_there(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    serve(stage, TALL, "");
    let page = stage
        .visit("prerendered.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.has_panels([false, false, true, false]).await;
    let place = "const { top } = all('h3')[2].getBoundingClientRect(); return top >= 0 && top < innerHeight";
    widget
        .expect("whether the headline is in the window", place, true)
        .await;
    widget.click_nth("summary", 2).await;
    widget.click_nth("summary", 3).await;
    widget.has_panels([false, false, false, true]).await;
    held.release();
    is_swapped(&widget).await;
    widget.has_panels([false, false, false, true]).await;
    page.run("location.hash = 'japan-us-partnership-on-trade-convenes-first-meeting'")
        .await;
    widget.has_panels([false, true, false, true]).await;
}

async fn a_reader_meets_no_barrier_before_and_after_the_engine_takes_over(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(stage, Settings::default(), "").await;
    axe(&page).await;
    page.widget().click("[part=open-all]").await;
    page.widget().has_panels([true, true, true, true]).await;
    page.widget().is_still().await;
    axe(&page).await;
    held.release();
    is_swapped(&page.widget()).await;
    axe(&page).await;
}

async fn a_reader_keeps_the_prerendered_digest_when_the_engine_is_missing(stage: &Stage) {
    stage.cdn.answer(&wasm(), Answer::status(404));
    keeps_the_digest(stage, "", "engine").await;
}

async fn a_reader_keeps_the_prerendered_digest_when_the_issue_is_missing(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(404));
    let page = keeps_the_digest(stage, "", "status").await;
    // What the engine drew of the failure is out of sight. The issue may still come.
    stage.cdn.answer("issue.json", Answer::usual());
    page.widget().run("host.reload()").await;
    is_swapped(&page.widget()).await;
    page.widget().has_panels([false, true, false, false]).await;
}

async fn a_reader_keeps_the_prerendered_digest_where_the_partner_forbids_webassembly(
    stage: &Stage,
) {
    let policy = format!("script-src {} 'unsafe-inline'", stage.cdn.address());
    let policy = format!(r#"<meta http-equiv="content-security-policy" content="{policy}">"#);
    keeps_the_digest(stage, &policy, "engine").await;
}

/// With nothing to draw anew the digest stays, works, and shows no message; the page is told.
async fn keeps_the_digest(stage: &Stage, head: &str, reason: &str) -> Page {
    let listen = "<script>addEventListener('digest-error', event => { window.reason = event.detail.reason })</script>";
    let page = visit(stage, Settings::default(), &format!("{head}{listen}")).await;
    let widget = page.widget();
    let told = "return document.defaultView.wrappedJSObject?.reason ?? window.reason ?? null";
    page.expect("the reason that the page is told", told, reason)
        .await;
    widget
        .expect(
            "messages",
            "return all('[part=message], [role=alert], slot').length",
            0,
        )
        .await;
    widget.click_nth("h3 a", 1).await;
    widget.has_panels([false, true, false, false]).await;
    widget
        .expect(
            "whether it can be read",
            "return one('[open] p').checkVisibility()",
            true,
        )
        .await;
    page
}

async fn a_reader_reads_without_styles_where_the_partner_forbids_them_until_the_engine_draws(
    stage: &Stage,
) {
    let held = stage.cdn.hold(&wasm());
    let policy = "style-src 'self'";
    let policy = format!(r#"<meta http-equiv="content-security-policy" content="{policy}">"#);
    let page = visit(stage, Settings::default(), &policy).await;
    let widget = page.widget();
    widget.click_nth("h3 a", 1).await;
    widget.has_panels([false, true, false, false]).await;
    let display = "return getComputedStyle(one('.root')).containerType";
    widget
        .expect("how its root is laid out", display, "normal")
        .await;
    page.screenshot("prerendered-unstyled").await;
    held.release();
    is_swapped(&widget).await;
    widget
        .expect("how its root is laid out", display, "inline-size")
        .await;
    widget.has_panels([false, true, false, false]).await;
}

async fn a_reader_reads_with_styles_where_the_partner_allows_them_by_their_hash(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = root().join("docs/content-security-policy.md");
    let policies = fs::read_to_string(page).expect("the page exists");
    let (_, hash) = policies
        .split_once("style-src ")
        .expect("the page has a policy for the styles");
    let hash = hash.lines().next().expect("a line");
    let head = format!(
        r#"<script>
             window.forbidden = '';
             document.addEventListener('securitypolicyviolation', event => {{ forbidden += event.violatedDirective }});
           </script>
           <meta http-equiv="content-security-policy" content="style-src 'self' {hash}">"#
    );
    let page = visit(stage, Settings::default(), &head).await;
    let widget = page.widget();
    let display = "return getComputedStyle(one('.root')).containerType";
    widget
        .expect("how its root is laid out", display, "inline-size")
        .await;
    held.release();
    is_swapped(&widget).await;
    let forbidden = "return document.defaultView.wrappedJSObject?.forbidden ?? window.forbidden";
    page.expect("what the policy forbids", forbidden, "").await;
}

async fn a_partner_acts_on_the_prerendered_digest(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let page = visit(stage, Settings::default(), "").await;
    let widget = page.widget();
    widget.run("host.openAll()").await;
    widget.has_panels([true, true, true, true]).await;
    widget
        .run("host.closeAll(); host.open(all('[part=detail]')[2].id)")
        .await;
    widget.has_panels([false, false, true, false]).await;
    widget.run("host.setAttribute('heading-level', 3)").await;
    held.release();
    is_swapped(&widget).await;
    widget
        .reads("h3[part=title]", "US-Japan Alliance Digest")
        .await;
    widget.has_panels([false, false, true, false]).await;
}

/// Also that a partner's own animation, which never ends, is none of the swap's business.
async fn a_partner_is_told_of_the_prerendered_digest_what_is_told_of_any(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let head = "<style>@keyframes pulse { from { opacity: 0.9 } }
            digest-widget::part(volume) { animation: pulse 1s infinite }</style>
        <script>
            window.told = [];
            for (const type of ['digest-load', 'digest-toggle', 'digest-error'])
                addEventListener(type, ({ detail: { id, open } }) => told.push([type, id, open ?? null].join(' ')));
        </script>";
    serve(stage, head, "open=first");
    let page = stage.visit("prerendered.html").await;
    let widget = page.widget();
    widget.has_panels([true, false, false, false]).await;
    widget.click_nth("summary", 3).await;
    widget.has_panels([true, false, false, true]).await;
    held.release();
    is_swapped(&widget).await;
    widget.click_nth("summary", 3).await;
    let radar = "us-army-radar-site-in-japan-finally-completes-construction-plan";
    let told = format!(
        "digest-toggle {radar} true, digest-load us-japan-alliance-digest-1.5 , digest-toggle {radar} false"
    );
    page.expect(
        "what the page is told",
        "return window.told.join(', ')",
        told,
    )
    .await;
}

async fn a_partner_asks_for_another_issue_before_the_engine_is_there(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let widget = visit(stage, Settings::default(), "").await.widget();
    stage.cdn.is_asked_for(&wasm()).await;
    widget
        .run(&format!(
            "host.src = '{}/issues/sources.json'",
            stage.cdn.address()
        ))
        .await;
    widget
        .expect(
            "headlines of the issue that nobody wants",
            "return all('h3').length",
            0,
        )
        .await;
    widget.shows_children(true).await;
    held.release();
    widget.reads("h2", "Coast Watch").await;
    widget.has_panels([false, false]).await;
}

async fn a_partner_asks_for_another_issue_that_is_not_there(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(404));
    let widget = visit(stage, Settings::default(), "").await.widget();
    stage.cdn.is_asked_for("issue.json").await;
    widget
        .run("host.src = host.src.replace('1.5', '1.6')")
        .await;
    widget
        .reads(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 404.",
        )
        .await;
    widget.shows_children(true).await;
}

async fn a_partner_moves_the_prerendered_digest_before_the_engine_is_there(stage: &Stage) {
    let held = stage.cdn.hold(&glue());
    let widget = visit(stage, Settings::default(), "").await.widget();
    widget.click_nth("summary", 2).await;
    widget.has_panels([false, false, true, false]).await;
    widget.run("document.body.append(host)").await;
    widget.has_panels([false, false, true, false]).await;
    held.release();
    is_swapped(&widget).await;
    widget.has_panels([false, false, true, false]).await;
}

/// Then the template is a mere template, and the digest is drawn as without one.
async fn a_partner_inserts_the_snippet_by_a_script(stage: &Stage) {
    let page = stage.visit("plain.html").await;
    stage.include_loader(&page).await;
    page.run(&format!(
        "document.querySelector('main').innerHTML = {}",
        json!(snippet(stage))
    ))
    .await;
    page.widget().is_up().await;
    page.widget().click("summary").await;
    page.widget().has_panels([true, false, false, false]).await;
}

const RADAR: &str = "US Army Radar Site in Japan Finally Completes Construction Plan";

/// Waits until the engine has drawn: what was pre-rendered brought its own styles.
pub(crate) async fn is_swapped(widget: &Widget) {
    widget
        .expect(
            "style elements in the shadow root",
            "return all('style').length",
            0,
        )
        .await;
    widget.is_up().await;
}

/// A reader opens a page with the snippet of the seed's issue, and with `head`.
async fn visit(stage: &Stage, settings: Settings, head: &str) -> Page {
    serve(stage, head, "");
    stage.visit_with(settings, "prerendered.html").await
}

/// Serves `prerendered.html`, a partner's page with the snippet, its element having these attributes.
fn serve(stage: &Stage, head: &str, attributes: &str) {
    let snippet = snippet(stage).replace("<digest-widget", &format!("<digest-widget {attributes}"));
    let page = Answer::bytes(page_with(head, &snippet).into()).kind("text/html; charset=utf-8");
    stage.partner.answer("/prerendered.html", page);
}

/// A partner's page.
pub(crate) fn page_with(head: &str, snippet: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Alliance Review</title>
<link rel="icon" href="data:,">
{head}
<link rel="stylesheet" href="partner.css">
<main>
  <h1>This week in the alliance</h1>
  {snippet}
  <p>What the partner writes below it.</p>
</main>
</html>"#
    )
}

/// The snippet as the publisher makes it.
fn snippet(stage: &Stage) -> String {
    let issue = Issue::from_json(seed().to_string().as_bytes()).expect("the seed is a sound issue");
    let site = stage.cdn.address().parse().expect("the CDN has an address");
    let files = issue_files(&issue, Neighbours::default(), &site).expect("an issue has its files");
    let snippet = files
        .into_iter()
        .find(|file| file.path.ends_with("/snippet.html"));
    String::from_utf8(snippet.expect("an issue has a snippet").bytes).expect("it is UTF-8")
}
