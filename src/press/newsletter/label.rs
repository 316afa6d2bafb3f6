/// A label: it says what the rest of its paragraph, or the list below it, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Volume,
    Date,
    ImageSource,
    Headlines,
    Details,
}

impl Label {
    pub(crate) const ALL: [Label; 5] =
        [Label::Volume, Label::Date, Label::ImageSource, Label::Headlines, Label::Details];

    /// The label that `text` begins with, in upper or lower case.
    pub(crate) fn at_start_of(text: &str) -> Option<Label> {
        let begins_with = |label: &Label| {
            let start = text.get(..label.as_written().len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(label.as_written()))
        };
        Label::ALL.into_iter().find(begins_with)
    }

    /// The label as it is written in a newsletter, with its colon.
    pub(crate) fn as_written(self) -> &'static str {
        match self {
            Label::Volume => "Vol:",
            Label::Date => "Date:",
            Label::ImageSource => "Image Source:",
            Label::Headlines => "Headlines:",
            Label::Details => "Details:",
        }
    }

    /// What a whole line, or the list below it, looks like.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Label::Volume => "“Vol: 1.5”",
            Label::Date => "“Date: March 11, 2022”",
            Label::ImageSource => "“Image Source: Japan Times”",
            Label::Headlines => "“Headlines:”, and below it a list of the headlines",
            Label::Details => "“Details:”, and below it a list with a detail for each headline",
        }
    }

    /// Whether the label stands above a list.
    pub(crate) fn has_list(self) -> bool {
        matches!(self, Label::Headlines | Label::Details)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_in_upper_and_lower_case() {
        assert_eq!(Label::at_start_of("Vol: 1.5"), Some(Label::Volume));
        assert_eq!(Label::at_start_of("IMAGE SOURCE:"), Some(Label::ImageSource));
        for text in ["", "Vol", "Volume: 1", "日付：", "The Details:", "Vo\u{301}l:"] {
            assert_eq!(Label::at_start_of(text), None, "{text}");
        }
    }
}
