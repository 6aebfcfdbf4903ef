//! A server's disk: the files on it.
use std::collections::BTreeMap;

use super::image::Platform;

/// The files of a disk by path. An image holds a copy of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    files: BTreeMap<String, String>,
    /// What was read and written since it was last asked for.
    work: DiskWork,
}

/// What was read from a disk and written to it.
///
/// Simplified: an operating system reads the same at each boot (a guess), and what is written afterwards are files that somebody writes. A
/// web server reads its pages from memory, and nothing writes logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskWork {
    /// Read operations that ended.
    pub read_operations: u64,
    /// Write operations that ended.
    pub write_operations: u64,
    /// Bytes that were read.
    pub read_bytes: u64,
    /// Bytes that were written.
    pub write_bytes: u64,
}

/// The page that a web server serves at `/`.
pub const INDEX_PAGE: &str = "/var/www/html/index.html";

/// Where the operating system notes that the web server starts at boot.
const WEB_SERVICE: &str = "/etc/systemd/system/multi-user.target.wants/httpd.service";

/// Where the configuration of the web server lies.
const CONFIGURATION: &str = "/etc/httpd/conf.d/";

/// Linux reads so many times at boot, Windows [`WINDOWS_READS`] times. A guess.
const LINUX_READS: u64 = 10_000;
const WINDOWS_READS: u64 = 50_000;
/// Bytes of one of these. A guess.
const BOOT_READ_BYTES: u64 = 32 * 1_024;
/// The most bytes of an operation (EBS User Guide, "I/O characteristics": 256 KiB for volumes of SSDs).
const MOST_BYTES: u64 = 256 * 1_024;
/// File systems write whole blocks.
const BLOCK_BYTES: u64 = 4_096;

impl Disk {
    /// A disk with an operating system of this name and nothing else.
    pub fn with_system(name: &str) -> Self {
        let mut disk = Disk::default();
        disk.write("/etc/os-release", &format!("PRETTY_NAME=\"{name}\"\n"));
        disk
    }

    /// Writes a file, over what was there.
    pub fn write(&mut self, path: &str, content: &str) {
        self.files.insert(path.to_owned(), content.to_owned());
        let bytes = (content.len() as u64).max(1).next_multiple_of(BLOCK_BYTES);
        self.work.write_operations += bytes.div_ceil(MOST_BYTES);
        self.work.write_bytes += bytes;
    }

    /// An operating system starts from it; what was before belongs to another machine or another life of this one.
    pub(super) fn boot(&mut self, platform: Platform) {
        let read_operations = match platform {
            Platform::Linux => LINUX_READS,
            Platform::Windows => WINDOWS_READS,
        };
        self.work = DiskWork { read_operations, read_bytes: read_operations * BOOT_READ_BYTES, ..DiskWork::default() };
    }

    /// What was read and written since the last call or the last boot.
    pub(in crate::cloud) fn take_work(&mut self) -> DiskWork {
        std::mem::take(&mut self.work)
    }

    /// The content of a file.
    pub fn read(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The page that a web server serves at this path of a URL: a file below `/var/www/html`, or the `index.html` of a folder there.
    pub fn page(&self, path: &str) -> Option<&str> {
        // What nearly all ask for needs no new text.
        if path == "/" {
            return self.read(INDEX_PAGE);
        }
        let index = if path.ends_with('/') { "index.html" } else { "" };
        self.read(&format!("/var/www/html{path}{index}"))
    }

    /// The cookies that the web server sends with each page, as its configuration says with lines such as
    /// `Header add Set-Cookie "SESSION=1; Path=/"` in `/etc/httpd/conf.d/*.conf` (Apache HTTP Server, "mod_headers").
    ///
    /// Simplified: of the configuration these lines alone mean anything, and hold from the next request on, without a restart.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        let configuration = self.files.range(CONFIGURATION.to_owned()..);
        let configuration = configuration.take_while(|(path, _)| path.starts_with(CONFIGURATION));
        let lines = configuration.filter(|(path, _)| path.ends_with(".conf")).flat_map(|(_, content)| content.lines());
        lines.filter_map(|line| {
            let (words, value) = line.split_once('"')?;
            let words: Vec<&str> = words.split_whitespace().collect();
            let is_cookie = matches!(words[..], ["Header", "set" | "add" | "append", name] if name.eq_ignore_ascii_case("Set-Cookie"));
            value.trim_end().strip_suffix('"').filter(|_| is_cookie)
        })
    }

    /// Whether the web server sends a cookie of this name.
    pub fn sends_cookie(&self, name: &str) -> bool {
        self.cookies().any(|cookie| cookie.split_once('=').is_some_and(|(known, _)| known == name))
    }

    /// The files in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_str()))
    }

    /// Whether a web server is installed that starts with the system.
    pub fn has_web_server(&self) -> bool {
        self.files.contains_key(WEB_SERVICE)
    }

    /// Installs a web server that starts with the system.
    ///
    /// Simplified: Linux and Windows keep the page and the service at the same Linux paths.
    pub fn install_web_server(&mut self) {
        self.write(WEB_SERVICE, "[Unit]\nDescription=The Apache HTTP Server\n");
        if self.read(INDEX_PAGE).is_none() {
            self.write(INDEX_PAGE, "<html><body><h1>It works!</h1></body></html>\n");
        }
    }
}
