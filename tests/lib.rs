//! The harness that the checks share.
