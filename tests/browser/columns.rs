//! The width of a digest in every kind of container: that of an `<article>` with the same text.

use checks::{TestContext, cases};
use serde_json::json;

cases![
    digest_is_as_wide_as_an_article_in_280_pixels,
    digest_is_as_wide_as_an_article_in_320_pixels,
    digest_is_as_wide_as_an_article_in_500_pixels,
    digest_is_as_wide_as_an_article_in_900_pixels,
    prerendered_digest_is_as_wide_as_an_article,
    digest_in_vertical_text_is_as_large_as_its_issue,
];

async fn digest_is_as_wide_as_an_article_in_280_pixels(context: &TestContext) {
    check_drawn(context, 280).await;
}

async fn digest_is_as_wide_as_an_article_in_320_pixels(context: &TestContext) {
    check_drawn(context, 320).await;
}

async fn digest_is_as_wide_as_an_article_in_500_pixels(context: &TestContext) {
    check_drawn(context, 500).await;
}

async fn digest_is_as_wide_as_an_article_in_900_pixels(context: &TestContext) {
    check_drawn(context, 900).await;
}

async fn check_drawn(context: &TestContext, width: u32) {
    let page = context.visit("article.html").await;
    page.widget().wait_until_drawn().await;
    check(&page, width).await;
}

async fn prerendered_digest_is_as_wide_as_an_article(context: &TestContext) {
    let held = context.cdn.hold(&checks::wasm());
    let page = crate::prerendered::visit_snippet(context).await;
    page.widget().wait_until_upgraded().await;
    for width in [280, 500] {
        check(&page, width).await;
    }
    held.release();
}

/// Moves the digest through the containers, and expects none in which it is too wide or too narrow.
async fn check(page: &checks::Page, width: u32) {
    let measure = format!("const column = {width}; {MEASURE}");
    let misfits = page.widget().run(&measure).await;
    assert_eq!(
        misfits,
        json!([]),
        "containers of {width} pixels that do not fit"
    );
}

/// A style of a container, a style of the element in it, and what stands beside it.
const MEASURE: &str = "
    const shapes = [
        ['display: block'],
        ['display: flow-root'],
        ['display: flex'],
        ['display: flex', 'flex: 1'],
        ['display: flex; gap: 10px', '', '<b>Menu</b>'],
        ['display: flex; flex-wrap: wrap'],
        ['display: flex; flex-direction: column'],
        ['display: flex; flex-direction: column; align-items: flex-start'],
        ['display: flex; flex-direction: column; align-items: center'],
        ['display: flex; justify-content: center'],
        ['display: inline-flex; max-width: 100%'],
        ['display: grid'],
        ['display: grid; grid-template-columns: 1fr'],
        ['display: grid; grid-template-columns: 1fr 3fr', 'grid-column: 2', '<b>Menu</b>'],
        ['display: grid; grid-template-columns: auto'],
        ['display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr))'],
        ['display: grid; place-items: center'],
        ['display: grid; place-items: start'],
        ['display: inline-grid; max-width: 100%'],
        ['float: left; max-width: 100%'],
        ['float: right'],
        ['display: inline-block'],
        ['display: table'],
        ['display: table; width: 100%'],
        ['display: table-cell'],
        ['position: absolute; left: 0'],
        ['width: fit-content'],
        ['width: -webkit-fill-available; width: -moz-available; width: stretch'],
        ['border: 0; padding: 0; margin: 0', '', '', 'fieldset'],
        ['columns: 1'],
        ['overflow: hidden; resize: horizontal'],
        ['direction: rtl'],
        ['', 'float: left'],
        ['', 'display: inline-block'],
        ['', 'display: table'],
        ['', 'position: absolute; left: 0'],
        ['', 'width: fit-content'],
        ['', 'display: block'],
        ['', 'margin: 0 auto; max-width: 70ch'],
    ];
    // The size that a digest without a given width has; an article's is that of its text in one line.
    const HINT = 36;
    const misfits = [];
    const text = one('.root').textContent;
    for (const [outer, inner = '', beside = '', tag = 'div'] of shapes) {
        const sizes = [document.createElement('article'), host].map(element => {
            const place = document.createElement('section');
            place.style.cssText = `position: relative; width: ${column}px; margin: 0; padding: 0`;
            const container = document.createElement(tag);
            container.style.cssText = outer;
            container.innerHTML = beside;
            if (element !== host) element.textContent = text;
            element.style.cssText = inner;
            container.append(element);
            place.append(container);
            document.body.append(place);
            const { width } = element.getBoundingClientRect();
            const size = parseFloat(getComputedStyle(element).fontSize);
            document.body.append(host);
            place.remove();
            return { width, hint: HINT * size };
        });
        const [article, digest] = sizes;
        const least = Math.min(article.width, digest.hint);
        // An engine may give a float one pixel more.
        if (digest.width > article.width + 1 || digest.width < least - 1)
            misfits.push(`${outer} > ${inner}: ${digest.width}, an article ${article.width}`);
    }
    return misfits";

async fn digest_in_vertical_text_is_as_large_as_its_issue(context: &TestContext) {
    let page = context.visit("article.html").await;
    let widget = page.widget();
    widget.wait_until_drawn().await;
    widget.run("host.style.writingMode = 'vertical-rl'").await;
    let overflow = "const [outer, inner] = [host, one('[part=issue]')]
            .map(piece => piece.getBoundingClientRect());
        return [outer.width + 1 >= inner.width, outer.height + 1 >= inner.height, inner.width > 50]";
    widget
        .expect(
            "the element is as wide and high as its issue",
            overflow,
            json!([true, true, true]),
        )
        .await;
    page.save_screenshot("vertical").await;
}
