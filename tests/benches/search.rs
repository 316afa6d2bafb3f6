//! `cargo xtask bench search` runs this.

fn main() {
    checks::bench_searches();
}
