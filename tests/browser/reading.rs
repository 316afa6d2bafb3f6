//! The drawn issue: every text, the reader's language, the sources.

use checks::{BrowserSettings, StubResponse, TestContext, cases, seed};
use serde_json::{Value, json};

use crate::lifecycle::run_as_the_page;

cases![
    seed_issue_shows_every_text,
    picture_shows_its_alt_text_and_credit,
    missing_picture_is_its_alt_text,
    source_shows_its_host_and_can_be_followed,
    issue_without_a_number_shows_the_date_alone,
    japanese_page_shows_japanese_strings,
    japanese_section_shows_japanese_strings,
    date_is_in_the_language_of_the_page,
    date_in_a_language_that_the_browser_refuses_is_written,
    page_without_a_language_shows_the_language_of_the_issue,
    date_is_the_same_west_of_greenwich,
];

async fn seed_issue_shows_every_text(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    widget.expect_text("[part=volume]", "Vol 1.5").await;
    widget
        .expect_text("time[datetime=\"2022-03-11\"]", "March 11, 2022")
        .await;
    widget.expect_text("figcaption", "Image: Japan Times").await;
    let texts = "return all('h3').map(heading => heading.textContent)";
    let headlines = json!([
        "Japan mostly in step with US, Europe on Russia sanctions",
        "“Japan-US Partnership on Trade” Convenes First Meeting",
        "US-Japan Begin Planning for Economic 2+2 Launch",
        "US Army Radar Site in Japan Finally Completes Construction Plan",
    ]);
    widget.expect("the headlines", texts, headlines).await;
    widget
        .expect("the runs of the details", DETAILS, expect_details(&seed()))
        .await;
    widget
        .expect("bold runs", "return all('details strong').length", 6)
        .await;
    widget
        .expect(
            "links that lead nowhere",
            "return all('details a').length",
            0,
        )
        .await;
}

/// The texts in the panels, each bold or not. Neighbours of one kind are joined.
const DETAILS: &str = "
    return all('h3').map(heading => {
        const panel = root.getElementById(heading.firstElementChild.hash.slice(1));
        const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
        const runs = [];
        while (walker.nextNode()) {
            const bold = walker.currentNode.parentElement.closest('strong') !== null;
            const last = runs.at(-1);
            if (last && last.bold === bold) last.text += walker.currentNode.data;
            else runs.push({ bold, text: walker.currentNode.data });
        }
        return runs;
    })";

/// The result of [`DETAILS`] for a complete issue.
fn expect_details(issue: &Value) -> Value {
    let headlines = issue["headlines"]
        .as_array()
        .expect("an issue has headlines");
    headlines
        .iter()
        .map(|headline| join_runs(&headline["detail"]))
        .collect()
}

fn join_runs(blocks: &Value) -> Value {
    let mut joined: Vec<(bool, String)> = Vec::new();
    for run in blocks
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|block| block.as_array().expect("a paragraph"))
    {
        let bold = run["strong"] == true;
        let text = run
            .as_str()
            .or(run["text"].as_str())
            .expect("a run has text");
        match joined.last_mut() {
            Some((before, words)) if *before == bold => words.push_str(text),
            _ => joined.push((bold, text.to_owned())),
        }
    }
    joined
        .into_iter()
        .map(|(bold, text)| json!({ "bold": bold, "text": text }))
        .collect()
}

async fn picture_shows_its_alt_text_and_credit(context: &TestContext) {
    let widget = context.visit("sources.html").await.widget();
    widget.wait_until_drawn().await;
    let picture = "const picture = one('figure img');
        return [picture.complete && picture.naturalWidth > 0, picture.alt, picture.src]";
    let address = format!("{}/issues/radar.svg", context.cdn.address());
    let expected = json!([true, "A radar dome on a hill above the sea", address]);
    widget
        .expect(
            "the picture: drawn, its alt text, its address",
            picture,
            expected,
        )
        .await;
    widget
        .expect_text(
            "figcaption a[href=\"https://photos.example/radar\"]",
            "Coast Photos",
        )
        .await;
}

async fn missing_picture_is_its_alt_text(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    for (alt, size) in [
        ("A radar dome", json!({ "width": 1200, "height": 630 })),
        ("A radar dome", json!({})),
        ("", json!({ "width": 1200, "height": 630 })),
        ("", json!({})),
    ] {
        let mut issue = seed();
        issue["image"] = size.clone();
        issue["image"]["src"] = json!(format!("{}/missing.jpg", context.cdn.address()));
        issue["image"]["alt"] = json!(alt);
        issue["title"] = json!(format!("{alt} {size}"));
        widget.run(&format!("host.issue = {issue}")).await;
        widget
            .expect_text("h2", format!("{alt} {size}").trim())
            .await;
        let figure = "const figure = one('figure');
            return [figure.textContent, figure.offsetHeight < 40, all('img').length]";
        widget
            .expect(
                "the text, is it low, pictures",
                figure,
                json!([alt, true, 0]),
            )
            .await;
    }
    page.save_screenshot("missing-picture").await;
}

async fn source_shows_its_host_and_can_be_followed(context: &TestContext) {
    let source = format!("{}/plain.html", context.cdn.address());
    context.cdn.respond(
        "issue.json",
        StubResponse::json(&make_issue_with_source(&source).to_string()),
    );
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.click("h3 a").await;
    widget
        .expect_text("details p", "Read the statement (localhost) today.")
        .await;
    widget.click("details p a").await;
    page.expect(
        "the page that the source leads to",
        "return location.href",
        source,
    )
    .await;
}

fn make_issue_with_source(href: &str) -> Value {
    json!({
        "format": 1, "id": "one", "title": "One", "volume": "1", "date": "2022-03-11", "lang": "en",
        "headlines": [{ "id": "first", "text": "First", "detail": [
            ["Read ", { "text": "the statement", "href": href }, " today."],
        ] }],
    })
}

async fn issue_without_a_number_shows_the_date_alone(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    for volume in ["", "2022-03-11"] {
        let mut issue = seed();
        issue["volume"] = json!(volume);
        issue["title"] = json!(format!("Volume {volume}").trim());
        widget.run(&format!("host.issue = {issue}")).await;
        widget
            .expect_text("h2", format!("Volume {volume}").trim())
            .await;
        widget.expect_text("[part=meta]", "March 11, 2022").await;
        let left = "return one('time').getBoundingClientRect().left
            - one('h2').getBoundingClientRect().left";
        widget
            .expect("the distance of the date from the title's edge", left, 0)
            .await;
    }
    page.save_screenshot("without-numbers").await;
}

async fn japanese_page_shows_japanese_strings(context: &TestContext) {
    let settings = BrowserSettings {
        language: "ja",
        ..BrowserSettings::default()
    };
    let widget = context.visit_with(settings, "japanese.html").await.widget();
    widget.wait_until_drawn().await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
    widget.expect_text("summary", "開く").await;
    widget.expect_text("[part=volume]", "第1.5号").await;
    widget.expect_text("time", "2022年3月11日").await;
    widget.click("[part=open-all]").await;
    widget.expect_text("[part=open-all]", "すべて閉じる").await;
}

async fn japanese_section_shows_japanese_strings(context: &TestContext) {
    let page = context.visit("section.html").await;
    page.nth_widget(0)
        .expect_text("[part=open-all]", "すべて開く")
        .await;
    page.nth_widget(1)
        .expect_text("[part=open-all]", "Open all")
        .await;
    page.run("document.querySelectorAll('digest-widget')[1].lang = 'ja'")
        .await;
    page.nth_widget(1)
        .expect_text("[part=open-all]", "すべて開く")
        .await;
}

/// Not in the browser's: one notation stands beside words of one language.
async fn date_is_in_the_language_of_the_page(context: &TestContext) {
    let settings = BrowserSettings {
        language: "ja",
        ..BrowserSettings::default()
    };
    let widget = context.visit_with(settings, "article.html").await.widget();
    widget.expect_text("time", "March 11, 2022").await;
    widget.expect_text("[part=open-all]", "Open all").await;
    for (lang, date, label) in [
        ("en-GB", "March 11, 2022", "Open all"),
        ("ja", "2022年3月11日", "すべて開く"),
        ("de", "March 11, 2022", "Open all"),
    ] {
        widget.run(&format!("host.lang = '{lang}'")).await;
        widget.expect_text("time", date).await;
        widget.expect_text("[part=open-all]", label).await;
    }
}

async fn date_in_a_language_that_the_browser_refuses_is_written(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    for (lang, date) in [
        ("en-US@posix", "March 11, 2022"),
        ("C", "March 11, 2022"),
        ("ja_JP", "2022年3月11日"),
        ("ja-", "2022年3月11日"),
        ("-", "March 11, 2022"),
    ] {
        widget
            .run(&format!("host.lang = 'ja'; host.lang = '{lang}'"))
            .await;
        widget.expect_text("time", date).await;
    }
    let broken = "Date.prototype.toLocaleDateString = () => { throw new RangeError() };
        document.querySelector('digest-widget').lang = ''";
    run_as_the_page(&page, broken).await;
    widget.expect_text("time", "2022-03-11").await;
}

async fn page_without_a_language_shows_the_language_of_the_issue(context: &TestContext) {
    let page = context.visit("japanese.html").await;
    page.run("document.querySelectorAll('[lang]').forEach(node => node.removeAttribute('lang'))")
        .await;
    let widget = page.widget();
    widget
        .run(&format!(
            "host.src = '{}/issues/japanese.json'",
            context.cdn.address()
        ))
        .await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
}

async fn date_is_the_same_west_of_greenwich(context: &TestContext) {
    let page = context.visit("article.html").await;
    let zone = "return Intl.DateTimeFormat().resolvedOptions().timeZone";
    page.expect("the reader's time zone", zone, "America/Los_Angeles")
        .await;
    page.widget().expect_text("time", "March 11, 2022").await;
}
