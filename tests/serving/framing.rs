use std::fs;

use checks::root;

use crate::series::Series;

const EMBEDDER: &str = "frame-ancestors https://embedder.example";

pub(crate) fn settings_of_the_docs_limit_who_may_frame() {
    let docs = fs::read_to_string(root().join("docs/hosting.md")).unwrap();
    let (_, settings) = docs.split_once("```nginx\n").unwrap();
    let (settings, _) = settings.split_once("```").unwrap();
    let series = Series::new();
    let site = series.path("").display().to_string();
    let server = series.serve_with(&settings.replace("/srv/www/", &site));
    for file in [
        "frame.html",
        "latest/frame.html",
        "issues/us-japan-alliance-digest-1.5/frame.html",
    ] {
        let reply = server.get(&format!("/{file}"), &[]);
        assert_eq!(reply.header("content-security-policy"), [EMBEDDER]);
        assert_eq!(reply.header("content-type"), ["text/html; charset=utf-8"]);
        assert_eq!(reply.body, fs::read(series.path(file)).unwrap(), "{file}");
    }
    let page = server.get("/latest/", &[]);
    assert!(!page.header("content-security-policy").contains(&EMBEDDER));
    assert_eq!(server.get("/framed/frame.html", &[]).status, 404);
}
