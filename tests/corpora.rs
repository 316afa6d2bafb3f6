//! Real newsletters, imported with the `press.toml` of their series in `tests/corpora`: every word of a
//! newsletter is in its issue, or a warning names the place where it was left out.
//!
//! It prints a table with a line for each newsletter, which is also in `coverage.txt`. `outlines.txt`
//! has a few issues of the series in short, no more of them than their licences let us copy.
//! `UPDATE_GOLDEN=1` writes both anew. The newsletters are in the shared corpus, and without it nothing
//! is tested.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use checks::words::{self, Word};
use checks::{Files, golden};
use digest_press::{Diagnostic, Imported, Layout, Rule, Series, import};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir("corpora")? {
        let folder = entry?.path();
        trials.push(Trial::test(folder.display().to_string(), move || {
            series(&folder)
        }));
    }
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// How many issues of a series are in `outlines.txt`.
const OUTLINES: usize = 3;

fn series(folder: &Path) -> Result<(), Failed> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    // A series that is read in two ways has two folders, “md-lwkd” and “md-lwkd.sections”.
    let newsletters = corpus.join(folder.file_stem().unwrap_or_default());
    if !newsletters.exists() {
        eprintln!("{} is not here: left out", newsletters.display());
        return Ok(());
    }
    let series = Series::load(folder).map_err(|errors| format!("{errors:?}"))?;
    let mut paths = Vec::new();
    add_newsletters(&newsletters, &mut paths)?;
    paths.sort();
    let mut accounts = Vec::new();
    for path in &paths {
        let source = String::from_utf8(fs::read(path)?)?;
        let name = path.strip_prefix(&newsletters)?.display().to_string();
        accounts.push((name, Account::of(&source, path, &series)?));
    }

    let coverage = coverage(&accounts);
    println!("{}\n{coverage}", folder.display());
    let lost: Vec<_> = accounts
        .iter()
        .filter_map(|(name, account)| account.fault(name))
        .collect();
    if !lost.is_empty() {
        return Err(lost.join("\n").into());
    }
    let outlines = outlines(&accounts);
    let found = [
        ("coverage.txt".to_owned(), coverage),
        ("outlines.txt".to_owned(), outlines),
    ];
    golden(folder, &["press.toml"], &Files::from(found))
}

fn add_newsletters(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_newsletters(&path, paths)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "md" || extension == "markdown")
        {
            paths.push(path);
        }
    }
    Ok(())
}

/// What became of a newsletter.
enum Account {
    /// It was refused; the first error.
    Refused(String),
    Imported(Balance),
}

/// What became of the words of a newsletter that was imported.
struct Balance {
    issue: Value,
    /// The warnings with their lines.
    warnings: Vec<String>,
    words: usize,
    /// How many are in a place that a warning names.
    named: usize,
    /// How many are in a setting that the series ignores.
    ignored: usize,
    /// Those that are nowhere.
    lost: Vec<Word>,
    /// The words of the issue that are nowhere in the newsletter.
    invented: Vec<String>,
}

impl Account {
    fn of(source: &str, path: &Path, series: &Series) -> serde_json::Result<Account> {
        match import(source, Some(path), series) {
            Ok(imported) => Ok(Account::Imported(Balance::of(source, series, &imported)?)),
            Err(errors) => Ok(Account::Refused(with_line(&errors[0], source))),
        }
    }
}

impl Balance {
    fn of(source: &str, series: &Series, imported: &Imported) -> serde_json::Result<Balance> {
        let issue: Value = serde_json::from_str(&imported.issue.to_json()?)?;
        let (settings, body) = Setting::split(source);
        let is_named = |word: &Word| imported.warnings.iter().any(|warning| names(warning, word));
        let is_ignored = |setting: &&Setting| series.ignore.contains(&setting.key);
        let (ignored, settings): (Vec<_>, Vec<_>) = settings.iter().partition(is_ignored);
        let ignored = ignored.iter().map(|setting| setting.words.len()).sum();
        let settings: Vec<_> = settings
            .into_iter()
            .flat_map(|setting| setting.words.clone())
            .collect();
        let body = words::of_markdown(&body);
        let words = ignored + settings.len() + body.len();
        let all: HashSet<_> = settings
            .iter()
            .chain(&body)
            .map(|word| word.text.clone())
            .collect();

        let (named_settings, settings): (Vec<_>, Vec<_>) = settings.into_iter().partition(is_named);
        let (named, body): (Vec<_>, Vec<_>) = body.into_iter().partition(is_named);
        let head = head(&issue);
        let written = written(&issue, series.layout);
        let mut lost: Vec<_> = settings
            .into_iter()
            .filter(|word| !head.contains(&word.text))
            .collect();
        lost.extend(missing(body, &written));
        Ok(Balance {
            warnings: imported
                .warnings
                .iter()
                .map(|warning| with_line(warning, source))
                .collect(),
            words,
            named: named_settings.len() + named.len(),
            ignored,
            lost,
            invented: written
                .into_iter()
                .filter(|word| !all.contains(word) && !is_number(word))
                .collect(),
            issue,
        })
    }
}

/// A setting at the top of a newsletter.
struct Setting {
    key: String,
    words: Vec<Word>,
}

impl Setting {
    /// The settings of a newsletter, and the newsletter with spaces in their place.
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
            match (key(line), settings.last_mut()) {
                (Some(key), _) => {
                    let value = start + key.len() + 1..end;
                    settings.push(Setting {
                        words: Setting::words(key, source, value),
                        key: key.to_owned(),
                    });
                }
                (None, Some(setting)) => setting.words.extend(words::of_place(source, start..end)),
                (None, None) if fence.is_some() => {
                    let words = words::of_place(source, start..end);
                    settings.push(Setting {
                        key: String::new(),
                        words,
                    });
                }
                (None, None) => return (settings, source.to_owned()),
            }
        }
        let blank: String = source[..end]
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        (settings, blank + &source[end..])
    }

    /// The words of a value; the time of day is none, since an issue has a day.
    fn words(key: &str, source: &str, value: Range<usize>) -> Vec<Word> {
        let mut words = words::of_place(source, value);
        if key.eq_ignore_ascii_case("date") {
            words.truncate(3);
            let day = words.last_mut().filter(|day| day.text.contains('t'));
            if let Some(day) = day {
                day.text.truncate(2);
            }
        }
        words
    }
}

/// The name of a setting, if the line begins with one.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once([':', '='])?;
    let is_key = |key: &str| {
        key.chars()
            .all(|sign| sign.is_alphanumeric() || "-_ ".contains(sign))
    };
    (is_key(key) && !key.starts_with(' ')).then_some(key)
}

/// Whether a warning names a word as left out: by its place, or in what it says.
fn names(warning: &Diagnostic, word: &Word) -> bool {
    // That one quotes words that are in the issue.
    if warning.rule == Rule::SwappedDetails {
        return false;
    }
    let place = warning
        .spans
        .first()
        .map_or(0..0, |place| place.span.clone());
    let is_inside = place.start <= word.span.start && word.span.end <= place.end;
    let touches = place.start < word.span.end && word.span.start < place.end;
    let says = || {
        let mut quoted = warning.message.split(['“', '”']).skip(1).step_by(2);
        quoted.any(|text| {
            words::address(text) == word.text || words::of_text(text).contains(&word.text)
        })
    };
    is_inside && matches!(warning.rule, Rule::NoPlace | Rule::LeftOut) || touches && says()
}

/// The words of an issue about itself.
fn head(issue: &Value) -> HashSet<String> {
    let texts = ["title", "volume", "date", "lang", "url"]
        .map(|name| issue[name].as_str().unwrap_or_default());
    texts.into_iter().flat_map(words::of_text).collect()
}

/// The words of the headlines and details, in the order in which a newsletter has them.
fn written(issue: &Value, layout: Layout) -> Vec<String> {
    let headlines: Vec<_> = issue["headlines"]
        .as_array()
        .into_iter()
        .flatten()
        .map(words::of_headline)
        .collect();
    match layout {
        Layout::ParallelLists => {
            let (headlines, details): (Vec<_>, Vec<_>) = headlines
                .into_iter()
                .map(|[headline, detail]| (headline, detail))
                .unzip();
            [headlines, details].concat().concat()
        }
        _ => headlines.into_iter().flatten().flatten().collect(),
    }
}

/// The words that are missing from the issue, which must have them in the same order.
fn missing(words: Vec<Word>, written: &[String]) -> Vec<Word> {
    let mut rest = written.iter();
    let mut missing = Vec::new();
    for word in words {
        let mut search = rest.clone();
        // “[PSBT][name]v2” is one word where the name has no address.
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

/// Whether it may be the number of an item of a list: a mark to Markdown, and a text in an issue.
fn is_number(word: &str) -> bool {
    word.len() < 3 && word.parse::<u8>().is_ok()
}

fn with_line(diagnostic: &Diagnostic, source: &str) -> String {
    let line = diagnostic
        .line(source)
        .map_or(String::new(), |line| format!("line {line}: "));
    format!("{line}{}", diagnostic.message)
}

/// The table of a series: a line for each newsletter.
fn coverage(accounts: &[(String, Account)]) -> String {
    let mut table = format!(
        "{:>7} {:>7} {:>7} {:>7} {:>5} {:>9} {:>8}  newsletter\n",
        "words", "issue", "named", "ignored", "lost", "headlines", "warnings"
    );
    let mut sums = [0; 7];
    let line = |table: &mut String, cells: [usize; 7], name: &str| {
        let [words, issue, named, ignored, lost, headlines, warnings] = cells;
        let _ = writeln!(
            table,
            "{words:>7} {issue:>7} {named:>7} {ignored:>7} {lost:>5} {headlines:>9} {warnings:>8}  {name}"
        );
    };
    for (name, account) in accounts {
        match account {
            Account::Refused(error) => {
                table.push_str(&format!("{:>56}  {name}: {error}\n", "refused"))
            }
            Account::Imported(balance) => {
                let cells = balance.cells();
                sums.iter_mut()
                    .zip(cells)
                    .for_each(|(sum, cell)| *sum += cell);
                line(&mut table, cells, name);
            }
        }
    }
    line(&mut table, sums, "all that were imported");
    table
}

/// A few of the issues in short: each headline's first words, and how much is in its detail.
fn outlines(accounts: &[(String, Account)]) -> String {
    let imported: Vec<_> = accounts
        .iter()
        .filter_map(|(name, account)| match account {
            Account::Refused(_) => None,
            Account::Imported(balance) => Some((name, balance)),
        })
        .collect();
    let step = imported.len().div_ceil(OUTLINES).max(1);
    imported
        .into_iter()
        .step_by(step)
        .map(|(name, balance)| format!("{name}\n{}\n", balance.outline()))
        .collect()
}

impl Account {
    /// What is wrong with it.
    fn fault(&self, name: &str) -> Option<String> {
        match self {
            Account::Imported(balance)
                if !balance.lost.is_empty() || !balance.invented.is_empty() =>
            {
                Some(format!(
                    "{name}: lost {:?}; invented {:?}",
                    balance.lost, balance.invented
                ))
            }
            _ => None,
        }
    }
}

impl Balance {
    fn cells(&self) -> [usize; 7] {
        let headlines = self.issue["headlines"].as_array().map_or(0, Vec::len);
        let issue = self.words - self.named - self.ignored - self.lost.len();
        [
            self.words,
            issue,
            self.named,
            self.ignored,
            self.lost.len(),
            headlines,
            self.warnings.len(),
        ]
    }

    fn outline(&self) -> String {
        let text = |name: &str| self.issue[name].as_str().unwrap_or_default();
        let mut outline = format!(
            "{} | {} | {} | {}\n",
            text("title"),
            text("volume"),
            text("date"),
            text("lang")
        );
        for headline in self.issue["headlines"].as_array().into_iter().flatten() {
            let first: Vec<_> = headline["text"]
                .as_str()
                .unwrap_or_default()
                .split(' ')
                .take(3)
                .collect();
            let blocks = headline["detail"].as_array().map_or(&[][..], Vec::as_slice);
            let lists = blocks
                .iter()
                .filter(|block| block["list"].is_array())
                .count();
            let [_, words] = words::of_headline(headline);
            let links = words.iter().filter(|word| words::is_address(word)).count();
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
