use digest_issue::Date;
use yew::{Html, html};

use crate::LocalizedDate;

/// Renders a date in the reader's notation.
pub(crate) fn render_date(date: Date, LocalizedDate { text, lang }: &LocalizedDate) -> Html {
    html! {
        <time part="date" datetime={date.to_string()} lang={lang.clone()} dir="auto">
            { text }
        </time>
    }
}
