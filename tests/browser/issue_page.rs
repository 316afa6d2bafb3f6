//! The publisher's page of an issue, which works without scripts, and the list of all issues.

use std::fs;

use checks::{
    BrowserSettings, Page, StubResponse, TestContext, cases, root, run_accessibility_checkers, seed,
};
use digest_press::{Issue, Neighbours, issue_files, series_files};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::printing::print_to_text;

cases![
    issue_page_opens_the_linked_headline_with_scripts_off,
    issue_page_opens_the_clicked_headline,
    issue_page_passes_accessibility_checkers_with_panels_closed_and_open,
    issue_page_leaves_a_gap_above_the_headlines_on_a_phone,
    linked_headline_is_in_view_on_a_phone,
    first_headline_is_on_the_first_screen_below_a_picture,
    text_is_as_wide_as_the_picture,
    missing_picture_leaves_no_gap,
    arabic_issue_page_has_one_notation_of_dates,
    bullets_have_space_between_them,
    japanese_emphasis_is_not_slanted,
    issue_page_prints_every_panel,
    headline_in_the_archive_opens_on_its_page,
    archive_passes_accessibility_checkers_and_links_to_the_issue,
];

/// Ids of the seed's headlines, and words of their details.
const RADAR: [&str; 2] = [
    "us-army-radar-site-in-japan-finally-completes-construction-plan",
    "Kyogamisaki Communication Site",
];
const TRADE: [&str; 2] = [
    "japan-us-partnership-on-trade-convenes-first-meeting",
    "regional trade practices, environment, labor",
];

async fn issue_page_opens_the_linked_headline_with_scripts_off(context: &TestContext) {
    let page = context
        .open_browser(BrowserSettings::default().without_scripts())
        .await;
    page.open(&format!("{}#{}", serve_issue_page(context), RADAR[0]))
        .await;
    page.wait_for("details[open] [part=detail]").await;
    let open = page
        .client()
        .find_all(Locator::Css("details[open] [part=detail]"))
        .await;
    assert_eq!(
        open.expect("the page can be searched").len(),
        1,
        "panels that are open"
    );
    let opened = page.visible_text(&format!("[open] #{}", RADAR[0])).await;
    assert!(
        opened.contains(RADAR[1]),
        "the panel that is open reads: {opened}"
    );
    let everything = page.visible_text("body").await;
    assert!(
        everything.contains("March 11, 2022"),
        "expected the day in: {everything}"
    );
    assert!(
        !everything.contains("Open all"),
        "expected no button without a script in: {everything}"
    );
}

async fn issue_page_opens_the_clicked_headline(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    page.open(&serve_issue_page(context)).await;
    expect_panels(&page, [false, false, false, false]).await;
    let headline = page
        .find(&format!(
            "return document.querySelector('[href=\"#{}\"]')",
            TRADE[0]
        ))
        .await;
    headline.click().await.expect("a headline can be clicked");
    expect_panels(&page, [false, true, false, false]).await;
    let switch = page
        .find("return document.querySelector('[open] summary')")
        .await;
    switch.click().await.expect("a switch can be clicked");
    expect_panels(&page, [false, false, false, false]).await;
}

async fn issue_page_passes_accessibility_checkers_with_panels_closed_and_open(
    context: &TestContext,
) {
    let page = context.open_browser(BrowserSettings::default()).await;
    page.open(&serve_issue_page(context)).await;
    run_accessibility_checkers(&page).await;
    page.save_screenshot("issue-page").await;
    page.run("document.querySelectorAll('details').forEach(panel => { panel.open = true })")
        .await;
    page.expect(
        "animations under way",
        "return document.getAnimations().length",
        0,
    )
    .await;
    run_accessibility_checkers(&page).await;
    page.save_screenshot("issue-page-open").await;
}

async fn issue_page_leaves_a_gap_above_the_headlines_on_a_phone(context: &TestContext) {
    let page = context
        .open_browser(BrowserSettings {
            width: 500,
            ..BrowserSettings::default()
        })
        .await;
    page.open(&serve_issue_page(context)).await;
    let apart = "const [above, list] = ['figure', 'headlines']
        .map(part => document.querySelector(`[part=${part}]`).getBoundingClientRect());
        return list.top - above.bottom > 10";
    page.expect("there is a gap", apart, true).await;
    page.save_screenshot("issue-page-phone").await;
}

async fn linked_headline_is_in_view_on_a_phone(context: &TestContext) {
    let page = context
        .visit_on_a_phone(&serve_issue_page(context), [375, 667])
        .await;
    page.run("document.body.style.paddingBottom = '200vh'")
        .await;
    let in_view = "const panel = document.querySelector('[open]');
        const { top } = panel.previousElementSibling.getBoundingClientRect();
        const { bottom } = panel.firstElementChild.getBoundingClientRect();
        return scrollY > 0 && top >= 0 && bottom < innerHeight / 2";
    page.run(&format!("location.hash = '#{}'", RADAR[0])).await;
    expect_panels(&page, [false, false, false, true]).await;
    page.expect("the linked headline is in view", in_view, true)
        .await;
    page.run("document.querySelector('[open]').open = false")
        .await;
    page.click(&format!("[href='#{}']", TRADE[0])).await;
    expect_panels(&page, [false, true, false, false]).await;
    page.expect("the clicked headline is in view", in_view, true)
        .await;
}

async fn first_headline_is_on_the_first_screen_below_a_picture(context: &TestContext) {
    let settings = BrowserSettings {
        width: 1000,
        ..BrowserSettings::default()
    };
    let page = context.open_browser(settings).await;
    for size in [[800, 1200], [1200, 630]] {
        let issue = with_picture(context, Some(size));
        page.open(&serve_page(context, &issue)).await;
        let in_view = "const [picture, headline] = ['image', 'headline'].map(
                part => document.querySelector(`[part=${part}]`).getBoundingClientRect());
            return picture.height > 200 && headline.bottom < innerHeight * 0.8";
        page.expect("the headline is on the first screen", in_view, true)
            .await;
    }
    page.save_screenshot("issue-page-picture").await;
}

async fn text_is_as_wide_as_the_picture(context: &TestContext) {
    let issue = with_picture(context, Some([1200, 630]));
    let page = open_page(context, 1300, &serve_page(context, &issue)).await;
    page.run("document.querySelector('details').open = true")
        .await;
    let widths = "const [picture, text] = ['figure', '[part=detail] > p'].map(
            selector => document.querySelector(selector).offsetWidth);
        return picture - text";
    page.expect("the difference of the widths", widths, 0).await;
    page.save_screenshot("issue-page-wide").await;
}

async fn missing_picture_leaves_no_gap(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    context.cdn.respond("radar.svg", StubResponse::status(404));
    for size in [Some([1200, 630]), None] {
        let issue = with_picture(context, size);
        page.open(&serve_page(context, &issue)).await;
        let low = "const image = document.querySelector('img');
            return [image.complete, document.querySelector('figure').offsetHeight < 60]";
        page.expect(
            &format!("{size:?}: the picture has failed; the figure is low"),
            low,
            json!([true, true]),
        )
        .await;
    }
    page.save_screenshot("issue-page-missing-picture").await;
}

async fn arabic_issue_page_has_one_notation_of_dates(context: &TestContext) {
    let issue =
        fs::read(root().join("tests/pages/issues/arabic.json")).expect("the issue is there");
    let issue = Issue::from_json(&issue).expect("it is an issue");
    let page = open_page(context, 1000, &serve_page(context, &issue)).await;
    let day = "return document.querySelector('time').innerText";
    page.expect("the day", day, "March 11, 2022").await;
    let address = "const link = document.querySelector('.address a');
        const { direction, unicodeBidi } = getComputedStyle(link);
        return [direction, unicodeBidi]";
    page.expect("the address", address, json!(["ltr", "isolate"]))
        .await;
    run_accessibility_checkers(&page).await;
    page.save_screenshot("issue-page-arabic").await;
}

async fn bullets_have_space_between_them(context: &TestContext) {
    let mut issue = seed();
    issue["headlines"][0]["detail"] = json!([{ "list": [["One."], ["Two."]] }]);
    let issue = parse_issue(&issue);
    let page = open_page(context, 1000, &serve_page(context, &issue)).await;
    page.run("document.querySelector('details').open = true")
        .await;
    let gap = "const [one, two] = document.querySelectorAll('[part=detail] li');
        return two.getBoundingClientRect().top - one.getBoundingClientRect().bottom > 4";
    page.expect("there is a gap", gap, true).await;
}

async fn japanese_emphasis_is_not_slanted(context: &TestContext) {
    let style = "const { fontStyle, textEmphasisStyle } =
            getComputedStyle(document.querySelector('em'));
        return [fontStyle, textEmphasisStyle === 'none']";
    let page = context.open_browser(BrowserSettings::default()).await;
    for (lang, expected) in [
        ("en", json!(["italic", true])),
        ("ja", json!(["normal", false])),
        ("ko-KR", json!(["normal", false])),
        ("zh-Hant", json!(["normal", false])),
    ] {
        let mut issue = seed();
        issue["lang"] = lang.into();
        issue["headlines"][0]["detail"] = json!([[{ "text": "同盟", "em": true }]]);
        page.open(&serve_page(context, &parse_issue(&issue))).await;
        page.expect(lang, style, expected).await;
    }
    page.run("document.querySelector('details').open = true")
        .await;
    page.save_screenshot("issue-page-emphasis").await;
}

async fn open_page(context: &TestContext, width: u32, address: &str) -> Page {
    let settings = BrowserSettings {
        width,
        ..BrowserSettings::default()
    };
    let page = context.open_browser(settings).await;
    page.open(address).await;
    page
}

/// The seed with a picture of the CDN's.
fn with_picture(context: &TestContext, size: Option<[u32; 2]>) -> Issue {
    let src = format!("{}/issues/radar.svg", context.cdn.address());
    let mut issue = seed();
    issue["image"] = json!({ "src": src, "alt": "A radar site" });
    if let Some([width, height]) = size {
        issue["image"]["width"] = width.into();
        issue["image"]["height"] = height.into();
    }
    parse_issue(&issue)
}

async fn issue_page_prints_every_panel(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&serve_issue_page(context)).await;
    let paper = print_to_text(&page).await;
    for words in [
        "US-Japan Alliance Digest",
        "Vol 1.5",
        "March 11, 2022",
        RADAR[1],
        TRADE[1],
    ] {
        assert!(
            paper.contains(words),
            "expected on paper: {words}\nfound: {paper}"
        );
    }
    for words in ["Show", "All issues", "BibTeX"] {
        assert!(
            !paper.contains(words),
            "expected nothing on paper to press, found {words} in: {paper}"
        );
    }
    assert!(
        paper.contains("/issues/us-japan-alliance-digest-1.5/"),
        "expected the address on: {paper}"
    );
    assert!(
        !paper.contains(") ."),
        "expected no space before a full stop in: {paper}"
    );
}

async fn headline_in_the_archive_opens_on_its_page(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    let address = serve_issue_page(context);
    page.open(context.cdn.address()).await;
    let size = "return getComputedStyle(document.querySelector('h1')).fontSize";
    let archive_size = page.run(size).await;
    page.click(&format!("[href$='#{}']", TRADE[0])).await;
    let found = "return location.href";
    page.expect("the address", found, format!("{address}#{}", TRADE[0]))
        .await;
    expect_panels(&page, [false, true, false, false]).await;
    let title = "return document.querySelector('h1').innerText";
    page.expect("the heading", title, "US-Japan Alliance Digest Vol 1.5")
        .await;
    page.expect("the size of the heading", size, archive_size)
        .await;
}

async fn archive_passes_accessibility_checkers_and_links_to_the_issue(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    let address = serve_issue_page(context);
    page.open(context.cdn.address()).await;
    run_accessibility_checkers(&page).await;
    page.save_screenshot("all-issues").await;
    let issue = page.find("return document.querySelector('h3 a')").await;
    issue.click().await.expect("a link can be followed");
    page.expect("the page that it leads to", "return location.href", address)
        .await;
    expect_panels(&page, [false, false, false, false]).await;
}

/// Serves the files of the seed and its series from the case's CDN. Returns the address of the
/// seed's page.
pub(crate) fn serve_issue_page(context: &TestContext) -> String {
    serve_page(context, &parse_issue(&seed()))
}

pub(crate) fn parse_issue(issue: &Value) -> Issue {
    Issue::from_json(issue.to_string().as_bytes()).expect("it is a sound issue")
}

/// Serves the files of an issue and its series from the case's CDN. Returns the address of the
/// issue's page.
pub(crate) fn serve_page(context: &TestContext, issue: &Issue) -> String {
    let site = context
        .cdn
        .address()
        .parse()
        .expect("the CDN has an address");
    let mut files = issue_files(issue, Neighbours::default(), &site).expect("an issue has a page");
    files.extend(
        series_files(&issue.title, &issue.lang, &[issue], &site).expect("a series has a page"),
    );
    for file in files {
        let path = format!("/{}", file.path);
        match path.rsplit('.').next() {
            Some("html") => {
                let path = path.trim_end_matches("index.html");
                context.cdn.respond(
                    path,
                    StubResponse::html(&String::from_utf8_lossy(&file.bytes)).uncached(),
                );
            }
            Some("json") => context.cdn.respond(
                &path,
                StubResponse::json(&String::from_utf8_lossy(&file.bytes)),
            ),
            _ => context.cdn.respond(&path, StubResponse::bytes(file.bytes)),
        }
    }
    format!("{}/issues/{}/", context.cdn.address(), issue.id)
}

async fn expect_panels(page: &Page, open: [bool; 4]) {
    let panels = "return [...document.querySelectorAll('details')].map(panel => panel.open)";
    page.expect("open panels", panels, open.to_vec()).await;
}
