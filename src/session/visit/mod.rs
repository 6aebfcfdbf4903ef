//! A visitor's browser: how a name resolved, who answered, and with what.
mod balancer;
mod cookie;
mod server;

use super::Session;
use super::url::{Url, host_of, request_of};
use crate::api::ApiError;
use crate::api::lab::{Header, VisitRequest, VisitResult};
use crate::cloud::dns::Resolution;
use crate::cloud::elb::HttpRequest;
use crate::sim::SimDuration;
use crate::traffic::Door;

impl Session {
    /// Opens a URL as a visitor does, who has no cookie and an empty cache of names.
    pub fn visit(&self, url: &str) -> VisitResult {
        let resolution = Resolution::fresh(self.cloud().look_up(self.now(), host_of(url)));
        self.visit_with(url, &Url::read(url).request(), resolution)
    }

    /// Opens a URL as one of the visitors of a stream does, with the cache of their resolver; without a stream, as [`Session::visit`].
    ///
    /// # Errors
    /// `StreamNotFound` if there is no such stream, `ValidationError` if the visitor's address is none.
    pub(super) fn visit_as(&self, input: &VisitRequest) -> Result<VisitResult, ApiError> {
        let request = request_of(input)?;
        let fresh = || Resolution::fresh(self.cloud().look_up(self.now(), host_of(&input.url)));
        let Some(name) = &input.visitors else { return Ok(self.visit_with(&input.url, &request, fresh())) };
        let stream = self.streams().values().find(|known| known.name == *name);
        let missing =
            || ApiError::new("StreamNotFound", format!("There is no stream of visitors with the name {name}."));
        let cached = stream.ok_or_else(missing)?.resolver.cached(self.now(), host_of(&input.url));
        Ok(self.visit_with(&input.url, &request, cached.unwrap_or_else(fresh)))
    }

    fn visit_with(&self, url: &str, request: &HttpRequest, resolution: Resolution) -> VisitResult {
        let door = self.way_to(&resolution.addresses, request);
        let address = resolution.addresses.first().cloned().unwrap_or_default();
        let mut result = VisitResult {
            url: url.to_owned(),
            resolved_addresses: resolution.addresses,
            from_cache: resolution.from_cache,
            ttl_seconds: resolution.ttl_left.map(SimDuration::as_secs_f64),
            ..VisitResult::default()
        };
        match door {
            Door::NameNotFound => {
                result.fail("NameNotFound", None, "The name does not exist: this site can't be reached.");
            }
            Door::Silent => {
                let reason = "No answer came: nobody is at this address, or a security group drops the packets.";
                result.fail("TimedOut", None, reason);
            }
            Door::Refused => result.refuse(request),
            Door::Server(_) if request.port != super::probe::HTTP => result.refuse(request),
            Door::Server(id) => self.visit_server(&mut result, request, id),
            Door::Balancer(_) | Door::Answered(_) => self.visit_balancer(&mut result, request, &address),
        }
        result
    }
}

impl VisitResult {
    fn fail(&mut self, outcome: &str, status_code: Option<i64>, reason: &str) {
        (self.outcome, self.status_code, self.reason) = (outcome.into(), status_code, Some(reason.into()));
    }

    fn refuse(&mut self, request: &HttpRequest) {
        let reason = format!("The connection was refused: nothing listens on port {}.", request.port);
        self.fail("ConnectionRefused", None, &reason);
    }

    fn answer(&mut self, status_code: u16, body: &str) {
        (self.outcome, self.status_code) = ("Answered".into(), Some(i64::from(status_code)));
        self.body = Some(body.to_owned()).filter(|body| !body.is_empty());
        self.add_header("Content-Length", &body.len().to_string());
    }

    fn add_header(&mut self, name: &str, value: &str) {
        self.headers.push(Header { name: name.into(), value: value.into() });
    }
}
