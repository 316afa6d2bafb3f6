//! The parts of a document: a .docx file is a zip archive of XML files that name each other.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::UTF_8;
use roxmltree::Document as Xml;
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::MAX_DEPTH;
use super::xml::{attribute, elements};
use crate::image_source::ImageSource;
use crate::{Diagnostic, Rule};

/// The most bytes of one part when it is unpacked: the text of a thousand newsletters.
const MAX_PART: u64 = 16 * 1024 * 1024;

/// How the files of Word before 2007 begin, and those with a password.
const OLD_FORMAT: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

pub(crate) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

/// What a part refers to, by the names that it uses.
#[derive(Default)]
pub(crate) struct Relations {
    relations: BTreeMap<String, Relation>,
}

struct Relation {
    /// The last segment of its type: `hyperlink`.
    kind: String,
    target: String,
    /// True if the target is an address, and false if it is a part.
    is_external: bool,
}

impl Package {
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Package, Diagnostic> {
        if bytes.starts_with(OLD_FORMAT) {
            return Err(refused(
                "this document has a password or is of a Word before 2007",
                "save it as a Word document (.docx) without a password",
            ));
        }
        if !bytes.starts_with(b"PK") {
            return Err(not_word());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Package { archive })
    }

    /// The name of the part with the text.
    pub(crate) fn main(&mut self) -> Result<String, Diagnostic> {
        let relations = self.relations("")?;
        relations
            .of_kind("officeDocument")
            .next()
            .map(str::to_owned)
            .ok_or_else(not_word)
    }

    /// What the part with this name refers to.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Relations, Diagnostic> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let name = format!("{prefix}_rels/{file}.rels");
        if self.archive.index_for_name(&name).is_none() {
            return Ok(Relations::default());
        }
        let text = self.part(&name)?;
        let xml = parse(&text)?;
        let relations = elements(xml.root_element()).filter_map(|node| {
            let kind = attribute(node, "Type")?.rsplit('/').next()?.to_owned();
            let target = attribute(node, "Target")?;
            let is_external = attribute(node, "TargetMode") == Some("External");
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None if is_external => target.to_owned(),
                None => format!("{prefix}{target}"),
            };
            let relation = Relation {
                kind,
                target,
                is_external,
            };
            Some((attribute(node, "Id")?.to_owned(), relation))
        });
        Ok(Relations {
            relations: relations.collect(),
        })
    }

    /// The bytes of the part with this name; of one with more than `max`, one more than that.
    pub(crate) fn bytes(&mut self, name: &str, max: u64) -> Result<Vec<u8>, Diagnostic> {
        let file = self
            .archive
            .by_name(name)
            .map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        // The archive may lie about the length, so what comes out is counted.
        file.take(max + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error.into()))?;
        Ok(bytes)
    }

    /// The text of the part with this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<String, Diagnostic> {
        let bytes = self.bytes(name, MAX_PART)?;
        if bytes.len() as u64 > MAX_PART {
            return Err(refused(
                &format!(
                    "“{name}” in this document is larger than {MAX_PART} bytes when it is unpacked"
                ),
                "check that it is the newsletter, one issue of it, and save it once more from Word",
            ));
        }
        let (text, _, wrong) = UTF_8.decode(&bytes);
        if wrong {
            return Err(refused(
                &format!("“{name}” in this document is not in UTF-8"),
                SAVE_AGAIN,
            ));
        }
        Ok(text.into_owned())
    }
}

impl Relations {
    /// The names of the parts that are of this kind.
    pub(crate) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.relations
            .values()
            .filter(move |relation| relation.kind == kind)
            .map(|relation| relation.target.as_str())
    }

    /// Returns the source of the image with this id; an address may not be empty.
    pub(crate) fn image_source(&self, id: &str) -> Option<ImageSource> {
        let Relation {
            target,
            is_external,
            ..
        } = self.relations.get(id)?;
        if *is_external {
            ImageSource::from_address(target)
        } else {
            Some(ImageSource::WordPart(target.clone()))
        }
    }

    /// What the name `id` refers to.
    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        Some(self.relations.get(id)?.target.as_str())
    }
}

/// The XML of a part, nested no deeper than recursion may go.
pub(crate) fn parse(text: &str) -> Result<Xml<'_>, Diagnostic> {
    let xml = Xml::parse(text)
        .map_err(|error| refused(&format!("this document is damaged: {error}"), SAVE_AGAIN))?;
    let mut depths = Vec::new();
    for node in xml.descendants() {
        let parent = node
            .parent()
            .and_then(|parent| depths.get(parent.id().get_usize()).copied());
        depths.push(parent.map_or(0, |depth: usize| depth + 1));
    }
    if depths.iter().any(|depth| *depth > MAX_DEPTH) {
        return Err(refused(
            "this document nests deeper than any real one",
            SAVE_AGAIN,
        ));
    }
    Ok(xml)
}

const SAVE_AGAIN: &str =
    "open it in Word or LibreOffice and save it once more as a Word document (.docx)";

/// The error for a file that is no Word document.
pub(crate) fn not_word() -> Diagnostic {
    refused(
        "this file is not a Word document, although its name ends in .docx",
        SAVE_AGAIN,
    )
}

fn damaged(error: &ZipError) -> Diagnostic {
    refused(
        &format!("this file cannot be read as a Word document: {error}"),
        SAVE_AGAIN,
    )
}

fn refused(message: &str, remedy: &str) -> Diagnostic {
    Diagnostic::without_span(Rule::Document, message, remedy)
}
