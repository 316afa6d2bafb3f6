//! The embedder's page changes what the loader and the engine use: each global and each method, one
//! after the other. The digest works, or its children stay and the console names what was changed.

use std::collections::BTreeSet;
use std::fs;

use checks::{Page, StubResponse, TestContext, cases, dist, glue};
use serde_json::{Value, json};

use crate::console::{open_recording, wait_for_only_message};
use crate::lifecycle::{PAGE_WINDOW, run_as_the_page};

cases![
    declared_globals_do_not_hide_the_browsers,
    wrapped_globals_and_methods_show_the_issue,
    frozen_globals_and_methods_show_the_issue,
    deleted_globals_and_methods_are_named,
    form_named_like_a_method_is_named,
    page_with_zone_js_shows_the_issue,
    page_with_core_js_shows_the_issue,
    page_with_prototype_js_shows_the_issue,
    page_with_mootools_shows_the_issue,
    page_under_ses_lockdown_shows_the_issue,
    replaced_fetch_that_adds_credentials_is_named,
    function_named_like_addeventlistener_changes_nothing,
];

async fn declared_globals_do_not_hide_the_browsers(context: &TestContext) {
    let declare = "name => `const ${name} = 0;`";
    check(
        context,
        "",
        &format!("globals.map(name => [name, ({declare})(name)])"),
        false,
    )
    .await;
}

async fn wrapped_globals_and_methods_show_the_issue(context: &TestContext) {
    let wrap = "const wrap = (target, name) => {
        const { value, ...rest } = Object.getOwnPropertyDescriptor(target, name);
        if (typeof value !== 'function') return;
        const { apply } = Reflect;
        const wrapped = /^[A-Z]/.test(name) ? new Proxy(value, {}) : function () {
            return apply(value, this, arguments);
        };
        Object.defineProperty(target, name, { ...rest, value: wrapped });
    };";
    let changes = "globals.map(name => [name, `wrap(window, '${name}')`])
        .concat(methods.map(([owner, name]) => [`${owner}.${name}`, `wrap(${owner}, '${name}')`]))";
    check(context, wrap, changes, false).await;
}

async fn frozen_globals_and_methods_show_the_issue(context: &TestContext) {
    let changes =
        "globals.map(name => [name, `try { Object.freeze(${name}) } catch {} try { Object.freeze(${name}?.prototype) } catch {}`])
        .concat([['everything', [...globals].sort().map(name =>
            `try { Object.freeze(${name}?.prototype) } catch {}`).join(';')]])";
    check(context, "", changes, false).await;
}

async fn deleted_globals_and_methods_are_named(context: &TestContext) {
    let changes = "globals.map(name => [name, `delete window.${name}`])
        .concat(methods.map(([owner, name]) => [`${owner}.${name}`, `delete ${owner}.${name}`]))";
    check(context, "", changes, true).await;
}

/// Runs each change in a frame with a digest, and expects that it works; if `may_fail`, that else its
/// children stay and a message names the change.
async fn check(context: &TestContext, setup: &str, changes: &str, may_fail: bool) {
    let page = context.visit("plain.html").await;
    let faults = run_frames(context, &page, setup, changes, may_fail).await;
    assert_eq!(faults, json!([]), "changes that break the digest");
}

async fn run_frames(
    context: &TestContext,
    page: &Page,
    setup: &str,
    changes: &str,
    may_fail: bool,
) -> Value {
    let script = format!(
        "const [words, setup, cdn, mayFail, done] = arguments;
         const globals = words.filter(name => Object.getOwnPropertyDescriptor(window, name)?.configurable
             && /function|object/.test(typeof window[name]));
         const owners = {OWNERS};
         const methods = owners.flatMap(owner => {{
             const object = owner.split('.').reduce((object, name) => object?.[name], window);
             return words.filter(name => object && Object.hasOwn(object, name) &&
                 typeof Object.getOwnPropertyDescriptor(object, name).value === 'function')
                 .map(name => [owner, name]);
         }});
         const changes = {changes};
         {RUN}"
    );
    let arguments = vec![
        json!(list_words()),
        json!(setup),
        json!(context.cdn.address()),
        json!(may_fail),
    ];
    let found = page.client().execute_async(&script, arguments).await;
    let found = found.unwrap_or_else(|error| panic!("the frames did not finish: {error}"));
    let count = found["count"].as_u64().unwrap_or_default();
    assert!(count > 20, "expected many changes, found {count}: {found}");
    println!("{count} changes, {} not shown", found["unshown"]);
    found["faults"].clone()
}

/// Every word in the scripts that a reader downloads: the names of globals and methods are among
/// them.
fn list_words() -> BTreeSet<String> {
    let scripts = ["digest.js".to_owned(), glue()].map(|name| {
        fs::read_to_string(dist().join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    });
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let words = scripts
        .iter()
        .flat_map(|text| text.split(|c: char| !is_part(c)));
    let words =
        words.filter(|word| word.len() > 1 && !word.starts_with(|c: char| c.is_ascii_digit()));
    words.map(str::to_owned).collect()
}

/// The objects whose methods the scripts may call.
const OWNERS: &str = "['Array', 'Array.prototype', 'CSSStyleSheet.prototype', 'CustomElementRegistry.prototype',
    'CustomEvent.prototype', 'DOMTokenList.prototype', 'Date.prototype', 'Document.prototype',
    'DocumentFragment.prototype', 'Element.prototype', 'EventTarget.prototype', 'Function.prototype',
    'HTMLElement.prototype', 'IntersectionObserver.prototype', 'JSON', 'Map.prototype', 'Math',
    'MutationObserver.prototype', 'Node.prototype', 'Number', 'Object', 'Promise', 'Promise.prototype',
    'Reflect', 'RegExp.prototype', 'Response.prototype', 'Selection.prototype', 'Set.prototype',
    'String.prototype', 'TextDecoder.prototype', 'TextEncoder.prototype', 'URL', 'WeakMap.prototype',
    'WeakSet.prototype', 'WebAssembly', 'console']";

/// Shows a digest in a frame for each of `changes`, some at a time.
const RUN: &str = r"
    const faults = [];
    let unshown = 0;
    const show = async ([name, change]) => {
        const frame = document.createElement('iframe');
        const issue = `${cdn}/issues/us-japan-alliance-digest-1.5/issue.json`;
        frame.srcdoc = `<!doctype html><html lang=en><script>
            var messages = [];
            var remember = text => messages.push(String(text));
            onerror = remember;
            onunhandledrejection = event => remember(event.reason);
            console.error = (...texts) => remember(texts.map(String).join(' '));
            ${setup}
            </scr` + `ipt><script>${change}</scr` + `ipt>
            <script type=module src='${cdn}/digest.js'></scr` + `ipt>
            <digest-widget src='${issue}'><p>The digest</p></digest-widget>`;
        const loaded = new Promise(done => frame.addEventListener('load', done));
        document.body.append(frame);
        await loaded;
        // The frame's own methods may be gone.
        const host = Document.prototype.querySelector.call(frame.contentDocument, 'digest-widget');
        const isVisible = element => Element.prototype.checkVisibility.call(element);
        const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
        const isShown = () => {
            const root = host.shadowRoot;
            const heading = root && DocumentFragment.prototype.querySelector.call(root, 'h3');
            return heading && isVisible(heading);
        };
        const messages = () => frame.contentWindow.eval('messages');
        for (let tries = 0; tries < 400 && !isShown() && !messages().length; tries++) await wait(25);
        if (!isShown()) await wait(300);
        const childrenStay = isVisible(host.firstElementChild);
        if (!isShown()) {
            unshown += 1;
            const word = name.split('.').at(-1);
            const isNamed = messages().some(text => text.includes(word));
            if (!mayFail || !childrenStay || !isNamed) faults.push([name, childrenStay, ...messages()]);
        }
        frame.remove();
    };
    (async () => {
        const queue = [...changes];
        await Promise.all(Array.from({ length: 6 }, async () => {
            while (queue.length) await show(queue.shift());
        }));
        return { faults, unshown, count: changes.length };
    })().then(done, error => done({ faults: [String(error)] }))";

async fn page_with_zone_js_shows_the_issue(context: &TestContext) {
    check_with_script(context, "zone.js", "typeof Zone === 'function'").await;
}

async fn page_with_core_js_shows_the_issue(context: &TestContext) {
    check_with_script(context, "core-js.js", "'__core-js_shared__' in window").await;
}

async fn page_with_prototype_js_shows_the_issue(context: &TestContext) {
    check_with_script(context, "prototype.js", "Prototype.Version === '1.7.3'").await;
}

async fn page_with_mootools_shows_the_issue(context: &TestContext) {
    check_with_script(context, "mootools.js", "typeof MooTools === 'object'").await;
}

/// Lockdown freezes every intrinsic object and removes what it does not know.
async fn page_under_ses_lockdown_shows_the_issue(context: &TestContext) {
    let lock = "lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe' }) === undefined
        && Object.isFrozen(Array.prototype)";
    check_with_script(context, "ses.js", lock).await;
}

/// Runs a script that changes the browser's own functions, then the loader.
async fn check_with_script(context: &TestContext, name: &str, is_active: &str) {
    let page = context.visit("bare.html").await;
    let include = format!(
        "const script = document.createElement('script');
         script.src = '/{name}';
         script.onload = () => {{
             window.active = {is_active};
             const loader = document.createElement('script');
             loader.type = 'module';
             loader.src = '{}/digest.js';
             document.head.append(loader);
         }};
         document.head.append(script)",
        context.cdn.address()
    );
    run_as_the_page(&page, &include).await;
    let active = format!("{PAGE_WINDOW} return page.active");
    page.expect("the script is active", &active, true).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click("summary").await;
    widget.expect_panels([true, false, false, false]).await;
    run_as_the_page(
        &page,
        "document.querySelector('digest-widget').headingLevel = 4",
    )
    .await;
    widget.expect_text("h4", "US-Japan Alliance Digest").await;
    widget.expect_panels([true, false, false, false]).await;
}

/// `document.createElement` is the form then, in every script.
async fn form_named_like_a_method_is_named(context: &TestContext) {
    let page = open_recording(context, "bare.html").await;
    page.run(
        "addEventListener('error', ({ message }) => messages.push(message));
         document.body.insertAdjacentHTML('beforeend', '<form name=createElement></form>');
         const script = Document.prototype.createElement.call(document, 'script');
         script.type = 'module';
         document.head.append(script)",
    )
    .await;
    let include = format!(
        "document.querySelector('head script').src = '{}/digest.js'",
        context.cdn.address()
    );
    page.run(&include).await;
    let named = "return messages.some(text => text.includes('createElement'))";
    page.expect("a message names the form", named, true).await;
    let stays =
        "return document.querySelector('digest-widget').firstElementChild.checkVisibility()";
    page.expect("the children stay", stays, true).await;
}

/// The server allows every origin, but no credentials.
async fn replaced_fetch_that_adds_credentials_is_named(context: &TestContext) {
    context
        .cdn
        .respond("issue.json", StubResponse::file().uncached());
    let page = open_recording(context, "bare.html").await;
    page.run(
        "const own = window.fetch;
         window.fetch = (url, given) => own(url, { ...given, credentials: 'include' })",
    )
    .await;
    context.include_loader(&page).await;
    let message = wait_for_only_message(&page).await;
    assert!(
        message.contains("this page has replaced the function fetch"),
        "found {message}"
    );
    page.widget().expect_children_visible(true).await;
}

async fn function_named_like_addeventlistener_changes_nothing(context: &TestContext) {
    let page = context.visit("bare.html").await;
    // Not by `run_as_the_page`: its block would keep the function from being global.
    let declare = "const script = document.createElement('script');
        script.textContent = 'function addEventListener(element, type, listener) { element.attachEvent(type, listener) }';
        document.head.append(script)";
    page.run(declare).await;
    context.include_loader(&page).await;
    page.widget().wait_until_drawn().await;
    page.run("location.hash = 'us-japan-begin-planning-for-economic-2-2-launch'")
        .await;
    page.widget()
        .expect_panels([false, false, true, false])
        .await;
}
