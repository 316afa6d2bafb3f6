//! `snippet.html`: the HTML that an embedder pastes to show an issue.

use digest_issue::Issue;
use digest_view::{DigestOptions, STYLE};
use yew::{Html, html};

use super::issue_folder::IssueFolder;
use super::prerender::render_digest;
use super::render::render_html;
use crate::SiteAddress;

/// Hides the button that opens every panel, which needs a script.
const NO_SCRIPT_STYLE: &str = "@media (scripting:none){[part=open-all]{display:none}}";

/// Renders the element and the loader. The element shows the issue in `folder`: this one for good, or
/// always the newest.
pub(crate) fn render_snippet(issue: &Issue, folder: IssueFolder, site: &SiteAddress) -> String {
    let html = render_html(html! {
        <>
            <script type="module" src={site.file_url("digest.js").to_string()}></script>
            { "\n" }
            { render_element(issue, folder, site, DigestOptions::default()) }
        </>
    });
    html + "\n"
}

/// Renders the element with a declarative shadow root
/// (<https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode>).
///
/// So the headlines show before any script runs, and without one. The shadow root is the same as
/// the widget's. Browsers without declarative shadow roots show the link.
///
/// The element has the attributes of `options` that differ from the default.
pub(crate) fn render_element(
    issue: &Issue,
    folder: IssueFolder,
    site: &SiteAddress,
    options: DigestOptions,
) -> Html {
    let lang = issue.lang.as_str().to_owned();
    let [page, src] = ["", "issue.json"].map(|name| folder.file_url(issue, site, name).to_string());
    let level = options.heading_level;
    let heading_level =
        (level != DigestOptions::default().heading_level).then(|| level.to_string());
    let target = options.link_target.clone();
    html! {
        <digest-widget {src} {lang} heading-level={heading_level} link-target={target.clone()}>
            <template shadowrootmode="open">
                <style>{ snippet_style() }</style>
                <div class="root">{ render_digest(issue, site, options) }</div>
            </template>
            <a href={page} {target}>{ folder.format_name(issue) }</a>
        </digest-widget>
    }
}

/// Returns the content of the element's `<style>`.
pub(crate) fn snippet_style() -> String {
    [STYLE, NO_SCRIPT_STYLE].concat()
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;
    use crate::site::serving::csp_hash;

    #[test]
    fn the_policy_page_has_the_hash_of_the_snippet_style() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let html = render_snippet(
            &Issue::from_json(json).unwrap(),
            IssueFolder::Permanent,
            &"https://cdn.example".parse().unwrap(),
        );
        let html = Html::parse_fragment(&html);
        let style = html
            .select(&Selector::parse("style").unwrap())
            .next()
            .unwrap();
        assert_eq!(style.text().collect::<String>(), snippet_style());
        let policy = csp_hash(&snippet_style());
        let policy = format!("Content-Security-Policy: style-src {policy}\n");
        assert!(
            include_str!("../../../docs/content-security-policy.md").contains(&policy),
            "expected in docs/content-security-policy.md: {policy}"
        );
    }

    #[test]
    fn snippet_parses_into_an_element_with_a_shadow_root_and_a_link() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue {
            title: "</template></style><b>".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let html = Html::parse_fragment(&render_snippet(
            &issue,
            IssueFolder::Permanent,
            &"https://cdn.example/digest".parse().unwrap(),
        ));
        let count = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
        let folder = "https://cdn.example/digest";
        let src = format!("{folder}/issues/us-japan-alliance-digest-1.5/issue.json");
        assert_eq!(
            count(&format!(
                r#"digest-widget[src="{src}"][lang=en] > template[shadowrootmode=open]"#
            )),
            1
        );
        // The parser keeps a template's content in a separate tree, which ancestors' selectors do
        // not reach.
        assert_eq!(
            count("style:first-child + div.root:last-child h2[part=title]"),
            1
        );
        assert_eq!(count("details"), issue.headlines.len());
        assert_eq!(count("digest-widget .root"), 0);
        assert_eq!(count("template + a:last-child"), 1);
        assert_eq!(
            count(&format!(r#"script[type=module][src="{folder}/digest.js"]"#)),
            1
        );
        assert_eq!(count("script") + count("style") + count("b"), 2);
    }
}
