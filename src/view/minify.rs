/// A style sheet without its comments, most of its white space and the last semicolon of each rule: `minified!(include_str!("a.css"))`.
///
/// The compiler does it, so it costs neither time nor a build script.
#[macro_export]
macro_rules! minified {
    ($source:expr) => {{
        const SOURCE: &[u8] = $source.as_bytes();
        const LENGTH: usize = $crate::minify(SOURCE, &mut [0; SOURCE.len()]);
        const MINIFIED: [u8; LENGTH] = {
            let mut buffer = [b' '; SOURCE.len()];
            $crate::minify(SOURCE, &mut buffer);
            let mut minified = [b' '; LENGTH];
            minified.copy_from_slice(buffer.split_at(LENGTH).0);
            minified
        };
        match str::from_utf8(&MINIFIED) {
            Ok(style) => style,
            // The compiler evaluates this, so it is an error of the build and never one at run time.
            Err(_) => unreachable!(),
        }
    }};
}

/// Writes `source` to `buffer`, which is as long, without comments, and white space and semicolons only
/// where they can mean something; says how much it wrote.
#[doc(hidden)]
#[allow(clippy::indexing_slicing)] // The compiler runs it: an index too large would not compile.
pub const fn minify(source: &[u8], buffer: &mut [u8]) -> usize {
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
    fn comments_and_white_space_that_means_nothing_are_gone() {
        const STYLE: &str =
            minified!("/* One. */\na b,\na > b {\n  color: red;\n\n  margin: 0 1em;\n}\n");
        assert_eq!(STYLE, "a b,a > b{color:red;margin:0 1em}");
    }

    #[test]
    fn strings_and_colons_of_selectors_keep_their_white_space() {
        const STYLE: &str =
            minified!("a :hover::after {\n  content: \" (\" attr(href) \")\";\n}\n");
        assert_eq!(STYLE, r#"a :hover::after{content:" (" attr(href) ")"}"#);
    }
}
