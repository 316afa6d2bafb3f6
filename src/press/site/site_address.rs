//! The address of a publisher's site and of the files in it.

use std::str::FromStr;

use digest_issue::{Headline, Issue, Src};
use thiserror::Error;
use url::Url;

use super::issue_folder::IssueFolder;
use super::serving::{CONFIGURATOR, PICTURES};

/// The http or https address at which a publisher's site is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteAddress(Url);

/// The error for text that is not the address of a site.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected an http or https address of a folder, such as https://cdn.example/, found {0:?}")]
pub struct InvalidSiteAddress(String);

impl FromStr for SiteAddress {
    type Err = InvalidSiteAddress;

    /// Parses an address with or without a slash at its end.
    fn from_str(text: &str) -> Result<SiteAddress, InvalidSiteAddress> {
        let invalid = || InvalidSiteAddress(text.to_owned());
        let mut url = Url::parse(text).map_err(|_| invalid())?;
        let has_no_extras = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !has_no_extras {
            return Err(invalid());
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(SiteAddress(url))
    }
}

impl SiteAddress {
    /// The whole address, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        self.0.as_str()
    }

    /// The host, such as `cdn.example`.
    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The origin, such as `https://cdn.example`.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The path on the host, percent-encoded, with a slash at its end.
    pub(crate) fn path(&self) -> &str {
        self.0.path()
    }

    /// The URL of a file of the site, such as `feed.xml`.
    ///
    /// Letters of any script in an id are percent-encoded.
    pub(crate) fn file_url(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path()));
        url
    }

    /// The permanent URL of an issue's page.
    pub(crate) fn page_url(&self, issue: &Issue) -> Url {
        self.issue_file_url(issue, "")
    }

    /// The same URL for people to read and type: letters of an id are not percent-encoded.
    pub(crate) fn readable_page_url(&self, issue: &Issue) -> String {
        format!("{}issues/{}/", self.url(), issue.id)
    }

    /// The URL of a file in an issue's folder, such as `oembed.json`.
    pub(crate) fn issue_file_url(&self, issue: &Issue, name: &str) -> Url {
        IssueFolder::Permanent.file_url(issue, self, name)
    }

    /// The URL that opens a headline on an issue's page.
    pub(crate) fn headline_url(&self, issue: &Issue, headline: &Headline) -> Url {
        let mut url = self.page_url(issue);
        url.set_fragment(Some(&headline.id));
        url
    }

    /// The absolute URL of an issue's picture.
    pub(crate) fn picture_url(&self, issue: &Issue) -> Option<Url> {
        self.src_url(issue, issue.image.as_ref()?.src.as_ref()?)
    }

    /// The URL of the same picture as JPEG.
    pub(crate) fn jpeg_url(&self, issue: &Issue) -> Option<Url> {
        self.jpeg_src_url(issue, issue.image.as_ref()?.src.as_ref()?)
    }

    /// The absolute URL of a picture in an issue, which may be relative to its `issue.json`.
    pub(crate) fn src_url(&self, issue: &Issue, src: &Src) -> Option<Url> {
        self.page_url(issue).join(src.safe_url()?).ok()
    }

    /// The URL of the same picture as JPEG, which every feed reader and social network supports.
    ///
    /// The build writes it beside the WebP file that browsers load.
    pub(crate) fn jpeg_src_url(&self, issue: &Issue, src: &Src) -> Option<Url> {
        let mut picture = self.src_url(issue, src)?;
        let folder = self.file_url(PICTURES);
        if let Some(name) = picture
            .as_str()
            .strip_prefix(folder.as_str())
            .and_then(|name| name.strip_suffix(".webp"))
        {
            picture = folder.join(&format!("{name}.jpg")).ok()?;
        }
        Some(picture)
    }

    /// The URL of the configurator with an issue selected.
    pub(crate) fn configurator_url(&self, issue: &Issue) -> Url {
        let mut url = self.file_url(CONFIGURATOR);
        url.set_query(Some(&format!("src=issues/{}/issue.json", issue.id)));
        url
    }
}

#[cfg(test)]
mod tests {
    use digest_issue::{Image, Src};

    use super::*;

    #[test]
    fn final_slash_is_optional() {
        for (text, expected) in [
            ("https://cdn.example", "https://cdn.example/"),
            ("https://cdn.example/", "https://cdn.example/"),
            (
                "HTTP://localhost:8080/digest",
                "http://localhost:8080/digest/",
            ),
        ] {
            assert_eq!(text.parse::<SiteAddress>().unwrap().url(), expected);
        }
    }

    #[test]
    fn ids_of_any_script_are_percent_encoded() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let issue = Issue {
            id: "号1".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site: SiteAddress = "https://cdn.example/digest".parse().unwrap();
        assert_eq!(
            site.page_url(&issue).as_str(),
            "https://cdn.example/digest/issues/%E5%8F%B71/"
        );
        assert_eq!(
            Url::parse(&site.readable_page_url(&issue)),
            Ok(site.page_url(&issue))
        );
    }

    #[test]
    fn only_pictures_from_the_build_have_a_jpeg() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let site: SiteAddress = "https://cdn.example/digest/".parse().unwrap();
        for (src, expected) in [
            (
                "../../images/image-1.webp",
                "https://cdn.example/digest/images/image-1.jpg",
            ),
            (
                "radar.webp",
                "https://cdn.example/digest/issues/d-1/radar.webp",
            ),
            (
                "https://photos.example/images/r.webp",
                "https://photos.example/images/r.webp",
            ),
        ] {
            let image = Some(Image {
                src: Some(Src::new(src)),
                ..Image::default()
            });
            let issue = Issue {
                id: "d-1".to_owned(),
                image,
                ..Issue::from_json(json).unwrap()
            };
            assert_eq!(site.jpeg_url(&issue).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn relative_pictures_resolve_against_the_issue() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = |src: &str| {
            let image = Image {
                src: Some(Src::new(src)),
                ..Image::default()
            };
            Issue {
                id: "d-1".to_owned(),
                image: Some(image),
                ..Issue::from_json(json).unwrap()
            }
        };
        let site: SiteAddress = "https://cdn.example/digest/".parse().unwrap();
        for (src, expected) in [
            (
                "radar.jpg",
                Some("https://cdn.example/digest/issues/d-1/radar.jpg"),
            ),
            (
                "../radar.jpg",
                Some("https://cdn.example/digest/issues/radar.jpg"),
            ),
            (
                "https://photos.example/r.jpg",
                Some("https://photos.example/r.jpg"),
            ),
            ("javascript:alert(1)", None),
        ] {
            let found = site.picture_url(&issue(src));
            assert_eq!(found.as_ref().map(Url::as_str), expected, "{src}");
        }
    }

    #[test]
    fn other_than_http_folders_are_rejected() {
        for text in [
            "",
            "cdn.example",
            "/issues/",
            "file:///srv/site/",
            "mailto:editor@cdn.example",
            "https://editor@cdn.example/",
            "https://:password@cdn.example/",
            "https://cdn.example/?a=b",
            "https://cdn.example/#top",
        ] {
            assert_eq!(
                text.parse::<SiteAddress>(),
                Err(InvalidSiteAddress(text.to_owned()))
            );
        }
    }
}
