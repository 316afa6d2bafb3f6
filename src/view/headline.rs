use digest_issue::Headline;
use web_sys::HtmlDetailsElement;
use yew::{Callback, Html, MouseEvent, TargetCast, html};

use crate::panel::{Event, Panel};
use crate::rich_text::block;
use crate::shown::Shown;

/// One headline with its detail.
///
/// The heading stands beside the `<summary>`, not inside, because some screen readers drop
/// headings inside. It is named first and the panel's id is that of the headline, so `#id` opens
/// the panel natively where the markup is not in a shadow root. The other ids hold a colon, which
/// an id of a headline cannot.
pub(crate) fn headline(shown: &Shown<'_>, index: usize, headline: &Headline, panel: &Panel) -> Html {
    let words = shown.words;
    let id = &headline.id;
    let heading_id = format!("{id}:h");
    let summary_id = format!("{id}:s");
    let labels = format!("{summary_id} {heading_id}");
    let onclick = on_click(shown, index);
    let ontoggle = on_toggle(shown, index);
    html! {
        <li key={id.as_str()}>
            <h3 id={heading_id}><a href={format!("#{id}")} {onclick}>{ &headline.text }</a></h3>
            <details ref={&panel.element} {ontoggle}>
                <summary id={summary_id} aria-labelledby={labels} lang={words.lang}>{ words.details }</summary>
                <div class="detail" id={id.clone()}>{ for headline.detail.iter().map(block) }</div>
            </details>
        </li>
    }
}

fn on_click(shown: &Shown<'_>, index: usize) -> Callback<MouseEvent> {
    let on_event = shown.on_event.clone();
    Callback::from(move |event: MouseEvent| {
        if is_plain(&event) {
            event.prevent_default();
            on_event.emit(Event::Clicked(index));
        }
    })
}

fn on_toggle(shown: &Shown<'_>, index: usize) -> Callback<yew::Event> {
    let on_event = shown.on_event.clone();
    Callback::from(move |event: yew::Event| {
        if let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() {
            on_event.emit(Event::Toggled(index, details.open()));
        }
    })
}

/// A click that follows the link here. One with a key held opens the address elsewhere, to share
/// or to keep: that is the browser's to do.
fn is_plain(event: &MouseEvent) -> bool {
    !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}
