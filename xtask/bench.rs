//! How long a site takes, beside generators that make bare pages of the same Markdown.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{files, press, process, toolbox::ELEVENTY};

/// Builds sites of 100 and of 600 issues with each generator in turn, `runs` times, each from nothing, and
/// prints the medians; a ratio above 1 says how many times longer than ours.
pub(crate) fn run(runs: usize) -> Result<()> {
    ensure!(Path::new(CORPUS).exists(), "the newsletters are not there: {CORPUS}");
    ensure!(Path::new("dist/digest.js").exists(), "run `cargo xtask dist` first");
    for (program, package) in [("hugo", "hugo"), ("time", "time")] {
        ensure!(process::find(program).is_some(), "install {program} (on Debian: apt-get install {package})");
    }
    ELEVENTY.install()?;
    let generators = [press(&press::compile()?)?, hugo(), eleventy()?];
    let out = files::fresh_folder(OUT)?;
    for issues in [100, 600] {
        let folder = out.join(issues.to_string());
        write_sources(&folder, issues)?;
        let mut measured: [Vec<Measured>; 3] = Default::default();
        // In turn, so that whatever else the machine does meanwhile slows all of them.
        for run in 1..=runs {
            for (generator, measured) in generators.iter().zip(&mut measured) {
                measured.push(generator.measure(&folder, issues)?);
                put_aside(&folder, &format!("{} {run}", generator.name))?;
            }
        }
        print(issues, &generators, measured);
    }
    files::remove_folder(&out)
}

const OUT: &str = "target/bench";

/// Real newsletters: two pages of text and forty links each.
const CORPUS: &str = "../shared/corpus/md-lwkd";

/// A program that makes a site in `site/` of the newsletters in `content/`.
struct Generator {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
}

/// One run.
struct Measured {
    seconds: f64,
    /// Of all processors together.
    processor_seconds: f64,
    megabytes: f64,
}

fn press(program: &Path) -> Result<Generator> {
    let widget = fs::canonicalize("dist").context("cannot find dist")?.display().to_string();
    let arguments = ["build", "content", "-o", "site", "--site", "https://cdn.example/", "--widget", &widget];
    Ok(generator("digest-press, everything", program, &arguments))
}

fn hugo() -> Generator {
    generator("Hugo, bare pages", Path::new("hugo"), &["--quiet", "--destination", "site", "--ignoreCache"])
}

fn eleventy() -> Result<Generator> {
    let script = fs::canonicalize(ELEVENTY.file()?).context("cannot find Eleventy")?.display().to_string();
    Ok(generator(
        "Eleventy, bare pages",
        Path::new("node"),
        &[&script, "--quiet", "--config=eleventy.config.cjs"],
    ))
}

fn generator(name: &'static str, program: &Path, arguments: &[&str]) -> Generator {
    let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
    Generator { name, program: program.to_owned(), arguments }
}

impl Generator {
    fn measure(&self, folder: &Path, issues: usize) -> Result<Measured> {
        let mut command = Command::new("time");
        command.args(["--format", "%U %S %M", "--output", "time.txt"]);
        command.arg(&self.program).args(&self.arguments);
        let started = Instant::now();
        let output = command.current_dir(folder).output().with_context(|| process::cannot_start(&command))?;
        let seconds = started.elapsed().as_secs_f64();
        // What real newsletters are warned of hides nothing here but the table.
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

        let files = files::in_folder(&folder.join("site"))?;
        let pages = files.iter().filter(|file| file.ends_with("index.html")).count();
        ensure!(pages >= issues, "{} made {pages} pages of {issues} newsletters", self.name);
        let times = files::read_text(&folder.join("time.txt"))?;
        let numbers: Vec<f64> = times.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let &[user, system, kilobytes] = &numbers[..] else { bail!("`time` wrote {times:?}") };
        Ok(Measured { seconds, processor_seconds: user + system, megabytes: kilobytes / 1024.0 })
    }
}

/// Makes room for the next run. Nothing is removed before the end: after thousands of files were, the
/// profile of the next run was for the most part ext4's search for free inodes.
fn put_aside(folder: &Path, name: &str) -> Result<()> {
    let aside = folder.join("done").join(name);
    files::make_folder_of(&aside)?;
    fs::rename(folder.join("site"), &aside).with_context(|| format!("cannot make {}", aside.display()))
}

/// The newsletters, again and again under other days, and what each generator must be told.
fn write_sources(folder: &Path, issues: usize) -> Result<()> {
    let newsletters = files::in_folder(Path::new(CORPUS))?;
    let newsletters: Vec<_> =
        newsletters.iter().filter(|file| file.extension().is_some_and(|ending| ending == "md")).collect();
    for (number, newsletter) in newsletters.iter().cycle().take(issues).enumerate() {
        let text = files::read_text(newsletter)?;
        let text: String = text.lines().map(|line| on_its_day(line, number) + "\n").collect();
        files::write(&folder.join(format!("content/{}.md", day(number))), text.as_bytes())?;
    }
    for (path, text) in SETTINGS {
        files::write(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}

/// The days and the names in the front matter have to differ.
fn on_its_day(line: &str, number: usize) -> String {
    match line.split_once(": ") {
        Some((key @ ("date" | "slug"), _)) => format!("{key}: {}", day(number)),
        _ => line.to_owned(),
    }
}

/// One of 336 days in each year.
fn day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 2000 + number / 336, number / 28 % 12 + 1, number % 28 + 1)
}

const SETTINGS: [(&str, &str); 5] = [
    (
        "content/press.toml",
        "title = \"Last Week in Kubernetes Development\"\nlayout = \"headings\"\nheading = 2\n\
         volume = \"date\"\nunplaced = \"leave-out\"\nignore = [\"layout\", \"slug\", \"title\"]\n",
    ),
    (
        "config.toml",
        "baseURL = \"https://cdn.example/\"\n\
         disableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"home\", \"section\"]\n",
    ),
    ("layouts/_default/single.html", "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"),
    (
        "eleventy.config.cjs",
        "module.exports = () => ({\n\
         dir: { input: 'content', output: 'site', includes: '../includes' },\n\
         markdownTemplateEngine: false,\n\
         });\n",
    ),
    ("includes/post.njk", "<!doctype html><title>{{ title }}</title><main>{{ content | safe }}</main>"),
];

fn print(issues: usize, generators: &[Generator], measured: [Vec<Measured>; 3]) {
    println!("\n{issues} issues{:<18}{:>9}{:>9}{:>9}{:>9}", "", "seconds", "ratio", "CPU s", "MB");
    let mut first = None;
    for (generator, measured) in generators.iter().zip(measured) {
        let seconds = median(measured.iter().map(|run| run.seconds));
        let processor_seconds = median(measured.iter().map(|run| run.processor_seconds));
        let megabytes = median(measured.iter().map(|run| run.megabytes));
        let ratio = seconds / *first.get_or_insert(seconds);
        println!("{:<28}{seconds:>9.2}{ratio:>9.2}{processor_seconds:>9.2}{megabytes:>9.0}", generator.name);
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
