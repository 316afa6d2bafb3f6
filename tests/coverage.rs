//! Word coverage of a series: every word of a newsletter is in its issue, or a warning reports it.
//!
//! [`check_coverage`] writes two golden files. `coverage.txt` has a row of counts for each
//! newsletter; `outlines.txt` has the headlines of some issues and their warnings.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use digest_press::{Diagnostic, Imported, Layout, Rule, Series, Severity, Unplaced, import};
use libtest_mimic::Failed;
use serde_json::Value;

use crate::count_words::{
    Word, is_address, normalize_address, words_in_blocks, words_in_headline, words_in_markdown,
    words_in_span, words_in_text,
};
use crate::{Files, compare_golden, read_files};

/// The golden files of a series.
pub const GOLDEN_FILES: [&str; 2] = ["coverage.txt", "outlines.txt"];

/// Imports all newsletters of a folder with the `press.toml` in `golden_folder`.
///
/// Fails if a word is lost or added, or if the counts differ from the golden files. Outlines are
/// written for at most `outlines` issues, evenly spread.
pub fn check_coverage(
    newsletters: &Path,
    golden_folder: &Path,
    outlines: usize,
) -> Result<(), Failed> {
    let series = Series::load(golden_folder).map_err(|errors| format!("{errors:?}"))?;
    let mut imports = Vec::new();
    for path in find_newsletters(newsletters, &series)? {
        let source = String::from_utf8(fs::read(&path)?)?;
        let name = path.strip_prefix(newsletters)?.display().to_string();
        imports.push((name, Import::run(&source, &path, &series)?));
    }
    let table = format_table(&imports);
    println!("{}\n{table}", golden_folder.display());
    let faults: Vec<_> = imports
        .iter()
        .filter_map(|(name, import)| import.describe_fault(name))
        .collect();
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    let texts = [table, format_outlines(&imports, outlines)];
    let found: Files = GOLDEN_FILES
        .map(str::to_owned)
        .into_iter()
        .zip(texts)
        .collect();
    compare_golden(golden_folder, &names_of_inputs(golden_folder)?, &found)
}

/// Imports Markdown and fails if a word is lost or added.
pub fn check_markdown(source: &str, series: &Series) -> Result<(), Failed> {
    match Import::run(source, Path::new("newsletter.md"), series)? {
        Import::Refused(error) => Err(format!("refused: {error}").into()),
        import => match import.describe_fault("the newsletter") {
            Some(fault) => Err(fault.into()),
            None => Ok(()),
        },
    }
}

/// Lists the Markdown files of a folder and its subfolders, sorted, without the references file.
pub fn find_newsletters(folder: &Path, series: &Series) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    add_markdown_files(folder, &mut paths)?;
    let references = series.references.as_ref().map(|file| file.path.clone());
    paths.retain(|path| Some(path) != references.as_ref());
    paths.sort();
    Ok(paths)
}

fn add_markdown_files(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        if path.is_dir() {
            add_markdown_files(&path, paths)?;
        } else if extension == "md" || extension == "markdown" {
            paths.push(path);
        }
    }
    Ok(())
}

/// Lists the names of all files in a folder and its subfolders that are not golden.
fn names_of_inputs(folder: &Path) -> io::Result<Vec<String>> {
    let files = read_files(folder, &GOLDEN_FILES)?;
    let names = files
        .into_keys()
        .map(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
    Ok(names.collect())
}

/// The result of importing one newsletter.
enum Import {
    /// The first error.
    Refused(String),
    Done(Balance),
}

/// The words of an imported newsletter, by where they went.
struct Balance {
    issue: Value,
    /// The warnings with their lines.
    warnings: Vec<String>,
    words: usize,
    /// Words that a warning reports.
    reported: usize,
    /// Words of settings that the series ignores.
    ignored: usize,
    lost: Vec<Word>,
    /// Words of the issue that the newsletter does not have.
    added: Vec<String>,
}

impl Import {
    fn run(source: &str, path: &Path, series: &Series) -> serde_json::Result<Import> {
        match import(source, Some(path), series) {
            Ok(imported) => Ok(Import::Done(Balance::new(source, series, &imported)?)),
            Err(diagnostics) => {
                let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
                let error = diagnostics.iter().find(is_error).unwrap_or(&diagnostics[0]);
                Ok(Import::Refused(format_diagnostic(error, source)))
            }
        }
    }

    fn describe_fault(&self, name: &str) -> Option<String> {
        match self {
            Import::Done(Balance { lost, added, .. }) if !lost.is_empty() || !added.is_empty() => {
                Some(format!("{name}: lost {lost:?}; added {added:?}"))
            }
            _ => None,
        }
    }
}

impl Balance {
    fn new(source: &str, series: &Series, imported: &Imported) -> serde_json::Result<Balance> {
        let issue: Value = serde_json::from_str(&imported.issue.to_json()?)?;
        let (settings, body) = Setting::split(source);
        let (ignored, settings): (Vec<_>, Vec<_>) = settings
            .into_iter()
            .partition(|setting| series.ignore.contains(&setting.key));
        let ignored = ignored.iter().map(|setting| setting.words.len()).sum();
        let settings: Vec<_> = settings
            .into_iter()
            .flat_map(|setting| setting.words)
            .collect();
        let body = words_in_body(&body, series);
        let words = ignored + settings.len() + body.len();
        let all: HashSet<_> = settings
            .iter()
            .chain(&body)
            .map(|word| word.text.clone())
            .collect();

        let is_reported = |word: &Word| {
            imported
                .warnings
                .iter()
                .any(|warning| reports_word(warning, word))
        };
        let (reported_settings, settings): (Vec<_>, Vec<_>) =
            settings.into_iter().partition(is_reported);
        let (reported, body): (Vec<_>, Vec<_>) = body.into_iter().partition(is_reported);
        let masthead = words_in_masthead(&issue);
        let written = words_in_issue(&issue, series.layout);
        let mut lost: Vec<_> = settings
            .into_iter()
            .filter(|word| !masthead.contains(&word.text))
            .collect();
        let body = without_masthead_lines(&body, source, &masthead);
        lost.extend(find_missing(body, &written));
        Ok(Balance {
            warnings: imported
                .warnings
                .iter()
                .map(|warning| format_diagnostic(warning, source))
                .collect(),
            words,
            reported: reported_settings.len() + reported.len(),
            ignored,
            lost,
            added: written
                .into_iter()
                .filter(|word| !all.contains(word) && !is_item_number(word))
                .collect(),
            issue,
        })
    }

    fn counts(&self) -> [usize; 7] {
        let headlines = self.issue["headlines"].as_array().map_or(0, Vec::len);
        let issue = self.words - self.reported - self.ignored - self.lost.len();
        [
            self.words,
            issue,
            self.reported,
            self.ignored,
            self.lost.len(),
            headlines,
            self.warnings.len(),
        ]
    }

    fn format_outline(&self) -> String {
        let text = |name: &str| self.issue[name].as_str().unwrap_or_default();
        let masthead = ["title", "volume", "date", "lang"].map(text);
        let mut outline = masthead.join(" | ") + "\n";
        for headline in self.issue["headlines"].as_array().into_iter().flatten() {
            let text = headline["text"].as_str().unwrap_or_default();
            let first: Vec<_> = text.split(' ').take(3).collect();
            let blocks = headline["detail"].as_array().map_or(&[][..], Vec::as_slice);
            let lists = blocks
                .iter()
                .filter(|block| block["list"].is_array())
                .count();
            let [_, words] = words_in_headline(headline);
            let links = words.iter().filter(|word| is_address(word)).count();
            let _ = writeln!(
                outline,
                "  {}…: {} words, {links} links, {} paragraphs, {lists} lists",
                first.join(" "),
                words.len() - links,
                blocks.len() - lists
            );
        }
        for warning in &self.warnings {
            let _ = writeln!(outline, "  {warning}");
        }
        outline
    }
}

/// A setting at the top of a newsletter.
struct Setting {
    key: String,
    words: Vec<Word>,
}

impl Setting {
    /// Splits a newsletter into its settings and its body. The body keeps its position: spaces
    /// replace the settings.
    fn split(source: &str) -> (Vec<Setting>, String) {
        let fence = ["---", "+++"]
            .into_iter()
            .find(|fence| source.starts_with(&format!("{fence}\n")));
        let mut settings: Vec<Setting> = Vec::new();
        let mut end = 0;
        for (index, line) in source.split_inclusive('\n').enumerate() {
            let start = end;
            end += line.len();
            if fence.map_or(line.trim().is_empty(), |fence| {
                index > 0 && line.trim() == fence
            }) {
                break;
            }
            match (find_key(line), settings.last_mut()) {
                (Some(key), _) => {
                    let value = start + key.len() + 1..end;
                    settings.push(Setting {
                        words: words_in_value(key, source, value),
                        key: key.trim().to_owned(),
                    });
                }
                (None, Some(setting)) => setting.words.extend(words_in_span(source, start..end)),
                (None, None) if fence.is_some() => {
                    let words = words_in_span(source, start..end);
                    settings.push(Setting {
                        key: String::new(),
                        words,
                    });
                }
                (None, None) => return (settings, source.to_owned()),
            }
        }
        let spaces = |byte| if byte == b'\n' { '\n' } else { ' ' };
        let blank: String = source[..end].bytes().map(spaces).collect();
        (settings, blank + &source[end..])
    }
}

/// Returns the words of a setting. A date keeps its day only: issues have no time of day.
fn words_in_value(key: &str, source: &str, value: Range<usize>) -> Vec<Word> {
    let mut words = words_in_span(source, value);
    if key.trim().eq_ignore_ascii_case("date") {
        words.truncate(3);
        let day = words.last_mut().filter(|day| day.text.contains('t'));
        if let Some(day) = day {
            day.text.truncate(2);
        }
    }
    words
}

/// Returns the key if a line begins with one.
fn find_key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once([':', '='])?;
    let is_key = |key: &str| {
        key.chars()
            .all(|sign| sign.is_alphanumeric() || "-_ ".contains(sign))
    };
    (is_key(key) && !key.starts_with(' ')).then_some(key)
}

/// Returns the words of a newsletter below its settings. Links may use the series' references. Code of
/// templates that stands for no text has no words.
fn words_in_body(body: &str, series: &Series) -> Vec<Word> {
    let body = match series.unplaced {
        Unplaced::LeaveOut => &without_statements(body),
        Unplaced::Refuse => body,
    };
    let references = series.references.as_ref().map_or("", |file| &file.text);
    let mut words = words_in_markdown(&format!("{body}\n\n{references}"));
    words.retain(|word| word.span.end <= body.len());
    words
}

/// Replaces `{% … %}` and `{: … }` by spaces, unless they begin a line of text. Longer ones, and
/// those with code, hold texts for readers.
fn without_statements(body: &str) -> String {
    let mut text = body.to_owned();
    for [open, close] in [["{%", "%}"], ["{:", "}"]] {
        for (start, _) in body.match_indices(open) {
            let rest = &body[start..body.floor_char_boundary(start + 500)];
            let length = rest.find(close);
            let Some(length) = length.filter(|length| !rest[..*length].contains('`')) else {
                continue;
            };
            let end = start + length + close.len();
            let before = text[..start].rsplit('\n').next().unwrap_or_default();
            let after = text[end..].split('\n').next().unwrap_or_default();
            if !before.trim().is_empty() || after.trim().is_empty() {
                text.replace_range(start..end, &" ".repeat(end - start));
            }
        }
    }
    text
}

/// Returns true if a warning reports a word as left out, by its span or by a quotation.
fn reports_word(warning: &Diagnostic, word: &Word) -> bool {
    // These rules are about words that the issue keeps.
    const KEPT: [Rule; 4] = [
        Rule::HalfWritten,
        Rule::InvisibleCharacter,
        Rule::SwappedDetails,
        Rule::TemplateCode,
    ];
    if KEPT.contains(&warning.rule) {
        return false;
    }
    let span = warning
        .spans
        .first()
        .map_or(0..0, |labeled| labeled.span.clone());
    let is_inside = span.start <= word.span.start && word.span.end <= span.end;
    let touches = span.start < word.span.end && word.span.start < span.end;
    let quotes = || {
        let mut quoted = warning.message.split(['“', '”']).skip(1).step_by(2);
        quoted.any(|text| {
            normalize_address(text) == word.text || words_in_text(text).contains(&word.text)
        })
    };
    is_inside && matches!(warning.rule, Rule::NoPlace | Rule::LeftOut) || touches && quotes()
}

/// Labels of the masthead and of parallel lists, in the languages of the newsletters.
const LABELS: &str = "Vol Volume Number Date Image Source Photo Credit Headlines Details \
                      第号 発行日 写真提供 見出し 詳細";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the words that may stand above the headlines: labels, and the values of an issue in the
/// notations that newsletters use.
fn words_in_masthead(issue: &Value) -> HashSet<String> {
    let text = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
    let mut texts: Vec<_> = ["title", "volume", "date", "lang", "url"]
        .into_iter()
        .map(text)
        .collect();
    let date: Vec<usize> = text("date").split('-').flat_map(str::parse).collect();
    if let [year, month, day] = date[..] {
        let name = MONTHS.get(month.wrapping_sub(1)).unwrap_or(&"");
        texts.push(format!("{name} {day} {year}年{month}月{day}日"));
    }
    let full_width = texts.concat().chars().filter_map(to_full_width).collect();
    texts.extend([full_width, LABELS.to_owned()]);
    let mut words: HashSet<_> = texts.iter().flat_map(|text| words_in_text(text)).collect();
    let credit = &issue["image"]["credit"];
    words.extend(words_in_text(credit["text"].as_str().unwrap_or_default()));
    words.extend(credit["href"].as_str().map(normalize_address));
    words
}

fn to_full_width(digit: char) -> Option<char> {
    char::from_u32('０' as u32 + digit.to_digit(10)?)
}

/// Removes the masthead: lines above the headlines, and label lines, that have no other words.
fn without_masthead_lines(body: &[Word], source: &str, masthead: &HashSet<String>) -> Vec<Word> {
    let labels = words_in_text(LABELS);
    let mut is_above = true;
    let line_of = |word: &Word| source[..word.span.start].matches('\n').count();
    let lines = body.chunk_by(|one, other| line_of(one) == line_of(other));
    let mut kept = Vec::new();
    for line in lines {
        is_above &= line.iter().all(|word| masthead.contains(&word.text));
        if !is_above && !line.iter().all(|word| labels.contains(&word.text)) {
            kept.extend_from_slice(line);
        }
    }
    kept
}

/// Returns the words of the text above, in and below the headlines, in the order of the newsletter.
fn words_in_issue(issue: &Value, layout: Layout) -> Vec<String> {
    let headlines: Vec<_> = issue["headlines"]
        .as_array()
        .into_iter()
        .flatten()
        .map(words_in_headline)
        .collect();
    let words = match layout {
        Layout::ParallelLists => {
            let (headlines, details): (Vec<_>, Vec<_>) = headlines
                .into_iter()
                .map(|[headline, detail]| (headline, detail))
                .unzip();
            [headlines, details].concat().concat()
        }
        _ => headlines.into_iter().flatten().flatten().collect(),
    };
    let [intro, outro] = ["intro", "outro"].map(|note| words_in_blocks(&issue[note]));
    [intro, words, outro].concat()
}

/// Finds the words that the issue does not have, or has in another order.
fn find_missing(words: Vec<Word>, written: &[String]) -> Vec<Word> {
    let mut rest = written.iter();
    let mut missing = Vec::new();
    for word in words {
        let mut search = rest.clone();
        // “[PSBT][name]v2” is one word in the issue if the name has no address.
        let is_end = rest
            .as_slice()
            .first()
            .is_some_and(|next| next.ends_with(&word.text));
        if is_end || search.any(|written| *written == word.text) {
            rest = if is_end {
                rest.as_slice()[1..].iter()
            } else {
                search
            };
        } else {
            missing.push(word);
        }
    }
    missing
}

/// Returns true for a number that is text for the publisher's parser, and may begin a list item for
/// the other one.
fn is_item_number(word: &str) -> bool {
    word.len() < 3 && word.parse::<u8>().is_ok()
}

fn format_diagnostic(diagnostic: &Diagnostic, source: &str) -> String {
    let line = diagnostic
        .line(source)
        .map_or(String::new(), |line| format!("line {line}: "));
    format!("{line}{}", diagnostic.message)
}

/// Formats the table of a series, with a row for each newsletter.
fn format_table(imports: &[(String, Import)]) -> String {
    let columns = [
        "words",
        "issue",
        "reported",
        "ignored",
        "lost",
        "headlines",
        "warnings",
    ];
    let mut table = format_row(columns, "newsletter");
    let mut sums = [0; 7];
    for (name, import) in imports {
        match import {
            Import::Refused(error) => {
                let _ = writeln!(table, "{:>57}  {name}: {error}", "refused");
            }
            Import::Done(balance) => {
                let counts = balance.counts();
                sums.iter_mut()
                    .zip(counts)
                    .for_each(|(sum, count)| *sum += count);
                table += &format_row(counts, name);
            }
        }
    }
    table + &format_row(sums, "all imported newsletters")
}

fn format_row(cells: [impl std::fmt::Display; 7], name: &str) -> String {
    let [words, issue, reported, ignored, lost, headlines, warnings] = cells;
    format!(
        "{words:>7} {issue:>7} {reported:>8} {ignored:>7} {lost:>5} {headlines:>9} {warnings:>8}  {name}\n"
    )
}

/// Formats some issues in brief: the first words of each headline, and the size of its detail.
fn format_outlines(imports: &[(String, Import)], count: usize) -> String {
    let done: Vec<_> = imports
        .iter()
        .filter_map(|(name, import)| match import {
            Import::Refused(_) => None,
            Import::Done(balance) => Some((name, balance)),
        })
        .collect();
    let step = done.len().div_ceil(count).max(1);
    done.into_iter()
        .step_by(step)
        .map(|(name, balance)| format!("{name}\n{}\n", balance.format_outline()))
        .collect()
}
