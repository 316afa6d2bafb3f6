//! The panel of all issues: the list by year, and the search as the reader types.

use checks::{
    BrowserSettings, Page, StubResponse, TestContext, WidgetHandle, archive_script, archive_wasm,
    cases, run_axe,
};
use serde_json::{Value, json};

use crate::archived_series::{
    ArchivedSeries, PAGE, expect_focus, expect_headline, serve_page, visit,
};

cases![
    panel_opens_with_the_focus_in_its_field,
    list_has_every_issue_by_year,
    issue_of_the_list_takes_the_place,
    headlines_and_details_are_found,
    matches_are_marked,
    case_accents_and_width_do_not_matter,
    whole_words_come_first,
    japanese_words_are_found_without_spaces,
    results_are_counted_for_screen_readers,
    arrow_keys_choose_a_result,
    clicked_result_opens_its_headline,
    clicked_result_is_in_the_address_where_the_embedder_asks,
    escape_clears_the_field_then_closes_the_panel,
    composed_text_is_searched_when_it_is_complete,
    panel_keeps_its_search_beside_another_issue,
    failing_list_is_tried_again,
    missing_texts_leave_the_headlines,
    texts_of_an_older_build_are_requested_again,
    missing_module_leaves_the_digest,
    copy_of_a_site_shows_its_own_issues,
    list_that_leads_to_another_host_is_not_followed,
    strict_policy_allows_the_search,
    pinned_script_has_the_search,
    trap_in_the_search_leaves_the_digest,
    axe_passes_with_the_list_and_with_results,
    panel_fits_its_page,
];

async fn panel_opens_with_the_focus_in_its_field(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    let widget = page.widget();
    expect_focus(&widget, "search").await;
    let expanded = "return one('[part=all-issues]').ariaExpanded";
    widget
        .expect("the link to all issues is expanded", expanded, "true")
        .await;
    let field = widget.find("[part=search]").await;
    assert_eq!(page.accessible_name(&field).await, "Search all issues");
    widget.click("[part=all-issues]").await;
    expect_focus(&widget, "all-issues").await;
    widget
        .expect("the link to all issues is expanded", expanded, "false")
        .await;
    expect_panel(&widget, false).await;
}

async fn list_has_every_issue_by_year(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = open_panel(context, "archive=on").await.widget();
    let years = "return all('[part=year]').map(year =>
        [year.firstChild.textContent, year.open, ...[...year.querySelectorAll('li')].map(item => item.textContent)])";
    let expected = json!([
        [
            "2022",
            true,
            "Vol 1.5 March 25, 2022",
            "Vol 1.4 March 11, 2022",
            "Vol 1.3 February 11, 2022",
            "Vol 1.2 January 14, 2022"
        ],
        ["2021", false, "Vol 1.1 December 10, 2021"]
    ]);
    widget.expect("the issues by year", years, expected).await;
}

async fn issue_of_the_list_takes_the_place(context: &TestContext) {
    ArchivedSeries::serve(context);
    let widget = open_panel(context, "archive=on").await.widget();
    widget.click("[part=year]:last-child summary").await;
    widget.click("[part=year]:last-child a").await;
    expect_headline(&widget, "Radar site chosen").await;
    expect_focus(&widget, "title").await;
    expect_panel(&widget, false).await;
}

async fn headlines_and_details_are_found(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    type_text(&page, "harbour").await;
    let expected = json!([
        ["2022", "Radar site completed", "Harbour reopens"],
        ["2021", "Radar site chosen"]
    ]);
    expect_results(&page.widget(), expected).await;
    // Both words, one in the headline and one in the detail.
    type_text(&page, " chosen").await;
    expect_results(&page.widget(), json!([["2021", "Radar site chosen"]])).await;
    type_text(&page, " x").await;
    expect_results(&page.widget(), json!([])).await;
}

async fn matches_are_marked(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    type_text(&page, "cafe zurich").await;
    let marks = "return all('mark').map(mark => mark.textContent)";
    let expected = json!(["Café", "Zürich"]);
    page.widget().expect("marked words", marks, expected).await;
}

async fn case_accents_and_width_do_not_matter(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    for (query, expected) in [
        ("nato", json!([["2022", "新幹線の新駅が完成"]])),
        ("CAFE", json!([["2022", "Café opens at the pier"]])),
        (
            "ｚｕ\u{308}ｒｉｃｈ",
            json!([["2022", "Café opens at the pier"]]),
        ),
    ] {
        set_text(&page, query).await;
        expect_results(&page.widget(), expected).await;
    }
}

async fn whole_words_come_first(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    set_text(&page, "radar").await;
    let expected = json!([
        ["2022", "Radar site completed"],
        ["2021", "Radar site chosen"],
        ["Within longer words: 2022", "Harbour reopens"]
    ]);
    expect_results(&page.widget(), expected).await;
}

async fn japanese_words_are_found_without_spaces(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    for (query, expected) in [
        ("新幹線", json!([["2022", "新幹線の新駅が完成"]])),
        ("空港", json!([["2022", "新しい空港が開業"]])),
        ("幹線", json!([["2022", "新幹線の新駅が完成"]])),
    ] {
        set_text(&page, query).await;
        expect_results(&page.widget(), expected).await;
    }
}

async fn results_are_counted_for_screen_readers(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    let widget = page.widget();
    for (query, expected) in [
        ("harbour", "3 headlines found."),
        ("zurich", "1 headline found."),
        ("nowhere", "0 headlines found."),
        ("", ""),
    ] {
        set_text(&page, query).await;
        widget.expect_text("[part=search-status]", expected).await;
    }
    let role = "return one('[part=search-status]').getAttribute('role')";
    widget.expect("the role of the count", role, "status").await;
}

async fn arrow_keys_choose_a_result(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    let widget = page.widget();
    type_text(&page, "harbour").await;
    let active = "const field = one('[part=search]');
         const option = root.getElementById(field.getAttribute('aria-activedescendant'));
         const selected = all('[aria-selected]').map(option => option.id);
         return [field.ariaExpanded, option?.querySelector('[part=result-headline]').textContent ?? null,
                 selected.length === 1 && selected[0] === option?.id]";
    let what = "the field is expanded, the active option, and it is the selected one";
    widget
        .expect(what, active, json!(["true", null, false]))
        .await;
    for (key, expected) in [
        (DOWN, "Radar site completed"),
        (DOWN, "Harbour reopens"),
        (UP, "Radar site completed"),
        (UP, "Radar site chosen"),
        (DOWN, "Radar site completed"),
    ] {
        page.press_key(key).await;
        widget
            .expect(what, active, json!(["true", expected, true]))
            .await;
    }
    expect_focus(&widget, "search").await;
    page.press_key(DOWN).await;
    page.press_key(ENTER).await;
    expect_headline(&widget, "Harbour reopens").await;
    widget.expect_panels([true, false]).await;
    expect_focus(&widget, "headline-link").await;
    expect_panel(&widget, false).await;
}

async fn clicked_result_opens_its_headline(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    set_text(&page, "radar site").await;
    page.widget().click("[part=result]").await;
    expect_panel(&page.widget(), false).await;
    page.widget().expect_panels([false, true]).await;
    expect_headline(&page.widget(), "Naval drills began").await;
}

async fn clicked_result_is_in_the_address_where_the_embedder_asks(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=address").await;
    set_text(&page, "ferry").await;
    page.widget().click("[part=result]").await;
    let address = "return location.search + location.hash";
    let expected = "?digest-issue=coast-digest-1.4#ferry-timetable";
    page.expect("the address", address, expected).await;
    page.widget().expect_panels([false, true]).await;
    page.run("history.back()").await;
    expect_headline(&page.widget(), "Naval drills began").await;
    page.expect("the address", address, "").await;
}

async fn escape_clears_the_field_then_closes_the_panel(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    let widget = page.widget();
    type_text(&page, "harbour").await;
    page.press_key(ESCAPE).await;
    let text = "return [one('[part=search]').value, one('[part=years]').hidden]";
    widget
        .expect("the text, and the list is hidden", text, json!(["", false]))
        .await;
    expect_results(&widget, json!([])).await;
    page.press_key(ESCAPE).await;
    expect_panel(&widget, false).await;
    expect_focus(&widget, "all-issues").await;
}

async fn composed_text_is_searched_when_it_is_complete(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    let widget = page.widget();
    let compose = |text: &str, is_composing: bool| {
        format!(
            "const field = one('[part=search]');
             field.value = '{text}';
             field.dispatchEvent(new InputEvent('input', {{ isComposing: {is_composing} }}));
             return all('[role=option]').length"
        )
    };
    assert_eq!(widget.run(&compose("し", true)).await, 0);
    assert_eq!(widget.run(&compose("新幹線", true)).await, 0);
    widget
        .run("one('[part=search]').dispatchEvent(new CompositionEvent('compositionend'))")
        .await;
    expect_results(&widget, json!([["2022", "新幹線の新駅が完成"]])).await;
}

async fn panel_keeps_its_search_beside_another_issue(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    let widget = page.widget();
    type_text(&page, "ferry").await;
    widget.click("[part=result]").await;
    expect_headline(&widget, "Harbour reopens").await;
    widget.click("[part=all-issues]").await;
    expect_focus(&widget, "search").await;
    expect_results(&widget, json!([["2022", "Ferry timetable"]])).await;
    // Another drawing of the same issue takes neither the focus nor the text.
    widget.run("host.headingLevel = 4").await;
    widget.expect_text("h4", "Coast Digest").await;
    expect_focus(&widget, "search").await;
    type_text(&page, " timetables").await;
    expect_results(&widget, json!([])).await;
}

async fn failing_list_is_tried_again(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    context.cdn.respond(LIST, StubResponse::status(503));
    let page = visit(context, "archive=on").await;
    let widget = page.widget();
    widget.click("[part=all-issues]").await;
    let message = "The list of issues could not be loaded. Check your connection and try again.";
    widget.expect_text("[part=search-status]", message).await;
    expect_headline(&widget, "Naval drills began").await;
    let list = StubResponse::json(&series.read_file("archive.json"));
    context.cdn.respond(LIST, list.uncached());
    widget.click("[part=all-issues]").await;
    widget.click("[part=all-issues]").await;
    expect_list(&widget).await;
}

async fn missing_texts_leave_the_headlines(context: &TestContext) {
    ArchivedSeries::serve(context);
    context.cdn.respond(TEXTS, StubResponse::status(404));
    let page = visit(context, "archive=on").await;
    page.widget().click("[part=all-issues]").await;
    let message = "Only headlines are searched: the texts could not be loaded.";
    page.widget()
        .expect_text("[part=search-status]", message)
        .await;
    set_text(&page, "harbour").await;
    expect_results(&page.widget(), json!([["2022", "Harbour reopens"]])).await;
}

async fn texts_of_an_older_build_are_requested_again(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    let texts = series.read_file("search.json");
    let older = StubResponse::json(r#"{"format":1,"version":"old","details":["harbour"]}"#);
    context.cdn.respond(TEXTS, older.uncached());
    let held = context.cdn.hold(LIST);
    let page = visit(context, "archive=on").await;
    page.widget().click("[part=all-issues]").await;
    context.cdn.wait_for_request(TEXTS).await;
    context.let_requests_arrive(&page).await;
    context
        .cdn
        .respond(TEXTS, StubResponse::json(&texts).uncached());
    held.release();
    expect_list(&page.widget()).await;
    set_text(&page, "zurich").await;
    let expected = json!([["2022", "Café opens at the pier"]]);
    expect_results(&page.widget(), expected).await;
}

async fn missing_module_leaves_the_digest(context: &TestContext) {
    ArchivedSeries::serve(context);
    let module = format!("/{}", archive_wasm());
    context.cdn.respond(&module, StubResponse::status(404));
    let page = visit(context, "archive=on").await;
    page.widget().click("[part=all-issues]").await;
    let message = "The list of issues could not be loaded. Check your connection and try again.";
    page.widget()
        .expect_text("[part=search-status]", message)
        .await;
    expect_headline(&page.widget(), "Naval drills began").await;
}

async fn copy_of_a_site_shows_its_own_issues(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    let list = series.read_file("archive.json");
    let moved = list.replace(context.cdn.address(), "https://cdn.example/digest");
    context
        .cdn
        .respond(LIST, StubResponse::json(&moved).uncached());
    let page = open_panel(context, "archive=on").await;
    set_text(&page, "ferry").await;
    page.widget().click("[part=result]").await;
    expect_headline(&page.widget(), "Harbour reopens").await;
}

async fn list_that_leads_to_another_host_is_not_followed(context: &TestContext) {
    let series = ArchivedSeries::serve(context);
    let cdn = context.cdn.address();
    let other = context.embedder.address();
    let host = other.split_once(':').expect("it has a scheme").1;
    let page = context.open_browser(BrowserSettings::default()).await;
    for (site, src) in [
        (String::new(), format!("{other}/stolen.json")),
        (format!("{cdn}/"), format!("{cdn}/{host}/stolen.json")),
    ] {
        let mut list: Value = serde_json::from_str(&series.read_file("archive.json")).unwrap();
        list["page"] = site.into();
        list["issues"][1]["src"] = src.into();
        let list = StubResponse::json(&list.to_string());
        context.cdn.respond(LIST, list.uncached());
        serve_page(context, "", "archive=on");
        page.open(&format!("{other}/{PAGE}")).await;
        page.widget().click("[part=all-issues]").await;
        expect_list(&page.widget()).await;
        set_text(&page, "ferry").await;
        page.widget().click("[part=result]").await;
        let message = "This issue could not be loaded. Check your connection and try again.";
        let part = "[part=archive] [part=message]";
        page.widget().expect_text(part, message).await;
        context.let_requests_arrive(&page).await;
        assert_eq!(context.embedder.count_requests("/stolen.json"), 0);
    }
}

async fn strict_policy_allows_the_search(context: &TestContext) {
    ArchivedSeries::serve(context);
    let cdn = context.cdn.address();
    let policy = format!(
        "default-src 'none'; script-src {cdn} 'wasm-unsafe-eval'; connect-src {cdn}; style-src 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let head = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    serve_page(context, &head, "archive=on");
    let page = context.visit(PAGE).await;
    page.widget().click("[part=all-issues]").await;
    expect_list(&page.widget()).await;
    set_text(&page, "ferry").await;
    expect_results(&page.widget(), json!([["2022", "Ferry timetable"]])).await;
    let style = "return getComputedStyle(one('[part=search]')).display";
    page.widget()
        .expect("the panel has its styles", style, "block")
        .await;
}

async fn pinned_script_has_the_search(context: &TestContext) {
    ArchivedSeries::serve(context);
    let pinned = concat!("digest-", env!("CARGO_PKG_VERSION"), ".js");
    let head = format!(
        "<script type=module src={}/{pinned}></script>",
        context.cdn.address()
    );
    serve_page(context, &head, "archive=on");
    let page = context.visit(PAGE).await;
    page.widget().click("[part=all-issues]").await;
    expect_list(&page.widget()).await;
    set_text(&page, "ferry").await;
    expect_results(&page.widget(), json!([["2022", "Ferry timetable"]])).await;
    let script = format!("/{}", archive_script());
    assert_eq!(context.cdn.count_requests(&script), 0, "requests");
}

async fn trap_in_the_search_leaves_the_digest(context: &TestContext) {
    ArchivedSeries::serve(context);
    serve_page(context, BREAK_NORMALIZE, "archive=on");
    let page = context.visit(PAGE).await;
    let widget = page.widget();
    widget.click("[part=all-issues]").await;
    expect_list(&widget).await;
    page.run("window.breakNormalize()").await;
    set_text(&page, "café").await;
    let message = "The list of issues could not be loaded. Check your connection and try again.";
    widget.expect_text("[part=search-status]", message).await;
    expect_headline(&widget, "Naval drills began").await;
    page.run("window.restoreNormalize()").await;
    widget.click("[part=all-issues]").await;
    widget.click("[part=all-issues]").await;
    let expected = json!([["2022", "Café opens at the pier"]]);
    expect_results(&widget, expected).await;
}

/// In the page itself: a script of Firefox's driver has prototypes of its own.
const BREAK_NORMALIZE: &str = "<script>
    const { normalize } = String.prototype;
    window.breakNormalize = () => {
        String.prototype.normalize = () => { throw new Error('a page has broken this') };
    };
    window.restoreNormalize = () => { String.prototype.normalize = normalize };
</script>";

async fn axe_passes_with_the_list_and_with_results(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = open_panel(context, "archive=on").await;
    run_axe(&page).await;
    type_text(&page, "harbour").await;
    page.press_key(DOWN).await;
    page.widget()
        .expect(
            "selected options",
            "return all('[aria-selected]').length",
            1,
        )
        .await;
    run_axe(&page).await;
}

async fn panel_fits_its_page(context: &TestContext) {
    ArchivedSeries::serve(context);
    let page = context.open_browser(BrowserSettings::default()).await;
    for (name, attributes, width) in [
        ("light", "archive=on theme=light", 700),
        ("dark-narrow", "archive=on theme=dark", 280),
        ("japanese", "archive=on theme=light lang=ja", 400),
    ] {
        let head = format!("<style>main {{ width: {width}px }}</style>");
        serve_page(context, &head, attributes);
        page.open(&format!("{}/{}", context.embedder.address(), PAGE))
            .await;
        page.widget().wait_until_drawn().await;
        page.save_screenshot(&format!("archive-{name}-links")).await;
        page.widget().click("[part=all-issues]").await;
        expect_list(&page.widget()).await;
        page.save_screenshot(&format!("archive-{name}-list")).await;
        set_text(&page, if name == "japanese" { "新" } else { "radar" }).await;
        page.widget()
            .expect("results", "return all('[role=option]').length > 0", true)
            .await;
        page.press_key(DOWN).await;
        page.save_screenshot(&format!("archive-{name}-results"))
            .await;
        let overflow =
            "return root.firstElementChild.scrollWidth - root.firstElementChild.clientWidth";
        page.widget()
            .expect("pixels beside the digest", overflow, 0)
            .await;
    }
}

/// Opens the embedder's page and the panel, and waits for the list and the texts.
async fn open_panel(context: &TestContext, attributes: &str) -> Page {
    let page = visit(context, attributes).await;
    page.widget().click("[part=all-issues]").await;
    expect_list(&page.widget()).await;
    page
}

/// Waits until the list and the texts are there.
async fn expect_list(widget: &WidgetHandle) {
    let list = "return all('[part=issues] > li').length";
    widget.expect("the number of listed issues", list, 5).await;
    let status = "return one('[part=search-status]').textContent";
    widget.expect("the status of the search", status, "").await;
}

async fn type_text(page: &Page, text: &str) {
    for key in text.chars() {
        page.press_key(key).await;
    }
}

/// Replaces the text of the field as an input method does, which keys of a driver cannot.
async fn set_text(page: &Page, text: &str) {
    let set = format!(
        "one('[part=search]').focus();
         one('[part=search]').value = {};
         one('[part=search]').dispatchEvent(new InputEvent('input'))",
        json!(text)
    );
    page.widget().run(&set).await;
}

/// Waits until the results are these: the label of each group, and its headlines.
async fn expect_results(widget: &WidgetHandle, expected: Value) {
    let groups = "return all('[role=listbox] > [role=group]').map(group => [group.firstChild.textContent,
         ...[...group.querySelectorAll('[role=option] > [part=result-headline]')].map(text => text.textContent)])";
    widget.expect("the results", groups, expected).await;
}

async fn expect_panel(widget: &WidgetHandle, is_visible: bool) {
    let visible = "return one('[part=archive-panel]').checkVisibility()";
    widget
        .expect("the panel is visible", visible, is_visible)
        .await;
}

const LIST: &str = "/archive.json";
const TEXTS: &str = "/search.json";

const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
const UP: char = '\u{e013}';
const DOWN: char = '\u{e015}';
