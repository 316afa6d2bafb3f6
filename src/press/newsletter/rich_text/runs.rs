//! Operations on runs: pieces of text in one style.

use digest_issue::Run;

use crate::math_text::{find_lowered, find_raised};

/// Returns the text for a place that shows it in one style, and true if that loses more than the
/// position of letters, as in “1st”. Raised and lowered digits stay: “10⁵” is not 105.
pub(crate) fn remove_marks(runs: &[Run]) -> (String, bool) {
    let mut plain = String::new();
    let mut loses = false;
    for run in runs {
        let small = match (run.sup, run.sub) {
            (true, _) => find_raised(&run.text),
            (_, true) => find_lowered(&run.text),
            _ => None,
        };
        let has_lost_digit =
            (run.sup || run.sub) && small.is_none() && run.text.contains(char::is_numeric);
        loses |= run.strong || run.em || run.code || run.del || has_lost_digit;
        plain += small.as_ref().unwrap_or(&run.text);
    }
    (plain, loses)
}

/// Removes the first `length` bytes of the text, and the spaces behind them.
pub(crate) fn skip_text(runs: &[Run], mut length: usize) -> Vec<Run> {
    let mut rest = Vec::new();
    for run in runs {
        let text = run.text.get(length..).unwrap_or_default();
        length = length.saturating_sub(run.text.len());
        rest.push(Run {
            text: text.to_owned(),
            ..run.clone()
        });
    }
    trim_runs(rest)
}

/// Joins paragraphs into one, with spaces between them.
pub(crate) fn join_paragraphs(paragraphs: &[Vec<Run>]) -> Vec<Run> {
    let mut line = Vec::new();
    for run in paragraphs.join(&Run::plain(" ")) {
        push_run(&mut line, run);
    }
    line
}

/// Adds a run, to the last one if both have the same style.
pub(super) fn push_run(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.same_style(&run) => last.text.push_str(&run.text),
        _ => runs.push(run),
    }
}

/// Removes the spaces at the start and the end of the text.
pub(super) fn trim_runs(mut runs: Vec<Run>) -> Vec<Run> {
    let blank = runs
        .iter()
        .take_while(|run| run.text.trim().is_empty())
        .count();
    runs.drain(..blank);
    while runs.pop_if(|run| run.text.trim().is_empty()).is_some() {}
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    runs
}
