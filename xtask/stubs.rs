//! Replaces functions of the module that nothing calls, though Yew and `core` link them, so that
//! wasm-bindgen and wasm-opt can remove what only they need.
//!
//! A stub that is called all the same traps, and the loader shows a message instead of the digest.
//! So each has its reason here, and the browser tests run on the stubbed module.

use anyhow::{Context, Result, bail, ensure};
use walrus::{
    FunctionId, Module, ModuleConfig,
    ir::{Call, Const, Instr, InstrLocId, LocalGet, Unreachable, Value},
};

/// Replaces the bodies of the functions in [`STUBS`].
pub(crate) fn insert(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new()
        .parse(wasm)
        .context("rustc wrote a module that walrus cannot parse")?;
    let names = demangle_names(&module);
    for (name, body) in STUBS {
        insert_one(&mut module, &names, name, body)
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
    /// Calls this function, which has the same parameters and result.
    Call(&'static str),
}

/// The functions, by their demangled names without hashes and, if they are generic, without their
/// own arguments: all instances are replaced.
const STUBS: [(&str, Body); 31] = [
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
    (
        "<yew::dom_bundle::btag::listeners::Registry>::unregister",
        Body::Unreachable,
    ),
    (
        "<std::collections::hash::map::HashMap<yew::dom_bundle::subtree_root::EventDescriptor, \
         alloc::vec::Vec<alloc::rc::Rc<dyn yew::virtual_dom::listeners::Listener>>>>::entry",
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
    (
        "<yew::dom_bundle::braw::BRaw>::detach_bundle",
        Body::Unreachable,
    ),
    (
        "<alloc::rc::Rc<yew::virtual_dom::vsuspense::VSuspense> as \
         yew::utils::RcExt<yew::virtual_dom::vsuspense::VSuspense>>::unwrap_or_clone",
        Body::Unreachable,
    ),
    (
        "<alloc::rc::Rc<yew::virtual_dom::vportal::VPortal> as \
         yew::utils::RcExt<yew::virtual_dom::vportal::VPortal>>::unwrap_or_clone",
        Body::Unreachable,
    ),
    (
        "<yew::html::component::scope::Scope<\
         yew::suspense::component::feat_csr_ssr::BaseSuspense>>::send_message",
        Body::Unreachable,
    ),
    (
        "<yew::html::component::scope::AnyScope>::find_parent_scope::<\
         yew::suspense::component::feat_csr_ssr::BaseSuspense>",
        Body::Unreachable,
    ),
    // The lists have no keys.
    (
        "<hashbrown::raw::RawTable<(yew::dom_bundle::blist::KeyedEntry, ())>>::reserve_rehash",
        Body::Unreachable,
    ),
    // The scheduler's queue is a B-tree of components. A drawing is one component, and a node of the
    // tree has room for 11.
    (
        "<alloc::collections::btree::node::BalancingContext<usize, \
         yew::scheduler::QueueEntry>>::do_merge",
        Body::Unreachable,
    ),
    (
        "<alloc::collections::btree::node::BalancingContext<usize, \
         yew::scheduler::QueueEntry>>::bulk_steal_left",
        Body::Unreachable,
    ),
    (
        "<alloc::collections::btree::node::BalancingContext<usize, \
         yew::scheduler::QueueEntry>>::bulk_steal_right",
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
    (
        "<indexmap::map::IndexMap<implicit_clone::unsync::string::IString, \
         yew::virtual_dom::AttributeOrProperty>>::get_index_of",
        Body::Unreachable,
    ),
    (
        "<hashbrown::raw::RawTable<(&str, &yew::virtual_dom::AttributeOrProperty)>>::get",
        Body::Unreachable,
    ),
    // The component gets no messages and no other properties.
    (
        "<yew::html::component::lifecycle::UpdateRunner as yew::scheduler::Runnable>::run",
        Body::Unreachable,
    ),
    (
        "<yew::html::component::lifecycle::CompStateInner<digest_view::digest::Digest> as \
         yew::html::component::lifecycle::Stateful>::flush_messages",
        Body::Unreachable,
    ),
    (
        "<yew::html::component::lifecycle::CompStateInner<digest_view::digest::Digest> as \
         yew::html::component::lifecycle::Stateful>::props_changed",
        Body::Unreachable,
    ),
    // It keeps the names of fields as JavaScript strings in a table. An issue has few fields, so the
    // table takes more bytes than it saves time.
    (
        "serde_wasm_bindgen::static_str_to_js",
        Body::Call(
            "wasm_bindgen::__rt::wbg_cast::breaks_if_inlined::<&str, wasm_bindgen::JsValue>",
        ),
    ),
    // Only serde's messages print a fraction, as "floating point ``": `explain.js` rewrites it.
    (
        "<serde_core::de::WithDecimalPoint as core::fmt::Display>::fmt",
        Body::WriteNothing,
    ),
    // JavaScript has no characters, so serde's messages name none.
    ("<char as core::fmt::Display>::fmt", Body::WriteNothing),
    (
        "core::fmt::float::float_to_decimal_common_exact::<f64>",
        Body::WriteNothing,
    ),
    (
        "core::fmt::float::float_to_decimal_common_shortest::<f64>",
        Body::WriteNothing,
    ),
];

/// The module's own functions with their demangled names.
type Names = Vec<(FunctionId, String)>;

fn demangle_names(module: &Module) -> Names {
    let functions = module.funcs.iter_local().map(|(id, _)| id);
    functions
        .filter_map(|id| Some((id, demangle(module.funcs.get(id).name.as_deref()?))))
        .collect()
}

fn insert_one(module: &mut Module, names: &Names, name: &str, body: Body) -> Result<()> {
    let instances = find_functions(names, |full| is_instance(full, name));
    ensure!(!instances.is_empty(), "the module has none of that name");
    for function in instances {
        let instructions = write_body(module, names, function, body)?;
        let function = module.funcs.get_mut(function).kind.unwrap_local_mut();
        let entry = function.entry_block();
        function.block_mut(entry).instrs = instructions
            .into_iter()
            .map(|instruction| (instruction, InstrLocId::default()))
            .collect();
    }
    Ok(())
}

fn write_body(
    module: &Module,
    names: &Names,
    function: FunctionId,
    body: Body,
) -> Result<Vec<Instr>> {
    Ok(match body {
        Body::Unreachable => vec![Instr::Unreachable(Unreachable {})],
        Body::WriteNothing => vec![Instr::Const(Const {
            value: Value::I32(0),
        })],
        Body::Call(name) => {
            let found = find_functions(names, |full| full == name);
            let [func] = found[..] else {
                bail!("the module has {} functions {name}, not one", found.len());
            };
            let [caller, callee] = [function, func].map(|id| module.funcs.get(id).ty());
            ensure!(caller == callee, "{name} has other parameters or results");
            let arguments = &module.funcs.get(function).kind.unwrap_local().args;
            let arguments = arguments
                .iter()
                .map(|local| Instr::LocalGet(LocalGet { local: *local }));
            arguments.chain([Instr::Call(Call { func })]).collect()
        }
    })
}

fn find_functions(names: &Names, is_wanted: impl Fn(&str) -> bool) -> Vec<FunctionId> {
    let wanted = names.iter().filter(|(_, name)| is_wanted(name));
    wanted.map(|(id, _)| *id).collect()
}

/// Returns true for a function of this name, with any arguments of its own: `name::<…>`. A closure in
/// it is another function.
fn is_instance(full: &str, name: &str) -> bool {
    full.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::<") && rest.ends_with('>'))
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
