use std::io::{Read, Write};
use std::path::Path;

use brotli::{CompressorWriter, Decompressor};
use libdeflater::CompressionLvl;

use crate::file;

/// How hard to try.
///
/// Quick brings the 26 MB of 600 issues to 7.3 MB (brotli) and 8.2 MB (gzip) in a build that takes 2.0 s of
/// processor time in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort<'a> {
    /// For what changes with each issue.
    Quick,
    /// For what stays the same for years and is fetched by every reader. It is taken from beside the file
    /// that is named, if it was compressed there before.
    Most(&'a Path),
}

/// How a file is compressed that lies beside the plain one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

/// The endings of the names of files that get much smaller.
const COMPRESSIBLE: [&str; 11] = [
    "bib", "css", "html", "ics", "js", "json", "ris", "svg", "txt", "wasm", "xml",
];

/// What is smaller fits into one packet with the headers that compressing it would need.
const MIN_BYTES: usize = 256;

/// Whether a file is a compressed one, which lies beside the plain one.
pub(crate) fn is_compressed(path: &str) -> bool {
    Encoding::ALL
        .iter()
        .any(|encoding| path.ends_with(&format!(".{}", encoding.extension())))
}

pub(super) fn is_compressible(path: &str, bytes: &[u8]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_served = !path.starts_with('.');
    is_served && bytes.len() >= MIN_BYTES && COMPRESSIBLE.contains(&ending)
}

impl Encoding {
    pub(super) const ALL: [Encoding; 2] = [Encoding::Brotli, Encoding::Gzip];

    pub(super) fn extension(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Gzip => "gz",
        }
    }

    /// The compressed bytes, or `None` if they would be no fewer.
    pub(super) fn compress(self, bytes: &[u8], effort: Effort<'_>) -> Option<Vec<u8>> {
        let compressed = match (self, effort) {
            (Encoding::Brotli, Effort::Quick) => brotli(bytes, 5),
            (Encoding::Gzip, Effort::Quick) => gzip(bytes, 6),
            (_, Effort::Most(file)) => self
                .read_beside(file, bytes)
                .or_else(|| self.compress_most(bytes)),
        };
        compressed.filter(|compressed| compressed.len() < bytes.len())
    }

    fn compress_most(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Encoding::Brotli => brotli(bytes, 11),
            Encoding::Gzip => gzip(bytes, 12),
        }
    }

    /// What lies compressed beside a file, if it is the same `bytes`.
    fn read_beside(self, file: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
        let path = file.with_added_extension(self.extension());
        let compressed = file::read_up_to(&path, bytes.len() as u64).ok()?;
        (self.decompress(&compressed, bytes.len())? == bytes).then_some(compressed)
    }

    /// The plain bytes, of which there should be `length`: never many more.
    fn decompress(self, compressed: &[u8], length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Encoding::Brotli => {
                let plain = Decompressor::new(compressed, compressed.len());
                plain.take(length as u64 + 1).read_to_end(&mut bytes).ok()?;
            }
            Encoding::Gzip => {
                bytes.resize(length, 0);
                let found = libdeflater::Decompressor::new()
                    .gzip_decompress(compressed, &mut bytes)
                    .ok()?;
                bytes.truncate(found);
            }
        }
        Some(bytes)
    }
}

fn brotli(bytes: &[u8], quality: u32) -> Option<Vec<u8>> {
    let mut writer =
        CompressorWriter::new(Vec::with_capacity(bytes.len()), bytes.len(), quality, 22);
    writer.write_all(bytes).ok()?;
    Some(writer.into_inner())
}

/// Without a time in it, so that the same bytes give the same file.
fn gzip(bytes: &[u8], level: i32) -> Option<Vec<u8>> {
    let mut compressor = libdeflater::Compressor::new(CompressionLvl::new(level).ok()?);
    let mut compressed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut compressed).ok()?;
    compressed.truncate(length);
    Some(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_before_is_taken_if_it_is_of_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("digest.js");
        let plain = b"export default 1;".repeat(100);
        for encoding in Encoding::ALL {
            let quickly = encoding.compress(&plain, Effort::Quick).unwrap();
            let most = encoding.compress(&plain, Effort::Most(&file)).unwrap();
            assert_ne!(quickly, most);
            std::fs::write(file.with_added_extension(encoding.extension()), &quickly).unwrap();
            assert_eq!(
                encoding.compress(&plain, Effort::Most(&file)).unwrap(),
                quickly
            );
            // Other bytes, fewer and more.
            for others in [
                b"export default 2;".repeat(100),
                plain[..plain.len() - 1].to_vec(),
                [&plain[..], b"//"].concat(),
            ] {
                assert_ne!(
                    encoding.compress(&others, Effort::Most(&file)).unwrap(),
                    quickly
                );
            }
        }
    }
}
