/// The fields that are open: Word writes some links as a code, such as `HYPERLINK "https://…"`,
/// with the text that it shows behind it, all as a sequence of texts and marks.
#[derive(Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
}

#[derive(Default)]
struct Field {
    code: String,
    /// Whether its code is over, so that what comes is what it shows.
    shows: bool,
}

impl Fields {
    pub(crate) fn begin(&mut self) {
        self.open.push(Field::default());
    }

    pub(crate) fn code(&mut self, code: &str) {
        if let Some(field) = self.open.last_mut() {
            field.code.push_str(code);
        }
    }

    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.shows = true;
        }
    }

    pub(crate) fn end(&mut self) {
        self.open.pop();
    }

    /// Where the text leads that comes now.
    pub(crate) fn href(&self) -> Option<String> {
        self.open
            .iter()
            .rev()
            .filter(|field| field.shows)
            .find_map(|field| hyperlink(&field.code))
    }
}

/// The address in a code: `HYPERLINK "https://example.com/" \l "part" \o "a tip"`.
fn hyperlink(code: &str) -> Option<String> {
    let mut words = words(code).into_iter();
    if !words.next()?.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let mut address = String::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => address.extend(["#".to_owned(), words.next().unwrap_or_default()]),
            // The name of a frame and a tip, which belong to the switch before them.
            "\\t" | "\\o" => {
                words.next();
            }
            _ if word.starts_with('\\') => {}
            _ => address.insert_str(0, &word),
        }
    }
    Some(address)
}

/// The words of a code; those in quotation marks may hold spaces.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in code.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_link_is_found() {
        for (code, expected) in [
            (
                " HYPERLINK \"https://example.com/a b\" ",
                Some("https://example.com/a b"),
            ),
            (
                "hyperlink https://example.com/ \\t \"_blank\" \\h",
                Some("https://example.com/"),
            ),
            (
                "HYPERLINK \"https://example.com/\" \\l \"part\" \\o \"a tip\"",
                Some("https://example.com/#part"),
            ),
            ("HYPERLINK \\l \"part\"", Some("#part")),
            ("HYPERLINK", Some("")),
            ("PAGE \\* MERGEFORMAT", None),
            ("", None),
        ] {
            assert_eq!(hyperlink(code).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn only_what_a_field_shows_is_linked_and_inner_fields_are_in_outer_ones() {
        let mut fields = Fields::default();
        fields.begin();
        fields.code("HYPERLINK ");
        fields.code("\"https://example.com/\"");
        assert_eq!(fields.href(), None);
        fields.separate();
        fields.begin();
        fields.code("PAGE");
        fields.separate();
        assert_eq!(fields.href().as_deref(), Some("https://example.com/"));
        fields.end();
        fields.end();
        fields.end();
        assert_eq!(fields.href(), None);
    }
}
