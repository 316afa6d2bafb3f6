use digest_issue::Issue;
use digest_view::STYLE;
use yew::html;

use super::issue_name::title;
use super::prerender::digest;
use super::render::render;
use crate::SiteAddress;

/// The button that opens every panel needs a script.
const WITHOUT_SCRIPT: &str = "@media (scripting:none){[part=open-all]{display:none}}";

/// What a partner pastes to have the headlines there before any script runs, and without one: the element
/// with its shadow root in a `<template>`
/// (<https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode>).
///
/// The shadow root is as the widget makes it, with the options that the element's attributes say. A
/// browser that knows no such templates shows the link.
pub(crate) fn snippet(issue: &Issue, site: &SiteAddress) -> String {
    let lang = issue.lang.as_str().to_owned();
    let html = render(html! {
        <>
            <script type="module" src={site.root("digest.js").to_string()}></script>
            { "\n" }
            <digest-widget src={site.beside(issue, "issue.json").to_string()} lang={lang}>
                <template shadowrootmode="open">
                    <style>{ STYLE }{ WITHOUT_SCRIPT }</style>
                    <div class="root">{ digest(issue, site, 2) }</div>
                </template>
                <a href={site.page(issue).to_string()}>{ title(issue) }</a>
            </digest-widget>
        </>
    });
    html + "\n"
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;
    use crate::site::serving::by_hash;

    #[test]
    fn the_policy_page_has_the_hash_of_the_snippet_style() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let html = snippet(
            &Issue::from_json(json).unwrap(),
            &"https://cdn.example".parse().unwrap(),
        );
        let html = Html::parse_fragment(&html);
        let style = html
            .select(&Selector::parse("style").unwrap())
            .next()
            .unwrap();
        let policy = by_hash(&style.text().collect::<String>());
        let policy = format!("Content-Security-Policy: style-src {policy}\n");
        assert!(
            include_str!("../../../docs/content-security-policy.md").contains(&policy),
            "expected in docs/content-security-policy.md: {policy}"
        );
    }

    #[test]
    fn a_snippet_is_parsed_into_an_element_with_a_shadow_root_and_a_link() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue {
            title: "</template></style><b>".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let html = Html::parse_fragment(&snippet(
            &issue,
            &"https://cdn.example/digest".parse().unwrap(),
        ));
        let found = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
        let folder = "https://cdn.example/digest";
        let src = format!("{folder}/issues/us-japan-alliance-digest-1.5/issue.json");
        assert_eq!(
            found(&format!(
                r#"digest-widget[src="{src}"][lang=en] > template[shadowrootmode=open]"#
            )),
            1
        );
        // The parser keeps what is in a template apart, and so out of reach of its ancestors' selectors.
        assert_eq!(
            found("style:first-child + div.root:last-child h2[part=title]"),
            1
        );
        assert_eq!(found("details"), issue.headlines.len());
        assert_eq!(found("digest-widget .root"), 0);
        assert_eq!(found("template + a:last-child"), 1);
        assert_eq!(
            found(&format!(r#"script[type=module][src="{folder}/digest.js"]"#)),
            1
        );
        assert_eq!(found("script") + found("style") + found("b"), 2);
    }
}
