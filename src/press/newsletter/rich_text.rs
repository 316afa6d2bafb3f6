use std::mem;

use digest_issue::{Href, Run};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::link::Target;
use super::markdown::{Inline, Span};
use super::references;
use crate::{Diagnostic, Rule, cjk, source};

/// The paragraphs of a text: a hard line break ends one.
pub(crate) fn paragraphs(
    inlines: &[Inline<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<Run>> {
    let mut writer = Writer::new(diagnostics);
    for inline in inlines {
        writer.inline(inline);
    }
    writer.finish()
}

/// The text as one paragraph: a hard line break is a space.
pub(crate) fn line(inlines: &[Inline<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Run> {
    joined(&paragraphs(inlines, diagnostics))
}

/// Several paragraphs as one, with spaces between them.
pub(crate) fn joined(paragraphs: &[Vec<Run>]) -> Vec<Run> {
    let mut line = Vec::new();
    for run in paragraphs.join(&Run::plain(" ")) {
        push(&mut line, run);
    }
    line
}

fn misplaced(what: &str, span: &Span) -> Diagnostic {
    Diagnostic::unsupported(
        span.clone(),
        what,
        "an issue",
        "write what it says as text, or remove it",
    )
}

/// The warning for an image inside of a document: it may be a logo or a line to look at, which are no reason
/// to refuse a newsletter.
pub(crate) fn image_left_out(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "this image has no place in an issue: it is left out",
        "an issue has one image, in a paragraph of its own above the headlines",
    )
}

/// The warning for the title of a link or an image.
pub(crate) fn title_left_out(what: &str, title: &str, span: &Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LinkTitle,
        span.clone(),
        format!("the {what}'s title “{title}” is left out, since not every reader could see it"),
        "write it into the text if it matters",
    )
}

/// The text of the runs, without their marks and links.
pub(crate) fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The runs without the first `length` bytes of their text.
pub(crate) fn skip(runs: &[Run], mut length: usize) -> Vec<Run> {
    let mut rest = Vec::new();
    for run in runs {
        let text = run.text.get(length..).unwrap_or_default();
        length = length.saturating_sub(run.text.len());
        rest.push(Run {
            text: text.to_owned(),
            ..run.clone()
        });
    }
    trimmed(rest)
}

struct Writer<'d> {
    paragraphs: Vec<Vec<Run>>,
    runs: Vec<Run>,
    /// How many marks of each kind are open.
    strong: usize,
    em: usize,
    /// How many images and struck-through texts are open: what is in them is not written.
    omitted: usize,
    link: Option<OpenLink>,
    /// The character before the line break that was written last.
    break_after: Option<char>,
    /// Whether something was left out since the last text, so that a word does not join the one before it.
    gap: bool,
    diagnostics: &'d mut Vec<Diagnostic>,
}

struct OpenLink {
    href: Option<Href>,
    has_text: bool,
}

impl<'d> Writer<'d> {
    fn new(diagnostics: &'d mut Vec<Diagnostic>) -> Writer<'d> {
        Writer {
            paragraphs: Vec::new(),
            runs: Vec::new(),
            strong: 0,
            em: 0,
            omitted: 0,
            break_after: None,
            link: None,
            gap: false,
            diagnostics,
        }
    }

    fn inline(&mut self, Inline { event, span }: &Inline<'_>) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) if source::is_part(dest_url) => {
                self.omit(image_left_out(span.clone()));
            }
            Event::Start(Tag::Image { .. }) => self.omit(misplaced("an image", span)),
            Event::Start(Tag::Strikethrough) => {
                self.omit(misplaced("text that is struck through", span))
            }
            Event::End(TagEnd::Image | TagEnd::Strikethrough) => self.omitted -= 1,
            _ if self.omitted > 0 => {}
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::Start(Tag::Emphasis) => self.em += 1,
            Event::End(TagEnd::Emphasis) => self.em -= 1,
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                self.start_link(*link_type, dest_url, title, span);
            }
            Event::End(TagEnd::Link) => self.end_link(span),
            Event::Text(text) => self.text(text, false, span),
            Event::Code(text) => self.text(text, true, span),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.end_paragraph(),
            Event::FootnoteReference(_) => self.leave_out(misplaced("a footnote", span)),
            _ => self.leave_out(misplaced("HTML", span)),
        }
    }

    /// Leaves out what begins here, with all that is inside of it.
    fn omit(&mut self, diagnostic: Diagnostic) {
        self.omitted += 1;
        if self.omitted == 1 {
            self.leave_out(diagnostic);
        }
    }

    fn start_link(&mut self, kind: LinkType, address: &str, title: &str, span: &Span) {
        let scheme = if kind == LinkType::Email {
            "mailto:"
        } else {
            ""
        };
        let is_undefined = address == references::UNDEFINED;
        let href = if is_undefined {
            None
        } else {
            self.href(&format!("{scheme}{address}"), span)
        };
        self.link = Some(OpenLink {
            href,
            has_text: false,
        });
        if !title.is_empty() {
            self.diagnostics.push(title_left_out("link", title, span));
        }
    }

    fn href(&mut self, address: &str, span: &Span) -> Option<Href> {
        let diagnostic = match Target::of(address) {
            Target::Usable(href) => return Some(href),
            Target::Placeholder => Diagnostic::warning(
                Rule::PlaceholderLink,
                span.clone(),
                "this link leads nowhere, so its text is kept without a link",
                "let it lead to the address of the source, or remove the link",
            ),
            Target::Unusable(unusable) => unusable.at(span.clone(), address),
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

    fn text(&mut self, text: &str, code: bool, span: &Span) {
        // A tab is a space like any other; no other control character means anything in a text.
        let text = text.replace('\t', " ");
        match text.chars().find(|character| character.is_control()) {
            Some(character) => self.diagnostics.push(Diagnostic::error(
                Rule::ControlCharacter,
                span.clone(),
                format!(
                    "this text holds an invisible control character (U+{:04X})",
                    u32::from(character)
                ),
                "type this part of the text anew",
            )),
            None => self.write(&text, code),
        }
    }

    fn soft_break(&mut self) {
        let before = self
            .runs
            .last()
            .and_then(|run| run.text.chars().next_back());
        self.write(" ", false);
        self.break_after = before;
    }

    /// Takes back the space of a line break if the scripts on both sides have none.
    fn join(&mut self, text: &str) {
        let both = self.break_after.take().zip(text.chars().next());
        if both.is_some_and(|(before, after)| cjk::is_unspaced_break(before, after))
            && let Some(run) = self.runs.last_mut()
        {
            run.text.pop();
        }
        self.runs.pop_if(|run| run.text.is_empty());
    }

    fn write(&mut self, text: &str, code: bool) {
        self.join(text);
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
        let run = Run {
            text: format!("{space}{text}"),
            strong: self.strong > 0,
            em: self.em > 0,
            code,
            href,
        };
        push(&mut self.runs, run);
    }

    fn leave_out(&mut self, diagnostic: Diagnostic) {
        self.gap = true;
        self.diagnostics.push(diagnostic);
    }

    fn end_paragraph(&mut self) {
        let runs = trimmed(mem::take(&mut self.runs));
        if !runs.is_empty() {
            self.paragraphs.push(runs);
        }
    }

    fn finish(mut self) -> Vec<Vec<Run>> {
        self.end_paragraph();
        self.paragraphs
    }
}

/// Adds a run, to the last one if both look the same.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.same_style(&run) => last.text.push_str(&run.text),
        _ => runs.push(run),
    }
}

/// The runs without the spaces at the start and the end of their text.
fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    let blank = runs
        .iter()
        .take_while(|run| run.text.trim().is_empty())
        .count();
    runs.drain(..blank);
    while runs.pop_if(|run| run.text.trim().is_empty()).is_some() {}
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsletter::markdown::{self, Content};

    /// Paragraphs in short: a line for each, with the runs in brackets that are not plain.
    fn paragraphs_of(source: &str) -> (String, Vec<String>) {
        let blocks = markdown::parse(source, 0);
        let Content::Paragraph(inlines) = &blocks[0].content else {
            panic!("{source}")
        };
        let mut diagnostics = Vec::new();
        let paragraphs: Vec<_> = paragraphs(inlines, &mut diagnostics)
            .iter()
            .map(|runs| short(runs))
            .collect();
        (
            paragraphs.join("\n"),
            diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.message)
                .collect(),
        )
    }

    fn short(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| {
                let marks = [
                    (run.strong, "strong "),
                    (run.em, "em "),
                    (run.code, "code "),
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
                paragraphs_of(source),
                (expected.replace("em strong", "strong em"), vec![]),
                "{source}"
            );
        }
    }

    #[test]
    fn what_is_left_out_is_named() {
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
            ("a ![b [c](#) ![d](e)](f)", "a", "an image"),
            ("a <b>c", "a c", "HTML"),
            ("a ~~b [c](#)~~ d", "a  d", "struck through"),
            ("a [^1]\n\n[^1]: b", "a", "a footnote"),
            ("2<br>16", "2 16", "HTML"),
            ("a![b](c)d", "a d", "an image"),
            ("a[^1].\n\n[^1]: b", "a.", "a footnote"),
            ("a \u{7}b", "", "control character (U+0007)"),
        ] {
            let (text, messages) = paragraphs_of(source);
            assert_eq!(text, expected, "{source}");
            assert!(
                messages.len() == 1 && messages[0].contains(message),
                "{source}: {messages:?}"
            );
        }
    }

    #[test]
    fn skipping_keeps_the_marks_of_the_rest() {
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
        assert_eq!(short(&skip(&runs, "Vol:".len())), "[em 1.5]");
        assert_eq!(short(&skip(&runs, "Vo".len())), "[strong l:] [em 1.5]");
    }
}
