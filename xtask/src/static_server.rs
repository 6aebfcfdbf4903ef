//! A small web server for files, on this machine only.
//!
//! It serves a folder below any path, because the lab is to work wherever its files are put.
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The longest head of a request that is read.
const LONGEST_HEAD: u64 = 64 * 1024;

/// How long a browser may keep a connection open without asking for anything.
const IDLE_LIMIT: Duration = Duration::from_secs(30);

/// A folder of files at an address of this machine.
pub struct StaticServer {
    listener: TcpListener,
    address: SocketAddr,
    site: Site,
}

/// What is served, and where.
#[derive(Clone)]
struct Site {
    folder: PathBuf,
    /// The path of the page, with a slash on both sides.
    mount: String,
}

/// What is sent back.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: &'static str,
    /// The name and value of the header that says what the body is, or where to go.
    header: (&'static str, String),
    body: Vec<u8>,
}

impl StaticServer {
    /// Takes a port (0: any free one) for the files of `folder`, to be seen below `mount`.
    pub fn bind(folder: PathBuf, mount: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        Ok(StaticServer { listener, address, site: Site { folder, mount: with_slashes(mount) } })
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://localhost:{}{}", self.address.port(), self.site.mount)
    }

    /// Answers until the program ends, each connection in a thread of its own.
    pub fn run(self) {
        for stream in self.listener.incoming().flatten() {
            let site = self.site.clone();
            // A connection that breaks is the browser's own affair.
            thread::spawn(move || site.converse(stream));
        }
    }
}

impl Site {
    /// Answers one request after the other until the browser hangs up.
    fn converse(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(IDLE_LIMIT))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        while let Some((method, path)) = read_request(&mut reader)? {
            self.answer(&method, &path).send(&stream, method != "HEAD")?;
        }
        Ok(())
    }

    fn answer(&self, method: &str, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        match (method, path.strip_prefix(&self.mount)) {
            ("GET" | "HEAD", Some(inside)) => self.file(inside),
            ("GET" | "HEAD", None) if path == "/" || format!("{path}/") == self.mount => self.redirect(),
            ("GET" | "HEAD", None) => self.not_found(),
            _ => Answer::text("405 Method Not Allowed", "Only GET and HEAD are answered here."),
        }
    }

    fn file(&self, inside: &str) -> Answer {
        let Some(mut path) = decode(inside).and_then(|inside| below(&self.folder, &inside)) else {
            return self.not_found();
        };
        if path.is_dir() {
            path.push("index.html");
        }
        match fs::read(&path) {
            Ok(body) => Answer { status: "200 OK", header: ("Content-Type", media_type(&path).to_owned()), body },
            Err(_) => self.not_found(),
        }
    }

    fn redirect(&self) -> Answer {
        Answer { status: "302 Found", header: ("Location", self.mount.clone()), body: Vec::new() }
    }

    fn not_found(&self) -> Answer {
        Answer::text("404 Not Found", &format!("There is no such file. The page is at {}", self.mount))
    }
}

impl Answer {
    fn text(status: &'static str, words: &str) -> Answer {
        Answer { status, header: ("Content-Type", "text/plain; charset=utf-8".to_owned()), body: words.into() }
    }

    fn send(&self, mut stream: &TcpStream, with_body: bool) -> io::Result<()> {
        let Answer { status, header: (name, value), body } = self;
        let length = body.len();
        // A new build must be seen at once, so nothing is kept.
        let mut message = format!(
            "HTTP/1.1 {status}\r\n{name}: {value}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\n\r\n"
        )
        .into_bytes();
        if with_body {
            message.extend_from_slice(body);
        }
        stream.write_all(&message)
    }
}

/// The method and target of the next request; none if the browser hung up.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<(String, String)>> {
    let mut head = reader.take(LONGEST_HEAD);
    let mut first = String::new();
    head.read_line(&mut first)?;
    let mut line = String::new();
    while head.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = first.split_whitespace().map(str::to_owned);
    Ok(words.next().zip(words.next()))
}

fn with_slashes(path: &str) -> String {
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        inside => format!("/{inside}/"),
    }
}

/// The text behind `%20` and the like; none if it is malformed.
fn decode(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(part.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// The file at a relative path; none if the path would lead out of the folder.
fn below(folder: &Path, inside: &str) -> Option<PathBuf> {
    let inside = Path::new(inside);
    let stays = inside.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    stays.then(|| folder.join(inside))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The crate's own folder, which has a `Cargo.toml` and a `src`, at a sub-path.
    fn site(mount: &str) -> Site {
        Site { folder: PathBuf::from(env!("CARGO_MANIFEST_DIR")), mount: with_slashes(mount) }
    }

    #[test]
    fn a_file_is_served_below_the_mount_with_its_media_type() {
        let answer = site("/notes/lab").answer("GET", "/notes/lab/src/main.rs?version=1");
        assert_eq!(answer.status, "200 OK");
        assert!(String::from_utf8(answer.body).unwrap().contains("cargo lab"));
        assert_eq!(media_type(Path::new("a/b.wasm")), "application/wasm");
    }

    #[test]
    fn the_mount_without_its_slash_leads_to_the_page() {
        for path in ["/", "/notes/lab"] {
            let answer = site("/notes/lab/").answer("GET", path);
            assert_eq!((answer.status, answer.header.1.as_str()), ("302 Found", "/notes/lab/"), "{path}");
        }
    }

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/src/../../Cargo.toml", "//etc/passwd", "/%2fetc/passwd"]
        {
            assert_eq!(site("/").answer("GET", path).status, "404 Not Found", "{path}");
        }
        assert_eq!(site("/lab/").answer("GET", "/Cargo.toml").status, "404 Not Found");
    }

    #[test]
    fn malformed_paths_and_other_methods_are_refused() {
        for path in ["/%", "/%zz", "/%ff", "/%é"] {
            assert_eq!(site("/").answer("GET", path).status, "404 Not Found", "{path}");
        }
        assert_eq!(site("/").answer("POST", "/").status, "405 Method Not Allowed");
    }

    #[test]
    fn a_head_request_gets_no_body_and_the_connection_stays_open() {
        let server = StaticServer::bind(PathBuf::from(env!("CARGO_MANIFEST_DIR")), "/", 0).unwrap();
        let mut stream = TcpStream::connect(server.address).unwrap();
        thread::spawn(|| server.run());
        stream.write_all(b"HEAD /Cargo.toml HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.1\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut told = String::new();
        stream.read_to_string(&mut told).unwrap();
        let (head, rest) = told.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK") && rest.starts_with("HTTP/1.1 404"), "{told}");
    }
}
