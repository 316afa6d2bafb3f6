//! Words inside closed panels are found, and finding opens the panel.

use checks::{BrowserSettings, TestContext, cases};
use serde_json::json;

cases![
    text_fragment_opens_a_closed_panel,
    find_bar_opens_a_closed_panel,
];

/// A link with a text fragment is a search that all engines' tests can start, and it goes the way
/// of the find bar: over the text of the page, with what is closed, which it opens.
async fn text_fragment_opens_a_closed_panel(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    page.run("location.hash = '#:~:text=Kyogamisaki'").await;
    widget.expect_panels([false, false, false, true]).await;
    widget.expect_text("[part=open-all]", "Open all").await;
}

async fn find_bar_opens_a_closed_panel(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "article.html")
        .await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let found = page.run_in_firefox(FIND, vec![json!("Hirose")]).await;
    assert_eq!(found, json!("1 of 1 match"), "what the find bar says");
    widget.expect_panels([false, false, true, false]).await;
}

/// Opens Firefox's find bar, types a word into it and waits for what the bar says of it.
const FIND: &str = "
    const [word, done] = arguments;
    gBrowser.getFindBar().then(bar => {
        bar.open();
        new MutationObserver(() => bar._foundMatches.value && done(bar._foundMatches.value))
            .observe(bar._foundMatches, { attributes: true, childList: true, subtree: true });
        bar._findField.value = word;
        bar._find();
    })";
