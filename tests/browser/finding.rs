//! Find-in-page and text fragments: a match in a closed panel opens the panel.

use checks::{BrowserSettings, TestContext, cases};
use serde_json::json;

cases![
    text_fragment_opens_a_closed_panel,
    find_bar_opens_a_closed_panel,
];

/// A text fragment searches like the find bar, closed panels included, and works in the tests of
/// every engine.
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
    assert_eq!(found, json!("1 of 1 match"), "the find bar's count");
    widget.expect_panels([false, false, true, false]).await;
}

/// Opens Firefox's find bar, searches for a word and waits for the count of matches.
const FIND: &str = "
    const [word, done] = arguments;
    gBrowser.getFindBar().then(bar => {
        bar.open();
        new MutationObserver(() => bar._foundMatches.value && done(bar._foundMatches.value))
            .observe(bar._foundMatches, { attributes: true, childList: true, subtree: true });
        bar._findField.value = word;
        bar._find();
    })";
