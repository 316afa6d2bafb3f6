//! Hostile strings, and imports that must survive them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use clap::Parser;
use digest_press::{Cli, Issue, Series, import};
use libtest_mimic::Failed;
use serde_json::Value;

use crate::assert_same;
use crate::count_words::{is_address, words_in_headline, words_in_text};

/// Returns the strings of `tests/hostile_strings.json`, where the rule behind each one is.
pub fn hostile_strings() -> Vec<String> {
    let groups: BTreeMap<String, Vec<String>> =
        serde_json::from_str(include_str!("hostile_strings.json")).unwrap();
    groups.into_values().flatten().collect()
}

/// Imports a newsletter and formats its diagnostics. Fails if it is rejected without an error.
pub fn import_and_render(newsletter: &str) -> Result<(), Failed> {
    let diagnostics = match import(newsletter, None, &Series::default()) {
        Ok(imported) => imported.warnings,
        Err(errors) if errors.is_empty() => return Err(format!("no error: {newsletter}").into()),
        Err(errors) => errors,
    };
    for diagnostic in diagnostics {
        let _ = diagnostic.render(newsletter, Path::new("newsletter.md"), Cli::DEFAULT_WIDTH);
    }
    Ok(())
}

/// Imports a string as a newsletter, and in each position of a good newsletter.
pub fn import_with_hostile_text(string: &str) -> Result<(), Failed> {
    import_and_render(string)?;
    let good = fs::read_to_string("import/link_title/newsletter.md")?;
    for text in [
        "Digest",
        "1.5",
        "March 11, 2022",
        "Radar site",
        "completed**",
        "https://example.com",
    ] {
        assert!(good.contains(text), "{text}");
        import_and_render(&good.replacen(text, string, 1))?;
    }
    Ok(())
}

/// Imports a web page with a string as text and as markup. Fails if words of the text are lost.
pub fn read_as_html(string: &str) -> Result<(), Failed> {
    let text = string.replace('&', "&amp;").replace('<', "&lt;");
    if let Some(issue) = import_page(&text)? {
        let document: Value = serde_json::from_str(&issue.to_json()?)?;
        let [_, mut found] = words_in_headline(&document["headlines"][0]);
        found.retain(|word| !is_address(word));
        let expected = words_in_text(&format!("before {string} after"));
        assert_same(string, &expected.join(" "), &found.join(" "))?;
    }
    import_page(string)?;
    Ok(())
}

/// Imports a web page with HTML in its only detail. Returns `None` if it is rejected.
fn import_page(html: &str) -> Result<Option<Issue>, Failed> {
    let folder = tempfile::tempdir()?;
    let [page, output] = ["page.html", "issue.json"].map(|name| folder.path().join(name));
    fs::write(
        &page,
        format!(
            "<!doctype html><meta charset=utf-8><title>Digest</title><p>Digest<p>Vol: 1.5\
             <p>Date: March 11, 2022<p>Headlines:<ul><li>Radar</ul>\
             <p>Details:<ul><li>before {html} after</ul>"
        ),
    )?;
    let command = [
        "digest-press".into(),
        "import".into(),
        page,
        "-o".into(),
        output.clone(),
    ];
    let cli = Cli::try_parse_from(command)?;
    let code = cli.run(&mut io::sink(), &mut io::sink(), Cli::DEFAULT_WIDTH)?;
    if code != ExitCode::SUCCESS {
        return Ok(None);
    }
    Ok(Some(Issue::from_json(&fs::read(output)?)?))
}
