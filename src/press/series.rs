use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use digest_issue::Lang;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::file::{self, FileError};
use crate::{Diagnostic, Rule, SiteAddress, SourceFile, utf8};

/// What holds for all issues of a series: the settings in its `press.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Series {
    /// The title of every issue; without it, each newsletter has its own.
    pub title: Option<String>,
    /// The language of every issue that does not name its own.
    #[serde(deserialize_with = "lang")]
    pub lang: Lang,
    /// Where the folder of the series will be served.
    #[serde(deserialize_with = "site")]
    pub site: Option<SiteAddress>,
    /// How a newsletter is laid out.
    pub layout: Layout,
    /// Which headings are headlines in the layout `headings`, from 1 for `#` to 6 for `######`.
    #[serde(deserialize_with = "heading")]
    pub heading: u8,
    /// Where the day of an issue comes from.
    pub date: DateFrom,
    /// Where the volume of an issue comes from.
    pub volume: VolumeFrom,
    /// What becomes of a text that the layout has no place for.
    pub unplaced: Unplaced,
    /// The keys at the top of a newsletter that say nothing to readers.
    pub ignore: Vec<String>,
    /// The addresses that the reference links of all issues lead to, `[name]: address`, in Markdown.
    #[serde(deserialize_with = "path")]
    pub references: Option<Arc<SourceFile>>,
    /// The ids of issues that were published under another one: the old id, and the new one.
    pub moved: BTreeMap<String, String>,
}

/// How a newsletter is laid out. It is never guessed: what one layout takes for a headline is another
/// one's detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A list of headlines, and below it a list of their details.
    #[default]
    ParallelLists,
    /// `- **Headline:** detail`
    BoldLead,
    /// `- [Headline](address) detail`
    LinkLead,
    /// `### Headline`, and below it its detail.
    Headings,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Layout; 4] = [
        Layout::ParallelLists,
        Layout::BoldLead,
        Layout::LinkLead,
        Layout::Headings,
    ];

    /// The layout as it is written in `press.toml`.
    #[must_use]
    pub fn as_written(self) -> &'static str {
        match self {
            Layout::ParallelLists => "parallel-lists",
            Layout::BoldLead => "bold-lead",
            Layout::LinkLead => "link-lead",
            Layout::Headings => "headings",
        }
    }

    /// What a headline with its detail looks like.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Layout::ParallelLists => "two lists, of the headlines and of their details",
            Layout::BoldLead => {
                "a bullet that begins with its headline in bold (in Markdown “- **Headline:** detail”)"
            }
            Layout::LinkLead => {
                "a bullet that begins with a link, its headline (in Markdown “- [Headline](https://address) detail”)"
            }
            Layout::Headings => "a heading with its detail below it",
        }
    }
}

/// Where the day of an issue comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFrom {
    /// A label or the settings at the top of the newsletter.
    #[default]
    Label,
    /// The name of its file, which holds one day as ISO 8601 writes it: `2022-03-11-digest.md`.
    FileName,
}

/// Where the volume of an issue comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VolumeFrom {
    /// A label, the title or the settings at the top of the newsletter.
    #[default]
    Label,
    /// Its day, since the issues have no numbers: `2020-11-09`.
    Date,
}

/// What becomes of a text that the layout has no place for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unplaced {
    /// The newsletter is refused.
    #[default]
    Refuse,
    /// It is left out, and named with its line.
    LeaveOut,
}

impl Default for Series {
    fn default() -> Series {
        Series {
            title: None,
            lang: Lang::new("en"),
            site: None,
            layout: Layout::default(),
            heading: 3,
            date: DateFrom::default(),
            volume: VolumeFrom::default(),
            unplaced: Unplaced::default(),
            ignore: Vec::new(),
            references: None,
            moved: BTreeMap::new(),
        }
    }
}

impl Series {
    /// The name of the file with the settings of a series, in the folder of its newsletters.
    pub const FILE: &str = "press.toml";

    /// The series of a newsletter, or of a folder of newsletters: what its `press.toml` says, or the
    /// defaults if there is none.
    ///
    /// # Errors
    ///
    /// What is wrong with `press.toml` or a file that it names: never empty.
    pub fn load(newsletter_or_folder: &Path) -> Result<Series, Vec<Diagnostic>> {
        let folder = folder_of(newsletter_or_folder);
        let path = folder.join(Series::FILE);
        let bytes = match file::read_bytes(&path) {
            Err(FileError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(Series::default());
            }
            read => read.map_err(|error| vec![error.into()])?,
        };
        let file = source_file(path, &bytes).map_err(|error| vec![error])?;
        let mut series = parse(&file).map_err(|error| vec![error])?;
        if let Some(references) = series.references.take() {
            let path = folder.join(&references.path);
            let bytes = file::read_bytes(&path).map_err(|error| vec![not_there(error)])?;
            series.references = Some(source_file(path, &bytes).map_err(|error| vec![error])?);
        }
        Ok(series)
    }
}

fn not_there(error: FileError) -> Diagnostic {
    let remedy = format!(
        "check that `references` in {} names a file that is beside it",
        Series::FILE
    );
    Diagnostic {
        remedy,
        ..error.into()
    }
}

fn folder_of(path: &Path) -> &Path {
    if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(path)
    }
}

fn source_file(path: PathBuf, bytes: &[u8]) -> Result<Arc<SourceFile>, Diagnostic> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = Arc::new(SourceFile { path, text });
    match utf8::decode(bytes) {
        Ok(_) => Ok(file),
        Err(error) => Err(error.in_file(file)),
    }
}

fn parse(file: &Arc<SourceFile>) -> Result<Series, Diagnostic> {
    toml::from_str(&file.text).map_err(|error| {
        let message = format!(
            "this setting is not understood: {}",
            error.message().replace('\n', "; ")
        );
        let remedy = "mend it, or remove the line";
        Diagnostic::error(
            Rule::Settings,
            error.span().unwrap_or(0..0),
            message,
            remedy,
        )
        .in_file(file.clone())
    })
}

fn lang<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
    let lang = Lang::deserialize(deserializer)?;
    if !lang.is_well_formed() {
        let tag = lang.as_str();
        return Err(D::Error::custom(format!(
            "expected a language tag such as \"en\" or \"ja\", found {tag:?}"
        )));
    }
    Ok(lang)
}

fn heading<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let heading = u8::deserialize(deserializer)?;
    let message = || format!("expected a level of headings from 1 to 6, found {heading}");
    if (1..=6).contains(&heading) {
        Ok(heading)
    } else {
        Err(D::Error::custom(message()))
    }
}

fn site<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SiteAddress>, D::Error> {
    String::deserialize(deserializer)?
        .parse()
        .map(Some)
        .map_err(D::Error::custom)
}

/// A file that is not read yet.
fn path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Arc<SourceFile>>, D::Error> {
    let path = PathBuf::deserialize(deserializer)?;
    Ok(Some(Arc::new(SourceFile {
        path,
        text: String::new(),
    })))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn of(settings: &str) -> Result<Series, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("press.toml"), settings).unwrap();
        fs::write(
            folder.path().join("references.md"),
            "[a]: https://a.example/",
        )
        .unwrap();
        Series::load(&folder.path().join("newsletter.md")).map_err(|errors| {
            let text = errors[0].render("the newsletter", Path::new("newsletter.md"), 100);
            let text = anstream::adapter::strip_str(&text).to_string();
            text.replace(&folder.path().display().to_string(), "issues")
        })
    }

    #[test]
    fn every_setting_is_read() {
        let series = of("\
title = \"US-Japan Alliance Digest\"
lang = \"ja\"
site = \"https://cdn.example/digest\"
layout = \"bold-lead\"
heading = 2
date = \"file-name\"
volume = \"date\"
unplaced = \"leave-out\"
ignore = [\"slug\"]
references = \"references.md\"
[moved]
\"digest-1\" = \"digest-1.0\"
")
        .unwrap();
        assert_eq!(series.title.as_deref(), Some("US-Japan Alliance Digest"));
        assert_eq!(series.lang, Lang::new("ja"));
        assert_eq!(series.site.unwrap().url(), "https://cdn.example/digest/");
        assert_eq!(series.heading, 2);
        let rules = (series.layout, series.date, series.volume, series.unplaced);
        assert_eq!(
            rules,
            (
                Layout::BoldLead,
                DateFrom::FileName,
                VolumeFrom::Date,
                Unplaced::LeaveOut
            )
        );
        assert_eq!(series.ignore, ["slug"]);
        assert_eq!(series.references.unwrap().text, "[a]: https://a.example/");
        assert_eq!(series.moved["digest-1"], "digest-1.0");
    }

    #[test]
    fn without_settings_there_are_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Series::load(folder.path()), Ok(Series::default()));
        assert_eq!(of(""), Ok(Series::default()));
    }

    #[test]
    fn what_is_not_understood_is_shown_with_what_would_be() {
        assert_eq!(
            of("lang = \"en\"\nlayuot = \"headings\"").unwrap_err(),
            "\
error: this setting is not understood: unknown field `layuot`, expected one of `title`, `lang`, `site`, \
`layout`, `heading`, `date`, `volume`, `unplaced`, `ignore`, `references`, `moved`
 --> issues/press.toml:2:1
  |
2 | layuot = \"headings\"
  | ^^^^^^
  |
  = note: it would have no effect
  = help: mend it, or remove the line"
        );
        for (settings, expected) in [
            (
                "layout = \"tables\"",
                "unknown variant `tables`, expected one of `parallel-lists`, `bold-lead`",
            ),
            (
                "\nlang = \"en_US\"",
                "expected a language tag such as \"en\" or \"ja\", found \"en_US\"",
            ),
            (
                "site = \"cdn.example\"",
                "expected an http or https address of a folder",
            ),
            (
                "heading = 7",
                "expected a level of headings from 1 to 6, found 7",
            ),
            ("title = Digest", "press.toml:1:9"),
            ("references = \"no.md\"", "no.md” cannot be read"),
        ] {
            let error = of(settings).unwrap_err();
            assert!(error.contains(expected), "{settings}: {error}");
        }
    }
}
