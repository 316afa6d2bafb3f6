//! What a reader sees when something is missing, and how they go on.

use checks::{Answer, Engine, Page, Settings, Stage, Widget, cases, glue, wasm};
use serde_json::json;

cases![
    a_reader_sees_that_the_issue_is_missing,
    a_reader_retries_after_the_network_returns,
    a_reader_retries_and_it_fails_again,
    a_reader_sees_that_the_issue_cannot_be_reached,
    a_reader_sees_that_what_arrived_is_no_issue,
    a_reader_meets_an_issue_made_for_a_newer_widget,
    a_reader_meets_an_issue_without_headlines,
    a_reader_keeps_the_children_when_the_engine_is_missing,
    a_reader_keeps_the_children_when_the_engine_is_broken,
    a_reader_keeps_the_children_when_the_script_of_the_engine_is_missing,
    a_reader_keeps_the_children_where_the_partner_forbids_webassembly,
    a_reader_is_not_bothered_by_a_wrong_type_of_the_engine,
    a_reader_in_japan_is_told_in_japanese_that_the_engine_is_missing,
    a_reader_on_a_slow_network_always_has_something_to_read,
    a_reader_offline_comes_to_the_digest_and_retries_online,
    a_reader_offline_misses_another_issue_and_retries_online,
];

async fn a_reader_sees_that_the_issue_is_missing(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(404));
    let widget = stage.visit("article.html").await.widget();
    widget
        .reads(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 404.",
        )
        .await;
    widget.reads("[part=retry]", "Try again").await;
    widget.shows_children(true).await;
}

async fn a_reader_retries_after_the_network_returns(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(503));
    let widget = stage.visit("article.html").await.widget();
    widget.reads("[part=retry]", "Try again").await;
    stage.cdn.answer("issue.json", Answer::usual());
    widget.click("[part=retry]").await;
    widget.is_up().await;
    let focus = "return root.activeElement?.localName ?? null";
    widget
        .expect(
            "what has the focus, the pressed button being gone",
            focus,
            "h2",
        )
        .await;
}

async fn a_reader_retries_and_it_fails_again(stage: &Stage) {
    stage.cdn.answer("issue.json", Answer::status(503));
    let widget = stage.visit("article.html").await.widget();
    widget
        .reads(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 503.",
        )
        .await;
    stage.cdn.answer("issue.json", Answer::status(404));
    widget.click("[part=retry]").await;
    widget
        .reads(
            "[role=alert] p",
            "The digest could not be fetched: the server answered 404.",
        )
        .await;
    widget.reads("[part=retry]", "Try again").await;
    widget.shows_children(true).await;
}

async fn a_reader_sees_that_the_issue_cannot_be_reached(stage: &Stage) {
    stage
        .cdn
        .answer("issue.json", Answer::usual().without_cors());
    let widget = stage.visit("article.html").await.widget();
    widget
        .reads(
            "[role=alert] p",
            "The digest could not be reached. Check your connection and try again.",
        )
        .await;
    widget.shows_children(true).await;
}

async fn a_reader_sees_that_what_arrived_is_no_issue(stage: &Stage) {
    stage.cdn.answer(
        "issue.json",
        Answer::json("<h1>Welcome to the café’s network</h1>").kind("text/html"),
    );
    let widget = stage.visit("article.html").await.widget();
    widget
        .reads(
            "[role=alert] p",
            "The digest cannot be shown: what arrived is not a digest.",
        )
        .await;
    widget.shows_children(true).await;
}

async fn a_reader_meets_an_issue_made_for_a_newer_widget(stage: &Stage) {
    let widget = stage.visit("newer.html").await.widget();
    widget
        .reads(
            "[part=message]",
            "This issue is made for a newer version of the digest. Reload the page to get it.",
        )
        .await;
    widget.shows_children(true).await;
}

async fn a_reader_meets_an_issue_without_headlines(stage: &Stage) {
    let widget = stage.visit("empty.html").await.widget();
    widget
        .reads("[part=message]", "This issue has no headlines yet.")
        .await;
    widget.reads("h2", "US-Japan Alliance Digest").await;
    widget
        .expect(
            "buttons that have nothing to open",
            "return all('button').length",
            0,
        )
        .await;
}

async fn a_reader_keeps_the_children_when_the_engine_is_missing(stage: &Stage) {
    stage.cdn.answer(&wasm(), Answer::status(404));
    let page = stage.visit("article.html").await;
    keeps_the_children(&page.widget()).await;
    retries(stage, &page, &wasm()).await;
}

async fn a_reader_keeps_the_children_when_the_engine_is_broken(stage: &Stage) {
    stage.cdn.answer(
        &wasm(),
        Answer::json("not WebAssembly").kind("application/wasm"),
    );
    let page = stage.visit("article.html").await;
    keeps_the_children(&page.widget()).await;
    retries(stage, &page, &wasm()).await;
}

async fn a_reader_keeps_the_children_when_the_script_of_the_engine_is_missing(stage: &Stage) {
    stage.cdn.answer(&glue(), Answer::status(404));
    let page = stage.visit("article.html").await;
    keeps_the_children(&page.widget()).await;
    retries(stage, &page, &glue()).await;
}

async fn a_reader_keeps_the_children_where_the_partner_forbids_webassembly(stage: &Stage) {
    let widget = stage.visit("no-wasm.html").await.widget();
    widget
        .reads("[role=alert]", "The digest could not be opened here.")
        .await;
    widget.shows_children(true).await;
    let buttons = "return all('button').length";
    widget
        .expect("buttons to try again what cannot succeed", buttons, 0)
        .await;
}

async fn a_reader_is_not_bothered_by_a_wrong_type_of_the_engine(stage: &Stage) {
    stage
        .cdn
        .answer(&wasm(), Answer::usual().kind("application/octet-stream"));
    stage.visit("article.html").await.widget().is_up().await;
}

async fn a_reader_in_japan_is_told_in_japanese_that_the_engine_is_missing(stage: &Stage) {
    stage.cdn.answer(&wasm(), Answer::status(404));
    let widget = stage.visit("japanese.html").await.widget();
    widget.reads("[role=alert] button", "もう一度試す").await;
    widget.shows_children(true).await;
}

/// What is on view is noted in every moment: nothing at all would be a hole in the partner's page.
async fn a_reader_on_a_slow_network_always_has_something_to_read(stage: &Stage) {
    let page = stage.visit_with(Settings::fresh(), "bare.html").await;
    page.run(NOTE_WHAT_IS_SHOWN).await;
    let held = if stage.engine == Engine::Chromium {
        set_network(&page, false, SLOW).await;
        None
    } else {
        Some(stage.cdn.hold("issue.json"))
    };
    stage.include_loader(&page).await;
    stage.cdn.is_asked_for("issue.json").await;
    page.expect(
        "whether the wait was long",
        "return noted.children > 30",
        true,
    )
    .await;
    page.widget().shows_children(true).await;
    if let Some(held) = held {
        held.release();
    }
    page.widget().is_up().await;
    page.expect(
        "whether the digest was noted",
        "return noted.digest > 0",
        true,
    )
    .await;
    let other = "return { nothing: noted.nothing, alerts: noted.alerts }";
    page.expect(
        "how often there was nothing, or an error",
        other,
        json!({ "nothing": 0, "alerts": 0 }),
    )
    .await;
}

/// Ten times a second and more.
const NOTE_WHAT_IS_SHOWN: &str = "
    window.noted = { children: 0, digest: 0, nothing: 0, alerts: 0 };
    const host = document.querySelector('digest-widget');
    setInterval(() => {
        const digest = host.shadowRoot?.querySelector('h3')?.checkVisibility();
        const children = host.firstElementChild.checkVisibility();
        noted[digest ? 'digest' : children ? 'children' : 'nothing'] += 1;
        if (host.shadowRoot?.querySelector('[role=alert]')) noted.alerts += 1;
    }, 50)";

async fn a_reader_offline_comes_to_the_digest_and_retries_online(stage: &Stage) {
    let page = stage.visit_with(Settings::fresh(), "tall.html").await;
    let upgraded = "return document.querySelector('digest-widget').shadowRoot !== null";
    page.expect("whether the element is upgraded", upgraded, true)
        .await;
    set_online(stage, &page, false).await;
    page.run("scrollTo(0, 7500)").await;
    keeps_the_children(&page.widget()).await;
    page.widget().click("[part=retry]").await;
    keeps_the_children(&page.widget()).await;
    set_online(stage, &page, true).await;
    page.widget().click("[part=retry]").await;
    page.widget().is_up().await;
}

async fn a_reader_offline_misses_another_issue_and_retries_online(stage: &Stage) {
    let page = stage.visit_with(Settings::fresh(), "article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    set_online(stage, &page, false).await;
    widget
        .run("host.src = host.src.replace(/issues.*/, 'issues/sources.json')")
        .await;
    widget
        .reads(
            "[role=alert] p",
            "The digest could not be reached. Check your connection and try again.",
        )
        .await;
    widget.shows_children(true).await;
    set_online(stage, &page, true).await;
    widget.click("[part=retry]").await;
    widget.reads("h2", "Coast Watch").await;
}

/// Chromium can be told that it is offline; for the others the host drops every connection.
async fn set_online(stage: &Stage, page: &Page, online: bool) {
    if stage.engine == Engine::Chromium {
        set_network(page, !online, 0).await;
    } else {
        stage.cdn.answer(
            "",
            if online {
                Answer::usual()
            } else {
                Answer::dropped()
            },
        );
    }
}

/// `latency` is what each request of Chromium's waits, in milliseconds.
async fn set_network(page: &Page, offline: bool, latency: u32) {
    page.run_in_devtools("Network.enable", json!({})).await;
    let network = json!({ "offline": offline, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.run_in_devtools("Network.emulateNetworkConditions", network)
        .await;
}

const SLOW: u32 = 1_000;

/// Without the engine, one sentence and a button stand beside the element's children.
async fn keeps_the_children(widget: &Widget) {
    widget.reads("[role=alert] button", "Try again").await;
    let sentence = "return one('[role=alert]').textContent.includes('could not be opened here.')";
    widget
        .expect("whether a sentence says what failed", sentence, true)
        .await;
    widget.shows_children(true).await;
}

/// `file` is there again, and so is the digest.
async fn retries(stage: &Stage, page: &Page, file: &str) {
    stage.cdn.answer(file, Answer::usual());
    page.widget().click("[role=alert] button").await;
    page.widget().is_up().await;
    page.widget()
        .expect(
            "alerts that are left",
            "return all('[role=alert]').length",
            0,
        )
        .await;
}
