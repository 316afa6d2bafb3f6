//! The vocabularies that the elements of feeds are from.

use quick_xml::name::ResolveResult;

/// The vocabulary of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS 0.9 to 2.0, with or without a namespace.
    Rss,
    Atom,
    /// The module with `content:encoded`.
    Content,
    DublinCore,
    Media,
    Xhtml,
    Other,
}

impl Vocabulary {
    /// Finds the vocabulary of an element in a file whose root has the name `root`.
    ///
    /// A prefix that is not declared means what it nearly always means.
    pub(super) fn find(namespace: &ResolveResult<'_>, root: &str) -> Vocabulary {
        match namespace {
            ResolveResult::Bound(namespace) => Vocabulary::from_address(namespace.as_ref()),
            ResolveResult::Unknown(prefix) => Vocabulary::from_prefix(prefix),
            ResolveResult::Unbound if matches!(root, "feed" | "entry") => Vocabulary::Atom,
            ResolveResult::Unbound => Vocabulary::Rss,
        }
    }

    fn from_address(address: &[u8]) -> Vocabulary {
        match address {
            b"http://www.w3.org/2005/Atom" | b"http://purl.org/atom/ns#" => Vocabulary::Atom,
            b"http://purl.org/rss/1.0/modules/content/" => Vocabulary::Content,
            b"http://purl.org/dc/elements/1.1/" | b"http://purl.org/dc/terms/" => {
                Vocabulary::DublinCore
            }
            b"http://search.yahoo.com/mrss/" | b"http://search.yahoo.com/mrss" => Vocabulary::Media,
            b"http://www.w3.org/1999/xhtml" => Vocabulary::Xhtml,
            b""
            | b"http://purl.org/rss/1.0/"
            | b"http://purl.org/net/rss1.1#"
            | b"http://my.netscape.com/rdf/simple/0.9/"
            | b"http://channel.netscape.com/rdf/simple/0.9/"
            | b"http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Vocabulary::Rss,
            // Many programs write the namespace of RSS 2.0, which has none, in their own way.
            _ if address.starts_with(b"http://backend.userland.com/rss") => Vocabulary::Rss,
            _ if address.starts_with(b"http://blogs.law.harvard.edu/tech/rss") => Vocabulary::Rss,
            _ => Vocabulary::Other,
        }
    }

    fn from_prefix(prefix: &[u8]) -> Vocabulary {
        match prefix {
            b"atom" => Vocabulary::Atom,
            b"content" => Vocabulary::Content,
            b"dc" | b"dcterms" => Vocabulary::DublinCore,
            b"media" => Vocabulary::Media,
            b"xhtml" => Vocabulary::Xhtml,
            b"rdf" | b"rss" => Vocabulary::Rss,
            _ => Vocabulary::Other,
        }
    }
}
