//! The checks of `docs/custom-element-checklist.md`: an embedder may expect them of every HTML
//! element.

use checks::{Page, StubResponse, TestContext, WidgetHandle, cases};
use serde_json::{Value, json};

cases![
    plain_tag_shows_and_requests_nothing,
    detached_element_can_be_configured,
    element_fits_in_every_container,
    element_works_in_a_shadow_root,
    any_children_are_shown_and_kept,
    slotted_content_is_the_fallback,
    children_can_change_at_any_time,
    options_in_any_order_give_the_same_result,
    properties_read_back_what_was_set,
    subclass_works_under_its_own_tag,
    styles_on_the_element_apply_at_any_time,
    changed_width_changes_the_layout,
    hidden_element_is_laid_out_once_shown,
    issue_is_an_article_with_headings_and_a_list,
    tab_visits_every_control_in_both_directions,
    focus_has_a_visible_outline,
    magnified_page_fits,
    doubled_text_fits,
    page_without_styles_fits,
];

async fn plain_tag_shows_and_requests_nothing(context: &TestContext) {
    let page = open_plain_page(context).await;
    page.run("document.querySelector('main').innerHTML += '<digest-widget></digest-widget>'")
        .await;
    context.let_requests_arrive(&page).await;
    let widget = page.widget();
    widget
        .expect(
            "its text without an issue",
            "return root.textContent.trim()",
            "",
        )
        .await;
    assert_eq!(
        context.cdn.count_requests(".wasm"),
        0,
        "requests for the engine"
    );
    widget
        .run(&format!("host.src = '{}'", seed_address(context)))
        .await;
    widget.wait_until_drawn().await;
}

async fn detached_element_can_be_configured(context: &TestContext) {
    let page = open_plain_page(context).await;
    let create = format!(
        "window.made = document.createElement('digest-widget');
         const empty = made.attributes.length + made.childNodes.length;
         Object.assign(made, {{ src: '{}', headingLevel: 4, open: 'first', theme: 'dark' }});
         made.openAll();
         made.closeAll();
         made.open('us-japan-begin-planning-for-economic-2-2-launch');
         made.reload();
         return empty",
        seed_address(context)
    );
    assert_eq!(
        page.run(&create).await,
        0,
        "attributes and children of a new element"
    );
    context.let_requests_arrive(&page).await;
    assert_eq!(
        context.cdn.count_requests("issue.json"),
        0,
        "requests while it is in no page"
    );
    page.run("document.querySelector('main').append(made)")
        .await;
    page.widget()
        .expect_text("h4", "US-Japan Alliance Digest")
        .await;
    page.widget()
        .expect_panels([false, false, true, false])
        .await;
}

async fn element_fits_in_every_container(context: &TestContext) {
    let page = context.visit("checklist-places.html").await;
    let count = page
        .run("return document.querySelectorAll('digest-widget').length")
        .await;
    let count = count.as_u64().expect("a length is a number") as usize;
    assert!(count > 10, "expected all containers, found {count}");
    for index in 0..count {
        let widget = page.nth_widget(index);
        widget.wait_until_drawn().await;
        // By script: WebKitWebDriver's click misses an element that moves after it was scrolled
        // into view.
        widget.run("host.openAll()").await;
        widget.expect_panels([true, true, true, true]).await;
        widget.wait_for_animations().await;
        widget
            .expect("pieces that overflow the element", OVERFLOWING, json!([]))
            .await;
        // 280 pixels is the least width that a digest supports. No container here is narrower.
        widget
            .expect("it is wide enough", "return host.offsetWidth >= 280", true)
            .await;
        widget.expect("the issue fills it", FILLS, true).await;
    }
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    page.expect("the page scrolls sideways", scrolls, false)
        .await;
    page.save_screenshot("places").await;
}

/// In columns, an element has a box in each. The first one is measured.
const FILLS: &str =
    "const [inner, outer] = [one('article'), host].map(piece => piece.getClientRects()[0].width);
    return Math.abs(inner - outer) < 2";

const OVERFLOWING: &str = "const { left, right } = host.getBoundingClientRect();
    return all('*').filter(element => {
        const box = element.getBoundingClientRect();
        // In columns, a box reaches from the first column to the last.
        if (host.getClientRects().length > 1 || box.width === 0) return false;
        return box.left < left - 1 || box.right > right + 1;
    }).map(element => element.outerHTML.slice(0, 80))";

async fn element_works_in_a_shadow_root(context: &TestContext) {
    let page = open_plain_page(context).await;
    let put = format!(
        "const outer = document.createElement('section');
         window.inner = outer.attachShadow({{ mode: 'closed' }});
         window.events = [];
         for (const name of ['digest-load', 'digest-toggle'])
             document.addEventListener(name, ({{ target }}) =>
                 events.push([name, target === outer]));
         const element = document.createElement('digest-widget');
         element.src = '{}';
         inner.append(element);
         document.querySelector('main').append(outer)",
        seed_address(context)
    );
    page.run(&put).await;
    let all =
        "const all = selector => [...inner.firstChild.shadowRoot.querySelectorAll(selector)];";
    page.expect("headlines", &format!("{all} return all('h3').length"), 4)
        .await;
    page.run(&format!("{all} all('summary')[1].click()")).await;
    let panels = format!("{all} return all('details').map(panel => panel.open)");
    page.expect("open panels", &panels, json!([false, true, false, false]))
        .await;
    let styled = format!("{all} return getComputedStyle(all('[part=headlines]')[0]).listStyleType");
    page.expect(
        "the list's marker, by the widget's own styles",
        &styled,
        "none",
    )
    .await;
    let events = json!([["digest-load", true], ["digest-toggle", true]]);
    page.expect(
        "the events at the document, from the outer element",
        "return events",
        events,
    )
    .await;
}

async fn any_children_are_shown_and_kept(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = open_plain_page(context).await;
    for (index, content) in CONTENTS.iter().enumerate() {
        let add = format!(
            "const element = document.createElement('digest-widget');
             element.src = '{}';
             element.innerHTML = {};
             document.querySelector('main').append(element)",
            seed_address(context),
            json!(content)
        );
        page.run(&add).await;
        let widget = page.nth_widget(index);
        widget
            .expect(
                "it waits for the issue",
                "return one('slot') !== null && host.src !== ''",
                true,
            )
            .await;
        widget
            .expect(&format!("a reader sees {content}"), IS_SEEN, true)
            .await;
    }
    let kept = page.run(INNER).await;
    held.release();
    for index in 0..CONTENTS.len() {
        page.nth_widget(index).wait_until_drawn().await;
    }
    page.expect("the children, which do not change", INNER, kept)
        .await;
}

const INNER: &str =
    "return [...document.querySelectorAll('digest-widget')].map(host => host.innerHTML)";

/// Text nodes have no `checkVisibility`, but visible ones have a height.
const IS_SEEN: &str = "const range = document.createRange();
    range.selectNodeContents(host);
    return range.getBoundingClientRect().height > 0";

const CONTENTS: [&str; 7] = [
    "Nothing but text",
    "<!-- a comment --> and <b>text</b> in <i>pieces</i>",
    "<details open><summary>Sanctions</summary><p>In step.</p></details>",
    "<table><tr><td>A table</td></tr></table>",
    "<form><input name=q value=Search><button>Go</button></form>",
    "<embedder-element>an element that nobody has defined</embedder-element>",
    "<style>b { font-weight: 400 }</style><template><p>no</p></template><script type=text/plain>no</script><p>Words</p>",
];

/// An embedder's component has a `<slot>` in the element. The slotted content is the fallback.
async fn slotted_content_is_the_fallback(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = open_plain_page(context).await;
    let put = format!(
        "const outer = document.createElement('section');
         outer.innerHTML = '<p>The words of a page</p>';
         const element = document.createElement('digest-widget');
         element.src = '{}';
         element.append(document.createElement('slot'));
         outer.attachShadow({{ mode: 'open' }}).append(element);
         document.querySelector('main').append(outer)",
        seed_address(context)
    );
    page.run(&put).await;
    context.cdn.wait_for_request("issue.json").await;
    let shown = "return document.querySelector('section p').checkVisibility()";
    page.expect("the content is visible", shown, true).await;
    held.release();
    page.expect("the content is visible", shown, false).await;
}

async fn children_can_change_at_any_time(context: &TestContext) {
    let held = context.cdn.hold("issue.json");
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget
        .expect(
            "the engine has drawn",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    for words in ["first", "second"] {
        widget
            .run(&format!("host.innerHTML = '<p>{words}</p>'"))
            .await;
        widget
            .expect(&format!("a reader sees {words}"), IS_SEEN, true)
            .await;
    }
    widget.run("host.textContent = ''").await;
    widget
        .expect("a reader sees that it loads", STATUS_IS_SEEN, true)
        .await;
    widget.run("host.innerHTML = '<p>third</p>'").await;
    held.release();
    widget.wait_until_drawn().await;
    widget.expect_children_visible(false).await;
    widget.click_nth("summary", 2).await;
    widget
        .run("host.append(document.createElement('hr'))")
        .await;
    widget.expect_panels([false, false, true, false]).await;
    widget.expect_children_visible(false).await;
    context.cdn.respond("issue.json", StubResponse::status(404));
    widget
        .run("host.src = host.src + '?other'; host.innerHTML = '<p>fourth</p>'")
        .await;
    widget.expect_children_visible(true).await;
}

const STATUS_IS_SEEN: &str = "return one('[role=status]').checkVisibility()";

async fn options_in_any_order_give_the_same_result(context: &TestContext) {
    let page = open_plain_page(context).await;
    let add = format!(
        "const address = '{}';
         const set = [
             element => element.setAttribute('heading-level', '4'),
             element => element.openAll(),
             element => element.src = address,
             element => document.querySelector('main').append(element),
             element => element.lang = 'ja',
             element => element.linkTarget = '_top',
             element => element.deepLinks = 'off',
             element => element.setAttribute('theme', 'dark'),
         ];
         for (let turn = 0; turn < set.length; turn++) {{
             const element = document.createElement('digest-widget');
             [...set.slice(turn), ...set.slice(0, turn)].forEach(step => step(element));
             const reversed = document.createElement('digest-widget');
             [...set.slice(turn), ...set.slice(0, turn)].reverse().forEach(step => step(reversed));
         }}",
        seed_address(context)
    );
    page.run(&add).await;
    page.widget()
        .expect_text("h4", "US-Japan Alliance Digest")
        .await;
    page.widget()
        .expect_text("[part=open-all]", "すべて閉じる")
        .await;
    let different = "const all = [...document.querySelectorAll('digest-widget')];
        const describe = host => [host.shadowRoot.innerHTML, ...host.getAttributeNames().sort()
            .map(name => host.getAttribute(name))].join();
        return [all.length, new Set(all.map(describe)).size]";
    page.expect("elements, and kinds of them", different, json!([16, 1]))
        .await;
}

async fn properties_read_back_what_was_set(context: &TestContext) {
    let page = open_plain_page(context).await;
    let read = "const element = document.createElement('digest-widget');
        const set = { src: 'a.json', lang: 'ja', theme: 'dark', headingLevel: 3, loading: 'lazy',
            deepLinks: 'off', linkTarget: '_top' };
        const found = [];
        for (const inside of [false, true]) {
            if (inside) document.querySelector('main').append(element);
            Object.assign(element, set);
            found.push(...Object.keys(set).filter(name => element[name] !== set[name]));
            const issue = { format: 1 };
            element.issue = issue;
            if (element.issue !== issue) found.push('issue');
            element.innerHTML = '<p>words</p>';
            if (element.innerHTML !== '<p>words</p>') found.push('content');
        }
        return found";
    assert_eq!(page.run(read).await, json!([]), "properties that changed");
}

async fn subclass_works_under_its_own_tag(context: &TestContext) {
    let page = open_plain_page(context).await;
    run_as_the_page(
        &page,
        &OWN_ELEMENT.replace("{seed}", &seed_address(context)),
    )
    .await;
    let all = "const host = document.querySelector('embedder-digest');
        const all = selector => [...host.shadowRoot.querySelectorAll(selector)];";
    page.expect(
        "the headlines",
        &format!("{all} return all('h4').length"),
        4,
    )
    .await;
    let panels = format!("{all} return all('details').map(panel => panel.open)");
    page.expect("open panels", &panels, json!([true, false, false, false]))
        .await;
    page.run(&format!("{all} host.openAll()")).await;
    page.expect("open panels", &panels, json!([true, true, true, true]))
        .await;
    page.run(&format!("{all} all('summary')[3].click()")).await;
    let notes = "return document.querySelector('embedder-digest').dataset.notes";
    page.expect(
        "the notes of the embedder's class",
        notes,
        " connected digest-load openAll digest-toggle",
    )
    .await;
}

const OWN_ELEMENT: &str = "
    class EmbedderDigest extends customElements.get('digest-widget') {
        connectedCallback() {
            this.note('connected');
            super.connectedCallback();
            for (const name of ['digest-load', 'digest-toggle'])
                this.addEventListener(name, () => this.note(name));
            this.headingLevel = 3;
        }
        openAll() {
            this.note('openAll');
            super.openAll();
        }
        note(what) {
            this.dataset.notes = (this.dataset.notes ?? '') + ' ' + what;
        }
    }
    customElements.define('embedder-digest', EmbedderDigest);
    document.querySelector('main').insertAdjacentHTML('beforeend',
        '<embedder-digest src=\"{seed}\" open=\"first\">Words</embedder-digest>')";

/// The embedder's styles of the element apply, and inherited values change at once.
async fn styles_on_the_element_apply_at_any_time(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 1).await;
    let style = "Object.assign(host.style, { padding: '20px', border: '5px solid', width: '600px',
            margin: '40px', background: 'rgb(1, 2, 3)', color: 'rgb(250, 251, 252)' });
        host.parentElement.style.fontSize = '30px';
            host.parentElement.style.fontFamily = 'monospace'";
    widget.run(style).await;
    let found = "const [text, outer, inner] = [one('[part=detail]'), host, one('article')];
        const { color, fontSize, fontFamily } = getComputedStyle(text);
        return { color, fontSize, fontFamily, outer: outer.offsetWidth, inner: inner.offsetWidth,
            ground: getComputedStyle(outer).backgroundColor }";
    let expected = json!({
        "color": "rgb(250, 251, 252)", "fontSize": "30px", "fontFamily": "monospace",
        "outer": 650, "inner": 600, "ground": "rgb(1, 2, 3)",
    });
    widget
        .expect("the effect of the styles", found, expected)
        .await;
    widget.expect_panels([false, true, false, false]).await;
}

async fn changed_width_changes_the_layout(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let beside = "const [headline, button] = [one('h3'), one('summary')].map(piece => piece
            .getBoundingClientRect());
        return button.top < headline.bottom";
    for (width, expected) in [
        ("280px", false),
        ("720px", true),
        ("300px", false),
        ("100%", true),
    ] {
        widget.run(&format!("host.style.width = '{width}'")).await;
        widget
            .expect(
                &format!("switches are beside headlines at {width}"),
                beside,
                expected,
            )
            .await;
        widget
            .expect("pieces that overflow the element", OVERFLOWING, json!([]))
            .await;
        for method in ["openAll", "closeAll"] {
            widget.run(&format!("host.{method}()")).await;
            let high = "return Math.abs(host.offsetHeight - one('article').offsetHeight) <= 1";
            widget
                .expect(
                    &format!("it is as high as the issue after {method}()"),
                    high,
                    true,
                )
                .await;
        }
    }
}

async fn hidden_element_is_laid_out_once_shown(context: &TestContext) {
    let page = context.visit("bare.html").await;
    page.run("document.querySelector('digest-widget').hidden = true")
        .await;
    context.include_loader(&page).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget
        .expect(
            "its height while it is hidden",
            "return host.offsetHeight",
            0,
        )
        .await;
    widget.run("host.hidden = false").await;
    widget
        .expect("it has a height", "return host.offsetHeight > 100", true)
        .await;
    widget.expect("the issue fills it", FILLS, true).await;
    widget.run("host.style.display = 'none'").await;
    widget
        .expect(
            "its height while it is hidden",
            "return host.offsetHeight",
            0,
        )
        .await;
}

/// A screen reader announces an article with a heading, a list, and a heading and a panel in each
/// item.
async fn issue_is_an_article_with_headings_and_a_list(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let outline = "return all('article, h1, h2, h3, h4, ul, li, details, time').map(piece =>
        piece.localName).join(' ')";
    let item = "li h3 details";
    let expected = format!("article h2 time ul {item} {item} {item} {item}");
    widget
        .expect("the elements of the issue", outline, expected)
        .await;
}

async fn tab_visits_every_control_in_both_directions(context: &TestContext) {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    page.run(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<button id=after>After</button>')",
    )
    .await;
    let focus = "const inside = document.activeElement?.shadowRoot?.activeElement;
        return inside?.getAttribute('part') ?? document.activeElement?.id ?? null";
    let mut visited = Vec::new();
    for _ in 0..30 {
        page.press_key(TAB).await;
        let found = page.run(focus).await;
        if found == "after" {
            break;
        }
        visited.push(found);
    }
    let switches = visited.iter().filter(|part| *part == "switch").count();
    let first = visited.iter().position(|part| *part == "open-all");
    assert_eq!(
        (first, switches),
        (Some(0), 4),
        "controls that Tab visits: {visited:?}"
    );
    let mut back = Vec::new();
    for _ in 0..visited.len() {
        page.press_keys(&[SHIFT, TAB]).await;
        back.push(page.run(focus).await);
    }
    back.reverse();
    assert_eq!(back, visited, "controls that Shift and Tab visit");
}

const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';

async fn focus_has_a_visible_outline(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    let mut before = widget.capture("article").await;
    // The button, and the switches and links of the first headlines.
    for _ in 0..5 {
        page.press_key(TAB).await;
        let ring = "const { outlineStyle, outlineWidth, outlineColor, color }
            = getComputedStyle(root.activeElement);
            return [outlineStyle, outlineWidth, outlineColor === color]";
        let expected = json!(["solid", "2px", true]);
        widget
            .expect(
                "the outline: its style, its width, whether it has the text's colour",
                ring,
                expected,
            )
            .await;
        let after = widget.capture("article").await;
        assert!(
            after.difference(&before).is_some(),
            "expected another focus to change the screenshot"
        );
        before = after;
    }
}

async fn magnified_page_fits(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click("[part=open-all]").await;
    widget.expect_panels([true, true, true, true]).await;
    for zoom in [2, 3] {
        page.run(&format!("document.documentElement.style.zoom = '{zoom}'"))
            .await;
        expect_fit(&widget, &page).await;
        page.save_screenshot(&format!("magnified-{zoom}")).await;
    }
    // 1100 pixels at 300% are 367, as on a phone.
    let stacked = "return one('summary').getBoundingClientRect().top >= one('h3')
        .getBoundingClientRect().bottom - 1";
    widget
        .expect("a switch is below its headline", stacked, true)
        .await;
}

async fn doubled_text_fits(context: &TestContext) {
    let page = context.visit("sidebar.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click("[part=open-all]").await;
    let sizes = "return ['title', 'headline', 'detail', 'switch', 'open-all', 'date'].map(part =>
        parseFloat(getComputedStyle(one(`[part=${part}]`)).fontSize))";
    let before = widget.run(sizes).await;
    page.run("document.documentElement.style.fontSize = '34px'")
        .await;
    let doubled: Vec<f64> = parse_numbers(&before)
        .iter()
        .map(|size| size * 2.0)
        .collect();
    let found = widget.run(sizes).await;
    for (found, expected) in parse_numbers(&found).iter().zip(&doubled) {
        assert!(
            (found - expected).abs() < 0.1,
            "expected sizes {doubled:?}, found {found}"
        );
    }
    widget
        .expect("pieces that overflow the element", OVERFLOWING, json!([]))
        .await;
    page.save_screenshot("doubled").await;
}

/// The browser's own styles are the only ones.
async fn page_without_styles_fits(context: &TestContext) {
    let page = context.visit("article.html").await;
    page.run("document.querySelector('link[rel=stylesheet]').remove()")
        .await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    expect_fit(&widget, &page).await;
    let own = "return all('.root, .root *:not(button)').filter(piece => {
            const { backgroundColor, backgroundImage, boxShadow } = getComputedStyle(piece);
            return backgroundColor !== 'rgba(0, 0, 0, 0)' || backgroundImage !== 'none' ||
                boxShadow !== 'none';
        }).map(piece => piece.localName)";
    widget
        .expect(
            "pieces with a ground or a shadow of their own",
            own,
            json!([]),
        )
        .await;
    let text = "return ['title', 'headline', 'detail'].filter(part =>
        getComputedStyle(one(`[part=${part}]`)).color !== getComputedStyle(document.body).color)";
    widget
        .expect("text with a colour of its own", text, json!([]))
        .await;
    page.save_screenshot("unstyled").await;
}

async fn expect_fit(widget: &WidgetHandle, page: &Page) {
    widget
        .expect("pieces that overflow the element", OVERFLOWING, json!([]))
        .await;
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    page.expect("the page scrolls sideways", scrolls, false)
        .await;
}

fn parse_numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}

/// Opens a page with the loader and without an element.
async fn open_plain_page(context: &TestContext) -> Page {
    let page = context.visit("plain.html").await;
    context.include_loader(&page).await;
    let defined = "return customElements.get('digest-widget') !== undefined";
    page.expect("the element is defined", defined, true).await;
    page
}

fn seed_address(context: &TestContext) -> String {
    format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        context.cdn.address()
    )
}

/// Runs a script as one of the page's own: in Firefox, a driver's script cannot extend a class of
/// the page.
async fn run_as_the_page(page: &Page, script: &str) {
    let run = format!(
        "const script = document.createElement('script');
         script.textContent = {};
         document.head.append(script);
         script.remove()",
        json!(format!("{{ {script} }}"))
    );
    page.run(&run).await;
}
