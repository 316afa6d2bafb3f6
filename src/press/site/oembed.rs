use digest_issue::Issue;
use serde::Serialize;
use yew::html;

use super::issue_name::title;
use super::render::render;
use crate::SiteAddress;

/// The size of the frame in pixels. A page with `digest-frame-parent.js` makes it as high as the digest.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 640;

/// For how many seconds whoever embeds the issue may keep the answer: a day.
const CACHE_AGE: u32 = 24 * 60 * 60;

/// What a site asks for to which an editor gives the address of an issue's page: the issue in a frame,
/// as <https://oembed.com> has it in section 2.3.4.
///
/// # Errors
///
/// None that an [`Issue`] can cause: the serializer's error is handed on as it is.
pub(crate) fn oembed(issue: &Issue, site: &SiteAddress) -> Result<String, serde_json::Error> {
    let title = title(issue);
    // A style would not get through WordPress's filters, this attribute does.
    let frame = html! {
        <iframe src={site.frame(issue).to_string()} title={title.clone()} frameborder="0"
            width={WIDTH.to_string()} height={HEIGHT.to_string()} />
    };
    let answer = Answer {
        version: "1.0",
        kind: "rich",
        title,
        provider_name: &issue.title,
        provider_url: site.url(),
        html: render(frame),
        width: WIDTH,
        height: HEIGHT,
        cache_age: CACHE_AGE,
    };
    serde_json::to_string_pretty(&answer).map(|json| json + "\n")
}

#[derive(Serialize)]
struct Answer<'a> {
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
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_a_title_holds_stays_text() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue {
            title: r#"A "b" <c> & d"#.to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let answer = oembed(&issue, &"https://cdn.example".parse().unwrap()).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["title"], r#"A "b" <c> & d Vol 1.5"#);
        let html = answer["html"].as_str().unwrap();
        assert!(
            html.contains(r#" title="A &quot;b&quot; &lt;c&gt; &amp; d Vol 1.5""#),
            "{html}"
        );
    }
}
