use std::rc::Rc;

use digest_issue::Issue;
use digest_view::{Digest, DigestOptions, DigestState, LocalizedIssue, Strings, View};
use yew::{Html, html};

use super::issue_name::format_day;
use crate::SiteAddress;

/// Renders an issue with the engine's view, in the language of the issue.
///
/// `heading_level` is the level of the title.
pub(crate) fn render_digest(issue: &Issue, site: &SiteAddress, heading_level: u8) -> Html {
    let localized = LocalizedIssue {
        date: format_day(issue),
        date_lang: issue.lang.as_str().to_owned(),
        image_url: site.picture_url(issue).map(String::from),
        issue: issue.clone(),
    };
    let view = View {
        state: DigestState::Ready(Rc::new(localized)),
        strings: Strings::for_lang(issue.lang.as_str()),
        options: DigestOptions {
            heading_level,
            ..DigestOptions::default()
        },
    };
    html! { <Digest view={Rc::new(view)} /> }
}
