use serde::{Deserialize, Serialize};

use crate::{Block, Date, Href, Lang, Src, Volume};

/// The version of the issue format that this crate reads and writes.
pub const FORMAT: u32 = 1;

/// One issue of a newsletter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Issue {
    /// The version of the format: always 1. A widget refuses a higher one as made for a newer widget.
    #[cfg_attr(feature = "schema", schemars(extend("const" = FORMAT)))]
    pub format: u32,
    /// Names this issue for good: re-publishing keeps it. Letters, digits, `-`, `.` and `_`.
    pub id: String,
    /// The newsletter's name, such as "US-Japan Alliance Digest".
    pub title: String,
    /// The volume, as a string: "1.10" is not 1.1. In a series without numbers it is the day, as in
    /// `date`, and a widget shows the day alone.
    pub volume: Volume,
    /// The day of publication, a civil date: it is the same day in every time zone.
    pub date: Date,
    /// The language that the issue is written in, a BCP 47 tag such as "en" or "ja".
    pub lang: Lang,
    /// The issue's own page at the publisher's, an absolute http or https address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Href>,
    /// The picture above the headlines, or its credit alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The headlines, in the order they are shown.
    pub headlines: Vec<Headline>,
}

impl Issue {
    /// Whether the volume is nothing but the day, as in a series without numbers.
    #[must_use]
    pub fn is_counted_by_days(&self) -> bool {
        self.volume.as_str() == self.date.to_string()
    }
}

/// The picture of an issue. A credit may stand without a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Image {
    /// Where the picture is: http, https, or relative to where the issue was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub src: Option<Src>,
    /// What the picture shows, for those who do not see it. Empty if it only decorates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The picture's width in pixels, so that the page does not move when it arrives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The picture's height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Whose picture it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Credit>,
}

/// Whose picture it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Credit {
    /// The name, such as "Japan Times".
    pub text: String,
    /// Where the picture was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<Href>,
}

/// A headline and its detail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Headline {
    /// Names this headline within its issue, in addresses (`#id`) too: re-publishing keeps it.
    pub id: String,
    /// The headline itself, plain text.
    pub text: String,
    /// What a reader sees on expanding the headline.
    pub detail: Vec<Block>,
}
