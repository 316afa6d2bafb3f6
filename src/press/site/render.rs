use yew::{Html, LocalServerRenderer, Properties, component};

/// The text of nodes. Yew escapes whatever an issue says in them.
pub(crate) fn render(nodes: Html) -> String {
    let root = LocalServerRenderer::<Nodes>::with_props(NodesProps { nodes }).hydratable(false);
    // Nothing in it waits for anything, so this thread does all the work at once.
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
