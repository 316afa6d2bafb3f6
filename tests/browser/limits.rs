//! Issues beyond the limits: the reader sees a sentence and the element's children, and the page
//! stays usable.

use checks::{StubResponse, TestContext, WidgetHandle, cases, seed};
use serde_json::{Value, json};

use crate::console::{open_recording, wait_for_only_message};

cases![
    issue_of_five_thousand_headlines_is_drawn,
    issue_with_too_many_headlines_is_refused,
    issue_with_too_many_pieces_of_text_is_refused,
    issue_property_with_too_many_headlines_is_refused,
    issue_of_too_many_bytes_is_refused_in_japanese,
    endless_response_is_stopped,
    too_large_issue_is_explained,
];

const SENTENCE: &str = "This issue is too large to show here.";

/// The sample issue with this many headlines.
fn issue_with_headlines(count: usize) -> Value {
    let mut issue = seed();
    let headline = |index| json!({ "id": format!("h{index}"), "text": "Radar site completed", "detail": [["It works."]] });
    issue["headlines"] = (0..count).map(headline).collect();
    issue
}

async fn open_issue(context: &TestContext, page: &str, response: StubResponse) -> WidgetHandle {
    context.cdn.respond(".json", response);
    context.visit(page).await.widget()
}

/// Checks that the sentence stands beside the children, without a button: a retry would not help.
async fn expect_refusal(widget: &WidgetHandle, sentence: &str) {
    widget.expect_text("[part=message]", sentence).await;
    widget.expect_children_visible(true).await;
    widget
        .expect("buttons", "return all('button').length", 0)
        .await;
}

async fn issue_of_five_thousand_headlines_is_drawn(context: &TestContext) {
    let issue = StubResponse::json(&issue_with_headlines(5_000).to_string());
    let widget = open_issue(context, "article.html", issue).await;
    widget.wait_until_drawn().await;
    widget
        .expect("panels", "return all('details').length", 5_000)
        .await;
}

async fn issue_with_too_many_headlines_is_refused(context: &TestContext) {
    let issue = StubResponse::json(&issue_with_headlines(10_001).to_string());
    let widget = open_issue(context, "article.html", issue).await;
    expect_refusal(&widget, SENTENCE).await;
}

async fn issue_with_too_many_pieces_of_text_is_refused(context: &TestContext) {
    let mut issue = seed();
    issue["headlines"][0]["detail"] = json!([vec!["a"; 300_001]]);
    let issue = StubResponse::json(&issue.to_string());
    let widget = open_issue(context, "article.html", issue).await;
    expect_refusal(&widget, SENTENCE).await;
}

async fn issue_property_with_too_many_headlines_is_refused(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    widget
        .run(
            "const headline = { id: 'a', text: 'Radar' };
             host.issue = { format: 1, id: 'digest-2', title: 'Digest', volume: '2', date: '2024-03-01', lang: 'en',
                 headlines: Array(10001).fill(headline) }",
        )
        .await;
    expect_refusal(&widget, SENTENCE).await;
}

async fn issue_of_too_many_bytes_is_refused_in_japanese(context: &TestContext) {
    let spaces = " ".repeat(10_000_000);
    let issue = StubResponse::json(&format!("{}{spaces}", seed()));
    let widget = open_issue(context, "japanese.html", issue).await;
    expect_refusal(&widget, "この号は大きすぎて表示できません。").await;
}

async fn endless_response_is_stopped(context: &TestContext) {
    let widget = open_issue(context, "article.html", StubResponse::endless()).await;
    expect_refusal(&widget, SENTENCE).await;
}

async fn too_large_issue_is_explained(context: &TestContext) {
    let issue = StubResponse::json(&issue_with_headlines(10_001).to_string());
    context.cdn.respond("issue.json", issue);
    let page = open_recording(context, "bare.html").await;
    context.include_loader(&page).await;
    let message = wait_for_only_message(&page).await;
    assert!(
        message.contains("issue.json is too large: an issue has at most 10 MB, 10,000 headlines"),
        "found {message}"
    );
}
