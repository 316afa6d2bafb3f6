//! The `<head>` of a page: metadata for browsers, search engines, social networks and citation
//! tools.

use digest_issue::{Href, Issue, Lang};
use yew::{AttrValue, Html, html};

use super::issue_folder::IssueFolder;
use super::issue_name::format_title;
use super::serving::ICON;
use crate::SiteAddress;

/// Maximum description length in characters. Search engines show about as many.
const MAX_DESCRIPTION: usize = 160;

/// Renders the elements that every page has: title, viewport, description, canonical URL and feeds.
pub(crate) fn render_page_head(
    title: &str,
    series: &str,
    description: &str,
    canonical: &str,
    site: &SiteAddress,
) -> Html {
    let render_feed_link = |name: &str, media_type: &'static str| {
        let href = site.file_url(name).to_string();
        html! { <link rel="alternate" type={media_type} {href} title={series.to_owned()} /> }
    };
    html! {
        <>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{ title }</title>
            { render_meta_name("description", description) }
            { render_icon(site) }
            { render_meta_property("og:title", title) }
            { render_meta_property("og:url", canonical) }
            { render_meta_property("og:site_name", series) }
            { render_meta_property("og:description", description) }
            <link rel="canonical" href={canonical.to_owned()} />
            { render_feed_link("feed.xml", "application/atom+xml") }
            { render_feed_link("feed.json", "application/feed+json") }
        </>
    }
}

/// Renders the link to the icon of the site.
pub(crate) fn render_icon(site: &SiteAddress) -> Html {
    html! { <link rel="icon" type="image/svg+xml" href={site.file_url(ICON).to_string()} /> }
}

/// Renders the elements that only an issue's page has: metadata for sharing, embedding and citing.
pub(crate) fn render_issue_head(
    issue: &Issue,
    folder: IssueFolder,
    site: &SiteAddress,
    json_ld: String,
) -> Html {
    let json = folder.file_url(issue, site, "issue.json").to_string();
    let date = issue.date.to_string();
    let locale = open_graph_locale(&issue.lang);
    html! {
        <>
            { render_meta_property("og:type", "article") }
            { render_meta_property("article:published_time", &date) }
            { for locale.map(|locale| render_meta_property("og:locale", &locale)) }
            { render_picture_metadata(issue, site) }
            { render_citation_metadata(issue, site) }
            { render_oembed_link(issue, folder, site) }
            <link rel="alternate" type="application/json" href={json} />
            <script type="application/ld+json">{ json_ld }</script>
        </>
    }
}

/// Renders the link by which sites find how to embed the issue in a folder.
pub(crate) fn render_oembed_link(issue: &Issue, folder: IssueFolder, site: &SiteAddress) -> Html {
    let href = folder.file_url(issue, site, "oembed.json").to_string();
    let title = folder.format_name(issue);
    html! { <link rel="alternate" type="application/json+oembed" {href} {title} /> }
}

/// Joins as many headlines as fit into a description. The first is truncated if it is too long.
pub(crate) fn describe_issue(issue: &Issue) -> String {
    let mut description = String::new();
    for headline in &issue.headlines {
        let separator = if description.is_empty() { "" } else { " · " };
        let length = [&description, separator, &headline.text]
            .map(|text| text.chars().count())
            .iter()
            .sum::<usize>();
        if length > MAX_DESCRIPTION && !description.is_empty() {
            break;
        }
        description.extend([separator, &headline.text]);
    }
    truncate_description(description)
}

/// Returns the URL that search engines should show: the publisher's own page, if the issue has one.
pub(crate) fn canonical_url(issue: &Issue, site: &SiteAddress) -> String {
    issue
        .url
        .as_ref()
        .and_then(Href::safe_url)
        .map_or_else(|| site.page_url(issue).into(), str::to_owned)
}

fn truncate_description(text: String) -> String {
    if text.chars().count() <= MAX_DESCRIPTION {
        return text;
    }
    let start: String = text.chars().take(MAX_DESCRIPTION - 1).collect();
    // Text without spaces, such as Japanese, is cut between any two characters.
    let words = start.rsplit_once(' ').map_or(&*start, |(words, _)| words);
    format!("{words}…")
}

/// Renders the picture that social networks show (<https://ogp.me/#structured>).
fn render_picture_metadata(issue: &Issue, site: &SiteAddress) -> Html {
    let (Some(image), Some(url)) = (&issue.image, site.jpeg_url(issue)) else {
        return html! {};
    };
    let render_size = |name, pixels: Option<u32>| {
        pixels.map(|pixels| render_meta_property(name, &pixels.to_string()))
    };
    let alt = image.alt.as_deref().filter(|alt| !alt.is_empty());
    html! {
        <>
            { render_meta_property("og:image", url.as_str()) }
            { for render_size("og:image:width", image.width) }
            { for render_size("og:image:height", image.height) }
            { for alt.map(|alt| render_meta_property("og:image:alt", alt)) }
        </>
    }
}

/// Renders Highwire Press tags, from which Google Scholar and Zotero make a citation
/// (<https://scholar.google.com/intl/en/scholar/inclusion.html#indexing>).
fn render_citation_metadata(issue: &Issue, site: &SiteAddress) -> Html {
    let date = issue.date.to_string().replace('-', "/");
    html! {
        <>
            { render_meta_name("citation_title", &format_title(issue)) }
            { render_meta_name("citation_journal_title", &issue.title) }
            if !issue.volume.as_str().is_empty() {
                { render_meta_name("citation_volume", issue.volume.as_str()) }
            }
            { render_meta_name("citation_publication_date", &date) }
            { render_meta_name("citation_language", issue.lang.as_str()) }
            { render_meta_name("citation_public_url", site.page_url(issue).as_str()) }
        </>
    }
}

/// Returns the locale for Open Graph, such as `en_GB` (<https://ogp.me/#optional>).
///
/// Returns `None` if the tag has no country and the language has no usual one.
fn open_graph_locale(lang: &Lang) -> Option<String> {
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

pub(crate) fn render_meta_name(name: &'static str, content: &str) -> Html {
    html! { <meta {name} content={content.to_owned()} /> }
}

fn render_meta_property(property: &'static str, content: &str) -> Html {
    html! { <meta property={AttrValue::Static(property)} content={content.to_owned()} /> }
}

#[cfg(test)]
mod tests {
    use digest_issue::Headline;

    use super::*;

    fn describe_headlines(headlines: &[&str]) -> String {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let headline = |text: &&str| Headline {
            id: "a".to_owned(),
            text: (*text).to_owned(),
            ..Headline::default()
        };
        let headlines = headlines.iter().map(headline).collect();
        describe_issue(&Issue {
            headlines,
            ..Issue::from_json(json).unwrap()
        })
    }

    #[test]
    fn description_has_whole_headlines() {
        let [long, short] = ["a ".repeat(60), "Radar".to_owned()];
        assert_eq!(describe_headlines(&[&short, &short]), "Radar · Radar");
        assert_eq!(describe_headlines(&[&long, &long, &short]), long);
        assert_eq!(describe_headlines(&[]), "");
    }

    #[test]
    fn long_headline_is_truncated_at_a_word_or_character() {
        assert_eq!(
            describe_headlines(&["words ".repeat(40).trim()]),
            format!("{}…", ["words"; 26].join(" "))
        );
        assert_eq!(
            describe_headlines(&[&"語".repeat(200)]),
            format!("{}…", "語".repeat(159))
        );
    }

    #[test]
    fn locale_needs_a_country() {
        for (tag, expected) in [
            ("en", Some("en_US")),
            ("en-GB", Some("en_GB")),
            ("ja", Some("ja_JP")),
            ("zh-Hant-TW", Some("zh_TW")),
            ("de", None),
        ] {
            assert_eq!(
                open_graph_locale(&Lang::new(tag)).as_deref(),
                expected,
                "{tag}"
            );
        }
    }
}
