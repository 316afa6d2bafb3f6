use std::collections::BTreeMap;
use std::path::Path;

use digest_issue::{Issue, Src};
use percent_encoding::percent_decode_str;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use url::Url;

use super::store::{Effort, Store};
use crate::site::PICTURES;
use crate::{Diagnostic, Picture, PictureError, SiteFile, source};

/// Takes the picture beside a newsletter, or inside of it, for its issue, which then says where in the site
/// it is, and how large. One that is elsewhere on the web stays there.
pub(super) fn take(
    issue: &mut Issue,
    newsletter: &Path,
    folder: &Path,
) -> Result<Option<Picture>, PictureError> {
    let Some(image) = &mut issue.image else {
        return Ok(None);
    };
    let Some(name) = image
        .src
        .as_ref()
        .and_then(Src::safe_url)
        .filter(|src| Url::parse(src).is_err())
    else {
        return Ok(None);
    };
    let name = percent_decode_str(name).decode_utf8_lossy();
    let picture = if source::is_in_document(newsletter, &name) {
        Picture::in_document(newsletter, &name)?
    } else {
        Picture::load(&newsletter.with_file_name(&*name), folder)?
    };
    // From the folder of any issue, also of one that moved.
    image.src = Some(Src::new(format!("../../{}", path(&picture.webp()))));
    (image.width, image.height) = (Some(picture.width()), Some(picture.height()));
    Ok(Some(picture))
}

/// Writes each picture once. What the old site has is taken from there, since making it takes time.
pub(super) fn write<'a>(
    pictures: impl Iterator<Item = &'a Picture>,
    store: &Store,
) -> Result<(), Diagnostic> {
    let pictures: BTreeMap<_, _> = pictures.map(|picture| (picture.webp(), picture)).collect();
    pictures.into_par_iter().try_for_each(|(_, picture)| {
        let [webp, jpeg] = [picture.webp(), picture.jpeg()].map(|name| path(&name));
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

/// All pictures are in one folder, so that one that two issues have is there once.
fn path(name: &str) -> String {
    format!("{PICTURES}{name}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use digest_issue::Image;

    use super::*;

    fn issue(src: &str) -> Issue {
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
    fn a_picture_beside_the_newsletter_is_in_the_site_once_and_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let issues = folder.path().join("issues");
        fs::create_dir(&issues).unwrap();
        image::RgbImage::new(6, 4)
            .save(issues.join("the radar.png"))
            .unwrap();
        let mut issue = issue("the%20radar.png");
        let newsletter = issues.join("1.md");
        let picture = take(&mut issue, &newsletter, &issues).unwrap().unwrap();
        let image = issue.image.unwrap();
        assert_eq!(
            image.src.unwrap().safe_url(),
            Some(&*format!("../../images/{}", picture.webp()))
        );
        assert_eq!((image.width, image.height), (Some(6), Some(4)));

        let output = folder.path().join("site");
        let build = || {
            let store = Store::begin(&output).unwrap();
            write([&picture, &picture].into_iter(), &store).unwrap();
            store.finish().unwrap().written.len()
        };
        assert_eq!(build(), 2);
        let webp = output.join("images").join(picture.webp());
        assert_eq!(image::image_dimensions(&webp).unwrap(), (6, 4));
        // Nothing is made again: without the file it could not be.
        fs::remove_file(issues.join("the radar.png")).unwrap();
        assert_eq!(build(), 0);
        assert!(webp.is_file());
    }

    #[test]
    fn a_picture_on_the_web_stays_there_and_one_that_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let newsletter = folder.path().join("1.md");
        let mut on_the_web = issue("https://example.com/radar.jpg");
        assert!(
            take(&mut on_the_web, &newsletter, folder.path())
                .unwrap()
                .is_none()
        );
        assert_eq!(on_the_web, issue("https://example.com/radar.jpg"));
        let missing = take(&mut issue("radar.jpg"), &newsletter, folder.path()).unwrap_err();
        assert!(matches!(missing, PictureError::Read { .. }));
    }
}
