use yew::{BaseComponent, ServerRenderer};

/// The HTML of a component. Yew escapes whatever text is in it.
pub(crate) fn render<C: BaseComponent>(
    properties: impl FnOnce() -> C::Properties + Send + 'static,
) -> String {
    pollster::block_on(ServerRenderer::<C>::with_props(properties).hydratable(false).render())
}
