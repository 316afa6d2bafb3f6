//! Reading an issue of any supported version, without checking its rules.

use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::{FORMAT, Issue};

/// The error for a document that is not an issue. `E` is the deserializer's error.
#[derive(Debug, PartialEq, Eq)]
pub enum DecodeError<E> {
    /// The document uses this later version of the format.
    Newer(u64),
    /// The document does not have the shape of an issue.
    Shape(E),
}

impl Issue {
    /// Reads an issue from the deserializer that `document` returns, without checking its rules.
    ///
    /// `document` is called twice: the version is read first, because a later version may have
    /// another shape. Unknown fields are ignored.
    pub fn decode<'de, D: Deserializer<'de>>(
        document: impl Fn() -> D,
    ) -> Result<Issue, DecodeError<D::Error>> {
        let FormatVersion { format } =
            FormatVersion::deserialize(document()).map_err(DecodeError::Shape)?;
        if format > u64::from(FORMAT) {
            return Err(DecodeError::Newer(format));
        }
        Issue::deserialize(document()).map_err(DecodeError::Shape)
    }
}

#[derive(Deserialize)]
struct FormatVersion {
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
