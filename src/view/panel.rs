use web_sys::HtmlDetailsElement;
use yew::NodeRef;

/// One expandable detail: its element, and whether it was open when it last said so.
#[derive(Default)]
pub(crate) struct Panel {
    pub(crate) element: NodeRef,
    pub(crate) open: bool,
}

/// What happens to the panels of a digest.
pub enum Event {
    /// The headline with this index was clicked.
    Clicked(usize),
    /// The panel with this index is open now, or closed, whoever did it.
    Toggled(usize, bool),
    /// The button for all panels was pressed.
    ToggledAll,
}

impl Panel {
    pub(crate) fn is_open(&self) -> bool {
        self.details().is_some_and(|details| details.open())
    }

    pub(crate) fn set_open(&self, open: bool) {
        if let Some(details) = self.details() {
            details.set_open(open);
        }
    }

    /// Opens the panel and brings its headline into view.
    pub(crate) fn show(&self) {
        self.set_open(true);
        if let Some(item) = self.details().and_then(|details| details.parent_element()) {
            item.scroll_into_view();
        }
    }

    fn details(&self) -> Option<HtmlDetailsElement> {
        self.element.cast()
    }
}
