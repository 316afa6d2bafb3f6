//! Finds out if a GIF is an animation from its blocks, without decoding its frames.

/// The length of the header and the screen descriptor.
const SCREEN: usize = 13;

/// Returns true if there is a second frame. Stops where the file is damaged.
pub(super) fn has_second_frame(bytes: &[u8]) -> bool {
    count_frames(bytes, 2) == Some(2)
}

/// Counts the frames up to `max`, or returns `None` if the file ends before.
fn count_frames(bytes: &[u8], max: usize) -> Option<usize> {
    let mut rest = bytes.get(SCREEN + color_table_length(*bytes.get(10)?)..)?;
    let mut frames = 0;
    while frames < max {
        rest = match rest {
            // An extension: its label, then sub-blocks.
            [0x21, _, rest @ ..] => skip_sub_blocks(rest)?,
            // A frame: position and size, flags, colours, the code size, then sub-blocks.
            [0x2c, rest @ ..] => {
                let colors = color_table_length(*rest.get(8)?);
                let rest = skip_sub_blocks(rest.get(9 + colors + 1..)?)?;
                frames += 1;
                rest
            }
            _ => return Some(frames),
        };
    }
    Some(frames)
}

/// Returns the length of the color table that these flags announce.
fn color_table_length(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

fn skip_sub_blocks(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let length = usize::from(*rest.first()?);
        rest = rest.get(1 + length..)?;
        if length == 0 {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use image::codecs::gif::GifEncoder;
    use image::{Frame, RgbaImage};

    use super::*;

    fn encode(frames: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for _ in 0..frames {
            encoder
                .encode_frame(Frame::new(RgbaImage::new(8, 8)))
                .unwrap();
        }
        drop(encoder);
        bytes
    }

    #[test]
    fn only_two_whole_frames_are_an_animation() {
        assert!(!has_second_frame(&encode(1)));
        let animation = encode(2);
        assert!(has_second_frame(&animation));
        for end in 0..encode(1).len() {
            assert!(!has_second_frame(&animation[..end]), "{end}");
        }
    }
}
