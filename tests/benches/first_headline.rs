//! `cargo xtask bench first-headline` runs this.

fn main() {
    checks::bench_first_headline();
}
