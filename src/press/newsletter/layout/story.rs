//! Stories: headlines with their details, in the layouts that write them together.

use digest_issue::{Block, Headline, Href, Run};

use super::detail;
use crate::newsletter::markdown::{Content, Inline, List, ListItem, MarkdownBlock};
use crate::newsletter::rich_text::{
    dropped_marks_warning, read_line, remove_marks, run_text, skip_text,
};
use crate::newsletter::slug::HeadlineIds;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, Series, Unplaced};

/// A headline with its detail.
#[derive(Default)]
pub(super) struct Story {
    pub(super) headline: String,
    /// The headline's own source.
    pub(super) href: Option<Href>,
    /// The section that begins with this story.
    pub(super) section: Option<String>,
    pub(super) detail: Vec<Block>,
    /// The span of the headline.
    pub(super) span: Span,
}

impl Story {
    /// Reads a heading as a headline. Its detail has only what keeps the heading's links.
    pub(super) fn from_heading(
        block: &MarkdownBlock<'_>,
        inlines: &[Inline<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Story {
        let runs = read_line(inlines, diagnostics);
        let (headline, href, linked) = read_headline(runs, &block.span, diagnostics);
        Story {
            headline,
            href,
            detail: linked.into_iter().collect(),
            span: block.span.clone(),
            ..Story::default()
        }
    }
}

/// Reads the stories of a layout in which each bullet is one. A heading begins a section.
///
/// `read_story` returns `None` without an error for a bullet that does not begin as the layout
/// requires.
pub(super) fn read_bullets(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    read_story: impl Fn(&ListItem<'_>, &mut Vec<Diagnostic>) -> Option<Story>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let mut stories = Stories::default();
    for block in blocks {
        match &block.content {
            Content::Heading(_, inlines) => {
                stories.start_section(block, inlines, series, diagnostics);
            }
            Content::List(List { items, .. }) => {
                let found: Vec<_> = items
                    .iter()
                    .map(|item| read_story(item, diagnostics).ok_or(item))
                    .collect();
                // A list without any headline is text.
                let is_text = found.iter().all(Result::is_err);
                if !is_text || !stories.add_text(block, diagnostics) {
                    stories.add_bullets(found, series, diagnostics);
                }
            }
            _ if stories.add_text(block, diagnostics) => {}
            content => {
                let what = content.name();
                diagnostics.push(misplaced_error(block.span.clone(), what, series));
            }
        }
    }
    // Sections with text are headlines, but not the only ones: that would be another layout.
    let has_own = stories.has_own;
    let stories = stories.finish(series, diagnostics);
    if has_own { stories } else { Vec::new() }
}

/// The stories read so far, and the section that has no headline yet.
#[derive(Default)]
pub(super) struct Stories {
    stories: Vec<Story>,
    section: Option<(String, Span)>,
    /// True if the text below is part of the last story.
    is_open: bool,
    /// True if a story begins as its layout requires.
    has_own: bool,
}

impl Stories {
    /// Starts a section with this heading. If it has a link, it is a headline, which keeps the link.
    pub(super) fn start_section(
        &mut self,
        block: &MarkdownBlock<'_>,
        inlines: &[Inline<'_>],
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        self.report_empty_section(series, diagnostics);
        let story = Story::from_heading(block, inlines, diagnostics);
        self.close();
        if story.href.is_some() || !story.detail.is_empty() {
            self.push_story(story, true);
        } else if !story.headline.is_empty() {
            self.section = Some((story.headline, story.span));
        }
    }

    /// Adds the next story, which may begin a section. If it `is_open`, the text below is part of
    /// its detail.
    pub(super) fn add_story(&mut self, story: Story, is_open: bool) {
        self.has_own = true;
        self.push_story(story, is_open);
    }

    /// Adds the stories of a list, and reports the bullets that are none.
    fn add_bullets(
        &mut self,
        found: Vec<Result<Story, &ListItem<'_>>>,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for bullet in found {
            match bullet {
                Ok(story) => self.add_story(story, false),
                Err(item) => {
                    let what = "a bullet that does not begin with a headline";
                    diagnostics.push(misplaced_error(item.span.clone(), what, series));
                }
            }
        }
    }

    fn push_story(&mut self, story: Story, is_open: bool) {
        self.is_open = is_open;
        self.stories.push(Story {
            section: self.section.take().map(|(name, _)| name),
            ..story
        });
    }

    /// Adds text to the story that it is part of. A section that has no headline yet becomes one,
    /// with the text as its detail. Returns false if there is neither.
    pub(super) fn add_text(
        &mut self,
        block: &MarkdownBlock<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        if let Some((headline, span)) = self.section.take() {
            let story = Story {
                headline,
                span,
                ..Story::default()
            };
            self.push_story(story, true);
        }
        let story = self.stories.last_mut().filter(|_| self.is_open);
        let Some(story) = story else {
            return false;
        };
        story.detail.extend(detail::read_block(block, diagnostics));
        true
    }

    /// Ends the last story: the text below is not part of it.
    pub(super) fn close(&mut self) {
        self.is_open = false;
    }

    /// Returns all stories.
    pub(super) fn finish(
        mut self,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Story> {
        self.report_empty_section(series, diagnostics);
        self.stories
    }

    fn report_empty_section(&mut self, series: &Series, diagnostics: &mut Vec<Diagnostic>) {
        if let Some((_, span)) = self.section.take() {
            diagnostics.push(misplaced_error(
                span,
                "a section without a headline",
                series,
            ));
        }
    }
}

/// Turns stories into the headlines of an issue.
pub(super) fn into_headlines(
    stories: Vec<Story>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Headline> {
    let mut ids = HeadlineIds::default();
    let stories = stories.into_iter().map(|story| {
        if story.detail.is_empty() && story.href.is_none() {
            diagnostics.push(bare_headline_warning(story.span));
        }
        Headline {
            id: ids.create_id(&story.headline),
            text: story.headline,
            section: story.section,
            href: story.href,
            detail: story.detail,
            ..Headline::default()
        }
    });
    stories.collect()
}

fn bare_headline_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::BareHeadline,
        span,
        "this headline has neither a detail nor a link",
        "write a detail or link the headline to its source, unless the headline says it all",
    )
}

/// Reads a headline: its text, and its own source if all of it is a link.
///
/// If only a part of it is a link, the detail begins with the returned paragraph, so that the
/// address is kept.
pub(super) fn read_headline(
    mut runs: Vec<Run>,
    span: &Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> (String, Option<Href>, Option<Block>) {
    if let Some(last) = runs.last_mut() {
        last.text.truncate(without_colon(&last.text).len());
    }
    runs.retain(|run| !run.text.is_empty());
    let (text, loses_marks) = remove_marks(&runs);
    let href = runs.first().and_then(|first| first.href.clone());
    let has_one_link = runs.iter().all(|run| run.href == href);
    if has_one_link && loses_marks {
        diagnostics.push(dropped_marks_warning(span.clone(), "a headline"));
    }
    if has_one_link {
        (text, href, None)
    } else {
        (text, None, Some(Block::Paragraph(runs)))
    }
}

/// Returns the text behind a headline of `length` bytes, without the colon or dash between them.
pub(super) fn skip_headline(runs: &[Run], length: usize) -> Vec<Run> {
    let text = run_text(runs);
    let rest = text.get(length..).unwrap_or_default();
    let detail = rest.trim_start().trim_start_matches(SEPARATORS);
    let without_dash = detail.trim_start_matches(DASHES);
    let detail = if without_dash.starts_with(' ') {
        without_dash
    } else {
        detail
    };
    skip_text(runs, text.len() - detail.len())
}

/// Removes the colon between a headline and its detail.
pub(super) fn without_colon(headline: &str) -> &str {
    headline.trim_end().trim_end_matches(COLONS).trim_end()
}

/// Colons in English and Japanese.
const COLONS: [char; 2] = [':', '：'];

/// Characters between a headline and its detail.
const SEPARATORS: [char; 8] = [':', '：', ',', '，', '、', ';', '.', '。'];
const DASHES: [char; 3] = ['-', '–', '—'];

/// Returns the error for a block that has no place in the layout.
pub(super) fn misplaced_error(span: Span, what: &str, series: &Series) -> Diagnostic {
    let Series {
        layout, unplaced, ..
    } = series;
    let message = format!(
        "this is {what}, which has no place in the layout “{}”",
        layout.as_written()
    );
    let remedy = format!("write it as {}, or remove it", layout.example());
    let hint = format!(
        "; unplaced = \"leave-out\" in {} leaves such text out",
        Series::FILE
    );
    let hint = if *unplaced == Unplaced::Refuse {
        hint
    } else {
        String::new()
    };
    Diagnostic::error(Rule::NoPlace, span, message, remedy + &hint)
}

/// Reads the bullets in `source`, and returns the stories and the messages in short: a line for
/// each story, with slashes between its blocks.
#[cfg(test)]
pub(super) fn short_stories(
    source: &str,
    read_story: impl Fn(&ListItem<'_>, &mut Vec<Diagnostic>) -> Option<Story>,
) -> (String, Vec<String>) {
    let mut diagnostics = Vec::new();
    let stories = read_bullets(
        &crate::newsletter::markdown::parse(source, 0),
        &Series::default(),
        read_story,
        &mut diagnostics,
    );
    shorten(&into_headlines(stories, &mut diagnostics), diagnostics)
}

/// Writes headlines and messages in short.
#[cfg(test)]
pub(super) fn shorten(
    headlines: &[Headline],
    diagnostics: Vec<Diagnostic>,
) -> (String, Vec<String>) {
    let runs = |runs: &[Run]| -> String {
        let href = |run: &Run| {
            run.href
                .as_ref()
                .map_or(String::new(), |href| format!(" <{}>", href.as_written()))
        };
        runs.iter()
            .map(|run| run.text.clone() + &href(run))
            .collect()
    };
    let headline = |headline: &Headline| {
        let lines = digest_issue::list_lines(&headline.detail, "");
        let detail: Vec<_> = lines
            .iter()
            .map(|line| format!("{}{}", line.path, runs(line.runs)))
            .collect();
        let section = headline.section.as_ref();
        let section = section.map_or(String::new(), |section| format!("# {section}\n"));
        let href = headline.href.as_ref();
        let href = href.map_or(String::new(), |href| format!(" <{}>", href.as_written()));
        format!("{section}{}{href} => {}", headline.text, detail.join(" / "))
    };
    let stories: Vec<_> = headlines.iter().map(headline).collect();
    (
        stories.join("\n"),
        diagnostics
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect(),
    )
}
