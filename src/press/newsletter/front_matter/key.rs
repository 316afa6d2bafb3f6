//! Names of settings in the front matter.

use crate::newsletter::label::Label;

/// The settings that an issue has a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrontMatterKey {
    Title,
    Volume,
    Date,
    Lang,
    Url,
    Image,
    Alt,
    Credit,
    Draft,
}

impl FrontMatterKey {
    /// Parses a name in any case, with hyphens, underscores or spaces. Labels are names too.
    pub(super) fn parse(name: &str) -> Option<FrontMatterKey> {
        let name = name.trim().to_lowercase().replace(['-', '_'], " ");
        match name.as_str() {
            "title" => Some(FrontMatterKey::Title),
            "lang" | "language" => Some(FrontMatterKey::Lang),
            "url" => Some(FrontMatterKey::Url),
            "draft" => Some(FrontMatterKey::Draft),
            "image" => Some(FrontMatterKey::Image),
            "alt" | "image alt" => Some(FrontMatterKey::Alt),
            _ => match Label::from_name(&name)? {
                Label::Volume => Some(FrontMatterKey::Volume),
                Label::Date => Some(FrontMatterKey::Date),
                Label::ImageSource => Some(FrontMatterKey::Credit),
                Label::Headlines | Label::Details => None,
            },
        }
    }
}
