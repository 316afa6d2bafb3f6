//! `nginx.conf`: how nginx serves a site, for a `server` to include.

use percent_encoding::percent_decode_str;

use super::serving::{
    COMMON, CONFIGURATOR, CONFIGURATOR_POLICY, FOR_EVER, SHORT, UNCOMMON_TYPES, page_policy,
};
use crate::SiteAddress;

/// The settings for a site. `moved` are the paths of pages that have moved, and where they are now.
///
/// nginx from a distribution serves `.gz` by itself, and `.br` only with a module. So the `.br` file is
/// named where it is there and the browser takes it, and the type is given by the address, not by the
/// file.
pub(crate) fn nginx(site: &SiteAddress, moved: &[(String, String)]) -> String {
    let base = decoded(site.path());
    let mut lines = introduction(site);
    lines.extend(BROTLI.map(str::to_owned));
    lines.push(format!("location ^~ {} {{", quoted(&base)));
    lines.extend(WHOLE_SITE.map(|line| format!("    {line}")));
    lines.extend(headers(SHORT, None).map(|header| format!("    {header}")));
    for (old, new) in moved {
        let old = quoted(&decoded(old));
        lines.push(format!(
            "    location = {old} {{ return 301 {}; }}",
            quoted(new)
        ));
    }
    for kind in kinds() {
        lines.push(String::new());
        lines.extend(
            kind.location()
                .into_iter()
                .map(|line| format!("    {line}")),
        );
    }
    lines.push("}\n".to_owned());
    lines.join("\n")
}

/// Whether there is a compressed file that the browser takes: `br` and not `br;q=0`.
const BROTLI: [&str; 12] = [
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

/// A server's own `gzip on` would compress once more what is compressed.
const WHOLE_SITE: [&str; 6] = [
    "index index.html;",
    "gzip off;",
    "gzip_static on;",
    "absolute_redirect off;",
    r#"location ~ "/\.(?!well-known/)" { return 404; }"#,
    r#"location ~ "/(_headers|_redirects|nginx\.conf)$" { return 404; }"#,
];

/// Files that are served in the same way.
struct Kind {
    /// What their paths end in, as a regular expression.
    ending: String,
    media_type: &'static str,
    cache: &'static str,
    policy: Option<String>,
}

/// The first that fits holds.
fn kinds() -> Vec<Kind> {
    let kind = |ending: &str, media_type| Kind {
        ending: ending.to_owned(),
        media_type,
        cache: SHORT,
        policy: None,
    };
    let file = |name: &str| format!("/{}", name.replace('.', r"\."));
    let script = "text/javascript; charset=utf-8";
    let page = "text/html; charset=utf-8";
    let mut kinds = vec![
        Kind {
            cache: FOR_EVER,
            ..kind(
                r"/digest-(.+-[0-9a-f]{16}|[0-9]+\.[0-9]+\.[0-9]+)\.js",
                script,
            )
        },
        Kind {
            cache: FOR_EVER,
            ..kind(r"/digest-.+-[0-9a-f]{16}\.wasm", "application/wasm")
        },
        Kind {
            cache: FOR_EVER,
            ..kind(r"/images/.+\.webp", "image/webp")
        },
        Kind {
            cache: FOR_EVER,
            ..kind(r"/images/.+\.jpg", "image/jpeg")
        },
        Kind {
            policy: Some(page_policy()),
            ..kind(r"/index\.html", page)
        },
        Kind {
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

impl Kind {
    fn location(&self) -> Vec<String> {
        let mut lines = vec![
            format!("location ~ {} {{", quoted(&format!("{}$", self.ending))),
            "    types {}".to_owned(),
            format!("    default_type {};", quoted(self.media_type)),
        ];
        lines.extend(
            headers(self.cache, self.policy.as_deref()).map(|header| format!("    {header}")),
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

/// What is common to all files goes with what is missing too, so that scripts can tell that it is.
fn headers(cache: &str, policy: Option<&str>) -> impl Iterator<Item = String> {
    let common = COMMON.map(|(name, value)| format!("add_header {name} {} always;", quoted(value)));
    let cache = format!("add_header Cache-Control {};", quoted(cache));
    let policy =
        policy.map(|policy| format!("add_header Content-Security-Policy {};", quoted(policy)));
    common.into_iter().chain([cache]).chain(policy)
}

fn introduction(site: &SiteAddress) -> Vec<String> {
    let folder = decoded(site.path());
    let folder = folder.trim_end_matches('/');
    [
        format!("# How nginx serves this folder as {}", site.url()),
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

/// nginx compares addresses after it has decoded them.
fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}
