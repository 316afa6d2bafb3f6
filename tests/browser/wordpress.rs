//! A real WordPress, whose editors and authors may not post raw HTML.
//!
//! Its address is the same for all cases, so each has a fresh browser, which is not logged in.

use std::fs;
use std::sync::{Arc, Mutex};

use checks::{BrowserSettings, Page, TestContext, WidgetHandle, WordPress, cases, root, seed};
use fantoccini::Locator;
use serde_json::json;

use crate::issue_page;
use crate::prerendered::wait_for_swap;

cases![
    cms_safe_snippet_works_in_the_block_editor,
    cms_safe_snippet_works_in_the_classic_editor,
    plain_panel_in_a_post_opens_with_scripts_off,
    pasted_issue_address_becomes_a_frame,
    typed_issue_address_becomes_a_frame,
    pasted_issue_address_is_a_link_with_scripts_off,
];

/// The ordinary snippet. WordPress removes it from the posts of users who may not post raw HTML.
const ORDINARY: &str = "<script type=\"module\" src=\"https://cdn.example/digest.js\"></script>\
    <digest-widget src=\"https://cdn.example/issue.json\"></digest-widget>\n";

const TITLE: &str = "This week in the alliance";

/// One WordPress for all cases. The first that needs it starts it.
static SITE: Mutex<Option<Result<Arc<WordPress>, String>>> = Mutex::new(None);

/// Ends the WordPress after the last case.
pub(crate) fn close() {
    SITE.lock().unwrap().take();
}

fn start_wordpress() -> Arc<WordPress> {
    let mut site = SITE.lock().unwrap();
    let started = site
        .get_or_insert_with(|| WordPress::start().map(Arc::new))
        .clone();
    drop(site);
    started.unwrap_or_else(|error| panic!("no WordPress: {error}"))
}

async fn cms_safe_snippet_works_in_the_block_editor(context: &TestContext) {
    let site = start_wordpress();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    log_in(&page, &site, "editor").await;
    let post = publish_block(
        &page,
        CUSTOM_HTML,
        &(ORDINARY.to_owned() + &make_snippet(context)),
    )
    .await;
    read_post(context, &page, &site, &post).await;
    page.save_screenshot("wordpress").await;
    page.widget().click("[part=open-all]").await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget().wait_for_animations().await;
    page.save_screenshot("wordpress-open").await;
}

async fn cms_safe_snippet_works_in_the_classic_editor(context: &TestContext) {
    let site = start_wordpress();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    log_in(&page, &site, "author").await;
    let post = publish_by_form(&page, &(ORDINARY.to_owned() + &make_snippet(context))).await;
    read_post(context, &page, &site, &post).await;
}

async fn plain_panel_in_a_post_opens_with_scripts_off(context: &TestContext) {
    let site = start_wordpress();
    let page = context
        .open_browser(BrowserSettings::fresh().without_scripts())
        .await;
    log_in(&page, &site, "author").await;
    let post = publish_by_form(&page, &make_snippet(context)).await;
    open_post(context, &page, &site, &post).await;
    open_the_closed_panel(&page).await;
    let text = page
        .visible_text("[data-digest-src] details:last-of-type")
        .await;
    assert!(
        text.contains("regional trade practices"),
        "the panel reads: {text}"
    );
    assert_eq!(
        context.cdn.requests(),
        Vec::<String>::new(),
        "requests to the CDN"
    );
}

async fn pasted_issue_address_becomes_a_frame(context: &TestContext) {
    let site = start_wordpress();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    log_in(&page, &site, "editor").await;
    let post = publish_block(&page, PASTED, &serve_linked_issue(context)).await;
    read_in_frame(context, &page, &site, &post).await;
    page.save_screenshot("wordpress-embed").await;
    open_source(context, &page).await;
}

async fn typed_issue_address_becomes_a_frame(context: &TestContext) {
    let site = start_wordpress();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    log_in(&page, &site, "author").await;
    let post = publish_by_form(&page, &serve_linked_issue(context)).await;
    read_in_frame(context, &page, &site, &post).await;
    open_source(context, &page).await;
}

async fn pasted_issue_address_is_a_link_with_scripts_off(context: &TestContext) {
    let site = start_wordpress();
    let page = context
        .open_browser(BrowserSettings::fresh().without_scripts())
        .await;
    log_in(&page, &site, "author").await;
    let address = serve_linked_issue(context);
    let post = publish_by_form(&page, &address).await;
    open_post(context, &page, &site, &post).await;
    let link = page.wait_for(".wp-embedded-content a").await;
    let href = link.attr("href").await.expect("a link has attributes");
    assert_eq!(href, Some(address));
    assert!(link.is_displayed().await.expect("it is in the page"));
}

/// The seed with one source, a page of the embedder's. Returns the address of the issue's page.
fn serve_linked_issue(context: &TestContext) -> String {
    let mut issue = seed();
    let source = source_address(context);
    issue["headlines"][0]["detail"] = json!([[{ "text": "Here", "href": source }]]);
    issue_page::serve_page(context, &issue_page::parse_issue(&issue))
}

/// An issue links to no IP numbers.
fn source_address(context: &TestContext) -> String {
    let embedder = context.embedder.address().replace("127.0.0.1", "localhost");
    format!("{embedder}/plain.html")
}

/// The CMS-safe snippet with the address of the case's CDN.
fn make_snippet(context: &TestContext) -> String {
    let file = root().join("tests/pages/site-snippet.html");
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.replace("{cdn}", context.cdn.address())
}

/// The content of the snippet's outer element, without spaces between elements.
fn content_of_snippet(snippet: &str) -> String {
    let lines: String = snippet.lines().map(str::trim).collect();
    let (_, inside) = lines.split_once('>').expect("it starts with a tag");
    inside
        .strip_suffix("</section>")
        .expect("it ends with the tag's end")
        .into()
}

/// Logs in and opens a new post.
async fn log_in(page: &Page, site: &WordPress, user: &str) {
    let address = site.address();
    page.open(&format!(
        "{address}/wp-login.php?redirect_to={address}/wp-admin/post-new.php"
    ))
    .await;
    fill(page, "#user_login", user).await;
    fill(page, "#user_pass", user).await;
    page.click("#wp-submit").await;
}

/// The blocks that the block editor makes of `content`: as Custom HTML, and as pasted text.
const CUSTOM_HTML: &str = "wp.blocks.createBlock('core/html', { content })";
const PASTED: &str = "wp.blocks.pasteHandler({ HTML: '', plainText: content, mode: 'BLOCKS' })";

/// Publishes a block with the functions behind the block editor's buttons. Returns the post's
/// number.
async fn publish_block(page: &Page, block: &str, content: &str) -> String {
    let ready = "return window.wp?.data?.select('core/editor')?.__unstableIsEditorReady() ?? false";
    page.expect("the block editor is ready", ready, true).await;
    let publish = format!(
        "const [title, content, done] = arguments;
        wp.data.dispatch('core/block-editor').insertBlocks({block});
        const {{ editPost, savePost }} = wp.data.dispatch('core/editor');
        editPost({{ title, status: 'publish' }});
        savePost().then(() => done(wp.data.select('core/editor').getCurrentPost()))"
    );
    let post = page
        .client()
        .execute_async(&publish, vec![json!(TITLE), json!(content)])
        .await;
    let post = post.unwrap_or_else(|error| panic!("the post was not published: {error}"));
    assert_eq!(post["status"], "publish", "the state of {post}");
    post["id"].to_string()
}

/// Publishes a post in the classic editor. Returns the post's number.
async fn publish_by_form(page: &Page, html: &str) -> String {
    fill(page, "#title", TITLE).await;
    fill(page, "#content", html).await;
    page.click("#publish").await;
    page.wait_for("#message").await;
    let address = page
        .client()
        .current_url()
        .await
        .expect("the editor has an address");
    let number = address.query_pairs().find(|(name, _)| name == "post");
    number
        .unwrap_or_else(|| panic!("{address} names no post"))
        .1
        .into_owned()
}

/// Opens the post as a reader, logged out.
async fn open_post(context: &TestContext, page: &Page, site: &WordPress, post: &str) {
    page.client()
        .delete_all_cookies()
        .await
        .expect("cookies can be deleted");
    page.open(&format!(
        "{}/?p={post}&cdn={}",
        site.address(),
        context.cdn.address()
    ))
    .await;
}

/// Opens the post and checks the digest, and the HTML that WordPress's filters let through.
async fn read_post(context: &TestContext, page: &Page, site: &WordPress, post: &str) {
    open_post(context, page, site, post).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.expect_children_visible(false).await;
    // WordPress changes the spaces between elements, and adds `rel` to links that open a window.
    let children = "return host.getRootNode().host.innerHTML.replaceAll(/>\\s+</g,
        '><').replaceAll(/ rel=\"[^\"]*\"/g, '').trim()";
    widget
        .expect(
            "the content of the block, as it was posted",
            children,
            content_of_snippet(&make_snippet(context)),
        )
        .await;
    widget.expect_text("h3", "US-Japan Alliance Digest").await;
    let options = "return ['heading-level', 'link-target'].map(name => host.getAttribute(name))";
    widget
        .expect(
            "the options that were handed over",
            options,
            json!(["3", "_blank"]),
        )
        .await;
    let ordinary =
        "const scripts = [...document.scripts].filter(script => script.src.includes('cdn.example'));
        return [scripts.length, document.querySelectorAll('[data-digest-src]').length]";
    page.expect(
        "scripts that were posted, and blocks",
        ordinary,
        json!([0, 1]),
    )
    .await;
}

/// Opens the post and checks the digest in the frame that WordPress made of an issue's address.
async fn read_in_frame(context: &TestContext, page: &Page, site: &WordPress, post: &str) {
    open_post(context, page, site, post).await;
    let frames = "return [...document.querySelectorAll('iframe')].map(frame => [frame.title,
        frame.sandbox.value])";
    page.expect(
        "the frames of the post",
        frames,
        json!([["US-Japan Alliance Digest Vol 1.5", "allow-scripts"]]),
    )
    .await;
    page.enter_frame(0).await;
    let widget = page.widget();
    wait_for_swap(&widget).await;
    expect_fit(&widget).await;
    widget.click("[part=headline] a").await;
    widget.expect_panels([true, false, false, false]).await;
    expect_fit(&widget).await;
    page.leave_frame().await;
    let quoted = "return document.querySelector('blockquote').checkVisibility()";
    page.expect("the link to the issue is visible", quoted, false)
        .await;
}

/// Waits until WordPress has given the frame the height of its digest.
async fn expect_fit(widget: &WidgetHandle) {
    widget.wait_for_animations().await;
    let room = "return innerHeight
        - Math.ceil(document.documentElement.getBoundingClientRect().height)";
    widget.expect("the free height in the frame", room, 0).await;
}

/// Follows a link in the frame. The sandbox of the frame opens no windows.
async fn open_source(context: &TestContext, page: &Page) {
    page.enter_frame(0).await;
    page.widget().click("[part=link]").await;
    page.leave_frame().await;
    page.expect(
        "the page that opens",
        "return location.href",
        source_address(context),
    )
    .await;
}

async fn fill(page: &Page, selector: &str, text: &str) {
    let field = page.wait_for(selector).await;
    field
        .send_keys(text)
        .await
        .unwrap_or_else(|error| panic!("{selector} was not filled: {error}"));
}

/// Clicks until no panel is closed. A click misses while the theme's fonts arrive and move the
/// page, and without scripts a test cannot wait for them.
async fn open_the_closed_panel(page: &Page) {
    for _ in 0..10 {
        page.click("details:not([open]) summary").await;
        if page
            .client()
            .find(Locator::Css("details:not([open])"))
            .await
            .is_err()
        {
            return;
        }
    }
}
