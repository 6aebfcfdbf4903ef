//! URLs as visitors write them.
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::api::ApiError;
use crate::api::lab::VisitRequest;
use crate::cloud::elb::HttpRequest;
use crate::sim::SimDuration;

/// A URL in its parts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Url {
    /// `http` or `https`.
    pub(super) scheme: String,
    /// The host.
    pub(super) host: String,
    /// The port that is asked.
    pub(super) port: i64,
    /// The path, from its `/` on.
    pub(super) path: String,
    /// The query without its `?`.
    pub(super) query: String,
}

/// Where the lab's visitors come from, an address of the documentation's block.
pub(super) const VISITOR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);

impl Url {
    /// The parts of a URL or of a bare name; nothing is too strange for an address bar.
    pub(super) fn read(text: &str) -> Url {
        let [scheme, host, port, path, query] = parts(text);
        let by_default = if scheme.eq_ignore_ascii_case("https") { 443 } else { 80 };
        Url {
            scheme: scheme.to_ascii_lowercase(),
            host: host.to_owned(),
            port: port.parse().unwrap_or(by_default),
            path: format!("/{path}"),
            query: query.to_owned(),
        }
    }

    /// The request that a visitor's browser sends for it if nothing else is said.
    pub(super) fn request(&self) -> HttpRequest {
        HttpRequest {
            method: "GET".into(),
            host: self.host.clone(),
            port: self.port,
            path: self.path.clone(),
            query: self.query.clone(),
            headers: BTreeMap::new(),
            source_ip: VISITOR,
            turn: 0,
            silence: SimDuration::ZERO,
        }
    }
}

/// The host of a URL or of a bare name.
pub(super) fn host_of(text: &str) -> &str {
    let [_, host, ..] = parts(text);
    host
}

/// Scheme, host, port, path without its first `/`, query.
fn parts(text: &str) -> [&str; 5] {
    let (scheme, rest) = text.trim().split_once("://").unwrap_or(("http", text.trim()));
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = place.split_once(':').unwrap_or((place, ""));
    [scheme, host, port, path, query]
}

/// Longer than any load balancer waits.
const LONGEST_SILENCE: f64 = 86_400.0;

/// The request that a visit asks for.
///
/// # Errors
/// `ValidationError` if the visitor's address is none.
pub(super) fn request_of(input: &VisitRequest) -> Result<HttpRequest, ApiError> {
    let by_default = Url::read(&input.url).request();
    let source_ip = match &input.source_ip {
        Some(text) => text
            .parse()
            .map_err(|_| ApiError::validation(format!("SourceIp must be an IPv4 address, but it is '{text}'.")))?,
        None => by_default.source_ip,
    };
    let named_host = input.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
    Ok(HttpRequest {
        method: input.method.clone().unwrap_or(by_default.method),
        host: named_host.map_or(by_default.host, |(_, host)| host.clone()),
        headers: input.headers.clone(),
        source_ip,
        silence: SimDuration::from_secs_f64(input.send_after_seconds.unwrap_or_default().min(LONGEST_SILENCE)),
        turn: input.turn.and_then(|turn| usize::try_from(turn).ok()).unwrap_or(0),
        ..by_default
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_falls_into_its_parts() {
        let parts = |text: &str| {
            let url = Url::read(text);
            (url.scheme, url.host, url.port, url.path, url.query)
        };
        let of = |scheme: &str, host: &str, port, path: &str, query: &str| {
            (scheme.to_owned(), host.to_owned(), port, path.to_owned(), query.to_owned())
        };
        assert_eq!(parts("http://a.b:8080/c/d?e=f#g"), of("http", "a.b", 8080, "/c/d", "e=f"));
        assert_eq!(parts("203.0.113.9"), of("http", "203.0.113.9", 80, "/", ""));
        assert_eq!(parts("HTTPS://a.b?x"), of("https", "a.b", 443, "/", "x"));
        assert_eq!(parts("://:?/"), of("", "", 80, "/", "/"));
    }
}
