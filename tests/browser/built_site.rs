//! A site that `digest-press build` wrote, on a real nginx with the settings that were built with it.
//!
//! Its address is the same for all cases, so each has a fresh browser, whose cache is empty.

use std::fs;
use std::sync::{Arc, Mutex};

use checks::{Answer, Nginx, Page, Settings, Stage, axe, build, cases, free_port, root};
use fantoccini::Locator;
use serde_json::json;
use tempfile::TempDir;

use crate::prerendered::{is_swapped, page_with};

cases![
    a_reader_goes_from_the_archive_of_a_built_site_to_a_headline,
    a_reader_whose_browser_runs_no_scripts_goes_from_the_archive_of_a_built_site_to_a_headline,
    a_reader_comes_by_a_link_to_a_headline_of_a_built_site,
    a_reader_of_a_partners_page_reads_the_snippet_of_a_built_site,
    a_reader_of_a_partners_page_reads_the_japanese_snippet_of_a_built_site,
    a_reader_whose_browser_runs_no_scripts_reads_the_snippet_of_a_built_site,
    a_reader_of_a_partners_page_reads_the_cms_safe_snippet_of_a_built_site,
    a_partner_configures_the_newest_issue_of_a_built_site,
    a_partners_script_reads_the_archive_and_the_feeds_of_a_built_site,
];

const SEED: &str = "us-japan-alliance-digest-1.5";
const JAPANESE: &str = "日米同盟ダイジェスト-1.5";
const RADAR: &str = "us-army-radar-site-in-japan-finally-completes-construction-plan";

async fn a_reader_goes_from_the_archive_of_a_built_site_to_a_headline(stage: &Stage) {
    let page = goes_from_the_archive_to_a_headline(stage, Settings::fresh()).await;
    page.screenshot("built-issue").await;
    axe(&page).await;
    page.open(&seed().address).await;
    page.screenshot("built-archive").await;
    axe(&page).await;
}

async fn a_reader_whose_browser_runs_no_scripts_goes_from_the_archive_of_a_built_site_to_a_headline(
    stage: &Stage,
) {
    goes_from_the_archive_to_a_headline(
        stage,
        Settings {
            scripts: false,
            ..Settings::fresh()
        },
    )
    .await;
}

async fn goes_from_the_archive_to_a_headline(stage: &Stage, settings: Settings) -> Page {
    let site = seed();
    let page = stage.reader(settings).await;
    page.open(&site.address).await;
    click(&page, &format!("a[href$='issues/{SEED}/']")).await;
    page.client()
        .wait()
        .for_element(Locator::Css("[part=panel]"))
        .await
        .expect("the issue's page comes");
    click(&page, &format!("[href='#{RADAR}']")).await;
    let text = page.visible_text(&format!("[open] #{RADAR}")).await;
    assert!(
        text.contains("Kyogamisaki Communication Site"),
        "the panel reads: {text}"
    );
    page
}

async fn a_reader_comes_by_a_link_to_a_headline_of_a_built_site(stage: &Stage) {
    let page = stage
        .reader(Settings {
            scripts: false,
            ..Settings::fresh()
        })
        .await;
    page.open(&format!("{}#{RADAR}", seed().page())).await;
    let open = page
        .client()
        .find_all(Locator::Css("[open]"))
        .await
        .expect("it can be searched");
    assert_eq!(open.len(), 1, "open panels");
    let text = page.visible_text(&format!("[open] #{RADAR}")).await;
    assert!(
        text.contains("Kyogamisaki Communication Site"),
        "the panel reads: {text}"
    );
}

async fn a_reader_of_a_partners_page_reads_the_snippet_of_a_built_site(stage: &Stage) {
    let page = visit(stage, Settings::fresh(), &seed().read("snippet.html")).await;
    let widget = page.widget();
    is_swapped(&widget).await;
    widget.reads("h2", "US-Japan Alliance Digest").await;
    widget.click_nth("h3 a", 3).await;
    widget.has_panels([false, false, false, true]).await;
    page.screenshot("built-snippet").await;
}

async fn a_reader_of_a_partners_page_reads_the_japanese_snippet_of_a_built_site(stage: &Stage) {
    let site = japanese();
    let settings = Settings {
        language: "ja",
        ..Settings::fresh()
    };
    let page = visit(stage, settings, &site.read("snippet.html")).await;
    let widget = page.widget();
    is_swapped(&widget).await;
    widget.reads("h2", "日米同盟ダイジェスト").await;
    widget.reads("[part=open-all]", "すべて開く").await;
    widget.click_nth("h3 a", 0).await;
    widget.has_panels([true, false]).await;
    page.screenshot("built-snippet-japanese").await;
    page.open(&site.address).await;
    page.screenshot("built-archive-japanese").await;
    axe(&page).await;
    page.open(&site.page()).await;
    page.screenshot("built-issue-japanese").await;
    axe(&page).await;
}

async fn a_partner_configures_the_newest_issue_of_a_built_site(stage: &Stage) {
    let page = stage.reader(Settings::fresh()).await;
    page.open(&format!("{}embed.html", japanese().address))
        .await;
    page.widget().reads("h2", "日米同盟ダイジェスト").await;
    page.expect(
        "whether there is a snippet",
        "return document.querySelector('#blocks pre') !== null",
        true,
    )
    .await;
    let names = "return document.documentElement.outerHTML.match(/US-Japan|publisher\\.example/g)";
    page.expect("other publishers' names and addresses", names, ())
        .await;
    page.run("document.querySelector('[value=pre-rendered]').click()")
        .await;
    let dated = "return new DOMParser().parseFromString(document.querySelector('#blocks pre').textContent, 'text/html')
        .querySelector('digest-widget h2 + p').textContent";
    page.expect(
        "the words below the title",
        dated,
        "第1.5号 · 2022年3月11日",
    )
    .await;
    page.screenshot("built-configurator").await;
}

async fn a_reader_whose_browser_runs_no_scripts_reads_the_snippet_of_a_built_site(stage: &Stage) {
    let settings = Settings {
        scripts: false,
        ..Settings::fresh()
    };
    let page = visit(stage, settings, &seed().read("snippet.html")).await;
    let element = page
        .client()
        .find(Locator::Css("digest-widget"))
        .await
        .expect("the element is there");
    let root = element
        .shadow_root()
        .await
        .expect("the template is a shadow root");
    let headlines = root
        .find_all(Locator::Css("[part=headline]"))
        .await
        .expect("it can be searched");
    assert_eq!(headlines.len(), 4, "headlines");
}

async fn a_reader_of_a_partners_page_reads_the_cms_safe_snippet_of_a_built_site(stage: &Stage) {
    let site = seed();
    let script = format!(
        r#"<script type="module" src="{}digest-site.js"></script>"#,
        site.address
    );
    let page = visit(stage, Settings::fresh(), &(script + &site.read("cms.html"))).await;
    page.widget().is_up().await;
    page.widget()
        .reads("[part=title]", "US-Japan Alliance Digest")
        .await;
    page.screenshot("built-cms").await;
}

async fn a_partners_script_reads_the_archive_and_the_feeds_of_a_built_site(stage: &Stage) {
    let page = stage.visit_with(Settings::fresh(), "plain.html").await;
    for (name, kind) in [
        ("archive.json", "application/json"),
        ("feed.json", "application/feed+json"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
    ] {
        let fetch = format!(
            "const done = arguments[arguments.length - 1];
             fetch('{}{name}').then(
                 async answer => done([answer.status, answer.headers.get('content-type'), (await answer.text()).includes('{SEED}')]),
                 error => done([String(error)]))",
            seed().address
        );
        let found = page
            .client()
            .execute_async(&fetch, vec![])
            .await
            .expect("the answer comes");
        assert_eq!(found, json!([200, kind, true]), "{name}");
    }
}

/// A reader opens a partner's page, at another origin, with `snippet`.
async fn visit(stage: &Stage, settings: Settings, snippet: &str) -> Page {
    let page = Answer::bytes(page_with("", snippet).into()).kind("text/html; charset=utf-8");
    stage.partner.answer("/built.html", page);
    stage.visit_with(settings, "built.html").await
}

async fn click(page: &Page, selector: &str) {
    let found = page.client().find(Locator::Css(selector)).await;
    let found = found.unwrap_or_else(|error| panic!("the page has no {selector}: {error}"));
    found
        .click()
        .await
        .unwrap_or_else(|error| panic!("{selector} was not clicked: {error}"));
}

fn seed() -> Arc<Site> {
    site("seed", "en")
}

fn japanese() -> Arc<Site> {
    site("japanese", "ja")
}

/// The site of one newsletter, with its server.
struct Site {
    newsletter: &'static str,
    address: String,
    folder: TempDir,
    _nginx: Nginx,
}

/// The sites for all cases, each started by the first that needs it.
static SITES: Mutex<Vec<Arc<Site>>> = Mutex::new(Vec::new());

/// Ends the sites' servers, when the last case is over.
pub(crate) fn close() {
    SITES.lock().unwrap().clear();
}

fn site(newsletter: &'static str, lang: &str) -> Arc<Site> {
    let mut sites = SITES.lock().unwrap();
    if let Some(site) = sites.iter().find(|site| site.newsletter == newsletter) {
        return Arc::clone(site);
    }
    let site = Arc::new(Site::start(newsletter, lang));
    sites.push(Arc::clone(&site));
    site
}

impl Site {
    /// Builds the site of one of the newsletters in `tests/import`, and serves it.
    fn start(newsletter: &'static str, lang: &str) -> Site {
        let folder = tempfile::tempdir().expect("a folder for the site");
        let issues = folder.path().join("issues");
        fs::create_dir(&issues).expect("it is an empty folder");
        let source = root()
            .join("tests/import")
            .join(newsletter)
            .join("newsletter.md");
        fs::copy(source, issues.join("newsletter.md")).expect("it can be copied");
        fs::write(issues.join("press.toml"), format!("lang = \"{lang}\"\n"))
            .expect("it can be written");
        let port = free_port();
        let address = format!("http://localhost:{port}/digest/");
        let output = folder.path().join("www/digest");
        build(&issues, &output, &address);
        let nginx = Nginx::start(port, &folder.path().join("www"), &output.join("nginx.conf"));
        Site {
            newsletter,
            address,
            folder,
            _nginx: nginx.unwrap_or_else(|error| panic!("{error}")),
        }
    }

    /// The address of the issue's page.
    fn page(&self) -> String {
        format!("{}issues/{}/", self.address, self.id())
    }

    /// A file of the issue.
    fn read(&self, name: &str) -> String {
        let file = self
            .folder
            .path()
            .join("www/digest/issues")
            .join(self.id())
            .join(name);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    fn id(&self) -> &'static str {
        if self.newsletter == "seed" {
            SEED
        } else {
            JAPANESE
        }
    }
}
