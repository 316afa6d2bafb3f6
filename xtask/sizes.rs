//! The bytes that a reader downloads, by part.

use std::io::Write;

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

/// One file of the download in three forms.
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the bytes of each part and their sum.
pub(crate) fn print(parts: &[(&str, &[u8])]) -> Result<()> {
    println!("{:<10}{:>9}{:>9}{:>9}", "bytes", "raw", "gzip", "brotli");
    let mut sum = Sizes {
        raw: 0,
        gzip: 0,
        brotli: 0,
    };
    for (name, bytes) in parts {
        let sizes = Sizes {
            raw: bytes.len(),
            gzip: gzip(bytes)?,
            brotli: brotli(bytes)?,
        };
        print_row(name, &sizes);
        sum.raw += sizes.raw;
        sum.gzip += sizes.gzip;
        sum.brotli += sizes.brotli;
    }
    print_row("sum", &sum);
    Ok(())
}

fn print_row(name: &str, sizes: &Sizes) {
    println!(
        "{name:<10}{:>9}{:>9}{:>9}",
        sizes.raw, sizes.gzip, sizes.brotli
    );
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// As a CDN would compress a file once and for all: quality 11, the common window of 4 MiB.
fn brotli(mut bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed.len())
}
