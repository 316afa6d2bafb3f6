use digest_issue::Issue;
use yew::html;

use super::issue_name::title;
use super::render::render;
use crate::SiteAddress;

/// The page at an address that an issue had before: it leads to the issue's page, also without a script
/// and without any settings of the server.
pub(crate) fn render_redirect_page(issue: &Issue, site: &SiteAddress) -> String {
    let (address, title) = (site.page(issue).to_string(), title(issue));
    let page = html! {
        <html lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{ &title }</title>
                <link rel="canonical" href={address.clone()} />
                <meta http-equiv="refresh" content={format!("0; url={address}")} />
            </head>
            <body><p><a href={address}>{ &title }</a></p></body>
        </html>
    };
    format!("<!doctype html>\n{}\n", render(page))
}
