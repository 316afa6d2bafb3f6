use digest_issue::{Issue, Lang};
use yew::{Html, html};

use super::head;
use super::issue_name::{day, number, title};
use super::issue_page::follow;
use super::page_strings::PageStrings;
use super::page_styles::{ARCHIVE_PAGE, styles};
use super::render::render;
use crate::SiteAddress;

/// The page of a series: all of its issues, the newest first, year by year.
pub(crate) fn archive_page(
    series: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> String {
    let words = PageStrings::for_lang(lang);
    let description = format!("{series}: {}", words.all_issues);
    let html = render(html! {
        <html lang={lang.as_str().to_owned()} dir={lang.dir()}>
            <head>
                { head::of_series(series, series, &description, site.url(), site) }
                { styles(ARCHIVE_PAGE) }
                <meta property="og:type" content="website" />
            </head>
            <body>
                <main class="archive">
                    <h1>{ series }</h1>
                    { for issues.is_empty().then(|| html! { <p lang={words.lang}>{ words.no_issues }</p> }) }
                    { years(series, words, issues, site) }
                </main>
                <footer lang={words.lang}>{ follow(words, site) }</footer>
            </body>
        </html>
    });
    format!("<!doctype html>\n{html}\n")
}

/// The issues of each year, and before them links to the years if there are several.
fn years(series: &str, words: &PageStrings, issues: &[&Issue], site: &SiteAddress) -> Html {
    let years: Vec<_> = issues
        .chunk_by(|one, other| year(one) == year(other))
        .collect();
    let names = || {
        years
            .iter()
            .filter_map(|issues| issues.first())
            .map(|issue| year(issue))
    };
    html! {
        <>
            if years.len() > 1 {
                <nav class="years" aria-label={words.years} lang={words.lang}>
                    { for names().map(|year| html! { <><a href={format!("#y{year}")}>{ year }</a>{ " " }</> }) }
                </nav>
            }
            { for names().zip(&years).map(|(year, issues)| in_year(&year, series, issues, site)) }
        </>
    }
}

fn in_year(year: &str, series: &str, issues: &[&Issue], site: &SiteAddress) -> Html {
    let id = format!("y{year}");
    html! {
        <section aria-labelledby={id.clone()}>
            <h2 {id}>{ year }</h2>
            { for issues.iter().map(|issue| listed(issue, series, site)) }
        </section>
    }
}

fn listed(issue: &Issue, series: &str, site: &SiteAddress) -> Html {
    let name = if issue.title == series {
        number(issue)
    } else {
        title(issue)
    };
    let headlines = issue
        .headlines
        .iter()
        .map(|headline| html! { <li>{ &headline.text }</li> });
    html! {
        <article class="listed" lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <h3><a href={site.page(issue).to_string()}>{ name }</a></h3>
            if !issue.is_counted_by_days() {
                <time datetime={issue.date.to_string()}>{ day(issue) }</time>
            }
            <ul>{ for headlines }</ul>
        </article>
    }
}

fn year(issue: &Issue) -> String {
    issue.date.to_string().chars().take(4).collect()
}
