//! Words inside closed panels are found, and finding opens the panel.

use checks::{Settings, Stage, cases};
use serde_json::json;

cases![
    a_reader_finds_a_word_inside_a_closed_panel,
    a_reader_finds_a_word_with_the_find_bar,
];

/// A link with a text fragment is a search that all engines' tests can start, and it goes the way
/// of the find bar: over the text of the page, with what is closed, which it opens.
async fn a_reader_finds_a_word_inside_a_closed_panel(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    page.run("location.hash = '#:~:text=Kyogamisaki'").await;
    widget.has_panels([false, false, false, true]).await;
    widget.reads("[part=open-all]", "Open all").await;
}

async fn a_reader_finds_a_word_with_the_find_bar(stage: &Stage) {
    let page = stage.visit_with(Settings::fresh(), "article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let found = page.run_in_firefox(FIND, vec![json!("Hirose")]).await;
    assert_eq!(found, json!("1 of 1 match"), "what the find bar says");
    widget.has_panels([false, false, true, false]).await;
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
