use std::rc::Rc;

use digest_issue::{Issue, Src, Volume};
use digest_view::{
    Digest, DigestOptions, DigestState, LocalizedDate, LocalizedIssue, ResolveSrc, Strings, View,
};
use yew::{Html, html};

use super::issue_folder::IssueFolder;
use super::issue_name::{format_day, format_title};
use crate::SiteAddress;
use crate::date::format_date;

/// Renders an issue as the widget shows it, in the language of the issue.
pub(crate) fn render_digest(issue: &Issue, site: &SiteAddress, options: DigestOptions) -> Html {
    render_view(issue.clone(), format_day(issue), site, options)
}

/// Renders an issue for its own page, whose heading is the whole name of the issue. The line below
/// the heading has only the date, and nothing if the date is in the name.
///
/// In `latest/` the links of headlines lead to the permanent page: readers share them.
pub(crate) fn render_titled_digest(issue: &Issue, folder: IssueFolder, site: &SiteAddress) -> Html {
    let day = if issue.has_date_as_volume() {
        String::new()
    } else {
        format_day(issue)
    };
    let titled = Issue {
        title: format_title(issue),
        volume: Volume::new(""),
        ..issue.clone()
    };
    let page = match folder {
        IssueFolder::Permanent => String::new(),
        IssueFolder::Latest => site.page_url(issue).into(),
    };
    let options = DigestOptions {
        heading_level: 1,
        deep_link_base: Some(page),
        ..DigestOptions::default()
    };
    render_view(titled, day, site, options)
}

fn render_view(issue: Issue, date: String, site: &SiteAddress, options: DigestOptions) -> Html {
    let strings = Strings::for_lang(issue.lang.as_str());
    let base = site.page_url(&issue);
    let resolve_src = move |src: &Src| base.join(src.safe_url()?).ok().map(String::from);
    let view = create_view(issue, strings, date, Box::new(resolve_src), options);
    html! { <Digest view={Rc::new(view)} /> }
}

/// Creates the view of an issue with the strings of one language.
pub(super) fn create_view(
    issue: Issue,
    strings: &'static Strings,
    date: String,
    resolve_src: Box<ResolveSrc>,
    options: DigestOptions,
) -> View {
    let localize = |text| LocalizedDate {
        text,
        lang: strings.lang.to_owned(),
    };
    let localized = LocalizedIssue {
        date: localize(date),
        localize_date: Box::new(move |date| localize(format_date(date, strings.lang))),
        resolve_src,
        issue,
    };
    View {
        state: DigestState::Ready(Rc::new(localized)),
        strings,
        options,
    }
}
