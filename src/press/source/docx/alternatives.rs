//! Alternatives: a document offers newer elements, each with what older programs show instead.

use roxmltree::Node;

/// The namespaces of the elements that the reader knows. Choices that need others are passed over:
/// their text would be found in the fallback.
const UNDERSTOOD: [&str; 10] = [
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
];

/// The namespaces that one choice may need. Each is searched among those of the document.
const MAX_REQUIRED: usize = 4;

/// Returns the branch of an `AlternateContent` that Word shows, if any, and any other node as it is.
pub(crate) fn resolve_alternatives<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    if node.tag_name().name() != "AlternateContent" {
        return Some(node);
    }
    let mut branches = node.children().filter(Node::is_element);
    branches.find(|branch| match branch.tag_name().name() {
        "Choice" => is_understood(*branch),
        name => name == "Fallback",
    })
}

fn is_understood(choice: Node<'_, '_>) -> bool {
    let required = choice.attribute("Requires").unwrap_or_default();
    let mut prefixes = required
        .split_whitespace()
        .take(MAX_REQUIRED + 1)
        .enumerate();
    prefixes.all(|(index, prefix)| {
        let namespace = choice.lookup_namespace_uri(Some(prefix));
        index < MAX_REQUIRED && namespace.is_some_and(|namespace| UNDERSTOOD.contains(&namespace))
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn first_understood_choice_is_taken() {
        let [shape, other] = [UNDERSTOOD[0], "urn:other"];
        for (alternatives, expected) in [
            ("<Choice Requires='s'/><Fallback/>", Some("s")),
            (
                "<Choice Requires='o'/><Choice Requires='s'/><Fallback/>",
                Some("s"),
            ),
            ("<Choice Requires='s o'/><Fallback/>", None),
            ("<Choice Requires='undeclared'/><Fallback/>", None),
            ("<Choice Requires='s s s s s'/><Fallback/>", None),
        ] {
            let xml = format!(
                "<AlternateContent xmlns:s='{shape}' xmlns:o='{other}'>{alternatives}</AlternateContent>"
            );
            let xml = Document::parse(&xml).unwrap();
            let found = resolve_alternatives(xml.root_element()).unwrap();
            assert_eq!(found.attribute("Requires"), expected, "{alternatives}");
        }
        let none = Document::parse("<AlternateContent><Choice Requires='o'/></AlternateContent>");
        assert!(resolve_alternatives(none.unwrap().root_element()).is_none());
    }
}
