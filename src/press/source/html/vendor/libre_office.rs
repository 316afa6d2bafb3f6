//! Pages saved by LibreOffice.

use super::{HtmlTarget, is_number};

/// Recognises `#sdfootnote1sym`, and `#sdfootnote1anc` that leads back from there.
pub(super) fn parse_anchor(href: &str) -> Option<HtmlTarget> {
    let name = href
        .strip_prefix("#sdfootnote")
        .or(href.strip_prefix("#sdendnote"))?;
    let number = |suffix| {
        name.strip_suffix(suffix)
            .filter(|number| is_number(number))
            .map(str::to_owned)
    };
    number("sym")
        .map(HtmlTarget::Note)
        .or_else(|| number("anc").map(HtmlTarget::NoteItself))
}
