/// The styles of a digest: `style.css` without its comments and most of its white space, for a
/// constructed style sheet (a partner's policy may forbid `<style>` and `style=`).
pub const STYLE: &str = match std::str::from_utf8(&MINIFIED) {
    Ok(style) => style,
    // The compiler evaluates this, so it is an error of the build and never one at run time.
    Err(_) => unreachable!(),
};

const SOURCE: &[u8] = include_str!("style.css").as_bytes();
const MINIFIED: [u8; minify(&mut [0; SOURCE.len()])] = {
    let mut buffer = [0; SOURCE.len()];
    minify(&mut buffer);
    let mut minified = [b' '; minify(&mut [0; SOURCE.len()])];
    let (kept, _) = buffer.split_at(minified.len());
    minified.copy_from_slice(kept);
    minified
};

/// Writes [`SOURCE`] to `buffer` without comments, and white space only where it can mean
/// something. Done by the compiler, so it costs neither a reader's bytes nor a build script.
#[allow(clippy::indexing_slicing)] // The compiler runs it: an index too large would not compile.
const fn minify(buffer: &mut [u8; SOURCE.len()]) -> usize {
    let (mut read, mut written, mut space) = (0, 0, false);
    while read < SOURCE.len() {
        let byte = SOURCE[read];
        if byte == b'/' && SOURCE[read + 1] == b'*' {
            read += 2;
            while !(SOURCE[read] == b'*' && SOURCE[read + 1] == b'/') {
                read += 1;
            }
            read += 2;
            continue;
        }
        read += 1;
        if byte.is_ascii_whitespace() {
            space = true;
            continue;
        }
        let separates = matches!(byte, b'{' | b'}' | b';' | b',');
        let separated = written == 0 || matches!(buffer[written - 1], b'{' | b'}' | b';' | b',' | b':');
        if space && !separates && !separated {
            buffer[written] = b' ';
            written += 1;
        }
        space = false;
        buffer[written] = byte;
        written += 1;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_line_ends_are_gone_and_strings_are_whole() {
        assert!(!STYLE.contains("/*") && !STYLE.contains('\n') && !STYLE.contains("  "));
        assert!(STYLE.contains(r#"content:" (" attr(href) ")""#), "{STYLE}");
    }

    #[test]
    fn every_rule_is_still_there() {
        let rules = |style: &str| style.matches('{').count();
        assert!(rules(STYLE) > 20);
        assert_eq!(STYLE.matches('{').count(), STYLE.matches('}').count());
        assert_eq!(rules(STYLE), rules(&String::from_utf8_lossy(SOURCE)));
    }
}
