//! The harness itself: on a busy machine, a test acts before the loader has run, and must wait for
//! it.

use std::time::Duration;

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases};
use tokio::join;
use tokio::time::sleep;

use crate::prerendered::{make_page, make_snippet};

cases![
    script_waits_for_a_late_loader,
    click_waits_for_a_late_loader,
    screenshot_waits_for_a_late_loader,
];

async fn script_waits_for_a_late_loader(context: &TestContext) {
    let page = open_without_loader(context).await;
    let widget = page.widget();
    join!(
        include_loader_late(context, &page),
        widget.run("host.openAll()")
    );
    widget.expect_panels([true, true, true, true]).await;
}

async fn click_waits_for_a_late_loader(context: &TestContext) {
    let page = open_without_loader(context).await;
    let widget = page.widget();
    join!(
        include_loader_late(context, &page),
        widget.click("[part=open-all]")
    );
    widget.expect_panels([true, true, true, true]).await;
}

async fn screenshot_waits_for_a_late_loader(context: &TestContext) {
    let page = open_without_loader(context).await;
    let widget = page.widget();
    let capture = async {
        widget.capture("h2").await;
        page.run(IS_UPGRADED).await
    };
    let ((), upgraded) = join!(include_loader_late(context, &page), capture);
    assert_eq!(upgraded, true, "the element is upgraded");
}

const IS_UPGRADED: &str = "return document.querySelector('digest-widget').matches(':defined')";

/// Opens a page with a pre-rendered digest, which has panels and buttons but no methods.
async fn open_without_loader(context: &TestContext) -> Page {
    let snippet = make_snippet(context);
    let (before, rest) = snippet.split_once("<script").expect("it has the loader");
    let (_, after) = rest.split_once("</script>").expect("the loader ends");
    let page = make_page("", &format!("{before}{after}"));
    context
        .embedder
        .respond("/without-loader.html", StubResponse::html(&page));
    let page = context
        .visit_with(BrowserSettings::default(), "without-loader.html")
        .await;
    assert_eq!(
        page.run(IS_UPGRADED).await,
        false,
        "the element is upgraded"
    );
    page
}

async fn include_loader_late(context: &TestContext, page: &Page) {
    sleep(Duration::from_millis(500)).await;
    context.include_loader(page).await;
}
