//! The publisher of Digest Widget.
