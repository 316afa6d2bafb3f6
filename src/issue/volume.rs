//! The volume of an issue and its numeric order.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The volume of an issue: shown as written, ordered by its numbers, so 1.10 comes after 1.9.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Volume(String);

impl Volume {
    /// Creates a volume from its text.
    pub fn new(text: impl Into<String>) -> Volume {
        Volume(text.into())
    }

    /// The volume as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if the volume contains a number to order by.
    #[must_use]
    pub fn has_number(&self) -> bool {
        parse_numbers(&self.0).next().is_some()
    }
}

impl Ord for Volume {
    fn cmp(&self, other: &Volume) -> Ordering {
        // Volumes with the same numbers, "1.5" and "Vol 1.05", are still two volumes.
        parse_numbers(&self.0)
            .cmp(parse_numbers(&other.0))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Volume {
    fn partial_cmp(&self, other: &Volume) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Returns each number as a pair of digit count and digits, which compares correctly at any length.
fn parse_numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.trim_start_matches('0'))
        .map(|digits| (digits.len(), digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_ordered_by_their_numbers() {
        let sorted = [
            "1",
            "1.0",
            "1.1",
            "1.2",
            "1.9",
            "1.10",
            "1.10.1",
            "2",
            "10",
            "99999999999999999999999",
        ];
        for pair in sorted.windows(2) {
            assert!(Volume::new(pair[0]) < Volume::new(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn same_numbers_written_differently_are_not_equal() {
        assert_ne!(
            Volume::new("1.5").cmp(&Volume::new("1.05")),
            Ordering::Equal
        );
        assert_eq!(Volume::new("1.5").cmp(&Volume::new("1.5")), Ordering::Equal);
    }

    #[test]
    fn volume_is_shown_as_written() {
        assert_eq!(Volume::new("1.10").to_string(), "1.10");
        assert_eq!(
            serde_json::to_string(&Volume::new("1.10")).unwrap(),
            "\"1.10\""
        );
    }
}
