use digest_issue::Issue;
use yew::html;

use super::head::{describe_issue, render_icon, render_meta_name};
use super::issue_name::format_title;
use super::render::render_document;
use crate::SiteAddress;

/// Renders the page at an old address of an issue, which redirects to the current one.
///
/// It works without a script and without server settings.
pub(crate) fn render_redirect_page(issue: &Issue, site: &SiteAddress) -> String {
    let (url, title) = (site.page_url(issue).to_string(), format_title(issue));
    render_document(html! {
        <html lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{ &title }</title>
                { render_meta_name("description", &describe_issue(issue)) }
                { render_icon(site) }
                <link rel="canonical" href={url.clone()} />
                <meta http-equiv="refresh" content={format!("0; url={url}")} />
            </head>
            <body><p><a href={url}>{ &title }</a></p></body>
        </html>
    })
}
