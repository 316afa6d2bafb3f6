//! The configurator: the form, the preview and the snippets, which work when pasted into a page.

use std::fs;

use checks::{
    BrowserSettings, Page, StubResponse, TestContext, cases, dist, run_accessibility_checkers,
    seed, wasm,
};
use digest_press::{Issue, Neighbours, issue_files};
use serde_json::{Value, json};

cases![
    form_has_every_option,
    form_has_every_value_and_default,
    each_value_reaches_the_widget_and_the_snippet,
    each_choice_shows_in_the_preview,
    other_issue_reaches_the_widget_and_the_snippet,
    src_in_the_address_chooses_the_issue,
    foreign_src_in_the_address_is_ignored,
    invalid_src_is_reported,
    missing_issue_is_noted,
    issue_without_cms_text_gets_a_link,
    preview_can_be_narrow_and_dark,
    script_snippet_works,
    script_snippet_links_to_the_page_of_the_issue,
    pinned_snippet_works,
    prerendered_snippet_works,
    frame_snippet_works,
    cms_safe_snippet_works,
    issue_that_looks_like_html_is_escaped,
    copy_button_copies_the_snippet,
    copy_without_clipboard_selects_the_snippet,
    snippet_can_be_copied_by_keyboard,
    configurator_fits_on_the_narrowest_phone,
    preview_and_snippet_are_in_view_on_a_phone,
    nothing_moves_when_the_issue_arrives,
    configurator_passes_accessibility_checkers,
    dark_configurator_passes_accessibility_checkers,
];

async fn form_has_every_option(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let names: Vec<Value> = load_options()
        .iter()
        .map(|option| option["name"].clone())
        .collect();
    let found = "return [...new Set([...document.querySelectorAll('#options [name]')].map(
        field => field.name))]";
    page.expect("the fields of the form", found, names).await;
}

async fn form_has_every_value_and_default(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    for option in load_options() {
        let [name, kind] = [&option["name"], &option["type"]["text"]].map(as_text);
        if kind == "string" {
            continue;
        }
        let default = option["default"]
            .as_str()
            .map(|text| text.trim_matches('\''));
        let mut values: Vec<&str> = kind
            .split('|')
            .map(|value| value.trim().trim_matches('\''))
            .collect();
        if default.is_none() {
            values.insert(0, "");
        }
        let found = format!(
            "const fields = [...document.querySelectorAll('#options [name=\"{name}\"]')];
             return [fields.map(field => field.value),
                 fields.find(field => field.defaultChecked).value]"
        );
        page.expect(name, &found, json!([values, default.unwrap_or_default()]))
            .await;
    }
}

async fn each_value_reaches_the_widget_and_the_snippet(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let radios = "return [...document.querySelectorAll('#options [type=radio]')].map(
        ({ name, value }) => [name, value])";
    let radios = page.run(radios).await;
    let radios = radios.as_array().expect("the script returns a list");
    assert!(
        radios.len() > 12,
        "expected a field for each value, found {radios:?}"
    );
    for radio in radios {
        let (name, value) = (as_text(&radio[0]), as_text(&radio[1]));
        let default = load_options()
            .iter()
            .any(|option| option["name"] == name && is_default(option, value));
        choose(&page, name, value).await;
        let expected = if default || value.is_empty() {
            Value::Null
        } else {
            value.into()
        };
        let attribute =
            format!("return document.querySelector('digest-widget').getAttribute('{name}')");
        page.expect(
            &format!("{name} of the widget in the page"),
            &attribute,
            expected.clone(),
        )
        .await;
        let written =
            format!("return {SNIPPET}.querySelector('digest-widget').getAttribute('{name}')");
        page.expect(
            &format!("{name} of the widget in the snippet"),
            &written,
            expected,
        )
        .await;
    }
}

async fn each_choice_shows_in_the_preview(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let widget = page.widget();
    choose(&page, "open", "all").await;
    widget.expect_panels([true, true, true, true]).await;
    choose(&page, "heading-level", "4").await;
    widget.expect_text("h4", "US-Japan Alliance Digest").await;
    choose(&page, "lang", "ja").await;
    widget.expect_text("summary", "閉じる").await;
    choose(&page, "deep-links", "off").await;
    widget
        .expect(
            "headlines that are links",
            "return all('h5 a[href]').length",
            0,
        )
        .await;
    choose(&page, "theme", "dark").await;
    widget
        .expect("the title is light", &is_light_script("h4"), true)
        .await;
}

async fn other_issue_reaches_the_widget_and_the_snippet(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    fill_in(&page, "src", "issues/sources.json").await;
    page.widget().expect_text("h2", "Coast Watch").await;
    choose(&page, "link-target", "_top").await;
    page.widget()
        .expect(
            "the target of a source",
            "return one('[part=detail] a').target",
            "_top",
        )
        .await;
    let written = format!(
        "const snippet = {SNIPPET};
         return [snippet.querySelector('a').textContent, snippet.querySelector('digest-widget')
             .getAttribute('src')]"
    );
    let address = format!("{}/issues/sources.json", context.cdn.address());
    page.expect(
        "the issue of the snippet",
        &written,
        json!(["Coast Watch", address]),
    )
    .await;
}

async fn src_in_the_address_chooses_the_issue(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    page.open(&format!(
        "{}/index.html?src=issues/sources.json",
        context.cdn.address()
    ))
    .await;
    wait_until_ready(&page).await;
    page.widget().expect_text("h2", "Coast Watch").await;
    page.expect("the address in the form", SRC, "issues/sources.json")
        .await;
}

async fn foreign_src_in_the_address_is_ignored(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    let foreign = format!("{}/issues/sources.json", context.embedder.address());
    page.open(&format!(
        "{}/index.html?src={foreign}",
        context.cdn.address()
    ))
    .await;
    wait_until_ready(&page).await;
    page.widget()
        .expect_text("h2", "US-Japan Alliance Digest")
        .await;
    page.expect(
        "the address in the form",
        SRC,
        "issues/us-japan-alliance-digest-1.5/issue.json",
    )
    .await;
}

async fn invalid_src_is_reported(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    fill_in(&page, "src", "javascript:alert(1)").await;
    let problem = "return document.querySelector('#problem-src').textContent";
    page.expect(
        "the problem",
        problem,
        "This is not the http or https address of an issue.",
    )
    .await;
    let src = format!("return {SNIPPET}.querySelector('digest-widget').getAttribute('src')");
    let address = format!("{}/{ISSUE}", context.cdn.address());
    page.expect("the address in the snippet", &src, address)
        .await;
    fill_in(&page, "src", "issues/sources.json").await;
    page.expect("the problem", problem, "").await;
}

async fn missing_issue_is_noted(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    fill_in(&page, "src", "issues/none.json").await;
    let note =
        "The issue failed to load (the server answered 404), so its text is not in the snippet.";
    page.expect(
        "the note",
        "return document.querySelector('#notes').textContent",
        note,
    )
    .await;
    page.widget().expect_text("[part=retry]", "Try again").await;
}

async fn issue_without_cms_text_gets_a_link(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let notes = "return document.querySelector('#notes').textContent";
    let link = format!("const a = {SNIPPET}.querySelector('a'); return [a.textContent, a.search]");
    let note = "This site has no cms.html beside that issue, so the snippet has a link instead of its text.";
    let foreign = format!("{}/issues/sources.json", context.embedder.address());
    for (src, name) in [
        ("issues/sources.json", "issues/sources.json"),
        (&*foreign, &*foreign),
    ] {
        choose(&page, "form", "script").await;
        fill_in(&page, "src", src).await;
        page.widget().expect_text("h2", "Coast Watch").await;
        page.expect("the note", notes, "").await;
        for form in ["pre-rendered", "cms-safe"] {
            choose(&page, "form", form).await;
            page.expect("the note", notes, note).await;
            page.expect(
                "the link",
                &link,
                json!(["Coast Watch", format!("?src={name}")]),
            )
            .await;
        }
    }
    page.save_screenshot("configurator-no-post").await;
}

async fn preview_can_be_narrow_and_dark(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let widget = page.widget();
    let stacked = "return one('summary').getBoundingClientRect().top >= one('h3')
        .getBoundingClientRect().bottom - 1";
    widget
        .expect("a switch is below its headline", stacked, false)
        .await;
    choose(&page, "width", "narrow").await;
    widget
        .expect("a switch is below its headline", stacked, true)
        .await;
    choose(&page, "page", "dark").await;
    widget
        .expect("the title is light", &is_light_script("h2"), true)
        .await;
    page.save_screenshot("configurator-narrow").await;
}

async fn script_snippet_works(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    choose(&page, "open", "first").await;
    paste(context, &page, "script").await;
    page.widget().wait_until_drawn().await;
    page.widget()
        .expect_panels([true, false, false, false])
        .await;
}

async fn script_snippet_links_to_the_page_of_the_issue(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let link = format!("return {SNIPPET}.querySelector('digest-widget > a').href");
    let address = format!(
        "{}/issues/us-japan-alliance-digest-1.5/",
        context.cdn.address()
    );
    page.expect("the link", &link, address).await;
}

async fn pinned_snippet_works(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    page.run("document.querySelector('[name=pin]').click()")
        .await;
    paste(context, &page, "script").await;
    page.widget().wait_until_drawn().await;
    let script = "return document.querySelector('script').integrity.slice(0, 7)";
    page.expect("the hash of the script", script, "sha384-")
        .await;
    assert_eq!(
        context.cdn.count_requests("/digest.js"),
        1,
        "requests for the floating script: the configurator's"
    );
}

async fn prerendered_snippet_works(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    let held = context.cdn.hold(&wasm());
    paste(context, &page, "pre-rendered").await;
    let headlines = "return [...document.querySelectorAll('digest-widget summary')]
        .filter(summary => summary.checkVisibility()).map(summary => summary.textContent)";
    let expected: Vec<Value> = seed()["headlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|headline| headline["text"].clone())
        .collect();
    page.expect(
        "the headlines before the digest is drawn",
        headlines,
        expected,
    )
    .await;
    held.release();
    page.widget().wait_until_drawn().await;
    page.expect("the headlines once it is drawn", headlines, json!([]))
        .await;
}

async fn frame_snippet_works(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    choose(&page, "open", "all").await;
    choose(&page, "loading", "lazy").await;
    paste(context, &page, "frame").await;
    page.enter_frame(0).await;
    page.widget().wait_until_drawn().await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.leave_frame().await;
    let height = "return document.querySelector('iframe').offsetHeight > 640";
    page.expect("the frame is as high as the digest", height, true)
        .await;
}

async fn cms_safe_snippet_works(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    choose(&page, "heading-level", "3").await;
    paste(context, &page, "cms-safe").await;
    page.widget()
        .expect_text("h3", "US-Japan Alliance Digest")
        .await;
    let parent = "return host.getRootNode().host.localName";
    page.widget()
        .expect("the block around the digest", parent, "section")
        .await;
}

/// An issue's texts stay texts, in the block of code and in the page with the pasted snippet.
async fn issue_that_looks_like_html_is_escaped(context: &TestContext) {
    let hostile = "</script></pre><img src=x onerror=\"document.title='hit'\">&amp;\"'";
    let mut issue = seed();
    issue["title"] = hostile.into();
    issue["headlines"] = json!([{ "id": "one", "text": hostile, "detail": [
        [hostile, { "text": hostile, "href": "javascript:document.title='hit'" }],
        { "list": [[{ "text": hostile, "href": "https://publisher.example/?a=1&lt=2" }]] },
    ] }]);
    context
        .cdn
        .respond("issue.json", StubResponse::json(&issue.to_string()));
    context.cdn.respond(
        "cms.html",
        StubResponse::html(&make_cms_page(context, &issue)),
    );
    let page = open_configurator(context, BrowserSettings::default()).await;
    for form in ["pre-rendered", "cms-safe"] {
        page.open(&format!("{}/index.html", context.cdn.address()))
            .await;
        wait_until_ready(&page).await;
        paste(context, &page, form).await;
        let found =
            "return [document.querySelectorAll('img').length, document.querySelector('summary')
                .textContent,
            [...document.querySelectorAll('details a')].map(link => link.getAttribute('href'))]";
        let expected = json!([0, hostile, ["https://publisher.example/?a=1&lt=2"]]);
        page.expect("pictures, the headline, the addresses", found, expected)
            .await;
        page.expect(
            "the page's title",
            "return document.title",
            "An embedder’s page",
        )
        .await;
    }
}

/// The publisher's `cms.html` of an issue.
fn make_cms_page(context: &TestContext, issue: &Value) -> String {
    let issue: Issue = serde_json::from_value(issue.clone()).expect("it has the shape of an issue");
    let site = context
        .cdn
        .address()
        .parse()
        .expect("the CDN has an address");
    let files = issue_files(&issue, Neighbours::default(), &site).expect("an issue has files");
    let page = files
        .into_iter()
        .find(|file| file.path.ends_with("/cms.html"))
        .expect("one is cms.html");
    String::from_utf8(page.bytes).expect("it is text")
}

async fn copy_button_copies_the_snippet(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    record_labels(&page).await;
    page.click("#blocks button").await;
    page.expect("the first new label", FIRST_LABEL, "Copied")
        .await;
    let status = "return document.querySelector('#status').textContent";
    page.expect("the announcement", status, "The snippet: Copied")
        .await;
    page.run(
        "const area = document.body.appendChild(document.createElement('textarea')); area.focus()",
    )
    .await;
    page.press_keys(&[CONTROL, 'v']).await;
    let same = "return document.querySelector('textarea').value.replaceAll('\\r', '')
        === document.querySelector('#blocks textarea').value";
    page.expect("the pasted text is the snippet", same, true)
        .await;
}

/// Records the labels of the copy button, which changes back after three seconds: a busy machine
/// may look too late.
async fn record_labels(page: &Page) {
    let record = "window.labels = [];
        const button = document.querySelector('#blocks button');
        new MutationObserver(() => window.labels.push(button.textContent)).observe(button,
            { childList: true })";
    page.run(record).await;
}

const FIRST_LABEL: &str = "return window.labels[0] ?? null";

async fn copy_without_clipboard_selects_the_snippet(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    page.run("navigator.clipboard.writeText = async () => { throw new Error('not allowed') }")
        .await;
    record_labels(&page).await;
    page.run("document.querySelector('#blocks button').click()")
        .await;
    page.expect("the first new label", FIRST_LABEL, "Selected: press Ctrl+C")
        .await;
    let selected = "const { value, selectionStart, selectionEnd } =
            document.querySelector('#blocks textarea');
        return selectionStart === 0 && selectionEnd === value.length";
    page.expect("the snippet is selected", selected, true).await;
}

async fn snippet_can_be_copied_by_keyboard(context: &TestContext) {
    let page = open_configurator(context, BrowserSettings::default()).await;
    tab_to(&page, "form").await;
    page.press_key(RIGHT).await;
    let about = "return document.querySelector('[data-form]:not([hidden])').dataset.form";
    page.expect("the form of the snippet", about, "pre-rendered")
        .await;
    record_labels(&page).await;
    tab_to(&page, "Copy").await;
    page.press_key(ENTER).await;
    let copied = "return window.labels.length > 0
        && document.querySelector('#status').textContent.startsWith('The snippet: ')";
    page.expect(
        "the label changes and the status announces it",
        copied,
        true,
    )
    .await;
    tab_to(&page, "theme").await;
    page.press_key(RIGHT).await;
    page.press_key(RIGHT).await;
    let theme = "return document.querySelector('digest-widget').getAttribute('theme')";
    page.expect("the theme after two steps to the right", theme, "dark")
        .await;
}

const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';
const RIGHT: char = '\u{e014}';
const CONTROL: char = '\u{e009}';

/// Presses Tab until a field of this name, or a button of this text, has the focus.
async fn tab_to(page: &Page, name: &str) {
    let focus = "const { name, textContent } = document.activeElement; return name || textContent";
    for _ in 0..40 {
        page.press_key(TAB).await;
        if page.run(focus).await == name {
            return;
        }
    }
    panic!("expected Tab to reach {name}");
}

async fn configurator_fits_on_the_narrowest_phone(context: &TestContext) {
    let page = open_on_a_phone(context, [320, 800]).await;
    wait_until_ready(&page).await;
    for form in ["script", "pre-rendered", "cms-safe", "frame"] {
        choose(&page, "form", form).await;
        let wide =
            "return [...document.querySelectorAll('body *:not(.unseen)')].filter(element => {
                const { left, right } = element.getBoundingClientRect();
                return left < 0 || right > document.documentElement.clientWidth;
            }).map(element => element.outerHTML.slice(0, 80))";
        page.expect(
            &format!("elements that overflow the page, {form}"),
            wide,
            json!([]),
        )
        .await;
    }
}

async fn preview_and_snippet_are_in_view_on_a_phone(context: &TestContext) {
    let page = open_on_a_phone(context, [375, 812]).await;
    wait_until_ready(&page).await;
    let in_view = "const [preview, snippet] = ['.stage', '#blocks textarea']
            .map(selector => document.querySelector(selector).getBoundingClientRect());
        return preview.bottom < innerHeight && snippet.top < innerHeight - 50";
    page.expect("the preview and the snippet are in view", in_view, true)
        .await;
    let short = "return document.documentElement.scrollHeight < 2200";
    page.expect("the whole page is short", short, true).await;
    // Firefox takes no pictures from within a frame of another origin.
    page.leave_frame().await;
    page.save_screenshot("configurator-phone").await;
}

async fn nothing_moves_when_the_issue_arrives(context: &TestContext) {
    let held = context.cdn.hold(ISSUE);
    let page = open_on_a_phone(context, [375, 812]).await;
    context.cdn.wait_for_request("integrity.json").await;
    let positions = "return ['#snippet', '.check', '#options'].map(
        selector => document.querySelector(selector).offsetTop)";
    let before = page.run(positions).await;
    held.release();
    wait_until_ready(&page).await;
    page.expect("the positions of the parts of the page", positions, before)
        .await;
}

async fn open_on_a_phone(context: &TestContext, size: [u32; 2]) -> Page {
    let address = format!("{}/index.html", context.cdn.address());
    context.visit_on_a_phone(&address, size).await
}

async fn configurator_passes_accessibility_checkers(context: &TestContext) {
    check_accessibility(context, BrowserSettings::default(), "configurator").await;
}

async fn dark_configurator_passes_accessibility_checkers(context: &TestContext) {
    let settings = BrowserSettings {
        dark: true,
        ..BrowserSettings::default()
    };
    check_accessibility(context, settings, "configurator-dark").await;
}

async fn check_accessibility(context: &TestContext, settings: BrowserSettings, screenshot: &str) {
    let page = open_configurator(context, settings).await;
    page.save_screenshot(screenshot).await;
    run_accessibility_checkers(&page).await;
    fill_in(&page, "src", "ftp://").await;
    choose(&page, "form", "cms-safe").await;
    choose(&page, "open", "all").await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget().wait_for_animations().await;
    run_accessibility_checkers(&page).await;
    choose(&page, "form", "frame").await;
    run_accessibility_checkers(&page).await;
    page.run("document.querySelector('#snippet').scrollIntoView()")
        .await;
    page.save_screenshot(&format!("{screenshot}-snippet")).await;
}

const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// A script's expression for the document that a browser makes of the first snippet.
const SNIPPET: &str = "new DOMParser().parseFromString(document.querySelector('#blocks textarea')
    .value, 'text/html')";

/// A script that returns the address of the issue in the form.
const SRC: &str = "return document.querySelector('#options [name=src]').value";

async fn open_configurator(context: &TestContext, settings: BrowserSettings) -> Page {
    let page = context.open_browser(settings).await;
    page.open(&format!("{}/index.html", context.cdn.address()))
        .await;
    wait_until_ready(&page).await;
    page
}

async fn wait_until_ready(page: &Page) {
    page.widget().wait_until_drawn().await;
    page.expect(
        "there is a snippet",
        "return document.querySelector('#blocks textarea') !== null",
        true,
    )
    .await;
}

/// The options in the manifest of the dist folder.
fn load_options() -> Vec<Value> {
    let file = dist().join("custom-elements.json");
    let manifest =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let manifest: Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
    let declarations = manifest["modules"]
        .as_array()
        .expect("the manifest has modules")
        .iter();
    let mut declarations =
        declarations.flat_map(|module| module["declarations"].as_array().into_iter().flatten());
    let element = declarations.find(|declaration| declaration["tagName"] == "digest-widget");
    element.expect("the manifest has the element")["attributes"]
        .as_array()
        .expect("it has attributes")
        .clone()
}

/// A script for whether the text is light: each browser has another white.
fn is_light_script(selector: &str) -> String {
    format!("return parseInt(getComputedStyle(one('{selector}')).color.match(/[0-9]+/)) > 200")
}

fn is_default(option: &Value, value: &str) -> bool {
    option["default"]
        .as_str()
        .is_some_and(|default| default.trim_matches('\'') == value)
}

fn as_text(value: &Value) -> &str {
    value.as_str().expect("the script returns text")
}

/// Clicks on the label of a radio button.
async fn choose(page: &Page, name: &str, value: &str) {
    let label = format!(
        "return document.querySelector('[name=\"{name}\"][value=\"{value}\"]').parentElement"
    );
    page.find(&label)
        .await
        .click()
        .await
        .unwrap_or_else(|error| panic!("{name}, {value}: {error}"));
}

/// Replaces the text of a field and leaves the field.
async fn fill_in(page: &Page, name: &str, text: &str) {
    let field = page
        .find(&format!(
            "return document.querySelector('[name=\"{name}\"]')"
        ))
        .await;
    field.clear().await.expect("the field can be cleared");
    field
        .send_keys(text)
        .await
        .expect("the field can be written to");
    page.press_key(TAB).await;
}

/// Makes a page of the embedder's with the snippet of this form and its policy, and opens the page.
async fn paste(context: &TestContext, page: &Page, form: &str) {
    choose(page, "form", form).await;
    let shown = "return document.querySelector('[data-form]:not([hidden])').dataset.form";
    page.expect("the form of the snippet", shown, form).await;
    let blocks = page
        .run("return [...document.querySelectorAll('textarea')].map(block => block.value)")
        .await;
    let mut blocks: Vec<&str> = blocks
        .as_array()
        .expect("the script returns a list")
        .iter()
        .map(as_text)
        .collect();
    let policy = blocks.pop().expect("the policy comes last");
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>An embedder’s page</title>
         <link rel=\"icon\" href=\"data:,\">
         <meta http-equiv=\"content-security-policy\" content=\"default-src 'none'; {policy}\">
         <h1>Pasted</h1>{}</html>",
        blocks.join("\n")
    );
    context
        .embedder
        .respond("pasted.html", StubResponse::html(&html).uncached());
    page.open(&format!("{}/pasted.html", context.embedder.address()))
        .await;
}
