//! Short names between the module and its glue.
//!
//! wasm-bindgen names every function that crosses the boundary by what it is and a hash. Nobody reads
//! these names in a reader's page and hashes do not compress, so wasm-opt renames them in the module
//! and prints what it did; here the glue follows.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// The option of wasm-opt that shortens the names and prints [`Names`].
pub(crate) const WASM_OPT_FLAG: &str = "--minify-imports-and-exports-and-modules";

/// The one module that wasm-bindgen imports from, and what wasm-opt calls every module.
const MODULE: (&str, &str) = ("./digest-widget_bg.js", "a");

/// The old and the new names, as wasm-opt prints them.
#[derive(Deserialize)]
pub(crate) struct Names {
    /// Module, name, short name.
    imports: Vec<(String, String, String)>,
    /// Name, short name.
    exports: Vec<(String, String)>,
}

impl Names {
    /// Reads what wasm-opt printed.
    pub(crate) fn parse(printed: &str) -> Result<Self> {
        serde_json::from_str(printed).with_context(|| {
            format!(
                "wasm-opt {WASM_OPT_FLAG} was expected to print the names as JSON, but printed {printed:?}"
            )
        })
    }
}

/// Renames in the glue what was renamed in the module.
pub(crate) fn shorten(glue: &str, names: &Names) -> Result<String> {
    let glue = shorten_imports(glue, names)?;
    shorten_exports(&glue, names)
}

/// The glue hands its functions over as `"MODULE": { NAME: function(…) {…}, … }`.
fn shorten_imports(glue: &str, names: &Names) -> Result<String> {
    let mut glue = replace_once(
        glue,
        &format!("\"{}\":", MODULE.0),
        &format!("\"{}\":", MODULE.1),
    )?;
    for (module, name, short) in &names.imports {
        ensure!(
            module == MODULE.0,
            "the module imports {name} from {module}, expected {}",
            MODULE.0
        );
        glue = replace_once(
            &glue,
            &format!(" {name}: function("),
            &format!(" {short}: function("),
        )?;
    }
    Ok(glue)
}

/// The glue reaches into the module as `wasm.NAME`.
fn shorten_exports(glue: &str, names: &Names) -> Result<String> {
    const REACH: &str = "wasm.";
    let mut parts = glue.split(REACH);
    let mut shortened = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let is_inside_a_word = shortened.ends_with(|c: char| is_of_a_name(c) || c == '.');
        let name = &part[..part.find(|c| !is_of_a_name(c)).unwrap_or(part.len())];
        shortened.push_str(REACH);
        if is_inside_a_word {
            shortened.push_str(part);
            continue;
        }
        let Some((_, short)) = names.exports.iter().find(|(long, _)| long == name) else {
            bail!("the glue uses wasm.{name}, which the module does not export");
        };
        shortened.push_str(short);
        shortened.push_str(&part[name.len()..]);
    }
    Ok(shortened)
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

/// Replaces a text that has to be there exactly once.
pub(crate) fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(
        count == 1,
        "expected {from:?} exactly once, found it {count} times"
    );
    Ok(text.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"
        const import0 = { __wbg_get_1f: function(arg0) { return wasm.__wbindgen_export2(arg0); }, };
        return { "./digest-widget_bg.js": import0, };
        // See digest-widget_bg.wasm.map
        new Uint8Array(wasm.memory.buffer, wasm.__wbindgen_export);"#;

    fn names() -> Names {
        let printed = r#"{ "imports": [["./digest-widget_bg.js", "__wbg_get_1f", "$"]],
            "exports": [["memory", "a"], ["__wbindgen_export", "b"], ["__wbindgen_export2", "c"]] }"#;
        Names::parse(printed).unwrap()
    }

    #[test]
    fn the_glue_follows_the_module() {
        let shortened = shorten(GLUE, &names()).unwrap();
        let expected = r#"
        const import0 = { $: function(arg0) { return wasm.c(arg0); }, };
        return { "a": import0, };
        // See digest-widget_bg.wasm.map
        new Uint8Array(wasm.a.buffer, wasm.b);"#;
        assert_eq!(shortened, expected);
    }

    #[test]
    fn an_import_that_the_glue_does_not_have_is_an_error() {
        let error = shorten(&GLUE.replace("__wbg_get_1f", "__wbg_get_2f"), &names()).unwrap_err();
        assert!(error.to_string().contains("__wbg_get_1f"), "{error}");
    }

    #[test]
    fn an_export_that_the_module_does_not_have_is_an_error() {
        let error = shorten(&GLUE.replace("wasm.memory", "wasm.memory0"), &names()).unwrap_err();
        assert!(error.to_string().contains("wasm.memory0"), "{error}");
    }

    #[test]
    fn a_text_that_is_there_twice_is_not_replaced() {
        assert_eq!(replace_once("a b", "a", "c").unwrap(), "c b");
        assert!(replace_once("a a", "a", "c").is_err());
        assert!(replace_once("b", "a", "c").is_err());
    }
}
