//! Servers, CDNs and plugins that rewrite an embedder's HTML or hold back its scripts.

use std::process::Command;

use checks::{Page, StubResponse, TestContext, WidgetHandle, cases, run_with_input, seed, tool};
use digest_press::Issue;
use serde_json::{Value, json};

use crate::prerendered::{
    make_page, make_snippet, render_issue_file, render_seed_file, wait_for_swap,
};

cases![
    minified_snippet_shows_the_digest_before_and_after_the_swap,
    minified_cms_post_shows_the_digest,
    snippet_in_a_paragraph_shows_the_digest_before_and_after_the_swap,
    cms_post_in_a_paragraph_shows_the_digest,
    hidden_mail_addresses_appear_with_the_swap,
    hidden_mail_addresses_appear_in_a_cms_post,
    rocket_loader_shows_the_digest_after_the_page,
    rocket_loader_leaves_a_marked_script_alone,
    delayed_scripts_show_the_digest_after_the_first_key,
    delayed_scripts_leave_a_marked_script_alone,
];

async fn minified_snippet_shows_the_digest_before_and_after_the_swap(context: &TestContext) {
    let page = make_page("", &make_snippet(context));
    check_snippet(context, &page, &minify(&page)).await;
}

async fn minified_cms_post_shows_the_digest(context: &TestContext) {
    let page = make_page(
        &site_script(context),
        &render_seed_file(context, "cms.html"),
    );
    check_cms_post(context, &page, &minify(&page)).await;
}

async fn snippet_in_a_paragraph_shows_the_digest_before_and_after_the_swap(context: &TestContext) {
    let snippet = make_snippet(context);
    let page = make_page("", &wrap_in_paragraphs(&snippet));
    check_snippet(context, &make_page("", &snippet), &page).await;
}

async fn cms_post_in_a_paragraph_shows_the_digest(context: &TestContext) {
    let (script, post) = (site_script(context), render_seed_file(context, "cms.html"));
    let page = make_page(&script, &wrap_in_paragraphs(&post));
    check_cms_post(context, &make_page(&script, &post), &page).await;
}

/// A pre-rendered digest has the same text and headings in a page as in its rewritten form, before
/// the swap and after it.
async fn check_snippet(context: &TestContext, original: &str, rewritten: &str) {
    let held = context.cdn.hold(&checks::wasm());
    let page = visit(context, original).await;
    let expected = page.widget().run(DRAWN).await;
    open(context, &page, rewritten).await;
    page.widget()
        .expect("the pre-rendered digest", DRAWN, expected)
        .await;
    held.release();
    expect_working_digest(&page.widget()).await;
}

/// The text of a digest without white space, and some of its styles.
const DRAWN: &str = "const style = (part, name) => getComputedStyle(one(`[part=${part}]`))[name];
    return [
        one('[part=issue]').textContent.replace(/\\s+/g, ''),
        style('issue', 'borderTopWidth'),
        style('headlines', 'listStyleType'),
        style('title', 'fontWeight'),
    ]";

/// A post reads the same in a page and in its rewritten form, and the digest takes its place.
async fn check_cms_post(context: &TestContext, original: &str, rewritten: &str) {
    let held = context.cdn.hold(&checks::wasm());
    let page = visit(context, original).await;
    page.widget().wait_until_upgraded().await;
    let expected = page.run(CHILDREN).await;
    open(context, &page, rewritten).await;
    page.expect("the post", CHILDREN, expected).await;
    held.release();
    expect_working_digest(&page.widget()).await;
}

const CHILDREN: &str =
    "return document.querySelector('[data-digest-src]').textContent.replace(/\\s+/g, '')";

/// Expects the engine's drawing, which takes the place of a pre-rendered one, and that it works.
async fn expect_working_digest(widget: &WidgetHandle) {
    wait_for_swap(widget).await;
    widget
        .expect_text("[part=title]", "US-Japan Alliance Digest")
        .await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
}

/// Minifies a page as far as html-minifier-terser can, which many site generators use.
fn minify(page: &str) -> String {
    let mut node = Command::new("node");
    node.arg(tool("DIGEST_HTML_MINIFIER")).args([
        "--collapse-boolean-attributes",
        "--collapse-inline-tag-whitespace",
        "--collapse-whitespace",
        "--decode-entities",
        "--minify-css=true",
        "--minify-js=true",
        "--remove-attribute-quotes",
        "--remove-comments",
        "--remove-empty-attributes",
        "--remove-optional-tags",
        "--remove-redundant-attributes",
        "--remove-script-type-attributes",
        "--remove-style-link-type-attributes",
        "--remove-tag-whitespace",
        "--sort-attributes",
        "--sort-class-name",
        "--use-short-doctype",
    ]);
    let minified = String::from_utf8(run_with_input(&mut node, page.as_bytes()));
    let minified = minified.expect("the minifier writes UTF-8");
    assert!(
        minified.len() < page.len() && minified.contains("type=module"),
        "{minified}"
    );
    minified
}

/// Adds the paragraphs and line breaks of editors that take every line for text.
fn wrap_in_paragraphs(snippet: &str) -> String {
    format!("<p>{}</p>", snippet.trim_end().replace('\n', "<br />\n"))
}

/// The decoder does not look into shadow roots, so the pre-rendered digest reads “[email protected]”.
async fn hidden_mail_addresses_appear_with_the_swap(context: &TestContext) {
    let held = context.cdn.hold(&checks::wasm());
    let snippet = render_issue_file(context, &serve_issue_with_mail(context), "snippet.html");
    let page = visit(context, &hide_mail_addresses(&make_page("", &snippet))).await;
    let detail = "return one('[part=detail]').textContent.replace(/\\s+/g, ' ')";
    let widget = page.widget();
    widget
        .expect(
            "the pre-rendered detail",
            detail,
            "Write to us: [email protected].",
        )
        .await;
    held.release();
    wait_for_swap(&widget).await;
    widget
        .expect("the detail", detail, "Write to us: press@coast.example.")
        .await;
    widget
        .expect(
            "the links",
            "return all('[part=detail] a').map((a) => a.href)",
            json!([MAIL]),
        )
        .await;
}

async fn hidden_mail_addresses_appear_in_a_cms_post(context: &TestContext) {
    let held = context.cdn.hold(&checks::wasm());
    let post = render_issue_file(context, &serve_issue_with_mail(context), "cms.html");
    let page = visit(
        context,
        &hide_mail_addresses(&make_page(&site_script(context), &post)),
    )
    .await;
    page.widget().wait_until_upgraded().await;
    let post = "const panel = document.querySelector('[data-digest-src] details');
        return [panel.querySelector('p').textContent, panel.querySelector('p a').href]";
    page.expect(
        "the post",
        post,
        json!(["Write to us: press@coast.example.", MAIL]),
    )
    .await;
    held.release();
    page.widget().wait_until_drawn().await;
}

const MAIL: &str = "mailto:press@coast.example";

/// Serves the seed with a mail address in its first detail, and returns it.
fn serve_issue_with_mail(context: &TestContext) -> Issue {
    let mut issue: Value = seed();
    issue["headlines"][0]["detail"] =
        json!([["Write ", { "text": "to us", "href": MAIL }, ": press@coast.example."]]);
    let text = issue.to_string();
    context.cdn.respond("issue.json", StubResponse::json(&text));
    Issue::from_json(text.as_bytes()).expect("the seed is a sound issue")
}

/// Hides mail addresses as Cloudflare does, and adds a decoder.
fn hide_mail_addresses(page: &str) -> String {
    let hidden: String = "press@coast.example"
        .bytes()
        .map(|byte| format!("{:02x}", byte ^ 0x5a))
        .collect();
    let hidden = format!("5a{hidden}");
    let link = format!("/cdn-cgi/l/email-protection#{hidden}");
    let text = format!(
        "<span class=\"__cf_email__\" data-cfemail=\"{hidden}\">[email&#160;protected]</span>"
    );
    let page = page
        .replace(MAIL, &link)
        .replace("press@coast.example", &text);
    page.replace(
        "</html>",
        &format!("<script>{DECODE_MAIL_ADDRESSES}</script></html>"),
    )
}

const DECODE_MAIL_ADDRESSES: &str = "
    const decode = (hex) => String.fromCharCode(...hex.match(/../g).slice(1)
        .map((byte) => parseInt(byte, 16) ^ parseInt(hex.slice(0, 2), 16)));
    const decodeAll = (root) => {
        for (const link of root.querySelectorAll('a[href*=\"/cdn-cgi/l/email-protection#\"]'))
            link.href = 'mailto:' + decode(link.hash.slice(1));
        for (const hidden of root.querySelectorAll('.__cf_email__'))
            hidden.replaceWith(decode(hidden.dataset.cfemail));
        for (const template of root.querySelectorAll('template')) decodeAll(template.content);
    };
    decodeAll(document);";

async fn rocket_loader_shows_the_digest_after_the_page(context: &TestContext) {
    let page = context.visit("plain.html").await;
    for snippet in list_snippets(context) {
        open(context, &page, &hold_back_scripts(&snippet, &ROCKET_LOADER)).await;
        expect_working_digest(&page.widget()).await;
        page.expect("scripts that waited", "return window.released", 1)
            .await;
    }
}

async fn rocket_loader_leaves_a_marked_script_alone(context: &TestContext) {
    check_marked_script(context, &ROCKET_LOADER).await;
}

async fn delayed_scripts_show_the_digest_after_the_first_key(context: &TestContext) {
    let page = context.visit("plain.html").await;
    for snippet in list_snippets(context) {
        open(context, &page, &hold_back_scripts(&snippet, &DELAY)).await;
        let registered = "return customElements.get('digest-widget') !== undefined";
        page.expect("the element is registered", registered, false)
            .await;
        page.press_key('a').await;
        expect_working_digest(&page.widget()).await;
    }
}

async fn delayed_scripts_leave_a_marked_script_alone(context: &TestContext) {
    check_marked_script(context, &DELAY).await;
}

async fn check_marked_script(context: &TestContext, holder: &ScriptHolder) {
    let page = context.visit("plain.html").await;
    for snippet in list_snippets(context) {
        let marked = snippet.replacen("<script ", &format!("<script {} ", holder.attribute), 1);
        open(context, &page, &hold_back_scripts(&marked, holder)).await;
        expect_working_digest(&page.widget()).await;
        page.expect("scripts that waited", "return window.released", 0)
            .await;
    }
}

/// A service or plugin that holds back the scripts of a page.
struct ScriptHolder {
    /// Keeps a script out of it. It counts only before `src`.
    attribute: &'static str,
    /// The start of a tag that is held back, instead of `type="module" src=`.
    held: &'static str,
    /// Runs the scripts later. `window.released` counts them.
    release: &'static str,
}

/// Cloudflare's Rocket Loader: scripts run after the page has loaded, and see a page that loads.
const ROCKET_LOADER: ScriptHolder = ScriptHolder {
    attribute: "data-cfasync=\"false\"",
    held: "type=\"4e1bca60-module\" src=",
    release: "
        let state = 'loading';
        Object.defineProperty(document, 'readyState', { get: () => state });
        const later = [];
        const listen = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (type, ...handlers) {
            const target = this ?? window;
            const waits = (target === document && type === 'DOMContentLoaded') ||
                (target === window && type === 'load');
            if (waits) later.push([target, type, handlers]);
            else listen.call(target, type, ...handlers);
        };
        window.released = 0;
        listen.call(window, 'load', async () => {
            state = 'interactive';
            for (const script of document.querySelectorAll('[type^=\"4e1bca60-\"]')) {
                await release(script, { type: script.type.slice(9), src: script.getAttribute('src') });
            }
            EventTarget.prototype.addEventListener = listen;
            for (const [target, type, handlers] of later) {
                target.addEventListener(type, ...handlers);
                target.dispatchEvent(new Event(type));
            }
            state = 'complete';
        });",
};

/// WP Rocket's “Delay JavaScript execution”: scripts run at the reader's first action.
const DELAY: ScriptHolder = ScriptHolder {
    attribute: "data-nowprocket",
    held: "type=\"rocketlazyloadscript\" data-rocket-type=\"module\" data-rocket-src=",
    release: "
        window.released = 0;
        const start = () => {
            for (const script of document.querySelectorAll('[type=rocketlazyloadscript]')) {
                release(script, { type: script.dataset.rocketType, src: script.dataset.rocketSrc });
            }
        };
        for (const type of ['keydown', 'mousedown', 'mousemove', 'touchstart', 'wheel']) {
            addEventListener(type, start, { once: true });
        }",
};

const RELEASE: &str = "
    const release = (script, attributes) => new Promise((done) => {
        const copy = Object.assign(document.createElement('script'), attributes);
        copy.onload = copy.onerror = done;
        script.replaceWith(copy);
        window.released += 1;
    });";

/// A page with a snippet whose unmarked scripts are held back.
fn hold_back_scripts(snippet: &str, holder: &ScriptHolder) -> String {
    let mut tags = snippet.split("<script ");
    let mut held = tags.next().unwrap_or_default().to_owned();
    for tag in tags {
        let (before_src, _) = tag.split_once(" src=").expect("a script has an address");
        let is_marked = before_src.contains(holder.attribute);
        held += "<script ";
        held += &if is_marked {
            tag.to_owned()
        } else {
            tag.replacen("type=\"module\" src=", holder.held, 1)
        };
    }
    let script = format!("<script>{RELEASE}{}</script>", holder.release);
    make_page(&script, &held)
}

/// The snippets that include a script.
fn list_snippets(context: &TestContext) -> [String; 2] {
    [
        make_snippet(context),
        site_script(context) + &render_seed_file(context, "cms.html"),
    ]
}

fn site_script(context: &TestContext) -> String {
    format!(
        "<script type=\"module\" src=\"{}/digest-site.js\"></script>",
        context.cdn.address()
    )
}

async fn visit(context: &TestContext, html: &str) -> Page {
    context
        .embedder
        .respond("/rewritten.html", StubResponse::html(html).uncached());
    context.visit("rewritten.html").await
}

/// Opens another page in the same window.
async fn open(context: &TestContext, page: &Page, html: &str) {
    context
        .embedder
        .respond("/rewritten.html", StubResponse::html(html).uncached());
    page.open(&format!("{}/rewritten.html", context.embedder.address()))
        .await;
}
