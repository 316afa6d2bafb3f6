//! Counts the markup of an XML part before it is parsed: the parser would hold all of it in memory,
//! and compares the attributes of an element and its namespaces with each other.

use crate::Diagnostic;
use crate::budget::{Budget, Limit};

/// Maximum number of attributes of one element.
const MAX_ATTRIBUTES: usize = 1_000;

/// Counts the elements, attributes and namespaces of a part.
///
/// # Errors
///
/// If one of them exceeds its limit.
pub(crate) fn count_markup(xml: &str, budget: &mut Budget) -> Result<(), Diagnostic> {
    budget.spend(Limit::Namespaces, xml.matches("xmlns").count());
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        rest = rest.get(start..).unwrap_or_default();
        let length = match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => find_end(rest, "-->"),
            [b'<', b'!', b'[', ..] => find_end(rest, "]]>"),
            [b'<', b'?', ..] => find_end(rest, "?>"),
            _ => count_tag(rest, budget),
        };
        budget.check()?;
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// Counts a tag and its attributes, and returns its length.
fn count_tag(rest: &str, budget: &mut Budget) -> usize {
    let mut quote = None;
    let mut attributes = 0;
    let end = rest.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => attributes += 1,
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    });
    // One element with too many attributes takes the parser as long as all of them together.
    let cost = if attributes > MAX_ATTRIBUTES {
        usize::MAX
    } else {
        attributes
    };
    budget.spend(Limit::Attributes, cost);
    budget.spend(Limit::Elements, 1);
    end.map_or(rest.len(), |end| end + 1)
}

fn find_end(rest: &str, end: &str) -> usize {
    rest.find(end).map_or(rest.len(), |start| start + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(xml: &str) -> Result<(), String> {
        count_markup(xml, &mut Budget::default()).map_err(|error| error.message)
    }

    #[test]
    fn ordinary_markup_is_within_the_limits() {
        assert_eq!(
            count("<?xml?><!-- <'> --><a b='>' c=\"'\"><![CDATA[<\"]]></a>"),
            Ok(())
        );
        assert_eq!(count("<a b='"), Ok(()));
    }

    #[test]
    fn too_much_markup_is_an_error() {
        let attributes: String = (0..1_001).map(|n| format!(" a{n}='>'")).collect();
        let error = count(&format!("<a{attributes}/>")).unwrap_err();
        assert!(error.contains("attributes"), "{error}");
        let error = count(&"<a/>".repeat(300_001)).unwrap_err();
        assert!(error.contains("elements"), "{error}");
        let namespaces: String = (0..2_001).map(|n| format!("<a xmlns:a{n}=''/>")).collect();
        let error = count(&namespaces).unwrap_err();
        assert!(error.contains("namespaces"), "{error}");
    }
}
