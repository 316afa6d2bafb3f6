//! Pictures inside Word documents.

use std::fs;

use serde_json::Value;

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
        assert!(stderr.contains("0 warnings"), "{stderr}");

        let issue = workspace.read("site/issues/us-japan-alliance-digest-1.6/issue.json");
        let issue: Value = serde_json::from_str(&issue).unwrap();
        let detail = issue["headlines"][0]["detail"].as_array().unwrap();
        let seal = detail.iter().find(|block| block["image"].is_object());
        check_picture(
            &workspace,
            &issue["image"],
            "The radar site at dusk",
            (640, 360),
        );
        check_picture(&workspace, &seal.unwrap()["image"], "Our seal", SEAL);
        assert!(workspace.build().contains("0 files written"));
    }
}

/// The size of the picture in a detail.
const SEAL: (u32, u32) = (64, 64);

fn check_picture(workspace: &Workspace, image: &Value, alt: &str, size: (u32, u32)) {
    assert_eq!(image["alt"], alt);
    assert_eq!(image["width"], size.0);
    assert_eq!(image["height"], size.1);
    let src = image["src"].as_str().unwrap();
    let file = workspace
        .path("site")
        .join(src.strip_prefix("../../").unwrap());
    assert_eq!(image::image_dimensions(file).unwrap(), size);
}
