//! A server's disk: the files on it.
use std::collections::BTreeMap;

/// The files of a disk by path. An image holds a copy of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    files: BTreeMap<String, String>,
}

/// The page that a web server serves at `/`.
pub const INDEX_PAGE: &str = "/var/www/html/index.html";

/// Where the operating system notes that the web server starts at boot.
const WEB_SERVICE: &str = "/etc/systemd/system/multi-user.target.wants/httpd.service";

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
    }

    /// The content of a file.
    pub fn read(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The page that a web server serves at this path of a URL: a file below `/var/www/html`, or the `index.html` of a folder there.
    pub fn page(&self, path: &str) -> Option<&str> {
        let index = if path.ends_with('/') { "index.html" } else { "" };
        self.read(&format!("/var/www/html{path}{index}"))
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
