//! A visitor's browser: how a name resolved, who answered, and with what.
use super::Session;
use super::door::host_of;
use super::url::Url;
use crate::api::ApiError;
use crate::api::lab::{VisitRequest, VisitResult};
use crate::cloud::dns::Resolution;
use crate::cloud::ec2::Instance;
use crate::cloud::ec2::disk::INDEX_PAGE;
use crate::sim::SimDuration;
use crate::traffic::{AppState, Balancer, Door, ServerId};

impl Session {
    /// Opens a URL as a visitor does. Simplified: only the page at `/` and other files below `/var/www/html` are served, over HTTP.
    pub fn visit(&self, url: &str) -> VisitResult {
        self.visit_with(url, Resolution::fresh(self.cloud().look_up(self.now(), host_of(url))))
    }

    /// Opens a URL as one of the visitors of a stream does, with the cache of their resolver; without a stream, as [`Session::visit`].
    ///
    /// # Errors
    /// `StreamNotFound` if there is no such stream.
    pub(super) fn visit_as(&self, input: &VisitRequest) -> Result<VisitResult, ApiError> {
        let Some(name) = &input.visitors else { return Ok(self.visit(&input.url)) };
        let stream = self.streams().values().find(|known| known.name == *name);
        let missing =
            || ApiError::new("StreamNotFound", format!("There is no stream of visitors with the name {name}."));
        let cached = stream.ok_or_else(missing)?.resolver.cached(self.now(), host_of(&input.url));
        let fresh = || Resolution::fresh(self.cloud().look_up(self.now(), host_of(&input.url)));
        Ok(self.visit_with(&input.url, cached.unwrap_or_else(fresh)))
    }

    fn visit_with(&self, url: &str, resolution: Resolution) -> VisitResult {
        let door = self.way_to(&resolution.addresses, &Url::read(url).request());
        let mut result = VisitResult {
            url: url.to_owned(),
            resolved_addresses: resolution.addresses,
            from_cache: resolution.from_cache,
            ttl_seconds: resolution.ttl_left.map(SimDuration::as_secs_f64),
            ..VisitResult::default()
        };
        match door {
            Door::NameNotFound => {
                fail(&mut result, "NameNotFound", None, "The name does not exist: this site can't be reached.")
            }
            Door::Silent => fail(
                &mut result,
                "TimedOut",
                None,
                "No answer came: nobody is at this address, or a security group drops the packets.",
            ),
            Door::Refused => {
                fail(&mut result, "ConnectionRefused", None, "The connection was refused: nothing listens on port 80.")
            }
            Door::Server(id) => self.visit_server(&mut result, id, false),
            Door::Balancer(balancer) => match self.some_target(&balancer) {
                Some(id) => self.visit_server(&mut result, id, true),
                None => fail(
                    &mut result,
                    "Answered",
                    Some(503),
                    "503 Service Temporarily Unavailable: the target group has no target in use.",
                ),
            },
        }
        result
    }

    /// A target that the balancer may choose; another at another time.
    fn some_target(&self, balancer: &Balancer) -> Option<ServerId> {
        let targets = &balancer.groups.iter().find(|group| group.weight > 0)?.targets;
        targets.get(self.history().points().len() % targets.len().max(1)).map(|target| target.server)
    }

    fn visit_server(&self, result: &mut VisitResult, id: ServerId, through_balancer: bool) {
        let app = self.fleet().servers.get(&id).map(|spec| spec.app);
        match (app, through_balancer) {
            (Some(AppState::Serving), _) => self.serve(result, id),
            (Some(AppState::Refusing), true) => {
                fail(result, "Answered", Some(502), "502 Bad Gateway: the target refused the connection.")
            }
            (Some(AppState::Refusing), false) => {
                fail(result, "ConnectionRefused", None, "The connection was refused: nothing listens on port 80.")
            }
            (Some(AppState::Silent | AppState::Hung) | None, true) => {
                fail(result, "Answered", Some(504), "504 Gateway Time-out: the target did not answer.")
            }
            (Some(AppState::Silent | AppState::Hung) | None, false) => {
                fail(result, "TimedOut", None, "No answer came: a security group drops the packets.")
            }
        }
    }

    fn serve(&self, result: &mut VisitResult, id: ServerId) {
        let Some(instance) = self.instance_with_number(id) else { return };
        result.server = Some(instance.instance_id.clone());
        let path = result.url.trim().split_once("://").map_or(result.url.trim(), |(_, rest)| rest);
        let path = path.split_once('/').map_or("", |(_, path)| path);
        let file = if path.is_empty() { INDEX_PAGE.to_owned() } else { format!("/var/www/html/{path}") };
        match instance.disk.read(&file) {
            Some(body) => {
                (result.outcome, result.status_code, result.body) =
                    ("Answered".into(), Some(200), Some(body.to_owned()));
            }
            None => fail(result, "Answered", Some(404), "404 Not Found: the server has no such file."),
        }
    }

    fn instance_with_number(&self, id: ServerId) -> Option<&Instance> {
        self.cloud().regions().flat_map(|region| region.ec2.instances.values()).find(|instance| instance.number == id.0)
    }
}

fn fail(result: &mut VisitResult, outcome: &str, status_code: Option<i64>, reason: &str) {
    (result.outcome, result.status_code, result.reason) = (outcome.into(), status_code, Some(reason.into()));
}
