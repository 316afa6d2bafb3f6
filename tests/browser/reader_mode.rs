//! Reader modes on an embedder's page. They read the document as it stands, without shadow roots.

use std::fs;

use checks::{BrowserSettings, Page, StubResponse, TestContext, cases, tool};

use crate::prerendered::{make_page, make_snippet, render_seed_file, wait_for_swap};

cases![
    cms_post_is_kept_after_the_digest_is_drawn,
    snippet_is_only_its_link,
    children_of_the_element_are_kept,
];

/// The first headline of the seed, and words of the last detail.
const FIRST: &str = "Japan mostly in step with US, Europe on Russia sanctions";
const LAST: &str = "Kyogamisaki Communication Site";

async fn cms_post_is_kept_after_the_digest_is_drawn(context: &TestContext) {
    let script = script_tag(context, "digest-site.js");
    let page = visit(context, &(script + &render_seed_file(context, "cms.html"))).await;
    page.widget().wait_until_drawn().await;
    let text = read_as_reader_mode(&page).await;
    assert!(text.contains(FIRST) && text.contains(LAST), "found: {text}");
}

async fn snippet_is_only_its_link(context: &TestContext) {
    let page = visit(context, &make_snippet(context)).await;
    wait_for_swap(&page.widget()).await;
    let text = read_as_reader_mode(&page).await;
    assert!(
        text.contains("US-Japan Alliance Digest Vol 1.5"),
        "found: {text}"
    );
    assert!(
        !text.contains(FIRST) && !text.contains(LAST),
        "found: {text}"
    );
}

async fn children_of_the_element_are_kept(context: &TestContext) {
    let post = render_seed_file(context, "cms.html");
    let (_, post) = post.split_once('>').expect("the post is an element");
    let (post, _) = post.rsplit_once("</").expect("the post is an element");
    let src = format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        context.cdn.address()
    );
    let script = script_tag(context, "digest.js");
    let snippet = format!("{script}<digest-widget src=\"{src}\">{post}</digest-widget>");
    let page = visit(context, &snippet).await;
    page.widget().wait_until_drawn().await;
    let text = read_as_reader_mode(&page).await;
    assert!(text.contains(FIRST) && text.contains(LAST), "found: {text}");
}

fn script_tag(context: &TestContext, name: &str) -> String {
    format!(
        "<script type=\"module\" src=\"{}/{name}\"></script>",
        context.cdn.address()
    )
}

async fn visit(context: &TestContext, snippet: &str) -> Page {
    let text = "<p>Our correspondents follow talks between the ministries, the bases, and the budgets \
                of both countries; what they read this week is listed below.</p>";
    let page = make_page(
        "",
        &format!("<article>{text}{text}{snippet}{text}</article>"),
    );
    context
        .embedder
        .respond("/reader-mode.html", StubResponse::html(&page));
    context
        .visit_with(BrowserSettings::default(), "reader-mode.html")
        .await
}

/// The text that Mozilla Readability finds in the page.
async fn read_as_reader_mode(page: &Page) -> String {
    let file = tool("DIGEST_READABILITY").with_file_name("Readability.js");
    let readability =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let read = "return new Readability(document.cloneNode(true)).parse().textContent";
    let text = page.run(&format!("{readability}\n{read}")).await;
    text.as_str()
        .map_or_else(|| panic!("expected a text, found {text}"), str::to_owned)
}
