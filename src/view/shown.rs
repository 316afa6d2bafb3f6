use crate::{Reading, View};

/// An issue and the view that it is shown in.
pub(crate) struct Shown<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) view: &'a View,
}
