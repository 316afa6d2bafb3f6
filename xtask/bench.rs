//! How long a site takes, beside generators that make bare pages of the same Markdown.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{files, press, process, toolbox::ELEVENTY};

/// Builds sites of 100 and of 600 issues with each generator in turn, `runs` times, each from nothing and
/// then again with one newsletter more, as a publisher does every two weeks. Prints the medians; a ratio
/// above 1 says how many times longer than ours.
pub(crate) fn run(runs: usize) -> Result<()> {
    let newsletters = Newsletters::read()?;
    for (program, package) in [("hugo", "hugo"), ("time", "time")] {
        ensure!(
            process::find(program).is_some(),
            "install {program} (on Debian: apt-get install {package})"
        );
    }
    ELEVENTY.install()?;
    let generators = [press(&press::write()?)?, hugo(), eleventy()?];
    let out = files::fresh_folder(OUT)?;
    for issues in [100, 600] {
        let folder = out.join(issues.to_string());
        for (path, text) in SETTINGS {
            files::write(&folder.join(path), text.as_bytes())?;
        }
        for number in 0..issues {
            newsletters.write(&folder, number)?;
        }
        let [mut from_nothing, mut one_more]: [[Vec<Measured>; 3]; 2] = Default::default();
        // In turn, so that whatever else the machine does meanwhile slows all of them.
        for run in 1..=runs {
            for (index, generator) in generators.iter().enumerate() {
                from_nothing[index].push(generator.measure(&folder, issues)?);
                newsletters.write(&folder, issues)?;
                one_more[index].push(generator.measure(&folder, issues + 1)?);
                files::remove(&newsletter(&folder, issues))?;
                put_aside(&folder, &format!("{} {run}", generator.name))?;
            }
        }
        print(&format!("{issues} issues"), &generators, from_nothing);
        print("and one more", &generators, one_more);
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
    let program = fs::canonicalize(program).context("cannot find digest-press")?;
    let arguments = [
        "build",
        "content",
        "-o",
        "site",
        "--site",
        "https://cdn.example/",
    ];
    Ok(generator("digest-press, everything", &program, &arguments))
}

fn hugo() -> Generator {
    generator(
        "Hugo, bare pages",
        Path::new("hugo"),
        &["--quiet", "--destination", "site", "--ignoreCache"],
    )
}

fn eleventy() -> Result<Generator> {
    let script = fs::canonicalize(ELEVENTY.file()?)
        .context("cannot find Eleventy")?
        .display()
        .to_string();
    Ok(generator(
        "Eleventy, bare pages",
        Path::new("node"),
        &[&script, "--quiet", "--config=eleventy.config.cjs"],
    ))
}

fn generator(name: &'static str, program: &Path, arguments: &[&str]) -> Generator {
    let arguments = arguments
        .iter()
        .map(|&argument| argument.to_owned())
        .collect();
    Generator {
        name,
        program: program.to_owned(),
        arguments,
    }
}

impl Generator {
    fn measure(&self, folder: &Path, issues: usize) -> Result<Measured> {
        let mut command = Command::new("time");
        command.args(["--format", "%U %S %M", "--output", "time.txt"]);
        command.arg(&self.program).args(&self.arguments);
        let started = Instant::now();
        let output = command
            .current_dir(folder)
            .output()
            .with_context(|| process::cannot_start(&command))?;
        let seconds = started.elapsed().as_secs_f64();
        // What real newsletters are warned of hides nothing here but the table.
        ensure!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );

        let files = files::in_folder(&folder.join("site"))?;
        let pages = files
            .iter()
            .filter(|file| file.ends_with("index.html"))
            .count();
        ensure!(
            pages >= issues,
            "{} made {pages} pages of {issues} newsletters",
            self.name
        );
        let times = files::read_text(&folder.join("time.txt"))?;
        let numbers: Vec<f64> = times
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let &[user, system, kilobytes] = &numbers[..] else {
            bail!("`time` wrote {times:?}")
        };
        Ok(Measured {
            seconds,
            processor_seconds: user + system,
            megabytes: kilobytes / 1024.0,
        })
    }
}

/// Makes room for the next run. Nothing is removed before the end: after thousands of files were, the
/// profile of the next run was for the most part ext4's search for free inodes.
fn put_aside(folder: &Path, name: &str) -> Result<()> {
    let aside = folder.join("done").join(name);
    files::make_folder_of(&aside)?;
    fs::rename(folder.join("site"), &aside)
        .with_context(|| format!("cannot make {}", aside.display()))
}

/// Real newsletters, to be used again and again under other days.
struct Newsletters(Vec<String>);

impl Newsletters {
    fn read() -> Result<Newsletters> {
        let files = files::in_folder(Path::new(CORPUS)).context("the newsletters are not there")?;
        let files = files
            .iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "md"));
        let texts: Vec<String> = files
            .map(|file| files::read_text(file))
            .collect::<Result<_>>()?;
        ensure!(!texts.is_empty(), "there are no newsletters in {CORPUS}");
        Ok(Newsletters(texts))
    }

    fn write(&self, folder: &Path, number: usize) -> Result<()> {
        let text = &self.0[number % self.0.len()];
        let text: String = text
            .lines()
            .map(|line| on_its_day(line, number) + "\n")
            .collect();
        files::write(&newsletter(folder, number), text.as_bytes())
    }
}

fn newsletter(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("content/{}.md", day(number)))
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
    format!(
        "{}-{:02}-{:02}",
        2000 + number / 336,
        number / 28 % 12 + 1,
        number % 28 + 1
    )
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
    (
        "layouts/_default/single.html",
        "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>",
    ),
    (
        "eleventy.config.cjs",
        "module.exports = () => ({\n\
         dir: { input: 'content', output: 'site', includes: '../includes' },\n\
         markdownTemplateEngine: false,\n\
         });\n",
    ),
    (
        "includes/post.njk",
        "<!doctype html><title>{{ title }}</title><main>{{ content | safe }}</main>",
    ),
];

fn print(what: &str, generators: &[Generator], measured: [Vec<Measured>; 3]) {
    println!(
        "\n{what:<28}{:>9}{:>9}{:>9}{:>9}",
        "seconds", "ratio", "CPU s", "MB"
    );
    let mut first = None;
    for (generator, measured) in generators.iter().zip(measured) {
        let seconds = median(measured.iter().map(|run| run.seconds));
        let processor_seconds = median(measured.iter().map(|run| run.processor_seconds));
        let megabytes = median(measured.iter().map(|run| run.megabytes));
        let ratio = seconds / *first.get_or_insert(seconds);
        println!(
            "{:<28}{seconds:>9.2}{ratio:>9.2}{processor_seconds:>9.2}{megabytes:>9.0}",
            generator.name
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
