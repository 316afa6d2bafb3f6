//! Pictures inside Word documents.

use std::fs;

use super::Workspace;

/// Documents with a picture above the headlines, and another one in a detail.
const DOCUMENTS: [&str; 2] = ["docx_picture", "docx_picture_libreoffice"];

#[test]
fn picture_inside_a_word_document_is_in_the_site() {
    for document in DOCUMENTS {
        let workspace = Workspace::new();
        fs::create_dir(workspace.path("issues")).unwrap();
        let document = format!(
            "{}/../../tests/import/{document}/newsletter.docx",
            env!("CARGO_MANIFEST_DIR")
        );
        fs::copy(document, workspace.path("issues/1.6.docx")).unwrap();
        let stderr = workspace.build();
        assert!(stderr.contains("1 warning"), "{stderr}");
        assert!(stderr.contains("![Our seal]"), "{stderr}");

        let issue = workspace.read("site/issues/us-japan-alliance-digest-1.6/issue.json");
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
        let picture = workspace.path("site").join(picture);
        assert_eq!(image::image_dimensions(picture).unwrap(), (640, 360));
        assert!(workspace.build().contains("0 files written"));
    }
}
