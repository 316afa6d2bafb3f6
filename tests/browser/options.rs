//! The element's options, properties, methods, events and styles, as an embedder uses them.

use checks::{Page, StubResponse, TestContext, WidgetHandle, cases};
use serde_json::json;

cases![
    theme_sets_the_color_scheme,
    heading_level_sets_the_headings,
    open_attribute_opens_panels,
    lazy_digest_loads_once_it_is_near,
    deep_links_off_ignores_fragments,
    link_target_applies_to_sources,
    properties_reflect_attributes,
    issue_property_overrides_src_until_null,
    methods_open_and_close_panels,
    openall_before_the_issue_is_queued,
    reload_shows_the_corrected_issue,
    failed_reload_keeps_the_issue,
    load_event_follows_the_drawing,
    error_event_has_a_reason_and_a_cause,
    toggle_event_reports_only_the_reader,
    prevented_link_event_stays_on_the_page,
    every_part_can_be_styled,
    custom_properties_set_colors_and_gap,
    fragment_in_the_same_page_opens_its_headline,
];

const OWN: &str =
    "{ format: 1, id: 'own', title: 'Made by the page', volume: '1', date: '2022-03-11', lang: 'en',
    headlines: [{ id: 'one', text: 'One', detail: [['Its detail.']] }] }";

/// Opens the page with the snippet and waits for the issue.
async fn open_article(context: &TestContext) -> (Page, WidgetHandle) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    (page, widget)
}

async fn theme_sets_the_color_scheme(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    let scheme = "const style = getComputedStyle(one('.root'));
        const [light, ground] = [style.color, style.backgroundColor].map(
            colour => Math.max(...colour.match(/\\d+/g).slice(0, 3).map(Number)) > 127);
        return [style.colorScheme, light, ground && style.backgroundColor !== 'rgba(0, 0, 0, 0)']";
    let inherited =
        "return getComputedStyle(one('.root')).colorScheme === getComputedStyle(host).colorScheme";
    widget
        .expect("the page's scheme is inherited", inherited, true)
        .await;
    widget.run("host.setAttribute('theme', 'dark')").await;
    widget
        .expect(
            "scheme, light text, light ground",
            scheme,
            json!(["dark", true, false]),
        )
        .await;
    widget.run("host.theme = 'light'").await;
    widget
        .expect(
            "scheme, light text, light ground",
            scheme,
            json!(["light", false, true]),
        )
        .await;
}

async fn heading_level_sets_the_headings(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    let levels = "return ['title', 'headline'].map(part => one(`[part=${part}]`).localName)";
    widget.run("host.setAttribute('heading-level', '4')").await;
    widget
        .expect("the levels", levels, json!(["h4", "h5"]))
        .await;
    widget.expect_panels([false, true, false, false]).await;
    for (level, expected) in [
        ("9", ["h5", "h6"]),
        ("-3", ["h1", "h2"]),
        ("0", ["h2", "h3"]),
        ("two", ["h2", "h3"]),
    ] {
        widget
            .run(&format!("host.setAttribute('heading-level', '{level}')"))
            .await;
        widget.expect("the levels", levels, json!(expected)).await;
    }
}

async fn open_attribute_opens_panels(context: &TestContext) {
    let (page, widget) = open_article(context).await;
    widget.run("host.setAttribute('open', 'all')").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.expect_text("[part=open-all]", "Close all").await;
    widget.run("host.setAttribute('open', 'first')").await;
    widget.expect_panels([true, false, false, false]).await;
    widget.run("host.removeAttribute('open')").await;
    widget.expect_panels([false, false, false, false]).await;
    page.run("document.querySelector('digest-widget').open = 'first'")
        .await;
    page.run("document.body.append(document.querySelector('digest-widget').cloneNode(true))")
        .await;
    page.nth_widget(1)
        .expect_panels([true, false, false, false])
        .await;
}

async fn lazy_digest_loads_once_it_is_near(context: &TestContext) {
    let page = context.visit("tall.html").await;
    page.widget().wait_until_upgraded().await;
    // An observer tells within two frames whether the element is near.
    page.wait_for_paint().await;
    context.let_requests_arrive(&page).await;
    assert_eq!(
        context.cdn.count_requests("issue.json") + context.cdn.count_requests(".wasm"),
        0,
        "requests before it is near"
    );
    page.run("scrollTo(0, 7500)").await;
    page.widget().wait_until_drawn().await;
}

async fn deep_links_off_ignores_fragments(context: &TestContext) {
    let page = context
        .visit("article.html#us-japan-begin-planning-for-economic-2-2-launch")
        .await;
    let widget = page.widget();
    widget.expect_panels([false, false, true, false]).await;
    widget.run("host.deepLinks = 'off'").await;
    widget
        .expect("links to headlines", "return all('h3 a[href]').length", 0)
        .await;
    page.run("location.hash = 'us-japan-partnership-on-trade-formally-launched'")
        .await;
    widget.click_nth("h3 a", 0).await;
    widget.expect_panels([true, false, true, false]).await;
    widget.run("host.deepLinks = 'on'").await;
    widget
        .expect("links to headlines", "return all('h3 a[href]').length", 4)
        .await;
}

async fn fragment_in_the_same_page_opens_its_headline(context: &TestContext) {
    let (page, widget) = open_article(context).await;
    page.run("location.hash = 'us-japan-begin-planning-for-economic-2-2-launch'")
        .await;
    widget.expect_panels([false, false, true, false]).await;
    widget.expect_in_window("h3", 2).await;
}

async fn link_target_applies_to_sources(context: &TestContext) {
    let page = context.visit("sources.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let targets =
        "return [...new Set(all('[part=link]').map(link => `${link.target} ${link.rel}`))]";
    widget.expect("the targets", targets, json!([" "])).await;
    // A page opened in a window of a name gets no handle to the embedder's page.
    for target in ["_blank", "news"] {
        widget.run(&format!("host.linkTarget = '{target}'")).await;
        let expected = json!([format!("{target} noopener")]);
        widget.expect("the targets", targets, expected).await;
    }
}

async fn properties_reflect_attributes(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    let absent = "return [host.theme, host.headingLevel, host.loading, host.deepLinks,
        host.linkTarget, host.lang]";
    widget
        .expect(
            "the defaults",
            absent,
            json!(["auto", 2, "eager", "on", "", ""]),
        )
        .await;
    let set = "Object.assign(host, { theme: 'dark', headingLevel: 3, open: 'all',
        linkTarget: '_top' });
        return ['theme', 'heading-level', 'open', 'link-target'].map(name => host
            .getAttribute(name))";
    assert_eq!(
        widget.run(set).await,
        json!(["dark", "3", "all", "_top"]),
        "the attributes"
    );
    let unset = "Object.assign(host, { theme: null, headingLevel: undefined, open: null,
        linkTarget: null });
        return host.getAttributeNames()";
    assert_eq!(
        widget.run(unset).await,
        json!(["src"]),
        "the attributes that are left"
    );
    widget.expect_panels([false, false, false, false]).await;
}

async fn issue_property_overrides_src_until_null(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    widget.run(&format!("host.issue = {OWN}")).await;
    widget.expect_text("h2", "Made by the page").await;
    widget
        .expect("the property", "return host.issue.id", "own")
        .await;
    widget.run("host.issue = null").await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    widget
        .expect("the property", "return host.issue", json!(null))
        .await;
}

async fn methods_open_and_close_panels(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    widget.run("host.openAll()").await;
    widget.expect_panels([true, true, true, true]).await;
    widget.run("host.closeAll()").await;
    widget.expect_panels([false, false, false, false]).await;
    widget
        .run("host.open('us-japan-begin-planning-for-economic-2-2-launch'); host.open('no-such')")
        .await;
    widget.expect_panels([false, false, true, false]).await;
    widget
        .run("host.close('us-japan-begin-planning-for-economic-2-2-launch')")
        .await;
    widget.expect_panels([false, false, false, false]).await;
}

async fn openall_before_the_issue_is_queued(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget
        .expect(
            "the engine runs",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    widget.run("host.openAll()").await;
    held.release();
    widget.expect_panels([true, true, true, true]).await;
}

async fn reload_shows_the_corrected_issue(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    widget.click_nth("h3 a", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    let mut issue = checks::seed();
    issue["title"] = json!("Corrected");
    context
        .cdn
        .respond("issue.json", StubResponse::json(&issue.to_string()));
    widget.run("host.reload()").await;
    widget.expect_text("h2", "Corrected").await;
    widget.expect_panels([false, true, false, false]).await;
}

async fn failed_reload_keeps_the_issue(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    record_events(&widget, "digest-error").await;
    context.cdn.respond("issue.json", StubResponse::status(503));
    widget.run("host.reload()").await;
    widget
        .expect(
            "the events",
            "return host.events.map(event => event.reason)",
            json!(["status"]),
        )
        .await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
}

/// Records the details of these events as they reach the embedder's document.
pub(crate) async fn record_events(widget: &WidgetHandle, event: &str) {
    let listen = format!(
        "host.events = [];
         document.addEventListener('{event}', ({{ detail, target, composed }}) =>
             target === host && composed && host.events.push(detail))"
    );
    widget.run(&listen).await;
}

async fn load_event_follows_the_drawing(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget
        .expect(
            "the engine runs",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    record_events(&widget, "digest-load").await;
    widget
        .run("host.addEventListener('digest-load', () => host.count = all('h3').length)")
        .await;
    held.release();
    let src = format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        context.cdn.address()
    );
    let expected = json!([{ "id": "us-japan-alliance-digest-1.5", "src": src }]);
    widget
        .expect("the events", "return host.events", expected)
        .await;
    widget
        .expect("headlines at the time of the event", "return host.count", 4)
        .await;
}

async fn error_event_has_a_reason_and_a_cause(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    record_events(&widget, "digest-error").await;
    context.cdn.respond("gone.json", StubResponse::status(410));
    let events = "return host.events.map(({ reason, cause, src }) => [reason,
        String(cause).length > 1, new URL(src).pathname])";
    widget
        .run(&format!("host.src = '{}/gone.json'", context.cdn.address()))
        .await;
    widget
        .expect(
            "the events",
            events,
            json!([["status", true, "/gone.json"]]),
        )
        .await;
}

async fn toggle_event_reports_only_the_reader(context: &TestContext) {
    let (_, widget) = open_article(context).await;
    record_events(&widget, "digest-toggle").await;
    widget.run("host.openAll()").await;
    widget.expect_text("[part=open-all]", "Close all").await;
    widget.run("host.setAttribute('open', 'first')").await;
    widget.expect_text("[part=open-all]", "Open all").await;
    widget.click_nth("summary", 0).await;
    widget.expect_panels([false, false, false, false]).await;
    widget.click_nth("h3 a", 3).await;
    let events = "return host.events.map(({ id, open }) => [id.slice(0, 12), open])";
    let expected = json!([["japan-mostly", false], ["us-army-rada", true]]);
    widget.expect("the events", events, expected).await;
}

async fn prevented_link_event_stays_on_the_page(context: &TestContext) {
    let page = context.visit("sources.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let address = page.run("return location.href").await;
    record_events(&widget, "digest-link").await;
    widget
        .run("host.addEventListener('digest-link', event => event.preventDefault())")
        .await;
    widget.run("host.openAll()").await;
    widget.click("[part=detail] [part=link]").await;
    let events = "return host.events.map(({ href, id }) =>
        [href === one('[part=detail] [part=link]').href, id === one('[part=detail]').id])";
    widget
        .expect("the events", events, json!([[true, true]]))
        .await;
    page.expect("the page's address", "return location.href", address)
        .await;
}

const PARTS: &str = "issue header title meta volume date figure image credit open-all headlines item headline \
    headline-link panel switch detail link source";

async fn every_part_can_be_styled(context: &TestContext) {
    // The page labels each part. In Chromium, its screenshot is www/parts.png.
    let page = context.visit("parts.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let unlabelled = format!(
        "const names = [...document.querySelectorAll('output')].map(output => output.textContent);
         return '{PARTS}'.split(' ').filter(part => !names.includes(part))"
    );
    page.expect("parts without a label", &unlabelled, json!([]))
        .await;
    widget.wait_for_animations().await;
    page.save_screenshot("parts").await;
    let style = format!(
        "const sheet = new CSSStyleSheet();
         for (const part of '{PARTS}'.split(' ')) sheet.insertRule(`digest-widget::part(${{part}}) {{ outline: 3px solid lime; }}`);
         document.adoptedStyleSheets = [sheet]"
    );
    page.run(&style).await;
    let plain = format!(
        "return '{PARTS}'.split(' ').filter(part =>
            getComputedStyle(one(`[part=${{part}}]`)).outlineStyle !== 'solid')"
    );
    widget
        .expect(
            "parts that the embedder's style does not reach",
            &plain,
            json!([]),
        )
        .await;
}

async fn custom_properties_set_colors_and_gap(context: &TestContext) {
    let page = context.visit("sources.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let set = "for (const [name, value] of Object.entries({
            '--digest-line-color': 'rgb(1, 2, 3)', '--digest-quiet-color': 'rgb(4, 5, 6)',
            '--digest-link-color': 'rgb(7, 8, 9)', '--digest-gap': '2em',
        })) host.style.setProperty(name, value)";
    widget.run(set).await;
    let found = "const style = (selector) => getComputedStyle(one(selector));
        return [style('[part=item]').borderBlockStartColor, style('[part=meta]').color,
            style('[part=link]').color,
            parseFloat(style('[part=item]').paddingBlockStart) / parseFloat(style('[part=item]').fontSize)]";
    let expected = json!(["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)", 2]);
    widget
        .expect("line, quiet text, link, gap in em", found, expected)
        .await;
    let aligned =
        "const [headline, button] = [one('h3'), one('summary')].map(piece => piece
            .getBoundingClientRect());
        return Math.abs((headline.top + headline.bottom) / 2 - (button.top + button.bottom) / 2) < 10";
    widget
        .expect("the switch is still on its headline's line", aligned, true)
        .await;
}
