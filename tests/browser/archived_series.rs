//! A series of five issues with its archive, for the tests of other issues and of the search.

use std::fs;
use std::sync::LazyLock;

use checks::{Page, StubResponse, TestContext, WidgetHandle, build_site};
use tempfile::TempDir;

use crate::prerendered::make_page;

/// The newsletters, oldest first: file name, title, date, and headlines with their details.
const NEWSLETTERS: [(&str, &str, &str, &[[&str; 2]]); 5] = [
    (
        "2021-12-10",
        "Vol: 1.1",
        "December 10, 2021",
        &[[
            "Radar site chosen",
            "The coast guard chose a hill above the harbour.",
        ]],
    ),
    (
        "2022-01-14",
        "Vol: 1.2",
        "January 14, 2022",
        &[
            ["Café opens at the pier", "Its owner comes from Zürich."],
            ["Budget passes", "Parliament agreed after a long night."],
        ],
    ),
    (
        "2022-02-11",
        "Vol: 1.3",
        "February 11, 2022",
        &[
            ["新しい空港が開業", "新聞各社が空港の開業を伝えた。"],
            [
                "新幹線の新駅が完成",
                "新幹線は三月に停車する。ＮＡＴＯの視察団も訪れた。",
            ],
        ],
    ),
    (
        "2022-03-11",
        "Vol: 1.4",
        "March 11, 2022",
        &[
            ["Harbour reopens", "The radars of the coast guard watch it."],
            ["Ferry timetable", "It changes in May."],
        ],
    ),
    (
        "2022-03-25",
        "Vol: 1.5",
        "March 25, 2022",
        &[
            ["Naval drills began", "Ships of four nations took part."],
            [
                "Radar site completed",
                "It is on the hill above the harbour.",
            ],
        ],
    ),
];

/// The embedder's page.
pub(crate) const PAGE: &str = "archive.html";

/// The newest issue.
pub(crate) const NEWEST: &str = "/latest/issue.json";

/// The files that the case's CDN serves.
const FILES: [&str; 8] = [
    "archive.json",
    "search.json",
    "latest/issue.json",
    "issues/coast-digest-1.1/issue.json",
    "issues/coast-digest-1.2/issue.json",
    "issues/coast-digest-1.3/issue.json",
    "issues/coast-digest-1.4/issue.json",
    "issues/coast-digest-1.5/issue.json",
];

/// The address for which the site is built. Each case has another one.
const SITE: &str = "https://archive.example";

/// The site of the series, built once: it is the same for each case but for the address.
static BUILT: LazyLock<TempDir> = LazyLock::new(build_series);

/// The site of the series at the address of a case's CDN.
pub(crate) struct ArchivedSeries {
    address: String,
}

impl ArchivedSeries {
    /// Has the CDN serve the issues, the list and the texts of the site.
    pub(crate) fn serve(context: &TestContext) -> ArchivedSeries {
        let series = ArchivedSeries {
            address: context.cdn.address().to_owned(),
        };
        for path in FILES {
            let response = StubResponse::json(&series.read_file(path));
            context
                .cdn
                .respond(&format!("/{path}"), response.uncached());
        }
        series
    }

    /// Reads a file of the site.
    pub(crate) fn read_file(&self, path: &str) -> String {
        let file = BUILT.path().join("site").join(path);
        let text = fs::read_to_string(&file);
        text.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
            .replace(SITE, &self.address)
    }
}

fn build_series() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the series");
    let [issues, site] = ["issues", "site"].map(|name| folder.path().join(name));
    fs::create_dir(&issues).expect("it is an empty folder");
    for (name, volume, date, headlines) in NEWSLETTERS {
        let newsletter = write_newsletter(volume, date, headlines);
        fs::write(issues.join(format!("{name}.md")), newsletter).expect("it can be written");
    }
    build_site(&issues, &site, SITE);
    folder
}

/// Opens the embedder's page with the newest issue and these attributes, in a new browser.
pub(crate) async fn visit(context: &TestContext, attributes: &str) -> Page {
    serve_page(context, "", attributes);
    let page = context.visit(PAGE).await;
    page.widget().wait_until_drawn().await;
    page
}

/// Serves the embedder's page.
pub(crate) fn serve_page(context: &TestContext, head: &str, attributes: &str) {
    let cdn = context.cdn.address();
    let snippet = format!(
        r#"<script type="module" src="{cdn}/digest.js"></script>
           <digest-widget src="{cdn}{NEWEST}" {attributes}></digest-widget>"#
    );
    let page = StubResponse::html(&make_page(head, &snippet)).uncached();
    context.embedder.respond(PAGE, page);
}

/// Waits until the first headline is this one.
pub(crate) async fn expect_headline(widget: &WidgetHandle, expected: &str) {
    let headline = "return one('[part=headline]').textContent";
    widget
        .expect("the first headline", headline, expected)
        .await;
}

/// Waits until this part of the digest has the focus.
pub(crate) async fn expect_focus(widget: &WidgetHandle, part: &str) {
    let focused = "return root.activeElement?.getAttribute('part') ?? null";
    widget
        .expect("the part with the focus", focused, part)
        .await;
}

fn write_newsletter(volume: &str, date: &str, headlines: &[[&str; 2]]) -> String {
    let [texts, details] = [0, 1].map(|index| {
        let items = headlines.iter().map(|pair| format!("- {}\n", pair[index]));
        items.collect::<String>()
    });
    format!(
        "Coast Digest\n\n{volume}\n\nDate: {date}\n\nHeadlines:\n\n{texts}\nDetails:\n\n{details}"
    )
}
