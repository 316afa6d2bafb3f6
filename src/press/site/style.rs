/// The text of each `<style>` in the pages, which a Content-Security-Policy allows by its hash.
pub const STYLES: [&str; 2] = [digest_view::STYLE, include_str!("page.css")];
