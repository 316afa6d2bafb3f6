//! The table of bytes that a reader downloads.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Prints the bytes of each part and their sum: as they are, with gzip and with brotli.
pub(crate) fn print(parts: &[(&str, &[u8])]) -> Result<()> {
    println!("{:<10}{:>9}{:>9}{:>9}", "bytes", "raw", "gzip", "brotli");
    let mut sums = [0; 3];
    for (name, bytes) in parts {
        let sizes = [bytes.len(), measure_gzip(bytes)?, measure_brotli(bytes)?];
        print_row(name, sizes);
        sums.iter_mut()
            .zip(sizes)
            .for_each(|(sum, size)| *sum += size);
    }
    print_row("sum", sums);
    Ok(())
}

fn print_row(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("{name:<10}{raw:>9}{gzip:>9}{brotli:>9}");
}

fn measure_gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// Compresses as a CDN does once per file: quality 11 and the usual window of 4 MiB.
fn measure_brotli(mut bytes: &[u8]) -> Result<usize> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed.len())
}
