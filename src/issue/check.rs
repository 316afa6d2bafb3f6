//! The rules of the format that an issue must follow.

use std::collections::HashSet;
use std::fmt;

use crate::lines::split_item;
use crate::{Block, Credit, FORMAT, Headline, Href, Image, Issue, List, Run, Src, Table};

/// A broken rule of the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The JSON path, such as `headlines[2].detail[0][1].href`.
    pub path: String,
    /// The expected and the found value.
    pub message: String,
    /// The way to fix it.
    pub remedy: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {}; {}",
            self.path, self.message, self.remedy
        )
    }
}

impl Issue {
    /// Returns every rule of the format that the issue breaks, in document order.
    #[must_use]
    pub fn find_problems(&self) -> Vec<Problem> {
        let mut checker = IssueChecker::default();
        checker.check_issue(self);
        checker.problems
    }
}

#[derive(Default)]
struct IssueChecker {
    problems: Vec<Problem>,
}

impl IssueChecker {
    fn check_issue(&mut self, issue: &Issue) {
        if issue.format != FORMAT {
            self.report(
                "format",
                format!("expected {FORMAT}, found {}", issue.format),
                "write \"format\": 1",
            );
        }
        self.check_id("id", &issue.id);
        self.check_folder_name("id", &issue.id);
        self.check_text("title", &issue.title);
        self.check_text("volume", issue.volume.as_str());
        if !issue.volume.has_number() {
            let message = format!(
                "expected a number to order issues by, found {:?}",
                issue.volume.as_str()
            );
            self.report("volume", message, "write the volume as in \"1.5\"");
        }
        if !issue.lang.is_well_formed() {
            let message = format!(
                "expected a BCP 47 language tag, found {:?}",
                issue.lang.as_str()
            );
            self.report(
                "lang",
                message,
                "write \"en\" for English, \"ja\" for Japanese",
            );
        }
        if let Some(url) = issue
            .url
            .as_ref()
            .filter(|url| !is_valid(url) || !url.is_web())
        {
            let message = format!(
                "expected an absolute http or https address, found {:?}",
                url.as_written()
            );
            self.report(
                "url",
                message,
                "write the address of the issue's own page, or leave it out",
            );
        }
        if let Some(image) = &issue.image {
            self.check_image("image", image);
            if image.src.is_none() && image.credit.is_none() {
                let message = "expected \"src\" or \"credit\", found neither".to_owned();
                self.report("image", message, "leave \"image\" out");
            }
        }
        self.check_blocks("intro", &issue.intro);
        self.check_headlines(&issue.headlines);
        self.check_blocks("outro", &issue.outro);
    }

    /// An issue's image may be only a credit. Inside a text, that is an error of the block.
    fn check_image(&mut self, path: &str, image: &Image) {
        if let Some(src) = &image.src {
            self.check_src(path, src, image);
        }
        if image.width.is_some() != image.height.is_some()
            || image.width == Some(0)
            || image.height == Some(0)
        {
            let message = format!(
                "expected width and height in pixels, found {:?} and {:?}",
                image.width, image.height
            );
            self.report(
                path,
                message,
                "write both as they are in the file, or leave both out",
            );
        }
        self.check_href(&format!("{path}.href"), image.href.as_ref());
        self.check_runs(&format!("{path}.caption"), &image.caption);
        if let Some(Credit { text, href }) = &image.credit {
            self.check_text(&format!("{path}.credit.text"), text);
            self.check_href(&format!("{path}.credit.href"), href.as_ref());
        }
    }

    fn check_src(&mut self, path: &str, src: &Src, image: &Image) {
        if src.safe_url().is_none() {
            let message = format!(
                "expected an http, https or relative address, found {:?}",
                src.as_written()
            );
            self.report(
                format!("{path}.src"),
                message,
                "write where the picture is, or leave it out",
            );
        }
        if image.alt.is_none() {
            let message = "expected a description beside \"src\", found none".to_owned();
            self.report(
                format!("{path}.alt"),
                message,
                "say what the picture shows, or \"\" if it only decorates",
            );
        }
        let has_no_name = image
            .alt
            .as_deref()
            .is_some_and(|alt| alt.trim().is_empty());
        if image.href.is_some() && has_no_name {
            let message = "expected a description of the link's picture, found none".to_owned();
            self.report(
                format!("{path}.alt"),
                message,
                "say where the link leads, or leave \"href\" out",
            );
        }
    }

    fn check_headlines(&mut self, headlines: &[Headline]) {
        if headlines.is_empty() {
            self.report(
                "headlines",
                "expected at least one, found none".to_owned(),
                "add the issue's headlines",
            );
        }
        let mut seen = HashSet::new();
        for (index, headline) in headlines.iter().enumerate() {
            let path = format!("headlines[{index}]");
            self.check_id(&format!("{path}.id"), &headline.id);
            if !seen.insert(&headline.id) {
                let message = format!("expected a unique id, found {:?} again", headline.id);
                self.report(
                    format!("{path}.id"),
                    message,
                    "give each headline another id",
                );
            }
            self.check_text(&format!("{path}.text"), &headline.text);
            if let Some(section) = &headline.section {
                self.check_text(&format!("{path}.section"), section);
            }
            self.check_href(&format!("{path}.href"), headline.href.as_ref());
            self.check_blocks(&format!("{path}.detail"), &headline.detail);
            for (number, correction) in headline.corrected.iter().enumerate() {
                self.check_text_runs(
                    &format!("{path}.corrected[{number}].text"),
                    &correction.text,
                );
            }
        }
    }

    fn check_blocks(&mut self, path: &str, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            self.check_block(&format!("{path}[{index}]"), block);
        }
    }

    fn check_block(&mut self, path: &str, block: &Block) {
        match block {
            Block::Paragraph(runs) => self.check_text_runs(path, runs),
            Block::Heading(runs) => self.check_text_runs(&format!("{path}.heading"), runs),
            Block::Preformatted(runs) => self.check_preformatted(&format!("{path}.pre"), runs),
            Block::Quote(blocks) => {
                let path = format!("{path}.quote");
                self.check_not_empty(&path, "block", blocks);
                self.check_blocks(&path, blocks);
            }
            Block::List(List { items, .. }) => {
                let path = format!("{path}.list");
                self.check_not_empty(&path, "item", items);
                for (index, item) in items.iter().enumerate() {
                    self.check_item(&format!("{path}[{index}]"), item);
                }
            }
            Block::Table(table) => self.check_table(path, table),
            Block::Image(image) => {
                let path = format!("{path}.image");
                self.check_image(&path, image);
                if image.src.is_none() {
                    let message = "expected \"src\", found none".to_owned();
                    self.report(path, message, "leave the picture out");
                }
            }
        }
    }

    fn check_item(&mut self, path: &str, item: &[Block]) {
        let (runs, blocks) = split_item(item);
        if blocks.is_empty() {
            return self.check_text_runs(path, runs);
        }
        self.check_runs(path, runs);
        for (index, block) in blocks.iter().enumerate() {
            self.check_block(&format!("{path}[{}]", runs.len() + index), block);
        }
    }

    /// A cell may be empty, but not a table.
    fn check_table(&mut self, path: &str, Table { head, rows }: &Table) {
        self.check_not_empty(&format!("{path}.table"), "row", rows);
        for (index, cell) in head.iter().enumerate() {
            self.check_runs(&format!("{path}.head[{index}]"), cell);
        }
        for (index, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                self.check_runs(&format!("{path}.table[{index}][{column}]"), cell);
            }
        }
    }

    fn check_not_empty<T>(&mut self, path: &str, what: &str, values: &[T]) {
        if values.is_empty() {
            let message = format!("expected at least one {what}, found none");
            self.report(path, message, "leave it out");
        }
    }

    fn check_text_runs(&mut self, path: &str, runs: &[Run]) {
        if runs.iter().all(|run| run.text.trim().is_empty()) {
            self.report(
                path,
                "expected text, found none".to_owned(),
                "write it, or leave it out",
            );
        }
        self.check_runs(path, runs);
    }

    fn check_runs(&mut self, path: &str, runs: &[Run]) {
        for (index, run) in runs.iter().enumerate() {
            self.check_control_characters(&format!("{path}[{index}]"), &run.text);
            self.check_href(&format!("{path}[{index}].href"), run.href.as_ref());
        }
    }

    /// Line ends and tabs are part of preformatted text.
    fn check_preformatted(&mut self, path: &str, runs: &[Run]) {
        let replace_line_ends = |run: &Run| Run {
            text: run.text.replace(['\n', '\t'], " "),
            ..run.clone()
        };
        let runs: Vec<_> = runs.iter().map(replace_line_ends).collect();
        self.check_runs(path, &runs);
    }

    fn check_id(&mut self, path: &str, id: &str) {
        let usable = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-._".contains(c));
        if !usable {
            let message = format!("expected letters, digits, \"-\", \".\" and \"_\", found {id:?}");
            self.report(path, message, "write a short name without spaces");
        }
    }

    /// The id is also the name of the issue's folder, which must be valid on every system.
    fn check_folder_name(&mut self, path: &str, name: &str) {
        let reason = if name.starts_with('.') {
            "servers do not show folders whose names begin with a dot"
        } else if name.ends_with('.') {
            "some systems drop a dot at the end"
        } else if name.len() > MAX_FOLDER_BYTES {
            "it is too long for most systems"
        } else if is_device(name) {
            "it is a device on Windows"
        } else {
            return;
        };
        let message = format!("expected the name of a folder, found {name:?}: {reason}");
        self.report(
            path,
            message,
            "give the issue another id, and keep that one",
        );
    }

    fn check_text(&mut self, path: &str, text: &str) {
        if text.trim().is_empty() {
            self.report(path, format!("expected text, found {text:?}"), "write it");
        }
        self.check_control_characters(path, text);
    }

    fn check_control_characters(&mut self, path: &str, text: &str) {
        if let Some(character) = text.chars().find(|character| character.is_control()) {
            let message = format!("expected text, found the control character {character:?}");
            self.report(path, message, "remove it; a new paragraph is a new block");
        }
    }

    fn check_href(&mut self, path: &str, href: Option<&Href>) {
        if let Some(href) = href.filter(|href| !is_valid(href)) {
            let message = format!(
                "expected an absolute http, https or mailto address, found {:?}",
                href.as_written()
            );
            self.report(
                path,
                message,
                "write the source's address as its page shows it, or leave \"href\" out",
            );
        }
    }

    fn report(&mut self, path: impl Into<String>, message: String, remedy: &'static str) {
        self.problems.push(Problem {
            path: path.into(),
            message,
            remedy,
        });
    }
}

/// File names have at most 255 bytes, and programs that copy folders append to them.
const MAX_FOLDER_BYTES: usize = 200;

/// Returns true for names that Windows reserves for devices, also with an extension.
fn is_device(name: &str) -> bool {
    let name = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    match name.strip_prefix("COM").or(name.strip_prefix("LPT")) {
        Some(number) => matches!(number.as_bytes(), [b'0'..=b'9']),
        None => matches!(name.as_str(), "AUX" | "CON" | "NUL" | "PRN"),
    }
}

/// Returns true if the address is safe and also valid for the whole URL parser.
fn is_valid(href: &Href) -> bool {
    href.safe_url()
        .is_some_and(|url| url::Url::parse(url).is_ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn good() -> Value {
        json!({
            "format": 1, "id": "digest-1.5", "title": "US-Japan Alliance Digest", "volume": "1.5",
            "date": "2022-03-11", "lang": "en", "url": "https://publisher.example/issues/1.5/",
            "image": {
                "src": "radar.jpg", "alt": "A radar site", "width": 1200, "height": 630,
                "href": "https://example.com/", "caption": ["At dusk"],
                "credit": { "text": "Japan Times", "href": "https://www.japantimes.co.jp/" },
            },
            "intro": [["Welcome."]], "outro": [{ "pre": ["a\n\tb"] }],
            "headlines": [
                { "id": "radar", "text": "Radar site completed", "section": "Security",
                  "href": "https://example.com/", "detail": [
                    ["It was ", { "text": "completed", "href": "https://example.com/" }, "."],
                    { "list": [["one"], ["two"]] },
                ] },
                { "id": "trade", "text": "First meeting", "detail": [["It met."]] },
                { "id": "brief", "text": "No detail" },
            ],
        })
    }

    /// Returns the paths of the problems of the good issue with `value` at `pointer`.
    fn find_problem_paths(pointer: &str, value: Value) -> Vec<String> {
        let mut document = good();
        *document.pointer_mut(pointer).unwrap() = value;
        let issue = Issue::decode(|| &document).unwrap();
        issue
            .find_problems()
            .into_iter()
            .map(|problem| problem.path)
            .collect()
    }

    #[test]
    fn good_issue_has_no_problems() {
        let document = good();
        assert_eq!(Issue::decode(|| &document).unwrap().find_problems(), []);
    }

    #[test]
    fn each_broken_rule_reports_its_path() {
        for (pointer, value, path) in [
            ("/format", json!(0), "format"),
            ("/id", json!("digest 1.5"), "id"),
            ("/id", json!(""), "id"),
            ("/id", json!("."), "id"),
            ("/id", json!(".."), "id"),
            ("/id", json!(".digest"), "id"),
            ("/id", json!("digest."), "id"),
            ("/id", json!("con"), "id"),
            ("/id", json!("Lpt1.5"), "id"),
            ("/id", json!("日".repeat(67)), "id"),
            ("/title", json!("  "), "title"),
            ("/title", json!("Digest\u{7}"), "title"),
            ("/volume", json!("spring"), "volume"),
            ("/lang", json!("English (US)"), "lang"),
            ("/url", json!("/issues/1.5/"), "url"),
            ("/url", json!("mailto:editor@example.com"), "url"),
            ("/url", json!("https://xn--/"), "url"),
            ("/image/src", json!("data:image/png;base64,"), "image.src"),
            ("/image/alt", json!(null), "image.alt"),
            ("/image/width", json!(0), "image"),
            ("/image/height", json!(null), "image"),
            ("/image", json!({}), "image"),
            ("/image/credit/text", json!(""), "image.credit.text"),
            ("/image/credit/href", json!("#"), "image.credit.href"),
            ("/headlines", json!([]), "headlines"),
            ("/headlines/1/id", json!("radar"), "headlines[1].id"),
            ("/headlines/0/id", json!("ra#dar"), "headlines[0].id"),
            ("/headlines/0/text", json!(""), "headlines[0].text"),
            ("/headlines/0/section", json!(" "), "headlines[0].section"),
            ("/headlines/0/href", json!("#"), "headlines[0].href"),
            (
                "/headlines/1",
                json!({ "id": "a", "text": "A", "corrected": [{ "date": "2022-03-12", "text": [] }] }),
                "headlines[1].corrected[0].text",
            ),
            ("/intro/0", json!([""]), "intro[0]"),
            ("/outro/0", json!({ "quote": [] }), "outro[0].quote"),
            (
                "/outro/0",
                json!({ "list": [["a", { "heading": [] }]] }),
                "outro[0].list[0][1].heading",
            ),
            ("/outro/0", json!({ "table": [] }), "outro[0].table"),
            (
                "/outro/0",
                json!({ "table": [[[], ["a\nb"]]] }),
                "outro[0].table[0][1][0]",
            ),
            (
                "/outro/0",
                json!({ "pre": ["a\n\tb\u{7}"] }),
                "outro[0].pre[0]",
            ),
            ("/outro/0", json!({ "poll": [] }), "outro[0]"),
            ("/image/href", json!("#"), "image.href"),
            ("/image/caption", json!(["a\u{7}"]), "image.caption[0]"),
            ("/outro/0", json!({ "image": {} }), "outro[0].image"),
            (
                "/outro/0",
                json!({ "image": { "src": "data:,", "alt": "" } }),
                "outro[0].image.src",
            ),
            (
                "/outro/0",
                json!({ "image": { "src": "a.png", "alt": "", "href": "https://example.com/" } }),
                "outro[0].image.alt",
            ),
            ("/headlines/0/detail/0", json!([]), "headlines[0].detail[0]"),
            (
                "/headlines/0/detail/0/0",
                json!("a\nb"),
                "headlines[0].detail[0][0]",
            ),
            (
                "/headlines/0/detail/0/1/href",
                json!("javascript:alert(1)"),
                "headlines[0].detail[0][1].href",
            ),
            (
                "/headlines/0/detail/1/list",
                json!([]),
                "headlines[0].detail[1].list",
            ),
            (
                "/headlines/0/detail/1/list/1",
                json!([" "]),
                "headlines[0].detail[1].list[1]",
            ),
        ] {
            assert_eq!(
                find_problem_paths(pointer, value.clone()),
                [path],
                "{pointer} = {value}"
            );
        }
    }

    #[test]
    fn id_that_is_a_valid_folder_name_is_accepted() {
        for id in [
            "digest-1.5",
            "console",
            "com",
            "com10",
            "日".repeat(66).as_str(),
        ] {
            assert_eq!(
                find_problem_paths("/id", json!(id)),
                Vec::<String>::new(),
                "{id}"
            );
        }
    }

    #[test]
    fn problems_are_listed_in_document_order() {
        let mut document = good();
        document["headlines"][1]["detail"] = json!([[{ "text": "x", "href": "#" }]]);
        document["title"] = json!("");
        let issue = Issue::decode(|| &document).unwrap();
        let problems: Vec<_> = issue
            .find_problems()
            .iter()
            .map(Problem::to_string)
            .collect();
        assert_eq!(
            problems,
            [
                "title: expected text, found \"\"; write it",
                "headlines[1].detail[0][0].href: expected an absolute http, https or mailto address, found \"#\"; \
             write the source's address as its page shows it, or leave \"href\" out",
            ]
        );
    }
}
