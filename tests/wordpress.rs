//! A real WordPress, Debian's, with its own database, for the time of a run.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::geteuid;
use tempfile::TempDir;

use crate::browser_engine::find_program;
use crate::process::{ProcessGroup, free_port, wait_for_port, wait_until};

const REMEDY: &str = "run `cargo xtask test`, or on Debian `apt-get install --no-install-recommends \
    wordpress wordpress-theme-twentytwentythree mariadb-server php-cli php-mysql`";

/// The folder of Debian's and Fedora's packages.
const INSTALLED: &str = "/usr/share/wordpress";

const CONFIG: &str = include_str!("wordpress/wp-config.php");
const SETUP: &str = include_str!("wordpress/setup.php");
const SITE: &str = include_str!("wordpress/site.php");

/// A running WordPress with the users `editor` and `author`, whose passwords are their names.
///
/// Its servers end with this value. Of the machine's own WordPress and database, only the programs
/// are used.
#[derive(Debug)]
pub struct WordPress {
    address: String,
    // Dropped in this order: the site, its database, the folder for all their files.
    _site: ProcessGroup,
    _database: ProcessGroup,
    _files: TempDir,
}

impl WordPress {
    /// Starts a WordPress. The error says what to install.
    pub fn start() -> Result<Self, String> {
        let files = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let folder = files.path();
        copy_site(&folder.join("site"))?;
        let database = start_database(folder)?;
        let port = free_port();
        let address = format!("http://127.0.0.1:{port}");
        run_to_end(php_command(folder, &address)?.arg("setup.php"))?;
        let mut server = php_command(folder, &address)?;
        server.args(["-S", &format!("127.0.0.1:{port}")]);
        let site = ProcessGroup::start(server.stdout(Stdio::null()).stderr(Stdio::null()))?;
        wait_for_port(port).map_err(|error| format!("PHP's server {error}"))?;
        Ok(WordPress {
            address,
            _site: site,
            _database: database,
            _files: files,
        })
    }

    /// The address of the site, such as `http://127.0.0.1:34567`.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Starts an empty database. It listens on a socket in the folder and nowhere else.
///
/// It has no accounts: the program that makes them also sets permissions in `/usr/lib`.
fn start_database(folder: &Path) -> Result<ProcessGroup, String> {
    let [data, log] = ["data", "database.log"].map(|name| folder.join(name));
    let errors = fs::create_dir(&data).and_then(|()| File::create(&log));
    let errors = errors.map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut command = Command::new(find_server("mariadbd")?);
    command
        .args(["--no-defaults", "--skip-networking", "--skip-grant-tables"])
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--socket={}", socket_path(folder).display()))
        // Without `--user` it refuses to run as root.
        .arg(format!("--user={}", geteuid().as_raw()));
    let database = ProcessGroup::start(command.stdout(Stdio::null()).stderr(errors))?;
    wait_until(|| UnixStream::connect(socket_path(folder)).is_ok()).map_err(|error| {
        format!(
            "MariaDB {error}: {}",
            fs::read_to_string(&log).unwrap_or_default()
        )
    })?;
    Ok(database)
}

/// Copies Debian's files, which the machine's own site may use in place.
fn copy_site(site: &Path) -> Result<(), String> {
    if !Path::new(INSTALLED).join("wp-load.php").is_file() {
        return Err(format!(
            "WordPress is not installed in {INSTALLED}: {REMEDY}"
        ));
    }
    run_to_end(
        Command::new("cp")
            .args(["--recursive", "--dereference", INSTALLED])
            .arg(site),
    )?;
    let plugins = site.join("wp-content/mu-plugins");
    fs::create_dir_all(&plugins)
        .and_then(|()| fs::write(site.join("wp-config.php"), CONFIG))
        .and_then(|()| fs::write(site.join("setup.php"), SETUP))
        .and_then(|()| fs::write(plugins.join("site.php"), SITE))
        .map_err(|error| format!("{}: {error}", site.display()))
}

/// PHP in the site's folder, with the variables that `wp-config.php` reads. It sends no mail.
fn php_command(folder: &Path, address: &str) -> Result<Command, String> {
    let mut command = Command::new(find_program("php", REMEDY)?);
    command
        .current_dir(folder.join("site"))
        .env("WORDPRESS_ADDRESS", address)
        .env("WORDPRESS_SOCKET", socket_path(folder))
        .args(["-d", "sendmail_path=true"]);
    Ok(command)
}

fn socket_path(folder: &Path) -> PathBuf {
    folder.join("database.sock")
}

/// Debian has servers in a folder that only root has on the PATH.
fn find_server(name: &str) -> Result<PathBuf, String> {
    let file = Path::new("/usr/sbin").join(name);
    if file.is_file() {
        Ok(file)
    } else {
        find_program(name, REMEDY)
    }
}

fn run_to_end(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?} did not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    Err(format!("{command:?} failed: {stdout}{stderr}"))
}
