//! The digest in a frame: the options in its address, its height, and the pages that may embed it.

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases, run_axe};
use serde_json::json;

cases![
    frame_follows_the_height_of_its_digest,
    frame_keeps_its_height_until_the_issue_is_drawn,
    two_frames_have_their_own_heights,
    frame_below_the_fold_gets_its_height,
    frame_without_script_scrolls,
    frame_script_added_late_sets_the_height,
    frame_address_sets_options,
    frame_theme_sets_the_color_scheme,
    invalid_frame_options_are_refused,
    refused_frame_option_is_logged,
    foreign_issue_in_a_frame_is_refused,
    unknown_frame_option_is_ignored,
    foreign_frame_cannot_set_a_height,
    frame_ancestors_none_blocks_the_frame,
    frame_ancestors_allows_a_listed_embedder,
    frame_requests_no_other_origin,
    fragment_of_a_frame_opens_its_headline,
    frame_passes_axe,
    framed_digest_fits,
    framed_digest_fits_in_dark_mode,
];

const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

async fn frame_follows_the_height_of_its_digest(context: &TestContext) {
    let page = context.visit("frame.html").await;
    expect_fit(&page, 0).await;
    let closed = height(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    page.expect("the frame has grown", &is_higher(0, closed), true)
        .await;
    expect_fit(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    page.expect(
        "the height once the panel is closed again",
        &height_of(0),
        closed,
    )
    .await;
}

async fn frame_keeps_its_height_until_the_issue_is_drawn(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("frame.html").await;
    let heights = "window.heights = new Set();
        new ResizeObserver(([{ target }]) => heights.add(target.offsetHeight))
            .observe(document.querySelector('iframe'))";
    page.run(heights).await;
    // A frame that does not wait for the issue would change its height when the engine runs.
    enter(&page, 0).await;
    page.widget()
        .expect(
            "the engine runs",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    leave(&page).await;
    page.wait_for_paint().await;
    page.expect(
        "the heights that the frame has had",
        "return [...heights]",
        json!([200]),
    )
    .await;
    held.release();
    expect_fit(&page, 0).await;
    page.expect("the number of heights", "return heights.size", 2)
        .await;
}

async fn two_frames_have_their_own_heights(context: &TestContext) {
    let page = context.visit("frame-two.html").await;
    expect_fit(&page, 0).await;
    expect_fit(&page, 1).await;
    let [first, second] = [height(&page, 0).await, height(&page, 1).await];
    toggle_first_panel(&page, 0).await;
    page.expect("the first frame has grown", &is_higher(0, first), true)
        .await;
    page.expect("the height of the second frame", &height_of(1), second)
        .await;
}

/// Otherwise the page would move when a reader scrolls to the frame.
async fn frame_below_the_fold_gets_its_height(context: &TestContext) {
    let page = context.visit("frame-below.html").await;
    page.expect("the frame has grown", &is_higher(0, 200), true)
        .await;
}

async fn frame_without_script_scrolls(context: &TestContext) {
    let page = context.visit("frame-alone.html").await;
    enter(&page, 0).await;
    page.widget().wait_until_drawn().await;
    let reached = "scrollTo(0, document.documentElement.scrollHeight);
        return all('h3').at(-1).getBoundingClientRect().bottom <= innerHeight";
    page.widget()
        .expect("the last headline can be scrolled to", reached, true)
        .await;
    leave(&page).await;
    page.expect("the height of the frame", &height_of(0), 200)
        .await;
}

async fn frame_script_added_late_sets_the_height(context: &TestContext) {
    let page = context.visit("frame-alone.html").await;
    enter(&page, 0).await;
    page.widget().wait_until_drawn().await;
    leave(&page).await;
    let include = format!(
        "const script = document.createElement('script');
         script.src = '{}/digest-frame-parent.js';
         document.head.append(script)",
        context.cdn.address()
    );
    let names = "return Object.getOwnPropertyNames(window).sort()";
    let names_before = page.run(names).await;
    page.run(&include).await;
    expect_fit(&page, 0).await;
    page.expect("the names in the window of the page", names, names_before)
        .await;
}

async fn frame_address_sets_options(context: &TestContext) {
    let page = open_frame_page(context, "src=issues/sources.json").await;
    page.widget().wait_until_drawn().await;
    let target = "return one('[part=detail] a').target";
    page.widget()
        .expect("the default target of a source", target, "_blank")
        .await;

    let query = "src=issues/sources.json&heading-level=3&open=all&lang=ja&link-target=_top";
    page.open(&frame_address(context, query)).await;
    page.widget().expect_text("h3", "Coast Watch").await;
    page.widget().expect_panels([true, true]).await;
    page.widget().expect_text("summary", "開く").await;
    page.widget()
        .expect("the target of a source", target, "_top")
        .await;
}

async fn frame_theme_sets_the_color_scheme(context: &TestContext) {
    let page = open_frame_page(context, &format!("src={ISSUE}&theme=dark")).await;
    page.widget().wait_until_drawn().await;
    let colours = "return [getComputedStyle(document.documentElement).colorScheme,
        parseInt(getComputedStyle(one('h2')).color.match(/[0-9]+/)) > 200]";
    let what = "the frame's scheme, and whether its text is light";
    page.widget()
        .expect(what, colours, json!(["dark", true]))
        .await;
}

async fn invalid_frame_options_are_refused(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    let address_expected = "src must be the http or https address of an issue";
    for (query, expected) in [
        ("", address_expected),
        ("src=", address_expected),
        ("src=javascript:alert(1)", address_expected),
        ("src=data:application/json,{}", address_expected),
        ("src=blob:null/1", address_expected),
        ("src=http://", address_expected),
        (
            &format!("src={ISSUE}&theme=neon"),
            "theme must be auto, light or dark",
        ),
        (
            &format!("src={ISSUE}&theme="),
            "theme must be auto, light or dark",
        ),
        (
            &format!("src={ISSUE}&open=some"),
            "open must be none, first or all",
        ),
        (
            &format!("src={ISSUE}&heading-level=6"),
            "heading-level must be 1, 2, 3, 4 or 5",
        ),
        (&format!("src={ISSUE}&lang=tlh"), "lang must be en or ja"),
        (
            &format!("src={ISSUE}&link-target=_self"),
            "link-target must be _blank, _top or _parent",
        ),
    ] {
        page.open(&frame_address(context, query)).await;
        expect_refusal(&page, expected).await;
    }
    assert_eq!(
        context.cdn.count_requests("issue.json"),
        0,
        "requests for an issue"
    );
}

async fn refused_frame_option_is_logged(context: &TestContext) {
    let page = context
        .visit(&format!("frame-listen.html?src={ISSUE}&theme=neon"))
        .await;
    expect_refusal(&page, "theme must be auto, light or dark").await;
    let expected = "digest-widget: frame.html: theme must be auto, light or dark, found \"neon\"";
    page.expect(
        "the console's messages",
        "return window.messages",
        json!([expected]),
    )
    .await;
}

async fn foreign_issue_in_a_frame_is_refused(context: &TestContext) {
    let foreign = format!("src={}/issues/sources.json", context.embedder.address());
    let page = open_frame_page(context, &foreign).await;
    expect_refusal(&page, "src must be an issue that this host may show").await;
    assert_eq!(
        context.embedder.count_requests("sources.json"),
        0,
        "requests to the other origin"
    );
}

async fn unknown_frame_option_is_ignored(context: &TestContext) {
    let page = open_frame_page(context, &format!("src={ISSUE}&utm_source=letter")).await;
    page.widget().wait_until_drawn().await;
}

async fn foreign_frame_cannot_set_a_height(context: &TestContext) {
    let page = context.visit("frame-foreign.html").await;
    expect_fit(&page, 1).await;
    let own = height(&page, 1).await;
    cause_claim(&page, "frames[0].postMessage('shout', '*')").await;
    page.expect(
        "the height of the frame that is no digest's",
        &height_of(0),
        200,
    )
    .await;
    cause_claim(
        &page,
        "postMessage({ type: 'digest-height', height: 4321 }, '*')",
    )
    .await;
    // The frame's `src` is still the digest's, but another page is in it.
    cause_claim(
        &page,
        "frames[1].location = new URL('frame-shouter.html', document.baseURI).href",
    )
    .await;
    page.expect("the heights of both frames", HEIGHTS, json!([200, own]))
        .await;
}

/// Makes a window claim a height of 4321, and waits until the page has received the message.
async fn cause_claim(page: &Page, cause: &str) {
    let listen = "window.claims = 0;
        addEventListener('message', ({ data }) => { if (data.height === 4321) window.claims++ });";
    page.run(&format!("{listen} {cause}")).await;
    page.expect("the claim was received", "return window.claims > 0", true)
        .await;
}

async fn frame_ancestors_none_blocks_the_frame(context: &TestContext) {
    let policy = StubResponse::file().header("content-security-policy", "frame-ancestors 'none'");
    context.cdn.respond("/frame.html", policy);
    let page = context.visit("frame.html").await;
    page.expect(
        "the state of the page, which waits for the frame",
        "return document.readyState",
        "complete",
    )
    .await;
    assert_eq!(
        context.cdn.count_requests("/frame.html"),
        1,
        "requests for the page in the frame"
    );
    assert_eq!(
        context.cdn.count_requests("/digest-frame.js"),
        0,
        "requests of the page in the frame"
    );
}

async fn frame_ancestors_allows_a_listed_embedder(context: &TestContext) {
    let policy = StubResponse::file().header(
        "content-security-policy",
        "frame-ancestors http://127.0.0.1:*",
    );
    context.cdn.respond("/frame.html", policy);
    let page = context.visit("frame.html").await;
    expect_fit(&page, 0).await;
}

async fn frame_requests_no_other_origin(context: &TestContext) {
    let page = open_frame_page(context, "src=issues/sources.json&open=all").await;
    page.widget().expect_panels([true, true]).await;
    let origins = "return [...new Set(performance.getEntriesByType('resource').map(entry =>
        new URL(entry.name).origin))]";
    page.expect(
        "the origins that were asked",
        origins,
        json!([context.cdn.address()]),
    )
    .await;
}

async fn fragment_of_a_frame_opens_its_headline(context: &TestContext) {
    let query = format!("src={ISSUE}#japan-us-partnership-on-trade-convenes-first-meeting");
    let page = open_frame_page(context, &query).await;
    page.widget()
        .expect_panels([false, true, false, false])
        .await;
}

/// axe wants a heading of level 1 in every page. With a frame, the page around it has one.
async fn frame_passes_axe(context: &TestContext) {
    let page = open_frame_page(context, &format!("src={ISSUE}&heading-level=1&open=all")).await;
    page.widget()
        .expect_text("h1", "US-Japan Alliance Digest")
        .await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget().wait_for_animations().await;
    run_axe(&page).await;
}

async fn framed_digest_fits(context: &TestContext) {
    let page = context.visit("frame.html").await;
    expect_fit(&page, 0).await;
    page.save_screenshot("frame").await;
}

async fn framed_digest_fits_in_dark_mode(context: &TestContext) {
    let settings = BrowserSettings {
        dark: true,
        ..BrowserSettings::default()
    };
    let page = context.visit_with(settings, "frame.html").await;
    expect_fit(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    expect_fit(&page, 0).await;
    page.save_screenshot("frame-dark").await;
}

fn frame_address(context: &TestContext, query: &str) -> String {
    format!("{}/frame.html?{query}", context.cdn.address())
}

/// Opens the frame's page by itself.
async fn open_frame_page(context: &TestContext, query: &str) -> Page {
    let page = context.open_browser(BrowserSettings::default()).await;
    page.open(&frame_address(context, query)).await;
    page
}

async fn enter(page: &Page, index: u16) {
    page.client()
        .enter_frame(index)
        .await
        .expect("the page has such a frame");
}

async fn leave(page: &Page) {
    page.client()
        .enter_parent_frame()
        .await
        .expect("the frame has a page around it");
}

async fn toggle_first_panel(page: &Page, index: u16) {
    enter(page, index).await;
    page.widget().click("h3 a").await;
    leave(page).await;
}

/// Checks that the page says what is wrong and has no digest.
async fn expect_refusal(page: &Page, expected: &str) {
    let sentence = format!("This digest cannot be shown: {expected}.");
    let found = "return document.readyState === 'complete' && document.body.innerText.trim()";
    page.expect("the frame's text", found, sentence).await;
    page.expect(
        "digests",
        "return document.querySelectorAll('digest-widget').length",
        0,
    )
    .await;
}

/// Waits until the issue is drawn in a frame of just its height.
async fn expect_fit(page: &Page, index: u16) {
    enter(page, index).await;
    page.widget().wait_until_drawn().await;
    let room = "return root.getAnimations().length === 0 && innerHeight > 200
        && innerHeight - Math.ceil(document.documentElement.getBoundingClientRect().height)";
    page.widget()
        .expect("the free height in the frame", room, 0)
        .await;
    let bars = "return innerWidth > document.documentElement.clientWidth ||
        innerHeight > document.documentElement.clientHeight";
    page.widget()
        .expect("the frame has scroll bars", bars, false)
        .await;
    leave(page).await;
}

const HEIGHTS: &str =
    "return [...document.querySelectorAll('iframe')].map(frame => frame.offsetHeight)";

fn height_of(index: u16) -> String {
    format!("return document.querySelectorAll('iframe')[{index}].offsetHeight")
}

fn is_higher(index: u16, than: i64) -> String {
    format!("return document.querySelectorAll('iframe')[{index}].offsetHeight > {than} + 50")
}

async fn height(page: &Page, index: u16) -> i64 {
    page.run(&height_of(index))
        .await
        .as_i64()
        .expect("a height is a number")
}
