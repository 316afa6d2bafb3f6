//! Short names for the functions between the module and its glue.
//!
//! wasm-bindgen gives every such function a long name with a hash, which hardly compresses.
//! wasm-opt shortens the names in the module and prints the old and the new ones; here they are
//! replaced in the glue.
//!
//! The patterns are those of the glue of the pinned wasm-bindgen. After an upgrade, check that the
//! glue still has one `"./digest-widget_bg.js": …` with functions as `NAME: function(…)`, and calls
//! the module as `wasm.NAME`; see `glue.rs`.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::replace::replace_once;

/// The option of wasm-opt that shortens the names and prints [`ShortNames`].
pub(crate) const WASM_OPT_FLAG: &str = "--minify-imports-and-exports-and-modules";

/// The name of the only module that wasm-bindgen imports from, and wasm-opt's name for it.
const MODULE: (&str, &str) = ("./digest-widget_bg.js", "a");

/// The long and the short names that wasm-opt prints.
#[derive(Deserialize)]
pub(crate) struct ShortNames {
    /// Module, long name, short name.
    imports: Vec<(String, String, String)>,
    /// Long name, short name.
    exports: Vec<(String, String)>,
}

impl ShortNames {
    /// Parses the output of wasm-opt.
    pub(crate) fn parse(printed: &str) -> Result<Self> {
        serde_json::from_str(printed).with_context(|| {
            format!("expected wasm-opt {WASM_OPT_FLAG} to print names as JSON, found {printed:?}")
        })
    }
}

/// Replaces the long names in the glue.
pub(crate) fn shorten_names(glue: &str, names: &ShortNames) -> Result<String> {
    let glue = shorten_imports(glue, names)?;
    shorten_exports(&glue, names)
}

/// The glue exports its functions as `"MODULE": { NAME: function(…) {…}, … }`.
fn shorten_imports(glue: &str, names: &ShortNames) -> Result<String> {
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

/// The glue calls the module as `wasm.NAME`.
fn shorten_exports(glue: &str, names: &ShortNames) -> Result<String> {
    const PREFIX: &str = "wasm.";
    let mut parts = glue.split(PREFIX);
    let mut shortened = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let is_inside_word = shortened.ends_with(|c: char| is_name_char(c) || c == '.');
        let name = &part[..part.find(|c| !is_name_char(c)).unwrap_or(part.len())];
        shortened.push_str(PREFIX);
        if is_inside_word {
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

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"
        const import0 = { __wbg_get_1f: function(arg0) { return wasm.__wbindgen_export2(arg0); }, };
        return { "./digest-widget_bg.js": import0, };
        // See digest-widget_bg.wasm.map
        new Uint8Array(wasm.memory.buffer, wasm.__wbindgen_export);"#;

    fn names() -> ShortNames {
        let printed = r#"{ "imports": [["./digest-widget_bg.js", "__wbg_get_1f", "$"]],
            "exports": [["memory", "a"], ["__wbindgen_export", "b"], ["__wbindgen_export2", "c"]] }"#;
        ShortNames::parse(printed).unwrap()
    }

    #[test]
    fn names_in_the_glue_are_shortened() {
        let shortened = shorten_names(GLUE, &names()).unwrap();
        let expected = r#"
        const import0 = { $: function(arg0) { return wasm.c(arg0); }, };
        return { "a": import0, };
        // See digest-widget_bg.wasm.map
        new Uint8Array(wasm.a.buffer, wasm.b);"#;
        assert_eq!(shortened, expected);
    }

    #[test]
    fn an_import_missing_from_the_glue_is_an_error() {
        let error =
            shorten_names(&GLUE.replace("__wbg_get_1f", "__wbg_get_2f"), &names()).unwrap_err();
        assert!(error.to_string().contains("__wbg_get_1f"), "{error}");
    }

    #[test]
    fn an_export_missing_from_the_module_is_an_error() {
        let error =
            shorten_names(&GLUE.replace("wasm.memory", "wasm.memory0"), &names()).unwrap_err();
        assert!(error.to_string().contains("wasm.memory0"), "{error}");
    }
}
