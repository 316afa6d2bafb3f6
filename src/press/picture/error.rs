use std::io;
use std::path::{Path, PathBuf};

use image::{ImageError, ImageFormat};
use thiserror::Error;

use super::{MAX_BYTES, MAX_PIXELS};
use crate::{Diagnostic, Rule};

/// Why a picture cannot be published.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The file is not there, or may not be opened.
    #[error("the picture “{}” cannot be read: {source}", path.display())]
    Read {
        /// The picture.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no file in the folder of the issues.
    #[error("the picture “{}” is no file in the folder of the issues", path.display())]
    Outside {
        /// The picture.
        path: PathBuf,
    },
    /// The file is too large.
    #[error("the picture “{}” has more than {} MB", path.display(), MAX_BYTES / (1024 * 1024))]
    Bytes {
        /// The picture.
        path: PathBuf,
    },
    /// There are too many pixels in it.
    #[error(
        "the picture “{}” has {width} × {height} pixels, of {} millions that are allowed",
        path.display(), MAX_PIXELS / 1_000_000
    )]
    Pixels {
        /// The picture.
        path: PathBuf,
        /// How many pixels it is wide.
        width: u32,
        /// How many pixels it is high.
        height: u32,
    },
    /// It is of another format.
    #[error("the picture “{}” is {found}; expected JPEG, PNG, WebP or GIF", path.display())]
    Format {
        /// The picture.
        path: PathBuf,
        /// What it is.
        found: &'static str,
    },
    /// It moves.
    #[error("the picture “{}” is an animation", path.display())]
    Animation {
        /// The picture.
        path: PathBuf,
    },
    /// It is another one than a moment ago.
    #[error("the picture “{}” changed while it was read", path.display())]
    Changed {
        /// The picture.
        path: PathBuf,
    },
    /// What is in it breaks the rules of its format.
    #[error("the picture “{}” is damaged: {reason}", path.display())]
    Damaged {
        /// The picture.
        path: PathBuf,
        /// What is wrong in it.
        reason: String,
    },
}

impl PictureError {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            PictureError::Read { .. } => {
                "check its name, also capital letters, and that it is beside the newsletter"
            }
            PictureError::Outside { .. } => {
                "copy it beside the newsletter and write its name without a folder"
            }
            PictureError::Bytes { .. } | PictureError::Pixels { .. } => {
                "make it smaller: no reader sees more than 1200 pixels of its width"
            }
            PictureError::Format { .. } => {
                "open it in a viewer of pictures and export it as JPEG or PNG"
            }
            PictureError::Animation { .. } => {
                "export one picture of it as PNG: many readers are disturbed by what moves and cannot be stopped"
            }
            PictureError::Changed { .. } => "try again",
            PictureError::Damaged { .. } => "copy it anew from where it came, or export it anew",
        }
    }

    /// The error for what no decoder is here for.
    pub(super) fn format(path: &Path, bytes: &[u8]) -> PictureError {
        PictureError::Format {
            path: path.to_owned(),
            found: kind(bytes),
        }
    }

    pub(super) fn decoder(path: &Path, error: &ImageError) -> PictureError {
        PictureError::Damaged {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }
}

impl From<PictureError> for Diagnostic {
    fn from(error: PictureError) -> Diagnostic {
        Diagnostic::without_span(Rule::Image, error.to_string(), error.remedy())
    }
}

/// What a file is that people take for a picture, in their words.
fn kind(bytes: &[u8]) -> &'static str {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Avif) => return "AVIF",
        Ok(ImageFormat::Tiff) => return "TIFF",
        Ok(ImageFormat::Bmp) => return "BMP",
        _ => {}
    }
    let is_svg = || bytes.windows(4).take(1024).any(|part| part == b"<svg");
    match bytes {
        [] => "empty",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => "a HEIC photo, as phones take",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        _ if is_svg() => "an SVG drawing",
        _ => "of a kind that is not known",
    }
}
