//! The start page of a site: all issues of the series, newest first, grouped by year.

use digest_issue::{Headline, Issue, Lang};
use digest_view::Strings;
use yew::{Html, html};

use super::head::{render_oembed_link, render_page_head};
use super::issue_folder::IssueFolder;
use super::issue_name::{format_day, format_name};
use super::issue_page::{render_embed_links, render_feed_links};
use super::page_strings::PageStrings;
use super::page_styles::{ARCHIVE_PAGE_STYLE, render_styles};
use super::render::render_document;
use crate::SiteAddress;

/// Renders the page. The issues are newest first.
pub(crate) fn render_archive_page(
    series: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> String {
    let strings = PageStrings::for_lang(lang);
    let description = format!("{series}: {}", strings.all_issues);
    let newest = issues.first();
    let oembed = newest.map(|issue| render_oembed_link(issue, IssueFolder::Latest, site));
    let embed = newest.map(|issue| render_embed_links(issue, strings.embed_one, strings, site));
    render_document(html! {
        <html lang={lang.as_str().to_owned()} dir={lang.dir()}>
            <head>
                { render_page_head(series, series, &description, site.url(), site) }
                { render_styles(ARCHIVE_PAGE_STYLE) }
                <meta property="og:type" content="website" />
                { for oembed }
            </head>
            <body>
                <main class="archive">
                    <h1>{ series }</h1>
                    if issues.is_empty() {
                        <p lang={strings.lang}>{ strings.no_issues }</p>
                    }
                    { render_years(series, strings, issues, site) }
                </main>
                <footer lang={strings.lang}>{ render_feed_links(strings, site) }{ for embed }</footer>
            </body>
        </html>
    })
}

/// Renders the issues of each year, after links to the years if there are several.
fn render_years(
    series: &str,
    strings: &PageStrings,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Html {
    let years: Vec<(String, &[&Issue])> = issues
        .chunk_by(|one, other| format_year(one) == format_year(other))
        .filter_map(|issues| Some((format_year(issues.first()?), issues)))
        .collect();
    let render_link = |year: &str| {
        html! { <><a href={format!("#y{year}")}>{ year }</a>{ " " }</> }
    };
    html! {
        <>
            if years.len() > 1 {
                <nav class="years" aria-label={strings.years} lang={strings.lang}>
                    { for years.iter().map(|(year, _)| render_link(year)) }
                </nav>
            }
            { for years.iter().map(|(year, issues)| render_year(year, series, issues, site)) }
        </>
    }
}

fn render_year(year: &str, series: &str, issues: &[&Issue], site: &SiteAddress) -> Html {
    let id = format!("y{year}");
    html! {
        <section aria-labelledby={id.clone()}>
            <h2 {id}>{ year }</h2>
            { for issues.iter().map(|issue| render_issue(issue, series, site)) }
        </section>
    }
}

fn render_issue(issue: &Issue, series: &str, site: &SiteAddress) -> Html {
    let headlines = issue
        .headlines
        .iter()
        .map(|headline| render_headline(headline, issue, site));
    html! {
        <div class="listed" lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <h3><a href={site.page_url(issue).to_string()}>{ format_name(issue, series) }</a></h3>
            if !issue.has_date_as_volume() {
                { render_day(issue) }
            }
            <ul>{ for headlines }</ul>
        </div>
    }
}

fn render_day(issue: &Issue) -> Html {
    let lang = Strings::for_lang(issue.lang.as_str()).lang;
    html! { <time datetime={issue.date.to_string()} {lang} dir="auto">{ format_day(issue) }</time> }
}

fn render_headline(headline: &Headline, issue: &Issue, site: &SiteAddress) -> Html {
    let href = site.headline_url(issue, headline).to_string();
    html! { <li><a {href}>{ &headline.text }</a></li> }
}

fn format_year(issue: &Issue) -> String {
    issue.date.to_string().chars().take(4).collect()
}
