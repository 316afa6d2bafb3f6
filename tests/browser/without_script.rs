//! The partner's page without script: the element's own children are all there is, and they are enough.

use checks::{Settings, Stage, cases};

cases![
    a_reader_without_script_reads_the_children,
    a_reader_whose_browser_runs_no_scripts_reads_the_children
];

const CHILDREN: &str = "US-Japan Alliance Digest, Vol 1.5";

async fn a_reader_without_script_reads_the_children(stage: &Stage) {
    let page = stage.visit("no-script.html").await;
    assert_eq!(page.visible_text("digest-widget").await, CHILDREN);
    assert_eq!(
        stage.cdn.requests(),
        Vec::<String>::new(),
        "what the page asks the CDN for"
    );
}

async fn a_reader_whose_browser_runs_no_scripts_reads_the_children(stage: &Stage) {
    let settings = Settings {
        scripts: false,
        ..Settings::default()
    };
    let page = stage.visit_with(settings, "article.html").await;
    assert_eq!(page.visible_text("digest-widget").await, CHILDREN);
    assert_eq!(
        stage.cdn.requests(),
        Vec::<String>::new(),
        "what the page asks the CDN for"
    );
}
