//! A query is split into terms at white space.

/// The number of characters of a query that count. The rest is cut.
pub const MAX_QUERY_CHARS: usize = 200;

/// The number of terms of a query that count. Further terms are cut.
pub const MAX_TERMS: usize = 16;

/// Splits a folded query into its terms.
pub fn split_terms(folded_query: &str) -> Vec<&str> {
    let limit = folded_query.char_indices().nth(MAX_QUERY_CHARS);
    let end = limit.map_or(folded_query.len(), |(at, _)| at);
    folded_query[..end]
        .split_ascii_whitespace()
        .take(MAX_TERMS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_separated_by_white_space() {
        for (query, terms) in [
            ("", vec![]),
            ("  ", vec![]),
            (" rust  wasm ", vec!["rust", "wasm"]),
            ("新幹線", vec!["新幹線"]),
            ("a\tb\nc", vec!["a", "b", "c"]),
        ] {
            assert_eq!(split_terms(query), terms, "{query:?}");
        }
    }

    #[test]
    fn long_queries_are_cut() {
        assert_eq!(split_terms(&"é".repeat(300)), ["é".repeat(200)]);
        assert_eq!(split_terms(&"a ".repeat(50)).len(), MAX_TERMS);
    }
}
