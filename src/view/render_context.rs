use digest_issue::Block;
use yew::Html;

use crate::rich_text::{BlockRenderer, render_run};
use crate::{LocalizedIssue, Strings, View};

/// An issue and the view that shows it, for the functions that render its parts.
pub(crate) struct RenderContext<'a> {
    pub(crate) localized: &'a LocalizedIssue,
    pub(crate) view: &'a View,
}

impl RenderContext<'_> {
    /// Renders blocks whose headings have this level.
    pub(crate) fn render_blocks(&self, heading_level: u8, blocks: &[Block]) -> Html {
        let renderer = BlockRenderer {
            render_run: &|run| render_run(&self.view.options, run),
            heading_level,
            // The name is read in the language of the issue, like the table.
            table_label: Some(Strings::for_lang(self.localized.issue.lang.as_str()).table),
        };
        renderer.render_blocks(blocks)
    }
}
