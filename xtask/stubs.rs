//! Replaces functions of the module that nothing calls, though Yew and `core` link them, so that
//! wasm-bindgen and wasm-opt can remove what only they need.
//!
//! A stub that is called all the same traps, and the loader shows a message instead of the digest.
//! So each has its reason here, and the browser tests run on the stubbed module.

use anyhow::{Context, Result, ensure};
use walrus::{
    LocalFunction, Module, ModuleConfig,
    ir::{Const, Instr, Unreachable, Value},
};

/// Replaces the bodies of the functions in [`STUBS`].
pub(crate) fn insert(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new()
        .parse(wasm)
        .context("rustc wrote a module that walrus cannot parse")?;
    for (name, body) in STUBS {
        insert_one(&mut module, name, body)
            .with_context(|| format!("cannot replace the function {name}; see xtask/stubs.rs"))?;
    }
    Ok(module.emit_wasm())
}

/// The new body of a function.
#[derive(Clone, Copy)]
enum Body {
    /// Traps.
    Unreachable,
    /// Returns `Ok(())` of `std::fmt`, which is 0, and writes nothing.
    WriteNothing,
}

/// The functions, by their demangled names without hashes.
const STUBS: [(&str, Body); 12] = [
    // The view listens to nothing: the loader acts on clicks. See `Digest`.
    (
        "<yew::dom_bundle::subtree_root::SubtreeData>::add_listener",
        Body::Unreachable,
    ),
    (
        "<yew::dom_bundle::subtree_root::SubtreeData>::add_listener::{closure#0}",
        Body::Unreachable,
    ),
    (
        "<yew::dom_bundle::btag::listeners::ListenerRegistration>::register",
        Body::Unreachable,
    ),
    (
        "<yew::dom_bundle::subtree_root::BSubtree>::ensure_handled",
        Body::Unreachable,
    ),
    (
        "<yew::dom_bundle::subtree_root::EventDescriptor as core::clone::Clone>::clone",
        Body::Unreachable,
    ),
    // The view has no raw HTML, no suspense and no portals.
    (
        "<yew::virtual_dom::vraw::VRaw as yew::dom_bundle::traits::Reconcilable>::attach",
        Body::Unreachable,
    ),
    (
        "<yew::virtual_dom::vsuspense::VSuspense as yew::dom_bundle::traits::Reconcilable>::attach",
        Body::Unreachable,
    ),
    (
        "<yew::virtual_dom::vportal::VPortal as yew::dom_bundle::traits::Reconcilable>::attach",
        Body::Unreachable,
    ),
    // Each drawing is drawn once, into an empty element: nothing is moved, and no attributes change.
    (
        "<yew::dom_bundle::bnode::BNode as yew::dom_bundle::traits::ReconcileTarget>::shift",
        Body::Unreachable,
    ),
    (
        "<yew::virtual_dom::Attributes>::apply_diff_as_maps::collect",
        Body::Unreachable,
    ),
    // Only serde's messages print a fraction, as "floating point `.0`": `explain.js` rewrites it.
    (
        "core::fmt::float::float_to_decimal_common_exact::<f64>",
        Body::WriteNothing,
    ),
    (
        "core::fmt::float::float_to_decimal_common_shortest::<f64>",
        Body::WriteNothing,
    ),
];

fn insert_one(module: &mut Module, name: &str, body: Body) -> Result<()> {
    let mut functions = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let full = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            demangle(full) == name
        })
        .map(|(id, _)| id);
    let id = functions
        .next()
        .context("the module has none of that name")?;
    ensure!(
        functions.next().is_none(),
        "the module has two of that name"
    );
    drop(functions);
    replace_body(module.funcs.get_mut(id).kind.unwrap_local_mut(), body);
    Ok(())
}

fn replace_body(function: &mut LocalFunction, body: Body) {
    let entry = function.entry_block();
    let instruction = match body {
        Body::Unreachable => Instr::Unreachable(Unreachable {}),
        Body::WriteNothing => Instr::Const(Const {
            value: Value::I32(0),
        }),
    };
    let block = function.block_mut(entry);
    block.instrs = vec![(instruction, Default::default())];
}

/// Demangles a name, without the hashes of crates, which change with the compiler.
fn demangle(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_that_is_missing_is_an_error() {
        let empty = Module::default().emit_wasm();
        let error = insert(&empty).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("cannot replace the function <yew"),
            "{error:#}"
        );
    }
}
