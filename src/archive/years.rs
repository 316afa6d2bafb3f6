//! The list of the issues by year.

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::nodes::{element, time};
use crate::series_list::{ListedIssue, SeriesList};

/// Draws a `<details>` for each year with links to the pages of its issues.
pub(crate) fn draw_years(list: &SeriesList) -> Array {
    let years = list
        .issues
        .chunk_by(|one, other| one.year() == other.year());
    years.filter_map(draw_year).collect()
}

fn draw_year(issues: &[ListedIssue]) -> Option<JsValue> {
    let year = issues.first()?.year();
    let summary = element("summary", &[("part", "year-switch")], [year.into()]);
    let list = element("ul", &[("part", "issues")], issues.iter().map(draw_issue));
    Some(element("details", &[("part", "year")], [summary, list]))
}

fn draw_issue(issue: &ListedIssue) -> JsValue {
    let attributes = [
        ("part", "issue-link"),
        ("href", &*issue.page),
        ("lang", &*issue.lang),
        ("dir", "auto"),
    ];
    let mut children = vec![element("a", &attributes, [issue.name.as_str().into()])];
    if !issue.is_named_by_date() {
        children.extend([" ".into(), time(&issue.date)]);
    }
    element("li", &[], children)
}
