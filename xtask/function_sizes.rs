//! `cargo xtask size`: what the functions of the widget's module take, by crate and by function.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use wasmparser::{Name, NameSectionReader, Parser, Payload, TypeRef};
use xshell::Shell;

use crate::glue;

/// The functions in the second table.
const LARGEST: usize = 20;

/// Prints both tables for the module of the last `cargo xtask dist`.
///
/// The bytes are those of the code after wasm-opt, before compression. A generic function counts for
/// the crate that defines it.
pub(crate) fn print(sh: &Shell) -> Result<()> {
    let work = Path::new("target/dist-work");
    let wasm = glue::optimize_with_names(sh, work).context("run `cargo xtask dist` first")?;
    let functions = measure_functions(&wasm)?;
    let sum: usize = functions.iter().map(|(_, bytes)| bytes).sum();

    let mut crates: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, bytes) in &functions {
        *crates.entry(find_crate(name)).or_default() += bytes;
    }
    let crates: Vec<_> = crates
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .collect();
    print_table("crate", crates, usize::MAX, sum);
    print_table("function", functions, LARGEST, sum);
    Ok(())
}

/// Returns the demangled name of each function of the module, and the bytes of its body.
fn measure_functions(wasm: &[u8]) -> Result<Vec<(String, usize)>> {
    let mut sizes = Vec::new();
    let mut names = BTreeMap::new();
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) if section.name() == "name" => {
                let reader = wasmparser::BinaryReader::new(section.data(), section.data_offset());
                names = read_function_names(NameSectionReader::new(reader))?;
            }
            _ => {}
        }
    }
    let functions = sizes.into_iter().enumerate().map(|(index, bytes)| {
        let index = u32::try_from(index + imported)?;
        let name = names.remove(&index);
        Ok((name.unwrap_or_else(|| format!("function {index}")), bytes))
    });
    functions.collect()
}

fn read_function_names(sections: NameSectionReader<'_>) -> Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for section in sections {
        if let Name::Function(functions) = section? {
            for function in functions {
                let function = function?;
                let name = format!("{:#}", rustc_demangle::demangle(function.name));
                names.insert(function.index, name);
            }
        }
    }
    Ok(names)
}

/// Returns the crate of a function: the first path in `<alloc::vec::Vec<…> as Trait>::name`. What
/// Rust's own types implement, as in `<u32 as core::fmt::Display>::fmt`, counts for the trait's crate.
fn find_crate(name: &str) -> &str {
    let Some((before, _)) = name.split_once("::") else {
        return "other";
    };
    let is_separator = |char: char| !char.is_alphanumeric() && char != '_';
    match before.rsplit(is_separator).next() {
        None | Some("") => "core",
        Some(word) => word,
    }
}

fn print_table(title: &str, mut rows: Vec<(String, usize)>, limit: usize, sum: usize) {
    rows.sort_by(|(name, bytes), (other, others)| others.cmp(bytes).then(name.cmp(other)));
    println!("{:>8}{:>8}  {title}", "bytes", "share");
    for (name, bytes) in rows.into_iter().take(limit) {
        #[allow(
            clippy::cast_precision_loss,
            reason = "The module is smaller than 2^52 bytes."
        )]
        let share = 100.0 * bytes as f64 / sum as f64;
        println!("{bytes:>8}{share:>7.1}%  {name}");
    }
    println!("{sum:>8}{:>7.1}%  sum of all\n", 100.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_is_the_first_in_the_path() {
        for (name, expected) in [
            ("yew::scheduler::start", "yew"),
            (
                "<yew::virtual_dom::vnode::VNode as core::clone::Clone>::clone",
                "yew",
            ),
            ("<[yew::VNode] as alloc::slice::ToOwned>::to_owned", "yew"),
            ("<dyn core::any::Any>::is", "core"),
            ("<u32 as core::fmt::Display>::fmt", "core"),
            (
                "<&mut alloc::string::String as core::fmt::Write>::write_str",
                "alloc",
            ),
            ("<str>::trim", "core"),
            ("__wbindgen_malloc", "other"),
        ] {
            assert_eq!(find_crate(name), expected, "{name}");
        }
    }
}
