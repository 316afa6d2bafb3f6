//! Turns addresses without brackets, such as `https://a.example/`, into links.

use digest_issue::Href;
use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use url::Url;

use super::joined_text::JoinedText;
use super::tree::Inline;
use crate::cjk;
use crate::source_map::Span;

/// Turns bare web and mail addresses outside of links, images and code into links.
///
/// The rules are those of GitHub's Markdown: punctuation at the end and unpaired brackets do not
/// belong to an address. Chinese, Japanese and Korean characters end it too, unless they are a name
/// in its path: `https://ja.wikipedia.org/wiki/秘密分散`.
pub(super) fn link_bare_addresses<'a>(inlines: Vec<Inline<'a>>, source: &str) -> Vec<Inline<'a>> {
    let mut linked = Vec::with_capacity(inlines.len());
    let mut texts: Vec<Inline<'a>> = Vec::new();
    // Number of open links, images and blocks of code.
    let mut open = 0;
    for inline in inlines {
        match &inline.event {
            Event::Text(_) if open == 0 => {
                texts.push(inline);
                continue;
            }
            Event::Start(tag) if has_other_text(tag.to_end()) => open += 1,
            Event::End(tag) if has_other_text(*tag) => open -= 1,
            _ => {}
        }
        add_texts(&mut linked, &mut texts, source);
        linked.push(inline);
    }
    add_texts(&mut linked, &mut texts, source);
    linked
}

fn has_other_text(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock
    )
}

/// Moves neighbouring texts to the end of `linked`, with links for their addresses.
fn add_texts<'a>(linked: &mut Vec<Inline<'a>>, texts: &mut Vec<Inline<'a>>, source: &str) {
    let joined = JoinedText::new(texts, source);
    let addresses = find_addresses(&joined.text);
    if addresses.is_empty() {
        linked.append(texts);
        return;
    }
    texts.clear();
    let mut end = 0;
    for Address { range, href } in addresses {
        add_text(linked, &joined, end..range.start);
        end = range.end;
        let span = joined.source_span(range.clone());
        let link = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: href.into(),
            title: "".into(),
            id: "".into(),
        };
        linked.push(new_inline(Event::Start(link), span.clone()));
        add_text(linked, &joined, range);
        linked.push(new_inline(Event::End(TagEnd::Link), span));
    }
    add_text(linked, &joined, end..joined.text.len());
}

fn add_text(linked: &mut Vec<Inline<'_>>, joined: &JoinedText, range: Span) {
    if !range.is_empty() {
        let span = joined.source_span(range.clone());
        let text = joined.text[range].to_owned();
        linked.push(new_inline(Event::Text(text.into()), span));
    }
}

fn new_inline<'a>(event: Event<'a>, span: Span) -> Inline<'a> {
    Inline {
        event,
        image: None,
        span,
    }
}

/// An address in a text, and what a link to it leads to.
struct Address {
    range: Span,
    href: String,
}

fn find_addresses(text: &str) -> Vec<Address> {
    // Most texts have none.
    if !text.contains("://") && !text.contains('@') && !text.contains("www.") {
        return Vec::new();
    }
    let finder = LinkFinder::new();
    let mut addresses = Vec::new();
    for (start, part) in split_at_ends(text) {
        let links = finder.links(part).filter_map(|link| {
            let is_web = ["http://", "https://"]
                .iter()
                .any(|scheme| starts_with_ignoring_case(link.as_str(), scheme));
            let href = match link.kind() {
                LinkKind::Email => format!("mailto:{}", link.as_str()),
                _ if is_web => link.as_str().to_owned(),
                _ => return None,
            };
            is_usable(&href).then(|| Address {
                range: start + link.start()..start + link.end(),
                href,
            })
        });
        let first = find_www_address(&finder, start, part);
        let end = first.as_ref().map_or(start, |first| first.range.end);
        addresses.extend(first);
        addresses.extend(links.filter(|address| address.range.start >= end));
    }
    addresses
}

/// Finds the address “www.a.example” at the start of a part, behind brackets and marks.
fn find_www_address(finder: &LinkFinder, start: usize, part: &str) -> Option<Address> {
    const SCHEME: &str = "http://";
    let address = part.trim_start_matches(['*', '_', '~', '(', '[', '\'']);
    if !starts_with_ignoring_case(address, "www.") {
        return None;
    }
    let whole = format!("{SCHEME}{address}");
    let link = finder
        .links(&whole)
        .next()
        .filter(|link| link.start() == 0)?;
    let begin = start + part.len() - address.len();
    let length = link.end() - SCHEME.len();
    (length > "www.".len() && is_usable(link.as_str())).then(|| Address {
        range: begin..begin + length,
        href: link.as_str().to_owned(),
    })
}

pub(super) fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Returns true if a link may lead there. Any other address stays text, as it was typed.
fn is_usable(href: &str) -> bool {
    Url::parse(href).is_ok_and(|url| {
        let has_user = !url.username().is_empty() || url.password().is_some();
        !has_user && Href::new(url.as_str()).safe_url().is_some()
    })
}

/// Splits a text where no address goes on, and returns the parts with their offsets.
fn split_at_ends(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut in_name = false;
    for (index, sign) in text.char_indices() {
        let before = &text[start..index];
        in_name = is_name(sign) && (in_name || before.ends_with('/') && before.contains("://"));
        if ends_address(sign) && !in_name {
            parts.push((start, before));
            start = index + sign.len_utf8();
        }
    }
    parts.push((start, &text[start..]));
    parts
}

/// Returns true for a character of a name such as “秘密分散”. Particles behind an address are in
/// hiragana.
fn is_name(sign: char) -> bool {
    (cjk::is_kana_or_han(sign) || cjk::is_hangul(sign)) && !cjk::is_hiragana(sign)
}

fn ends_address(sign: char) -> bool {
    let is_cjk = cjk::is_chinese_or_japanese(sign) || cjk::is_hangul(sign);
    // Quotation marks, dashes and invisible characters.
    let is_punctuation = matches!(
        sign,
        '\u{2000}'..='\u{206f}' | '«' | '»' | '\u{ad}' | '\u{feff}'
    );
    is_cjk || is_punctuation || sign.is_whitespace() || "<>\"`|{}".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::super::{Content, parse};
    use super::*;

    /// Writes a paragraph with its links as `[text](address)`.
    fn show_links(source: &str) -> String {
        let blocks = parse(source, 0);
        let Some(Content::Paragraph(inlines)) = blocks.first().map(|block| &block.content) else {
            panic!("{source}")
        };
        let mut text = String::new();
        let mut address = String::new();
        for inline in inlines {
            match &inline.event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    address = dest_url.to_string();
                    text.push('[');
                }
                Event::End(TagEnd::Link) => text += &format!("]({address})"),
                Event::Text(part) | Event::Code(part) => text += part,
                _ => {}
            }
        }
        text
    }

    #[test]
    fn bare_addresses_become_links() {
        for (source, expected) in [
            (
                "see https://a.example/x_y_z.",
                "see [https://a.example/x_y_z](https://a.example/x_y_z).",
            ),
            (
                "www.a.example, b",
                "[www.a.example](http://www.a.example), b",
            ),
            (
                "https://a.example/wiki/秘密分散 https://a.example/をご覧",
                "[https://a.example/wiki/秘密分散](https://a.example/wiki/秘密分散) \
                 [https://a.example/](https://a.example/)をご覧",
            ),
            (
                "(https://a.example/b_(c))",
                "([https://a.example/b_(c)](https://a.example/b_(c)))",
            ),
            (
                "ask ann@a.example!",
                "ask [ann@a.example](mailto:ann@a.example)!",
            ),
            (
                "詳細はhttps://a.example/bをご覧ください。",
                "詳細は[https://a.example/b](https://a.example/b)をご覧ください。",
            ),
            (
                "（https://a.example/）。",
                "（[https://a.example/](https://a.example/)）。",
            ),
            (
                "“https://a.example/”",
                "“[https://a.example/](https://a.example/)”",
            ),
            (
                "https://a.example/?b=c&amp;d=e",
                "[https://a.example/?b=c&d=e](https://a.example/?b=c&d=e)",
            ),
            (
                "https://a.example/b\\_c",
                "[https://a.example/b_c](https://a.example/b_c)",
            ),
            (
                "https://a.example/münchen",
                "[https://a.example/münchen](https://a.example/münchen)",
            ),
            (
                "**https://a.example/**",
                "[https://a.example/](https://a.example/)",
            ),
            (
                "**お知らせ**https://a.example/",
                "お知らせ[https://a.example/](https://a.example/)",
            ),
        ] {
            assert_eq!(show_links(source), expected, "{source}");
        }
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            "a.example",
            "e.g. this.that",
            "ftp://a.example/",
            "https://",
            "@ann",
            "ann@home",
            "5 @ 3",
            "https://ann:secret@a.example/",
            "www.",
            "a/www.a.example",
        ] {
            assert_eq!(show_links(text), text);
        }
        assert_eq!(show_links("`https://a.example/`"), "https://a.example/");
        assert_eq!(
            show_links("[see https://a.example/](https://b.example/)"),
            "[see https://a.example/](https://b.example/)"
        );
    }

    #[test]
    fn links_have_their_span() {
        let source = "a &amp; https://a.example/b\\_c d";
        let blocks = parse(source, 0);
        let Content::Paragraph(inlines) = &blocks[0].content else {
            panic!()
        };
        let link = inlines
            .iter()
            .find(|inline| matches!(inline.event, Event::Start(_)));
        assert_eq!(
            &source[link.unwrap().span.clone()],
            "https://a.example/b\\_c"
        );
    }
}
