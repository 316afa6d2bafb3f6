use std::io::Cursor;

use fast_image_resize::Resizer;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{EncodingError, ImageFormatHint};
use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageResult, Pixel,
    RgbImage, Rgba, RgbaImage,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use webp::{PixelLayout, WebPConfig};

use super::{Picture, PictureError};

/// Of 100. Up to here a photo is hard to tell from the original, and from here on it gets much larger.
const WEBP_QUALITY: f32 = 80.0;
const JPEG_QUALITY: u8 = 85;

/// A picture ready for the web: upright, in the colours of the web, and without what the camera noted,
/// such as the place.
pub struct Encoded {
    /// For readers' browsers.
    pub webp: Vec<u8>,
    /// For feeds and previews, whose readers may not know WebP. What was transparent is white.
    pub jpeg: Vec<u8>,
}

impl Picture {
    /// Makes the picture ready for the web. It takes about a second for the photo of a phone, and up to
    /// half a gigabyte of memory for the largest one allowed.
    ///
    /// # Errors
    ///
    /// If the file is damaged or an animation.
    pub fn encode(&self) -> Result<Encoded, PictureError> {
        let bytes = self.bytes()?;
        let failed = |error| PictureError::decoder(&self.path, &error);
        if moves(&bytes, self.format).map_err(failed)? {
            return Err(PictureError::Animation {
                path: self.path.clone(),
            });
        }
        let image = self.ready(&bytes).map_err(failed)?;
        Ok(Encoded {
            webp: webp(&image).map_err(failed)?,
            jpeg: jpeg(&image).map_err(failed)?,
        })
    }

    /// The pixels as they are on the web.
    fn ready(&self, bytes: &[u8]) -> ImageResult<DynamicImage> {
        let mut decoder = super::decoder(bytes, self.format)?;
        let (orientation, profile) = (decoder.orientation()?, decoder.icc_profile()?);
        let image = eight_bits(DynamicImage::from_decoder(decoder)?);
        let (width, height) = super::upright((self.width, self.height), orientation);
        let mut image = resized(image, width, height)?;
        image.apply_orientation(orientation);
        Ok(profile
            .and_then(|profile| in_web_colors(&image, &profile))
            .unwrap_or(image))
    }
}

fn moves(bytes: &[u8], format: ImageFormat) -> ImageResult<bool> {
    let bytes = Cursor::new(bytes);
    Ok(match format {
        ImageFormat::Gif => {
            GifDecoder::new(bytes)?
                .into_frames()
                .take(2)
                .filter(Result::is_ok)
                .count()
                == 2
        }
        ImageFormat::Png => PngDecoder::new(bytes)?.is_apng()?,
        ImageFormat::WebP => WebPDecoder::new(bytes)?.has_animation(),
        _ => false,
    })
}

/// Red, green and blue, and how opaque it is unless all of it is.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    }
}

fn resized(image: DynamicImage, width: u32, height: u32) -> ImageResult<DynamicImage> {
    if (image.width(), image.height()) == (width, height) {
        return Ok(image);
    }
    let mut small = DynamicImage::new(width, height, image.color());
    Resizer::new()
        .resize(&image, &mut small, None)
        .map_err(other)?;
    Ok(small)
}

/// The picture in sRGB, which browsers take a picture without a profile for. `None` if the profile is not
/// for such a picture, or broken: then its colours are best left as they are.
fn in_web_colors(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
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

fn webp(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut config = WebPConfig::new().map_err(|()| other("no settings for WebP"))?;
    config.quality = WEBP_QUALITY;
    // Thin red lines on a chart stay sharp, which costs time only.
    config.use_sharp_yuv = 1;
    let layout = if image.color().has_alpha() {
        PixelLayout::Rgba
    } else {
        PixelLayout::Rgb
    };
    let encoder = webp::Encoder::new(image.as_bytes(), layout, image.width(), image.height());
    let webp = encoder
        .encode_advanced(&config)
        .map_err(|error| other(format!("{error:?}")))?;
    Ok(webp.to_vec())
}

fn jpeg(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&on_white(image))?;
    Ok(jpeg)
}

/// JPEG knows no transparency, and most pages of those who read feeds are white.
fn on_white(image: &DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(image) = image else {
        return image.to_rgb8();
    };
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let mut pixel = Rgba([u8::MAX; 4]);
        pixel.blend(image.get_pixel(x, y));
        pixel.to_rgb()
    })
}

/// An error of the encoders, which no picture of a size that a decoder allows can cause.
fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ImageError {
    ImageError::Encoding(EncodingError::new(ImageFormatHint::Unknown, error))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use image::codecs::gif::GifEncoder;
    use image::codecs::png::PngEncoder;
    use image::{ExtendedColorType, Frame, ImageEncoder, Rgb};

    use super::*;

    /// What becomes of a file, and the size that was foretold.
    fn encode(bytes: &[u8]) -> (Result<Encoded, PictureError>, (u32, u32)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("radar");
        fs::write(&path, bytes).unwrap();
        let picture = Picture::load(&path, folder.path()).unwrap();
        (picture.encode(), (picture.width(), picture.height()))
    }

    /// The WebP and the JPEG.
    fn decoded(bytes: &[u8]) -> [DynamicImage; 2] {
        let encoded = encode(bytes).0.unwrap();
        [encoded.webp, encoded.jpeg].map(|bytes| image::load_from_memory(&bytes).unwrap())
    }

    /// Whether two colours are as near as lossy formats leave them.
    fn is_near(found: &[u8], expected: &[u8]) -> bool {
        found.len() == expected.len()
            && found.iter().zip(expected).all(|(a, b)| a.abs_diff(*b) < 12)
    }

    #[test]
    fn a_photo_is_turned_and_shrunk_and_tells_nothing_of_the_camera() {
        // Held on its side: what is right in the file is below in the picture.
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
        for image in decoded(&bytes) {
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
    fn what_is_transparent_stays_so_and_is_white_for_those_who_know_no_transparency() {
        let logo = RgbaImage::from_fn(64, 64, |x, _| {
            Rgba([200, 0, 0, if x < 32 { 0 } else { 255 }])
        });
        let mut bytes = Cursor::new(Vec::new());
        logo.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let [webp, jpeg] = decoded(bytes.get_ref()).map(DynamicImage::into_rgba8);
        assert_eq!(webp.get_pixel(8, 8)[3], 0);
        assert!(is_near(&webp.get_pixel(56, 8).0, &[200, 0, 0, 255]));
        assert!(is_near(&jpeg.get_pixel(8, 8).0, &[255, 255, 255, 255]));
        assert!(is_near(&jpeg.get_pixel(56, 8).0, &[200, 0, 0, 255]));
    }

    #[test]
    fn the_colours_of_a_phone_become_those_of_the_web() {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder
            .set_icc_profile(ColorProfile::new_display_p3().encode().unwrap())
            .unwrap();
        encoder
            .write_image(&[100, 190, 100].repeat(64), 8, 8, ExtendedColorType::Rgb8)
            .unwrap();
        for image in decoded(&bytes) {
            // As <https://www.w3.org/TR/css-color-4/#color-conversion-code> has it.
            assert!(is_near(
                &image.into_rgb8().get_pixel(4, 4).0,
                &[57, 193, 88]
            ));
        }
    }

    #[test]
    fn the_same_picture_gives_the_same_bytes() {
        let photo = RgbImage::from_fn(300, 200, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
        let mut bytes = Cursor::new(Vec::new());
        photo.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let [one, other] = [(), ()].map(|()| encode(bytes.get_ref()).0.unwrap());
        assert!(one.webp == other.webp && one.jpeg == other.jpeg);
    }

    #[test]
    fn an_animation_is_refused_and_a_still_gif_is_not() {
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
    fn what_breaks_off_is_damaged() {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(64, 64)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        let half = &bytes.get_ref()[..bytes.get_ref().len() / 2];
        assert!(matches!(encode(half).0, Err(PictureError::Damaged { .. })));
    }
}
