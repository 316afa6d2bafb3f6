//! Screenshots, compared pixel by pixel.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use png::{ColorType, Decoder, Encoder, Transformations};

/// A decoded screenshot.
pub struct Screenshot {
    width: u32,
    height: u32,
    /// Three or four bytes for each pixel, row by row.
    samples: Vec<u8>,
    channels: usize,
}

impl Screenshot {
    /// Decodes a PNG file as WebDriver sends it.
    pub(crate) fn decode(png: &[u8]) -> Self {
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a driver sends PNG");
        let size = reader
            .output_buffer_size()
            .expect("a screenshot fits in memory");
        let mut samples = vec![0; size];
        let frame = reader
            .next_frame(&mut samples)
            .expect("a driver sends whole screenshots");
        samples.truncate(frame.buffer_size());
        let (width, height, channels) = (frame.width, frame.height, frame.color_type.samples());
        Screenshot {
            width,
            height,
            samples,
            channels,
        }
    }

    /// A part with this left and upper edge, width and height, in pixels.
    #[must_use]
    pub(crate) fn crop(&self, [x, y, width, height]: [u32; 4]) -> Self {
        assert!(
            x + width <= self.width && y + height <= self.height,
            "a part of {width}×{height} pixels at {x}, {y} is not in a screenshot of {}×{}",
            self.width,
            self.height
        );
        let bytes = |pixels: u32| pixels as usize * self.channels;
        let rows = self
            .samples
            .chunks_exact(bytes(self.width))
            .skip(y as usize)
            .take(height as usize);
        let samples = rows
            .flat_map(|row| &row[bytes(x)..bytes(x + width)])
            .copied()
            .collect();
        Screenshot {
            width,
            height,
            samples,
            channels: self.channels,
        }
    }

    /// Writes a PNG file, for people to look at.
    pub fn write(&self, file: &Path) {
        let folder = file.parent().expect("it is in a folder");
        fs::create_dir_all(folder).expect("target/ can be written to");
        let file = fs::File::create(file).expect("target/ can be written to");
        let mut encoder = Encoder::new(file, self.width, self.height);
        encoder.set_color(if self.channels == 4 {
            ColorType::Rgba
        } else {
            ColorType::Rgb
        });
        let mut writer = encoder.write_header().expect("target/ can be written to");
        writer
            .write_image_data(&self.samples)
            .expect("target/ can be written to");
    }

    /// Describes how another screenshot differs. None if every pixel looks the same.
    pub fn difference(&self, other: &Screenshot) -> Option<String> {
        let [own, others] = [self, other].map(|screenshot| (screenshot.width, screenshot.height));
        if own != others {
            return Some(format!("{own:?} pixels against {others:?}"));
        }
        let differing: Vec<usize> = self
            .pixels()
            .zip(other.pixels())
            .enumerate()
            .filter_map(|(index, (own, other))| (!look_the_same(own, other)).then_some(index))
            .collect();
        let first = differing.first()?;
        let (x, y) = (first % self.width as usize, first / self.width as usize);
        Some(format!(
            "{} of {}×{} pixels, the first at {x}, {y}",
            differing.len(),
            self.width,
            self.height
        ))
    }

    fn pixels(&self) -> impl Iterator<Item = &[u8]> {
        self.samples
            .chunks_exact(self.channels)
            .map(|pixel| &pixel[..3])
    }
}

/// Chromium rounds the edge of a rounded corner up in one paint and down in the next: by one of
/// 255.
fn look_the_same(own: &[u8], other: &[u8]) -> bool {
    own.iter()
        .zip(other)
        .all(|(own, other)| own.abs_diff(*other) <= 1)
}
