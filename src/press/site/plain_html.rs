//! HTML without the widget's styles and parts, for feed readers and content management systems.

use digest_issue::{Block, Correction, Headline, Href, Image, Issue, Run};
use digest_view::{BlockRenderer, Strings, render_marks};
use yew::{Html, html};

use crate::SiteAddress;
use crate::date::format_date;

/// Maximum picture width in pixels. The page that shows it may have no style that limits it.
const MAX_PICTURE_WIDTH: u32 = 600;

/// Renders the texts and pictures of one issue.
pub(crate) struct PlainHtml<'a> {
    pub(crate) issue: &'a Issue,
    pub(crate) site: &'a SiteAddress,
}

impl PlainHtml<'_> {
    /// Renders the intro, the sections with their headlines, and the outro. The highest headings
    /// have this level; `render_headline` gets the level of its heading.
    pub(crate) fn render_text(
        &self,
        level: u8,
        render_headline: impl Fn(u8, &Headline) -> Html,
    ) -> Html {
        let sections = self.issue.sections().into_iter();
        let sections = sections.map(|(name, headlines)| {
            let name = name.map(|name| html! { <@{format!("h{level}")}>{ name }</@> });
            let level = level + u8::from(name.is_some());
            let headlines = headlines.iter();
            let headlines = headlines.map(|headline| render_headline(level, headline));
            html! { <>{ for name }{ for headlines }</> }
        });
        html! {
            <>
                { self.render_blocks(level, &self.issue.intro) }
                { for sections }
                { self.render_blocks(level, &self.issue.outro) }
            </>
        }
    }

    /// Renders the detail of a headline with its corrections; the headings in it have this level.
    pub(crate) fn render_detail(&self, level: u8, headline: &Headline) -> Html {
        let corrected = headline.corrected.iter();
        html! {
            <>
                { self.render_blocks(level, &headline.detail) }
                { for corrected.map(|correction| self.render_correction(correction)) }
            </>
        }
    }

    fn render_correction(&self, Correction { date, text }: &Correction) -> Html {
        let strings = Strings::for_lang(self.issue.lang.as_str());
        html! {
            <p>
                { strings.corrected }{ " " }{ format_date(*date, strings.lang) }{ ": " }
                { for text.iter().map(render_run) }
            </p>
        }
    }

    /// Renders blocks; the headings in them have this level.
    fn render_blocks(&self, heading_level: u8, blocks: &[Block]) -> Html {
        let renderer = BlockRenderer {
            render_run: &render_run,
            render_image: &|image| self.render_image(image),
            heading_level,
            name_table: None,
        };
        renderer.render_blocks(blocks)
    }

    /// Renders the picture of the issue, if there is one.
    pub(crate) fn render_picture(&self) -> Html {
        let image = self.issue.image.iter();
        image.map(|image| self.render_image(image)).collect()
    }

    /// Renders a picture, its caption and its credit in a paragraph each.
    fn render_image(&self, image: &Image) -> Html {
        let src = image.src.as_ref();
        let src = src.and_then(|src| self.site.jpeg_src_url(self.issue, src));
        html! {
            <>
                if let Some(src) = src {
                    <p>{ render_link(image.href.as_ref(), render_img(image, src.into())) }</p>
                }
                if !image.caption.is_empty() {
                    <p>{ for image.caption.iter().map(render_run) }</p>
                }
                if let Some(credit) = &image.credit {
                    <p>
                        { Strings::for_lang(self.issue.lang.as_str()).image }{ " " }
                        { render_link(credit.href.as_ref(), html! { &credit.text }) }
                    </p>
                }
            </>
        }
    }
}

/// Renders the text of a headline, which links to the headline's own source.
pub(crate) fn render_headline_text(headline: &Headline) -> Html {
    render_link(headline.href.as_ref(), html! { &headline.text })
}

fn render_img(image: &Image, src: String) -> Html {
    let alt = image.alt.clone().unwrap_or_default();
    let size = image
        .width
        .zip(image.height)
        .map(|(width, height)| limit_width(width, height));
    let [width, height] = [size.map(|size| size.0), size.map(|size| size.1)];
    let format = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    html! { <img {src} {alt} width={format(width)} height={format(height)} /> }
}

/// Scales a picture's size down if it is too wide.
fn limit_width(width: u32, height: u32) -> (u32, u32) {
    if width <= MAX_PICTURE_WIDTH {
        return (width, height);
    }
    let height = u64::from(height) * u64::from(MAX_PICTURE_WIDTH) / u64::from(width);
    let height = u32::try_from(height).unwrap_or(MAX_PICTURE_WIDTH).max(1);
    (MAX_PICTURE_WIDTH, height)
}

/// Renders the link to a headline's own source, by its domain.
pub(crate) fn render_source(headline: &Headline) -> Html {
    let href = headline.href.as_ref();
    let text = href.and_then(|href| href.domain().or(href.safe_url()));
    match text {
        Some(text) => html! { <p>{ render_link(href, html! { text }) }</p> },
        None => html! {},
    }
}

fn render_run(run: &Run) -> Html {
    render_link(run.href.as_ref(), render_marks(run))
}

fn render_link(href: Option<&Href>, text: Html) -> Html {
    match href.and_then(Href::safe_url) {
        Some(url) => html! { <a href={url.to_owned()}>{ text }</a> },
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_pictures_are_scaled_down() {
        for (size, expected) in [
            ((300, 900), (300, 900)),
            ((1200, 630), (600, 315)),
            ((4000, 1), (600, 1)),
        ] {
            assert_eq!(limit_width(size.0, size.1), expected);
        }
    }
}
