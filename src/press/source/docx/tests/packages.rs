//! Packages whose names are written in other ways.

use super::*;
use crate::source::document::{DocumentBlock, DocumentPiece};

/// Zips files into a package.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn relations(targets: &[(&str, &str)]) -> String {
    let relations = targets.iter().map(|(kind, target)| {
        format!("<Relationship Id='{kind}' Type='t/{kind}' Target='{target}'/>")
    });
    format!(
        "<Relationships>{}</Relationships>",
        relations.collect::<String>()
    )
}

#[test]
fn parts_are_found_by_every_notation_of_their_name() {
    let document = wrap_body(
        "<w:p><w:r><w:drawing><docPr descr='a'/><blip embed='image'/></w:drawing></w:r></w:p>",
    );
    for (target, part) in [
        ("../media/a.png", "media/a.png"),
        ("media/a.png", "word/media/a.png"),
        ("/word/Media/A.PNG", "word/media/a.png"),
        ("media/caf%C3%A9%201.png", "word/media/cafe\u{301} 1.png"),
        ("./media/../a.png", "word\\a.png"),
    ] {
        let files = [
            (
                "_rels/.rels",
                &*relations(&[("officeDocument", "/Word/Document.xml")]),
            ),
            ("word/document.xml", &document),
            (
                "word/_rels/document.xml.rels",
                &relations(&[("image", target)]),
            ),
            (part, "picture"),
        ];
        let package = zip(&files);
        let mut budget = Budget::default();
        let read = read(package.clone(), &mut budget).unwrap();
        let Some(DocumentBlock::Paragraph(_, pieces)) = read.blocks.first() else {
            panic!("no paragraph");
        };
        let Some(DocumentPiece::Image { src, .. }) = pieces.first() else {
            panic!("{target}: {pieces:?}");
        };
        assert_eq!(
            read_picture(package, src.as_str(), 100).unwrap(),
            b"picture",
            "{target}"
        );
    }
}

#[test]
fn a_link_without_a_target_mode_is_an_address() {
    let body = "<w:p><w:hyperlink xmlns:r='r' r:id='hyperlink'><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>";
    let files = [
        (
            "_rels/.rels",
            &*relations(&[("officeDocument", "word/document.xml")]),
        ),
        ("word/document.xml", &wrap_body(body)),
        (
            "word/_rels/document.xml.rels",
            &relations(&[("hyperlink", "https://x.example/a/../b")]),
        ),
    ];
    let mut budget = Budget::default();
    let document = read(zip(&files), &mut budget).unwrap();
    let source = markdown::write_document(document, &mut budget).unwrap();
    assert_eq!(source.text, "[a](https://x.example/a/../b)\n");
}

#[test]
fn links_of_footnotes_are_their_own() {
    let notes = "<w:footnotes xmlns:w='w' xmlns:r='r'><w:footnote w:id='2'><w:p><w:hyperlink r:id='l'><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p></w:footnote></w:footnotes>";
    let own = "<Relationships><Relationship Id='l' Type='t/hyperlink' Target='https://note.example/' TargetMode='External'/></Relationships>";
    let parts = [
        ("word/footnotes.xml", notes),
        ("word/_rels/footnotes.xml.rels", own),
    ];
    let text = "<w:p><w:r><w:t>b</w:t><w:footnoteReference w:id='2'/></w:r></w:p>";
    let expected = "b[^1]\n\n[^1]: [a](https://note.example/)\n";
    assert_eq!(convert(text, &parts).text, expected);
}
