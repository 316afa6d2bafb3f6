use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::{FORMAT, Issue};

/// Why a document could not be read as an issue. `E` is the deserializer's own error.
#[derive(Debug, PartialEq, Eq)]
pub enum DecodeError<E> {
    /// It is written in a later version of the format: it holds the version.
    Newer(u64),
    /// It does not have the shape of an issue.
    Shape(E),
}

impl Issue {
    /// Reads an issue that `document` gives a deserializer for, without checking its rules.
    ///
    /// The version is read first and by itself, because a later version may have another shape;
    /// that is why `document` is called twice. Unknown fields are ignored.
    pub fn decode<'de, D: Deserializer<'de>>(
        document: impl Fn() -> D,
    ) -> Result<Issue, DecodeError<D::Error>> {
        let Version { format } = Version::deserialize(document()).map_err(DecodeError::Shape)?;
        if format > u64::from(FORMAT) {
            return Err(DecodeError::Newer(format));
        }
        Issue::deserialize(document()).map_err(DecodeError::Shape)
    }
}

#[derive(Deserialize)]
struct Version {
    format: u64,
}

impl<E: fmt::Display> fmt::Display for DecodeError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecodeError::Newer(found) => write!(
                formatter,
                "format: expected at most {FORMAT}, found {found}; use a newer version of the widget"
            ),
            DecodeError::Shape(error) => error.fmt(formatter),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for DecodeError<E> {}
