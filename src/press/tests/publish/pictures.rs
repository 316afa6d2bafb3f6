use std::fs;

use super::LabeledSpan;

/// With a picture above its headlines, and another one in a detail.
const DOCUMENTS: [&str; 2] = ["docx_picture", "docx_picture_libreoffice"];

#[test]
fn the_picture_inside_of_a_word_document_is_in_the_site() {
    for document in DOCUMENTS {
        let place = LabeledSpan::new();
        fs::create_dir(place.path("issues")).unwrap();
        let document = format!(
            "{}/../../tests/import/{document}/newsletter.docx",
            env!("CARGO_MANIFEST_DIR")
        );
        fs::copy(document, place.path("issues/1.6.docx")).unwrap();
        let said = place.build();
        assert!(said.contains("1 warning"), "{said}");
        assert!(said.contains("![Our seal]"), "{said}");

        let issue = place.read("site/issues/us-japan-alliance-digest-1.6/issue.json");
        let issue: serde_json::Value = serde_json::from_str(&issue).unwrap();
        let image = &issue["image"];
        assert_eq!(
            (&image["width"], &image["height"]),
            (&640.into(), &360.into())
        );
        assert_eq!(image["alt"], "The radar site at dusk");
        let picture = image["src"]
            .as_str()
            .unwrap()
            .strip_prefix("../../")
            .unwrap();
        let picture = place.path("site").join(picture);
        assert_eq!(image::image_dimensions(picture).unwrap(), (640, 360));
        assert!(place.build().contains("0 files written"));
    }
}
