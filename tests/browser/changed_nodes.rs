//! Nodes that a reader's tools or a content management system have changed: a new issue is shown as
//! a whole, and nothing stops.

use checks::{Page, StubResponse, TestContext, WidgetHandle, cases};
use serde_json::json;

use crate::console::RECORD_ERRORS;
use crate::lifecycle::PAGE_WINDOW;
use crate::prerendered::{make_page, make_snippet, wait_for_swap};

cases![
    issue_after_a_translation_is_whole,
    reload_after_a_translation_is_whole,
    other_src_after_a_translation_is_whole,
    option_after_a_translation_applies,
    translated_button_changes_its_label,
    other_marks_after_a_translation_draw,
    removed_nodes_do_not_stop_other_digests,
    snippet_changed_by_a_cms_becomes_the_live_issue,
    snippet_cut_in_the_middle_becomes_the_live_issue,
    written_snippet_becomes_the_live_issue,
    panel_without_a_detail_does_not_stop_the_element,
];

/// Names of changes to a text node, and their scripts. Google's translator wraps each text; others
/// replace it, or add the translation.
const TRANSLATIONS: [(&str, &str); 4] = [
    (
        "wrapped",
        "const font = document.createElement('font');
         text.replaceWith(font);
         font.append(`<${text.data}>`)",
    ),
    ("replaced", "text.replaceWith(`<${text.data}>`)"),
    (
        "followed",
        "const span = document.createElement('span');
         span.textContent = ` <${text.data}>`;
         text.after(span)",
    ),
    ("rewritten", "text.data = `<${text.data}>`"),
];

async fn translate(widget: &WidgetHandle, action: &str) {
    let translate = format!(
        "const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
         const texts = [];
         while (walker.nextNode()) texts.push(walker.currentNode);
         for (const text of texts) {{ {action} }}
         return root.textContent.includes('<')"
    );
    assert_eq!(widget.run(&translate).await, true, "it is translated");
}

/// Checks that the digest shows the issue that is wanted and nothing of the one before.
async fn expect_whole(widget: &WidgetHandle, title: &str) {
    widget.expect_text("[part=title]", title).await;
    let rest = "return [root.textContent.includes('<'), all('font').length]";
    widget
        .expect(
            "texts that are left of the translation",
            rest,
            json!([false, 0]),
        )
        .await;
}

async fn check_translated(context: &TestContext, change: &str, title: &str) {
    let page = context.visit("article.html").await;
    for (name, action) in TRANSLATIONS {
        page.run(
            "const old = document.querySelector('digest-widget');
             const next = document.createElement('digest-widget');
             next.src = window.first ??= old.src;
             next.append('The digest');
             old.replaceWith(next)",
        )
        .await;
        let widget = page.widget();
        widget.wait_until_drawn().await;
        widget.click("summary").await;
        widget.expect_panels([true, false, false, false]).await;
        translate(&widget, action).await;
        println!("{name}");
        widget.run(change).await;
        expect_whole(&widget, title).await;
    }
}

async fn issue_after_a_translation_is_whole(context: &TestContext) {
    let change = "host.issue = { format: 1, id: 'own', title: 'Made by the page', volume: '1',
        date: '2022-03-11', lang: 'en', headlines: [{ id: 'a', text: 'A', detail: [['B']] }] }";
    check_translated(context, change, "Made by the page").await;
}

async fn reload_after_a_translation_is_whole(context: &TestContext) {
    check_translated(context, "host.reload()", "US-Japan Alliance Digest").await;
}

async fn other_src_after_a_translation_is_whole(context: &TestContext) {
    let change = format!("host.src = '{}/issues/sources.json'", context.cdn.address());
    check_translated(context, &change, "Coast Watch").await;
}

async fn option_after_a_translation_applies(context: &TestContext) {
    let change = "host.headingLevel = 4";
    check_translated(context, change, "US-Japan Alliance Digest").await;
}

async fn translated_button_changes_its_label(context: &TestContext) {
    let widget = context.visit("article.html").await.widget();
    widget.wait_until_drawn().await;
    translate(&widget, TRANSLATIONS[0].1).await;
    widget.expect_text("[part=open-all]", "<Open all>").await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.expect_text("[part=open-all]", "<Close all>").await;
    widget.expect_text("summary", "<Hide>").await;
}

/// Bold text that becomes emphasised in the next issue.
async fn other_marks_after_a_translation_draw(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    for (name, action) in TRANSLATIONS {
        for mark in ["strong", "em", "code"] {
            let show = format!(
                "host.issue = {{ format: 1, id: 'own', title: '{mark}', volume: '1',
                     date: '2022-03-11', lang: 'en',
                     headlines: [{{ id: 'a', text: '{name}', detail: [[{{ text: 'b', {mark}: true }}, 'c']] }}] }}"
            );
            widget.run(&show).await;
            expect_whole(&widget, mark).await;
            let marked = format!("return one('[part=detail] {mark}').textContent");
            widget.expect("the marked text", &marked, "b").await;
            translate(&widget, action).await;
        }
    }
}

async fn removed_nodes_do_not_stop_other_digests(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.run("host.after(host.cloneNode(true))").await;
    page.nth_widget(1).wait_until_drawn().await;
    for removed in [
        "one('[part=headlines]').replaceChildren()",
        "one('.root').replaceChildren('Blocked')",
        "all('*').reverse().forEach(node => node.remove())",
    ] {
        widget.run(removed).await;
        widget
            .run("host.headingLevel = host.headingLevel % 5 + 1")
            .await;
        widget
            .expect_text("[part=title]", "US-Japan Alliance Digest")
            .await;
        expect_works(&page.nth_widget(1)).await;
    }
}

async fn expect_works(widget: &WidgetHandle) {
    widget.run("host.closeAll()").await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
}

/// Content management systems add, replace and remove elements and attributes.
async fn snippet_changed_by_a_cms_becomes_the_live_issue(context: &TestContext) {
    let snippet = make_snippet(context);
    let page = context
        .open_browser(checks::BrowserSettings::default())
        .await;
    for (name, changed) in [
        ("paragraphs", snippet.replace("<li ", "<p></p><br><li ")),
        ("no ids", remove_attributes(&snippet, "id")),
        ("no parts", remove_attributes(&snippet, "part")),
        ("no classes", remove_attributes(&snippet, "class")),
        (
            "no panels",
            snippet
                .replace("<details part=\"panel\">", "<div>")
                .replace("</details>", "</div>"),
        ),
        (
            "no switches",
            snippet
                .replace("<summary", "<b")
                .replace("</summary>", "</b>"),
        ),
        (
            "no list",
            snippet
                .replace("<ul part=\"headlines\">", "")
                .replace("</ul>", ""),
        ),
        (
            "no template",
            snippet
                .replace("<template shadowrootmode=\"open\">", "")
                .replace("</template>", ""),
        ),
        (
            "no style",
            snippet
                .replace("<style>", "<p hidden>")
                .replace("</style>", "</p>"),
        ),
    ] {
        println!("{name}");
        expect_live_issue(context, &page, &changed).await;
    }
}

fn remove_attributes(snippet: &str, name: &str) -> String {
    let attribute = format!(" {name}=\"");
    let mut parts = snippet.split(&attribute);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('"').map_or("", |(_, rest)| rest)
    })
}

async fn snippet_cut_in_the_middle_becomes_the_live_issue(context: &TestContext) {
    let snippet = make_snippet(context);
    let page = context
        .open_browser(checks::BrowserSettings::default())
        .await;
    for marker in [
        "part=\"headlines\">",
        "part=\"headline-link\"",
        "<details part=\"panel\">",
        "part=\"detail\"",
        "</article>",
    ] {
        println!("{marker}");
        let at = snippet.find(marker).expect("the snippet has it") + marker.len();
        let cut = format!("{}</div></template></digest-widget>", &snippet[..at]);
        expect_live_issue(context, &page, &cut).await;
    }
}

async fn written_snippet_becomes_the_live_issue(context: &TestContext) {
    let snippet = json!(make_snippet(context))
        .to_string()
        .replace("</", "<\\/");
    let page = context
        .open_browser(checks::BrowserSettings::default())
        .await;
    let write = format!("<script>document.write({snippet})</script>");
    expect_live_issue(context, &page, &write).await;
}

async fn panel_without_a_detail_does_not_stop_the_element(context: &TestContext) {
    let page = context
        .open_browser(checks::BrowserSettings::default())
        .await;
    let snippet = make_snippet(context);
    let (start, _) = snippet
        .split_once("<article ")
        .expect("the snippet has an issue");
    let cut = format!(
        "{start}<article part=issue><details part=panel open></details><details part=panel></details></article></div></template></digest-widget>"
    );
    expect_live_issue(context, &page, &cut).await;
}

/// Opens a page with a changed snippet, and expects the whole issue and no error.
async fn expect_live_issue(context: &TestContext, page: &Page, snippet: &str) {
    let head = format!(
        "<script>{RECORD_ERRORS}
         addEventListener('digest-load', () => window.loaded = true)</script>"
    );
    context.embedder.respond(
        "/changed.html",
        StubResponse::html(&make_page(&head, snippet)),
    );
    page.open(&format!("{}/changed.html", context.embedder.address()))
        .await;
    page.expect(
        "the issue is loaded",
        &format!("{PAGE_WINDOW} return page.loaded === true"),
        true,
    )
    .await;
    let widget = page.widget();
    wait_for_swap(&widget).await;
    widget
        .expect_text("[part=title]", "US-Japan Alliance Digest")
        .await;
    expect_works(&widget).await;
    page.expect(
        "errors in the page",
        &format!("{PAGE_WINDOW} return [...page.errors]"),
        json!([]),
    )
    .await;
}
