//! A page that a developer bundles from the npm package.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use checks::{BrowserSettings, NpmProject, StubResponse, TestContext, cases, root};
use serde_json::json;

cases![
    bundled_package_shows_the_issue,
    bundled_class_works_once_registered,
    missing_webassembly_is_explained_in_the_console,
];

async fn bundled_package_shows_the_issue(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    for bundler in bundle_once() {
        page.open(&format!(
            "{}/package/{bundler}/index.html",
            context.embedder.address()
        ))
        .await;
        page.widget().wait_until_drawn().await;
        page.widget().click("summary").await;
        page.widget()
            .expect_panels([true, false, false, false])
            .await;
    }
    let from_cdn = context.cdn.requests();
    assert!(
        from_cdn.iter().all(|path| path.ends_with("issue.json")),
        "only the issue: {from_cdn:?}"
    );
}

async fn bundled_class_works_once_registered(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::default()).await;
    for bundler in bundle_once() {
        page.open(&format!(
            "{}/package/{bundler}/class.html",
            context.embedder.address()
        ))
        .await;
        page.expect("there is a class", "return typeof DigestWidget", "function")
            .await;
        page.expect(
            "the element is defined",
            "return !!customElements.get('digest-widget')",
            false,
        )
        .await;
        page.run("customElements.define('digest-widget', DigestWidget)")
            .await;
        page.widget().wait_until_drawn().await;
    }
}

async fn missing_webassembly_is_explained_in_the_console(context: &TestContext) {
    bundle_once();
    context
        .embedder
        .respond("digest-widget_bg.wasm", StubResponse::status(404));
    let page = context.visit("package/esbuild/class.html").await;
    page.expect("there is a class", "return typeof DigestWidget", "function")
        .await;
    page.run("window.messages = []; console.error = text => window.messages.push(text)")
        .await;
    page.run("customElements.define('digest-widget', DigestWidget)")
        .await;
    let expected = format!(
        "digest-widget: {}/package/esbuild/digest-widget_bg.wasm answered with status 404, expected 200. \
         Put the npm package's digest-widget_bg.wasm there, as its README says.",
        context.embedder.address()
    );
    page.expect(
        "the console's messages",
        "return window.messages",
        json!([expected]),
    )
    .await;
    page.widget().expect_children_visible(true).await;
}

/// Bundles the project's pages once, into a folder for each bundler, and returns the bundlers.
fn bundle_once() -> [&'static str; 2] {
    static BUNDLED: LazyLock<()> = LazyLock::new(bundle_pages);
    LazyLock::force(&BUNDLED);
    ["esbuild", "vite"]
}

fn bundle_pages() {
    let project = NpmProject::install();
    let out = |bundler: &str| -> PathBuf {
        let folder = root().join("target/hosts/package").join(bundler);
        fs::create_dir_all(&folder).expect("target/ can be written to");
        folder
    };
    let esbuild = out("esbuild");
    let outdir = format!("--outdir={}", esbuild.display());
    project.run_tool(
        "DIGEST_ESBUILD",
        &["define.js", "class.js", "--bundle", "--format=esm", &outdir],
    );
    for file in [
        "index.html",
        "class.html",
        "node_modules/digest-widget/digest-widget_bg.wasm",
        "node_modules/digest-widget/digest-archive_bg.wasm",
    ] {
        let file = project.path(file);
        let copied = fs::copy(
            &file,
            esbuild.join(file.file_name().expect("a file has a name")),
        );
        copied.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    let vite = out("vite").display().to_string();
    project.run_tool(
        "DIGEST_VITE",
        &["build", "--emptyOutDir", "--outDir", &vite],
    );
}
