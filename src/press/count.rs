/// Formats a number with its noun: "1 error", "2 errors".
pub(crate) fn format_count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noun_is_singular_only_for_one() {
        assert_eq!(
            [0, 1, 2].map(|number| format_count(number, "error")),
            ["0 errors", "1 error", "2 errors"]
        );
    }
}
