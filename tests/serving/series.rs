use std::fs;
use std::path::PathBuf;

use checks::{Nginx, build_site, free_port, root};
use tempfile::TempDir;

/// A folder of newsletters, its site at the root of a server, and the server's port.
pub(crate) struct Series {
    folder: TempDir,
    port: u16,
}

impl Series {
    /// Builds the site of one issue.
    pub(crate) fn new() -> Series {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("issues")).unwrap();
        let series = Series {
            folder,
            port: free_port(),
        };
        series.publish("1.5", "March 11, 2022");
        series
    }

    /// Adds the seed with another volume and date, and builds the site.
    pub(crate) fn publish(&self, volume: &str, date: &str) {
        let seed = fs::read_to_string(root().join("tests/import/seed/newsletter.md")).unwrap();
        let newsletter = seed
            .replace("Vol: 1.5", &format!("Vol: {volume}"))
            .replace("March 11, 2022", date);
        let issues = self.folder.path().join("issues");
        fs::write(issues.join(format!("{volume}.md")), newsletter).unwrap();
        build_site(&issues, &self.path(""), &self.address());
    }

    pub(crate) fn serve(&self) -> Nginx {
        self.serve_with("")
    }

    /// Serves the site with further settings for the `server` block.
    pub(crate) fn serve_with(&self, settings: &str) -> Nginx {
        let include = format!(
            "{settings}\ninclude {};\n",
            self.path("nginx.conf").display()
        );
        let file = self.folder.path().join("server.conf");
        fs::write(&file, include).unwrap();
        let nginx = Nginx::start(self.port, &self.path(""), &file);
        nginx.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// The path of a file of the site.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("site").join(file)
    }
}
