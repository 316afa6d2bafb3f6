//! Embedders' style sheets and scripts that reach everything in the page.
//!
//! A digest in such a page looks as in a plain one, pixel by pixel. The pages in
//! `tests/pages/hosts` differ in their head, and give the digest the same font, colour and width to
//! inherit.

use checks::{BrowserSettings, Page, Screenshot, TestContext, cases, root};

cases![
    unset_styles_change_no_pixel,
    bootstrap_changes_no_pixel,
    tailwind_changes_no_pixel,
    root_font_of_ten_pixels_changes_no_pixel,
    theme_twenty_twenty_one_changes_no_pixel,
    theme_twenty_twenty_two_changes_no_pixel,
    inherited_styles_change_no_pixel,
    prototype_js_changes_no_pixel,
];

async fn unset_styles_change_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "unset").await;
}

async fn bootstrap_changes_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "bootstrap").await;
}

async fn tailwind_changes_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "tailwind").await;
}

async fn root_font_of_ten_pixels_changes_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "ten-pixels").await;
}

async fn theme_twenty_twenty_one_changes_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "twentytwentyone").await;
}

async fn theme_twenty_twenty_two_changes_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "twentytwentytwo").await;
}

async fn inherited_styles_change_no_pixel(context: &TestContext) {
    compare_with_plain_page(context, "careless").await;
}

/// It adds methods to arrays and elements, and replaces `Element` and `Array.from`.
async fn prototype_js_changes_no_pixel(context: &TestContext) {
    let page = compare_with_plain_page(context, "prototype").await;
    page.expect(
        "the page has prototype.js",
        "return Prototype.Version",
        "1.7.3",
    )
    .await;
    page.widget().click("h3 a").await;
    page.widget().expect_panels([false, true]).await;
}

/// Compares the digest in a plain page and in this one: in a wide and a narrow column, with panels
/// closed and open.
async fn compare_with_plain_page(context: &TestContext, name: &str) -> Page {
    // WebKit draws an element that has just moved on another layer, with different edges.
    let page = context
        .open_browser(BrowserSettings {
            reduced_motion: true,
            ..BrowserSettings::default()
        })
        .await;
    // A screenshot contains only what is in view.
    page.client()
        .set_window_size(1100, 1300)
        .await
        .expect("a window can be higher");
    let open = async |name| {
        page.open(&format!("{}/hosts/{name}.html", context.embedder.address()))
            .await;
    };
    open("plain").await;
    let expected = capture_digests(&page).await;
    open(name).await;
    let found = capture_digests(&page).await;
    page.save_screenshot(&format!("hostile-{name}")).await;

    let folder = root()
        .join("target/screenshots")
        .join(context.engine.name())
        .join("hostile");
    let mut differences = Vec::new();
    for ((what, expected), (_, found)) in expected.iter().zip(&found) {
        expected.write(&folder.join(format!("plain-{what}.png")));
        found.write(&folder.join(format!("{name}-{what}.png")));
        differences.extend(
            expected
                .difference(found)
                .map(|difference| format!("{what}: {difference}")),
        );
    }
    assert!(
        differences.is_empty(),
        "expected the digest of the plain page, pixel by pixel; {differences:#?} differ, see {}",
        folder.display()
    );
    page
}

async fn capture_digests(page: &Page) -> [(&'static str, Screenshot); 4] {
    for index in 0..2 {
        page.nth_widget(index).wait_until_drawn().await;
    }
    // Fonts and the picture may arrive late.
    let arrived = "const done = arguments[arguments.length - 1];
        const images = [...document.querySelectorAll('digest-widget')]
            .flatMap(host => [...host.shadowRoot.querySelectorAll('img')]);
        Promise.all([document.fonts.ready, ...images.map(image => image.decode())]).then(() =>
            done(), done)";
    let failed = page
        .client()
        .execute_async(arrived, vec![])
        .await
        .expect("the page says what arrived");
    assert!(
        failed.is_null(),
        "fonts and pictures did not arrive: {failed}"
    );
    let closed = [capture_digest(page, 0).await, capture_digest(page, 1).await];
    for index in 0..2 {
        page.nth_widget(index)
            .run("all('details').forEach(panel => { panel.open = true })")
            .await;
        page.nth_widget(index).wait_for_animations().await;
    }
    let open = [capture_digest(page, 0).await, capture_digest(page, 1).await];
    let [[wide, narrow], [wide_open, narrow_open]] = [closed, open];
    [
        ("wide", wide),
        ("narrow", narrow),
        ("wide-open", wide_open),
        ("narrow-open", narrow_open),
    ]
}

async fn capture_digest(page: &Page, index: usize) -> Screenshot {
    page.nth_widget(index).capture("[part=issue]").await
}
