//! Settings of a series, from its `press.toml`.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use digest_issue::Lang;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::contained_folder::ContainedFolder;
use crate::file::{FileError, MAX_BYTES};
use crate::{Diagnostic, Rule, SiteAddress, SourceFile, utf8};

/// Settings of all issues of a series, from its `press.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Series {
    /// Title of every issue. Without it, each newsletter has one.
    pub title: Option<String>,
    /// Language of every issue whose newsletter has no `lang`.
    #[serde(deserialize_with = "deserialize_lang")]
    pub lang: Lang,
    /// Address of the folder in which the series is served.
    #[serde(deserialize_with = "deserialize_site")]
    pub site: Option<SiteAddress>,
    /// Further hosts of the publisher, each with its subdomains. An issue's page or picture on any
    /// other host is a warning.
    #[serde(deserialize_with = "deserialize_hosts")]
    pub hosts: Vec<String>,
    /// Layout of the newsletters.
    pub layout: Layout,
    /// Level of the headlines in the layout `headings`, from 1 for `#` to 6 for `######`.
    #[serde(deserialize_with = "deserialize_heading")]
    pub heading: u8,
    /// Source of an issue's date.
    pub date: DateFrom,
    /// Source of an issue's volume.
    pub volume: VolumeFrom,
    /// Treatment of issues of a later day.
    pub future: Future,
    /// Treatment of text that has no place in the layout.
    pub unplaced: Unplaced,
    /// Keys in the front matter that readers do not need.
    pub ignore: Vec<String>,
    /// Markdown file with the addresses of reference links in all issues, `[name]: address`.
    #[serde(deserialize_with = "deserialize_path")]
    pub references: Option<Arc<SourceFile>>,
    /// New ids of issues that were published under another id, by the old ids.
    pub moved: BTreeMap<String, String>,
}

/// Layout of a newsletter. It is never guessed: a headline in one layout is a detail in another.
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
    /// The entries of a feed. No newsletter is written in it.
    #[serde(skip)]
    Feed,
}

impl Layout {
    /// All layouts of newsletters.
    pub const ALL: [Layout; 4] = [
        Layout::ParallelLists,
        Layout::BoldLead,
        Layout::LinkLead,
        Layout::Headings,
    ];

    /// Returns the layout's name in `press.toml`.
    #[must_use]
    pub fn as_written(self) -> &'static str {
        match self {
            Layout::ParallelLists => "parallel-lists",
            Layout::BoldLead => "bold-lead",
            Layout::LinkLead => "link-lead",
            Layout::Headings => "headings",
            Layout::Feed => "feed",
        }
    }

    /// Describes a headline with its detail, for messages.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Layout::ParallelLists => "a list of headlines and a list of their details",
            Layout::BoldLead => {
                "a bullet that begins with its headline in bold \
                 (in Markdown “- **Headline:** detail”)"
            }
            Layout::LinkLead => {
                "a bullet that begins with its headline as a link \
                 (in Markdown “- [Headline](https://address) detail”)"
            }
            Layout::Headings => "a heading with its detail below it",
            Layout::Feed => "an entry",
        }
    }
}

/// Source of an issue's date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFrom {
    /// A label or the front matter.
    #[default]
    Label,
    /// The file name, which contains one ISO 8601 date: `2022-03-11-digest.md`.
    FileName,
}

/// Source of an issue's volume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VolumeFrom {
    /// A label, the title or the front matter.
    #[default]
    Label,
    /// The date, for issues without numbers: `2020-11-09`.
    Date,
}

/// Treatment of issues whose day has not come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Future {
    /// They are left out until that day.
    #[default]
    LeaveOut,
    /// They are published before that day.
    Publish,
}

/// Treatment of text that has no place in the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unplaced {
    /// It is an error.
    #[default]
    Refuse,
    /// It is left out, with a warning.
    LeaveOut,
}

impl Default for Series {
    fn default() -> Series {
        Series {
            title: None,
            lang: Lang::new("en"),
            site: None,
            hosts: Vec::new(),
            layout: Layout::default(),
            heading: 3,
            date: DateFrom::default(),
            volume: VolumeFrom::default(),
            future: Future::default(),
            unplaced: Unplaced::default(),
            ignore: Vec::new(),
            references: None,
            moved: BTreeMap::new(),
        }
    }
}

impl Series {
    /// Name of the settings file, in the folder of the newsletters.
    pub const FILE: &str = "press.toml";

    /// Loads the `press.toml` of a newsletter or of a folder of newsletters. Without that file,
    /// returns the defaults.
    ///
    /// # Errors
    ///
    /// Returns the errors in `press.toml` or in the `references` file, at least one.
    pub fn load(newsletter_or_folder: &Path) -> Result<Series, Vec<Diagnostic>> {
        let folder = find_folder(newsletter_or_folder);
        let path = folder.join(Series::FILE);
        // A missing folder is reported with the newsletter.
        let Ok(contained) = ContainedFolder::open(folder) else {
            return Ok(Series::default());
        };
        let bytes = match contained.read(&path, MAX_BYTES) {
            Err(FileError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(Series::default());
            }
            read => read.map_err(|error| vec![error.into()])?,
        };
        let file = new_source_file(path, &bytes).map_err(|error| vec![error])?;
        let mut series = parse_settings(&file).map_err(|error| vec![error])?;
        if let Some(references) = series.references.take() {
            let path = folder.join(&references.path);
            let bytes = contained
                .read(&path, MAX_BYTES)
                .map_err(|error| vec![references_error(error)])?;
            series.references = Some(new_source_file(path, &bytes).map_err(|error| vec![error])?);
        }
        Ok(series)
    }
}

impl Series {
    /// Adds the host of a site to the publisher's, unless the site is a preview on this computer.
    pub(crate) fn add_host(&mut self, site: &SiteAddress) {
        if !["localhost", "127.0.0.1", "[::1]"].contains(&site.host()) {
            self.hosts.push(site.host().to_owned());
        }
    }

    /// Returns true for the host of the site and for each of `hosts` with its subdomains.
    pub(crate) fn has_host(&self, host: &str) -> bool {
        let is_listed = |listed: &String| {
            host.strip_suffix(listed.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.site.as_ref().is_some_and(|site| site.host() == host)
            || self.hosts.iter().any(is_listed)
    }
}

fn references_error(error: FileError) -> Diagnostic {
    let remedy = format!(
        "check that `references` in {} is a file beside it",
        Series::FILE
    );
    Diagnostic {
        remedy,
        ..error.into()
    }
}

fn find_folder(path: &Path) -> &Path {
    if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(path)
    }
}

fn new_source_file(path: PathBuf, bytes: &[u8]) -> Result<Arc<SourceFile>, Diagnostic> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = Arc::new(SourceFile { path, text });
    match utf8::decode(bytes) {
        Ok(_) => Ok(file),
        Err(error) => Err(error.in_file(file)),
    }
}

fn parse_settings(file: &Arc<SourceFile>) -> Result<Series, Diagnostic> {
    toml::from_str(&file.text).map_err(|error| {
        let message = format!(
            "this setting is not understood: {}",
            error.message().replace('\n', "; ")
        );
        let remedy = "fix it, or remove the line";
        Diagnostic::error(
            Rule::Settings,
            error.span().unwrap_or(0..0),
            message,
            remedy,
        )
        .in_file(file.clone())
    })
}

fn deserialize_lang<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
    let lang = Lang::deserialize(deserializer)?;
    if !lang.is_well_formed() {
        let tag = lang.as_str();
        return Err(D::Error::custom(format!(
            "expected a language tag such as \"en\" or \"ja\", found {tag:?}"
        )));
    }
    Ok(lang)
}

fn deserialize_heading<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let heading = u8::deserialize(deserializer)?;
    let message = || format!("expected a heading level from 1 to 6, found {heading}");
    if (1..=6).contains(&heading) {
        Ok(heading)
    } else {
        Err(D::Error::custom(message()))
    }
}

fn deserialize_site<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SiteAddress>, D::Error> {
    String::deserialize(deserializer)?
        .parse()
        .map(Some)
        .map_err(D::Error::custom)
}

fn deserialize_hosts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let hosts = Vec::<String>::deserialize(deserializer)?;
    let is_host = |host: &str| {
        Url::parse(&format!("https://{host}/")).is_ok_and(|url| url.host_str() == Some(host))
    };
    match hosts.iter().find(|host| !is_host(host)) {
        Some(other) => Err(D::Error::custom(format!(
            "expected a host such as \"www.publisher.example\", found {other:?}"
        ))),
        None => Ok(hosts),
    }
}

/// Deserializes a path as a file without text: [`Series::load`] reads it.
fn deserialize_path<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Arc<SourceFile>>, D::Error> {
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

    fn load(settings: &str) -> Result<Series, String> {
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
    fn host_of_a_preview_is_not_the_publishers() {
        let mut series = Series::default();
        for (site, hosts) in [
            ("http://127.0.0.1:8000/", 0),
            ("https://cdn.example/digest", 1),
        ] {
            series.add_host(&site.parse().unwrap());
            assert_eq!(series.hosts.len(), hosts, "{site}");
        }
        assert!(series.has_host("cdn.example"));
    }

    #[test]
    fn every_setting_is_read() {
        let series = load(
            "\
title = \"US-Japan Alliance Digest\"
lang = \"ja\"
site = \"https://cdn.example/digest\"
hosts = [\"publisher.example\"]
layout = \"bold-lead\"
heading = 2
date = \"file-name\"
volume = \"date\"
future = \"publish\"
unplaced = \"leave-out\"
ignore = [\"slug\"]
references = \"references.md\"
[moved]
\"digest-1\" = \"digest-1.0\"
",
        )
        .unwrap();
        assert_eq!(series.title.as_deref(), Some("US-Japan Alliance Digest"));
        assert_eq!(series.lang, Lang::new("ja"));
        assert_eq!(series.site.unwrap().url(), "https://cdn.example/digest/");
        assert_eq!(series.hosts, ["publisher.example"]);
        assert_eq!(series.heading, 2);
        let rules = (
            series.layout,
            series.date,
            series.volume,
            series.future,
            series.unplaced,
        );
        assert_eq!(
            rules,
            (
                Layout::BoldLead,
                DateFrom::FileName,
                VolumeFrom::Date,
                Future::Publish,
                Unplaced::LeaveOut
            )
        );
        assert_eq!(series.ignore, ["slug"]);
        assert_eq!(series.references.unwrap().text, "[a]: https://a.example/");
        assert_eq!(series.moved["digest-1"], "digest-1.0");
    }

    #[test]
    fn missing_settings_are_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Series::load(folder.path()), Ok(Series::default()));
        assert_eq!(load(""), Ok(Series::default()));
    }

    #[test]
    fn unknown_settings_are_errors_with_the_known_ones() {
        assert_eq!(
            load("lang = \"en\"\nlayuot = \"headings\"").unwrap_err(),
            "\
error: this setting is not understood: unknown field `layuot`, expected one of `title`, \
`lang`, `site`, `hosts`, `layout`, `heading`, `date`, `volume`, `future`, `unplaced`, `ignore`, `references`, `moved`
 --> issues/press.toml:2:1
  |
2 | layuot = \"headings\"
  | ^^^^^^
  |
  = note: it would have no effect
  = help: fix it, or remove the line"
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
                "expected a heading level from 1 to 6, found 7",
            ),
            ("title = Digest", "press.toml:1:9"),
            ("references = \"no.md\"", "no.md” cannot be read"),
            ("references = \"../no.md\"", "leads out of the folder"),
            ("references = \"/etc/hostname\"", "leads out of the folder"),
            (
                "hosts = [\"https://a.example/\"]",
                "expected a host such as \"www.publisher.example\"",
            ),
            (
                "site = \"https://:password@cdn.example/\"",
                "expected an http or https address of a folder",
            ),
        ] {
            let error = load(settings).unwrap_err();
            assert!(error.contains(expected), "{settings}: {error}");
        }
    }
}
