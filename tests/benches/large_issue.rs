//! `cargo xtask bench large` runs this.

fn main() {
    checks::bench_large_issues();
}
