//! While the issue is under way.

use checks::{Answer, Stage, cases, glue, wasm};

cases![
    a_reader_reads_the_children_while_the_issue_is_under_way,
    a_reader_reads_the_children_while_the_engine_is_under_way,
    a_reader_of_an_element_without_children_sees_that_it_loads,
    a_reader_waits_for_the_issue_and_the_engine_together,
    a_reader_of_two_elements_downloads_each_file_once,
];

async fn a_reader_reads_the_children_while_the_issue_is_under_way(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let widget = stage.visit("article.html").await.widget();
    widget
        .expect(
            "whether the engine has drawn",
            "return one('[role=status]') !== null",
            true,
        )
        .await;
    widget.shows_children(true).await;
    held.release();
    widget.is_up().await;
    widget.shows_children(false).await;
}

async fn a_reader_reads_the_children_while_the_engine_is_under_way(stage: &Stage) {
    let held = stage.cdn.hold(&wasm());
    let widget = stage.visit("article.html").await.widget();
    stage.cdn.is_asked_for(&wasm()).await;
    widget.shows_children(true).await;
    held.release();
    widget.is_up().await;
}

async fn a_reader_of_an_element_without_children_sees_that_it_loads(stage: &Stage) {
    let held = stage.cdn.hold("issue.json");
    let widget = stage.visit("childless.html").await.widget();
    widget.reads("[role=status]", "Loading the digest…").await;
    let visible = "return one('[role=status]').checkVisibility()";
    widget
        .expect("whether a reader sees it", visible, true)
        .await;
    held.release();
    widget.is_up().await;
}

async fn a_reader_waits_for_the_issue_and_the_engine_together(stage: &Stage) {
    let files = ["issue.json".to_owned(), wasm(), glue()];
    let held = files.each_ref().map(|file| stage.cdn.hold(file));
    let page = stage.visit("article.html").await;
    for file in &files {
        // None of them is answered yet, so none was asked for because another had come.
        stage.cdn.is_asked_for(file).await;
    }
    held.into_iter().for_each(checks::Held::release);
    page.widget().is_up().await;
}

async fn a_reader_of_two_elements_downloads_each_file_once(stage: &Stage) {
    let files = ["issue.json".to_owned(), wasm(), glue()];
    for file in &files {
        stage.cdn.answer(file, Answer::usual().uncached());
    }
    let page = stage.visit("twice.html").await;
    page.nth_widget(0).is_up().await;
    page.nth_widget(1).is_up().await;
    for file in &files {
        assert_eq!(
            stage.cdn.asked_for(file),
            1,
            "requests for {file} in {:?}",
            stage.cdn.requests()
        );
    }
}
