//! The digest in a frame: what its address may ask for, how it gets its height, and who may frame it.

use checks::{Answer, Page, Settings, Stage, axe, cases};
use serde_json::json;

cases![
    a_partner_frames_the_digest_and_it_fits,
    a_partner_frames_the_digest_and_nothing_moves_before_it_is_there,
    a_partner_frames_two_digests_and_each_has_its_own_height,
    a_partner_frames_the_digest_below_the_fold,
    a_partner_frames_the_digest_without_the_script,
    a_partner_adds_the_script_of_the_frame_late,
    a_partner_chooses_options_of_the_frame,
    a_partner_chooses_a_dark_frame,
    a_partner_asks_the_frame_for_what_it_refuses,
    a_partner_finds_in_the_console_what_the_frame_refused,
    a_partner_asks_the_frame_for_an_issue_of_another_origin,
    a_partner_asks_the_frame_for_what_it_does_not_know,
    a_partner_has_a_foreign_frame_that_claims_a_height,
    a_publisher_lets_nobody_frame_the_digest,
    a_publisher_lets_a_partner_frame_the_digest,
    a_reader_of_a_frame_asks_no_other_origin,
    a_reader_opens_a_link_to_a_headline_in_a_frame,
    a_reader_of_a_frame_meets_no_barrier,
    a_reader_reads_in_a_frame,
    a_reader_reads_in_a_frame_in_the_dark,
];

const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

async fn a_partner_frames_the_digest_and_it_fits(stage: &Stage) {
    let page = stage.visit("frame.html").await;
    fits(&page, 0).await;
    let closed = height(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    page.expect("whether the frame has grown", &is_higher(0, closed), true)
        .await;
    fits(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    page.expect(
        "the height once the panel is closed again",
        &height_of(0),
        closed,
    )
    .await;
}

async fn a_partner_frames_the_digest_and_nothing_moves_before_it_is_there(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let page = stage.visit("frame.html").await;
    let heights = "window.heights = new Set();
        new ResizeObserver(([{ target }]) => heights.add(target.offsetHeight)).observe(document.querySelector('iframe'))";
    page.run(heights).await;
    stage.cdn.is_asked_for("issue.json").await;
    stage.cdn.is_asked_for(".wasm").await;
    let later = "const done = arguments[arguments.length - 1]; setTimeout(() => done(null), 500)";
    page.client()
        .execute_async(later, vec![])
        .await
        .expect("time goes by");
    page.expect(
        "the heights that the frame has had",
        "return [...heights]",
        json!([200]),
    )
    .await;
    held.release();
    fits(&page, 0).await;
    page.expect(
        "how many heights the frame has had",
        "return heights.size",
        2,
    )
    .await;
}

async fn a_partner_frames_two_digests_and_each_has_its_own_height(stage: &Stage) {
    let page = stage.visit("frame-two.html").await;
    fits(&page, 0).await;
    fits(&page, 1).await;
    let [first, second] = [height(&page, 0).await, height(&page, 1).await];
    toggle_first_panel(&page, 0).await;
    page.expect(
        "whether the first frame has grown",
        &is_higher(0, first),
        true,
    )
    .await;
    page.expect("the height of the second frame", &height_of(1), second)
        .await;
}

/// So that nothing moves once a reader scrolls to it.
async fn a_partner_frames_the_digest_below_the_fold(stage: &Stage) {
    let page = stage.visit("frame-below.html").await;
    page.expect("whether the frame has grown", &is_higher(0, 200), true)
        .await;
}

async fn a_partner_frames_the_digest_without_the_script(stage: &Stage) {
    let page = stage.visit("frame-alone.html").await;
    enter(&page, 0).await;
    page.widget().is_up().await;
    let reached = "scrollTo(0, document.documentElement.scrollHeight);
        return all('h3').at(-1).getBoundingClientRect().bottom <= innerHeight";
    page.widget()
        .expect(
            "whether the last headline can be scrolled to",
            reached,
            true,
        )
        .await;
    leave(&page).await;
    page.expect("the height of the frame", &height_of(0), 200)
        .await;
}

async fn a_partner_adds_the_script_of_the_frame_late(stage: &Stage) {
    let page = stage.visit("frame-alone.html").await;
    enter(&page, 0).await;
    page.widget().is_up().await;
    leave(&page).await;
    let include = format!(
        "const script = document.createElement('script');
         script.src = '{}/digest-frame-parent.js';
         document.head.append(script)",
        stage.cdn.address()
    );
    let names = "return Object.getOwnPropertyNames(window).sort()";
    let names_before = page.run(names).await;
    page.run(&include).await;
    fits(&page, 0).await;
    page.expect("the names in the window of the page", names, names_before)
        .await;
}

async fn a_partner_chooses_options_of_the_frame(stage: &Stage) {
    let page = open(stage, "src=issues/sources.json").await;
    page.widget().is_up().await;
    let target = "return one('[part=detail] a').target";
    page.widget()
        .expect("where a source opens, if nothing is said", target, "_blank")
        .await;

    let query = "src=issues/sources.json&heading-level=3&open=all&lang=ja&link-target=_top";
    page.open(&address(stage, query)).await;
    page.widget().reads("h3", "Coast Watch").await;
    page.widget().has_panels([true, true]).await;
    page.widget().reads("summary", "詳細").await;
    page.widget()
        .expect("where a source opens", target, "_top")
        .await;
}

async fn a_partner_chooses_a_dark_frame(stage: &Stage) {
    let page = open(stage, &format!("src={ISSUE}&theme=dark")).await;
    page.widget().is_up().await;
    let colours = "return [getComputedStyle(document.documentElement).colorScheme,
        parseInt(getComputedStyle(one('h2')).color.match(/[0-9]+/)) > 200]";
    let what = "the frame's scheme, and whether its text is light";
    page.widget()
        .expect(what, colours, json!(["dark", true]))
        .await;
}

async fn a_partner_asks_the_frame_for_what_it_refuses(stage: &Stage) {
    let page = stage.reader(Settings::default()).await;
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
        page.open(&address(stage, query)).await;
        refuses(&page, expected).await;
    }
    assert_eq!(
        stage.cdn.asked_for("issue.json"),
        0,
        "requests for an issue"
    );
}

async fn a_partner_finds_in_the_console_what_the_frame_refused(stage: &Stage) {
    let page = stage
        .visit(&format!("frame-listen.html?src={ISSUE}&theme=neon"))
        .await;
    refuses(&page, "theme must be auto, light or dark").await;
    let expected = "digest-widget: frame.html: theme must be auto, light or dark, found \"neon\"";
    page.expect(
        "what the console says",
        "return window.said",
        json!([expected]),
    )
    .await;
}

async fn a_partner_asks_the_frame_for_an_issue_of_another_origin(stage: &Stage) {
    let foreign = format!("src={}/issues/sources.json", stage.partner.address());
    let page = open(stage, &foreign).await;
    refuses(&page, "src must be an issue that this host may show").await;
    assert_eq!(
        stage.partner.asked_for("sources.json"),
        0,
        "requests to the other origin"
    );
}

async fn a_partner_asks_the_frame_for_what_it_does_not_know(stage: &Stage) {
    let page = open(stage, &format!("src={ISSUE}&utm_source=letter")).await;
    page.widget().is_up().await;
}

async fn a_partner_has_a_foreign_frame_that_claims_a_height(stage: &Stage) {
    let page = stage.visit("frame-foreign.html").await;
    fits(&page, 1).await;
    let own = height(&page, 1).await;
    hears_a_claim(&page, "frames[0].postMessage('shout', '*')").await;
    page.expect(
        "the height of the frame that is no digest's",
        &height_of(0),
        200,
    )
    .await;
    hears_a_claim(
        &page,
        "postMessage({ type: 'digest-height', height: 4321 }, '*')",
    )
    .await;
    // The address still names the digest's frame, but another page is in it.
    hears_a_claim(
        &page,
        "frames[1].location = new URL('frame-shouter.html', document.baseURI).href",
    )
    .await;
    page.expect("the heights of both frames", HEIGHTS, json!([200, own]))
        .await;
}

/// Does something that makes a window claim a height of 4321, and waits until the page has heard it.
async fn hears_a_claim(page: &Page, cause: &str) {
    let listen = "window.claims = 0;
        addEventListener('message', ({ data }) => { if (data.height === 4321) window.claims++ });";
    page.run(&format!("{listen} {cause}")).await;
    page.expect(
        "whether the claim was heard",
        "return window.claims > 0",
        true,
    )
    .await;
}

async fn a_publisher_lets_nobody_frame_the_digest(stage: &Stage) {
    let policy = Answer::usual().header("content-security-policy", "frame-ancestors 'none'");
    stage.cdn.answer("/frame.html", policy);
    stage.visit("frame.html").await;
    assert_eq!(
        stage.cdn.asked_for("/frame.html"),
        1,
        "requests for the page in the frame"
    );
    assert_eq!(
        stage.cdn.asked_for("/digest-frame.js"),
        0,
        "requests of the page in the frame"
    );
}

async fn a_publisher_lets_a_partner_frame_the_digest(stage: &Stage) {
    let policy = Answer::usual().header(
        "content-security-policy",
        "frame-ancestors http://127.0.0.1:*",
    );
    stage.cdn.answer("/frame.html", policy);
    let page = stage.visit("frame.html").await;
    fits(&page, 0).await;
}

async fn a_reader_of_a_frame_asks_no_other_origin(stage: &Stage) {
    let page = open(stage, "src=issues/sources.json&open=all").await;
    page.widget().has_panels([true, true]).await;
    let origins = "return [...new Set(performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin))]";
    page.expect(
        "the origins that were asked",
        origins,
        json!([stage.cdn.address()]),
    )
    .await;
}

async fn a_reader_opens_a_link_to_a_headline_in_a_frame(stage: &Stage) {
    let query = format!("src={ISSUE}#japan-us-partnership-on-trade-convenes-first-meeting");
    let page = open(stage, &query).await;
    page.widget().has_panels([false, true, false, false]).await;
}

/// By itself, a page wants a heading of the first level; in a frame, the page around has it.
async fn a_reader_of_a_frame_meets_no_barrier(stage: &Stage) {
    let page = open(stage, &format!("src={ISSUE}&heading-level=1&open=all")).await;
    page.widget().reads("h1", "US-Japan Alliance Digest").await;
    page.widget().has_panels([true, true, true, true]).await;
    page.widget().is_still().await;
    axe(&page).await;
}

async fn a_reader_reads_in_a_frame(stage: &Stage) {
    let page = stage.visit("frame.html").await;
    fits(&page, 0).await;
    page.screenshot("frame").await;
}

async fn a_reader_reads_in_a_frame_in_the_dark(stage: &Stage) {
    let settings = Settings {
        dark: true,
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "frame.html").await;
    fits(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    fits(&page, 0).await;
    page.screenshot("frame-dark").await;
}

fn address(stage: &Stage, query: &str) -> String {
    format!("{}/frame.html?{query}", stage.cdn.address())
}

/// A reader opens the frame's page by itself.
async fn open(stage: &Stage, query: &str) -> Page {
    let page = stage.reader(Settings::default()).await;
    page.open(&address(stage, query)).await;
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

/// The one sentence in the page says what is wrong, and there is no digest.
async fn refuses(page: &Page, expected: &str) {
    let sentence = format!("This digest cannot be shown: {expected}.");
    let found = "return document.readyState === 'complete' && document.body.innerText.trim()";
    page.expect("what the frame says", found, sentence).await;
    page.expect(
        "digests",
        "return document.querySelectorAll('digest-widget').length",
        0,
    )
    .await;
}

/// Waits until the issue is up in a frame, which is as high as all of it.
async fn fits(page: &Page, index: u16) {
    enter(page, index).await;
    page.widget().is_up().await;
    let room = "return root.getAnimations().length === 0 && innerHeight > 200
        && innerHeight - Math.ceil(document.documentElement.getBoundingClientRect().height)";
    page.widget()
        .expect("the room that is left in the frame", room, 0)
        .await;
    let bars = "return innerWidth > document.documentElement.clientWidth || innerHeight > document.documentElement.clientHeight";
    page.widget()
        .expect("whether the frame has scroll bars", bars, false)
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
