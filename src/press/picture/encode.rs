//! Encodes a picture for the web: rotated, shrunk, in sRGB and without metadata.

use std::io::Cursor;

use fast_image_resize::Resizer;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{EncodingError, ImageFormatHint};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageResult, Pixel, RgbImage, Rgba,
    RgbaImage,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use webp::{PixelLayout, WebPConfig};

use super::{Picture, PictureError, gif};

/// Out of 100. A photo still looks like the original; above, files grow much larger.
const WEBP_QUALITY: f32 = 80.0;
const JPEG_QUALITY: u8 = 85;

/// A picture ready for the web: upright, in sRGB, and without the camera's metadata, such as the
/// location.
pub struct Encoded {
    /// For readers' browsers.
    pub webp: Vec<u8>,
    /// For feeds and previews, whose readers may not support WebP. Transparent areas are white.
    pub jpeg: Vec<u8>,
}

impl Picture {
    /// Encodes the picture for the web. It takes about a second for a phone's photo, and up to half
    /// a gigabyte of memory for the largest picture allowed.
    ///
    /// # Errors
    ///
    /// If the file is damaged or an animation.
    pub fn encode(&self) -> Result<Encoded, PictureError> {
        let bytes = self.reread()?;
        let failed = |error| PictureError::from_decoder(&self.path, &error);
        if is_animated(&bytes, self.format).map_err(failed)? {
            return Err(PictureError::Animation {
                path: self.path.clone(),
            });
        }
        let image = self.decode_for_web(&bytes).map_err(failed)?;
        Ok(Encoded {
            webp: encode_webp(&image).map_err(failed)?,
            jpeg: encode_jpeg(&image).map_err(failed)?,
        })
    }

    /// Decodes the pixels, resized, upright and in sRGB.
    fn decode_for_web(&self, bytes: &[u8]) -> ImageResult<DynamicImage> {
        let mut decoder = super::new_decoder(bytes, self.format)?;
        let (orientation, profile) = (decoder.orientation()?, decoder.icc_profile()?);
        let image = to_eight_bits(DynamicImage::from_decoder(decoder)?);
        let (width, height) = super::rotate_size((self.width, self.height), orientation);
        let mut image = resize(image, width, height)?;
        image.apply_orientation(orientation);
        Ok(profile
            .and_then(|profile| convert_to_srgb(&image, &profile))
            .unwrap_or(image))
    }
}

fn is_animated(bytes: &[u8], format: ImageFormat) -> ImageResult<bool> {
    Ok(match format {
        ImageFormat::Gif => gif::has_second_frame(bytes),
        ImageFormat::Png => {
            PngDecoder::with_limits(Cursor::new(bytes), super::decoder_limits())?.is_apng()?
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(Cursor::new(bytes))?;
            decoder.set_limits(super::decoder_limits())?;
            decoder.has_animation()
        }
        _ => false,
    })
}

/// Converts to eight bits per channel, with an alpha channel only if the image has one.
fn to_eight_bits(image: DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    }
}

fn resize(image: DynamicImage, width: u32, height: u32) -> ImageResult<DynamicImage> {
    if (image.width(), image.height()) == (width, height) {
        return Ok(image);
    }
    let mut small = DynamicImage::new(width, height, image.color());
    Resizer::new()
        .resize(&image, &mut small, None)
        .map_err(encoding_error)?;
    Ok(small)
}

/// Converts the picture to sRGB, which browsers assume without a profile. Returns `None` if the
/// profile does not fit the picture or is broken: then the colours are best kept.
fn convert_to_srgb(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = if image.color().has_alpha() {
        Layout::Rgba
    } else {
        Layout::Rgb
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile
        .create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
        .ok()?;
    let mut bytes = vec![0; image.as_bytes().len()];
    transform.transform(image.as_bytes(), &mut bytes).ok()?;
    let (width, height) = (image.width(), image.height());
    match layout {
        Layout::Rgba => RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8),
        _ => RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
    }
}

fn encode_webp(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut config = WebPConfig::new().map_err(|()| encoding_error("no settings for WebP"))?;
    config.quality = WEBP_QUALITY;
    // Keeps thin red lines of charts sharp and costs only time.
    config.use_sharp_yuv = 1;
    let layout = if image.color().has_alpha() {
        PixelLayout::Rgba
    } else {
        PixelLayout::Rgb
    };
    let encoder = webp::Encoder::new(image.as_bytes(), layout, image.width(), image.height());
    let webp = encoder
        .encode_advanced(&config)
        .map_err(|error| encoding_error(format!("{error:?}")))?;
    Ok(webp.to_vec())
}

fn encode_jpeg(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY)
        .encode_image(&flatten_on_white(image))?;
    Ok(jpeg)
}

/// Replaces transparency by white: JPEG has none, and most feed readers have white pages.
fn flatten_on_white(image: &DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(image) = image else {
        return image.to_rgb8();
    };
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let mut pixel = Rgba([u8::MAX; 4]);
        pixel.blend(image.get_pixel(x, y));
        pixel.to_rgb()
    })
}

/// An error of an encoder. Pictures that were decoded cannot cause it.
fn encoding_error(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ImageError {
    ImageError::Encoding(EncodingError::new(ImageFormatHint::Unknown, error))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use image::codecs::gif::GifEncoder;
    use image::codecs::png::PngEncoder;
    use image::{ExtendedColorType, Frame, ImageEncoder, Rgb};

    use super::*;

    /// Encodes a file, and returns the announced size too.
    fn encode(bytes: &[u8]) -> (Result<Encoded, PictureError>, (u32, u32)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("radar");
        fs::write(&path, bytes).unwrap();
        let picture = Picture::load(&path, folder.path()).unwrap();
        (picture.encode(), (picture.width(), picture.height()))
    }

    /// Encodes a file and decodes its WebP and its JPEG.
    fn encode_and_decode(bytes: &[u8]) -> [DynamicImage; 2] {
        let encoded = encode(bytes).0.unwrap();
        [encoded.webp, encoded.jpeg].map(|bytes| image::load_from_memory(&bytes).unwrap())
    }

    /// Returns true if two colours are as close as lossy formats keep them.
    fn is_near(found: &[u8], expected: &[u8]) -> bool {
        found.len() == expected.len()
            && found.iter().zip(expected).all(|(a, b)| a.abs_diff(*b) < 12)
    }

    #[test]
    fn photos_are_rotated_and_shrunk_and_lose_metadata() {
        // Orientation 6: the right side of the file is the bottom of the picture.
        let photo = RgbImage::from_fn(200, 1300, |x, _| {
            Rgb(if x < 100 { [200, 0, 0] } else { [0, 0, 200] })
        });
        let exif =
            b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0SERIAL-4711".to_vec();
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(exif).unwrap();
        encoder.encode_image(&photo).unwrap();

        let (encoded, size) = encode(&bytes);
        assert_eq!(size, (1200, 185));
        for image in encode_and_decode(&bytes) {
            assert_eq!((image.width(), image.height()), (1200, 185));
            let image = image.into_rgb8();
            assert!(is_near(&image.get_pixel(600, 40).0, &[200, 0, 0]));
            assert!(is_near(&image.get_pixel(600, 150).0, &[0, 0, 200]));
        }
        let Encoded { webp, jpeg } = encoded.unwrap();
        assert!(
            [webp, jpeg]
                .iter()
                .all(|bytes| !bytes.windows(4).any(|part| part == b"4711"))
        );
    }

    #[test]
    fn transparency_is_kept_in_webp_and_white_in_jpeg() {
        let logo = RgbaImage::from_fn(64, 64, |x, _| {
            Rgba([200, 0, 0, if x < 32 { 0 } else { 255 }])
        });
        let mut bytes = Cursor::new(Vec::new());
        logo.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let [webp, jpeg] = encode_and_decode(bytes.get_ref()).map(DynamicImage::into_rgba8);
        assert_eq!(webp.get_pixel(8, 8)[3], 0);
        assert!(is_near(&webp.get_pixel(56, 8).0, &[200, 0, 0, 255]));
        assert!(is_near(&jpeg.get_pixel(8, 8).0, &[255, 255, 255, 255]));
        assert!(is_near(&jpeg.get_pixel(56, 8).0, &[200, 0, 0, 255]));
    }

    #[test]
    fn display_p3_is_converted_to_srgb() {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder
            .set_icc_profile(ColorProfile::new_display_p3().encode().unwrap())
            .unwrap();
        encoder
            .write_image(&[100, 190, 100].repeat(64), 8, 8, ExtendedColorType::Rgb8)
            .unwrap();
        for image in encode_and_decode(&bytes) {
            // Computed with <https://www.w3.org/TR/css-color-4/#color-conversion-code>.
            assert!(is_near(
                &image.into_rgb8().get_pixel(4, 4).0,
                &[57, 193, 88]
            ));
        }
    }

    #[test]
    fn encoding_is_deterministic() {
        let photo = RgbImage::from_fn(300, 200, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
        let mut bytes = Cursor::new(Vec::new());
        photo.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let [one, other] = [(), ()].map(|()| encode(bytes.get_ref()).0.unwrap());
        assert!(one.webp == other.webp && one.jpeg == other.jpeg);
    }

    #[test]
    fn animations_are_errors_and_still_gifs_are_not() {
        let gif = |frames: usize| {
            let mut bytes = Vec::new();
            let frames = std::iter::repeat_n(Frame::new(RgbaImage::new(4, 4)), frames);
            GifEncoder::new(&mut bytes).encode_frames(frames).unwrap();
            encode(&bytes).0
        };
        assert!(gif(1).is_ok());
        assert!(matches!(gif(2), Err(PictureError::Animation { .. })));
    }

    #[test]
    fn truncated_files_are_damaged() {
        for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let mut bytes = Cursor::new(Vec::new());
            let photo = RgbImage::from_fn(64, 64, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
            photo.write_to(&mut bytes, format).unwrap();
            let half = &bytes.get_ref()[..bytes.get_ref().len() / 2];
            let error = encode(half).0;
            assert!(
                matches!(error, Err(PictureError::Damaged { .. })),
                "{format:?}"
            );
        }
    }
}
