//! Two versions of the loader in one page, and one version pinned with `integrity`.

use checks::{Page, StubResponse, TestContext, cases, dist, wasm};
use std::fs;

use crate::lifecycle::{PAGE_WINDOW, run_as_the_page};

cases![
    newer_loader_after_an_older_one_replaces_its_engine,
    older_loader_after_a_newer_one_is_ignored,
    pinned_loader_requests_no_other_script,
    changed_loader_is_refused_when_pinned,
    changed_webassembly_is_refused_when_pinned,
];

/// A loader of another version, whose engine is in another folder.
fn make_loader(version: &str, folder: &str) -> StubResponse {
    let script = fs::read_to_string(dist().join("digest.js")).expect("the loader is there");
    let script = script
        .replace(
            concat!("\"", env!("CARGO_PKG_VERSION"), "\""),
            &format!("\"{version}\""),
        )
        .replace("./digest-widget-", &format!("./{folder}/digest-widget-"));
    StubResponse::json(&script).content_type("text/javascript")
}

/// Includes loaders in this order, each after the one before has run.
async fn include_loaders(context: &TestContext, page: &Page, [first, second]: [&str; 2]) {
    let cdn = context.cdn.address();
    let include = format!(
        "import('{cdn}/{first}').then(() => import('{cdn}/{second}'))
             .then(() => window.included = 'both', error => window.included = String(error))"
    );
    run_as_the_page(page, &include).await;
    let included = format!("{PAGE_WINDOW} return page.included");
    page.expect("the loaders that are included", &included, "both")
        .await;
}

/// Serves a newer loader beside today's, with its engine in another folder.
fn serve_newer_loader(context: &TestContext) {
    for (name, kind) in [
        (checks::glue(), "text/javascript"),
        (wasm(), "application/wasm"),
    ] {
        let bytes = fs::read(dist().join(&name)).expect("the engine is there");
        context.cdn.respond(
            &format!("next/{name}"),
            StubResponse::bytes(bytes).content_type(kind),
        );
    }
    context
        .cdn
        .respond("digest-next.js", make_loader("0.10.0", "next"));
}

async fn newer_loader_after_an_older_one_replaces_its_engine(context: &TestContext) {
    serve_newer_loader(context);
    let page = context.visit("bare.html").await;
    include_loaders(context, &page, ["digest.js", "digest-next.js"]).await;
    page.widget().wait_until_drawn().await;
    context
        .cdn
        .wait_for_request(&format!("next/{}", wasm()))
        .await;
    page.widget().wait_until_drawn().await;
    let second = "document.body.append(document.querySelector('digest-widget').cloneNode(true))";
    page.run(second).await;
    page.nth_widget(1).wait_until_drawn().await;
}

async fn older_loader_after_a_newer_one_is_ignored(context: &TestContext) {
    serve_newer_loader(context);
    let page = context.visit("bare.html").await;
    include_loaders(context, &page, ["digest-next.js", "digest.js"]).await;
    page.widget().wait_until_drawn().await;
    let requests = context.cdn.requests();
    let engines: Vec<_> = requests
        .iter()
        .filter(|path| path.ends_with(".wasm"))
        .collect();
    assert_eq!(
        engines,
        [&format!("/next/{}", wasm())],
        "the engines that were requested"
    );
}

const PINNED: &str = concat!("digest-", env!("CARGO_PKG_VERSION"), ".js");

/// Includes the pinned loader as the snippet with `integrity` does.
async fn include_pinned(context: &TestContext) -> Page {
    let integrity =
        fs::read_to_string(dist().join("integrity.json")).expect("integrity.json is there");
    let integrity: serde_json::Value = serde_json::from_str(&integrity).expect("it is JSON");
    let integrity = integrity[PINNED]
        .as_str()
        .expect("it names the pinned loader")
        .to_owned();
    let page = context.visit("bare.html").await;
    let script = format!(
        "const script = Object.assign(document.createElement('script'), {{
             type: 'module', crossOrigin: 'anonymous', integrity: '{integrity}', src: '{}/{PINNED}',
             onerror: () => window.refused = true,
         }});
         document.head.append(script)",
        context.cdn.address()
    );
    page.run(&script).await;
    page
}

async fn pinned_loader_requests_no_other_script(context: &TestContext) {
    let page = include_pinned(context).await;
    page.widget().wait_until_drawn().await;
    let scripts = context
        .cdn
        .requests()
        .into_iter()
        .filter(|path| path.ends_with(".js"))
        .collect::<Vec<_>>();
    assert_eq!(
        scripts,
        [format!("/{PINNED}")],
        "the scripts that were requested"
    );
}

async fn changed_loader_is_refused_when_pinned(context: &TestContext) {
    let script = fs::read_to_string(dist().join(PINNED)).expect("the pinned loader is there");
    context.cdn.respond(
        PINNED,
        StubResponse::json(&format!("{script};window.foreign = true"))
            .content_type("text/javascript"),
    );
    let page = include_pinned(context).await;
    page.expect(
        "the script was refused",
        "return window.refused === true",
        true,
    )
    .await;
    page.expect("it ran", "return window.foreign === true", false)
        .await;
    let shown =
        "return document.querySelector('digest-widget').firstElementChild.checkVisibility()";
    page.expect("the element's own children are on view", shown, true)
        .await;
}

async fn changed_webassembly_is_refused_when_pinned(context: &TestContext) {
    let mut bytes = fs::read(dist().join(wasm())).expect("the engine is there");
    // One more custom section: other bytes, the same program.
    bytes.extend([0, 2, 1, b'x']);
    context.cdn.respond(
        &wasm(),
        StubResponse::bytes(bytes).content_type("application/wasm"),
    );
    let page = include_pinned(context).await;
    page.widget()
        .expect_text("[role=alert] button", "Try again")
        .await;
    page.widget().expect_children_visible(true).await;
}
