//! `nginx.conf`: settings that a `server` block of nginx includes to serve a site.

use percent_encoding::percent_decode_str;

use super::serving::{
    CACHE_BRIEFLY, CACHE_FOREVER, COMMON_HEADERS, CONFIGURATOR, CONFIGURATOR_POLICY,
    UNCOMMON_TYPES, page_policy,
};
use crate::SiteAddress;

/// Writes the settings. `moved` are pairs of the old and the current path of a page.
///
/// Distributions' nginx serves `.gz` files itself, but `.br` files only with a module. So the
/// settings choose the `.br` file if it exists and the browser accepts it, and set the media type
/// by the URL.
pub(crate) fn write_nginx_config(site: &SiteAddress, moved: &[(String, String)]) -> String {
    let base = decode_path(site.path());
    let mut lines = format_introduction(site);
    lines.extend(CHOOSE_BROTLI.map(str::to_owned));
    lines.push(format!("location ^~ {} {{", quote(&base)));
    lines.extend(SITE_SETTINGS.map(|line| format!("    {line}")));
    lines.extend(format_headers(CACHE_BRIEFLY, None).map(|header| format!("    {header}")));
    for (old, new) in moved {
        let old = quote(&decode_path(old));
        lines.push(format!(
            "    location = {old} {{ return 301 {}; }}",
            quote(new)
        ));
    }
    for kind in file_kinds() {
        lines.push(String::new());
        lines.extend(
            kind.format_location()
                .into_iter()
                .map(|line| format!("    {line}")),
        );
    }
    lines.push("}\n".to_owned());
    lines.join("\n")
}

/// Sets `$digest_br` to `.br` if that file exists and the browser accepts `br` (but not `br;q=0`).
const CHOOSE_BROTLI: [&str; 12] = [
    "set $digest_br \"\";",
    "set $digest_encoding \"\";",
    r#"if ($http_accept_encoding ~* "(^|[\s,])br\s*(,|$|;\s*q=(0\.0*[1-9]|1))") {"#,
    "    set $digest_br .br;",
    "}",
    "if (!-f $request_filename$digest_br) {",
    "    set $digest_br \"\";",
    "}",
    "if ($digest_br) {",
    "    set $digest_encoding br;",
    "}",
    "",
];

/// Settings for all files. `gzip on` in the server's own settings would compress files twice.
const SITE_SETTINGS: [&str; 6] = [
    "index index.html;",
    "gzip off;",
    "gzip_static on;",
    "absolute_redirect off;",
    r#"location ~ "/\.(?!well-known/)" { return 404; }"#,
    r#"location ~ "/(_headers|_redirects|nginx\.conf)$" { return 404; }"#,
];

/// Files with the same headers.
struct FileKind {
    /// A regular expression for the end of their paths.
    ending: String,
    media_type: &'static str,
    cache: &'static str,
    policy: Option<String>,
}

/// Returns all kinds of files. nginx uses the first that matches.
fn file_kinds() -> Vec<FileKind> {
    let kind = |ending: &str, media_type| FileKind {
        ending: ending.to_owned(),
        media_type,
        cache: CACHE_BRIEFLY,
        policy: None,
    };
    let file = |name: &str| format!("/{}", name.replace('.', r"\."));
    let script = "text/javascript; charset=utf-8";
    let page = "text/html; charset=utf-8";
    let mut kinds = vec![
        FileKind {
            cache: CACHE_FOREVER,
            ..kind(
                r"/digest-(.+-[0-9a-f]{16}|[0-9]+\.[0-9]+\.[0-9]+)\.js",
                script,
            )
        },
        FileKind {
            cache: CACHE_FOREVER,
            ..kind(r"/digest-.+-[0-9a-f]{16}\.wasm", "application/wasm")
        },
        FileKind {
            cache: CACHE_FOREVER,
            ..kind(r"/images/.+\.webp", "image/webp")
        },
        FileKind {
            cache: CACHE_FOREVER,
            ..kind(r"/images/.+\.jpg", "image/jpeg")
        },
        FileKind {
            policy: Some(page_policy()),
            ..kind(r"/index\.html", page)
        },
        FileKind {
            policy: Some(CONFIGURATOR_POLICY.to_owned()),
            ..kind(&file(CONFIGURATOR), page)
        },
    ];
    kinds.extend(UNCOMMON_TYPES.map(|(name, media_type)| kind(&file(name), media_type)));
    kinds.extend([
        kind(r"\.html", page),
        kind(r"\.js", script),
        kind(r"\.json", "application/json"),
        kind(r"\.css", "text/css; charset=utf-8"),
        kind(r"\.svg", "image/svg+xml"),
        kind(r"\.txt", "text/plain; charset=utf-8"),
        kind(r"\.xml", "application/xml"),
    ]);
    kinds
}

impl FileKind {
    fn format_location(&self) -> Vec<String> {
        let mut lines = vec![
            format!("location ~ {} {{", quote(&format!("{}$", self.ending))),
            "    types {}".to_owned(),
            format!("    default_type {};", quote(self.media_type)),
        ];
        lines.extend(
            format_headers(self.cache, self.policy.as_deref())
                .map(|header| format!("    {header}")),
        );
        lines.extend([
            "    add_header Content-Encoding $digest_encoding;".to_owned(),
            "    add_header Vary Accept-Encoding;".to_owned(),
            "    try_files $uri$digest_br =404;".to_owned(),
            "}".to_owned(),
        ]);
        lines
    }
}

/// Formats the headers. The common ones are sent with errors as well, so that scripts of other
/// origins can read the status.
fn format_headers(cache: &str, policy: Option<&str>) -> impl Iterator<Item = String> {
    let common =
        COMMON_HEADERS.map(|(name, value)| format!("add_header {name} {} always;", quote(value)));
    let cache = format!("add_header Cache-Control {};", quote(cache));
    let policy =
        policy.map(|policy| format!("add_header Content-Security-Policy {};", quote(policy)));
    common.into_iter().chain([cache]).chain(policy)
}

fn format_introduction(site: &SiteAddress) -> Vec<String> {
    let folder = decode_path(site.path());
    let folder = folder.trim_end_matches('/');
    [
        format!(
            "# Settings for nginx to serve this folder as {}",
            site.url()
        ),
        "#".to_owned(),
        "#     server {".to_owned(),
        "#         root /srv/www;".to_owned(),
        format!("#         include /srv/www{folder}/nginx.conf;"),
        "#     }".to_owned(),
        String::new(),
    ]
    .map(|line| line.replace('\n', " "))
    .into()
}

/// Percent-decodes a path. nginx decodes URLs before it compares them.
fn decode_path(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}
