//! What a load balancer does with a visitor's request.
use super::super::Session;
use super::cookie;
use crate::api::lab::{Header, VisitResult};
use crate::cloud::Region;
use crate::cloud::elb::{
    Action, FixedResponse, Forward, HttpRequest, LoadBalancer, Mishap, Pool, PoolTarget, Redirect, Stickiness, answer,
};
use crate::sim::random::Randomness;
use crate::sim::{SimDuration, SimTime};
use crate::traffic::{AppState, ServerId};

/// What a load balancer calls itself in answers of its own.
const SERVER: &str = "awselb/2.0";

impl Session {
    pub(super) fn visit_balancer(&self, result: &mut VisitResult, request: &HttpRequest, address: &str) {
        let mut regions = self.cloud().regions();
        let found = regions.find_map(|region| Some((region, region.elb.balancer_by_address(address)?)));
        let Some((region, balancer)) = found else { return };
        if let Some(mishap) = Mishap::of_request(request, balancer.idle_timeout()) {
            return result.meet(mishap);
        }
        let Some(rule) = region.elb.route(&balancer.arn, request) else { return result.refuse(request) };
        result.rule_arn = Some(rule.arn.clone());
        match &rule.action {
            Action::FixedResponse(fixed) => result.answer_fixed(fixed),
            Action::Redirect(redirect) => result.redirect(redirect, request),
            Action::Forward(forward) => {
                self.forward(result, request, &Way { region, balancer, forward, now: self.now() })
            }
        }
    }

    fn forward(&self, result: &mut VisitResult, request: &HttpRequest, way: &Way) {
        let pools = way.region.elb.pools(&way.region.ec2, way.forward);
        let turn = self.history().points().len().wrapping_add(request.turn);
        let Some(pool) = way.chosen_pool(&pools, request, turn) else { return result.meet(Mishap::NoTarget) };
        result.target_group_arn = Some(pool.target_group_arn.clone());
        let bound = way.bound_target(pool, request);
        let Some(target) = bound.or_else(|| pool.targets.get(turn.checked_rem(pool.targets.len())?)) else {
            return result.meet(Mishap::NoTarget);
        };
        let id = way.number(target).map(ServerId);
        let app = id.and_then(|id| self.fleet().servers.get(&id)).map(|spec| spec.app);
        result.server = Some(target.instance_id.clone());
        match (app, id) {
            (Some(AppState::Serving), Some(id)) if target.port == super::super::probe::HTTP => {
                result.forwarded_headers = way.forwarded_headers(request, self);
                self.serve(result, request, id);
                way.add_cookies(result, (pool, bound.is_some()), id);
            }
            (Some(AppState::Serving | AppState::Refusing), _) => result.meet(Mishap::ConnectionRefused),
            (Some(AppState::Silent) | None, _) => result.meet(Mishap::ConnectTimeout),
            (Some(AppState::Hung), _) => result.meet(Mishap::NoAnswer),
        }
    }
}

/// The way of a request through a load balancer.
struct Way<'a> {
    region: &'a Region,
    balancer: &'a LoadBalancer,
    forward: &'a Forward,
    now: SimTime,
}

impl Way<'_> {
    /// The pool of the visitor's cookie, or one by weight; another at another turn.
    fn chosen_pool<'p>(&self, pools: &'p [Pool], request: &HttpRequest, turn: usize) -> Option<&'p Pool> {
        let place = |pool: &Pool| {
            self.forward
                .target_groups
                .iter()
                .position(|(arn, _)| *arn == pool.target_group_arn)
                .map(|place| place as u64)
        };
        let kept = cookie::number_in(request, cookie::GROUP).filter(|_| self.forward.stickiness.is_some());
        let by_cookie = kept.and_then(|kept| pools.iter().find(|pool| place(pool) == Some(kept) && pool.weight > 0));
        let whole: u64 = pools.iter().map(|pool| u64::from(pool.weight)).sum();
        let mut rest = (turn as u64).checked_rem(whole)?;
        let by_weight = pools.iter().find(|pool| {
            let is_it = rest < u64::from(pool.weight);
            rest = rest.saturating_sub(u64::from(pool.weight));
            is_it
        });
        by_cookie.or(by_weight)
    }

    /// The target of the visitor's cookies if it still gets requests.
    fn bound_target<'p>(&self, pool: &'p Pool, request: &HttpRequest) -> Option<&'p PoolTarget> {
        let kept = match pool.stickiness.as_ref()? {
            Stickiness::ByBalancer(_) => cookie::number_in(request, cookie::TARGET),
            Stickiness::ByApplication { cookie_name, length } => {
                cookie::bound_target(request, cookie_name, (*length, self.now))
            }
        };
        pool.targets.iter().find(|target| kept.is_some() && self.number(target) == kept)
    }

    fn number(&self, target: &PoolTarget) -> Option<u64> {
        self.region.ec2.instances.get(&target.instance_id).map(|instance| instance.number)
    }

    /// "HTTP headers and Application Load Balancers": what the server gets to see of the visitor.
    fn forwarded_headers(&self, request: &HttpRequest, session: &Session) -> Vec<Header> {
        let settings = &self.balancer.settings;
        let known = request.header("X-Forwarded-For");
        let peer = request.source_ip.to_string();
        let forwarded_for = match settings.get("routing.http.xff_header_processing.mode") {
            "remove" => None,
            "preserve" => known.map(str::to_owned),
            _ => Some(known.map_or_else(|| peer.clone(), |known| format!("{known}, {peer}"))),
        };
        let header = |name: &str, value: String| Header { name: name.into(), value };
        let mut headers: Vec<Header> =
            forwarded_for.map(|value| header("X-Forwarded-For", value)).into_iter().collect();
        headers.push(header("X-Forwarded-Port", request.port.to_string()));
        headers.push(header("X-Forwarded-Proto", "http".into()));
        headers.push(header("X-Amzn-Trace-Id", session.trace_id(request)));
        headers
    }

    /// Each answer renews the bond. That of an application begins when the target sets its cookie.
    fn add_cookies(&self, result: &mut VisitResult, (pool, is_bound): (&Pool, bool), id: ServerId) {
        let place = self.forward.target_groups.iter().position(|(arn, _)| *arn == pool.target_group_arn);
        if let (Some(length), Some(place)) = (self.forward.stickiness, place) {
            result.add_cookie(cookie::GROUP, place as u64, length);
        }
        match &pool.stickiness {
            Some(Stickiness::ByBalancer(length)) => result.add_cookie(cookie::TARGET, id.0, *length),
            Some(Stickiness::ByApplication { cookie_name, .. }) if is_bound || result.sets_cookie(cookie_name) => {
                result.add_cookie(cookie::APPLICATION, cookie::bond(id.0, self.now), cookie::APPLICATION_KEPT);
            }
            Some(Stickiness::ByApplication { .. }) | None => {}
        }
    }
}

impl Session {
    /// An id in the form of AWS's: `Root=1-<seconds>-<24 digits>`.
    fn trace_id(&self, request: &HttpRequest) -> String {
        let seconds = EPOCH_SECONDS + self.now().as_micros() / 1_000_000;
        let text = format!("{}{}", request.path, request.source_ip);
        let number =
            text.bytes().fold(self.now().as_micros(), |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let digits = Randomness { seed: self.journal().seed }.stream("session.trace_id", number).hex(24);
        format!("Root=1-{seconds:08x}-{digits}")
    }
}

/// From the beginning of 1970 to that of the lab's first day, 5 January 2026.
const EPOCH_SECONDS: u64 = 1_767_571_200;

impl VisitResult {
    fn meet(&mut self, mishap: Mishap) {
        let code = mishap.status_code();
        self.add_header("Server", SERVER);
        self.add_header("Content-Type", "text/html");
        self.answer(code, &answer::error_page(code));
        self.reason = Some(mishap.reason().into());
    }

    fn answer_fixed(&mut self, fixed: &FixedResponse) {
        self.add_header("Server", SERVER);
        self.add_header("Content-Type", fixed.content_type.as_deref().unwrap_or("text/plain; charset=utf-8"));
        self.answer(fixed.status_code, &fixed.body);
    }

    fn redirect(&mut self, redirect: &Redirect, request: &HttpRequest) {
        self.add_header("Server", SERVER);
        self.add_header("Location", &redirect.location(request));
        self.answer(redirect.status_code(), "");
    }

    fn sets_cookie(&self, name: &str) -> bool {
        let mut cookies = self.headers.iter().filter(|header| header.name == "Set-Cookie");
        cookies.any(|cookie| cookie.value.split_once('=').is_some_and(|(known, _)| known == name))
    }

    /// Simplified: how long it holds is said by `Max-Age`; AWS names the moment (`Expires`).
    fn add_cookie(&mut self, name: &str, number: u64, length: SimDuration) {
        let seconds = length.as_secs_f64();
        self.add_header("Set-Cookie", &format!("{name}={}; Max-Age={seconds}; Path=/", cookie::seal(number)));
    }
}
