//! The pictures of issues: checks them and makes them ready for the web.

mod encode;
mod error;
mod gif;
mod jpeg;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};
use sha2::{Digest, Sha256};

use crate::contained_folder::ContainedFolder;
use crate::file::{self, FileError};
use crate::source;

pub use encode::Encoded;
pub use error::PictureError;

/// Maximum size of a picture's file: twice the photo of a good camera.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Maximum number of pixels: the photo of a good phone.
const MAX_PIXELS: u64 = 50_000_000;

/// Maximum width and height in pixels. Longer rows take many times the memory of their pixels.
const MAX_SIDE: u32 = 30_000;

/// Maximum size of the decoded pixels in bytes: four bytes for each.
const MAX_DECODED: u64 = 4 * MAX_PIXELS;

/// Maximum size of a colour profile in bytes: twice a large one.
const MAX_PROFILE: usize = 4 * 1024 * 1024;

/// Maximum memory of a decoder besides the pixels, such as for the profile.
const MAX_EXTRA: u64 = 4 * MAX_PROFILE as u64;

/// The formats that are read, regardless of the file name.
const FORMATS: [ImageFormat; 4] = [
    ImageFormat::Jpeg,
    ImageFormat::Png,
    ImageFormat::WebP,
    ImageFormat::Gif,
];

/// Version of the encoding. Raise it with each change, so that all pictures get new names.
const RECIPE: u8 = 1;

/// The picture of an issue, checked but not yet encoded for the web.
///
/// It does not hold the file's content, since a series has hundreds of pictures. Its names and
/// size are known before the slow [`Picture::encode`] and depend only on the content: if a site
/// has files of these names, they need not be encoded again.
#[derive(Debug)]
pub struct Picture {
    /// The path for messages.
    path: PathBuf,
    source: PictureSource,
    format: ImageFormat,
    hash: String,
    /// Number of pixels in the file.
    pixels: usize,
    width: u32,
    height: u32,
}

/// The location of a picture.
#[derive(Debug)]
enum PictureSource {
    /// A file in this folder or below it.
    Folder(PathBuf),
    /// A part of a Word document.
    Document(PathBuf, String),
}

impl Picture {
    /// Maximum width on the web, in pixels.
    ///
    /// It is twice the usual column of 600 CSS pixels, for screens of double density, and the width
    /// that social networks ask for.
    pub const MAX_WIDTH: u32 = 1200;

    /// Maximum height on the web, in pixels: several screens.
    pub const MAX_HEIGHT: u32 = 4800;

    /// Loads a picture in `folder` or below it. Symbolic links cannot lead outside.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is outside the folder, is too large, or is not JPEG, PNG, WebP or GIF.
    pub fn load(path: &Path, folder: &Path) -> Result<Picture, PictureError> {
        Picture::inspect(path.to_owned(), PictureSource::Folder(folder.to_owned()))
    }

    /// Loads a picture inside a Word document, by its address in the document's text.
    pub(crate) fn load_embedded(document: &Path, address: &str) -> Result<Picture, PictureError> {
        Picture::inspect(
            document.join(address),
            PictureSource::Document(document.to_owned(), address.to_owned()),
        )
    }

    fn inspect(path: PathBuf, source: PictureSource) -> Result<Picture, PictureError> {
        let bytes = read_source(&path, &source)?;
        let format = image::guess_format(&bytes)
            .ok()
            .filter(|format| FORMATS.contains(format));
        let format = format.ok_or_else(|| PictureError::from_unknown_format(&path, &bytes))?;
        let header = read_header(&bytes, format)
            .map_err(|error| PictureError::from_decoder(&path, &error))?;
        header.check(&path)?;
        if format == ImageFormat::Jpeg && jpeg::is_cut_off(&bytes) {
            return Err(PictureError::Damaged {
                path,
                reason: "its end is missing".to_owned(),
            });
        }
        let (width, height) = fit_to_web(rotate_size(header.size, header.orientation));
        Ok(Picture {
            path,
            source,
            format,
            hash: hash_content(&bytes),
            pixels: header.size.0 as usize * header.size.1 as usize,
            width,
            height,
        })
    }

    /// The name of the WebP file. It is unique to the content, so the file may be cached for ever.
    #[must_use]
    pub fn webp(&self) -> String {
        format!("image-{}.webp", self.hash)
    }

    /// The name of the JPEG file. It is unique to the content, so the file may be cached for ever.
    #[must_use]
    pub fn jpeg(&self) -> String {
        format!("image-{}.jpg", self.hash)
    }

    /// The number of pixels in the file.
    pub(crate) fn pixels(&self) -> usize {
        self.pixels
    }

    /// The width on the web, in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The height on the web, in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Reads the file again, which must not have changed.
    fn reread(&self) -> Result<Vec<u8>, PictureError> {
        let bytes = read_source(&self.path, &self.source)?;
        if hash_content(&bytes) != self.hash {
            return Err(PictureError::Changed {
                path: self.path.clone(),
            });
        }
        Ok(bytes)
    }
}

fn read_source(path: &Path, source: &PictureSource) -> Result<Vec<u8>, PictureError> {
    let bytes = match source {
        PictureSource::Folder(folder) => read_file(path, folder)?,
        PictureSource::Document(document, address) => {
            source::read_embedded_picture(document, address, MAX_BYTES).map_err(|error| {
                PictureError::Damaged {
                    path: path.to_owned(),
                    reason: error.message,
                }
            })?
        }
    };
    if bytes.len() as u64 > MAX_BYTES {
        return Err(PictureError::Bytes {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}

fn read_file(path: &Path, folder: &Path) -> Result<Vec<u8>, PictureError> {
    let read = ContainedFolder::open(folder).and_then(|folder| folder.read(path, MAX_BYTES));
    let path = path.to_owned();
    read.map_err(|error| match error {
        FileError::Read { source, .. } if !file::is_not_regular(&source) => {
            PictureError::Read { path, source }
        }
        FileError::TooLarge { .. } => PictureError::Bytes { path },
        _ => PictureError::Outside { path },
    })
}

/// Creates a decoder. All uses of one have the same limits.
fn new_decoder(bytes: &[u8], format: ImageFormat) -> ImageResult<impl ImageDecoder + '_> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(decoder_limits());
    reader.into_decoder()
}

fn decoder_limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED + MAX_EXTRA);
    limits
}

/// The facts about a picture that are read before its pixels.
struct Header {
    /// The width and height before rotation.
    size: (u32, u32),
    orientation: Orientation,
    /// The size of the decoded pixels in bytes.
    decoded: u64,
    /// The size of the colour profile in bytes.
    profile: usize,
}

impl Header {
    fn check(&self, path: &Path) -> Result<(), PictureError> {
        let (width, height) = self.size;
        let is_too_large = width.max(height) > MAX_SIDE
            || u64::from(width) * u64::from(height) > MAX_PIXELS
            || self.decoded > MAX_DECODED;
        if is_too_large {
            return Err(PictureError::Pixels {
                path: path.to_owned(),
                width,
                height,
            });
        }
        if self.profile > MAX_PROFILE {
            return Err(PictureError::Profile {
                path: path.to_owned(),
            });
        }
        Ok(())
    }
}

fn read_header(bytes: &[u8], format: ImageFormat) -> ImageResult<Header> {
    let mut limits = decoder_limits();
    limits.max_alloc = Some(MAX_EXTRA);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    Ok(Header {
        size: decoder.dimensions(),
        orientation: decoder.orientation()?,
        decoded: decoder.total_bytes(),
        profile: decoder.icc_profile()?.map_or(0, |profile| profile.len()),
    })
}

/// Returns the size after rotation.
fn rotate_size((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

/// Returns the size on the web. Pictures are never enlarged.
fn fit_to_web((width, height): (u32, u32)) -> (u32, u32) {
    let [wide, high] = [width, height].map(f64::from);
    let scale = (f64::from(Picture::MAX_WIDTH) / wide)
        .min(f64::from(Picture::MAX_HEIGHT) / high)
        .min(1.0);
    [wide, high]
        .map(|length| ((length * scale).round() as u32).max(1))
        .into()
}

/// Hashes the content for the names: enough bytes that no two pictures collide.
fn hash_content(bytes: &[u8]) -> String {
    let hash = Sha256::new()
        .chain_update([RECIPE])
        .chain_update(bytes)
        .finalize();
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use image::RgbImage;

    use super::*;

    /// A black PNG.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut png = Cursor::new(Vec::new());
        RgbImage::new(width, height)
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        png.into_inner()
    }

    /// Returns the error message for a picture with these bytes.
    fn error_message(name: &str, bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let error = Picture::load(&path, folder.path()).unwrap_err();
        error.to_string().replace(&path.display().to_string(), name)
    }

    #[test]
    fn pictures_in_documents_are_read_and_errors_have_their_path() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("1.docx");
        let mut archive = zip::ZipWriter::new(fs::File::create(&document).unwrap());
        let (png, svg) = (png(6, 4), b"<svg/>".to_vec());
        for (name, bytes) in [("word/media/a.png", png), ("word/media/b.png", svg)] {
            archive
                .start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            archive.write_all(&bytes).unwrap();
        }
        archive.finish().unwrap();

        let load = |name: &str| Picture::load_embedded(&document, &format!("word/media/{name}"));
        let picture = load("a.png").unwrap();
        assert_eq!((picture.width(), picture.height()), (6, 4));
        assert!(!picture.encode().unwrap().webp.is_empty());
        for (name, expected) in [
            ("b.png", "b.png” is an SVG drawing"),
            ("c.png", "c.png” is damaged"),
        ] {
            let error = load(name).unwrap_err().to_string();
            assert!(
                error.contains(&format!("1.docx/word/media/{expected}")),
                "{error}"
            );
        }
    }

    #[test]
    fn large_pictures_are_shrunk_and_small_ones_stay() {
        for (size, expected) in [
            ((4000, 2250), (1200, 675)),
            ((1200, 800), (1200, 800)),
            ((16, 9), (16, 9)),
            ((600, 9600), (300, 4800)),
            ((50_000, 3), (1200, 1)),
        ] {
            assert_eq!(fit_to_web(size), expected, "{size:?}");
        }
    }

    #[test]
    fn names_depend_only_on_the_content() {
        let folder = tempfile::tempdir().unwrap();
        let picture = |name, bytes: &[u8]| {
            fs::write(folder.path().join(name), bytes).unwrap();
            Picture::load(&folder.path().join(name), folder.path()).unwrap()
        };
        let radar = picture("radar.png", &png(4, 2));
        assert_eq!(radar.webp(), picture("Radar (1).jpg", &png(4, 2)).webp());
        assert_ne!(radar.webp(), picture("radar.png", &png(2, 4)).webp());
        assert_eq!((radar.width(), radar.height()), (4, 2));
        assert!(
            radar.webp().starts_with("image-") && radar.webp().len() == "image-.webp".len() + 16
        );
    }

    #[test]
    fn other_formats_are_named_in_the_error() {
        for (bytes, expected) in [
            (&b""[..], "empty"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC photo from a phone"),
            (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"<?xml version=\"1.0\"?><svg/>", "an SVG drawing"),
            (b"%PDF-1.7", "a PDF"),
            (b"Not found", "of an unknown format"),
        ] {
            let expected =
                format!("the picture “radar.jpg” is {expected}; expected JPEG, PNG, WebP or GIF");
            assert_eq!(error_message("radar.jpg", bytes), expected);
        }
    }

    #[test]
    fn huge_pictures_are_errors_before_they_are_decoded() {
        let mut bomb = Cursor::new(Vec::new());
        RgbImage::new(1, 1)
            .write_to(&mut bomb, ImageFormat::Gif)
            .unwrap();
        let mut bomb = bomb.into_inner();
        bomb[6..10].fill(0xff);
        assert_eq!(
            error_message("bomb.gif", &bomb),
            "the picture “bomb.gif” has 65535 × 65535 pixels; at most 50 million are allowed, half \
             as many with 16 bits per colour, and 30000 on a side"
        );
        let mut large = png(1, 1);
        large.resize(MAX_BYTES as usize + 1, 0);
        assert_eq!(
            error_message("large.png", &large),
            "the picture “large.png” is larger than 32 MB"
        );
        let mut jpeg = Cursor::new(Vec::new());
        let written = RgbImage::new(64, 64).write_to(&mut jpeg, ImageFormat::Jpeg);
        written.unwrap();
        let half = &jpeg.get_ref()[..jpeg.get_ref().len() - 8];
        assert_eq!(
            error_message("half.jpg", half),
            "the picture “half.jpg” is damaged: its end is missing"
        );
        let half = &png(4, 4)[..20];
        assert!(error_message("half.png", half).starts_with("the picture “half.png” is damaged: "));
    }

    #[cfg(unix)]
    #[test]
    fn files_outside_the_issues_folder_are_errors() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        let (inside, secret) = (
            outside.path().join("issues"),
            outside.path().join("secret.png"),
        );
        fs::create_dir_all(inside.join("2024")).unwrap();
        fs::write(&secret, png(1, 1)).unwrap();
        fs::write(inside.join("radar.png"), png(1, 1)).unwrap();
        symlink("../radar.png", inside.join("2024/link.png")).unwrap();
        symlink(&secret, inside.join("out.png")).unwrap();
        symlink(outside.path(), inside.join("out")).unwrap();

        let load = |name: &str| Picture::load(&inside.join(name), &inside);
        assert!(load("2024/../radar.png").is_ok() && load("2024/link.png").is_ok());
        for name in [
            "../secret.png",
            "out.png",
            "out/secret.png",
            secret.to_str().unwrap(),
            "/dev/zero",
            "2024",
        ] {
            assert!(
                matches!(load(name), Err(PictureError::Outside { .. })),
                "{name}"
            );
        }
        assert!(matches!(load("rader.png"), Err(PictureError::Read { .. })));
    }
}
