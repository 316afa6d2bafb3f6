//! Debian's nginx, with the settings that a site brings.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::process::{ProcessGroup, wait_for_port};

/// A server on the loopback. It ends with this value.
#[derive(Debug)]
pub struct Nginx {
    port: u16,
    _process: ProcessGroup,
    /// Its settings and its log.
    _folder: TempDir,
}

/// The server's response.
#[derive(Debug)]
pub struct Reply {
    /// The status, such as 200.
    pub status: u16,
    /// The headers in order, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes as sent, compressed or not.
    pub body: Vec<u8>,
    /// The number of bytes of the whole response.
    pub size: usize,
}

impl Nginx {
    /// Serves the folder `root` on the free `port`, with the settings in the file `include`.
    ///
    /// # Errors
    ///
    /// If nginx is not installed, or rejects or warns about its settings.
    pub fn start(port: u16, root: &Path, include: &Path) -> Result<Nginx, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let settings = folder.path().join("nginx.conf");
        let text = format_settings(port, root, include, folder.path());
        fs::write(&settings, text).map_err(|error| error.to_string())?;
        let nginx = || {
            let mut nginx = Command::new(find_program());
            nginx.arg("-p").arg(folder.path()).arg("-c").arg(&settings);
            nginx
        };
        let checked = nginx()
            .arg("-t")
            .output()
            .map_err(|error| format!("nginx did not start: {error}"))?;
        let messages = String::from_utf8_lossy(&checked.stderr).into_owned();
        if !checked.status.success() || messages.contains("[warn]") {
            return Err(messages);
        }
        let process = ProcessGroup::start(&mut nginx())?;
        wait_for_port(port)?;
        Ok(Nginx {
            port,
            _process: process,
            _folder: folder,
        })
    }

    /// Requests a path with these headers.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("nginx listens");
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("nginx reads");
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("nginx answers");
        Reply::parse(&reply)
            .unwrap_or_else(|| panic!("no response: {}", String::from_utf8_lossy(&reply)))
    }
}

impl Reply {
    /// The values of a header.
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    fn parse(bytes: &[u8]) -> Option<Reply> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_lowercase(), value.to_owned()))
        });
        Some(Reply {
            status,
            headers: headers.collect::<Option<_>>()?,
            body: bytes[end + 4..].to_vec(),
            size: bytes.len(),
        })
    }
}

/// Debian has it in a folder that only root has on the PATH.
fn find_program() -> &'static str {
    if Path::new("/usr/sbin/nginx").exists() {
        "/usr/sbin/nginx"
    } else {
        "nginx"
    }
}

/// `gzip` is on, as in Debian's settings.
fn format_settings(port: u16, root: &Path, include: &Path, folder: &Path) -> String {
    let user = if rustix::process::geteuid().is_root() {
        "user root;"
    } else {
        ""
    };
    let (root, include, folder) = (root.display(), include.display(), folder.display());
    let temporary: String = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"]
        .map(|name| format!("{name}_temp_path {folder}/{name};"))
        .concat();
    format!(
        "{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;
         events {{}}
         http {{
             access_log off; gzip on; types {{ text/html html; image/png png; image/webp webp; image/jpeg jpg jpeg; }}
             {temporary}
             server {{ listen 127.0.0.1:{port}; root \"{root}\"; include \"{include}\"; }}
         }}"
    )
}
