//! Finds lines that nest quotations and lists too deep: the Markdown parser visits all of them again
//! for each line below.

/// Maximum number of quotation marks and bullets at the start of a line.
const MAX_NESTING: usize = 100;

/// Returns true if a line begins with more quotation marks and bullets than any newsletter has.
pub(super) fn has_deep_line(text: &str) -> bool {
    text.lines().any(|line| count_markers(line) > MAX_NESTING)
}

/// Counts the markers at the start of a line: `>`, `-`, `+`, `*`, and numbers with `.` or `)`.
fn count_markers(line: &str) -> usize {
    let (mut count, mut rest) = (0, line.as_bytes());
    loop {
        rest = match rest {
            [b' ' | b'\t', rest @ ..] => rest,
            // A line of hyphens is no list.
            [b'>', rest @ ..] | [b'-' | b'+' | b'*', b' ' | b'\t', rest @ ..] => {
                count += 1;
                rest
            }
            [b'0'..=b'9', ..] => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                match rest.get(digits..) {
                    Some([b'.' | b')', rest @ ..]) => {
                        count += 1;
                        rest
                    }
                    _ => return count,
                }
            }
            _ => return count,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_every_kind_are_counted() {
        for (line, expected) in [
            ("> - a > b", 2),
            ("1. 2) * + text", 4),
            ("2022 was", 0),
            ("\t>>>", 3),
            ("----------", 0),
            ("", 0),
        ] {
            assert_eq!(count_markers(line), expected, "{line}");
        }
        assert!(!has_deep_line(&format!("a\n{} b", ">".repeat(100))));
        assert!(has_deep_line(&format!("a\n{} b", "- ".repeat(101))));
    }
}
