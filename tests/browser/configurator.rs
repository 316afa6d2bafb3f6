//! The configurator: a partner chooses, sees, copies, pastes; and what is pasted works.

use std::fs;

use checks::{Answer, Page, Settings, Stage, axe, cases, dist, seed, wasm};
use digest_press::{Issue, Neighbours, issue_files};
use serde_json::{Value, json};

cases![
    a_partner_finds_every_option_in_the_form,
    a_partner_chooses_each_value_of_each_option,
    a_partner_sees_each_choice_at_once,
    a_partner_chooses_another_issue,
    a_partner_comes_from_the_page_of_another_issue,
    a_partner_comes_by_a_link_that_names_an_issue_of_somebody_else,
    a_partner_mistypes_the_address_of_the_issue,
    a_partner_chooses_an_issue_that_is_missing,
    a_partner_chooses_an_issue_whose_text_the_site_has_not,
    a_partner_sees_the_digest_in_a_narrow_column_and_on_a_dark_page,
    a_partner_pastes_the_script_snippet,
    a_partner_pastes_the_pinned_snippet,
    a_partner_pastes_the_pre_rendered_snippet,
    a_partner_pastes_the_frame_snippet,
    a_partner_pastes_the_cms_safe_snippet,
    a_partner_pastes_an_issue_that_looks_like_html,
    a_partner_copies_the_snippet_and_pastes_it,
    a_partner_cannot_use_the_clipboard,
    a_partner_gets_the_snippet_by_keyboard_alone,
    a_partner_configures_where_the_options_are_missing,
    a_partner_configures_on_the_narrowest_phone,
    a_partner_meets_no_barrier_in_the_configurator,
    a_partner_in_the_dark_meets_no_barrier_in_the_configurator,
];

async fn a_partner_finds_every_option_in_the_form(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let names: Vec<Value> = options()
        .iter()
        .map(|option| option["name"].clone())
        .collect();
    let found = "return [...new Set([...document.querySelectorAll('#options [name]')].map(field => field.name))]";
    page.expect("the fields of the form", found, names).await;
}

async fn a_partner_chooses_each_value_of_each_option(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let radios = "return [...document.querySelectorAll('#options [type=radio]')].map(({ name, value }) => [name, value])";
    let radios = page.run(radios).await;
    let radios = radios.as_array().expect("the script returns a list");
    assert!(
        radios.len() > 12,
        "expected a field for each value, found {radios:?}"
    );
    for radio in radios {
        let (name, value) = (text(&radio[0]), text(&radio[1]));
        let default = options()
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

async fn a_partner_sees_each_choice_at_once(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let widget = page.widget();
    choose(&page, "open", "all").await;
    widget.has_panels([true, true, true, true]).await;
    choose(&page, "heading-level", "4").await;
    widget.reads("h4", "US-Japan Alliance Digest").await;
    choose(&page, "lang", "ja").await;
    widget.reads("summary", "詳細").await;
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
        .expect("whether the title is light", &is_light("h4"), true)
        .await;
}

async fn a_partner_chooses_another_issue(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    write(&page, "src", "issues/sources.json").await;
    page.widget().reads("h2", "Coast Watch").await;
    write(&page, "link-target", "_top").await;
    page.widget()
        .expect(
            "where a source opens",
            "return one('[part=detail] a').target",
            "_top",
        )
        .await;
    let written = format!(
        "const snippet = {SNIPPET};
         return [snippet.querySelector('a').textContent, snippet.querySelector('digest-widget').getAttribute('src')]"
    );
    let address = format!("{}/issues/sources.json", stage.cdn.address());
    page.expect(
        "the issue of the snippet",
        &written,
        json!(["Coast Watch", address]),
    )
    .await;
}

async fn a_partner_comes_from_the_page_of_another_issue(stage: &Stage) {
    let page = stage.reader(Settings::default()).await;
    page.open(&format!(
        "{}/index.html?src=issues/sources.json",
        stage.cdn.address()
    ))
    .await;
    is_ready(&page).await;
    page.widget().reads("h2", "Coast Watch").await;
    page.expect("the address in the form", SRC, "issues/sources.json")
        .await;
}

async fn a_partner_comes_by_a_link_that_names_an_issue_of_somebody_else(stage: &Stage) {
    let page = stage.reader(Settings::default()).await;
    let foreign = format!("{}/issues/sources.json", stage.partner.address());
    page.open(&format!("{}/index.html?src={foreign}", stage.cdn.address()))
        .await;
    is_ready(&page).await;
    page.widget().reads("h2", "US-Japan Alliance Digest").await;
    page.expect(
        "the address in the form",
        SRC,
        "issues/us-japan-alliance-digest-1.5/issue.json",
    )
    .await;
}

async fn a_partner_mistypes_the_address_of_the_issue(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    write(&page, "src", "javascript:alert(1)").await;
    let problem = "return document.querySelector('#problem-src').textContent";
    page.expect(
        "what is wrong",
        problem,
        "This is not the http or https address of an issue.",
    )
    .await;
    let src = format!("return {SNIPPET}.querySelector('digest-widget').getAttribute('src')");
    let address = format!("{}/{ISSUE}", stage.cdn.address());
    page.expect("the address in the snippet", &src, address)
        .await;
    write(&page, "src", "issues/sources.json").await;
    page.expect("what is wrong now", problem, "").await;
}

async fn a_partner_chooses_an_issue_that_is_missing(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    write(&page, "src", "issues/none.json").await;
    let note = "The issue could not be read (the server answered 404), so its words are not in the snippet.";
    page.expect(
        "the note",
        "return document.querySelector('#notes').textContent",
        note,
    )
    .await;
    page.widget().reads("[part=retry]", "Try again").await;
}

async fn a_partner_chooses_an_issue_whose_text_the_site_has_not(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let notes = "return document.querySelector('#notes').textContent";
    let link = format!("const a = {SNIPPET}.querySelector('a'); return [a.textContent, a.search]");
    let note =
        "This site has no cms.html beside that issue, so a link stands in place of its text.";
    let foreign = format!("{}/issues/sources.json", stage.partner.address());
    for (src, name) in [
        ("issues/sources.json", "issues/sources.json"),
        (&*foreign, &*foreign),
    ] {
        choose(&page, "form", "script").await;
        write(&page, "src", src).await;
        page.widget().reads("h2", "Coast Watch").await;
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
    page.screenshot("configurator-no-post").await;
}

async fn a_partner_sees_the_digest_in_a_narrow_column_and_on_a_dark_page(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let widget = page.widget();
    let stacked = "return one('summary').getBoundingClientRect().top >= one('h3').getBoundingClientRect().bottom - 1";
    widget
        .expect("whether a switch stands below its headline", stacked, false)
        .await;
    choose(&page, "width", "narrow").await;
    widget
        .expect("whether a switch stands below its headline", stacked, true)
        .await;
    choose(&page, "page", "dark").await;
    widget
        .expect("whether the title is light", &is_light("h2"), true)
        .await;
    page.screenshot("configurator-narrow").await;
}

async fn a_partner_pastes_the_script_snippet(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    choose(&page, "open", "first").await;
    paste(stage, &page, "script").await;
    page.widget().is_up().await;
    page.widget().has_panels([true, false, false, false]).await;
}

async fn a_partner_pastes_the_pinned_snippet(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    page.run("document.querySelector('[name=pin]').click()")
        .await;
    paste(stage, &page, "script").await;
    page.widget().is_up().await;
    let script = "return document.querySelector('script').integrity.slice(0, 7)";
    page.expect("how the script is pinned", script, "sha384-")
        .await;
    assert_eq!(
        stage.cdn.asked_for("/digest.js"),
        1,
        "requests for the floating script: the configurator's"
    );
}

async fn a_partner_pastes_the_pre_rendered_snippet(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let held = stage.cdn.hold(&wasm());
    paste(stage, &page, "pre-rendered").await;
    let headlines = "return [...document.querySelectorAll('digest-widget summary')]
        .filter(summary => summary.checkVisibility()).map(summary => summary.textContent)";
    let expected: Vec<Value> = seed()["headlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|headline| headline["text"].clone())
        .collect();
    page.expect(
        "the headlines before the digest is there",
        headlines,
        expected,
    )
    .await;
    held.release();
    page.widget().is_up().await;
    page.expect("the same once it is", headlines, json!([]))
        .await;
}

async fn a_partner_pastes_the_frame_snippet(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    choose(&page, "open", "all").await;
    choose(&page, "loading", "lazy").await;
    paste(stage, &page, "frame").await;
    page.client()
        .enter_frame(0)
        .await
        .expect("the snippet is a frame");
    page.widget().is_up().await;
    page.widget().has_panels([true, true, true, true]).await;
    page.client()
        .enter_parent_frame()
        .await
        .expect("the frame has a page around it");
    let height = "return document.querySelector('iframe').offsetHeight > 640";
    page.expect("whether the frame is as high as the digest", height, true)
        .await;
}

async fn a_partner_pastes_the_cms_safe_snippet(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    choose(&page, "heading-level", "3").await;
    paste(stage, &page, "cms-safe").await;
    page.widget().reads("h3", "US-Japan Alliance Digest").await;
    let place = "return document.querySelector('digest-widget').parentElement.localName";
    page.expect("what the digest is in", place, "div").await;
}

/// The words of an issue are words, in the block of code as in the page it is pasted into.
async fn a_partner_pastes_an_issue_that_looks_like_html(stage: &Stage) {
    let hostile = "</script></pre><img src=x onerror=\"document.title='hit'\">&amp;\"'";
    let mut issue = seed();
    issue["title"] = hostile.into();
    issue["headlines"] = json!([{ "id": "one", "text": hostile, "detail": [
        [hostile, { "text": hostile, "href": "javascript:document.title='hit'" }],
        { "list": [[{ "text": hostile, "href": "https://publisher.example/?a=1&lt=2" }]] },
    ] }]);
    stage
        .cdn
        .answer("issue.json", Answer::json(&issue.to_string()));
    stage.cdn.answer(
        "cms.html",
        Answer::json(&post(stage, &issue)).kind("text/html; charset=utf-8"),
    );
    let page = configure(stage, Settings::default()).await;
    for form in ["pre-rendered", "cms-safe"] {
        page.open(&format!("{}/index.html", stage.cdn.address()))
            .await;
        is_ready(&page).await;
        paste(stage, &page, form).await;
        let found =
            "return [document.querySelectorAll('img').length, document.querySelector('summary').textContent,
            [...document.querySelectorAll('details a')].map(link => link.getAttribute('href'))]";
        let expected = json!([0, hostile, ["https://publisher.example/?a=1&lt=2"]]);
        page.expect("pictures, the headline, the addresses", found, expected)
            .await;
        page.expect(
            "the page's title",
            "return document.title",
            "A partner’s page",
        )
        .await;
    }
}

/// What the publisher makes of an issue for editors who may post no scripts.
fn post(stage: &Stage, issue: &Value) -> String {
    let issue: Issue = serde_json::from_value(issue.clone()).expect("it has the shape of an issue");
    let site = stage.cdn.address().parse().expect("the CDN has an address");
    let files = issue_files(&issue, Neighbours::default(), &site).expect("an issue has files");
    let post = files
        .into_iter()
        .find(|file| file.path.ends_with("/cms.html"))
        .expect("one is the post");
    String::from_utf8(post.bytes).expect("it is text")
}

async fn a_partner_copies_the_snippet_and_pastes_it(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    let copy = page
        .element("return document.querySelector('#blocks button')")
        .await;
    copy.click().await.expect("the button is there to click on");
    page.expect(
        "the button",
        "return document.querySelector('#blocks button').textContent",
        "Copied",
    )
    .await;
    let said = "return document.querySelector('#status').textContent";
    page.expect("what is announced", said, "The snippet: Copied")
        .await;
    page.run(
        "const area = document.body.appendChild(document.createElement('textarea')); area.focus()",
    )
    .await;
    paste_by_keyboard(&page).await;
    let same = "return document.querySelector('textarea').value.replaceAll('\\r', '')
        === document.querySelector('#blocks pre').textContent";
    page.expect("whether what is pasted is the snippet", same, true)
        .await;
}

async fn paste_by_keyboard(page: &Page) {
    use fantoccini::actions::{InputSource, KeyAction, KeyActions};
    let keys = KeyActions::new("keyboard".into())
        .then(KeyAction::Down { value: CONTROL })
        .then(KeyAction::Down { value: 'v' })
        .then(KeyAction::Up { value: 'v' })
        .then(KeyAction::Up { value: CONTROL });
    page.client()
        .perform_actions(keys)
        .await
        .expect("keys can be pressed");
}

async fn a_partner_cannot_use_the_clipboard(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    page.run("navigator.clipboard.writeText = async () => { throw new Error('not allowed') }")
        .await;
    page.run("document.querySelector('#blocks button').click()")
        .await;
    let button = "return document.querySelector('#blocks button').textContent";
    page.expect("the button", button, "Selected: press Ctrl+C")
        .await;
    let selected = "return String(getSelection()).trim() === document.querySelector('#blocks pre').textContent";
    page.expect("whether the snippet is selected", selected, true)
        .await;
}

async fn a_partner_gets_the_snippet_by_keyboard_alone(stage: &Stage) {
    let page = configure(stage, Settings::default()).await;
    tab_to(&page, "theme").await;
    page.press(RIGHT).await;
    page.press(RIGHT).await;
    let theme = "return document.querySelector('digest-widget').getAttribute('theme')";
    page.expect("the theme after two steps to the right", theme, "dark")
        .await;
    tab_to(&page, "form").await;
    page.press(RIGHT).await;
    let about = "return document.querySelector('[data-form]:not([hidden])').dataset.form";
    page.expect("the form of the snippet", about, "pre-rendered")
        .await;
    tab_to(&page, "Copy").await;
    page.press(ENTER).await;
    let copied = "return document.activeElement.textContent !== 'Copy' && document.querySelector('#status').textContent.startsWith('The snippet: ')";
    page.expect("whether the button answers", copied, true)
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
        page.press(TAB).await;
        if page.run(focus).await == name {
            return;
        }
    }
    panic!("expected Tab to reach {name}");
}

async fn a_partner_configures_where_the_options_are_missing(stage: &Stage) {
    stage
        .cdn
        .answer("custom-elements.json", Answer::status(404));
    let page = stage.reader(Settings::default()).await;
    page.open(&format!("{}/index.html", stage.cdn.address()))
        .await;
    let sentence = "The options could not be loaded: custom-elements.json answered 404.";
    page.expect(
        "what is said",
        "return document.querySelector('#status').textContent",
        sentence,
    )
    .await;
    page.widget().is_up().await;
}

/// In a frame, because no engine has a window as narrow.
async fn a_partner_configures_on_the_narrowest_phone(stage: &Stage) {
    let frame = format!(
        "<!doctype html><title>A phone</title><iframe width=320 height=800 src=\"{}/index.html\"></iframe>",
        stage.cdn.address()
    );
    stage.partner.answer(
        "phone.html",
        Answer::json(&frame).kind("text/html; charset=utf-8"),
    );
    let page = stage.visit("phone.html").await;
    page.client()
        .enter_frame(0)
        .await
        .expect("the page has a frame");
    is_ready(&page).await;
    for form in ["script", "pre-rendered", "cms-safe", "frame"] {
        choose(&page, "form", form).await;
        let wide =
            "return [...document.querySelectorAll('body *:not(.unseen)')].filter(element => {
                const { left, right } = element.getBoundingClientRect();
                return left < 0 || right > document.documentElement.clientWidth;
            }).map(element => element.outerHTML.slice(0, 80))";
        page.expect(
            &format!("what sticks out of the page, {form}"),
            wide,
            json!([]),
        )
        .await;
    }
}

async fn a_partner_meets_no_barrier_in_the_configurator(stage: &Stage) {
    meets_no_barrier(stage, Settings::default(), "configurator").await;
}

async fn a_partner_in_the_dark_meets_no_barrier_in_the_configurator(stage: &Stage) {
    let settings = Settings {
        dark: true,
        ..Settings::default()
    };
    meets_no_barrier(stage, settings, "configurator-dark").await;
}

async fn meets_no_barrier(stage: &Stage, settings: Settings, picture: &str) {
    let page = configure(stage, settings).await;
    page.screenshot(picture).await;
    axe(&page).await;
    write(&page, "src", "ftp://").await;
    choose(&page, "form", "cms-safe").await;
    choose(&page, "open", "all").await;
    page.widget().has_panels([true, true, true, true]).await;
    page.widget().is_still().await;
    axe(&page).await;
    choose(&page, "form", "frame").await;
    axe(&page).await;
    page.run("document.querySelector('#snippet').scrollIntoView()")
        .await;
    page.screenshot(&format!("{picture}-snippet")).await;
}

const ISSUE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// The first snippet, as a parser reads it.
const SNIPPET: &str = "new DOMParser().parseFromString(document.querySelector('#blocks pre').textContent, 'text/html')";

/// A partner opens the configurator.
/// The address of the issue, in the form.
const SRC: &str = "return document.querySelector('#options [name=src]').value";

async fn configure(stage: &Stage, settings: Settings) -> Page {
    let page = stage.reader(settings).await;
    page.open(&format!("{}/index.html", stage.cdn.address()))
        .await;
    is_ready(&page).await;
    page
}

async fn is_ready(page: &Page) {
    page.widget().is_up().await;
    page.expect(
        "whether there is a snippet",
        "return document.querySelector('#blocks pre') !== null",
        true,
    )
    .await;
}

/// The options, as the manifest in the dist folder describes them.
fn options() -> Vec<Value> {
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

/// Each engine has a white of its own.
fn is_light(selector: &str) -> String {
    format!("return parseInt(getComputedStyle(one('{selector}')).color.match(/[0-9]+/)) > 200")
}

fn is_default(option: &Value, value: &str) -> bool {
    option["default"]
        .as_str()
        .is_some_and(|default| default.trim_matches('\'') == value)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the script returns text")
}

/// Clicks on the words beside a radio button, as a mouse or a finger does.
async fn choose(page: &Page, name: &str, value: &str) {
    let label = format!(
        "return document.querySelector('[name=\"{name}\"][value=\"{value}\"]').parentElement"
    );
    page.element(&label)
        .await
        .click()
        .await
        .unwrap_or_else(|error| panic!("{name}, {value}: {error}"));
}

/// Writes into a field in place of what is there, and leaves it.
async fn write(page: &Page, name: &str, text: &str) {
    let field = page
        .element(&format!(
            "return document.querySelector('[name=\"{name}\"]')"
        ))
        .await;
    field.clear().await.expect("the field can be cleared");
    field
        .send_keys(text)
        .await
        .expect("the field can be written to");
    page.press(TAB).await;
}

/// Puts the snippet of this form into a page of the partner's, under the policy that goes with it,
/// and opens that page.
async fn paste(stage: &Stage, page: &Page, form: &str) {
    choose(page, "form", form).await;
    let shown = "return document.querySelector('[data-form]:not([hidden])').dataset.form";
    page.expect("the form of the snippet", shown, form).await;
    let blocks = page
        .run("return [...document.querySelectorAll('#blocks pre')].map(block => block.textContent)")
        .await;
    let mut blocks: Vec<&str> = blocks
        .as_array()
        .expect("the script returns a list")
        .iter()
        .map(text)
        .collect();
    let policy = blocks.pop().expect("the policy comes last");
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A partner’s page</title>
         <link rel=\"icon\" href=\"data:,\">
         <meta http-equiv=\"content-security-policy\" content=\"default-src 'none'; {policy}\">
         <h1>Pasted</h1>{}</html>",
        blocks.join("\n")
    );
    stage.partner.answer(
        "pasted.html",
        Answer::json(&html)
            .kind("text/html; charset=utf-8")
            .uncached(),
    );
    page.open(&format!("{}/pasted.html", stage.partner.address()))
        .await;
}
