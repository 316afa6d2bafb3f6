//! A site that `digest-press build` wrote, on a real nginx with the settings from the same build.
//!
//! Its address is the same for all cases, so each has a fresh browser with an empty cache.

use std::fs;
use std::sync::{Arc, Mutex};

use checks::{
    BrowserSettings, Nginx, Page, StubResponse, TestContext, build_site, cases, free_port, root,
    run_accessibility_checkers,
};
use fantoccini::Locator;
use serde_json::json;
use tempfile::TempDir;

use crate::prerendered::{make_page, wait_for_swap};

cases![
    archive_leads_to_a_headline,
    archive_leads_to_a_headline_with_scripts_off,
    linked_headline_of_a_built_site_opens_with_scripts_off,
    snippet_shows_the_digest,
    japanese_snippet_shows_the_digest,
    snippet_shows_headlines_with_scripts_off,
    cms_safe_snippet_shows_the_digest,
    configurator_has_the_newest_issue_and_the_language_of_the_site,
    configurator_offers_the_newest_issue_and_one_for_good,
    link_of_an_issue_chooses_it_in_the_configurator,
    configurator_frames_the_newest_issue,
    page_of_the_newest_issue_leads_to_its_permanent_page,
    frame_page_is_readable_with_scripts_off,
    frame_page_becomes_live,
    frame_page_applies_options,
    frame_page_passes_axe,
    frame_page_is_as_high_as_its_digest,
    archive_and_feeds_can_be_fetched_from_another_origin,
];

const SEED: &str = "us-japan-alliance-digest-1.5";
const JAPANESE: &str = "日米同盟ダイジェスト-1.5";
const RADAR: &str = "us-army-radar-site-in-japan-finally-completes-construction-plan";

async fn archive_leads_to_a_headline(context: &TestContext) {
    let page = open_headline_from_archive(context, BrowserSettings::fresh()).await;
    page.save_screenshot("built-issue").await;
    run_accessibility_checkers(&page).await;
    page.open(&start_seed_site().address).await;
    page.save_screenshot("built-archive").await;
    run_accessibility_checkers(&page).await;
}

async fn archive_leads_to_a_headline_with_scripts_off(context: &TestContext) {
    open_headline_from_archive(context, BrowserSettings::fresh().without_scripts()).await;
}

async fn open_headline_from_archive(context: &TestContext, settings: BrowserSettings) -> Page {
    let site = start_seed_site();
    let page = context.open_browser(settings).await;
    page.open(&site.address).await;
    page.click(&format!("a[href$='issues/{SEED}/']")).await;
    page.wait_for("[part=panel]").await;
    page.click(&format!("[href='#{RADAR}']")).await;
    let text = page.visible_text(&format!("[open] #{RADAR}")).await;
    assert!(
        text.contains("Kyogamisaki Communication Site"),
        "the panel reads: {text}"
    );
    page
}

async fn linked_headline_of_a_built_site_opens_with_scripts_off(context: &TestContext) {
    let page = context
        .open_browser(BrowserSettings::fresh().without_scripts())
        .await;
    page.open(&format!("{}#{RADAR}", start_seed_site().page()))
        .await;
    page.wait_for("[open]").await;
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

async fn snippet_shows_the_digest(context: &TestContext) {
    let page = visit_snippet(
        context,
        BrowserSettings::fresh(),
        &start_seed_site().read_file("snippet.html"),
    )
    .await;
    let widget = page.widget();
    wait_for_swap(&widget).await;
    widget.expect_text("h2", "US-Japan Alliance Digest").await;
    widget.click_nth("h3 a", 3).await;
    widget.expect_panels([false, false, false, true]).await;
    page.save_screenshot("built-snippet").await;
}

async fn japanese_snippet_shows_the_digest(context: &TestContext) {
    let site = start_japanese_site();
    let settings = BrowserSettings {
        language: "ja",
        ..BrowserSettings::fresh()
    };
    let page = visit_snippet(context, settings, &site.read_file("snippet.html")).await;
    let widget = page.widget();
    wait_for_swap(&widget).await;
    widget.expect_text("h2", "日米同盟ダイジェスト").await;
    widget.expect_text("[part=open-all]", "すべて開く").await;
    widget.click_nth("h3 a", 0).await;
    widget.expect_panels([true, false]).await;
    page.save_screenshot("built-snippet-japanese").await;
    page.open(&site.address).await;
    page.save_screenshot("built-archive-japanese").await;
    run_accessibility_checkers(&page).await;
    page.open(&site.page()).await;
    page.save_screenshot("built-issue-japanese").await;
    run_accessibility_checkers(&page).await;
}

async fn configurator_has_the_newest_issue_and_the_language_of_the_site(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&format!("{}embed.html", start_japanese_site().address))
        .await;
    page.widget()
        .expect_text("h2", "日米同盟ダイジェスト")
        .await;
    page.expect(
        "there is a snippet",
        "return document.querySelector('#blocks textarea') !== null",
        true,
    )
    .await;
    let names = "return document.documentElement.outerHTML.match(/US-Japan|publisher\\.example/g)";
    page.expect("other publishers' names and addresses", names, ())
        .await;
    page.run("document.querySelector('[value=pre-rendered]').click()")
        .await;
    let dated = "return new DOMParser().parseFromString(document.querySelector('#blocks textarea')
        .value, 'text/html')
        .querySelector('digest-widget h2 + p').textContent";
    page.expect("the text below the title", dated, "第1.5号 · 2022年3月11日")
        .await;
    page.save_screenshot("built-configurator").await;
    let words = "return [document.title, ...['h1', '#options legend', '#blocks button']
        .map(selector => document.querySelector(selector).innerText)]";
    let japanese = json!([
        "Digest Widget：ダイジェストをあなたのサイトに",
        "ダイジェストをあなたのサイトに",
        "ボタンとメッセージの言語",
        "コピー"
    ]);
    page.expect("the words of the page", words, japanese).await;
    let english = "return document.body.innerText.match(/Options|Preview|Copy|your page/g)";
    page.expect("English words", english, ()).await;
}

async fn snippet_shows_headlines_with_scripts_off(context: &TestContext) {
    let settings = BrowserSettings::fresh().without_scripts();
    let page = visit_snippet(
        context,
        settings,
        &start_seed_site().read_file("snippet.html"),
    )
    .await;
    let root = page.find_shadow_root().await;
    let headlines = root
        .find_all(Locator::Css("[part=headline]"))
        .await
        .expect("it can be searched");
    assert_eq!(headlines.len(), 4, "headlines");
}

async fn cms_safe_snippet_shows_the_digest(context: &TestContext) {
    let site = start_seed_site();
    let script = format!(
        r#"<script type="module" src="{}digest-site.js"></script>"#,
        site.address
    );
    let page = visit_snippet(
        context,
        BrowserSettings::fresh(),
        &(script + &site.read_file("cms.html")),
    )
    .await;
    page.widget().wait_until_drawn().await;
    page.widget()
        .expect_text("[part=title]", "US-Japan Alliance Digest")
        .await;
    page.save_screenshot("built-cms").await;
}

async fn configurator_offers_the_newest_issue_and_one_for_good(context: &TestContext) {
    let site = start_seed_site();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&format!("{}embed.html", site.address)).await;
    page.wait_for("#blocks textarea").await;
    let newest = [
        format!("{}latest/issue.json", site.address),
        format!("{}latest/", site.address),
        "US-Japan Alliance Digest".to_owned(),
    ];
    page.expect("the snippet at first", PASTED, json!(newest))
        .await;
    page.run("document.querySelector('[name=edition][value=this]').click()")
        .await;
    let issue = [
        format!("{}issue.json", site.page()),
        site.page(),
        "US-Japan Alliance Digest, Vol 1.5 · March 11, 2022".to_owned(),
    ];
    page.expect("the snippet of the issue", PASTED, json!(issue))
        .await;
    page.save_screenshot("built-configurator-issue").await;
    page.run("document.querySelector('[name=edition][value=newest]').click()")
        .await;
    page.expect("the snippet of the newest issue", PASTED, json!(newest))
        .await;
    run_accessibility_checkers(&page).await;
}

/// A script for the address of the issue, the address of the link and its text in the snippet.
const PASTED: &str = "const widget = new DOMParser().parseFromString(
        document.querySelector('#blocks textarea').value, 'text/html')
        .querySelector('digest-widget');
    const link = widget.querySelector('a');
    return [widget.getAttribute('src'), link?.href, link?.textContent]";

async fn link_of_an_issue_chooses_it_in_the_configurator(context: &TestContext) {
    let site = start_seed_site();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&site.page()).await;
    page.click("a[href*='embed.html?src=']").await;
    page.wait_for("#blocks textarea").await;
    let chosen = "return [document.querySelector('[name=edition]:checked').value,
        document.querySelector('#option-src').value]";
    let issue = format!("issues/{SEED}/issue.json");
    page.expect("the choices of the form", chosen, json!(["this", issue]))
        .await;
}

async fn page_of_the_newest_issue_leads_to_its_permanent_page(context: &TestContext) {
    let site = start_seed_site();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&format!("{}latest/#{RADAR}", site.address)).await;
    page.wait_for(&format!("[open] #{RADAR}")).await;
    page.save_screenshot("built-latest").await;
    run_accessibility_checkers(&page).await;
    page.click(&format!("[href$='#{RADAR}']")).await;
    let address = format!("{}#{RADAR}", site.page());
    page.expect("the page's address", "return location.href", address)
        .await;
    page.wait_for(&format!("[open] #{RADAR}")).await;
}

async fn configurator_frames_the_newest_issue(context: &TestContext) {
    let site = start_seed_site();
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&format!("{}embed.html", site.address)).await;
    // The page moves while the preview is drawn, and WebKit's driver would click beside the field.
    page.wait_for("#blocks textarea").await;
    for field in ["[name=open][value=first]", "[value=frame]"] {
        page.run(&format!("document.querySelector('{field}').click()"))
            .await;
    }
    let src = "return new DOMParser().parseFromString(document.querySelector('#blocks textarea')
        .value, 'text/html').querySelector('iframe')?.src ?? null";
    page.expect(
        "the address of the frame",
        src,
        format!("{}latest/frame.html?open=first", site.address),
    )
    .await;
}

async fn frame_page_is_readable_with_scripts_off(context: &TestContext) {
    let settings = BrowserSettings::fresh().without_scripts();
    let page = context.open_browser(settings).await;
    page.open(&start_seed_site().frame()).await;
    let root = page.find_shadow_root().await;
    let issue = root
        .find(Locator::Css("[part=issue]"))
        .await
        .expect("it holds the issue");
    let rule = issue.css_value("border-top-width").await;
    assert_eq!(
        rule.expect("it is styled"),
        "3px",
        "the rule above the title"
    );
    let switch = root.find(Locator::Css("summary")).await;
    let switch = switch.expect("a panel has a switch");
    switch.click().await.expect("it can be clicked");
    let detail = root.find(Locator::Css("[open] [part=detail]")).await;
    let text = detail.expect("a panel is open").text().await;
    let text = text.expect("it has a text");
    assert!(
        text.contains("Japan has been working"),
        "the panel reads: {text}"
    );
}

async fn frame_page_becomes_live(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&start_seed_site().frame()).await;
    let widget = page.widget();
    wait_for_swap(&widget).await;
    widget.expect_text("h1", "US-Japan Alliance Digest").await;
    widget.expect_panels([false, false, false, false]).await;
    let target = "return host.linkTarget";
    widget
        .expect("the target of the sources", target, "_blank")
        .await;
    let request = format!(
        "const done = arguments[arguments.length - 1];
         fetch('{}/plain.html', {{ mode: 'no-cors' }}).then(
             () => done('sent'), () => done('refused'))",
        context.embedder.address()
    );
    let found = page.client().execute_async(&request, vec![]).await;
    assert_eq!(
        found.expect("the answer comes"),
        "refused",
        "a request to another host"
    );
}

async fn frame_page_applies_options(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    let frame = start_seed_site().frame();
    page.open(&format!(
        "{frame}?open=first&heading-level=3&theme=dark&link-target=_top&lang=ja"
    ))
    .await;
    let widget = page.widget();
    wait_for_swap(&widget).await;
    widget.expect_text("h3", "US-Japan Alliance Digest").await;
    widget.expect_panels([true, false, false, false]).await;
    widget.expect_text("summary", "閉じる").await;
    let found = "return [host.linkTarget,
        getComputedStyle(document.documentElement).colorScheme]";
    widget
        .expect("the target and the scheme", found, json!(["_top", "dark"]))
        .await;
    page.open(&format!("{frame}?open=some")).await;
    let text = "return document.body.innerText.trim()";
    let refusal = "This digest cannot be shown: open must be none, first or all.";
    page.expect("the frame's text", text, refusal).await;
}

async fn frame_page_passes_axe(context: &TestContext) {
    let page = context.open_browser(BrowserSettings::fresh()).await;
    page.open(&start_seed_site().frame()).await;
    wait_for_swap(&page.widget()).await;
    run_accessibility_checkers(&page).await;
    page.widget().click("[part=open-all]").await;
    page.widget().wait_for_animations().await;
    run_accessibility_checkers(&page).await;
}

async fn frame_page_is_as_high_as_its_digest(context: &TestContext) {
    let site = start_seed_site();
    let frame = format!(
        "<iframe src=\"{}\" width=\"100%\" height=\"200\"></iframe>
         <script type=\"module\" src=\"{}digest-frame-parent.js\"></script>",
        site.frame(),
        site.address
    );
    let page = visit_snippet(context, BrowserSettings::fresh(), &frame).await;
    let is_high = "return document.querySelector('iframe').offsetHeight > 300";
    page.expect("the frame has grown", is_high, true).await;
    page.enter_frame(0).await;
    wait_for_swap(&page.widget()).await;
    page.widget().click("[part=open-all]").await;
    page.widget().expect_panels([true, true, true, true]).await;
    page.widget().wait_for_animations().await;
    let room = "return innerHeight
        - Math.ceil(document.documentElement.getBoundingClientRect().height)";
    page.widget()
        .expect("the free height in the frame", room, 0)
        .await;
    page.leave_frame().await;
    page.save_screenshot("built-frame").await;
}

async fn archive_and_feeds_can_be_fetched_from_another_origin(context: &TestContext) {
    let page = context
        .visit_with(BrowserSettings::fresh(), "plain.html")
        .await;
    for (name, kind) in [
        ("archive.json", "application/json"),
        ("feed.json", "application/feed+json"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
    ] {
        let fetch = format!(
            "const done = arguments[arguments.length - 1];
             fetch('{}{name}').then(
                 async answer => done([answer.status, answer.headers.get('content-type'),
                     (await answer.text()).includes('{SEED}')]),
                 error => done([String(error)]))",
            start_seed_site().address
        );
        let found = page
            .client()
            .execute_async(&fetch, vec![])
            .await
            .expect("the answer comes");
        assert_eq!(found, json!([200, kind, true]), "{name}");
    }
}

/// Opens an embedder's page, at another origin, with `snippet`.
async fn visit_snippet(context: &TestContext, settings: BrowserSettings, snippet: &str) -> Page {
    let page = StubResponse::html(&make_page("", snippet));
    context.embedder.respond("/built.html", page);
    context.visit_with(settings, "built.html").await
}

fn start_seed_site() -> Arc<BuiltSite> {
    find_or_start("seed", "en")
}

fn start_japanese_site() -> Arc<BuiltSite> {
    find_or_start("japanese", "ja")
}

/// The built site of one newsletter, with its server.
struct BuiltSite {
    newsletter: &'static str,
    address: String,
    folder: TempDir,
    _nginx: Nginx,
}

/// The sites for all cases. The first case that needs one starts it.
static SITES: Mutex<Vec<Arc<BuiltSite>>> = Mutex::new(Vec::new());

/// Ends the sites' servers after the last case.
pub(crate) fn close() {
    SITES.lock().unwrap().clear();
}

fn find_or_start(newsletter: &'static str, lang: &str) -> Arc<BuiltSite> {
    let mut sites = SITES.lock().unwrap();
    if let Some(site) = sites.iter().find(|site| site.newsletter == newsletter) {
        return Arc::clone(site);
    }
    let site = Arc::new(BuiltSite::start(newsletter, lang));
    sites.push(Arc::clone(&site));
    site
}

impl BuiltSite {
    /// Builds the site of a newsletter in `tests/import`, and serves it.
    fn start(newsletter: &'static str, lang: &str) -> BuiltSite {
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
        build_site(&issues, &output, &address);
        let nginx = Nginx::start(port, &folder.path().join("www"), &output.join("nginx.conf"));
        BuiltSite {
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

    /// The address of the issue's page for frames.
    fn frame(&self) -> String {
        format!("{}frame.html", self.page())
    }

    /// Reads a file of the issue.
    fn read_file(&self, name: &str) -> String {
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
