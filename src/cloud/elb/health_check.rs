//! Health checks. The control plane asks; what a server answers only the data plane knows.
//!
//! Each node of a load balancer checks all targets of a target group in one round per interval. A round that changes nothing leaves no
//! trace, so that a quiet day costs little.
use super::target::{Target, unused_reason};
use super::{Due, Elb};
use crate::api::ApiError;
use crate::api::elbv2::{CreateTargetGroupInput, Matcher, ModifyTargetGroupInput};
use crate::cloud::ec2::security_group::Visitor;
use crate::cloud::{Context, Fact, Region, Zone};
use crate::sim::SimDuration;

/// How health is checked.
#[derive(Clone, Debug, PartialEq)]
pub struct HealthCheck {
    /// The page that is asked for.
    pub path: String,
    /// The port that is asked; none for the one that the target gets requests on (`traffic-port`).
    pub port: Option<i64>,
    /// The time between two checks.
    pub interval: SimDuration,
    /// How long an answer may take.
    pub timeout: SimDuration,
    /// How many good answers in a row make an unhealthy target healthy.
    pub healthy_threshold: i64,
    /// How many bad ones make a healthy target unhealthy.
    pub unhealthy_threshold: i64,
    /// The status codes that are good, such as `200` or `200-299`.
    pub matcher: String,
}

/// What one node's checks say of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The node's zone.
    pub zone: Zone,
    /// What they say.
    pub health: Health,
    /// How many answers in a row speak against it.
    pub streak: i64,
}

/// What health checks say of a target.
#[derive(Clone, Debug, PartialEq)]
pub enum Health {
    /// Nothing certain yet.
    Initial,
    /// It is fit.
    Healthy,
    /// It is not.
    Unhealthy {
        /// The reason code, such as `Target.Timeout`.
        reason: &'static str,
        /// The reason in words.
        description: String,
    },
}

/// The health checks that a node makes at a time; they wait for their answers.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeRound {
    /// The region.
    pub region: &'static str,
    /// The target group.
    pub target_group_arn: String,
    /// The zone of the node; none for the first check of a new target, which counts for all nodes.
    pub zone: Option<Zone>,
    /// The checks.
    pub probes: Vec<Probe>,
}

/// A health check of one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The number of the target's instance.
    pub instance: u64,
    /// The number of the registration.
    pub registration: u64,
    /// The port that is asked.
    pub port: i64,
    /// Whether the target's security groups let the load balancer in.
    pub is_let_in: bool,
    /// Whether the instance has the page that is asked for.
    pub has_page: bool,
}

/// What a health check met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ProbeAnswer {
    /// An answer with a status code, after a time.
    Status {
        /// The status code.
        code: u16,
        /// How long it took.
        latency: SimDuration,
    },
    /// Nothing listens on the port.
    Refused,
    /// No answer at all.
    Silent,
}

impl HealthCheck {
    /// The checks of a new target group, with AWS's defaults for what is not said. The timeout is 5 s by default: the user guide and real
    /// answers say so, though the API reference says 6.
    pub(super) fn for_new_group(input: &CreateTargetGroupInput) -> Result<Self, ApiError> {
        let by_default = HealthCheck {
            path: "/".into(),
            port: None,
            interval: SimDuration::from_secs(30),
            timeout: SimDuration::from_secs(5),
            healthy_threshold: 5,
            unhealthy_threshold: 2,
            matcher: "200".into(),
        };
        by_default.changed(&ModifyTargetGroupInput {
            health_check_protocol: input.health_check_protocol.clone(),
            health_check_port: input.health_check_port.clone(),
            health_check_enabled: input.health_check_enabled,
            health_check_path: input.health_check_path.clone(),
            health_check_interval_seconds: input.health_check_interval_seconds,
            health_check_timeout_seconds: input.health_check_timeout_seconds,
            healthy_threshold_count: input.healthy_threshold_count,
            unhealthy_threshold_count: input.unhealthy_threshold_count,
            matcher: input.matcher.clone(),
            ..ModifyTargetGroupInput::default()
        })
    }

    /// These checks with what the request changes. The ranges of times and thresholds are those of the published shapes.
    pub(super) fn changed(&self, input: &ModifyTargetGroupInput) -> Result<Self, ApiError> {
        check_protocol(input)?;
        let seconds = |number: Option<i64>, same: SimDuration| {
            number.map_or(same, |number| SimDuration::from_secs(number.unsigned_abs()))
        };
        let check = HealthCheck {
            path: input.health_check_path.clone().unwrap_or_else(|| self.path.clone()),
            port: input.health_check_port.as_deref().map_or(Ok(self.port), read_port)?,
            interval: seconds(input.health_check_interval_seconds, self.interval),
            timeout: seconds(input.health_check_timeout_seconds, self.timeout),
            healthy_threshold: input.healthy_threshold_count.unwrap_or(self.healthy_threshold),
            unhealthy_threshold: input.unhealthy_threshold_count.unwrap_or(self.unhealthy_threshold),
            matcher: input.matcher.as_ref().map_or_else(|| Ok(self.matcher.clone()), read_matcher)?,
        };
        if check.timeout >= check.interval {
            let (timeout, interval) = (check.timeout.as_secs_f64(), check.interval.as_secs_f64());
            let message = format!("Health check timeout '{timeout}' must be smaller than the interval '{interval}'");
            return Err(ApiError::validation(message));
        }
        if !check.path.starts_with('/') {
            // The words are a guess.
            return Err(ApiError::validation(format!("Health check path '{}' must begin with a '/'", check.path)));
        }
        Ok(check)
    }
}

/// "If the target type is instance or ip, health checks are always enabled and can't be disabled." The words of the refusals are guesses.
fn check_protocol(input: &ModifyTargetGroupInput) -> Result<(), ApiError> {
    if input.health_check_enabled == Some(false) {
        return Err(ApiError::validation(
            "Health checks cannot be disabled for a target group with the target type instance",
        ));
    }
    match input.health_check_protocol.as_deref() {
        None | Some("HTTP") => Ok(()),
        Some("HTTPS") => Err(ApiError::not_in_this_lab("A health check over HTTPS")),
        Some(other) => {
            Err(ApiError::validation(format!("Health check protocol '{other}' must be one of 'HTTP, HTTPS'")))
        }
    }
}

fn read_port(text: &str) -> Result<Option<i64>, ApiError> {
    if text == "traffic-port" {
        return Ok(None);
    }
    let port = text.parse().ok().filter(|port| (1..=65_535).contains(port));
    // The words are a guess.
    let message = || format!("Health check port '{text}' must be 'traffic-port' or between '1-65535' inclusive");
    port.map(Some).ok_or_else(|| ApiError::validation(message()))
}

fn read_matcher(matcher: &Matcher) -> Result<String, ApiError> {
    let text = matcher.http_code.clone().unwrap_or_else(|| "200".into());
    let fits = |(low, high): (u16, u16)| 200 <= low && low <= high && high <= 499;
    let parts = codes(&text);
    if parts.len() == text.split(',').count() && parts.into_iter().all(fits) {
        return Ok(text);
    }
    Err(ApiError::validation(format!("Health check matcher HTTP code '{text}' must be within '200-499' inclusive")))
}

impl Elb {
    /// Begins the rounds of health checks anew for every target group of a load balancer.
    pub(super) fn restart_checks_of_balancer(&mut self, context: &mut Context, load_balancer_arn: &str) {
        let groups = self.target_groups.values();
        let its = groups.filter(|group| group.balancer_arn.as_deref() == Some(load_balancer_arn));
        let arns: Vec<String> = its.map(|group| group.arn.clone()).collect();
        arns.iter().for_each(|arn| self.restart_checks(context, arn));
    }

    /// Begins the rounds of health checks anew, one for each node; earlier rounds end. Nodes that are gone are forgotten.
    pub(super) fn restart_checks(&mut self, context: &mut Context, arn: &str) {
        let Some(group) = self.target_groups.get_mut(arn) else { return };
        group.rounds += 1;
        let balancer = group.balancer_arn.as_ref().and_then(|arn| self.load_balancers.get(arn));
        let Some(balancer) = balancer.filter(|balancer| balancer.is_active) else { return };
        for node in &balancer.zones {
            let offset = context.next_random("elb.round").below(group.check.interval.as_micros());
            let due = Due::HealthCheckRound {
                target_group_arn: arn.to_owned(),
                zone: node.zone.clone(),
                rounds: group.rounds,
            };
            context.schedule_in(SimDuration::from_micros(offset), due);
        }
        for target in &mut group.targets {
            target.views.retain(|view| balancer.has_zone(&view.zone));
        }
        let unchecked: Vec<u64> =
            group.targets.iter().filter(|target| target.views.is_empty()).map(|target| target.registration).collect();
        unchecked.iter().for_each(|registration| self.schedule_first_check(context, arn, *registration));
    }

    /// A new target is checked soon, and then in every round.
    pub(super) fn schedule_first_check(&self, context: &mut Context, arn: &str, registration: u64) {
        let Some(group) = self.target_groups.get(arn) else { return };
        if self.balancer_of(group).is_none_or(|balancer| !balancer.is_active) {
            return;
        }
        let third = group.check.interval.as_micros() / 3;
        let offset = context.random("elb.first_check", registration).below(third);
        context.schedule_in(
            SimDuration::from_micros(offset),
            Due::FirstHealthCheck { target_group_arn: arn.to_owned(), registration },
        );
    }

    /// Puts an end to a wait for an answer: the target's health is decided.
    pub(super) fn decide_health(
        &mut self,
        context: &mut Context,
        arn: &str,
        registration: u64,
        (zone, health): (Option<&Zone>, &Health),
    ) {
        let Some(group) = self.target_groups.get_mut(arn) else { return };
        let slow_start = group.slow_start();
        let has_grown = |target: &Target| {
            let begun = target.growing_since.map_or(context.now.since(context.now), |since| context.now.since(since));
            *target.health() == Health::Healthy && (target.growing_since.is_none() || begun >= slow_start)
        };
        // "When you register targets with an empty target group ... these targets do not enter slow start mode."
        let grows = slow_start > SimDuration::ZERO && group.targets.iter().any(has_grown);
        let name = group.name.clone();
        let found = group.targets.iter_mut().find(|target| target.registration == registration);
        let Some(target) = found.filter(|target| !target.is_draining) else { return };
        let before = target.health().clone();
        for view in target.views.iter_mut().filter(|view| zone.is_none_or(|zone| view.zone == *zone)) {
            view.health = health.clone();
        }
        if *target.health() == before {
            return;
        }
        target.growing_since = (grows && *health == Health::Healthy).then_some(context.now);
        target.cause.into_iter().for_each(|event| context.because_of(event));
        let (state, reason) = match target.health() {
            Health::Initial => ("initial", "Elb.InitialHealthChecking"),
            Health::Healthy => ("healthy", ""),
            Health::Unhealthy { reason, .. } => ("unhealthy", *reason),
        };
        target.cause = Some(context.record(Fact::TargetHealthChanged {
            target_group: name,
            instance_id: target.instance_id.clone(),
            state,
            reason: reason.to_owned(),
        }));
    }
}

impl Region {
    /// A node checks all targets that are in use, and will do so again after the interval.
    pub(super) fn begin_round(&mut self, context: &mut Context, arn: &str, zone: Zone, rounds: u64) {
        let group = self.elb.target_groups.get(arn).filter(|group| group.rounds == rounds);
        let Some(interval) = group.map(|group| group.check.interval) else { return };
        let due = Due::HealthCheckRound { target_group_arn: arn.to_owned(), zone: zone.clone(), rounds };
        context.schedule_in(interval, due);
        self.probe(context, arn, Some(zone), |_| true);
    }

    /// A new target is checked for the first time, unless a round has done so already.
    pub(super) fn begin_first_check(&mut self, context: &mut Context, arn: &str, registration: u64) {
        self.probe(context, arn, None, |target| target.registration == registration && target.views.is_empty());
    }

    /// Puts health checks out for the wanted targets that are in use; what is known of those that are not is forgotten.
    fn probe(&mut self, context: &Context, arn: &str, zone: Option<Zone>, is_wanted: impl Fn(&Target) -> bool) {
        let Some(group) = self.elb.target_groups.get(arn) else { return };
        let Some(balancer) = self.elb.balancer_of(group) else { return };
        let is_wanted = |target: &&Target| !target.is_draining && is_wanted(target);
        let page = group.check.path.split('?').next().unwrap_or_default();
        let (mut probes, mut unused) = (Vec::with_capacity(group.targets.len()), Vec::new());
        // Most targets have the security groups of the one before them.
        let mut known: Option<(&[String], i64, bool)> = None;
        for target in group.targets.iter().filter(is_wanted) {
            let instance = self.ec2.instances.get(&target.instance_id);
            let Some(instance) = instance.filter(|it| unused_reason(Some(balancer), Some(it)).is_none()) else {
                unused.push(target.registration);
                continue;
            };
            let port = group.check.port.unwrap_or(target.port);
            let groups = instance.security_groups.as_slice();
            let is_let_in = match known {
                Some((same, on, is_let_in)) if same == groups && on == port => is_let_in,
                _ => self.ec2.lets_in(groups, Visitor::MemberOf(&balancer.security_groups), port),
            };
            known = Some((groups, port, is_let_in));
            let has_page = instance.disk.page(page).is_some();
            let registration = target.registration;
            probes.push(Probe { instance: instance.number, registration, port, is_let_in, has_page });
        }
        if !probes.is_empty() {
            let (region, target_group_arn) = (context.region.name, arn.to_owned());
            self.elb.probes.push(ProbeRound { region, target_group_arn, zone, probes });
        }
        if let (false, Some(group)) = (unused.is_empty(), self.elb.target_groups.get_mut(arn)) {
            let is_unused = |target: &&mut Target| unused.contains(&target.registration);
            group.targets.iter_mut().filter(is_unused).for_each(Target::forget_health);
        }
    }

    /// Judges the targets by the answers. What an answer changes changes when it has come, or when the wait for it is over.
    pub(in crate::cloud) fn probes_answered(
        &mut self,
        context: &mut Context,
        round: &ProbeRound,
        answers: &[ProbeAnswer],
    ) {
        let Some(group) = self.elb.target_groups.get_mut(&round.target_group_arn) else { return };
        let balancer = group.balancer_arn.as_ref().and_then(|arn| self.elb.load_balancers.get(arn));
        let all_zones = balancer.into_iter().flat_map(|balancer| balancer.zones.iter().map(|node| &node.zone));
        let zones: Vec<&Zone> = round.zone.as_ref().map_or_else(|| all_zones.collect(), |zone| vec![zone]);
        let mut decided = Vec::new();
        let (check, mut targets) = (&group.check, group.targets.iter_mut());
        let good_codes = codes(&check.matcher);
        // Both lists are in the order of registration, so one walk finds every target.
        for (probe, answer) in round.probes.iter().zip(answers) {
            let Some(target) = targets.find(|target| target.registration == probe.registration) else { return };
            let failure = failure(check, &good_codes, *answer);
            let views = zones.iter().filter_map(|zone| judge(view_of(target, zone), failure.as_ref(), check));
            if let Some(health) = views.last() {
                decided.push((probe.registration, health, wait(check, *answer)));
            }
        }
        for (registration, health, wait) in decided {
            let (arn, zone) = (&round.target_group_arn, round.zone.clone());
            if wait == SimDuration::ZERO {
                self.elb.decide_health(context, arn, registration, (zone.as_ref(), &health));
            } else {
                let target_group_arn = arn.clone();
                context.schedule_in(wait, Due::HealthDecided { target_group_arn, registration, zone, health });
            }
        }
    }
}

/// What is wrong with an answer: the reason code and the reason in words.
type Failure = (&'static str, String);

fn failure(check: &HealthCheck, good_codes: &[(u16, u16)], answer: ProbeAnswer) -> Option<Failure> {
    match answer {
        ProbeAnswer::Silent => Some(("Target.Timeout", "Request timed out".into())),
        ProbeAnswer::Refused => Some(("Target.FailedHealthChecks", "Health checks failed".into())),
        ProbeAnswer::Status { latency, .. } if latency > check.timeout => {
            Some(("Target.Timeout", "Request timed out".into()))
        }
        ProbeAnswer::Status { code, .. } if !good_codes.iter().any(|(low, high)| (*low..=*high).contains(&code)) => {
            Some(("Target.ResponseCodeMismatch", format!("Health checks failed with these codes: [{code}]")))
        }
        ProbeAnswer::Status { .. } => None,
    }
}

/// How long the node waits until it knows.
fn wait(check: &HealthCheck, answer: ProbeAnswer) -> SimDuration {
    match answer {
        ProbeAnswer::Silent => check.timeout,
        ProbeAnswer::Refused => SimDuration::ZERO,
        ProbeAnswer::Status { latency, .. } => latency.min(check.timeout),
    }
}

/// The first and the last code of each part of a matcher such as `200,301-303`; none of a part that is no such thing.
fn codes(matcher: &str) -> Vec<(u16, u16)> {
    let part = |part: &str| {
        let (low, high) = part.split_once('-').unwrap_or((part, part));
        Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
    };
    matcher.split(',').filter_map(part).collect()
}

fn view_of<'a>(target: &'a mut Target, zone: &Zone) -> &'a mut View {
    let place = target.views.iter().position(|view| view.zone == *zone).unwrap_or_else(|| {
        target.views.push(View { zone: zone.clone(), health: Health::Initial, streak: 0 });
        target.views.len() - 1
    });
    &mut target.views[place]
}

/// What a node finds of a target from now on, if the answer changes that. A new target needs one good answer, whatever the threshold.
fn judge(view: &mut View, failure: Option<&Failure>, check: &HealthCheck) -> Option<Health> {
    if let (Health::Unhealthy { reason, description }, Some(failure)) = (&view.health, failure) {
        view.streak = 0;
        // The last failure is the one that is shown.
        return ((*reason, description) != (failure.0, &failure.1)).then(|| Health::from(failure));
    }
    let speaks_against = match view.health {
        Health::Initial => true,
        Health::Healthy => failure.is_some(),
        Health::Unhealthy { .. } => failure.is_none(),
    };
    view.streak = if speaks_against { view.streak + 1 } else { 0 };
    let needed = match (&view.health, failure) {
        (Health::Initial, None) => 1,
        (_, None) => check.healthy_threshold,
        (_, Some(_)) => check.unhealthy_threshold,
    };
    if !speaks_against || view.streak < needed {
        return None;
    }
    view.streak = 0;
    Some(failure.map_or(Health::Healthy, Health::from))
}

impl From<&Failure> for Health {
    fn from((reason, description): &Failure) -> Self {
        Health::Unhealthy { reason, description: description.clone() }
    }
}
