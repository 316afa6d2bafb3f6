use std::mem;

use digest_issue::{Href, Run};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::link::Target;
use super::markdown::{Inline, Span};
use crate::{Diagnostic, Rule};

/// The paragraphs of a text: a hard line break ends one.
pub(crate) fn paragraphs(inlines: &[Inline<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Run>> {
    let mut writer = Writer::new(diagnostics);
    for inline in inlines {
        writer.inline(inline);
    }
    writer.finish()
}

/// The text as one paragraph: a hard line break is a space.
pub(crate) fn line(inlines: &[Inline<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Run> {
    let mut line = Vec::new();
    for run in paragraphs(inlines, diagnostics).join(&Run::plain(" ")) {
        push(&mut line, run);
    }
    line
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
        rest.push(Run { text: text.to_owned(), ..run.clone() });
    }
    trimmed(rest)
}

struct Writer<'d> {
    paragraphs: Vec<Vec<Run>>,
    runs: Vec<Run>,
    /// How many marks of each kind are open.
    strong: usize,
    em: usize,
    /// How many images are open: the text in them is not written.
    images: usize,
    link: Option<OpenLink>,
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
            images: 0,
            link: None,
            diagnostics,
        }
    }

    fn inline(&mut self, Inline { event, span }: &Inline<'_>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.start_image(span),
            Event::End(TagEnd::Image) => self.images -= 1,
            _ if self.images > 0 => {}
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::Start(Tag::Emphasis) => self.em += 1,
            Event::End(TagEnd::Emphasis) => self.em -= 1,
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                self.start_link(*link_type, dest_url, title, span);
            }
            Event::End(TagEnd::Link) => self.end_link(span),
            Event::Text(text) => self.text(text, false, span),
            Event::Code(text) => self.text(text, true, span),
            Event::SoftBreak => self.write(" ", false),
            Event::HardBreak => self.end_paragraph(),
            Event::FootnoteReference(_) => self.refuse("a footnote", span),
            _ => self.refuse("HTML", span),
        }
    }

    fn start_image(&mut self, span: &Span) {
        self.images += 1;
        if self.images == 1 {
            self.refuse("an image", span);
        }
    }

    fn start_link(&mut self, kind: LinkType, address: &str, title: &str, span: &Span) {
        let scheme = if kind == LinkType::Email { "mailto:" } else { "" };
        let href = self.href(&format!("{scheme}{address}"), span);
        self.link = Some(OpenLink { href, has_text: false });
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
                "write the address of the source in place of the “#”, or remove the link",
            ),
            Target::Unusable(unusable) => unusable.at(span.clone()),
        };
        self.diagnostics.push(diagnostic);
        None
    }

    fn end_link(&mut self, span: &Span) {
        if self.link.take().is_some_and(|link| !link.has_text && link.href.is_some()) {
            self.diagnostics.push(Diagnostic::error(
                Rule::EmptyLink,
                span.clone(),
                "this link has no text, so no reader could follow it",
                "write the text between the square brackets, or remove the link",
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
                format!("this text holds an invisible control character (U+{:04X})", u32::from(character)),
                "type this part of the text anew",
            )),
            None => self.write(&text, code),
        }
    }

    fn write(&mut self, text: &str, code: bool) {
        if let Some(link) = &mut self.link {
            link.has_text |= !text.trim().is_empty();
        }
        let href = self.link.as_ref().and_then(|link| link.href.clone());
        let run = Run { text: text.to_owned(), strong: self.strong > 0, em: self.em > 0, code, href };
        push(&mut self.runs, run);
    }

    fn refuse(&mut self, what: &str, span: &Span) {
        let remedy = "write what it says as text, or remove it";
        self.diagnostics.push(Diagnostic::misplaced(span.clone(), what, "an issue", remedy));
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
    let blank = runs.iter().take_while(|run| run.text.trim().is_empty()).count();
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
        let Content::Paragraph(inlines) = &blocks[0].content else { panic!("{source}") };
        let mut diagnostics = Vec::new();
        let paragraphs: Vec<_> =
            paragraphs(inlines, &mut diagnostics).iter().map(|runs| short(runs)).collect();
        (paragraphs.join("\n"), diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect())
    }

    fn short(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| {
                let marks = [(run.strong, "strong "), (run.em, "em "), (run.code, "code ")];
                let mut marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
                if let Some(href) = &run.href {
                    marks += &format!("{} ", href.as_found());
                }
                if marks.is_empty() { run.text.clone() } else { format!("[{marks}{}]", run.text) }
            })
            .collect()
    }

    #[test]
    fn marks_and_links_are_kept() {
        for (source, expected) in [
            ("a **b** *c* ***d*** `e *f*`", "a [strong b] [em c] [em strong d] [code e *f*]"),
            ("[a **b**](https://x.example/)", "[https://x.example/ a ][strong https://x.example/ b]"),
            (
                "<https://x.example> <a@x.example>",
                "[https://x.example/ https://x.example] [mailto:a@x.example a@x.example]",
            ),
            ("**a**__b__ _c_*d*", "[strong ab] [em cd]"),
            ("\\$200 \\*a\\* &amp; &lt;b> 1\\. <", "$200 *a* & <b> 1. <"),
            ("a\nb\tc", "a b c"),
            ("a  \nb **c\\\nd** e", "a\nb [strong c]\n[strong d] e"),
            ("[a]\n\n[a]: https://x.example/a", "[https://x.example/a a]"),
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
            ("[a](https://x.example/ \"t\")", "[https://x.example/ a]", "title “t” is left out"),
            ("a [](https://x.example/)", "a", "has no text"),
            ("a [ ](https://x.example/)", "a", "has no text"),
            ("a ![b [c](#) ![d](e)](f)", "a", "an image"),
            ("a <b>c", "a c", "HTML"),
            ("a [^1]\n\n[^1]: b", "a", "a footnote"),
            ("a \u{7}b", "", "control character (U+0007)"),
        ] {
            let (text, messages) = paragraphs_of(source);
            assert_eq!(text, expected, "{source}");
            assert!(messages.len() == 1 && messages[0].contains(message), "{source}: {messages:?}");
        }
    }

    #[test]
    fn skipping_keeps_the_marks_of_the_rest() {
        let runs = [
            Run { strong: true, ..Run::plain("Vol:") },
            Run::plain(" "),
            Run { em: true, ..Run::plain("1.5") },
        ];
        assert_eq!(short(&skip(&runs, "Vol:".len())), "[em 1.5]");
        assert_eq!(short(&skip(&runs, "Vo".len())), "[strong l:] [em 1.5]");
    }
}
