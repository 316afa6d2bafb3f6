//! The results as a picture with bars.

use super::PageTimes;
use super::network::Network;
use super::page_variant::PageKind;
use crate::conditions::Conditions;
use crate::statistics::Quartiles;

const WIDTH: f64 = 765.0;
/// Where the bars begin, and the space for the number behind the longest.
const BARS: f64 = 235.0;
const NUMBER: f64 = 70.0;
const ROW: f64 = 22.0;
/// The space above a network's rows, with its title.
const TITLE: f64 = 52.0;

/// The colours have a contrast of at least 3 to the ground, and texts of at least 4.5.
const STYLE: &str = "
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.note { font-size: 11px; fill: #59636e }
.ground { fill: #ffffff }
.widget { fill: #0969da }
.peer { fill: #818b98 }
.html { fill: #59636e }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .note { fill: #9198a1 }
  .ground { fill: #0d1117 }
  .widget { fill: #4493f8 }
  .peer { fill: #818b98 }
  .html { fill: #9198a1 }
}
";

/// Draws the medians on each network as an SVG document. It brings its own background, because a
/// page may be light where its reader's system is dark.
pub(super) fn draw_picture(
    conditions: &Conditions,
    results: &[(&Network, Vec<PageTimes<'_>>)],
) -> String {
    let mut body = String::new();
    let mut top = 0.0;
    for (network, results) in results {
        body += &draw_network(top, network, results);
        top += TITLE + ROW * results.len() as f64;
    }
    let note = draw_text(12.0, top + 30.0, "note", &conditions.to_string());
    let height = top + 46.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">
<title>Time to the first headline</title>
<style>{STYLE}</style>
<rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>
{body}{note}</svg>
"
    )
}

fn draw_network(top: f64, network: &Network, results: &[PageTimes<'_>]) -> String {
    let title = format!("Milliseconds to the first headline: {}", network.describe());
    let title = draw_text(12.0, top + 34.0, "title", &title);
    let medians: Vec<f64> = results
        .iter()
        .map(|result| Quartiles::from_values(&result.times).median)
        .collect();
    let longest = medians.iter().copied().fold(1.0, f64::max);
    let scale = (WIDTH - BARS - NUMBER) / longest;
    let rows = results.iter().zip(medians).enumerate();
    let rows = rows.map(|(index, (result, median))| {
        draw_row(top + TITLE + ROW * index as f64, result, median, scale)
    });
    title + &rows.collect::<String>()
}

fn draw_row(top: f64, result: &PageTimes<'_>, median: f64, scale: f64) -> String {
    let page = result.page;
    let class = match page.kind {
        PageKind::Peer => "peer",
        PageKind::Widget => "widget",
        PageKind::PlainHtml => "html",
    };
    let length = median * scale;
    let label = draw_text(12.0, top + 14.0, "label", &page.label());
    let bar = format!(
        "<rect class=\"{class}\" x=\"{BARS}\" y=\"{}\" width=\"{length:.1}\" height=\"{}\"/>\n",
        top + 2.0,
        ROW - 6.0
    );
    let number = draw_text(
        BARS + length + 6.0,
        top + 14.0,
        "number",
        &format!("{median:.0}"),
    );
    label + &bar + &number
}

fn draw_text(x: f64, y: f64, class: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first_headline::network::NETWORKS;
    use crate::first_headline::page_variant::PageVariant;

    #[test]
    fn bars_are_as_long_as_the_medians() {
        let page = PageVariant {
            name: "Lit",
            kind: PageKind::Peer,
            is_preloaded: false,
            html: String::new(),
        };
        let results = [400.0, 200.0].map(|time| PageTimes {
            page: &page,
            times: vec![time],
        });
        let drawing = draw_network(0.0, &NETWORKS[0], &results);
        for part in [
            "width=\"460.0\"",
            "width=\"230.0\"",
            ">400<",
            ">200<",
            ">Lit<",
        ] {
            assert!(drawing.contains(part), "{part} in {drawing}");
        }
    }

    #[test]
    fn texts_are_escaped() {
        let text = draw_text(0.0, 0.0, "note", "A & B <C>");
        assert!(text.contains(">A &amp; B &lt;C><"), "{text}");
    }
}
