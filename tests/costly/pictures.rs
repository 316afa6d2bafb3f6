//! Pictures beside newsletters.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Frame, RgbaImage};
use libdeflater::{CompressionLvl, Compressor, Crc};

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("png_of_one_row", || png(50_000_000, 1, GRAY)),
    ("png_of_one_column", || png(1, 50_000_000, GRAY)),
    ("png_of_longest_side", || png(30_000, 1_600, GRAY)),
    ("png_of_tallest_side", || png(1_600, 30_000, RGBA)),
    ("png_of_most_pixels", || png(10_000, 5_000, RGBA)),
    ("png_of_most_pixels_in_gray", || png(10_000, 5_000, GRAY)),
    ("png_with_16_bits", || png(5_000, 5_000, DEEP)),
    ("png_with_16_bits_and_most_pixels", || {
        png(10_000, 5_000, DEEP)
    }),
    ("png_with_huge_profile", || {
        let profile = [b"a\0\0".to_vec(), deflate(&vec![0; 1_000_000_000])].concat();
        let chunks = vec![(*b"iCCP", profile)];
        picture("a.png", encode_png(100, 100, GRAY, chunks))
    }),
    ("png_with_large_profile", || {
        let profile = [b"a\0\0".to_vec(), deflate(&vec![0; 30_000_000])].concat();
        let chunks = vec![(*b"iCCP", profile)];
        picture("a.png", encode_png(100, 100, GRAY, chunks))
    }),
    ("png_with_huge_texts", || {
        let text = [b"a\0\0".to_vec(), deflate(&vec![b'a'; 300_000_000])].concat();
        let chunks = vec![(*b"zTXt", text.clone()), (*b"zTXt", text)];
        picture("a.png", encode_png(100, 100, GRAY, chunks))
    }),
    ("png_with_many_frames", || {
        let mut chunks = vec![(*b"acTL", [0, 1, 0, 0, 0, 0, 0, 0].to_vec())];
        chunks.extend(vec![(*b"tEXt", b"a\0b".to_vec()); 500_000]);
        picture("a.png", encode_png(100, 100, GRAY, chunks))
    }),
    ("gif_of_most_pixels", || gif(1)),
    ("gif_with_two_large_frames", || gif(2)),
    ("jpeg_of_most_pixels", || {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(Cursor::new(&mut bytes), 10);
        encoder
            .encode(
                &vec![100; 150_000_000],
                10_000,
                5_000,
                ExtendedColorType::Rgb8,
            )
            .unwrap();
        picture("a.jpg", bytes)
    }),
];

/// The color type, the bits of a channel and the bytes of a pixel.
type Kind = (u8, u8, usize);

const GRAY: Kind = (0, 8, 1);
const RGBA: Kind = (6, 8, 4);
const DEEP: Kind = (6, 16, 8);

fn picture(file: &'static str, bytes: Vec<u8>) -> Case {
    let text = format!(
        "Digest\n\n![A picture]({file})\n\nVol: 1\n\nDate: March 11, 2022\n\nHeadlines:\n\n- a\n\n\
         Details:\n\n- b\n"
    );
    Case::new("issue.md", text).with_file(file, bytes)
}

fn png(width: u32, height: u32, kind: Kind) -> Case {
    picture("a.png", encode_png(width, height, kind, Vec::new()))
}

fn encode_png(
    width: u32,
    height: u32,
    (color, bits, bytes): Kind,
    chunks: Vec<([u8; 4], Vec<u8>)>,
) -> Vec<u8> {
    let row = 1 + width as usize * bytes;
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[bits, color, 0, 0, 0],
    ];
    let mut all = vec![(*b"IHDR", header.concat())];
    all.extend(chunks);
    all.push((*b"IDAT", deflate(&vec![0; row * height as usize])));
    all.push((*b"IEND", Vec::new()));
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in all {
        let mut crc = Crc::new();
        crc.update(&kind);
        crc.update(&content);
        png.extend((content.len() as u32).to_be_bytes());
        png.extend(kind);
        png.extend(content);
        png.extend(crc.sum().to_be_bytes());
    }
    png
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::fastest());
    let mut compressed = vec![0; compressor.zlib_compress_bound(bytes.len())];
    let length = compressor.zlib_compress(bytes, &mut compressed).unwrap();
    compressed.truncate(length);
    compressed
}

fn gif(frames: usize) -> Case {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    for _ in 0..frames {
        encoder
            .encode_frame(Frame::new(RgbaImage::new(10_000, 5_000)))
            .unwrap();
    }
    drop(encoder);
    picture("a.gif", bytes)
}
