/// A number with its noun, in the plural unless it is one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_in_the_plural_but_for_one() {
        assert_eq!(
            [0, 1, 2].map(|number| count(number, "error")),
            ["0 errors", "1 error", "2 errors"]
        );
    }
}
