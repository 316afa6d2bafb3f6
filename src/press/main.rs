//! The command line of the publisher.
fn main() {}
