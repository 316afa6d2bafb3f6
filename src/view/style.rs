use crate::minified;

/// The styles of a digest: `style.css`, minified, for a constructed style sheet (a partner's policy may
/// forbid `<style>` and `style=`).
pub const STYLE: &str = minified!(include_str!("style.css"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_still_there() {
        let rules = |style: &str| style.matches('{').count();
        assert!(rules(STYLE) > 20);
        assert_eq!(STYLE.matches('{').count(), STYLE.matches('}').count());
        assert_eq!(rules(STYLE), rules(include_str!("style.css")));
    }
}
