//! How long a site takes, compared with generators that write bare pages from the same Markdown.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use xshell::Shell;

use super::measurement::{Measurement, measure};
use super::require_program;
use crate::{
    files,
    tools::{self, npm::ELEVENTY},
};

/// Builds sites of 100 and of 600 issues with each generator, `runs` times, each from nothing and
/// then again with one more newsletter, as a publisher does every two weeks. Prints the medians. A
/// ratio above 1 says how many times longer than digest-press a generator takes.
pub(super) fn run(sh: &Shell, program: &Path, out: &Path, runs: usize) -> Result<()> {
    let newsletters = Newsletters::load(sh)?;
    let hugo = require_program("hugo")?;
    tools::install_npm_packages(sh)?;
    let generators = [use_press(program), use_hugo(hugo), use_eleventy()?];
    for issues in [100, 600] {
        let folder = out.join(issues.to_string());
        for (path, text) in SETTINGS {
            sh.write_file(folder.join(path), text)?;
        }
        newsletters.write_settings(sh, &folder)?;
        for number in 0..issues {
            newsletters.write(sh, &folder, number)?;
        }
        let [mut from_nothing, mut one_more]: [[Vec<Measurement>; 3]; 2] = Default::default();
        // In turn, so that other load on the machine slows all of them.
        for run in 1..=runs {
            for (index, generator) in generators.iter().enumerate() {
                from_nothing[index].push(generator.measure(sh, &folder, issues)?);
                newsletters.write(sh, &folder, issues)?;
                one_more[index].push(generator.measure(sh, &folder, issues + 1)?);
                sh.remove_path(newsletter_path(&folder, issues))?;
                move_site_away(sh, &folder, &format!("{} {run}", generator.name))?;
            }
        }
        print_table(&format!("{issues} issues"), &generators, from_nothing);
        print_table("and one more", &generators, one_more);
    }
    Ok(())
}

/// A program that writes a site to `site/` from the newsletters in `content/`.
struct Generator {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
}

fn use_press(program: &Path) -> Generator {
    let arguments = "build content -o site --site https://cdn.example/";
    Generator::new("digest-press, everything", program, arguments)
}

fn use_hugo(program: PathBuf) -> Generator {
    let arguments = "--quiet --destination site --ignoreCache";
    Generator::new("Hugo, bare pages", program, arguments)
}

fn use_eleventy() -> Result<Generator> {
    let mut generator = Generator::new(
        "Eleventy, bare pages",
        "node",
        "--quiet --config=eleventy.config.cjs",
    );
    let script = tools::npm_file(ELEVENTY)?.display().to_string();
    generator.arguments.insert(0, script);
    Ok(generator)
}

impl Generator {
    fn new(name: &'static str, program: impl Into<PathBuf>, arguments: &str) -> Generator {
        Generator {
            name,
            program: program.into(),
            arguments: arguments.split(' ').map(str::to_owned).collect(),
        }
    }

    fn measure(&self, sh: &Shell, folder: &Path, issues: usize) -> Result<Measurement> {
        let measurement = measure(sh, folder, &self.program, &self.arguments)?;
        let files = files::list_files(&folder.join("site"))?;
        let pages = files
            .iter()
            .filter(|file| file.ends_with("index.html"))
            .count();
        ensure!(
            pages >= issues,
            "{} wrote {pages} pages for {issues} newsletters",
            self.name
        );
        Ok(measurement)
    }
}

/// Makes room for the next run. Nothing is removed before the end: after thousands of files were
/// removed, the next run spent most of its time in ext4's search for free inodes.
fn move_site_away(sh: &Shell, folder: &Path, name: &str) -> Result<()> {
    let done = folder.join("done");
    sh.create_dir(&done)?;
    files::rename(&folder.join("site"), &done.join(name))
}

/// The newsletters of a series, which are used again and again with other dates.
struct Newsletters {
    settings: String,
    texts: Vec<String>,
}

/// A series with realistic newsletters: two pages of text and forty links each.
const SERIES: &str = "tests/newsletters/timetable-weekly";

impl Newsletters {
    fn load(sh: &Shell) -> Result<Newsletters> {
        let files = files::list_files(Path::new(SERIES))?;
        let is_newsletter = |file: &&PathBuf| file.extension().is_some_and(|ending| ending == "md");
        let texts = files
            .iter()
            .filter(is_newsletter)
            .map(|file| Ok(sh.read_file(file)?));
        let texts = texts.collect::<Result<Vec<_>>>()?;
        ensure!(!texts.is_empty(), "there are no newsletters in {SERIES}");
        let settings = sh.read_file(Path::new(SERIES).join("press.toml"))?;
        Ok(Newsletters { settings, texts })
    }

    fn write_settings(&self, sh: &Shell, folder: &Path) -> Result<()> {
        Ok(sh.write_file(folder.join("content/press.toml"), &self.settings)?)
    }

    fn write(&self, sh: &Shell, folder: &Path, number: usize) -> Result<()> {
        let text = &self.texts[number % self.texts.len()];
        let lines = text.lines().map(|line| set_date(line, number) + "\n");
        Ok(sh.write_file(newsletter_path(folder, number), lines.collect::<String>())?)
    }
}

fn newsletter_path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("content/{}.md", format_date(number)))
}

/// Changes a line of the front matter, so that each newsletter has its own date and name.
fn set_date(line: &str, number: usize) -> String {
    match line.split_once(": ") {
        Some((key @ ("date" | "slug"), _)) => format!("{key}: {}", format_date(number)),
        _ => line.to_owned(),
    }
}

/// The date of a newsletter: one of 336 days in each year.
fn format_date(number: usize) -> String {
    let (year, month, day) = (2000 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
    format!("{year}-{month:02}-{day:02}")
}

/// The settings of Hugo and of Eleventy.
const SETTINGS: [(&str, &str); 4] = [
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

fn print_table(title: &str, generators: &[Generator], measurements: [Vec<Measurement>; 3]) {
    println!(
        "\n{title:<28}{:>9}{:>9}{:>9}{:>9}",
        "seconds", "ratio", "CPU s", "MB"
    );
    let mut first = None;
    for (generator, runs) in generators.iter().zip(measurements) {
        let seconds = median(runs.iter().map(|run| run.seconds));
        let processor_seconds = median(runs.iter().map(|run| run.processor_seconds));
        let megabytes = median(runs.iter().map(|run| run.megabytes));
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
