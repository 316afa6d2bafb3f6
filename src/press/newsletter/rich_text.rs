//! Text with marks and links, read from the inlines of Markdown.

mod link;
mod open_marks;
mod picture;
mod runs;

use std::mem;

use digest_issue::{Block, Href, Run};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::markdown::{Inline, UNDEFINED};
use crate::cjk;
use crate::image_source::ImageSource;
use crate::source_map::Span;
use crate::{Diagnostic, Rule};
use open_marks::{OpenMarks, is_line_break};
use picture::OpenPicture;
use runs::{push_run, trim_runs};

pub(crate) use digest_issue::run_text;
pub(crate) use link::{LinkTarget, encode_address};
pub(crate) use picture::{is_usable_src, missing_alt_warning};
pub(crate) use runs::{join_paragraphs, remove_marks, skip_text};

/// A text on one line, with its span.
pub(crate) struct RichText {
    pub(crate) runs: Vec<Run>,
    pub(crate) span: Span,
}

impl RichText {
    /// Returns the text alone. A link is an error and marks are a warning, since `place` shows
    /// neither. An address that is its own text stays readable, so it is a warning.
    pub(crate) fn to_plain_text(&self, place: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
        let mut links = self.runs.iter().filter(|run| run.href.is_some()).peekable();
        if links.peek().is_some() {
            let diagnostic = if links.all(is_bare_address) {
                Diagnostic::warning(
                    Rule::LinkInPlainText,
                    self.span.clone(),
                    format!("the address in {place} is shown as text: readers cannot follow it"),
                    "move it into a detail if readers should follow it",
                )
            } else {
                Diagnostic::error(
                    Rule::LinkInPlainText,
                    self.span.clone(),
                    format!("there is a link in {place}, which must be plain text"),
                    "move it into a detail, or remove it",
                )
            };
            diagnostics.push(diagnostic);
        }
        self.to_unmarked_text(place, diagnostics)
    }

    /// Returns the text alone. Marks are a warning, since `place` shows none.
    pub(crate) fn to_unmarked_text(
        &self,
        place: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> String {
        let (text, loses_marks) = remove_marks(&self.runs);
        if loses_marks {
            diagnostics.push(dropped_marks_warning(self.span.clone(), place));
        }
        text
    }
}

/// Reads the paragraphs and pictures of a text: a hard line break ends a paragraph, and a picture
/// parts two.
pub(crate) fn read_blocks(inlines: &[Inline<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    read(inlines, Pictures::Keep, diagnostics)
}

/// Reads a text as one paragraph: a hard line break is a space. A picture has no place in it, so its
/// description takes its place.
pub(crate) fn read_line(inlines: &[Inline<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Run> {
    let blocks = read(inlines, Pictures::Describe, diagnostics);
    let paragraphs = blocks.into_iter().filter_map(|block| match block {
        Block::Paragraph(runs) => Some(runs),
        _ => None,
    });
    join_paragraphs(&paragraphs.collect::<Vec<_>>())
}

fn read(
    inlines: &[Inline<'_>],
    pictures: Pictures,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let mut builder = RichTextBuilder::new(pictures, diagnostics);
    for inline in inlines {
        builder.add_inline(inline);
    }
    builder.finish()
}

/// Returns true for a link whose text is its address.
fn is_bare_address(run: &Run) -> bool {
    ["", "http://", "mailto:"].iter().any(|scheme| {
        let target = LinkTarget::parse(&format!("{scheme}{}", run.text));
        matches!(target, LinkTarget::Usable(href) if run.href.as_ref() == Some(&href))
    })
}

/// Returns the warning for bold, italics or code in a text that is shown in one style.
pub(crate) fn dropped_marks_warning(span: Span, place: &str) -> Diagnostic {
    Diagnostic::warning(
        Rule::Marks,
        span,
        format!("bold, italics and code are left out of {place}, which is shown in one style"),
        "write it in plain text",
    )
}

fn described_picture_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "an image has no place in a headline, a heading or a cell: its description takes its place",
        "move it into a paragraph of the detail",
    )
}

/// Returns the warning for the title of a link or an image.
pub(crate) fn dropped_title_warning(what: &str, title: &str, span: &Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LinkTitle,
        span.clone(),
        format!("the {what}'s title “{title}” is left out, since not every reader could see it"),
        "write it into the text if it matters",
    )
}

fn unsupported_error(what: &str, span: &Span) -> Diagnostic {
    Diagnostic::unsupported(
        span.clone(),
        what,
        "an issue",
        "write it as text, or remove it",
    )
}

/// How a text treats its pictures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pictures {
    Keep,
    Describe,
}

/// Builds paragraphs and pictures from inlines.
struct RichTextBuilder<'d> {
    pictures: Pictures,
    blocks: Vec<Block>,
    runs: Vec<Run>,
    marks: OpenMarks,
    /// Number of open images, whose content is no text of the paragraph.
    open_images: usize,
    /// The outermost open image, if it is kept.
    picture: Option<OpenPicture>,
    link: Option<OpenLink>,
    /// The character before the line break that was written last.
    break_after: Option<char>,
    /// True if something was left out since the last text: the words beside it must not join.
    gap: bool,
    diagnostics: &'d mut Vec<Diagnostic>,
}

struct OpenLink {
    href: Option<Href>,
    has_text: bool,
}

impl<'d> RichTextBuilder<'d> {
    fn new(pictures: Pictures, diagnostics: &'d mut Vec<Diagnostic>) -> RichTextBuilder<'d> {
        RichTextBuilder {
            pictures,
            blocks: Vec::new(),
            runs: Vec::new(),
            marks: OpenMarks::default(),
            open_images: 0,
            picture: None,
            break_after: None,
            link: None,
            gap: false,
            diagnostics,
        }
    }

    fn add_inline(&mut self, Inline { event, image, span }: &Inline<'_>) {
        match event {
            Event::Start(Tag::Image { title, .. }) if self.pictures == Pictures::Describe => {
                self.describe_picture(title, span);
            }
            Event::End(TagEnd::Image) if self.pictures == Pictures::Describe => {
                self.end_description();
            }
            Event::Start(Tag::Image { title, .. }) if self.open_images == 0 => {
                self.open_images = 1;
                self.start_picture(image.as_ref(), title, span);
            }
            Event::End(TagEnd::Image) if self.open_images == 1 => {
                self.open_images = 0;
                self.end_picture();
            }
            event if self.open_images > 0 => self.add_alt(event, span),
            Event::Start(Tag::Strong) => self.marks.open("strong"),
            Event::End(TagEnd::Strong) => self.marks.close("strong"),
            Event::Start(Tag::Emphasis) => self.marks.open("em"),
            Event::End(TagEnd::Emphasis) => self.marks.close("em"),
            Event::Start(Tag::Strikethrough) => self.marks.open("del"),
            Event::End(TagEnd::Strikethrough) => self.marks.close("del"),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                self.start_link(*link_type, dest_url, title, span);
            }
            Event::End(TagEnd::Link) => self.end_link(span),
            Event::Text(text) => self.add_text(text, false, span),
            Event::Code(text) => self.add_text(text, true, span),
            Event::SoftBreak => self.add_soft_break(),
            Event::HardBreak => self.end_paragraph(),
            Event::FootnoteReference(number) => self.add_footnote_number(number),
            Event::InlineHtml(tag) => self.add_tag(tag, span),
            _ => self.leave_out(unsupported_error("HTML", span)),
        }
    }

    fn add_tag(&mut self, tag: &str, span: &Span) {
        if is_line_break(tag) {
            self.end_paragraph();
        } else if !self.marks.apply_tag(tag) {
            self.leave_out(unsupported_error("HTML", span));
        }
    }

    /// Adds the raised number of a footnote, behind a comma if it follows another one.
    fn add_footnote_number(&mut self, number: &str) {
        let follows = self.runs.last().is_some_and(|last| {
            last.sup && last.text.ends_with(|sign: char| sign.is_ascii_digit())
        });
        let comma = if follows { "," } else { "" };
        self.marks.open("sup");
        self.add_run(&format!("{comma}{number}"), false);
        self.marks.close("sup");
    }

    fn describe_picture(&mut self, title: &str, span: &Span) {
        self.leave_out(described_picture_warning(span.clone()));
        if !title.is_empty() {
            self.diagnostics
                .push(dropped_title_warning("image", title, span));
        }
    }

    fn end_description(&mut self) {
        self.gap = true;
        // A link needs a text.
        let link = self.link.as_ref().filter(|link| !link.has_text);
        let href = link.and_then(|link| link.href.clone());
        if let Some(domain) = href.as_ref().and_then(Href::domain) {
            self.add_run(domain, false);
        }
    }

    fn start_picture(&mut self, source: Option<&ImageSource>, title: &str, span: &Span) {
        let opened = match source {
            Some(source) => OpenPicture::open(source, title, span),
            None => Err(unsupported_error("an image", span)),
        };
        match opened {
            Ok(picture) => {
                self.end_paragraph();
                self.picture = Some(picture);
            }
            Err(diagnostic) => self.leave_out(diagnostic),
        }
    }

    fn add_alt(&mut self, event: &Event<'_>, span: &Span) {
        match event {
            Event::Start(Tag::Image { .. }) => self.open_images += 1,
            Event::End(TagEnd::Image) => self.open_images -= 1,
            _ => {}
        }
        if let Some(picture) = &mut self.picture {
            let added = picture.add_alt(event, span);
            self.diagnostics.extend(added.err());
        }
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        let link = self.link.as_mut();
        let href = link.and_then(|link| {
            link.has_text = true;
            link.href.clone()
        });
        let image = picture.close(href, self.diagnostics);
        self.blocks.push(Block::Image(image));
    }

    fn start_link(&mut self, kind: LinkType, address: &str, title: &str, span: &Span) {
        let scheme = if kind == LinkType::Email {
            "mailto:"
        } else {
            ""
        };
        let is_undefined = address == UNDEFINED;
        let href = if is_undefined {
            None
        } else {
            self.parse_href(&format!("{scheme}{address}"), span)
        };
        self.link = Some(OpenLink {
            href,
            has_text: false,
        });
        if !title.is_empty() {
            self.diagnostics
                .push(dropped_title_warning("link", title, span));
        }
    }

    fn parse_href(&mut self, address: &str, span: &Span) -> Option<Href> {
        let diagnostic = match LinkTarget::parse(address) {
            LinkTarget::Usable(href) => return Some(href),
            LinkTarget::Placeholder => Diagnostic::warning(
                Rule::PlaceholderLink,
                span.clone(),
                "this link leads nowhere, so its text is kept without a link",
                "link to the source, or remove the link",
            ),
            LinkTarget::Unusable(unusable) => unusable.into_error(span.clone(), address),
        };
        self.diagnostics.push(diagnostic);
        None
    }

    fn end_link(&mut self, span: &Span) {
        if self
            .link
            .take()
            .is_some_and(|link| !link.has_text && link.href.is_some())
        {
            self.diagnostics.push(Diagnostic::error(
                Rule::EmptyLink,
                span.clone(),
                "this link has no text, so no reader could follow it",
                "give the link a text, or remove it",
            ));
        }
    }

    fn add_text(&mut self, text: &str, code: bool, span: &Span) {
        // A tab counts as a space. No other control character has a meaning in a text.
        let text = text.replace('\t', " ");
        match text.chars().find(|character| character.is_control()) {
            Some(character) => self.diagnostics.push(Diagnostic::error(
                Rule::ControlCharacter,
                span.clone(),
                format!(
                    "this text contains an invisible control character (U+{:04X})",
                    u32::from(character)
                ),
                "type this part of the text again",
            )),
            None => self.add_run(&text, code),
        }
    }

    fn add_soft_break(&mut self) {
        let before = self
            .runs
            .last()
            .and_then(|run| run.text.chars().next_back());
        self.add_run(" ", false);
        self.break_after = before;
    }

    /// Removes the space of a line break if the scripts on both sides have none.
    fn remove_break_space(&mut self, text: &str) {
        let both = self.break_after.take().zip(text.chars().next());
        if both.is_some_and(|(before, after)| cjk::is_unspaced_break(before, after))
            && let Some(run) = self.runs.last_mut()
        {
            run.text.pop();
        }
        self.runs.pop_if(|run| run.text.is_empty());
    }

    fn add_run(&mut self, text: &str, code: bool) {
        self.remove_break_space(text);
        if let Some(link) = &mut self.link {
            link.has_text |= !text.trim().is_empty();
        }
        let href = self.link.as_ref().and_then(|link| link.href.clone());
        let before = self.runs.last().and_then(|run| run.text.chars().last());
        let joins =
            before.is_some_and(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric);
        let space = if mem::take(&mut self.gap) && joins {
            " "
        } else {
            ""
        };
        let run = self.marks.mark_run(Run {
            text: format!("{space}{text}"),
            code,
            href,
            ..Run::default()
        });
        push_run(&mut self.runs, run);
    }

    fn leave_out(&mut self, diagnostic: Diagnostic) {
        self.gap = true;
        self.diagnostics.push(diagnostic);
    }

    fn end_paragraph(&mut self) {
        let runs = trim_runs(mem::take(&mut self.runs));
        if !runs.is_empty() {
            self.blocks.push(Block::Paragraph(runs));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }
}

#[cfg(test)]
mod tests {
    use digest_issue::Src;

    use super::*;
    use crate::newsletter::markdown::{self, Content};

    /// Writes paragraphs in short: a line for each, with runs that are not plain in brackets.
    fn short_paragraphs(source: &str) -> (String, Vec<String>) {
        let blocks = markdown::parse(source, 0);
        let Content::Paragraph(inlines) = &blocks[0].content else {
            panic!("{source}")
        };
        let mut diagnostics = Vec::new();
        let paragraphs: Vec<_> = read_blocks(inlines, &mut diagnostics)
            .iter()
            .map(short_block)
            .collect();
        (
            paragraphs.join("\n"),
            diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.message)
                .collect(),
        )
    }

    fn short_block(block: &Block) -> String {
        match block {
            Block::Paragraph(runs) => short_runs(runs),
            Block::Image(image) => {
                let src = image.src.as_ref().map_or("", Src::as_written);
                let href = image.href.as_ref().map_or("", Href::as_written);
                let alt = image.alt.as_deref().unwrap_or_default();
                format!("<{src}|{alt}|{href}|{}>", run_text(&image.caption))
            }
            _ => panic!("{block:?}"),
        }
    }

    fn short_runs(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| {
                let marks = [
                    (run.strong, "strong "),
                    (run.em, "em "),
                    (run.code, "code "),
                    (run.sup, "sup "),
                    (run.sub, "sub "),
                    (run.del, "del "),
                ];
                let mut marks: String = marks
                    .iter()
                    .filter(|(on, _)| *on)
                    .map(|(_, name)| *name)
                    .collect();
                if let Some(href) = &run.href {
                    marks += &format!("{} ", href.as_written());
                }
                if marks.is_empty() {
                    run.text.clone()
                } else {
                    format!("[{marks}{}]", run.text)
                }
            })
            .collect()
    }

    #[test]
    fn marks_and_links_are_kept() {
        for (source, expected) in [
            (
                "a **b** *c* ***d*** `e *f*`",
                "a [strong b] [em c] [em strong d] [code e *f*]",
            ),
            (
                "[a **b**](https://x.example/)",
                "[https://x.example/ a ][strong https://x.example/ b]",
            ),
            (
                "<https://x.example> <a@x.example>",
                "[https://x.example/ https://x.example] [mailto:a@x.example a@x.example]",
            ),
            ("**a**__b__ _c_*d*", "[strong ab] [em cd]"),
            ("\\$200 \\*a\\* &amp; &lt;b> 1\\. <", "$200 *a* & <b> 1. <"),
            ("a\nb\tc", "a b c"),
            ("a  \nb **c\\\nd** e", "a\nb [strong c]\n[strong d] e"),
            ("[a]\n\n[a]: https://x.example/a", "[https://x.example/a a]"),
            ("[a][b] c", "a c"),
            ("[a][b](https://x.example/)", "[a][https://x.example/ b]"),
            ("~a~ 10~20 30~40", "~a~ 10~20 30~40"),
            ("~~old~~ new", "[del old] new"),
            (
                "10<sup>5</sup> CO<SUB>2</SUB> <del>a <b>b</b></del> <s>c</s> <i>d</i>",
                "10[sup 5] CO[sub 2] [del a ][strong del b] [del c] [em d]",
            ),
            ("a<br>b<br />c</sup>", "a\nb\nc"),
            (
                "これは**「重要」**です。また**「注意」**です",
                "これは[strong 「重要」]です。また[strong 「注意」]です",
            ),
            (
                "は**[リンク](https://x.example/)**です",
                "は[strong https://x.example/ リンク]です",
            ),
            (
                "他**“重要”**的，**(注)**と**API(仕様)**を",
                "他[strong “重要”]的，[strong (注)]と[strong API(仕様)]を",
            ),
            ("그는**\"중요\"**하다", "그는[strong \"중요\"]하다"),
            (
                "は*「強調」*で`は**「」`",
                "は[em 「強調」]で[code は**「」]",
            ),
            ("は\\*\\*「重要」\\*\\*です", "は**「重要」**です"),
            ("日本\n米国\n**韓国**", "日本米国[strong 韓国]"),
            (
                "日本、\nUSA\n日本\nUSA\n한국\n한국",
                "日本、USA 日本 USA 한국 한국",
            ),
            (
                "**日本**\n[米国](https://x.example/)\n`a`",
                "[strong 日本][https://x.example/ 米国] [code a]",
            ),
            ("「\n\ta", "「a"),
        ] {
            assert_eq!(
                short_paragraphs(source),
                (expected.replace("em strong", "strong em"), vec![]),
                "{source}"
            );
        }
    }

    #[test]
    fn omissions_are_reported() {
        for (source, expected, message) in [
            ("a [b](#) c", "a b c", "leads nowhere"),
            ("a [b]() c", "a b c", "leads nowhere"),
            ("[a](javascript:x)", "a", "“javascript:”"),
            (
                "[a](https://x.example/ \"t\")",
                "[https://x.example/ a]",
                "title “t” is left out",
            ),
            ("a [](https://x.example/)", "a", "has no text"),
            ("a [ ](https://x.example/)", "a", "has no text"),
            (
                "a![b](<data:image/png;base64,AA>)c",
                "a c",
                "neither a file name nor",
            ),
            ("a ![b [c](#) ![d](e)](f)", "a\n<f|b c d||>", "an image"),
            ("![b [c](https://x.example/)](f)", "<f|b c||>", "a link in"),
            ("a ![](b.jpg)", "a\n<b.jpg|||>", "no description"),
            (
                "[![](b.jpg)](https://www.x.example/y)",
                "<b.jpg|x.example|https://www.x.example/y|>",
                "no description",
            ),
            ("a <u>c", "a c", "HTML"),
            ("a ~~b [c](#)~~ d", "a [del b c] d", "leads nowhere"),
            ("2<img>16", "2 16", "HTML"),
            ("a \u{7}b", "", "control character (U+0007)"),
        ] {
            let (text, messages) = short_paragraphs(source);
            assert_eq!(text, expected, "{source}");
            assert!(
                messages.len() == 1 && messages[0].contains(message),
                "{source}: {messages:?}"
            );
        }
    }

    #[test]
    fn pictures_are_between_paragraphs() {
        for (source, expected) in [
            ("![b](c.jpg)", "<c.jpg|b||>"),
            (
                "a ![b *c*\nd](<e f.jpg> \"g\") h",
                "a\n<e%20f.jpg|b c d||g>\nh",
            ),
            (
                "[a ![b](c) d](https://x.example/)",
                "[https://x.example/ a]\n<c|b|https://x.example/|>\n[https://x.example/ d]",
            ),
            ("**a ![b](c) d**", "[strong a]\n<c|b||>\n[strong d]"),
        ] {
            let expected = (expected.to_owned(), vec![]);
            assert_eq!(short_paragraphs(source), expected, "{source}");
        }
    }

    #[test]
    fn footnotes_are_raised_numbers() {
        for (source, expected) in [
            (
                "a[^x]. b[^y][^X]\n\n[^y]: c\n[^x]: d",
                "a[sup 1]. b[sup 2,1]",
            ),
            ("a [^1]\n\n[^1]: b", "a [sup 1]"),
            ("a[^1]", "a[^1]"),
        ] {
            let expected = (expected.to_owned(), vec![]);
            assert_eq!(short_paragraphs(source), expected, "{source}");
        }
    }

    #[test]
    fn picture_in_a_line_is_its_description() {
        for (source, expected) in [
            ("a ![b *c*](d.jpg) e", "a b [em c] e"),
            ("a![b](c.jpg)d", "a b d"),
            ("![](a.jpg) b", "b"),
            (
                "[![a](b.jpg)](https://x.example/)",
                "[https://x.example/ a]",
            ),
            (
                "[![](b.jpg)](https://x.example/)",
                "[https://x.example/ x.example]",
            ),
        ] {
            let blocks = markdown::parse(source, 0);
            let Content::Paragraph(inlines) = &blocks[0].content else {
                panic!("{source}")
            };
            let mut diagnostics = Vec::new();
            let runs = read_line(inlines, &mut diagnostics);
            assert_eq!(short_runs(&runs), expected, "{source}");
            assert_eq!(diagnostics.len(), 1, "{source}");
            assert!(!diagnostics[0].is_error(), "{source}");
        }
    }

    #[test]
    fn skip_text_keeps_the_marks_of_the_rest() {
        let runs = [
            Run {
                strong: true,
                ..Run::plain("Vol:")
            },
            Run::plain(" "),
            Run {
                em: true,
                ..Run::plain("1.5")
            },
        ];
        assert_eq!(short_runs(&skip_text(&runs, "Vol:".len())), "[em 1.5]");
        assert_eq!(
            short_runs(&skip_text(&runs, "Vo".len())),
            "[strong l:] [em 1.5]"
        );
    }
}
