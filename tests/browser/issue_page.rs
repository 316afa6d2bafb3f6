//! The page of an issue at the publisher's: it reads without a script.

use checks::{Answer, Page, Settings, Stage, axe, cases, seed};
use digest_press::{Issue, Neighbours, issue_files, series_files};
use fantoccini::Locator;

use crate::printing::printed;

cases![
    a_reader_whose_browser_runs_no_scripts_opens_an_issue_page_at_a_headline,
    a_reader_of_an_issue_page_follows_a_headline_and_closes_it,
    a_reader_of_an_issue_page_meets_no_barrier_with_panels_closed_and_open,
    a_reader_on_a_phone_sees_the_headlines_of_an_issue_page_apart_from_what_is_above,
    a_reader_prints_an_issue_page_and_gets_everything,
    a_reader_of_the_list_of_all_issues_meets_no_barrier_and_finds_an_issue,
];

/// Headlines of the seed, and words of their details.
const RADAR: [&str; 2] = [
    "us-army-radar-site-in-japan-finally-completes-construction-plan",
    "Kyogamisaki Communication Site",
];
const TRADE: [&str; 2] = [
    "japan-us-partnership-on-trade-convenes-first-meeting",
    "regional trade practices, environment, labor",
];

async fn a_reader_whose_browser_runs_no_scripts_opens_an_issue_page_at_a_headline(stage: &Stage) {
    let page = stage
        .reader(Settings {
            scripts: false,
            ..Settings::default()
        })
        .await;
    page.open(&format!("{}#{}", serve(stage), RADAR[0])).await;
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

async fn a_reader_of_an_issue_page_follows_a_headline_and_closes_it(stage: &Stage) {
    let page = stage.reader(Settings::default()).await;
    page.open(&serve(stage)).await;
    has_panels(&page, [false, false, false, false]).await;
    let headline = page
        .element(&format!(
            "return document.querySelector('[href=\"#{}\"]')",
            TRADE[0]
        ))
        .await;
    headline.click().await.expect("a headline can be clicked");
    has_panels(&page, [false, true, false, false]).await;
    let switch = page
        .element("return document.querySelector('[open] summary')")
        .await;
    switch.click().await.expect("a switch can be clicked");
    has_panels(&page, [false, false, false, false]).await;
}

async fn a_reader_of_an_issue_page_meets_no_barrier_with_panels_closed_and_open(stage: &Stage) {
    let page = stage.reader(Settings::default()).await;
    page.open(&serve(stage)).await;
    axe(&page).await;
    page.screenshot("issue-page").await;
    page.run("document.querySelectorAll('details').forEach(panel => { panel.open = true })")
        .await;
    page.expect(
        "animations under way",
        "return document.getAnimations().length",
        0,
    )
    .await;
    axe(&page).await;
    page.screenshot("issue-page-open").await;
}

async fn a_reader_on_a_phone_sees_the_headlines_of_an_issue_page_apart_from_what_is_above(
    stage: &Stage,
) {
    let page = stage
        .reader(Settings {
            width: 500,
            ..Settings::default()
        })
        .await;
    page.open(&serve(stage)).await;
    let apart = "const [above, list] = ['figure', 'headlines']
        .map(part => document.querySelector(`[part=${part}]`).getBoundingClientRect());
        return list.top - above.bottom > 10";
    page.expect("whether there is a gap", apart, true).await;
    page.screenshot("issue-page-phone").await;
}

async fn a_reader_prints_an_issue_page_and_gets_everything(stage: &Stage) {
    let page = stage.reader(Settings::fresh()).await;
    page.open(&serve(stage)).await;
    let paper = printed(&page).await;
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
    for words in ["Details", "All issues", "BibTeX"] {
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

async fn a_reader_of_the_list_of_all_issues_meets_no_barrier_and_finds_an_issue(stage: &Stage) {
    let page = stage.reader(Settings::default()).await;
    let address = serve(stage);
    page.open(stage.cdn.address()).await;
    axe(&page).await;
    page.screenshot("all-issues").await;
    let issue = page.element("return document.querySelector('h3 a')").await;
    issue.click().await.expect("a link can be followed");
    page.expect("the page that it leads to", "return location.href", address)
        .await;
    has_panels(&page, [false, false, false, false]).await;
}

/// Serves the files of the seed and of its series from the case's CDN. Returns the address of its page.
pub(crate) fn serve(stage: &Stage) -> String {
    let issue = Issue::from_json(seed().to_string().as_bytes()).expect("the seed is a sound issue");
    let site = stage.cdn.address().parse().expect("the CDN has an address");
    let mut files = issue_files(&issue, Neighbours::default(), &site).expect("an issue has a page");
    files.extend(
        series_files(&issue.title, &issue.lang, &[&issue], &site).expect("a series has a page"),
    );
    for file in files {
        let path = format!("/{}", file.path);
        match path.rsplit('.').next() {
            Some("html") => {
                let path = path.trim_end_matches("index.html");
                stage.cdn.answer(
                    path,
                    Answer::bytes(file.bytes).kind("text/html; charset=utf-8"),
                );
            }
            Some("json") => stage
                .cdn
                .answer(&path, Answer::json(&String::from_utf8_lossy(&file.bytes))),
            _ => stage.cdn.answer(&path, Answer::bytes(file.bytes)),
        }
    }
    format!("{}/issues/{}/", stage.cdn.address(), issue.id)
}

async fn has_panels(page: &Page, open: [bool; 4]) {
    let panels = "return [...document.querySelectorAll('details')].map(panel => panel.open)";
    page.expect("which panels are open", panels, open.to_vec())
        .await;
}
