//! An element's life in a page: when the loader runs, where the element moves, what it leaves
//! behind.

use checks::{BrowserEngine, BrowserSettings, Page, TestContext, cases, glue, wasm};
use serde_json::{Value, json};

cases![
    loader_in_the_head_upgrades_the_element,
    two_async_loaders_upgrade_the_element,
    loader_included_late_upgrades_the_element,
    elements_created_before_and_after_the_loader_work,
    when_defined_tells_that_methods_can_be_called,
    properties_set_before_the_loader_are_kept,
    issue_set_before_the_loader_is_shown,
    unchanged_options_change_nothing,
    thirty_elements_share_their_downloads,
    clone_has_its_own_panels_and_children,
    append_keeps_the_drawn_issue,
    move_before_keeps_the_drawn_issue,
    reinserted_element_keeps_open_panels,
    removed_element_leaves_no_listener,
    removed_elements_are_collected,
    removed_elements_leave_no_node,
];

async fn loader_in_the_head_upgrades_the_element(context: &TestContext) {
    context
        .visit("hosts/in-head.html")
        .await
        .widget()
        .wait_until_drawn()
        .await;
}

async fn two_async_loaders_upgrade_the_element(context: &TestContext) {
    context
        .visit("hosts/async.html")
        .await
        .widget()
        .wait_until_drawn()
        .await;
}

async fn loader_included_late_upgrades_the_element(context: &TestContext) {
    let page = context.visit("bare.html").await;
    page.expect(
        "the state of the page",
        "return document.readyState",
        "complete",
    )
    .await;
    let upgraded = "return document.querySelector('digest-widget').matches(':defined')";
    assert_eq!(page.run(upgraded).await, false, "the element is upgraded");
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
}

async fn elements_created_before_and_after_the_loader_work(context: &TestContext) {
    let page = context.visit("plain.html").await;
    create(context, &page, "").await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    create(context, &page, "").await;
    page.nth_widget(1).wait_until_drawn().await;
}

/// Before the loader has run, the element has no methods. The docs tell embedders to wait like
/// this.
async fn when_defined_tells_that_methods_can_be_called(context: &TestContext) {
    let page = context.visit("bare.html").await;
    let open_all = "customElements.whenDefined('digest-widget')
        .then(() => document.querySelector('digest-widget').openAll())";
    run_as_the_page(&page, open_all).await;
    context.include_loader(&page).await;
    page.widget().expect_panels([true, true, true, true]).await;
}

async fn properties_set_before_the_loader_are_kept(context: &TestContext) {
    let page = context.visit("plain.html").await;
    create(
        context,
        &page,
        "element.headingLevel = 4; element.open = 'first'; element.theme = 'dark'",
    )
    .await;
    context.include_loader(&page).await;
    let widget = page.widget();
    widget.expect_text("h4", "US-Japan Alliance Digest").await;
    widget.expect_panels([true, false, false, false]).await;
    let attributes =
        "return ['heading-level', 'open', 'theme'].map(name => host.getAttribute(name))";
    widget
        .expect("its attributes", attributes, json!(["4", "first", "dark"]))
        .await;
    widget
        .expect(
            "open is the method again",
            "return typeof host.open",
            "function",
        )
        .await;
}

async fn issue_set_before_the_loader_is_shown(context: &TestContext) {
    let page = context.visit("plain.html").await;
    let hand_over = "element.removeAttribute('src');
        delete element.src;
        element.open = 'first';
        element.issue = {
            format: 1, id: 'own', title: 'Made by the page', volume: '1', date: '2022-03-11',
                lang: 'en',
            headlines: ['one', 'two'].map(id => ({ id, text: id, detail: [['Its detail.']] })),
        }";
    create(context, &page, hand_over).await;
    context.include_loader(&page).await;
    let widget = page.widget();
    widget.expect_text("h2", "Made by the page").await;
    widget.expect_panels([true, false]).await;
    widget.expect_text("button", "Open all").await;
}

/// Some frameworks set every option when one changes.
async fn unchanged_options_change_nothing(context: &TestContext) {
    let page = context.visit("plain.html").await;
    create(context, &page, "element.setAttribute('open', 'first')").await;
    context.include_loader(&page).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 0).await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    widget
        .run("host.open = 'first'; host.src = host.src; host.headingLevel = 2; host.issue = null")
        .await;
    context.let_requests_arrive(&page).await;
    page.wait_for_paint().await;
    widget.expect_panels([false, true, false, false]).await;
    assert_eq!(
        context.cdn.count_requests("issue.json"),
        1,
        "requests for the issue"
    );
}

async fn thirty_elements_share_their_downloads(context: &TestContext) {
    let page = context.visit("plain.html").await;
    for _ in 0..MANY {
        create(context, &page, "").await;
    }
    context.include_loader(&page).await;
    for index in 0..MANY {
        page.nth_widget(index).wait_until_drawn().await;
    }
    page.nth_widget(3).click("summary").await;
    page.nth_widget(3)
        .expect_panels([true, false, false, false])
        .await;
    let open = "return [...document.querySelectorAll('digest-widget')]
        .filter(host => host.shadowRoot.querySelector('details[open]')).length";
    page.expect("elements with an open panel", open, 1).await;
    for file in ["issue.json".to_owned(), wasm(), glue()] {
        assert_eq!(
            context.cdn.count_requests(&file),
            1,
            "requests for {file} in {:?}",
            context.cdn.requests()
        );
    }
}

const MANY: usize = 30;

async fn clone_has_its_own_panels_and_children(context: &TestContext) {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    page.widget().click("summary").await;
    page.widget()
        .expect_panels([true, false, false, false])
        .await;
    page.widget().run("host.after(host.cloneNode(true))").await;
    let clone = page.nth_widget(1);
    clone.wait_until_drawn().await;
    clone.expect_panels([false, false, false, false]).await;
    clone.click_nth("summary", 2).await;
    clone.expect_panels([false, false, true, false]).await;
    page.widget()
        .expect_panels([true, false, false, false])
        .await;
    let fallback = "return host.firstElementChild?.textContent ?? null";
    clone
        .expect(
            "its own children",
            fallback,
            "US-Japan Alliance Digest, Vol 1.5",
        )
        .await;
}

async fn append_keeps_the_drawn_issue(context: &TestContext) {
    check_move(context, "document.body.append(host)").await;
}

async fn move_before_keeps_the_drawn_issue(context: &TestContext) {
    check_move(context, "document.body.moveBefore(host, null)").await;
}

async fn check_move(context: &TestContext, move_host: &str) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    let remember = "host.before = one('article');
        host.loads = 0;
        host.addEventListener('digest-load', () => host.loads += 1)";
    widget.run(remember).await;
    for _ in 0..3 {
        widget.run(move_host).await;
    }
    widget
        .expect("its parent", "return host.parentElement.localName", "body")
        .await;
    widget
        .expect(
            "it is the same drawing",
            "return host.before === one('article')",
            true,
        )
        .await;
    widget.expect_panels([false, true, false, false]).await;
    widget.click_nth("summary", 0).await;
    widget.expect_panels([true, true, false, false]).await;
    widget
        .expect("loads after the move", "return host.loads", 0)
        .await;
    assert_eq!(
        context.cdn.count_requests("issue.json"),
        1,
        "requests for the issue"
    );
}

async fn reinserted_element_keeps_open_panels(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 1).await;
    widget.expect_panels([false, true, false, false]).await;
    page.run("window.kept = document.querySelector('digest-widget'); kept.remove()")
        .await;
    page.run("document.querySelector('main').append(kept)")
        .await;
    widget.wait_until_drawn().await;
    widget.expect_panels([false, true, false, false]).await;
    widget.click_nth("summary", 0).await;
    widget.expect_panels([true, true, false, false]).await;
    assert_eq!(
        context.cdn.count_requests("issue.json"),
        1,
        "requests for the issue"
    );
}

async fn removed_element_leaves_no_listener(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "plain.html")
        .await;
    run_as_the_page(&page, COUNT_LISTENERS).await;
    create(context, &page, "").await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    page.widget().click("summary").await;
    page.expect("listeners are seen", "return listeners().length > 0", true)
        .await;
    page.run("document.querySelector('digest-widget').remove()")
        .await;
    page.expect(
        "listeners outside of the element",
        "return listeners()",
        json!([]),
    )
    .await;
}

/// Counts listeners on targets that outlive an element: the window, the document and its nodes.
const COUNT_LISTENERS: &str = "
    const held = [];
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const shown = target => target === window ? 'window' : target.nodeName ?? String(target);
    const outlives = target => !(target instanceof Node) ||
        target.isConnected && target.getRootNode() === document &&
            target.localName !== 'digest-widget';
    const drop = (target, type, listener) => {
        const index = held.findIndex(one => one[0] === target && one[1] === type &&
            one[2] === listener);
        if (index >= 0) held.splice(index, 1);
    };
    EventTarget.prototype.addEventListener = function (type, listener, options) {
        const target = this ?? window;
        if (outlives(target)) {
            held.push([target, type, listener]);
            options?.signal?.addEventListener('abort', () => drop(target, type, listener));
        }
        return add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
        drop(this ?? window, type, listener);
        return remove.call(this ?? window, type, listener, options);
    };
    window.listeners = () => held.map(([target, type]) => `${shown(target)}: ${type}`)";

async fn removed_elements_are_collected(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "plain.html")
        .await;
    run_as_the_page(&page, WATCH_MEMORY).await;
    page.run("window.mounted = []").await;
    context.include_loader(&page).await;
    mount_and_remove(context, &page, 100).await;
    let before = measure_engine_memory(&page).await;
    mount_and_remove(context, &page, 400).await;
    // A digest that stays takes five kilobytes. What WebKit collects late may take a page of
    // memory.
    let growth = measure_engine_memory(&page).await - before;
    assert!(
        growth < 400 * 1024,
        "the engine's memory grew by {growth} bytes with 400 elements"
    );
    page.expect("elements that there were", "return mounted.length", 500)
        .await;
    // WebKit keeps an object if any value on its stack looks like its address, so a few stay for a
    // while.
    let most = if context.engine == BrowserEngine::WebKit {
        50
    } else {
        0
    };
    let mut alive = count_alive(&page).await;
    for _ in 0..COLLECTIONS {
        if alive > most {
            collect_garbage(context, &page).await;
            alive = count_alive(&page).await;
        }
    }
    assert!(
        alive <= most,
        "expected at most {most} of 500 elements to be alive, found {alive}"
    );
}

/// A browser may take several collections to free an element, above all if it is busy.
const COLLECTIONS: usize = 20;

async fn count_alive(page: &Page) -> u64 {
    let alive = page
        .run("return mounted.filter(element => element.deref()).length")
        .await;
    alive.as_u64().expect("a count is a number")
}

async fn measure_engine_memory(page: &Page) -> i64 {
    let bytes = page
        .run("return memories.map(memory => memory.buffer.byteLength)")
        .await;
    let [bytes] = bytes.as_array().map_or(&[][..], Vec::as_slice) else {
        panic!("expected the memory of one engine, found {bytes}")
    };
    bytes.as_i64().expect("a length is a number")
}

/// Records the memory of every WebAssembly module that starts from now on.
const WATCH_MEMORY: &str = "
    window.memories = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const start = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const started = await start(...given);
            memories.push(...Object.values((started.instance ?? started).exports)
                .filter(one => one instanceof WebAssembly.Memory));
            return started;
        };
    }";

async fn removed_elements_leave_no_node(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "plain.html")
        .await;
    context.include_loader(&page).await;
    mount_and_remove(context, &page, 100).await;
    let before = count_nodes(&page).await;
    mount_and_remove(context, &page, 400).await;
    let mut after = count_nodes(&page).await;
    for _ in 0..COLLECTIONS {
        if has_grown(&before, &after) {
            collect_garbage(context, &page).await;
            after = count_nodes(&page).await;
        }
    }
    assert!(
        !has_grown(&before, &after),
        "expected no more nodes with 400 elements, found {before} and then {after}"
    );
}

async fn count_nodes(page: &Page) -> Value {
    page.run_in_devtools("Memory.getDOMCounters", json!({}))
        .await
}

/// A few nodes come and go with the browser itself. One for each element would be 400.
fn has_grown(before: &Value, after: &Value) -> bool {
    let count = |counters: &Value, name: &str| {
        counters[name]
            .as_i64()
            .unwrap_or_else(|| panic!("expected a number of {name}, found {counters}"))
    };
    ["documents", "nodes", "jsEventListeners"]
        .into_iter()
        .any(|name| count(after, name) - count(before, name) >= 40)
}

/// Makes the browser collect the page's garbage.
async fn collect_garbage(context: &TestContext, page: &Page) {
    match context.engine {
        BrowserEngine::Chromium => {
            page.run_in_devtools("HeapProfiler.collectGarbage", json!({}))
                .await;
        }
        BrowserEngine::Firefox => {
            let ask = "for (const what of ['gc', 'cc', 'gc']) Services.obs.notifyObservers(null,
                `child-${what}-request`);
                arguments[arguments.length - 1]()";
            page.run_in_firefox(ask, vec![]).await;
        }
        // WebKit has no command for it, but collects when there is much garbage.
        BrowserEngine::WebKit => {
            page.run(
                "for (let count = 0; count < 200; count++) new Array(100_000).fill({ count })",
            )
            .await;
        }
    }
}

/// Mounts elements one after the other: each draws its issue, opens its panels and is removed.
async fn mount_and_remove(context: &TestContext, page: &Page, count: usize) {
    let script = "const [address, count, done] = arguments;
        const cycle = async () => {
            const element = document.createElement('digest-widget');
            element.src = address;
            const loaded = new Promise(loaded => element.addEventListener('digest-load', loaded));
            document.querySelector('main').append(element);
            await loaded;
            element.openAll();
            element.remove();
            window.mounted?.push(new WeakRef(element));
        };
        (async () => { for (let done = 0; done < count; done++) await cycle() })()
            .then(() => done(null), error => done(String(error)))";
    // In portions, with a collection of garbage after each.
    for _ in 0..count / PORTION {
        let arguments = vec![json!(seed_address(context)), json!(PORTION)];
        let failed = page
            .client()
            .execute_async(script, arguments)
            .await
            .expect("the elements come and go");
        assert_eq!(failed, Value::Null, "the error");
        collect_garbage(context, page).await;
    }
}

const PORTION: usize = 50;

/// Creates an element with the seed's issue, runs `prepare` with it, and inserts it into the page.
async fn create(context: &TestContext, page: &Page, prepare: &str) {
    let script = format!(
        "const element = document.createElement('digest-widget');
         element.src = '{}';
         {prepare};
         document.querySelector('main').append(element)",
        seed_address(context)
    );
    page.run(&script).await;
}

/// Declares `page`, the window as the page's own scripts see it. Firefox gives a driver's script
/// another.
pub(crate) const PAGE_WINDOW: &str = "const page = document.defaultView.wrappedJSObject ?? window;";

/// Runs a script as one of the page's own. Firefox runs a driver's script with other globals.
pub(crate) async fn run_as_the_page(page: &Page, script: &str) {
    let run = format!(
        "const script = document.createElement('script');
         script.textContent = {};
         document.head.append(script);
         script.remove()",
        json!(format!("{{ {script} }}"))
    );
    page.run(&run).await;
}

fn seed_address(context: &TestContext) -> String {
    format!(
        "{}/issues/us-japan-alliance-digest-1.5/issue.json",
        context.cdn.address()
    )
}
