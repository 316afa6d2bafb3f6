//! Partners' style sheets and scripts that are hard on whatever is in the page. A digest in such a page
//! looks as in a plain one, pixel by pixel: the pages in `tests/pages/hosts` differ in what their head
//! brings, and give the digest the same font, colour and width to inherit.

use checks::{Page, Picture, Settings, Stage, cases, root};

cases![
    a_partner_unsets_every_style,
    a_partner_resets_with_bootstrap,
    a_partner_resets_with_tailwind,
    a_partner_has_a_root_of_ten_pixels,
    a_partner_has_the_theme_twenty_twenty_one,
    a_partner_has_the_theme_twenty_twenty_two,
    a_partner_styles_all_that_is_inherited,
    a_partner_still_has_prototype_js,
];

async fn a_partner_unsets_every_style(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "unset").await;
}

async fn a_partner_resets_with_bootstrap(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "bootstrap").await;
}

async fn a_partner_resets_with_tailwind(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "tailwind").await;
}

async fn a_partner_has_a_root_of_ten_pixels(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "ten-pixels").await;
}

async fn a_partner_has_the_theme_twenty_twenty_one(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "twentytwentyone").await;
}

async fn a_partner_has_the_theme_twenty_twenty_two(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "twentytwentytwo").await;
}

async fn a_partner_styles_all_that_is_inherited(stage: &Stage) {
    looks_as_in_a_plain_page(stage, "careless").await;
}

/// It gives every array and element further methods, and takes `Element` and `Array.from` for its own.
async fn a_partner_still_has_prototype_js(stage: &Stage) {
    let page = looks_as_in_a_plain_page(stage, "prototype").await;
    page.expect(
        "whether the page has prototype.js",
        "return Prototype.Version",
        "1.7.3",
    )
    .await;
    page.widget().click("h3 a").await;
    page.widget().has_panels([false, true]).await;
}

/// Compares the digest in a plain page and in this one: in a wide and in a narrow column, with its
/// panels closed and open.
async fn looks_as_in_a_plain_page(stage: &Stage, name: &str) -> Page {
    // WebKit draws what has just been moved on a layer of its own, and its edges otherwise.
    let page = stage
        .reader(Settings {
            reduced_motion: true,
            ..Settings::default()
        })
        .await;
    // What is out of view is not pictured.
    page.client()
        .set_window_size(1100, 1300)
        .await
        .expect("a window can be higher");
    let open = async |name| {
        page.open(&format!("{}/hosts/{name}.html", stage.partner.address()))
            .await
    };
    open("plain").await;
    let expected = pictures(&page).await;
    open(name).await;
    let found = pictures(&page).await;
    page.screenshot(&format!("hostile-{name}")).await;

    let folder = root()
        .join("target/screenshots")
        .join(stage.engine.name())
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

async fn pictures(page: &Page) -> [(&'static str, Picture); 4] {
    for index in 0..2 {
        page.nth_widget(index).is_up().await;
    }
    // Fonts and the picture arrive when they like.
    let arrived = "const done = arguments[arguments.length - 1];
        const images = [...document.querySelectorAll('digest-widget')]
            .flatMap(host => [...host.shadowRoot.querySelectorAll('img')]);
        Promise.all([document.fonts.ready, ...images.map(image => image.decode())]).then(() => done(), done)";
    let failed = page
        .client()
        .execute_async(arrived, vec![])
        .await
        .expect("the page says what arrived");
    assert!(
        failed.is_null(),
        "fonts and pictures did not arrive: {failed}"
    );
    let closed = [picture(page, 0).await, picture(page, 1).await];
    for index in 0..2 {
        page.nth_widget(index)
            .run("all('details').forEach(panel => { panel.open = true })")
            .await;
        page.nth_widget(index).is_still().await;
    }
    let open = [picture(page, 0).await, picture(page, 1).await];
    let [[wide, narrow], [wide_open, narrow_open]] = [closed, open];
    [
        ("wide", wide),
        ("narrow", narrow),
        ("wide-open", wide_open),
        ("narrow-open", narrow_open),
    ]
}

async fn picture(page: &Page, index: usize) -> Picture {
    page.nth_widget(index).picture("[part=issue]").await
}
