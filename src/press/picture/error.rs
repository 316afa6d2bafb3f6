//! The errors of pictures, with remedies for the editor.

use std::io;
use std::path::{Path, PathBuf};

use image::{ImageError, ImageFormat};
use thiserror::Error;

use super::{MAX_BYTES, MAX_PIXELS, MAX_PROFILE, MAX_SIDE};
use crate::{Diagnostic, Rule};

/// An error that keeps a picture from being published.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The file does not exist or may not be opened.
    #[error("the picture “{}” cannot be read: {source}", path.display())]
    Read {
        /// The picture.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// It is not a file in the issues folder.
    #[error("the picture “{}” is not a file in the issues folder", path.display())]
    Outside {
        /// The picture.
        path: PathBuf,
    },
    /// The file is too large.
    #[error("the picture “{}” is larger than {} MB", path.display(), MAX_BYTES / (1024 * 1024))]
    Bytes {
        /// The picture.
        path: PathBuf,
    },
    /// It has too many pixels.
    #[error(
        "the picture “{}” has {width} × {height} pixels; at most {} million are allowed, half as \
         many with 16 bits per colour, and {MAX_SIDE} on a side",
        path.display(), MAX_PIXELS / 1_000_000
    )]
    Pixels {
        /// The picture.
        path: PathBuf,
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// Its colour profile is too large.
    #[error(
        "the picture “{}” has a colour profile of more than {} MB",
        path.display(), MAX_PROFILE / (1024 * 1024)
    )]
    Profile {
        /// The picture.
        path: PathBuf,
    },
    /// Its format is not supported.
    #[error("the picture “{}” is {found}; expected JPEG, PNG, WebP or GIF", path.display())]
    Format {
        /// The picture.
        path: PathBuf,
        /// The format found.
        found: &'static str,
    },
    /// It is an animation.
    #[error("the picture “{}” is an animation", path.display())]
    Animation {
        /// The picture.
        path: PathBuf,
    },
    /// Its file changed between two reads.
    #[error("the picture “{}” changed while it was read", path.display())]
    Changed {
        /// The picture.
        path: PathBuf,
    },
    /// Its content violates its format.
    #[error("the picture “{}” is damaged: {reason}", path.display())]
    Damaged {
        /// The picture.
        path: PathBuf,
        /// The error of the decoder.
        reason: String,
    },
}

impl PictureError {
    /// How to fix it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            PictureError::Read { .. } => {
                "check its name, including capital letters, and that it is beside the newsletter"
            }
            PictureError::Outside { .. } => {
                "copy it beside the newsletter and write its name without a folder"
            }
            PictureError::Bytes { .. } | PictureError::Pixels { .. } => {
                "make it smaller: it is shown at most 1200 pixels wide"
            }
            PictureError::Profile { .. } => "export it again with the colour profile sRGB",
            PictureError::Format { .. } => {
                "open it in an image viewer and export it as JPEG or PNG"
            }
            PictureError::Animation { .. } => {
                "export one frame as PNG: motion that cannot be stopped disturbs many readers"
            }
            PictureError::Changed { .. } => "try again",
            PictureError::Damaged { .. } => "copy it again from its source, or export it again",
        }
    }

    /// The error for a format without a decoder.
    pub(super) fn from_unknown_format(path: &Path, bytes: &[u8]) -> PictureError {
        PictureError::Format {
            path: path.to_owned(),
            found: describe_format(bytes),
        }
    }

    /// The error for a picture that a decoder rejects.
    pub(super) fn from_decoder(path: &Path, error: &ImageError) -> PictureError {
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

/// Describes the format of a file that is not a supported picture.
fn describe_format(bytes: &[u8]) -> &'static str {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Avif) => return "AVIF",
        Ok(ImageFormat::Tiff) => return "TIFF",
        Ok(ImageFormat::Bmp) => return "BMP",
        _ => {}
    }
    let is_svg = || bytes.windows(4).take(1024).any(|part| part == b"<svg");
    match bytes {
        [] => "empty",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => "a HEIC photo from a phone",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        _ if is_svg() => "an SVG drawing",
        _ => "of an unknown format",
    }
}
