use yew::{Callback, NodeRef};

use crate::panel::{Event, Panel};
use crate::{Reading, Words};

/// An issue and what it takes to show it.
pub(crate) struct Shown<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) words: &'static Words,
    pub(crate) panels: &'a [Panel],
    pub(crate) all_open: bool,
    pub(crate) title: &'a NodeRef,
    pub(crate) on_event: Callback<Event>,
}
