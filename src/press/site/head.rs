use digest_issue::{Href, Issue, Lang};
use yew::{AttrValue, Html, html};

use super::issue_name::title;
use crate::SiteAddress;

/// The most letters in the description of a page: search engines show about as many.
const DESCRIPTION: usize = 160;

/// What is in the head of every page: its title, how it is shown, and where its series is followed.
pub(crate) fn of_series(
    title: &str,
    series: &str,
    description: &str,
    canonical: &str,
    site: &SiteAddress,
) -> Html {
    let feed = |name: &str, kind: &'static str| {
        html! { <link rel="alternate" type={kind} href={site.root(name).to_string()} title={series.to_owned()} /> }
    };
    html! {
        <>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{ title }</title>
            { named("description", description) }
            { property("og:title", title) }
            { property("og:url", canonical) }
            { property("og:site_name", series) }
            { property("og:description", description) }
            <link rel="canonical" href={canonical.to_owned()} />
            { feed("feed.xml", "application/atom+xml") }
            { feed("feed.json", "application/feed+json") }
        </>
    }
}

/// What is in the head of an issue's page besides: what those need who share, embed or cite it.
pub(crate) fn of_issue(issue: &Issue, site: &SiteAddress, json_ld: String) -> Html {
    let oembed = site.beside(issue, "oembed.json").to_string();
    html! {
        <>
            { property("og:type", "article") }
            { property("article:published_time", &issue.date.to_string()) }
            { for locale(&issue.lang).map(|locale| property("og:locale", &locale)) }
            { picture(issue, site) }
            { citation(issue, site) }
            <link rel="alternate" type="application/json+oembed" href={oembed} title={title(issue)} />
            <link rel="alternate" type="application/json" href={site.beside(issue, "issue.json").to_string()} />
            <script type="application/ld+json">{ json_ld }</script>
        </>
    }
}

/// The headlines from the first on that fit whole, and at least a part of the first.
pub(crate) fn description(issue: &Issue) -> String {
    let mut description = String::new();
    for headline in &issue.headlines {
        let more = if description.is_empty() { "" } else { " · " };
        let length = [&description, more, &headline.text]
            .map(|text| text.chars().count())
            .iter()
            .sum::<usize>();
        if length > DESCRIPTION && !description.is_empty() {
            break;
        }
        description.extend([more, &headline.text]);
    }
    shortened(description)
}

/// The page that search engines are to show: the publisher's own one, if there is one.
pub(crate) fn canonical(issue: &Issue, site: &SiteAddress) -> String {
    issue
        .url
        .as_ref()
        .and_then(Href::safe_url)
        .map_or_else(|| site.page(issue).into(), str::to_owned)
}

fn shortened(text: String) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text;
    }
    let start: String = text.chars().take(DESCRIPTION - 1).collect();
    // A language that puts no spaces between words is cut between any two letters.
    let words = start.rsplit_once(' ').map_or(&*start, |(words, _)| words);
    format!("{words}…")
}

/// The picture that is shown where the page is shared (<https://ogp.me/#structured>).
fn picture(issue: &Issue, site: &SiteAddress) -> Html {
    let (Some(image), Some(url)) = (&issue.image, site.jpeg(issue)) else {
        return html! {};
    };
    let size = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    html! {
        <>
            { property("og:image", url.as_str()) }
            { for size(image.width).map(|width| property("og:image:width", &width)) }
            { for size(image.height).map(|height| property("og:image:height", &height)) }
            { for image.alt.as_deref().filter(|alt| !alt.is_empty()).map(|alt| property("og:image:alt", alt)) }
        </>
    }
}

/// How the issue is cited, as Google Scholar and Zotero read it: Highwire Press's tags
/// (<https://scholar.google.com/intl/en/scholar/inclusion.html#indexing>).
fn citation(issue: &Issue, site: &SiteAddress) -> Html {
    html! {
        <>
            { named("citation_title", &title(issue)) }
            { named("citation_journal_title", &issue.title) }
            { named("citation_volume", issue.volume.as_str()) }
            { named("citation_publication_date", &issue.date.to_string().replace('-', "/")) }
            { named("citation_language", issue.lang.as_str()) }
            { named("citation_public_url", site.page(issue).as_str()) }
        </>
    }
}

/// A language and the country that it is written as in, which Open Graph wants (<https://ogp.me/#optional>);
/// `None` where the tag does not say the country and the language does not tell it.
fn locale(lang: &Lang) -> Option<String> {
    let mut parts = lang.as_str().split('-');
    let language = parts.next()?.to_ascii_lowercase();
    let country = parts
        .find(|part| part.len() == 2)
        .map(str::to_ascii_uppercase);
    let usual = match &*language {
        "en" => Some("US"),
        "ja" => Some("JP"),
        _ => None,
    };
    let country = country.or_else(|| usual.map(str::to_owned))?;
    Some(format!("{language}_{country}"))
}

fn named(name: &'static str, content: &str) -> Html {
    html! { <meta {name} content={content.to_owned()} /> }
}

fn property(property: &'static str, content: &str) -> Html {
    html! { <meta property={AttrValue::Static(property)} content={content.to_owned()} /> }
}

#[cfg(test)]
mod tests {
    use digest_issue::Headline;

    use super::*;

    fn described(headlines: &[&str]) -> String {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let headline = |text: &&str| Headline {
            id: "a".to_owned(),
            text: (*text).to_owned(),
            detail: Vec::new(),
        };
        let headlines = headlines.iter().map(headline).collect();
        description(&Issue {
            headlines,
            ..Issue::from_json(json).unwrap()
        })
    }

    #[test]
    fn a_description_is_whole_headlines() {
        let [long, short] = ["a ".repeat(60), "Radar".to_owned()];
        assert_eq!(described(&[&short, &short]), "Radar · Radar");
        assert_eq!(described(&[&long, &long, &short]), long);
        assert_eq!(described(&[]), "");
    }

    #[test]
    fn a_headline_that_is_too_long_is_cut_between_words_or_letters() {
        assert_eq!(
            described(&["words ".repeat(40).trim()]),
            format!("{}…", ["words"; 26].join(" "))
        );
        assert_eq!(
            described(&[&"語".repeat(200)]),
            format!("{}…", "語".repeat(159))
        );
    }

    #[test]
    fn a_locale_has_a_country_or_is_not_there() {
        for (tag, expected) in [
            ("en", Some("en_US")),
            ("en-GB", Some("en_GB")),
            ("ja", Some("ja_JP")),
            ("zh-Hant-TW", Some("zh_TW")),
            ("de", None),
        ] {
            assert_eq!(locale(&Lang::new(tag)).as_deref(), expected, "{tag}");
        }
    }
}
