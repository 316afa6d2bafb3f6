//! The pictures of issues: loads them from beside or inside the newsletters, and writes them into
//! the site.

use std::collections::BTreeMap;
use std::path::Path;

use digest_issue::{Issue, Src};
use percent_encoding::percent_decode_str;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use url::Url;

use super::store::{Effort, Store};
use crate::image_source::WordParts;
use crate::site::PICTURES;
use crate::{Diagnostic, Picture, PictureError, SiteFile};

/// Loads the picture of an issue from beside or inside its newsletter, and sets its path in the
/// site and its size in the issue. Returns `None` if there is no picture, or if it stays elsewhere
/// on the web.
pub(super) fn load_picture(
    issue: &mut Issue,
    newsletter: &Path,
    word_parts: &WordParts,
    folder: &Path,
) -> Result<Option<Picture>, PictureError> {
    let Some(image) = &mut issue.image else {
        return Ok(None);
    };
    let Some(src) = &image.src else {
        return Ok(None);
    };
    let Some(name) = src.safe_url().filter(|src| Url::parse(src).is_err()) else {
        return Ok(None);
    };
    let name = percent_decode_str(name).decode_utf8_lossy();
    let picture = if word_parts.contains_image(src) {
        Picture::load_embedded(newsletter, &name)?
    } else {
        Picture::load(&newsletter.with_file_name(&*name), folder)?
    };
    // The path is relative to an issue's folder, so that it also works in the folder of a moved
    // issue.
    image.src = Some(Src::new(format!("../../{}", site_path(&picture.webp()))));
    (image.width, image.height) = (Some(picture.width()), Some(picture.height()));
    Ok(Some(picture))
}

/// Writes each picture once. Encoding takes time, so files of the old site are kept.
pub(super) fn write_pictures<'a>(
    pictures: impl Iterator<Item = &'a Picture>,
    store: &Store,
) -> Result<(), Diagnostic> {
    let pictures: BTreeMap<_, _> = pictures.map(|picture| (picture.webp(), picture)).collect();
    pictures.into_par_iter().try_for_each(|(_, picture)| {
        let [webp, jpeg] = [picture.webp(), picture.jpeg()].map(|name| site_path(&name));
        let is_kept = [store.keep(&webp)?, store.keep(&jpeg)?];
        if is_kept == [true, true] {
            return Ok(());
        }
        let encoded = picture.encode()?;
        let files = [
            SiteFile {
                path: webp,
                bytes: encoded.webp,
            },
            SiteFile {
                path: jpeg,
                bytes: encoded.jpeg,
            },
        ];
        for (file, _) in files.iter().zip(is_kept).filter(|(_, is_kept)| !is_kept) {
            store.write(&file.path, &file.bytes, Effort::Quick)?;
        }
        Ok(())
    })
}

/// Returns the path of a picture in the site. All are in one folder, so that issues can share a
/// picture.
fn site_path(name: &str) -> String {
    format!("{PICTURES}{name}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use digest_issue::Image;

    use super::*;

    fn issue_with_image(src: &str) -> Issue {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let image = Image {
            src: Some(Src::new(src)),
            ..Image::default()
        };
        Issue {
            image: Some(image),
            ..Issue::from_json(json).unwrap()
        }
    }

    #[test]
    fn picture_beside_the_newsletter_is_encoded_and_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let issues = folder.path().join("issues");
        fs::create_dir(&issues).unwrap();
        image::RgbImage::new(6, 4)
            .save(issues.join("the radar.png"))
            .unwrap();
        let mut issue = issue_with_image("the%20radar.png");
        let newsletter = issues.join("1.md");
        let no_parts = WordParts::default();
        let picture = load_picture(&mut issue, &newsletter, &no_parts, &issues)
            .unwrap()
            .unwrap();
        let image = issue.image.unwrap();
        assert_eq!(
            image.src.unwrap().safe_url(),
            Some(&*format!("../../images/{}", picture.webp()))
        );
        assert_eq!((image.width, image.height), (Some(6), Some(4)));

        let output = folder.path().join("site");
        let build = || {
            let store = Store::begin(&output).unwrap();
            write_pictures([&picture, &picture].into_iter(), &store).unwrap();
            store.finish().unwrap().written.len()
        };
        assert_eq!(build(), 2);
        let webp = output.join("images").join(picture.webp());
        assert_eq!(image::image_dimensions(&webp).unwrap(), (6, 4));
        // The file is gone, so the picture could not be encoded again.
        fs::remove_file(issues.join("the radar.png")).unwrap();
        assert_eq!(build(), 0);
        assert!(webp.is_file());
    }

    #[test]
    fn picture_on_the_web_stays_there_and_a_missing_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let newsletter = folder.path().join("1.md");
        let no_parts = WordParts::default();
        let mut on_the_web = issue_with_image("https://example.com/radar.jpg");
        assert!(
            load_picture(&mut on_the_web, &newsletter, &no_parts, folder.path())
                .unwrap()
                .is_none()
        );
        assert_eq!(
            on_the_web,
            issue_with_image("https://example.com/radar.jpg")
        );
        let missing = load_picture(
            &mut issue_with_image("radar.jpg"),
            &newsletter,
            &no_parts,
            folder.path(),
        )
        .unwrap_err();
        assert!(matches!(missing, PictureError::Read { .. }));
    }
}
