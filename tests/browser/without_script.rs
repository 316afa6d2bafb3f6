//! Without scripts, the element's own children are all that a reader gets.

use checks::{BrowserSettings, TestContext, cases};

cases![
    children_show_where_a_policy_forbids_scripts,
    children_show_with_scripts_off
];

const CHILDREN: &str = "US-Japan Alliance Digest, Vol 1.5";

async fn children_show_where_a_policy_forbids_scripts(context: &TestContext) {
    let page = context.visit("no-script.html").await;
    assert_eq!(page.visible_text("digest-widget").await, CHILDREN);
    assert_eq!(
        context.cdn.requests(),
        Vec::<String>::new(),
        "requests to the CDN"
    );
}

async fn children_show_with_scripts_off(context: &TestContext) {
    let settings = BrowserSettings::default().without_scripts();
    let page = context.visit_with(settings, "article.html").await;
    assert_eq!(page.visible_text("digest-widget").await, CHILDREN);
    assert_eq!(
        context.cdn.requests(),
        Vec::<String>::new(),
        "requests to the CDN"
    );
}
