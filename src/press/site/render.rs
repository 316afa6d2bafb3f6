//! Yew's server renderer for nodes that need no component of their own.

use yew::{Html, LocalServerRenderer, Properties, component};

/// Renders a page with its doctype.
pub(crate) fn render_document(page: Html) -> String {
    format!("<!doctype html>\n{}\n", render_html(page))
}

/// Renders nodes. Yew escapes the texts and attributes in them.
pub(crate) fn render_html(nodes: Html) -> String {
    let root = LocalServerRenderer::<Nodes>::with_props(NodesProps { nodes }).hydratable(false);
    // No node suspends, so the future is ready at once.
    pollster::block_on(root.render())
}

#[derive(Properties, PartialEq)]
struct NodesProps {
    nodes: Html,
}

#[component]
fn Nodes(NodesProps { nodes }: &NodesProps) -> Html {
    nodes.clone()
}
