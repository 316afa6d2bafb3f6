//! The publisher's page of an issue, which works without scripts, and the list of all issues.

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases, run_axe, seed};
use digest_press::{Issue, Neighbours, issue_files, series_files};
use fantoccini::Locator;

use crate::printing::print_to_text;

cases![
    issue_page_opens_the_linked_headline_with_scripts_off,
    issue_page_opens_the_clicked_headline,
    issue_page_passes_axe_with_panels_closed_and_open,
    issue_page_leaves_a_gap_above_the_headlines_on_a_phone,
    issue_page_prints_every_panel,
    archive_passes_axe_and_links_to_the_issue,
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
        .open_browser(BrowserSettings {
            scripts: false,
            ..BrowserSettings::default()
        })
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

async fn issue_page_passes_axe_with_panels_closed_and_open(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    page.open(&serve_issue_page(context)).await;
    run_axe(&page).await;
    page.save_screenshot("issue-page").await;
    page.run("document.querySelectorAll('details').forEach(panel => { panel.open = true })")
        .await;
    page.expect(
        "animations under way",
        "return document.getAnimations().length",
        0,
    )
    .await;
    run_axe(&page).await;
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

async fn issue_page_prints_every_panel(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&serve_issue_page(context)).await;
    let paper = print_to_text(&page).await;
    for words in [
        "US-Japan Alliance Digest",
        "Vol 1.5 March 11, 2022",
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
}

async fn archive_passes_axe_and_links_to_the_issue(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    let address = serve_issue_page(context);
    page.open(context.cdn.address()).await;
    run_axe(&page).await;
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
    let issue = Issue::from_json(seed().to_string().as_bytes()).expect("the seed is a sound issue");
    let site = context
        .cdn
        .address()
        .parse()
        .expect("the CDN has an address");
    let mut files = issue_files(&issue, Neighbours::default(), &site).expect("an issue has a page");
    files.extend(
        series_files(&issue.title, &issue.lang, &[&issue], &site).expect("a series has a page"),
    );
    for file in files {
        let path = format!("/{}", file.path);
        match path.rsplit('.').next() {
            Some("html") => {
                let path = path.trim_end_matches("index.html");
                context.cdn.respond(
                    path,
                    StubResponse::html(&String::from_utf8_lossy(&file.bytes)),
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
