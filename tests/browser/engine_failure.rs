//! A trap or an exception in the engine: what is visible stays and works, one message is written,
//! and the next digest gets a fresh engine.

use checks::{Page, StubResponse, TestContext, WidgetHandle, cases};
use serde_json::{Value, json};

use crate::console::{RECORD_ERRORS, RECORD_MESSAGES, wait_for_message};
use crate::lifecycle::{PAGE_WINDOW, run_as_the_page};

cases![
    exception_while_drawing_an_issue_stops_no_other_digest,
    exception_while_drawing_a_message_stops_no_other_digest,
    exception_while_requesting_again_stops_no_other_digest,
    exception_while_reading_a_response_stops_no_other_digest,
    exception_while_an_option_changes_keeps_the_digest,
    trap_in_each_function_of_the_engine_gets_a_fresh_engine,
];

/// Opens a page with a digest, and records the messages and errors from then on.
async fn open_recording(context: &TestContext) -> Page {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    page.widget().click_nth("summary", 1).await;
    page.widget()
        .expect_panels([false, true, false, false])
        .await;
    page.run(&format!("{RECORD_MESSAGES} {RECORD_ERRORS}"))
        .await;
    page
}

/// Breaks a function of the page, does something that fails, and repairs it.
async fn break_while(page: &Page, target: &str, name: &str, action: &str) {
    let script = format!(
        "window.repair = ((target, name) => {{
             const kept = Object.getOwnPropertyDescriptor(target, name);
             Object.defineProperty(target, name, {{
                 ...kept, value: () => {{ throw new RangeError('broken') }},
             }});
             return () => Object.defineProperty(target, name, kept);
         }})({target}, '{name}');
         {action}"
    );
    page.run(&script).await;
    wait_for_message(page).await;
    page.run("repair()").await;
}

/// Checks that the first digest works, that another can be added, and that no error is left.
async fn expect_recovery(page: &Page) {
    let widget = page.widget();
    widget.expect_panels([false, true, false, false]).await;
    widget.click_nth("summary", 0).await;
    widget.expect_panels([true, true, false, false]).await;
    widget.expect_text("[part=open-all]", "Open all").await;
    page.run("const host = document.querySelector('digest-widget'); host.parentNode.append(host.cloneNode(true))")
        .await;
    let last = page
        .run("return document.querySelectorAll('digest-widget').length - 1")
        .await;
    let last = last.as_u64().expect("a count is a number");
    let added = page.nth_widget(usize::try_from(last).expect("it is small"));
    added.wait_until_drawn().await;
    widget.run("host.headingLevel = 4").await;
    widget.expect_text("h4", "US-Japan Alliance Digest").await;
    page.expect("errors that nobody caught", "return errors", json!([]))
        .await;
}

const ADD_OTHER: &str = "
    const host = document.querySelector('digest-widget');
    window.other = host.cloneNode(true);
    other.addEventListener('digest-error', ({ detail }) => window.reason = detail.reason);
    host.after(other)";

async fn exception_while_drawing_an_issue_stops_no_other_digest(context: &TestContext) {
    let page = open_recording(context).await;
    break_while(&page, "Document.prototype", "createTextNode", ADD_OTHER).await;
    page.expect("the reason", "return window.reason", "engine")
        .await;
    page.nth_widget(1).expect_children_visible(true).await;
    page.nth_widget(1)
        .expect_text("[part=message] [part=retry]", "Try again")
        .await;
    expect_recovery(&page).await;
    page.nth_widget(1).click("[part=retry]").await;
    page.nth_widget(1).wait_until_drawn().await;
}

async fn exception_while_drawing_a_message_stops_no_other_digest(context: &TestContext) {
    let page = open_recording(context).await;
    let missing = StubResponse::status(404);
    context.cdn.respond("other.json", missing);
    let add = format!(
        "{ADD_OTHER}; other.src = '{}/other.json'",
        context.cdn.address()
    );
    break_while(&page, "Document.prototype", "createTextNode", &add).await;
    page.nth_widget(1).expect_children_visible(true).await;
    page.nth_widget(1)
        .expect_text(
            "[part=message]",
            "The digest could not be opened here. Try again",
        )
        .await;
    expect_recovery(&page).await;
}

async fn exception_while_requesting_again_stops_no_other_digest(context: &TestContext) {
    let page = open_recording(context).await;
    let again = "document.querySelector('digest-widget').reload()";
    break_while(&page, "window", "fetch", again).await;
    expect_recovery(&page).await;
}

/// A page's own `fetch` whose responses are none.
async fn exception_while_reading_a_response_stops_no_other_digest(context: &TestContext) {
    let page = open_recording(context).await;
    let broken = "Response.prototype";
    break_while(&page, broken, "json", ADD_OTHER).await;
    page.nth_widget(1).expect_children_visible(true).await;
    expect_recovery(&page).await;
}

async fn exception_while_an_option_changes_keeps_the_digest(context: &TestContext) {
    let page = open_recording(context).await;
    let change = "document.querySelector('digest-widget').headingLevel = 3";
    break_while(&page, "Document.prototype", "createElement", change).await;
    expect_recovery(&page).await;
}

/// Replaces each function of the WebAssembly instance that runs by one that traps.
async fn trap_in_each_function_of_the_engine_gets_a_fresh_engine(context: &TestContext) {
    let page = context.visit("bare.html").await;
    run_as_the_page(&page, TRAP_AT_WILL).await;
    context.include_loader(&page).await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.click_nth("summary", 1).await;
    let names = page
        .run(&format!("{PAGE_WINDOW} return [...page.functions]"))
        .await;
    let names = names.as_array().expect("a list").clone();
    assert!(
        names.len() > 5,
        "expected the functions of the engine, found {names:?}"
    );
    let mut traps = 0;
    for name in &names {
        traps += trap_in(&page, &widget, name).await;
    }
    assert!(
        traps >= 5,
        "expected a trap in each function that the loader calls, found {traps}"
    );
}

/// Lets a function trap once while the digest is asked for all it can do, and returns how often it
/// was called.
async fn trap_in(page: &Page, widget: &WidgetHandle, name: &Value) -> u64 {
    page.run(&format!(
        "{PAGE_WINDOW} page.traps = 0; page.trapping = {name}"
    ))
    .await;
    widget
        .run("host.headingLevel = host.headingLevel % 5 + 1; host.reload()")
        .await;
    page.run(
        "const host = document.querySelector('digest-widget');
         window.added?.remove();
         window.added = host.cloneNode(true);
         added.removeAttribute('heading-level');
         added.src = 'missing.json';
         host.after(added);
         added.offsetWidth",
    )
    .await;
    page.nth_widget(1)
        .expect("a message is there", "return all('[role=alert]').length", 1)
        .await;
    page.run(&format!("{PAGE_WINDOW} page.trapping = null"))
        .await;
    page.run("const host = document.querySelector('digest-widget'); window.added.src = host.src; window.added.reload()")
        .await;
    page.nth_widget(1).wait_until_drawn().await;
    widget.expect_panels([false, true, false, false]).await;
    let traps = page.run(&format!("{PAGE_WINDOW} return page.traps")).await;
    traps.as_u64().expect("a count is a number")
}

const TRAP_AT_WILL: &str = "
    window.trapping = null;
    window.traps = 0;
    window.functions = [];
    const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0,
        1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11)))
        .exports.trap;
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const start = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const started = await start(...given);
            const instance = started.instance ?? started;
            const exports = Object.fromEntries(Object.entries(instance.exports).map(([name, value]) => [
                name,
                typeof value !== 'function' ? value : (...given) => {
                    if (window.trapping === name) {
                        window.traps += 1;
                        trap();
                    }
                    return value(...given);
                },
            ]));
            window.functions = Object.keys(exports).filter(name => typeof exports[name] === 'function');
            const wrapped = Object.create(WebAssembly.Instance.prototype, { exports: { value: exports } });
            return { instance: wrapped, module: started.module };
        };
    }";
