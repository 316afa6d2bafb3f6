//! What a partner may expect of every HTML element, and so of this one: `docs/custom-element-checklist.md`
//! says which check each case is for.

use checks::{Answer, Page, Stage, Widget, cases};
use serde_json::{Value, json};

cases![
    a_partner_writes_the_plain_tag,
    a_partner_creates_the_element_in_no_page,
    a_partner_puts_the_element_into_every_place,
    a_partner_puts_the_element_into_a_shadow_root,
    a_partner_puts_anything_into_the_element,
    a_partner_passes_content_on_from_a_component,
    a_partner_replaces_the_content_at_any_time,
    a_partner_sets_options_in_any_order,
    a_partner_reads_back_what_was_set,
    a_partner_makes_an_element_of_their_own_of_it,
    a_partner_styles_the_element_at_any_time,
    a_partner_changes_the_width,
    a_partner_hides_the_element_and_shows_it,
    a_reader_hears_how_the_issue_is_built,
    a_reader_tabs_through_and_back,
    a_reader_sees_what_has_the_focus,
    a_reader_magnifies_the_page,
    a_reader_doubles_the_size_of_the_text,
    a_partner_has_no_styles,
];

async fn a_partner_writes_the_plain_tag(stage: &Stage) {
    let page = plain(stage).await;
    page.run("document.querySelector('main').innerHTML += '<digest-widget></digest-widget>'")
        .await;
    time_goes_by(&page).await;
    let widget = page.widget();
    widget
        .expect(
            "what it shows, having no issue",
            "return root.textContent.trim()",
            "",
        )
        .await;
    assert_eq!(stage.cdn.asked_for(".wasm"), 0, "requests for the engine");
    widget.run(&format!("host.src = '{}'", seed(stage))).await;
    widget.is_up().await;
}

async fn a_partner_creates_the_element_in_no_page(stage: &Stage) {
    let page = plain(stage).await;
    let create = format!(
        "window.made = document.createElement('digest-widget');
         const empty = made.attributes.length + made.childNodes.length;
         Object.assign(made, {{ src: '{}', headingLevel: 4, open: 'first', theme: 'dark' }});
         made.openAll();
         made.closeAll();
         made.open('us-japan-begin-planning-for-economic-2-2-launch');
         made.reload();
         return empty",
        seed(stage)
    );
    assert_eq!(
        page.run(&create).await,
        0,
        "attributes and children of a new element"
    );
    time_goes_by(&page).await;
    assert_eq!(
        stage.cdn.asked_for("issue.json"),
        0,
        "requests while it is in no page"
    );
    page.run("document.querySelector('main').append(made)")
        .await;
    page.widget().reads("h4", "US-Japan Alliance Digest").await;
    page.widget().has_panels([false, false, true, false]).await;
}

async fn a_partner_puts_the_element_into_every_place(stage: &Stage) {
    let page = stage.visit("checklist-places.html").await;
    let count = page
        .run("return document.querySelectorAll('digest-widget').length")
        .await;
    let count = count.as_u64().expect("a length is a number") as usize;
    assert!(count > 10, "expected all places, found {count}");
    for index in 0..count {
        let widget = page.nth_widget(index);
        widget.is_up().await;
        // By script: WebKitWebDriver's click misses what has moved since it was scrolled into view.
        widget.run("host.openAll()").await;
        widget.has_panels([true, true, true, true]).await;
        widget.is_still().await;
        widget
            .expect("what sticks out of the element", STICKS_OUT, json!([]))
            .await;
        // No place gives less; the narrowest one that a digest is made for has 280 pixels.
        widget
            .expect(
                "whether it has room",
                "return host.offsetWidth >= 280",
                true,
            )
            .await;
        widget
            .expect("whether the issue fills it", FILLS, true)
            .await;
    }
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    page.expect("whether the page scrolls sideways", scrolls, false)
        .await;
    page.screenshot("places").await;
}

/// In columns, an element has a box in each; the first one tells.
const FILLS: &str =
    "const [inner, outer] = [one('article'), host].map(piece => piece.getClientRects()[0].width);
    return Math.abs(inner - outer) < 2";

const STICKS_OUT: &str = "const { left, right } = host.getBoundingClientRect();
    return all('*').filter(element => {
        const box = element.getBoundingClientRect();
        // What is in columns is measured from the first to the last one.
        if (host.getClientRects().length > 1 || box.width === 0) return false;
        return box.left < left - 1 || box.right > right + 1;
    }).map(element => element.outerHTML.slice(0, 80))";

async fn a_partner_puts_the_element_into_a_shadow_root(stage: &Stage) {
    let page = plain(stage).await;
    let put = format!(
        "const outer = document.createElement('section');
         window.inner = outer.attachShadow({{ mode: 'closed' }});
         window.heard = [];
         for (const name of ['digest-load', 'digest-toggle'])
             document.addEventListener(name, ({{ target }}) => heard.push([name, target === outer]));
         const element = document.createElement('digest-widget');
         element.src = '{}';
         inner.append(element);
         document.querySelector('main').append(outer)",
        seed(stage)
    );
    page.run(&put).await;
    let all =
        "const all = selector => [...inner.firstChild.shadowRoot.querySelectorAll(selector)];";
    page.expect("headlines", &format!("{all} return all('h3').length"), 4)
        .await;
    page.run(&format!("{all} all('summary')[1].click()")).await;
    let panels = format!("{all} return all('details').map(panel => panel.open)");
    page.expect(
        "which panels are open",
        &panels,
        json!([false, true, false, false]),
    )
    .await;
    let styled = format!("{all} return getComputedStyle(all('[part=headlines]')[0]).listStyleType");
    page.expect(
        "the list's marker, by the widget's own styles",
        &styled,
        "none",
    )
    .await;
    let heard = json!([["digest-load", true], ["digest-toggle", true]]);
    page.expect(
        "what the document hears, as from the outer element",
        "return heard",
        heard,
    )
    .await;
}

async fn a_partner_puts_anything_into_the_element(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let page = plain(stage).await;
    for (index, content) in CONTENTS.iter().enumerate() {
        let add = format!(
            "const element = document.createElement('digest-widget');
             element.src = '{}';
             element.innerHTML = {};
             document.querySelector('main').append(element)",
            seed(stage),
            json!(content)
        );
        page.run(&add).await;
        let widget = page.nth_widget(index);
        widget
            .expect(
                "whether it waits for the issue",
                "return one('slot') !== null && host.src !== ''",
                true,
            )
            .await;
        widget
            .expect(&format!("whether a reader sees {content}"), IS_SEEN, true)
            .await;
    }
    let kept = page.run(INNER).await;
    held.release();
    for index in 0..CONTENTS.len() {
        page.nth_widget(index).is_up().await;
    }
    page.expect("the content, which stays the partner's", INNER, kept)
        .await;
}

const INNER: &str =
    "return [...document.querySelectorAll('digest-widget')].map(host => host.innerHTML)";

/// Text has no `checkVisibility`, but it takes room.
const IS_SEEN: &str = "const range = document.createRange();
    range.selectNodeContents(host);
    return range.getBoundingClientRect().height > 0";

const CONTENTS: [&str; 7] = [
    "Nothing but text",
    "<!-- a comment --> and <b>text</b> in <i>pieces</i>",
    "<details open><summary>Sanctions</summary><p>In step.</p></details>",
    "<table><tr><td>A table</td></tr></table>",
    "<form><input name=q value=Search><button>Go</button></form>",
    "<partner-element>an element that nobody has defined</partner-element>",
    "<style>b { font-weight: 400 }</style><template><p>no</p></template><script type=text/plain>no</script><p>Words</p>",
];

/// The partner's component has a `<slot>` inside of the element; what is assigned to it is the fallback.
async fn a_partner_passes_content_on_from_a_component(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let page = plain(stage).await;
    let put = format!(
        "const outer = document.createElement('section');
         outer.innerHTML = '<p>The words of a page</p>';
         const element = document.createElement('digest-widget');
         element.src = '{}';
         element.append(document.createElement('slot'));
         outer.attachShadow({{ mode: 'open' }}).append(element);
         document.querySelector('main').append(outer)",
        seed(stage)
    );
    page.run(&put).await;
    stage.cdn.is_asked_for("issue.json").await;
    let shown = "return document.querySelector('section p').checkVisibility()";
    page.expect("whether the words are on view", shown, true)
        .await;
    held.release();
    page.expect("whether the words are on view", shown, false)
        .await;
}

async fn a_partner_replaces_the_content_at_any_time(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget
        .expect(
            "whether the engine has drawn",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    for words in ["first", "second"] {
        widget
            .run(&format!("host.innerHTML = '<p>{words}</p>'"))
            .await;
        widget
            .expect(&format!("whether a reader sees {words}"), IS_SEEN, true)
            .await;
    }
    widget.run("host.textContent = ''").await;
    widget
        .expect("whether a reader sees that it loads", STATUS_IS_SEEN, true)
        .await;
    widget.run("host.innerHTML = '<p>third</p>'").await;
    held.release();
    widget.is_up().await;
    widget.shows_children(false).await;
    widget.click_nth("summary", 2).await;
    widget
        .run("host.append(document.createElement('hr'))")
        .await;
    widget.has_panels([false, false, true, false]).await;
    widget.shows_children(false).await;
    stage.cdn.answer("issue.json", Answer::status(404));
    widget
        .run("host.src = host.src + '?other'; host.innerHTML = '<p>fourth</p>'")
        .await;
    widget.shows_children(true).await;
}

const STATUS_IS_SEEN: &str = "return one('[role=status]').checkVisibility()";

async fn a_partner_sets_options_in_any_order(stage: &Stage) {
    let page = plain(stage).await;
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
        seed(stage)
    );
    page.run(&add).await;
    page.widget().reads("h4", "US-Japan Alliance Digest").await;
    page.widget().reads("[part=open-all]", "すべて閉じる").await;
    let different = "const all = [...document.querySelectorAll('digest-widget')];
        const look = host => [host.shadowRoot.innerHTML, ...host.getAttributeNames().sort().map(name => host.getAttribute(name))].join();
        return [all.length, new Set(all.map(look)).size]";
    page.expect("elements, and kinds of them", different, json!([16, 1]))
        .await;
}

async fn a_partner_reads_back_what_was_set(stage: &Stage) {
    let page = plain(stage).await;
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
    assert_eq!(
        page.run(read).await,
        json!([]),
        "what reads otherwise than it was set"
    );
}

async fn a_partner_makes_an_element_of_their_own_of_it(stage: &Stage) {
    let page = plain(stage).await;
    run_as_the_page(&page, &OWN_ELEMENT.replace("{seed}", &seed(stage))).await;
    let all = "const host = document.querySelector('partner-digest');
        const all = selector => [...host.shadowRoot.querySelectorAll(selector)];";
    page.expect(
        "the headlines",
        &format!("{all} return all('h4').length"),
        4,
    )
    .await;
    let panels = format!("{all} return all('details').map(panel => panel.open)");
    page.expect(
        "which panels are open",
        &panels,
        json!([true, false, false, false]),
    )
    .await;
    page.run(&format!("{all} host.openAll()")).await;
    page.expect(
        "which panels are open",
        &panels,
        json!([true, true, true, true]),
    )
    .await;
    page.run(&format!("{all} all('summary')[3].click()")).await;
    let told = "return document.querySelector('partner-digest').dataset.told";
    page.expect(
        "what the partner's class noted",
        told,
        " connected digest-load openAll digest-toggle",
    )
    .await;
}

const OWN_ELEMENT: &str = "
    class PartnerDigest extends customElements.get('digest-widget') {
        connectedCallback() {
            this.note('connected');
            super.connectedCallback();
            for (const name of ['digest-load', 'digest-toggle']) this.addEventListener(name, () => this.note(name));
            this.headingLevel = 3;
        }
        openAll() {
            this.note('openAll');
            super.openAll();
        }
        note(what) {
            this.dataset.told = (this.dataset.told ?? '') + ' ' + what;
        }
    }
    customElements.define('partner-digest', PartnerDigest);
    document.querySelector('main').insertAdjacentHTML('beforeend',
        '<partner-digest src=\"{seed}\" open=\"first\">Words</partner-digest>')";

/// Styles that a partner puts on the element hold, and what it inherits follows at once.
async fn a_partner_styles_the_element_at_any_time(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.click_nth("summary", 1).await;
    let style = "Object.assign(host.style, { padding: '20px', border: '5px solid', width: '600px',
            margin: '40px', background: 'rgb(1, 2, 3)', color: 'rgb(250, 251, 252)' });
        host.parentElement.style.fontSize = '30px'; host.parentElement.style.fontFamily = 'monospace'";
    widget.run(style).await;
    let found = "const [text, outer, inner] = [one('[part=detail]'), host, one('article')];
        const { color, fontSize, fontFamily } = getComputedStyle(text);
        return { color, fontSize, fontFamily, outer: outer.offsetWidth, inner: inner.offsetWidth,
            ground: getComputedStyle(outer).backgroundColor }";
    let expected = json!({
        "color": "rgb(250, 251, 252)", "fontSize": "30px", "fontFamily": "monospace",
        "outer": 650, "inner": 600, "ground": "rgb(1, 2, 3)",
    });
    widget.expect("what the styles do", found, expected).await;
    widget.has_panels([false, true, false, false]).await;
}

async fn a_partner_changes_the_width(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let beside =
        "const [headline, button] = [one('h3'), one('summary')].map(piece => piece.getBoundingClientRect());
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
                &format!("whether switches stand beside headlines at {width}"),
                beside,
                expected,
            )
            .await;
        widget
            .expect("what sticks out of the element", STICKS_OUT, json!([]))
            .await;
        for method in ["openAll", "closeAll"] {
            widget.run(&format!("host.{method}()")).await;
            let high = "return Math.abs(host.offsetHeight - one('article').offsetHeight) <= 1";
            widget
                .expect(
                    &format!("whether it is as high as the issue after {method}()"),
                    high,
                    true,
                )
                .await;
        }
    }
}

async fn a_partner_hides_the_element_and_shows_it(stage: &Stage) {
    let page = stage.visit("bare.html").await;
    page.run("document.querySelector('digest-widget').hidden = true")
        .await;
    stage.include_loader(&page).await;
    let widget = page.widget();
    widget.is_up().await;
    widget
        .expect(
            "its height while it is hidden",
            "return host.offsetHeight",
            0,
        )
        .await;
    widget.run("host.hidden = false").await;
    widget
        .expect(
            "whether it has a height",
            "return host.offsetHeight > 100",
            true,
        )
        .await;
    widget
        .expect("whether the issue fills it", FILLS, true)
        .await;
    widget.run("host.style.display = 'none'").await;
    widget
        .expect(
            "its height while it is hidden",
            "return host.offsetHeight",
            0,
        )
        .await;
}

/// A screen reader tells of these: an article with a heading, a list, a heading and a panel in each item.
async fn a_reader_hears_how_the_issue_is_built(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let outline = "return all('article, h1, h2, h3, h4, ul, li, details, time').map(piece => piece.localName).join(' ')";
    let item = "li h3 details";
    let expected = format!("article h2 time ul {item} {item} {item} {item}");
    widget
        .expect("what the issue is made of", outline, expected)
        .await;
}

async fn a_reader_tabs_through_and_back(stage: &Stage) {
    let page = stage.visit("article.html").await;
    page.widget().is_up().await;
    page.run(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<button id=after>After</button>')",
    )
    .await;
    let focus = "const inside = document.activeElement?.shadowRoot?.activeElement;
        return inside?.getAttribute('part') ?? document.activeElement?.id ?? null";
    let mut way = Vec::new();
    for _ in 0..30 {
        page.press(TAB).await;
        let found = page.run(focus).await;
        if found == "after" {
            break;
        }
        way.push(found);
    }
    let switches = way.iter().filter(|part| *part == "switch").count();
    let first = way.iter().position(|part| *part == "open-all");
    assert_eq!((first, switches), (Some(0), 4), "where Tab goes: {way:?}");
    let mut back = Vec::new();
    for _ in 0..way.len() {
        press_with_shift(&page, TAB).await;
        back.push(page.run(focus).await);
    }
    back.reverse();
    assert_eq!(back, way, "where Shift and Tab go");
}

const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';

async fn press_with_shift(page: &Page, key: char) {
    use fantoccini::actions::{InputSource, KeyAction, KeyActions};
    let keys = KeyActions::new("keyboard".into())
        .then(KeyAction::Down { value: SHIFT })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: SHIFT });
    page.client()
        .perform_actions(keys)
        .await
        .unwrap_or_else(|error| panic!("no key was pressed: {error}"));
}

async fn a_reader_sees_what_has_the_focus(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    let mut before = widget.picture("article").await;
    // The button, and the switches and links of the first headlines.
    for _ in 0..5 {
        page.press(TAB).await;
        let ring = "const { outlineStyle, outlineWidth, outlineColor, color } = getComputedStyle(root.activeElement);
            return [outlineStyle, outlineWidth, outlineColor === color]";
        let expected = json!(["solid", "2px", true]);
        widget
            .expect(
                "the outline: its style, its width, if it has the text's colour",
                ring,
                expected,
            )
            .await;
        let after = widget.picture("article").await;
        assert!(
            after.difference(&before).is_some(),
            "expected a picture with another focus to be another"
        );
        before = after;
    }
}

async fn a_reader_magnifies_the_page(stage: &Stage) {
    let page = stage.visit("article.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.click("[part=open-all]").await;
    widget.has_panels([true, true, true, true]).await;
    for zoom in [2, 3] {
        page.run(&format!("document.documentElement.style.zoom = '{zoom}'"))
            .await;
        fits(&widget, &page).await;
        page.screenshot(&format!("magnified-{zoom}")).await;
    }
    // 1100 pixels at three times are 367: a phone's.
    let stacked = "return one('summary').getBoundingClientRect().top >= one('h3').getBoundingClientRect().bottom - 1";
    widget
        .expect("whether a switch stands below its headline", stacked, true)
        .await;
}

async fn a_reader_doubles_the_size_of_the_text(stage: &Stage) {
    let page = stage.visit("sidebar.html").await;
    let widget = page.widget();
    widget.is_up().await;
    widget.click("[part=open-all]").await;
    let sizes = "return ['title', 'headline', 'detail', 'switch', 'open-all', 'date'].map(part => parseFloat(getComputedStyle(one(`[part=${part}]`)).fontSize))";
    let before = widget.run(sizes).await;
    page.run("document.documentElement.style.fontSize = '34px'")
        .await;
    let doubled: Vec<f64> = numbers(&before).iter().map(|size| size * 2.0).collect();
    let found = widget.run(sizes).await;
    for (found, expected) in numbers(&found).iter().zip(&doubled) {
        assert!(
            (found - expected).abs() < 0.1,
            "expected sizes {doubled:?}, found {found}"
        );
    }
    widget
        .expect("what sticks out of the element", STICKS_OUT, json!([]))
        .await;
    page.screenshot("doubled").await;
}

/// Nothing but what a browser does by itself.
async fn a_partner_has_no_styles(stage: &Stage) {
    let page = stage.visit("article.html").await;
    page.run("document.querySelector('link[rel=stylesheet]').remove()")
        .await;
    let widget = page.widget();
    widget.is_up().await;
    fits(&widget, &page).await;
    let own = "return all('.root, .root *:not(button)').filter(piece => {
            const { backgroundColor, backgroundImage, boxShadow } = getComputedStyle(piece);
            return backgroundColor !== 'rgba(0, 0, 0, 0)' || backgroundImage !== 'none' || boxShadow !== 'none';
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
    page.screenshot("unstyled").await;
}

async fn fits(widget: &Widget, page: &Page) {
    widget
        .expect("what sticks out of the element", STICKS_OUT, json!([]))
        .await;
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    page.expect("whether the page scrolls sideways", scrolls, false)
        .await;
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}

/// A page with the script and without an element.
async fn plain(stage: &Stage) -> Page {
    let page = stage.visit("plain.html").await;
    stage.include_loader(&page).await;
    let defined = "return customElements.get('digest-widget') !== undefined";
    page.expect("whether the element is defined", defined, true)
        .await;
    page
}

/// Long enough for what should not happen.
async fn time_goes_by(page: &Page) {
    let later = "const done = arguments[arguments.length - 1]; setTimeout(() => done(null), 300)";
    page.client()
        .execute_async(later, vec![])
        .await
        .expect("time goes by");
}

fn seed(stage: &Stage) -> String {
    format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        stage.cdn.address()
    )
}

/// Firefox runs a driver's script beside the page, where no class can extend one of the page's.
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
