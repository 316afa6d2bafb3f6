use std::borrow::Cow;

use digest_issue::{Issue, Src};
use url::Url;

use super::issue_name::format_title;
use crate::SiteAddress;

/// A folder of the site that shows an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IssueFolder {
    /// `issues/ID/`: the issue's own folder, whose address is permanent.
    Permanent,
    /// `latest/`: it shows the newest issue, so each new issue replaces its files.
    Latest,
}

impl IssueFolder {
    /// The path of the folder in the site, with a slash at its end.
    pub(crate) fn path(self, issue: &Issue) -> String {
        match self {
            IssueFolder::Permanent => format!("issues/{}/", issue.id),
            IssueFolder::Latest => "latest/".to_owned(),
        }
    }

    /// The URL of a file in the folder, or of its page if `name` is empty.
    pub(crate) fn file_url(self, issue: &Issue, site: &SiteAddress, name: &str) -> Url {
        site.file_url(&format!("{}{name}", self.path(issue)))
    }

    /// Formats the name for what embedders paste. A number would soon be wrong beside the address of
    /// `latest/`.
    pub(crate) fn format_name(self, issue: &Issue) -> String {
        match self {
            IssueFolder::Permanent => format_title(issue),
            IssueFolder::Latest => issue.title.clone(),
        }
    }

    /// Returns the issue for the `issue.json` of the folder: the same one, except that the addresses of
    /// pictures are relative to the folder.
    ///
    /// They stay relative, so that a copy of the site at another address has its own pictures.
    pub(crate) fn localize_issue<'a>(self, issue: &'a Issue, site: &SiteAddress) -> Cow<'a, Issue> {
        if self == IssueFolder::Permanent {
            return Cow::Borrowed(issue);
        }
        let mut localized = issue.clone();
        localized.retain_images(|image| {
            let src = image.src.take();
            image.src = src.map(|src| self.relative_src(issue, site, &src).unwrap_or(src));
            true
        });
        Cow::Owned(localized)
    }

    /// Returns a relative address as it is from this folder.
    fn relative_src(self, issue: &Issue, site: &SiteAddress, src: &Src) -> Option<Src> {
        let is_absolute = Url::parse(src.safe_url()?).is_ok();
        let folder = self.file_url(issue, site, "");
        let relative = folder.make_relative(&site.src_url(issue, src)?)?;
        (!is_absolute).then(|| Src::new(relative))
    }
}

#[cfg(test)]
mod tests {
    use digest_issue::{Block, Image};

    use super::*;

    fn issue_with_picture(src: &str) -> Issue {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let image = Image {
            src: Some(Src::new(src)),
            ..Image::default()
        };
        Issue {
            id: "沿岸-1".to_owned(),
            intro: vec![Block::Image(image.clone())],
            image: Some(image),
            ..Issue::from_json(json).unwrap()
        }
    }

    #[test]
    fn latest_issue_is_the_same_with_the_same_picture() {
        let site: SiteAddress = "https://cdn.example/digest/".parse().unwrap();
        for (src, expected) in [
            ("../../images/radar-1.webp", "../images/radar-1.webp"),
            ("radar.jpg", "../issues/%E6%B2%BF%E5%B2%B8-1/radar.jpg"),
            ("/radar.jpg?w=2", "../../radar.jpg?w=2"),
            (
                "https://cdn.example/radar.jpg",
                "https://cdn.example/radar.jpg",
            ),
            (
                "https://photos.example/r.jpg",
                "https://photos.example/r.jpg",
            ),
            ("javascript:alert(1)", "javascript:alert(1)"),
        ] {
            let issue = issue_with_picture(src);
            let latest = IssueFolder::Latest.localize_issue(&issue, &site);
            let mut image = issue.image.clone().unwrap();
            image.src = Some(Src::new(expected));
            assert_eq!(latest.image, Some(image.clone()), "{src}");
            assert_eq!(latest.intro, [Block::Image(image)], "{src}");
            if let Some(url) = site.picture_url(&issue) {
                let folder = IssueFolder::Latest.file_url(&issue, &site, "issue.json");
                assert_eq!(folder.join(expected).unwrap(), url, "{src}");
            }
            let own = IssueFolder::Permanent.localize_issue(&issue, &site);
            assert_eq!(*own, issue, "{src}");
        }
    }

    #[test]
    fn only_the_name_of_a_permanent_folder_has_the_volume() {
        let issue = issue_with_picture("radar.jpg");
        for (folder, expected) in [
            (IssueFolder::Permanent, "US-Japan Alliance Digest Vol 1.5"),
            (IssueFolder::Latest, "US-Japan Alliance Digest"),
        ] {
            assert_eq!(folder.format_name(&issue), expected);
        }
    }
}
