//! Two versions of the loader in one page, and one version for good with `integrity`.

use checks::{Answer, Page, Stage, cases, dist, wasm};
use std::fs;

cases![
    a_partner_includes_an_older_and_then_a_newer_loader,
    a_partner_includes_a_newer_and_then_an_older_loader,
    a_partner_pins_a_version_with_integrity,
    a_partner_who_pins_a_version_runs_no_other_script,
    a_partner_who_pins_a_version_runs_no_other_webassembly,
];

/// A loader of another version, whose engine is asked for at another address.
fn loader(version: &str, folder: &str) -> Answer {
    let script = fs::read_to_string(dist().join("digest.js")).expect("the loader is there");
    let script = script
        .replace(
            concat!("\"", env!("CARGO_PKG_VERSION"), "\""),
            &format!("\"{version}\""),
        )
        .replace("./digest-widget-", &format!("./{folder}/digest-widget-"));
    Answer::json(&script).kind("text/javascript")
}

/// Includes loaders in this order, each when the one before has run.
async fn include(stage: &Stage, page: &Page, names: [&str; 2]) {
    for name in names {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             import('{}/{name}').then(() => done(null), error => done(String(error)))",
            stage.cdn.address()
        );
        let error = page
            .client()
            .execute_async(&script, vec![])
            .await
            .expect("the script is run");
        assert_eq!(error, serde_json::Value::Null, "what including {name} says");
    }
}

/// Serves the engine also from a folder, and two loaders: one of today and a newer one that uses it.
fn offer_two(stage: &Stage) {
    for (name, kind) in [
        (checks::glue(), "text/javascript"),
        (wasm(), "application/wasm"),
    ] {
        let bytes = fs::read(dist().join(&name)).expect("the engine is there");
        stage
            .cdn
            .answer(&format!("next/{name}"), Answer::bytes(bytes).kind(kind));
    }
    stage.cdn.answer("digest-next.js", loader("0.10.0", "next"));
}

async fn a_partner_includes_an_older_and_then_a_newer_loader(stage: &Stage) {
    offer_two(stage);
    let page = stage.visit("bare.html").await;
    include(stage, &page, ["digest.js", "digest-next.js"]).await;
    page.widget().is_up().await;
    stage.cdn.is_asked_for(&format!("next/{}", wasm())).await;
    page.widget().is_up().await;
    let second = "document.body.append(document.querySelector('digest-widget').cloneNode(true))";
    page.run(second).await;
    page.nth_widget(1).is_up().await;
}

async fn a_partner_includes_a_newer_and_then_an_older_loader(stage: &Stage) {
    offer_two(stage);
    let page = stage.visit("bare.html").await;
    include(stage, &page, ["digest-next.js", "digest.js"]).await;
    page.widget().is_up().await;
    let requests = stage.cdn.requests();
    let engines: Vec<_> = requests
        .iter()
        .filter(|path| path.ends_with(".wasm"))
        .collect();
    assert_eq!(
        engines,
        [&format!("/next/{}", wasm())],
        "the engines that were asked for"
    );
}

const PINNED: &str = concat!("digest-", env!("CARGO_PKG_VERSION"), ".js");

/// Includes the pinned loader as the snippet with `integrity` does.
async fn include_pinned(stage: &Stage) -> Page {
    let integrity =
        fs::read_to_string(dist().join("integrity.json")).expect("integrity.json is there");
    let integrity: serde_json::Value = serde_json::from_str(&integrity).expect("it is JSON");
    let integrity = integrity[PINNED]
        .as_str()
        .expect("it names the pinned loader")
        .to_owned();
    let page = stage.visit("bare.html").await;
    let script = format!(
        "const script = Object.assign(document.createElement('script'), {{
             type: 'module', crossOrigin: 'anonymous', integrity: '{integrity}', src: '{}/{PINNED}',
             onerror: () => window.refused = true,
         }});
         document.head.append(script)",
        stage.cdn.address()
    );
    page.run(&script).await;
    page
}

async fn a_partner_pins_a_version_with_integrity(stage: &Stage) {
    let page = include_pinned(stage).await;
    page.widget().is_up().await;
    let scripts = stage
        .cdn
        .requests()
        .into_iter()
        .filter(|path| path.ends_with(".js"))
        .collect::<Vec<_>>();
    assert_eq!(
        scripts,
        [format!("/{PINNED}")],
        "the scripts that were asked for"
    );
}

async fn a_partner_who_pins_a_version_runs_no_other_script(stage: &Stage) {
    let script = fs::read_to_string(dist().join(PINNED)).expect("the pinned loader is there");
    stage.cdn.answer(
        PINNED,
        Answer::json(&format!("{script};window.foreign = true")).kind("text/javascript"),
    );
    let page = include_pinned(stage).await;
    page.expect(
        "whether the script was refused",
        "return window.refused === true",
        true,
    )
    .await;
    page.expect("whether it ran", "return window.foreign === true", false)
        .await;
    let shown =
        "return document.querySelector('digest-widget').firstElementChild.checkVisibility()";
    page.expect(
        "whether the element's own children are on view",
        shown,
        true,
    )
    .await;
}

async fn a_partner_who_pins_a_version_runs_no_other_webassembly(stage: &Stage) {
    let mut bytes = fs::read(dist().join(wasm())).expect("the engine is there");
    // A custom section more: as WebAssembly it means the same.
    bytes.extend([0, 2, 1, b'x']);
    stage
        .cdn
        .answer(&wasm(), Answer::bytes(bytes).kind("application/wasm"));
    let page = include_pinned(stage).await;
    page.widget()
        .reads("[role=alert] button", "Try again")
        .await;
    page.widget().shows_children(true).await;
}
