//! Finds out if a JPEG ends early, which decoders fill with grey.

/// Returns true if the end of a picture is missing, as after an interrupted download.
pub(super) fn is_cut_off(bytes: &[u8]) -> bool {
    find_end(bytes).is_none()
}

/// Finds the marker of the end. Segments are skipped: a thumbnail in one has an end of its own.
fn find_end(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(2..)?;
    loop {
        let index = rest.windows(2).position(is_marker)?;
        let marker = *rest.get(index + 1)?;
        rest = rest.get(index + 2..)?;
        if marker == 0xd9 {
            return Some(());
        }
        let [high, low, ..] = rest else { return None };
        rest = rest.get(usize::from(u16::from_be_bytes([*high, *low]))..)?;
    }
}

/// Returns true for a marker that begins a segment or ends the picture. Others stand within the
/// pixels or fill gaps.
fn is_marker(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, marker] if !matches!(marker, 0 | 1 | 0xd0..=0xd8 | 0xff))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, RgbImage};

    use super::*;

    fn jpeg() -> Vec<u8> {
        let photo = RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
        let mut bytes = Cursor::new(Vec::new());
        photo.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn whole_pictures_are_not_cut_off() {
        let whole = jpeg();
        assert!(!is_cut_off(&whole));
        assert!(!is_cut_off(&[&whole[..], b"a second picture"].concat()));
    }

    #[test]
    fn halves_are_cut_off_also_with_a_whole_thumbnail() {
        let whole = jpeg();
        for length in [0, 2, 3, 20, whole.len() / 2, whole.len() - 1] {
            assert!(is_cut_off(&whole[..length]), "{length}");
        }
        let thumbnail = [&[0xff, 0xe1, 0, 6][..], &[0xff, 0xd8, 0xff, 0xd9]].concat();
        let half = [&whole[..2], &thumbnail, &whole[2..whole.len() / 2]].concat();
        assert!(is_cut_off(&half));
    }
}
