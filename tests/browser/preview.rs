//! The preview that an editor has open beside the newsletter: `digest-press serve`.

use checks::{BrowserSettings, Page, PreviewServer, TestContext, cases, root};

cases![
    saved_newsletter_updates_the_preview,
    preview_works_with_scripts_off,
];

/// The path of the issue's page.
const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/";

/// The issue's first headline.
const HEADLINE: &str = "Japan mostly in step with US, Europe on Russia sanctions";

async fn saved_newsletter_updates_the_preview(context: &TestContext) {
    let (preview, page) = open_preview(context, BrowserSettings::default()).await;
    expect_headline(&page, HEADLINE).await;
    preview.save(HEADLINE, "Japan Joins the Sanctions");
    expect_headline(&page, "Japan Joins the Sanctions").await;

    preview.save("Date: March 11, 2022", "Date: March 35, 2022");
    let problem = "return document.querySelector('#press-problem')?.textContent.split('\\n')[0]";
    page.expect(
        "the reported problem",
        problem,
        "error: this date is not understood: the calendar does not have this day",
    )
    .await;
    expect_headline(&page, "Japan Joins the Sanctions").await;
    page.save_screenshot("preview-problem").await;

    preview.save("Date: March 35, 2022", "Date: March 12, 2022");
    page.expect(
        "the reported problem",
        "return document.querySelector('#press-problem')",
        (),
    )
    .await;
    let day = "return document.querySelector('time').dateTime";
    page.expect("the day", day, "2022-03-12").await;
}

async fn preview_works_with_scripts_off(context: &TestContext) {
    let (preview, page) = open_preview(context, BrowserSettings::default().without_scripts()).await;
    assert_eq!(page.visible_text("[part=headline]").await, HEADLINE);
    preview.save(HEADLINE, "Japan Joins the Sanctions");
    // Without scripts, the page does not reload by itself.
    while page.visible_text("[part=headline]").await == HEADLINE {
        page.open(&format!("{}{ISSUE}", preview.address)).await;
    }
    assert_eq!(
        page.visible_text("[part=headline]").await,
        "Japan Joins the Sanctions"
    );
}

async fn open_preview(context: &TestContext, settings: BrowserSettings) -> (PreviewServer, Page) {
    let preview = PreviewServer::start(&root().join("tests/import/seed/newsletter.md"));
    let page = context.open_browser(settings).await;
    page.open(&format!("{}{ISSUE}", preview.address)).await;
    (preview, page)
}

async fn expect_headline(page: &Page, headline: &str) {
    let first = "return document.querySelector('[part=headline]').textContent.trim()";
    page.expect("the first headline", first, headline).await;
}
