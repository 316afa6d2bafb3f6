//! The markup of an issue: header, picture and headlines.

use digest_issue::Headline;
use yew::{Html, html};

use crate::date::render_date;
use crate::figure::render_figure;
use crate::heading::render_heading;
use crate::headline::render_headline;
use crate::label::render_labels;
use crate::render_context::RenderContext;
use crate::{LocalizedIssue, View};

/// Renders the whole issue.
pub(crate) fn render_issue(context: &RenderContext<'_>) -> Html {
    let LocalizedIssue { issue, date, .. } = context.localized;
    let View {
        strings, options, ..
    } = context.view;
    // The style sheet hides the empty element: omitting it here would cost 100 bytes.
    let [before, volume, after] = if issue.has_date_as_volume() {
        [""; 3]
    } else {
        [strings.volume[0], issue.volume.as_str(), strings.volume[1]]
    };
    let title = html! { &issue.title };
    html! {
        <article part="issue" lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <header part="header">
                { render_heading(options.heading_level, "title", None, title) }
                <p part="meta">
                    <span part="volume" lang={strings.lang} dir="auto">
                        { before }{ volume }{ after }
                    </span>
                    { render_date(issue.date, date) }
                </p>
            </header>
            { for issue.image.as_ref().map(|image| render_figure(context, image)) }
            if !issue.intro.is_empty() {
                <section part="intro">
                    { context.render_blocks(below_title(context), &issue.intro) }
                </section>
            }
            { render_headlines(context) }
            if !issue.outro.is_empty() {
                <section part="outro">
                    { context.render_blocks(below_title(context), &issue.outro) }
                </section>
            }
        </article>
    }
}

fn render_headlines(context: &RenderContext<'_>) -> Html {
    let strings = context.view.strings;
    let headlines = &context.localized.issue.headlines;
    if headlines.is_empty() {
        return html! { <p part="message" lang={strings.lang}>{ strings.empty }</p> };
    }
    let can_open = headlines.iter().any(Headline::can_open);
    let has_sections = headlines.iter().any(|headline| headline.section.is_some());
    html! {
        <>
            if can_open {
                <button type="button" part="open-all" lang={strings.lang}>
                    { render_labels([strings.open_all, strings.close_all]) }
                </button>
            }
            if has_sections {
                <section part="headlines">{ render_sections(context) }</section>
            } else {
                <ul part="headlines">{ render_items(context, below_title(context), headlines) }</ul>
            }
        </>
    }
}

/// Renders each section as a heading and a list. Headlines may precede the first section.
fn render_sections(context: &RenderContext<'_>) -> Html {
    let level = below_title(context);
    let sections = context.localized.issue.sections();
    sections
        .into_iter()
        .map(|(name, headlines)| {
            let items_level = level + u8::from(name.is_some());
            html! {
                <>
                    if let Some(name) = name {
                        { render_heading(level, "section", None, html! { name }) }
                    }
                    <ul part="section-headlines">
                        { render_items(context, items_level, headlines) }
                    </ul>
                </>
            }
        })
        .collect()
}

fn render_items(context: &RenderContext<'_>, level: u8, headlines: &[Headline]) -> Html {
    let items = headlines.iter();
    items
        .map(|headline| render_headline(context, level, headline))
        .collect()
}

/// Returns the level of the headings below the title.
fn below_title(context: &RenderContext<'_>) -> u8 {
    context.view.options.heading_level + 1
}
