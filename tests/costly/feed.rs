//! Feeds. Their content decides what they are, so one ending stands for all formats.

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("feed_deep_elements", || rss("<item>".repeat(1_500_000))),
    ("feed_many_entries", || {
        rss("<item><title>a</title></item>".repeat(500_000))
    }),
    ("feed_many_empty_entries", || {
        rss("<item/>".repeat(2_000_000))
    }),
    ("feed_many_attributes", || {
        let attributes: String = (0..1_000_000).map(|n| format!(" a{n}='b'")).collect();
        rss(format!("<item{attributes}/>"))
    }),
    ("feed_many_namespaces", || {
        let namespaces: String = (0..200_000).map(|n| format!(" xmlns:a{n}='b'")).collect();
        rss(format!("<item{namespaces}/>"))
    }),
    ("feed_many_elements_in_namespaces", || {
        let namespaces: String = (0..1_900).map(|n| format!(" xmlns:a{n}='b'")).collect();
        rss(format!("<item{namespaces}>{}", "<b/>".repeat(2_000_000)))
    }),
    ("feed_many_kinds_of_parts", || {
        let parts: String = (0..250_000).map(|n| format!("<a{n}>b</a{n}>")).collect();
        rss(format!("<item><title>a</title>{parts}</item>"))
    }),
    ("feed_entities_of_entities", || {
        let entities: String = (1..60)
            .map(|n| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10)))
            .collect();
        let start = format!("<!DOCTYPE rss [<!ENTITY e0 'lol'>{entities}]>");
        feed(start + "<rss><channel><item><title>&e59;</title></item></channel></rss>")
    }),
    ("feed_many_references", || {
        rss(format!(
            "<item><title>{}</title></item>",
            "&amp;&eacute;&x;".repeat(900_000)
        ))
    }),
    ("feed_text_in_pieces", || {
        rss(format!(
            "<item><title>{}</title></item>",
            "a<!---->".repeat(1_800_000)
        ))
    }),
    ("feed_long_address_of_many_links", || {
        let address = "a".repeat(2_000_000);
        let links = "&lt;a href='#b' id=b&gt;c&lt;/a&gt; ".repeat(40_000);
        rss(format!(
            "<item><link>https://a.example/{address}</link><title>a</title>\
             <description>{links}</description></item>"
        ))
    }),
    ("feed_long_address_of_a_headline_in_pieces", || {
        let address = "a".repeat(2_000_000);
        let title = "&lt;i&gt;a&lt;/i&gt; b ".repeat(40_000);
        rss(format!(
            "<item><link>https://a.example/{address}</link><title>{title}</title></item>"
        ))
    }),
    ("feed_base_in_every_element", || {
        rss(
            "<item xml:base='a/'><title xml:base='b/'>a</title>".repeat(190)
                + &"<title xml:base='c/'>a</title>".repeat(250_000),
        )
    }),
    ("feed_many_dates", || {
        rss(format!(
            "<item>{}</item>",
            "<pubDate>1 May</pubDate>".repeat(290_000)
        ))
    }),
    ("feed_long_date", || {
        rss(format!(
            "<item><pubDate>{}</pubDate></item>",
            "1 (".repeat(5_000_000)
        ))
    }),
    ("feed_titles_that_are_pages", || {
        let title = "&lt;b&gt;a&amp;amp;".repeat(200);
        rss(format!("<item><title>{title}</title></item>").repeat(1_000))
    }),
    ("feed_plain_lines", || {
        rss(format!(
            "<item><description>{}</description></item>",
            "a\n".repeat(7_000_000)
        ))
    }),
    ("feed_angle_brackets", || {
        rss(format!(
            "<item><description>{}</description></item>",
            "&lt;a&amp;".repeat(1_700_000)
        ))
    }),
    ("feed_deep_json", || feed("{\"version\":".repeat(2_000_000))),
    ("feed_many_json_entries", || {
        json("{\"title\":\"a\"},".repeat(1_000_000))
    }),
    ("feed_many_json_keys", || {
        let keys: String = (0..900_000).map(|n| format!("\"k{n}\":{n},")).collect();
        json(format!("{{{keys}\"title\":\"a\"}},"))
    }),
    ("feed_many_json_numbers", || {
        json(format!("{{\"tags\":[{}1]}},", "1,".repeat(7_000_000)))
    }),
];

fn rss(items: impl AsRef<str>) -> Case {
    let items = items.as_ref();
    feed(format!(
        "<rss><channel><title>A</title><pubDate>2024-01-01</pubDate>{items}</channel></rss>"
    ))
}

fn json(items: impl AsRef<str>) -> Case {
    let items = items.as_ref();
    feed(format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A\",\"items\":[{items}1]}}"
    ))
}

fn feed(text: impl Into<Vec<u8>>) -> Case {
    Case::new("issue.rss", text)
}
