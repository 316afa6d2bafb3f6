//! `oembed.json`: what a site needs to embed an issue whose page an editor links to.

use digest_issue::Issue;
use serde::Serialize;
use yew::html;

use super::issue_folder::IssueFolder;
use super::render::render_html;
use crate::SiteAddress;

/// Size of the frame in pixels, until the page around it adapts the height to the digest.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 640;

/// How long an embedder may cache the response, in seconds: a day.
const CACHE_AGE: u32 = 24 * 60 * 60;

/// Writes an oEmbed response of type “rich” with the issue in a frame (<https://oembed.com>,
/// section 2.3.4).
///
/// The link in the quotation is for pages and feeds without frames. WordPress includes the script
/// that resizes frames only in pages with a quotation, and hides it once the frame reports its
/// height.
///
/// # Errors
///
/// Fails if the serializer fails, which no valid [`Issue`] causes.
pub(crate) fn write_oembed(
    issue: &Issue,
    folder: IssueFolder,
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let title = folder.format_name(issue);
    let [page, frame] =
        ["", "frame.html"].map(|name| folder.file_url(issue, site, name).to_string());
    // WordPress removes styles but allows `frameborder`.
    let embed = html! {
        <>
            <blockquote><a href={page}>{ &title }</a></blockquote>
            <iframe src={frame} title={title.clone()} frameborder="0"
                width={WIDTH.to_string()} height={HEIGHT.to_string()} />
        </>
    };
    let response = OEmbedResponse {
        version: "1.0",
        kind: "rich",
        title,
        provider_name: &issue.title,
        provider_url: site.url(),
        html: render_html(embed),
        width: WIDTH,
        height: HEIGHT,
        cache_age: CACHE_AGE,
    };
    serde_json::to_string_pretty(&response).map(|json| json + "\n")
}

#[derive(Serialize)]
struct OEmbedResponse<'a> {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    provider_name: &'a str,
    provider_url: &'a str,
    html: String,
    width: u32,
    height: u32,
    cache_age: u32,
}

#[cfg(test)]
mod tests {
    use digest_issue::Volume;
    use serde_json::Value;

    use super::*;

    #[test]
    fn response_of_the_newest_issue_is_the_same_for_every_issue() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue::from_json(json).unwrap();
        let next = Issue {
            id: "digest-1.6".to_owned(),
            volume: Volume::new("1.6"),
            ..issue.clone()
        };
        let site = "https://cdn.example".parse().unwrap();
        let [one, other] =
            [issue, next].map(|issue| write_oembed(&issue, IssueFolder::Latest, &site).unwrap());
        assert_eq!(one, other, "sites keep it for a day");
        assert!(
            one.contains("https://cdn.example/latest/frame.html"),
            "{one}"
        );
    }

    #[test]
    fn title_is_escaped() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue {
            title: r#"A "b" <c> & d"#.to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site = "https://cdn.example".parse().unwrap();
        let json = write_oembed(&issue, IssueFolder::Permanent, &site).unwrap();
        let response: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(response["title"], r#"A "b" <c> & d Vol 1.5"#);
        let html = response["html"].as_str().unwrap();
        assert!(
            html.contains(r#" title="A &quot;b&quot; &lt;c&gt; &amp; d Vol 1.5""#),
            "{html}"
        );
    }
}
