//! The digest in a frame: the options in its address, its height, and the pages that may embed it.

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases, run_axe, seed};
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
    endless_height_is_capped,
    frame_in_a_shadow_root_follows_its_digest,
    redirected_frame_follows_its_digest,
    sandboxed_frame_follows_its_digest,
    lazy_frame_follows_its_digest,
    frame_added_after_the_script_follows_its_digest,
    frame_hidden_at_first_follows_its_digest,
    frame_without_width_at_first_follows_its_digest,
    narrowed_frame_below_the_fold_follows_its_digest,
    frame_script_added_late_finds_every_frame,
    sandboxed_frame_reports_its_height_to_amp,
    frame_reports_its_height_to_wordpress,
    pym_sets_the_height,
    frame_sizing_sets_the_height,
    source_in_the_fragment_is_followed,
    other_address_in_the_fragment_is_not_followed,
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
    page.enter_frame(0).await;
    page.widget()
        .expect(
            "the engine runs",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    page.leave_frame().await;
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
    page.enter_frame(0).await;
    page.widget().wait_until_drawn().await;
    let reached = "scrollTo(0, document.documentElement.scrollHeight);
        return all('[part=headline]').at(-1).getBoundingClientRect().bottom <= innerHeight";
    page.widget()
        .expect("the last headline can be scrolled to", reached, true)
        .await;
    page.leave_frame().await;
    page.expect("the height of the frame", &height_of(0), 200)
        .await;
}

async fn frame_script_added_late_sets_the_height(context: &TestContext) {
    let page = context.visit("frame-alone.html").await;
    page.enter_frame(0).await;
    page.widget().wait_until_drawn().await;
    page.leave_frame().await;
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
    page.widget().expect_text("summary", "閉じる").await;
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
    cause_claim(&page, "frames[2].postMessage('shout', '*')").await;
    page.expect("the heights of the frames", HEIGHTS, json!([200, own, 200]))
        .await;
}

async fn endless_height_is_capped(context: &TestContext) {
    let page = context.visit("frame.html").await;
    expect_fit(&page, 0).await;
    let record = "window.highest = 0;
        const frame = document.querySelector('iframe');
        new MutationObserver(() => {
                window.highest = Math.max(window.highest, parseFloat(frame.style.height));
            })
            .observe(frame, { attributeFilter: ['style'] })";
    page.run(record).await;
    page.enter_frame(0).await;
    page.run("parent.postMessage({ type: 'digest-height', height: 1e300 }, '*')")
        .await;
    page.leave_frame().await;
    page.expect("the greatest height", "return window.highest", 1_000_000)
        .await;
}

async fn frame_in_a_shadow_root_follows_its_digest(context: &TestContext) {
    let page = visit_with(
        context,
        "{script}<div><template shadowrootmode=open><p>
            <template shadowrootmode=open>{frame}</template></p></template></div>",
    )
    .await;
    // WebDriver counts no frames in shadow roots.
    let height = "return document.querySelector('div').shadowRoot.querySelector('p').shadowRoot
        .querySelector('iframe').offsetHeight > 300";
    page.expect("the frame has grown", height, true).await;
}

async fn redirected_frame_follows_its_digest(context: &TestContext) {
    let target = frame_address(context, &format!("src={ISSUE}"));
    let redirect = StubResponse::status(302).header("location", target);
    context.embedder.respond("/latest", redirect);
    let page = visit_with(
        context,
        "{script}<iframe src=latest width=100% height=200></iframe>",
    )
    .await;
    expect_fit(&page, 0).await;
}

async fn sandboxed_frame_follows_its_digest(context: &TestContext) {
    let page = visit_with(
        context,
        "{script}<iframe sandbox=allow-scripts src={address} width=100% height=200></iframe>",
    )
    .await;
    expect_fit(&page, 0).await;
}

async fn lazy_frame_follows_its_digest(context: &TestContext) {
    let page = visit_with(
        context,
        "{script}<svg width=10 height=20000></svg>
         <iframe loading=lazy src={address} width=100% height=200></iframe>",
    )
    .await;
    page.expect("the height before", &height_of(0), 200).await;
    page.run("document.querySelector('iframe').scrollIntoView()")
        .await;
    expect_fit(&page, 0).await;
}

async fn frame_added_after_the_script_follows_its_digest(context: &TestContext) {
    let page = visit_with(context, "{script}<main></main>").await;
    let add = format!(
        "document.querySelector('main').innerHTML =
            '<iframe src=\"{}\" width=100% height=200></iframe>'",
        frame_address(context, &format!("src={ISSUE}"))
    );
    page.run(&add).await;
    expect_fit(&page, 0).await;
}

async fn frame_hidden_at_first_follows_its_digest(context: &TestContext) {
    let page = visit_with(
        context,
        "{script}<svg width=10 height=5000></svg><div hidden>{frame}</div>",
    )
    .await;
    page.enter_frame(0).await;
    page.widget().wait_until_drawn().await;
    page.leave_frame().await;
    page.run("document.querySelector('div').hidden = false")
        .await;
    page.expect("the frame has grown", &is_higher(0, 200), true)
        .await;
    page.run("document.querySelector('iframe').scrollIntoView()")
        .await;
    expect_fit(&page, 0).await;
}

async fn frame_without_width_at_first_follows_its_digest(context: &TestContext) {
    let page = visit_with(context, "{script}<div style='width: 0'>{frame}</div>").await;
    page.enter_frame(0).await;
    page.widget().wait_until_drawn().await;
    page.leave_frame().await;
    page.run("document.querySelector('div').style.width = '600px'")
        .await;
    expect_fit(&page, 0).await;
}

async fn narrowed_frame_below_the_fold_follows_its_digest(context: &TestContext) {
    let page = visit_with(
        context,
        "{script}<svg width=10 height=5000></svg><div style='width: 900px'>{frame}</div>",
    )
    .await;
    page.expect("the frame has grown", &is_higher(0, 200), true)
        .await;
    let wide = height(&page, 0).await;
    page.run("document.querySelector('div').style.width = '300px'")
        .await;
    page.expect("the frame has grown", &is_higher(0, wide), true)
        .await;
}

/// The frames have sent their heights before the script runs.
async fn frame_script_added_late_finds_every_frame(context: &TestContext) {
    let target = frame_address(context, &format!("src={ISSUE}"));
    let redirect = StubResponse::status(302).header("location", target);
    context.embedder.respond("/latest", redirect);
    let page = visit_with(
        context,
        "<iframe src=latest width=100% height=200></iframe>
         <iframe sandbox=allow-scripts src={address} width=100% height=200></iframe>
         <div><template shadowrootmode=open>{frame}</template></div>",
    )
    .await;
    for frame in [0, 1] {
        page.enter_frame(frame).await;
        page.widget().wait_until_drawn().await;
        page.leave_frame().await;
    }
    page.run(&format!(
        "const script = document.createElement('script');
         script.src = '{}/digest-frame-parent.js';
         document.head.append(script)",
        context.cdn.address()
    ))
    .await;
    let heights = "const inside = document.querySelector('div').shadowRoot.querySelector('iframe');
        return [...document.querySelectorAll('iframe'), inside]
            .map(frame => frame.offsetHeight > 300)";
    page.expect("the frames have grown", heights, json!([true, true, true]))
        .await;
}

async fn sandboxed_frame_reports_its_height_to_amp(context: &TestContext) {
    let page = visit_with(
        context,
        "{record}<iframe sandbox=allow-scripts src={address}#amp=1 width=600 height=200></iframe>",
    )
    .await;
    let height = inner_height(&page).await;
    let expected = json!({ "sentinel": "amp", "type": "embed-size", "height": height });
    page.expect(
        "AMP's last message",
        "return messages.filter(({ sentinel }) => sentinel === 'amp').at(-1)",
        expected,
    )
    .await;
}

async fn frame_reports_its_height_to_wordpress(context: &TestContext) {
    let page = visit_with(
        context,
        "{record}<iframe src={address} width=600 height=200></iframe>",
    )
    .await;
    let height = inner_height(&page).await;
    let sent = "return messages.filter(({ message }) => message === 'height').at(-1) ?? null";
    page.expect("messages without a secret", sent, ()).await;
    // WordPress adds the secret to a frame that is loaded, and says that it is ready.
    page.run(
        "const frame = document.querySelector('iframe');
         frame.src += '#?secret=abc123DEF0';
         setTimeout(() => frame.contentWindow.postMessage(
             { message: 'ready', secret: 'abc123DEF0' }, '*'), 100)",
    )
    .await;
    let expected = json!({ "message": "height", "value": height, "secret": "abc123DEF0" });
    page.expect("WordPress's last message", sent, expected)
        .await;
}

async fn pym_sets_the_height(context: &TestContext) {
    let page = visit_with(
        context,
        "<div id=digest></div><script src=pym.js></script>
         <script>new pym.Parent('digest', '{address}')</script>",
    )
    .await;
    expect_fit(&page, 0).await;
    let closed = height(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    page.expect("the frame has grown", &is_higher(0, closed), true)
        .await;
    expect_fit(&page, 0).await;
}

async fn frame_sizing_sets_the_height(context: &TestContext) {
    let page = visit_with(
        context,
        "<style>iframe { width: 600px; frame-sizing: content-height }</style>
         <iframe src={address}></iframe>",
    )
    .await;
    expect_fit(&page, 0).await;
    let closed = height(&page, 0).await;
    toggle_first_panel(&page, 0).await;
    page.expect("the frame has grown", &is_higher(0, closed), true)
        .await;
}

async fn source_in_the_fragment_is_followed(context: &TestContext) {
    let source = publish_source(context);
    let page = open_frame_page(
        context,
        &format!("src=issues/linked.json#source={}", encode(&source)),
    )
    .await;
    page.expect("the page that opens", "return location.href", source)
        .await;
}

async fn other_address_in_the_fragment_is_not_followed(context: &TestContext) {
    let source = publish_source(context);
    let other = source.replace("plain.html", "empty.html");
    let page = open_frame_page(
        context,
        &format!("src=issues/linked.json#source={}", encode(&other)),
    )
    .await;
    page.widget().wait_until_drawn().await;
    page.wait_for_paint().await;
    context.let_requests_arrive(&page).await;
    page.expect(
        "the path of the page",
        "return location.pathname",
        "/frame.html",
    )
    .await;
}

/// Serves an issue with one source, a page of the embedder's. Returns the address of that page.
fn publish_source(context: &TestContext) -> String {
    // An issue links to no IP numbers.
    let embedder = context.embedder.address().replace("127.0.0.1", "localhost");
    let source = format!("{embedder}/plain.html");
    let mut issue = seed();
    issue["headlines"][0]["detail"] = json!([[{ "text": "Here", "href": source }]]);
    let issue = StubResponse::json(&issue.to_string());
    context.cdn.respond("issues/linked.json", issue);
    source
}

fn encode(address: &str) -> String {
    address.replace(':', "%3A").replace('/', "%2F")
}

/// Opens an embedder's page with this body. `{frame}` stands for a frame, `{address}` for the
/// address of one, `{script}` for the script that sets heights, and `{record}` for one that
/// records the messages that the page receives.
async fn visit_with(context: &TestContext, body: &str) -> Page {
    let address = frame_address(context, &format!("src={ISSUE}"));
    let script = format!(
        "<script type=module src={}/digest-frame-parent.js></script>",
        context.cdn.address()
    );
    let record = "<script>window.messages = [];
        addEventListener('message', ({ data }) => messages.push(data))</script>";
    let body = body
        .replace(
            "{frame}",
            "<iframe src={address} width=100% height=200></iframe>",
        )
        .replace("{address}", &address)
        .replace("{script}", &script)
        .replace("{record}", record);
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>An embedder’s page</title>
         <link rel=icon href=data:,><style>iframe {{ border: 0 }}</style>{body}</html>"
    );
    context
        .embedder
        .respond("framed.html", StubResponse::html(&html));
    context.visit("framed.html").await
}

/// Waits until the issue in the first frame is drawn, and returns the height of its page.
async fn inner_height(page: &Page) -> i64 {
    page.enter_frame(0).await;
    page.widget().wait_until_drawn().await;
    let height = "return Math.ceil(document.documentElement.getBoundingClientRect().height)";
    let height = page.run(height).await;
    page.leave_frame().await;
    height.as_i64().expect("a height is a number")
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

async fn frame_passes_axe(context: &TestContext) {
    let page = open_frame_page(context, &format!("src={ISSUE}&open=all")).await;
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

async fn toggle_first_panel(page: &Page, index: u16) {
    page.enter_frame(index).await;
    page.widget().click("[part=headline] a").await;
    page.leave_frame().await;
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
    page.enter_frame(index).await;
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
    page.leave_frame().await;
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
