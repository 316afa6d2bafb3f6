//! `frame.html`: an issue in a page of its own, for the frames of embedders.

use digest_issue::Issue;
use digest_view::DigestOptions;
use yew::{Html, html};

use super::issue_folder::IssueFolder;
use super::issue_name::format_title;
use super::page_styles::FRAME_PAGE_STYLE;
use super::render::render_document;
use super::serving::frame_policy;
use super::snippet::render_element;
use crate::SiteAddress;

/// The page's scripts. The first sets the options in the page's address, so it runs before the
/// loader.
const SCRIPTS: [&str; 2] = ["digest-frame.js", "digest.js"];

/// Renders the page. It is readable without a script; with scripts it is live and reports its
/// height.
pub(crate) fn render_frame_page(issue: &Issue, folder: IssueFolder, site: &SiteAddress) -> String {
    let element = render_element(issue, folder, site, frame_options());
    render_document(html! {
        <html lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            { render_head(issue, site) }
            <body><main>{ element }</main></body>
        </html>
    })
}

fn render_head(issue: &Issue, site: &SiteAddress) -> Html {
    let render_script = |name| {
        let src = site.file_url(name).to_string();
        html! { <script type="module" {src}></script> }
    };
    html! {
        <head>
            <meta charset="utf-8" />
            <meta http-equiv="content-security-policy" content={frame_policy(site)} />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="robots" content="noindex" />
            // Lets embedders use the CSS property `frame-sizing`. A height is not secret.
            <meta name="responsive-embedded-sizing" content="allow-origins=*" />
            <title>{ format_title(issue) }</title>
            <style>{ FRAME_PAGE_STYLE }</style>
            { for SCRIPTS.map(render_script) }
        </head>
    }
}

/// Sources open in a new tab: most sites forbid framing.
fn frame_options() -> DigestOptions {
    DigestOptions {
        heading_level: 1,
        link_target: Some("_blank".to_owned()),
        ..DigestOptions::default()
    }
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;
    use crate::site::serving::csp_hash;

    const FRAME: &str = include_str!("../../../www/frame.html");

    fn render_page() -> String {
        let json = include_bytes!(
            "../../../tests/site/picture_and_sources/issues/沿岸だより-1.10/issue.json"
        );
        let issue = Issue::from_json(json).unwrap();
        let site = "https://cdn.example/digest".parse().unwrap();
        render_frame_page(&issue, IssueFolder::Permanent, &site)
    }

    fn read_policy(html: &str, selector: &str) -> String {
        let html = Html::parse_document(html);
        let policy = html.select(&Selector::parse(selector).unwrap()).next();
        policy.unwrap().attr("content").unwrap().to_owned()
    }

    #[test]
    fn policy_is_that_of_the_other_frame_and_allows_the_styles() {
        let page = render_page();
        let styles = page.split("<style>").skip(1);
        let hashes: Vec<_> = styles
            .map(|style| csp_hash(style.split("</style>").next().unwrap()))
            .collect();
        assert_eq!(hashes.len(), 2);
        let expected = read_policy(FRAME, "[name=digest-policy]")
            .replace("'self'", "https://cdn.example")
            .replace(
                "connect-src",
                &format!("style-src {}; connect-src", hashes.join(" ")),
            );
        assert_eq!(read_policy(&page, "[http-equiv]"), expected);
        assert!(!page.contains(" style="), "{page}");
    }

    #[test]
    fn both_frames_have_the_same_metadata() {
        let [page, frame] = [&*render_page(), FRAME].map(|html| {
            let html = Html::parse_document(html);
            let metas = Selector::parse("meta[name]:not([name=digest-policy])").unwrap();
            let metas = html.select(&metas).map(|meta| meta.html());
            metas.collect::<Vec<_>>()
        });
        assert_eq!(page, frame);
    }

    #[test]
    fn script_of_the_other_frame_has_the_same_style() {
        let script = include_str!("../../../www/digest-frame.js");
        let (_, css) = script.split_once("replaceSync('").unwrap();
        let (css, _) = css.split_once("')").unwrap();
        let css = [": ", "; ", ", ", " {", "{ ", " }"]
            .iter()
            .fold(css.to_owned(), |css, space| {
                css.replace(space, space.trim())
            });
        assert_eq!(css, FRAME_PAGE_STYLE);
    }

    #[test]
    fn sources_open_in_a_new_tab_and_the_title_is_the_first_heading() {
        let page = render_page();
        assert!(
            page.contains(r#"heading-level="1" link-target="_blank""#),
            "{page}"
        );
        assert!(page.contains(r#"<h1 part="title""#), "{page}");
        let links = page.matches(r#"<a part="link""#).count();
        assert!(links > 0);
        assert_eq!(
            page.matches(r#" target="_blank""#).count(),
            links + 1,
            "{page}"
        );
    }
}
