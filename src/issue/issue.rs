//! The data model of an issue; its doc comments are the descriptions in the published schema.

use serde::{Deserialize, Serialize};

use crate::{Block, Date, Href, Lang, Run, Src, Volume};

/// The version of the issue format that this crate reads and writes.
pub const FORMAT: u32 = 1;

/// One issue of a newsletter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Issue {
    /// The version of the format: always 1. A widget rejects a higher version: it needs a newer widget.
    #[cfg_attr(feature = "schema", schemars(extend("const" = FORMAT)))]
    pub format: u32,
    /// The issue's permanent id, kept when it is republished: letters, digits, `-`, `.` and `_`.
    pub id: String,
    /// The newsletter's name, such as "US-Japan Alliance Digest".
    pub title: String,
    /// The volume, as a string: "1.10" is not 1.1. In a series without numbers it equals `date`, and a
    /// widget shows the date only.
    pub volume: Volume,
    /// The day of publication, a civil date: the same day in every time zone.
    pub date: Date,
    /// The language of the issue, a BCP 47 tag such as "en" or "ja".
    pub lang: Lang,
    /// The issue's page on the publisher's site, an absolute http or https address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Href>,
    /// The picture above the headlines, or only its credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The editor's note above the headlines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intro: Vec<Block>,
    /// The headlines, in the order they are shown.
    pub headlines: Vec<Headline>,
    /// The text below the headlines, such as an imprint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outro: Vec<Block>,
}

impl Issue {
    /// Returns the sections in order, each with its headlines. Only the first may have no name.
    #[must_use]
    pub fn sections(&self) -> Vec<(Option<&str>, &[Headline])> {
        let mut sections = Vec::new();
        let mut rest = &self.headlines[..];
        while let Some((first, others)) = rest.split_first() {
            let others = others.iter().take_while(|other| other.section.is_none());
            let (headlines, after) = rest.split_at(1 + others.count());
            sections.push((first.section.as_deref(), headlines));
            rest = after;
        }
        sections
    }

    /// Returns the day of the last correction, or of publication.
    #[must_use]
    pub fn last_changed(&self) -> Date {
        let corrected = self
            .headlines
            .iter()
            .flat_map(|headline| &headline.corrected);
        let days = corrected.map(|correction| correction.date);
        days.fold(self.date, Date::max)
    }

    /// Returns true if the date stands for the volume, as in a series without numbers: the volume is
    /// the date, or empty.
    #[must_use]
    pub fn has_date_as_volume(&self) -> bool {
        let volume = self.volume.as_str();
        volume.is_empty() || volume == self.date.to_string()
    }
}

/// A picture: that of an issue, or one inside a text. A credit may appear without a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Image {
    /// The picture's address: http, https, or relative to the issue's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub src: Option<Src>,
    /// The text alternative: a description of the picture, or empty if it is decorative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The picture's width in pixels, so that the page does not shift when it loads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The picture's height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The credit of the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Credit>,
    /// The page that the picture links to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<Href>,
    /// The text below the picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Run>,
}

/// The credit of a picture: its source or author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Credit {
    /// The name, such as "Japan Times".
    pub text: String,
    /// The address where the picture was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<Href>,
}

/// A headline and its detail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Headline {
    /// The headline's id, unique in its issue and kept when it is republished; `#id` links to it.
    pub id: String,
    /// The headline as plain text.
    pub text: String,
    /// The section that begins with this headline, such as "Economy".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The headline's own source, in a digest of links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<Href>,
    /// The text that opening the headline reveals. A headline with neither text nor corrections cannot
    /// be opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detail: Vec<Block>,
    /// The corrections made after publication, shown below the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Correction>,
}

impl Headline {
    /// Returns true if the headline has something to open.
    #[must_use]
    pub fn can_open(&self) -> bool {
        !(self.detail.is_empty() && self.corrected.is_empty())
    }
}

/// A correction of a headline or its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Correction {
    /// The day of the correction.
    pub date: Date,
    /// The words that say what was corrected.
    pub text: Vec<Run>,
}
