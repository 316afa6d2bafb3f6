//! A CSS minifier that runs in the compiler, so it needs no build script and takes no time at run
//! time.

/// Removes comments, insignificant white space and the last semicolon of each rule from a style
/// sheet: `minify_css!(include_str!("a.css"))`.
#[macro_export]
macro_rules! minify_css {
    ($source:expr) => {{
        const SOURCE: &[u8] = $source.as_bytes();
        const LENGTH: usize = $crate::minify_css(SOURCE, &mut [0; SOURCE.len()]);
        const MINIFIED: [u8; LENGTH] = {
            let mut buffer = [b' '; SOURCE.len()];
            $crate::minify_css(SOURCE, &mut buffer);
            let mut minified = [b' '; LENGTH];
            minified.copy_from_slice(buffer.split_at(LENGTH).0);
            minified
        };
        match str::from_utf8(&MINIFIED) {
            Ok(style) => style,
            // Evaluated by the compiler: a build error, never a panic.
            Err(_) => unreachable!(),
        }
    }};
}

/// Writes the minified `source` to `buffer`, which has the same length, and returns the length
/// written.
#[doc(hidden)]
#[allow(clippy::indexing_slicing)] // Runs in the compiler: an index out of range does not compile.
pub const fn minify_css(source: &[u8], buffer: &mut [u8]) -> usize {
    let (mut read, mut written, mut space) = (0, 0, false);
    while read < source.len() {
        let byte = source[read];
        if byte == b'/' && source[read + 1] == b'*' {
            read += 2;
            while !(source[read] == b'*' && source[read + 1] == b'/') {
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
        if byte == b'}' && written > 0 && buffer[written - 1] == b';' {
            written -= 1;
        }
        let separates = matches!(byte, b'{' | b'}' | b';' | b',');
        let separated =
            written == 0 || matches!(buffer[written - 1], b'{' | b'}' | b';' | b',' | b':');
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
    #[test]
    fn comments_and_insignificant_white_space_are_removed() {
        const STYLE: &str =
            minify_css!("/* One. */\na b,\na > b {\n  color: red;\n\n  margin: 0 1em;\n}\n");
        assert_eq!(STYLE, "a b,a > b{color:red;margin:0 1em}");
    }

    #[test]
    fn strings_and_pseudo_classes_keep_their_white_space() {
        const STYLE: &str =
            minify_css!("a :hover::after {\n  content: \" (\" attr(href) \")\";\n}\n");
        assert_eq!(STYLE, r#"a :hover::after{content:" (" attr(href) ")"}"#);
    }
}
