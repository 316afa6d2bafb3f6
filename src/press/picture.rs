mod encode;
mod error;

use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};
use sha2::{Digest, Sha256};

use crate::source;

pub use encode::Encoded;
pub use error::PictureError;

/// The most bytes that a picture's file may have: twice what a good camera writes.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The most pixels that a picture may have: those of a good phone.
const MAX_PIXELS: u64 = 50_000_000;

/// The most bytes of memory that a decoder may take, with eight for each pixel.
const MAX_MEMORY: u64 = 9 * MAX_PIXELS;

/// The formats that are read, whatever the file is called.
const FORMATS: [ImageFormat; 4] = [
    ImageFormat::Jpeg,
    ImageFormat::Png,
    ImageFormat::WebP,
    ImageFormat::Gif,
];

/// Raised with each change to what is made of a picture, which then gets another name.
const RECIPE: u8 = 1;

/// The picture of an issue, seen and not yet made ready for the web.
///
/// It does not hold the file, since a series has hundreds.
/// Its names and its size are known before the slow work of [`Picture::encode`], and are the same for the
/// same file: where a site has files of these names already, the work need not be done again.
#[derive(Debug)]
pub struct Picture {
    /// What it is called.
    path: PathBuf,
    place: PictureSource,
    format: ImageFormat,
    hash: String,
    width: u32,
    height: u32,
}

#[derive(Debug)]
enum PictureSource {
    /// A file in this folder, or in a folder in it.
    Folder(PathBuf),
    /// This part of this Word document.
    Document(PathBuf, String),
}

impl Picture {
    /// The most pixels that a picture is wide on the web.
    ///
    /// It is twice the width of a usual column of text, 600 pixels of CSS, for screens with two pixels
    /// for each of these, and what social networks ask for. Wider is more to load for everybody.
    pub const MAX_WIDTH: u32 = 1200;

    /// The most pixels that a picture is high on the web: several screens.
    pub const MAX_HEIGHT: u32 = 4800;

    /// Reads a picture that is in `folder`, or in a folder in it. No link leads out of there.
    ///
    /// # Errors
    ///
    /// If it cannot be read or is elsewhere, if it is too large, or none of JPEG, PNG, WebP and GIF.
    pub fn load(path: &Path, folder: &Path) -> Result<Picture, PictureError> {
        Picture::at(path.to_owned(), PictureSource::Folder(folder.to_owned()))
    }

    /// Reads a picture that is inside of a Word document, by its address in the document's text.
    pub(crate) fn in_document(document: &Path, address: &str) -> Result<Picture, PictureError> {
        Picture::at(
            document.join(address),
            PictureSource::Document(document.to_owned(), address.to_owned()),
        )
    }

    fn at(path: PathBuf, place: PictureSource) -> Result<Picture, PictureError> {
        let bytes = read(&path, &place)?;
        let format = image::guess_format(&bytes)
            .ok()
            .filter(|format| FORMATS.contains(format));
        let format = format.ok_or_else(|| PictureError::format(&path, &bytes))?;
        let ((width, height), orientation) =
            header(&bytes, format).map_err(|error| PictureError::decoder(&path, &error))?;
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(PictureError::Pixels {
                path,
                width,
                height,
            });
        }
        let (width, height) = shrunk(upright((width, height), orientation));
        Ok(Picture {
            path,
            place,
            format,
            hash: hash(&bytes),
            width,
            height,
        })
    }

    /// The name of the WebP file. No other picture has it, so it may be cached for ever.
    #[must_use]
    pub fn webp(&self) -> String {
        format!("image-{}.webp", self.hash)
    }

    /// The name of the JPEG file. No other picture has it, so it may be cached for ever.
    #[must_use]
    pub fn jpeg(&self) -> String {
        format!("image-{}.jpg", self.hash)
    }

    /// How many pixels it is wide on the web.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// How many pixels it is high on the web.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The file, as it was.
    fn bytes(&self) -> Result<Vec<u8>, PictureError> {
        let bytes = read(&self.path, &self.place)?;
        if hash(&bytes) != self.hash {
            return Err(PictureError::Changed {
                path: self.path.clone(),
            });
        }
        Ok(bytes)
    }
}

fn read(path: &Path, place: &PictureSource) -> Result<Vec<u8>, PictureError> {
    let bytes = match place {
        PictureSource::Folder(folder) => read_file(path, folder)?,
        PictureSource::Document(document, address) => {
            source::picture_in_document(document, address, MAX_BYTES).map_err(|error| {
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

/// The bytes of a file in `folder`; of one that is too large, one more than allowed.
fn read_file(path: &Path, folder: &Path) -> Result<Vec<u8>, PictureError> {
    let error = |source| PictureError::Read {
        path: path.to_owned(),
        source,
    };
    // What the file really is, and where, behind all links and “..”.
    let real = fs::canonicalize(path).map_err(error)?;
    if !real.starts_with(fs::canonicalize(folder).map_err(error)?) || !real.is_file() {
        return Err(PictureError::Outside {
            path: path.to_owned(),
        });
    }
    let mut bytes = Vec::new();
    File::open(real)
        .map_err(error)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(error)?;
    Ok(bytes)
}

fn decoder(bytes: &[u8], format: ImageFormat) -> ImageResult<impl ImageDecoder + '_> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader.into_decoder()
}

/// Width and height as the camera saw them, and how it was held.
fn header(bytes: &[u8], format: ImageFormat) -> ImageResult<((u32, u32), Orientation)> {
    let mut decoder = decoder(bytes, format)?;
    Ok((decoder.dimensions(), decoder.orientation()?))
}

/// The size after turning.
fn upright((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

/// The size on the web. A picture is never made larger.
fn shrunk((width, height): (u32, u32)) -> (u32, u32) {
    let [wide, high] = [width, height].map(f64::from);
    let scale = (f64::from(Picture::MAX_WIDTH) / wide)
        .min(f64::from(Picture::MAX_HEIGHT) / high)
        .min(1.0);
    [wide, high]
        .map(|length| ((length * scale).round() as u32).max(1))
        .into()
}

/// Enough of a hash that no two pictures share a name.
fn hash(bytes: &[u8]) -> String {
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
    use std::io::Write;

    use image::RgbImage;

    use super::*;

    /// A PNG without anything to see.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut png = Cursor::new(Vec::new());
        RgbImage::new(width, height)
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        png.into_inner()
    }

    /// What is said of a picture with these bytes.
    fn refused(name: &str, bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let refused = Picture::load(&path, folder.path()).unwrap_err().to_string();
        refused.replace(&path.display().to_string(), name)
    }

    #[test]
    fn a_picture_inside_of_a_document_is_read_and_named_by_where_it_is() {
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

        let of = |name: &str| Picture::in_document(&document, &format!("word/media/{name}"));
        let picture = of("a.png").unwrap();
        assert_eq!((picture.width(), picture.height()), (6, 4));
        assert!(!picture.encode().unwrap().webp.is_empty());
        for (name, expected) in [
            ("b.png", "b.png” is an SVG drawing"),
            ("c.png", "c.png” is damaged"),
        ] {
            let refused = of(name).unwrap_err().to_string();
            assert!(
                refused.contains(&format!("1.docx/word/media/{expected}")),
                "{refused}"
            );
        }
    }

    #[test]
    fn wide_and_high_pictures_are_shrunk_and_small_ones_stay() {
        for (size, expected) in [
            ((4000, 2250), (1200, 675)),
            ((1200, 800), (1200, 800)),
            ((16, 9), (16, 9)),
            ((600, 9600), (300, 4800)),
            ((50_000, 3), (1200, 1)),
        ] {
            assert_eq!(shrunk(size), expected, "{size:?}");
        }
    }

    #[test]
    fn a_name_stands_for_the_content_whatever_the_file_is_called() {
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
    fn what_is_no_picture_is_named_in_an_editors_words() {
        for (bytes, expected) in [
            (&b""[..], "empty"),
            (
                b"\0\0\0\x18ftypheic\0\0\0\0",
                "a HEIC photo, as phones take",
            ),
            (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"<?xml version=\"1.0\"?><svg/>", "an SVG drawing"),
            (b"%PDF-1.7", "a PDF"),
            (b"Not found", "of a kind that is not known"),
        ] {
            let expected =
                format!("the picture “radar.jpg” is {expected}; expected JPEG, PNG, WebP or GIF");
            assert_eq!(refused("radar.jpg", bytes), expected);
        }
    }

    #[test]
    fn what_claims_to_be_huge_is_refused_before_it_takes_memory() {
        let mut bomb = Cursor::new(Vec::new());
        RgbImage::new(1, 1)
            .write_to(&mut bomb, ImageFormat::Gif)
            .unwrap();
        let mut bomb = bomb.into_inner();
        bomb[6..10].fill(0xff);
        assert_eq!(
            refused("bomb.gif", &bomb),
            "the picture “bomb.gif” has 65535 × 65535 pixels, of 50 millions that are allowed"
        );
        let mut large = png(1, 1);
        large.resize(MAX_BYTES as usize + 1, 0);
        assert_eq!(
            refused("large.png", &large),
            "the picture “large.png” has more than 32 MB"
        );
        let half = &png(4, 4)[..20];
        assert!(refused("half.png", half).starts_with("the picture “half.png” is damaged: "));
    }

    #[cfg(unix)]
    #[test]
    fn only_files_in_the_folder_of_the_issues_are_read() {
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

        let of = |name: &str| Picture::load(&inside.join(name), &inside);
        assert!(of("2024/../radar.png").is_ok() && of("2024/link.png").is_ok());
        for name in [
            "../secret.png",
            "out.png",
            "out/secret.png",
            secret.to_str().unwrap(),
            "/dev/zero",
            "2024",
        ] {
            assert!(
                matches!(of(name), Err(PictureError::Outside { .. })),
                "{name}"
            );
        }
        assert!(matches!(of("rader.png"), Err(PictureError::Read { .. })));
    }
}
