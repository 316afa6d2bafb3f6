//! Copies that readers keep of a page: SingleFile's, and MHTML. They need neither scripts nor the CDN.

use std::fs;

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases, tool};
use serde_json::{Value, json};

use crate::issue_page::serve_issue_page;
use crate::prerendered::{make_page, make_snippet};

cases![
    single_file_keeps_a_digest,
    single_file_keeps_a_prerendered_digest,
    single_file_keeps_an_issue_page,
    mhtml_keeps_the_text_and_panels_of_a_digest,
    mhtml_keeps_the_text_and_panels_of_a_prerendered_digest,
    mhtml_keeps_an_issue_page,
];

async fn single_file_keeps_a_digest(context: &TestContext) {
    let page = open_digest(context).await;
    check_single_file(context, &page).await;
}

async fn single_file_keeps_a_prerendered_digest(context: &TestContext) {
    let page = open_prerendered(context).await;
    check_single_file(context, &page).await;
}

async fn single_file_keeps_an_issue_page(context: &TestContext) {
    let page = open_issue_page(context).await;
    check_single_file(context, &page).await;
}

/// Chromium writes no styles of shadow roots into MHTML.
async fn mhtml_keeps_the_text_and_panels_of_a_digest(context: &TestContext) {
    let page = open_digest(context).await;
    let before = read_content(&page).await;
    open_mhtml_copy(context, &page).await;
    assert_eq!(read_content(&page).await, before);
}

async fn mhtml_keeps_the_text_and_panels_of_a_prerendered_digest(context: &TestContext) {
    let page = open_prerendered(context).await;
    let before = read_content(&page).await;
    open_mhtml_copy(context, &page).await;
    assert_eq!(read_content(&page).await, before);
}

async fn mhtml_keeps_an_issue_page(context: &TestContext) {
    let page = open_issue_page(context).await;
    let before = [read_content(&page).await, read_styles(&page).await];
    open_mhtml_copy(context, &page).await;
    assert_eq!(
        [read_content(&page).await, read_styles(&page).await],
        before
    );
}

async fn open_digest(context: &TestContext) -> Page {
    let page = context
        .visit_with(BrowserSettings::fresh(), "article.html")
        .await;
    page.widget().wait_until_drawn().await;
    open_panel(&page).await;
    page
}

/// Opens the snippet where the engine is missing, so the pre-rendered digest stays.
async fn open_prerendered(context: &TestContext) -> Page {
    context
        .cdn
        .respond(&checks::wasm(), StubResponse::status(404));
    let page = StubResponse::html(&make_page("", &make_snippet(context)));
    context.embedder.respond("/prerendered.html", page);
    let page = context
        .visit_with(BrowserSettings::fresh(), "prerendered.html")
        .await;
    context.cdn.wait_for_request(&checks::wasm()).await;
    open_panel(&page).await;
    page
}

async fn open_issue_page(context: &TestContext) -> Page {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&serve_issue_page(context)).await;
    open_panel(&page).await;
    page
}

async fn open_panel(page: &Page) {
    page.run(&format!(
        "{FIND_ROOT} root.querySelectorAll('details')[1].open = true"
    ))
    .await;
    page.wait_for_paint().await;
}

async fn check_single_file(context: &TestContext, page: &Page) {
    let before = [read_content(page).await, read_styles(page).await];
    let copy = save_single_file(context, page).await;
    let copy = StubResponse::html(&copy);
    context.embedder.respond("/copy.html", copy);
    open_copy(
        context,
        page,
        &format!("{}/copy.html", context.embedder.address()),
    )
    .await;
    assert_eq!([read_content(page).await, read_styles(page).await], before);
}

/// Opens a copy, which requests nothing from the CDN.
async fn open_copy(context: &TestContext, page: &Page, address: &str) {
    let requests = context.cdn.requests().len();
    page.open(address).await;
    assert_eq!(
        context.cdn.requests()[requests..],
        [""; 0],
        "requests to the CDN"
    );
}

/// Saves the page as SingleFile's command-line program does by default.
async fn save_single_file(context: &TestContext, page: &Page) -> String {
    let bundle = fs::read(tool("DIGEST_SINGLE_FILE")).expect("the bundle can be read");
    let bundle = StubResponse::bytes(bundle).content_type("text/javascript; charset=utf-8");
    context.cdn.respond("/single-file.js", bundle);
    let save = format!(
        "const done = arguments[arguments.length - 1];
         (async () => {{
             const {{ script }} = await import('{}/single-file.js');
             (0, eval)(script);
             const {{ content }} = await singlefile.getPageData({SINGLE_FILE_OPTIONS});
             return content;
         }})().then(done, (error) => done({{ error: String(error) }}))",
        context.cdn.address()
    );
    let copy = page.client().execute_async(&save, vec![]).await;
    let copy = copy.unwrap_or_else(|error| panic!("SingleFile did not run: {error}"));
    copy.as_str()
        .map_or_else(|| panic!("expected a page, found {copy}"), str::to_owned)
}

const SINGLE_FILE_OPTIONS: &str = "{
    blockScripts: true, compressHTML: true, groupDuplicateImages: true, removeAlternativeFonts: true,
    removeAlternativeImages: true, removeAlternativeMedias: true, removeHiddenElements: true,
    removeUnusedFonts: true, removeUnusedStyles: true }";

async fn open_mhtml_copy(context: &TestContext, page: &Page) {
    let format = json!({ "format": "mhtml" });
    let copy = page.run_in_devtools("Page.captureSnapshot", format).await;
    let folder = tempfile::tempdir().expect("a folder for the copy");
    let file = folder.path().join("copy.mhtml");
    let copy = copy["data"].as_str().expect("the copy is a text");
    fs::write(&file, copy).expect("the copy can be written");
    open_copy(context, page, &format!("file://{}", file.display())).await;
}

/// The shadow root of the digest in an embedder's page, or the publisher's page itself.
const FIND_ROOT: &str =
    "const root = document.querySelector('digest-widget')?.shadowRoot ?? document;";

/// The texts of an issue, without those of the controls, and the open panels.
async fn read_content(page: &Page) -> Value {
    let read = "return {
        texts: ['title', 'meta', 'credit', 'headline', 'detail'].map((part) =>
            [...root.querySelectorAll(`[part=${part}]`)].map(({ textContent }) => textContent.replace(/\\s+/g, ' '))),
        open: [...root.querySelectorAll('details')].map((panel) => panel.open),
    }";
    let content = page.run(&format!("{FIND_ROOT} {read}")).await;
    assert_eq!(
        content["open"],
        json!([false, true, false, false]),
        "open panels"
    );
    content
}

/// Some styles of a digest.
async fn read_styles(page: &Page) -> Value {
    let read = "const style = (part, name) =>
            getComputedStyle(root.querySelector(`[part=${part}]`))[name];
        return [style('issue', 'borderTopWidth'), style('title', 'fontSize'),
            style('headlines', 'listStyleType'), style('meta', 'display')]";
    let styles = page.run(&format!("{FIND_ROOT} {read}")).await;
    assert_eq!(styles[0], "3px", "the line above the digest");
    styles
}
