//! Word documents.
//!
//! Text is read from any element, known or unknown. Only listed elements are left out, and the
//! editor gets a warning.

mod alternatives;
mod drawing;
mod eq_field;
mod equation;
mod field;
mod field_code;
mod form_field;
mod list_counter;
mod markup;
mod numbering;
mod package;
mod paragraph_role;
mod part_name;
mod reader;
mod special_text;
mod styles;
mod symbol_font;
mod text_style;
mod typed_bullet;
mod xml;

use std::collections::{BTreeSet, HashMap};

use roxmltree::{Document as Xml, Node};

use self::numbering::Numbering;
use self::package::Package;
use self::reader::{DocxParts, DocxReader, NotesPart};
use self::styles::Styles;
use super::document::{Document, omission_message};
use super::markdown;
use crate::budget::Budget;
use crate::{Diagnostic, Rule};

/// Reads a document from the bytes of a .docx file.
///
/// # Errors
///
/// If it is not a Word document, is damaged, or exceeds the budget.
pub(crate) fn read(bytes: Vec<u8>, budget: &mut Budget) -> Result<Document, Diagnostic> {
    let mut package = Package::open(bytes, budget)?;
    let main = package.find_main_part(budget)?;
    let relations = package.read_relations(&main, budget)?;
    let body = package.read_part(&main, budget)?;
    let mut optional = |kind| {
        relations
            .targets_of_kind(kind)
            .map(|name| package.read_part(name, budget))
            .collect::<Result<Vec<_>, _>>()
    };
    let (styles, numbering) = (optional("styles")?, optional("numbering")?);
    let comments = optional("comments")?;
    let (footnotes, endnotes) = (optional("footnotes")?, optional("endnotes")?);
    let (headers, footers) = (optional("header")?, optional("footer")?);
    let diagrams = package.read_diagrams(&relations, budget)?;
    let mut of_notes = |kind| package.read_relations_of_kind(&relations, kind, budget);
    let (of_footnotes, of_endnotes) = (of_notes("footnotes")?, of_notes("endnotes")?);
    drop(package);

    let body = package::parse(&body)?;
    if body.root_element().tag_name().name() != "document" {
        return Err(package::not_word_error());
    }
    let [styles, numbering] = [parse_all(&styles)?, parse_all(&numbering)?];
    let [comments, footnotes, endnotes] = [
        parse_all(&comments)?,
        parse_all(&footnotes)?,
        parse_all(&endnotes)?,
    ];
    let diagrams = parse_named(&diagrams)?;
    let styles = Styles::parse(&styles);
    let parts = DocxParts {
        numbering: Numbering::parse(&numbering, &styles),
        styles,
        relations: &relations,
        comments: index_by_id(&comments),
        footnotes: NotesPart {
            notes: index_by_id(&footnotes),
            relations: of_footnotes,
        },
        endnotes: NotesPart {
            notes: index_by_id(&endnotes),
            relations: of_endnotes,
        },
        diagrams: diagrams
            .iter()
            .map(|(name, part)| (*name, part.root_element()))
            .collect(),
    };
    let mut document = DocxReader::new(&parts, budget).read(body.root_element());
    for (what, texts) in [("header", headers), ("footer", footers)] {
        let warnings = margin_warnings(what, &texts, budget)?;
        document.warnings.extend(warnings);
    }
    budget.check()?;
    Ok(document)
}

/// Reads at most `max + 1` bytes of a picture inside a document, by its address in the text.
///
/// # Errors
///
/// If the picture does not exist or the file is not a Word document.
pub(crate) fn read_picture(
    document: Vec<u8>,
    address: &str,
    max: u64,
) -> Result<Vec<u8>, Diagnostic> {
    Package::open(document, &mut Budget::default())?.read_bytes(address, max)
}

fn parse_all(texts: &[String]) -> Result<Vec<Xml<'_>>, Diagnostic> {
    texts.iter().map(|text| package::parse(text)).collect()
}

fn parse_named(texts: &[(String, String)]) -> Result<Vec<(&str, Xml<'_>)>, Diagnostic> {
    let parts = texts.iter();
    parts
        .map(|(name, text)| Ok((name.as_str(), package::parse(text)?)))
        .collect()
}

/// Indexes the notes or comments of a part by id.
fn index_by_id<'a>(parts: &'a [Xml<'a>]) -> HashMap<&'a str, Node<'a, 'a>> {
    let nodes = parts
        .iter()
        .flat_map(|part| xml::elements(part.root_element()));
    nodes
        .filter_map(|node| Some((xml::attribute(node, "id")?, node)))
        .collect()
}

/// Warns about the text of page headers or footers, which has no position in the text.
fn margin_warnings(
    what: &str,
    texts: &[String],
    budget: &mut Budget,
) -> Result<Vec<Diagnostic>, Diagnostic> {
    // Page numbers are not text, and the first page often has the same header as the others.
    let mut messages = BTreeSet::new();
    for text in texts {
        let text = xml::text(package::parse(text)?.root_element(), budget);
        if text.chars().any(char::is_alphabetic) {
            messages.insert(omission_message(&format!("the page {what}"), &text));
        }
    }
    let warning = |message| markdown::warning_without_span(Rule::LeftOut, message);
    Ok(messages.into_iter().map(warning).collect())
}

#[cfg(test)]
mod tests;
