//! The package: a .docx file is a zip archive of XML parts that refer to each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use roxmltree::Document as Xml;
use zip::ZipArchive;
use zip::result::ZipError;

use super::markup::count_markup;
use super::part_name::{normalize_part_name, resolve_part_name};
use super::xml::{attribute, elements};
use crate::budget::{Budget, Limit};
use crate::image_source::ImageSource;
use crate::source::MAX_DEPTH;
use crate::{Diagnostic, Rule};

/// The first bytes of files with a password, and of files from before Word 2007.
const OLD_FORMAT: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// A .docx file.
pub(crate) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// The positions of the parts in the archive, by their normalized names.
    indexes: HashMap<String, usize>,
}

/// The references of a part to other parts and to addresses, by id.
#[derive(Default)]
pub(crate) struct Relations {
    relations: BTreeMap<String, Relation>,
}

struct Relation {
    /// The last segment of its type, such as `hyperlink`.
    kind: String,
    target: String,
    /// True if the target is an address, and false if it is a part.
    is_external: bool,
}

impl Package {
    pub(crate) fn open(bytes: Vec<u8>, budget: &mut Budget) -> Result<Package, Diagnostic> {
        if bytes.starts_with(OLD_FORMAT) {
            return Err(document_error(
                "this document has a password or was saved by Word before 2007",
                "save it as a Word document (.docx) without a password",
            ));
        }
        if !bytes.starts_with(b"PK") {
            return Err(not_word_error());
        }
        // The list of parts takes much more memory than the bytes it is read from.
        budget.spend(Limit::Parts, count_parts(&bytes));
        budget.check()?;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged_error(&error))?;
        let names = archive.file_names().enumerate();
        let indexes = names.map(|(index, name)| (normalize_part_name(name), index));
        let indexes = indexes.collect();
        Ok(Package { archive, indexes })
    }

    pub(crate) fn has_part(&self, name: &str) -> bool {
        self.find_part(name).is_some()
    }

    /// Returns the position of a part. Of names that differ only in capital letters, the same one
    /// is best.
    fn find_part(&self, name: &str) -> Option<usize> {
        let exact = self.archive.index_for_name(name);
        exact.or_else(|| self.indexes.get(&normalize_part_name(name)).copied())
    }

    /// Returns the name of the part with the text.
    pub(crate) fn find_main_part(&mut self, budget: &mut Budget) -> Result<String, Diagnostic> {
        let relations = self.read_relations("", budget)?;
        relations
            .targets_of_kind("officeDocument")
            .next()
            .map(str::to_owned)
            .ok_or_else(not_word_error)
    }

    /// Reads the relations of a part.
    pub(crate) fn read_relations(
        &mut self,
        part: &str,
        budget: &mut Budget,
    ) -> Result<Relations, Diagnostic> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = resolve_part_name(folder, &format!("_rels/{file}.rels"));
        if !self.has_part(&name) {
            return Ok(Relations::default());
        }
        let text = self.read_part(&name, budget)?;
        let xml = parse(&text)?;
        let relations = elements(xml.root_element()).filter_map(|node| {
            let kind = attribute(node, "Type")?.rsplit('/').next()?.to_owned();
            let target = attribute(node, "Target")?;
            // A link is never to a part.
            let is_external =
                attribute(node, "TargetMode") == Some("External") || kind == "hyperlink";
            let target = if is_external {
                target.to_owned()
            } else {
                resolve_part_name(folder, target)
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

    /// Reads the relations of the first part of a kind, such as those of the footnotes.
    pub(crate) fn read_relations_of_kind(
        &mut self,
        relations: &Relations,
        kind: &str,
        budget: &mut Budget,
    ) -> Result<Relations, Diagnostic> {
        match relations.targets_of_kind(kind).next() {
            Some(part) => self.read_relations(part, budget),
            None => Ok(Relations::default()),
        }
    }

    /// Reads the names and texts of the parts with diagrams and charts. A missing one is passed
    /// over: it is only quoted in warnings.
    pub(crate) fn read_diagrams(
        &mut self,
        relations: &Relations,
        budget: &mut Budget,
    ) -> Result<Vec<(String, String)>, Diagnostic> {
        let kinds = ["diagramData", "chart"].into_iter();
        let names = kinds.flat_map(|kind| relations.targets_of_kind(kind));
        let names: Vec<_> = names.filter(|name| self.has_part(name)).collect();
        let texts = names.into_iter().map(|name| {
            let text = self.read_part(name, budget)?;
            Ok((name.to_owned(), text))
        });
        texts.collect()
    }

    /// Reads at most `max + 1` bytes of a part, so that the caller sees if it is too large.
    pub(crate) fn read_bytes(&mut self, name: &str, max: u64) -> Result<Vec<u8>, Diagnostic> {
        let index = self.find_part(name).ok_or(ZipError::FileNotFound);
        let file = index
            .and_then(|index| self.archive.by_index(index))
            .map_err(|error| damaged_error(&error))?;
        let mut bytes = Vec::new();
        // The length in the archive may be wrong, so the unpacked bytes are limited.
        file.take(max + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged_error(&error.into()))?;
        Ok(bytes)
    }

    /// Reads the text of a part.
    pub(crate) fn read_part(
        &mut self,
        name: &str,
        budget: &mut Budget,
    ) -> Result<String, Diagnostic> {
        let bytes = self.read_bytes(name, budget.left(Limit::UnpackedBytes))?;
        budget.spend(Limit::UnpackedBytes, bytes.len());
        budget.check()?;
        let text = decode_utf8(bytes).ok_or_else(|| {
            document_error(
                &format!("“{name}” in this document is not in UTF-8"),
                SAVE_AGAIN,
            )
        })?;
        count_markup(&text, budget)?;
        Ok(text)
    }
}

/// Decodes a part without its byte order mark. Some programs write UTF-16.
fn decode_utf8(bytes: Vec<u8>) -> Option<String> {
    if Encoding::for_bom(&bytes).is_none() {
        return String::from_utf8(bytes).ok();
    }
    let (text, _, wrong) = UTF_8.decode(&bytes);
    (!wrong).then(|| text.into_owned())
}

/// Counts the entries of the archive's list by their signature.
fn count_parts(archive: &[u8]) -> usize {
    archive
        .windows(4)
        .filter(|bytes| bytes == b"PK\x01\x02")
        .count()
}

impl Relations {
    /// Returns the names of the parts of this kind, each once.
    pub(crate) fn targets_of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        let targets: BTreeSet<_> = self
            .relations
            .values()
            .filter(|relation| relation.kind == kind)
            .map(|relation| relation.target.as_str())
            .collect();
        targets.into_iter()
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

    /// Returns the part or address that `id` refers to.
    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        Some(self.relations.get(id)?.target.as_str())
    }
}

/// Parses the XML of a part and limits its depth, since the reader is recursive.
pub(crate) fn parse(text: &str) -> Result<Xml<'_>, Diagnostic> {
    let xml = Xml::parse(text).map_err(|error| {
        document_error(&format!("this document is damaged: {error}"), SAVE_AGAIN)
    })?;
    let mut depths = Vec::new();
    for node in xml.descendants() {
        let parent = node
            .parent()
            .and_then(|parent| depths.get(parent.id().get_usize()).copied());
        depths.push(parent.map_or(0, |depth: usize| depth + 1));
    }
    if depths.iter().any(|depth| *depth > MAX_DEPTH) {
        return Err(document_error(
            &format!("this document nests elements more than {MAX_DEPTH} deep"),
            SAVE_AGAIN,
        ));
    }
    Ok(xml)
}

const SAVE_AGAIN: &str =
    "open it in Word or LibreOffice and save it again as a Word document (.docx)";

/// The error for a file that is not a Word document.
pub(crate) fn not_word_error() -> Diagnostic {
    document_error(
        "this file is not a Word document, although its name ends in .docx",
        SAVE_AGAIN,
    )
}

fn damaged_error(error: &ZipError) -> Diagnostic {
    document_error(
        &format!("this file cannot be read as a Word document: {error}"),
        SAVE_AGAIN,
    )
}

fn document_error(message: &str, remedy: &str) -> Diagnostic {
    Diagnostic::without_span(Rule::Document, message, remedy)
}
