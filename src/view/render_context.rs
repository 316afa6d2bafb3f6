use std::cell::Cell;

use digest_issue::{Block, Run};
use yew::Html;

use crate::figure::render_figure;
use crate::rich_text::{BlockRenderer, render_run};
use crate::{LocalizedIssue, Strings, View};

/// An issue and the view that shows it, for the functions that render its parts.
pub(crate) struct RenderContext<'a> {
    pub(crate) localized: &'a LocalizedIssue,
    pub(crate) view: &'a View,
    /// The number of tables drawn so far.
    pub(crate) tables: Cell<u32>,
}

impl RenderContext<'_> {
    /// Renders blocks whose headings have this level.
    pub(crate) fn render_blocks(&self, heading_level: u8, blocks: &[Block]) -> Html {
        let renderer = BlockRenderer {
            render_run: &|run| render_run(&self.view.options, run),
            render_image: &|image| render_figure(self, image),
            heading_level,
            name_table: Some(&|| self.name_table()),
        };
        renderer.render_blocks(blocks)
    }

    /// Renders runs without a block around them.
    pub(crate) fn render_runs(&self, runs: &[Run]) -> Html {
        let runs = runs.iter();
        runs.map(|run| render_run(&self.view.options, run))
            .collect()
    }

    /// Returns the name of the next table: regions have different names. It is read in the language
    /// of the issue, like the table.
    fn name_table(&self) -> String {
        let number = self.tables.get() + 1;
        self.tables.set(number);
        let strings = Strings::for_lang(self.localized.issue.lang.as_str());
        format!("{} {number}", strings.table)
    }
}
