//! The pictures of issues: loads them from beside or inside the newsletters, and writes them into
//! the site.

use std::collections::BTreeMap;
use std::path::Path;

use digest_issue::{Image, Issue, Src};
use percent_encoding::percent_decode_str;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use url::Url;

use super::store::{Effort, Store};
use crate::budget::{Budget, Limit};
use crate::image_source::WordParts;
use crate::site::PICTURES;
use crate::{Diagnostic, Picture, PictureError, Severity, SiteFile, Unplaced};

/// Loads the pictures of an issue from beside or inside its newsletter, and sets their paths in the
/// site and their sizes in the issue. Pictures elsewhere on the web stay there.
pub(super) struct PictureLoader<'a> {
    pub(super) newsletter: &'a Path,
    pub(super) word_parts: &'a WordParts,
    /// The folder that all pictures are in.
    pub(super) folder: &'a Path,
    pub(super) unplaced: Unplaced,
}

/// The pictures that the site has to contain for an issue.
#[derive(Debug, Default)]
pub(super) struct LoadedPictures {
    /// Each once, by its address in the newsletter; `None` for one that cannot be shown.
    by_address: BTreeMap<String, Option<Picture>>,
    pub(super) warnings: Vec<Diagnostic>,
    errors: Vec<Diagnostic>,
}

impl LoadedPictures {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Picture> {
        self.by_address.values().flatten()
    }
}

impl PictureLoader<'_> {
    /// Loads all pictures. One that cannot be shown is left out of the issue with a warning if it
    /// is inside a Word document, whose editor cannot fix it, or if the series leaves out what it
    /// cannot place.
    ///
    /// # Errors
    ///
    /// Returns the errors about all other pictures that cannot be shown.
    pub(super) fn load_all(&self, issue: &mut Issue) -> Result<LoadedPictures, Vec<Diagnostic>> {
        let mut loaded = LoadedPictures::default();
        let mut budget = Budget::default();
        issue.retain_images(|image| self.load_image(image, &mut loaded, &mut budget));
        loaded.errors.extend(budget.check().err());
        if loaded.errors.is_empty() {
            Ok(loaded)
        } else {
            Err(loaded.errors)
        }
    }

    /// Returns false if the image is left out.
    fn load_image(
        &self,
        image: &mut Image,
        loaded: &mut LoadedPictures,
        budget: &mut Budget,
    ) -> bool {
        let Some(src) = &image.src else {
            return true;
        };
        let Some(address) = src.safe_url().filter(|src| Url::parse(src).is_err()) else {
            return true;
        };
        let name = percent_decode_str(address).decode_utf8_lossy().into_owned();
        if !loaded.by_address.contains_key(&name) {
            if !budget.spend(Limit::Pictures, 1) {
                return true;
            }
            let picture = self.load_picture(src, &name, loaded);
            let pixels = picture.as_ref().map_or(0, Picture::pixels);
            if !budget.spend(Limit::Pixels, pixels) {
                return true;
            }
            loaded.by_address.insert(name.clone(), picture);
        }
        let Some(Some(picture)) = loaded.by_address.get(&name) else {
            return false;
        };
        // The path is relative to an issue's folder, so that it also works in the folder of a moved
        // issue.
        image.src = Some(Src::new(format!("../../{}", site_path(&picture.webp()))));
        (image.width, image.height) = (Some(picture.width()), Some(picture.height()));
        true
    }

    fn load_picture(&self, src: &Src, name: &str, loaded: &mut LoadedPictures) -> Option<Picture> {
        let is_inside = self.word_parts.contains_image(src);
        let picture = if is_inside {
            Picture::load_embedded(self.newsletter, name)
        } else {
            Picture::load(&self.newsletter.with_file_name(name), self.folder)
        };
        match picture {
            Ok(picture) => return Some(picture),
            Err(error) if is_inside || self.unplaced == Unplaced::LeaveOut => {
                loaded.warnings.push(left_out_warning(error));
            }
            Err(error) => loaded.errors.push(error.into()),
        }
        None
    }
}

fn left_out_warning(error: PictureError) -> Diagnostic {
    let error = Diagnostic::from(error);
    Diagnostic {
        severity: Severity::Warning,
        message: format!("{}; it is left out", error.message),
        ..error
    }
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

    use digest_issue::{Block, Image};

    use super::*;

    fn load(
        issue: &mut Issue,
        folder: &Path,
        unplaced: Unplaced,
    ) -> Result<LoadedPictures, Vec<Diagnostic>> {
        let loader = PictureLoader {
            newsletter: &folder.join("1.md"),
            word_parts: &WordParts::default(),
            folder,
            unplaced,
        };
        loader.load_all(issue)
    }

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
        let image = Block::Image(issue.image.clone().unwrap());
        issue.headlines[0].detail.insert(0, image);
        let pictures = load(&mut issue, &issues, Unplaced::Refuse).unwrap();
        let [picture] = pictures.iter().collect::<Vec<_>>()[..] else {
            panic!("the picture is loaded once");
        };
        let image = issue.image.unwrap();
        assert_eq!(issue.headlines[0].detail[0], Block::Image(image.clone()));
        assert_eq!(
            image.src.unwrap().safe_url(),
            Some(&*format!("../../images/{}", picture.webp()))
        );
        assert_eq!((image.width, image.height), (Some(6), Some(4)));

        let output = folder.path().join("site");
        let build = || {
            let store = Store::begin(&output).unwrap();
            write_pictures([picture, picture].into_iter(), &store).unwrap();
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
    fn picture_on_the_web_stays_there() {
        let folder = tempfile::tempdir().unwrap();
        let mut on_the_web = issue_with_image("https://example.com/radar.jpg");
        let pictures = load(&mut on_the_web, folder.path(), Unplaced::Refuse).unwrap();
        assert_eq!(pictures.iter().count(), 0);
        assert_eq!(
            on_the_web,
            issue_with_image("https://example.com/radar.jpg")
        );
    }

    #[test]
    fn missing_picture_is_an_error_or_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut issue = issue_with_image("radar.jpg");
        let errors = load(&mut issue.clone(), folder.path(), Unplaced::Refuse).unwrap_err();
        assert!(errors[0].message.contains("radar.jpg” cannot be read"));
        let pictures = load(&mut issue, folder.path(), Unplaced::LeaveOut).unwrap();
        assert!(pictures.warnings[0].message.ends_with("it is left out"));
        assert_eq!(issue.image, None);
    }

    #[test]
    fn pictures_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let mut issue = issue_with_image("0.jpg");
        issue.outro = (1..=200)
            .map(|number| Block::Image(issue_with_image(&format!("{number}.jpg")).image.unwrap()))
            .collect();
        let errors = load(&mut issue, folder.path(), Unplaced::LeaveOut).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert!(errors[0].message.contains("more than 200 pictures"));
    }
}
