use std::str::FromStr;

use digest_issue::{Headline, Issue};
use thiserror::Error;
use url::Url;

use super::serving::{CONFIGURATOR, PICTURES};

/// Where a publisher's folder is served: the folder that `cargo xtask dist` writes, with the issues in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteAddress(Url);

/// A text that is no address of a site.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("expected an http or https address of a folder, such as https://cdn.example/, found {0:?}")]
pub struct InvalidSiteAddress(String);

impl FromStr for SiteAddress {
    type Err = InvalidSiteAddress;

    /// Reads an address, with or without the slash at its end.
    fn from_str(text: &str) -> Result<SiteAddress, InvalidSiteAddress> {
        let invalid = || InvalidSiteAddress(text.to_owned());
        let mut url = Url::parse(text).map_err(|_| invalid())?;
        let is_plain =
            url.username().is_empty() && url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !is_plain {
            return Err(invalid());
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(SiteAddress(url))
    }
}

impl SiteAddress {
    /// The address of the folder, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        self.0.as_str()
    }

    /// The path of the folder on its host, percent-encoded, with a slash at its end.
    pub(crate) fn path(&self) -> &str {
        self.0.path()
    }

    /// The address of a file at the root of the folder, such as `feed.xml`.
    pub(crate) fn root(&self, name: &str) -> Url {
        self.within(name)
    }

    /// The address of an issue's page, which is its for good.
    pub(crate) fn page(&self, issue: &Issue) -> Url {
        self.beside(issue, "")
    }

    /// The same for people to read and to type: with the letters of an id as they are, which browsers take.
    pub(crate) fn readable_page(&self, issue: &Issue) -> String {
        format!("{}issues/{}/", self.url(), issue.id)
    }

    /// The address of a file in an issue's folder, such as `oembed.json`.
    pub(crate) fn beside(&self, issue: &Issue, name: &str) -> Url {
        self.within(&format!("issues/{}/{name}", issue.id))
    }

    /// The address at which an issue's page opens a headline.
    pub(crate) fn headline(&self, issue: &Issue, headline: &Headline) -> Url {
        let mut url = self.page(issue);
        url.set_fragment(Some(&headline.id));
        url
    }

    /// The address of an issue's picture. In an issue it may be relative to its `issue.json`.
    pub(crate) fn picture(&self, issue: &Issue) -> Option<Url> {
        let src = issue.image.as_ref()?.src.as_ref()?.safe_url()?;
        self.page(issue).join(src).ok()
    }

    /// The address of the same picture in the format that every feed reader and social network knows.
    ///
    /// The build puts it beside the one that browsers get.
    pub(crate) fn jpeg(&self, issue: &Issue) -> Option<Url> {
        let mut picture = self.picture(issue)?;
        let folder = self.within(PICTURES);
        if let Some(name) = picture
            .as_str()
            .strip_prefix(folder.as_str())
            .and_then(|name| name.strip_suffix(".webp"))
        {
            picture = folder.join(&format!("{name}.jpg")).ok()?;
        }
        Some(picture)
    }

    /// The address of the frame with an issue in it.
    pub(crate) fn frame(&self, issue: &Issue) -> Url {
        self.showing("frame.html", issue)
    }

    /// The address of the configurator with an issue in it.
    pub(crate) fn configurator(&self, issue: &Issue) -> Url {
        self.showing(CONFIGURATOR, issue)
    }

    fn showing(&self, page: &str, issue: &Issue) -> Url {
        let mut url = self.within(page);
        url.set_query(Some(&format!("src=issues/{}/issue.json", issue.id)));
        url
    }

    /// The address of a file. An id may have letters of any script, which are percent-encoded here.
    fn within(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path()));
        url
    }
}

#[cfg(test)]
mod tests {
    use digest_issue::{Image, Src};

    use super::*;

    #[test]
    fn a_site_is_a_folder_with_or_without_the_slash() {
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
    fn an_id_of_any_script_has_an_address() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let issue = Issue {
            id: "号1".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site: SiteAddress = "https://cdn.example/digest".parse().unwrap();
        let frame = "https://cdn.example/digest/frame.html?src=issues/%E5%8F%B71/issue.json";
        assert_eq!(
            site.page(&issue).as_str(),
            "https://cdn.example/digest/issues/%E5%8F%B71/"
        );
        assert_eq!(site.frame(&issue).as_str(), frame);
        assert_eq!(
            Url::parse(&site.readable_page(&issue)),
            Ok(site.page(&issue))
        );
    }

    #[test]
    fn a_picture_that_the_build_made_is_there_as_jpeg_too() {
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
            assert_eq!(site.jpeg(&issue).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_picture_beside_its_issue_has_an_address_of_its_own() {
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
            let found = site.picture(&issue(src));
            assert_eq!(found.as_ref().map(Url::as_str), expected, "{src}");
        }
    }

    #[test]
    fn what_is_no_folder_on_the_web_is_refused() {
        for text in [
            "",
            "cdn.example",
            "/issues/",
            "file:///srv/site/",
            "mailto:editor@cdn.example",
            "https://editor@cdn.example/",
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
