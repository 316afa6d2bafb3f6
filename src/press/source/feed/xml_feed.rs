//! Reads RSS in all versions and Atom.

use digest_issue::Date;
use url::Url;

use super::losses::{
    AUTHOR, CATEGORY, CONTENT, COPYRIGHT, DATE, DESCRIPTION, ENCLOSURE, LANGUAGE, LINK, LOGO,
    Losses, PICTURE, TEXT_OUTSIDE,
};
use super::model::{Entry, Feed, FeedText, TextKind, parse_base, parse_day, resolve};
use super::vocabulary::Vocabulary;
use super::xml_tree::{XmlElement, XmlNode};

/// Reads a feed from its root element; `None` if the root is that of no feed.
pub(super) fn read(root: &XmlElement) -> Option<Feed> {
    let is_entry = root.local_name() == "entry";
    if !is_entry && !matches!(root.local_name(), "rss" | "RDF" | "feed" | "channel") {
        return None;
    }
    let channel = root.find("channel").unwrap_or(root);
    let mut reader = XmlFeedReader {
        feed: Feed::default(),
    };
    let base = if is_entry {
        find_base(root, None)
    } else {
        reader.read_addresses(root, channel)
    };
    if is_entry {
        reader.read_entry(root, base.as_ref());
        return Some(reader.feed);
    }
    reader.feed.lang = find_lang(channel).or(find_lang(root)).map(str::to_owned);
    reader.read_channel(channel, base.as_ref());
    if !std::ptr::eq(root, channel) {
        reader.read_beside_channel(root, channel, base.as_ref());
    }
    Some(reader.feed)
}

struct XmlFeedReader {
    feed: Feed,
}

impl XmlFeedReader {
    /// Finds the address of the publisher's page. Returns the base of relative addresses: the one
    /// that the feed sets, or else that page, or else the address of the feed itself.
    fn read_addresses(&mut self, root: &XmlElement, channel: &XmlElement) -> Option<Url> {
        let links = || channel.elements().filter(|element| is_link(element));
        let find = |is_wanted: fn(&XmlElement) -> bool| {
            links().find(|link| is_wanted(link)).and_then(link_address)
        };
        let feed_address = find(|link| link.attribute("rel") == Some("self"));
        let own = feed_address.and_then(|address| parse_base(&address));
        let set = find_base(channel, find_base(root, own.as_ref()).as_ref());
        self.feed.home = find(is_page).map(|address| resolve(&address, set.as_ref()));
        let sets_base = [root, channel].map(|element| element.attribute("xml:base").is_some());
        let home = self.feed.home.as_deref().and_then(parse_base);
        if sets_base.contains(&true) {
            set
        } else {
            home.or(set)
        }
    }

    fn read_channel(&mut self, channel: &XmlElement, base: Option<&Url>) {
        self.count_loose_text(channel);
        for child in channel.elements() {
            if is_item(child) {
                self.read_entry(child, base);
            } else {
                self.read_channel_part(child, base);
            }
        }
    }

    /// Reads the entries of RSS 0.9 and 1.0, which are beside the channel, with its picture.
    fn read_beside_channel(&mut self, root: &XmlElement, channel: &XmlElement, base: Option<&Url>) {
        self.count_loose_text(root);
        for part in root.elements() {
            if is_item(part) {
                self.read_entry(part, base);
            } else if !std::ptr::eq(part, channel) {
                self.read_channel_part(part, base);
            }
        }
    }

    fn read_channel_part(&mut self, part: &XmlElement, base: Option<&Url>) {
        let Feed {
            title,
            description,
            lang,
            date,
            losses,
            ..
        } = &mut self.feed;
        match (part.vocabulary, part.local_name()) {
            (vocabulary, "title") if vocabulary.has_texts() => fill(title, part, base, losses),
            (vocabulary, "description" | "subtitle" | "tagline") if vocabulary.has_texts() => {
                fill(description, part, base, losses);
            }
            (vocabulary, "language") if vocabulary.has_texts() => {
                lang.get_or_insert(part.text());
            }
            (vocabulary, name) if vocabulary.has_texts() && is_date(name) => {
                *date = (*date).max(parse_day(&part.text()));
            }
            (_, "image" | "logo" | "icon") => losses.add(LOGO, &image_address(part)),
            (_, "link") if is_link(part) && is_page(part) => {}
            _ => count_part(part, losses),
        }
    }

    fn read_entry(&mut self, item: &XmlElement, base: Option<&Url>) {
        let base = find_base(item, base);
        let losses = &mut self.feed.losses;
        if let Some(lang) = find_lang(item).filter(|lang| Some(*lang) != self.feed.lang.as_deref())
        {
            losses.add(LANGUAGE, lang);
        }
        let mut reader = EntryReader {
            entry: Entry::default(),
            updated: None,
            described: None,
            permalink: None,
            base: base.as_ref(),
            losses,
        };
        reader.read_parts(item);
        let entry = reader.finish();
        self.count_loose_text(item);
        self.feed.entries.push(entry);
    }

    /// Counts text directly in an element that should have only elements.
    fn count_loose_text(&mut self, element: &XmlElement) {
        for child in &element.children {
            if let XmlNode::Text(text) = child
                && !text.trim().is_empty()
            {
                self.feed.losses.add(TEXT_OUTSIDE, text);
            }
        }
    }
}

struct EntryReader<'a> {
    entry: Entry,
    updated: Option<Date>,
    /// The description of its picture, video or sound, which may be its only text.
    described: Option<FeedText>,
    /// The id, if it is the address of the entry's page.
    permalink: Option<String>,
    base: Option<&'a Url>,
    losses: &'a mut Losses,
}

impl EntryReader<'_> {
    fn read_parts(&mut self, item: &XmlElement) {
        for part in item.elements() {
            self.read_part(part);
        }
    }

    fn read_part(&mut self, part: &XmlElement) {
        let Entry {
            title,
            content,
            summary,
            ..
        } = &mut self.entry;
        let (base, losses) = (self.base, &mut *self.losses);
        match (part.vocabulary, part.local_name()) {
            (vocabulary, "title") if vocabulary.has_texts() => fill(title, part, base, losses),
            (Vocabulary::Content, "encoded") | (Vocabulary::Xhtml, "body" | "div") => {
                fill_html(content, part, base, losses);
            }
            (Vocabulary::Atom, "content") => fill(content, part, base, losses),
            (vocabulary, "description" | "summary") if vocabulary.has_texts() => {
                fill(summary, part, base, losses);
            }
            (Vocabulary::Rss | Vocabulary::Atom, "guid" | "id") => self.read_id(part),
            (vocabulary, name) if vocabulary.has_texts() && is_date(name) => {
                self.read_date(part);
            }
            (_, "link") if is_link(part) => self.read_link(part),
            (Vocabulary::Rss, "enclosure") => self.read_enclosure(part),
            (Vocabulary::Media, "description") | (Vocabulary::Other, "summary") => {
                fill(&mut self.described, part, base, losses);
            }
            (Vocabulary::Media, "group") => self.read_parts(part),
            (Vocabulary::Media, "content" | "thumbnail") => self.read_media(part),
            _ => count_part(part, losses),
        }
    }

    fn read_id(&mut self, part: &XmlElement) {
        let id = part.text();
        let is_page = part.local_name() == "guid" && part.attribute("isPermaLink") != Some("false");
        if is_page && parse_base(&id).is_some() {
            self.permalink = Some(id.clone());
        }
        self.entry.id = id;
    }

    fn read_date(&mut self, part: &XmlElement) {
        let text = part.text();
        self.losses.add(DATE, &text);
        let day = parse_day(&text);
        if matches!(part.local_name(), "updated" | "modified") {
            self.updated = self.updated.or(day);
        } else {
            self.entry.date = self.entry.date.or(day);
        }
    }

    fn read_link(&mut self, link: &XmlElement) {
        let Some(address) = link_address(link) else {
            return;
        };
        let address = resolve(&address, find_base(link, self.base).as_ref());
        match link.attribute("rel") {
            _ if is_page(link) && self.entry.href.is_none() => self.entry.href = Some(address),
            Some("enclosure") => {
                let is_picture = link.attribute("type").is_some_and(is_picture_type);
                self.add_enclosure(address, is_picture);
            }
            _ if self.entry.href.as_ref() == Some(&address) => {}
            _ => count_link(link, &address, self.losses),
        }
    }

    fn read_enclosure(&mut self, part: &XmlElement) {
        if let Some(address) = part.attribute("url") {
            let is_picture = part.attribute("type").is_some_and(is_picture_type);
            self.add_enclosure(resolve(address, self.base), is_picture);
        }
    }

    /// Keeps the first picture: the others are likely the same in other sizes.
    fn add_enclosure(&mut self, address: String, is_picture: bool) {
        match is_picture {
            true if self.entry.picture.is_none() => self.entry.picture = Some(address),
            true if self.entry.picture.as_ref() == Some(&address) => {}
            true => self.losses.add(PICTURE, &address),
            false => self.losses.add(ENCLOSURE, &address),
        }
    }

    fn read_media(&mut self, part: &XmlElement) {
        self.read_parts(part);
        let Some(address) = part.attribute("url") else {
            return;
        };
        let is_picture = part.local_name() == "thumbnail"
            || part.attribute("medium") == Some("image")
            || part.attribute("type").is_some_and(is_picture_type);
        let address = resolve(address, self.base);
        if part.local_name() == "thumbnail" {
            self.losses.add(PICTURE, &address);
        } else {
            self.add_enclosure(address, is_picture);
        }
    }

    fn finish(self) -> Entry {
        let mut entry = self.entry;
        entry.date = entry.date.or(self.updated);
        entry.href = entry.href.or(self.permalink);
        let has_text = entry.content.is_some() || entry.summary.is_some();
        match self.described {
            Some(described) if has_text => self.losses.add(DESCRIPTION, &described.text),
            described => entry.summary = entry.summary.or(described),
        }
        entry
    }
}

impl Vocabulary {
    /// Returns true for a vocabulary with titles, texts and dates.
    fn has_texts(self) -> bool {
        matches!(
            self,
            Vocabulary::Rss | Vocabulary::Atom | Vocabulary::DublinCore
        )
    }
}

/// Reads a text into its place. A second one is left out, unless it is the same.
fn fill(place: &mut Option<FeedText>, part: &XmlElement, base: Option<&Url>, losses: &mut Losses) {
    if let Some(address) = part.attribute("src") {
        losses.add(CONTENT, address);
    }
    match find_kind(part) {
        Some(kind) => fill_with(place, part, kind, base, losses),
        None => losses.add(CONTENT, part.attribute("type").unwrap_or_default()),
    }
}

fn fill_html(
    place: &mut Option<FeedText>,
    part: &XmlElement,
    base: Option<&Url>,
    losses: &mut Losses,
) {
    fill_with(place, part, TextKind::Html, base, losses);
}

fn fill_with(
    place: &mut Option<FeedText>,
    part: &XmlElement,
    kind: TextKind,
    base: Option<&Url>,
    losses: &mut Losses,
) {
    let has_elements = part.elements().next().is_some();
    let (text, kind) = if has_elements {
        (part.write_children(), TextKind::Html)
    } else {
        (part.text(), kind)
    };
    let base = find_base(part, base);
    // The element around a text in XHTML may have the base, too.
    let around = part
        .elements()
        .next()
        .filter(|_| part.elements().count() == 1);
    let base = around.map_or(base.clone(), |around| find_base(around, base.as_ref()));
    let text = FeedText { text, kind, base };
    match place {
        _ if text.text.trim().is_empty() => {}
        None => *place = Some(text),
        Some(first) if first.text == text.text => {}
        // `content:encoded` may be beside `content`.
        Some(_) => losses.add_named(&part.name, &part.text()),
    }
}

/// Returns the notation of a text; `None` if it is not text.
fn find_kind(part: &XmlElement) -> Option<TextKind> {
    let Some(kind) = part.attribute("type") else {
        let says = part.vocabulary == Vocabulary::Atom;
        return Some(if says {
            TextKind::Plain
        } else {
            TextKind::PlainOrHtml
        });
    };
    let kind = kind.to_ascii_lowercase();
    match kind.as_str() {
        "html" | "text/html" => Some(TextKind::Html),
        "text" | "plain" | "xhtml" => Some(TextKind::Plain),
        kind if kind.starts_with("text/") || kind.ends_with("xml") => Some(TextKind::Plain),
        kind if !kind.contains('/') => Some(TextKind::PlainOrHtml),
        _ => None,
    }
}

/// Counts a part that no issue has a place for, unless it is for programs only.
fn count_part(part: &XmlElement, losses: &mut Losses) {
    let text = part.text();
    match part.local_name() {
        name if is_for_programs(part.vocabulary, name) => {}
        "author" | "creator" | "contributor" | "managingEditor" | "webMaster" | "publisher" => {
            losses.add(AUTHOR, &text);
        }
        "category" | "subject" | "keywords" => losses.add(CATEGORY, &category_name(part, text)),
        "rights" | "copyright" => losses.add(COPYRIGHT, &text),
        "link" => {
            if let Some(address) = link_address(part) {
                count_link(part, &address, losses);
            }
        }
        _ if text.is_empty() => {
            let value = ["url", "href", "resource", "value", "text"]
                .iter()
                .find_map(|name| part.attribute(name));
            if let Some(value) = value {
                losses.add_named(&part.name, value);
            }
        }
        _ => losses.add_named(&part.name, &text),
    }
}

/// Returns true for parts that tell feed readers how to work.
fn is_for_programs(vocabulary: Vocabulary, name: &str) -> bool {
    let is_feed = matches!(vocabulary, Vocabulary::Rss | Vocabulary::Atom);
    is_feed
        && matches!(
            name,
            "id" | "guid"
                | "items"
                | "generator"
                | "ttl"
                | "docs"
                | "cloud"
                | "skipHours"
                | "skipDays"
        )
}

fn category_name(part: &XmlElement, text: String) -> String {
    let names = ["label", "term", "text"];
    let name = names.iter().find_map(|name| part.attribute(name));
    name.map_or(text, str::to_owned)
}

fn count_link(link: &XmlElement, address: &str, losses: &mut Losses) {
    let rel = link.attribute("rel").unwrap_or_default();
    let is_for_programs = [
        "self", "hub", "edit", "service", "search", "icon", "license",
    ]
    .contains(&rel)
        || rel.starts_with("http")
        || is_paging(rel);
    if !is_for_programs {
        losses.add(LINK, address);
    }
}

fn is_paging(rel: &str) -> bool {
    matches!(
        rel,
        "next"
            | "prev"
            | "previous"
            | "first"
            | "last"
            | "current"
            | "next-archive"
            | "prev-archive"
    )
}

fn is_item(element: &XmlElement) -> bool {
    matches!(
        (element.vocabulary, element.local_name()),
        (Vocabulary::Rss, "item") | (Vocabulary::Atom, "entry")
    )
}

fn is_date(name: &str) -> bool {
    matches!(
        name,
        "pubDate"
            | "lastBuildDate"
            | "published"
            | "updated"
            | "issued"
            | "modified"
            | "created"
            | "date"
    )
}

fn is_link(element: &XmlElement) -> bool {
    element.local_name() == "link"
        && matches!(element.vocabulary, Vocabulary::Rss | Vocabulary::Atom)
}

/// Returns true for a link to the page of a feed or entry.
fn is_page(link: &XmlElement) -> bool {
    link.attribute("rel").is_none_or(|rel| rel == "alternate")
        && link
            .attribute("type")
            .is_none_or(|kind| kind.contains("html"))
}

/// Returns the address of a link: an attribute in Atom, the text in RSS.
fn link_address(link: &XmlElement) -> Option<String> {
    let written = link.attribute("href").map(str::to_owned);
    Some(written.unwrap_or_else(|| link.text())).filter(|address| !address.is_empty())
}

/// Returns the address of the feed's picture.
fn image_address(part: &XmlElement) -> String {
    let written = part.attribute("href").or(part.attribute("rdf:resource"));
    let inner = || part.find("url").map(XmlElement::text);
    let written = written.map(str::to_owned).or_else(inner);
    written.unwrap_or_else(|| part.text())
}

fn is_picture_type(kind: &str) -> bool {
    kind.starts_with("image/")
}

/// Returns the base of relative addresses inside an element.
fn find_base(element: &XmlElement, outer: Option<&Url>) -> Option<Url> {
    match element.attribute("xml:base") {
        Some(base) => parse_base(&resolve(base, outer)).or_else(|| outer.cloned()),
        None => outer.cloned(),
    }
}

fn find_lang(element: &XmlElement) -> Option<&str> {
    element.attribute("xml:lang")
}
