//! Health checks. The control plane asks; what a server answers only the data plane knows.
use super::target_group::Health;
use super::{Due, Target, TargetGroup};
use crate::cloud::ec2::security_group::Visitor;
use crate::cloud::{Context, Fact, Region};
use crate::sim::SimDuration;

/// A health check that waits for its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The region.
    pub region: &'static str,
    /// The target group.
    pub target_group_arn: String,
    /// The target's instance.
    pub instance_id: String,
    /// The number of the registration.
    pub registration: u64,
    /// Whether the target's security groups let the load balancer in.
    pub is_let_in: bool,
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

impl Region {
    /// Puts a health check out if the target is in use, and schedules the next one.
    pub(super) fn begin_health_check(
        &mut self,
        context: &mut Context,
        arn: &str,
        instance_id: &str,
        registration: u64,
    ) {
        let state = self.elb.target_state(&self.ec2, arn, instance_id);
        let Some(group) = self.elb.target_groups.get(arn) else { return };
        let Some(target) = group.target(instance_id).filter(|target| target.registration == registration) else {
            return;
        };
        if target.health == Health::Draining {
            return;
        }
        let due =
            Due::HealthCheck { target_group_arn: arn.to_owned(), instance_id: instance_id.to_owned(), registration };
        context.schedule_in(group.check.interval, due);
        let balancer = self.elb.balancers_of(arn).first().and_then(|arn| self.elb.load_balancers.get(arn));
        let Some(balancer) = balancer.filter(|balancer| balancer.is_active) else { return };
        if state.is_none_or(|state| state.state == "unused") {
            return;
        }
        let groups =
            self.ec2.instances.get(instance_id).map(|instance| instance.security_groups.as_slice()).unwrap_or_default();
        let is_let_in = self.ec2.lets_in(groups, Visitor::MemberOf(&balancer.security_groups), target.port);
        self.elb.probes.push(Probe {
            region: context.region.name,
            target_group_arn: arn.to_owned(),
            instance_id: instance_id.to_owned(),
            registration,
            is_let_in,
        });
    }

    /// Judges a target by the answer. Simplified: it is judged at once, not when the answer or the timeout would have come.
    pub(in crate::cloud) fn probe_answered(&mut self, context: &mut Context, probe: &Probe, answer: ProbeAnswer) {
        let Some(group) = self.elb.target_groups.get_mut(&probe.target_group_arn) else { return };
        let failure = failure(group, answer);
        let thresholds = (group.check.healthy_threshold, group.check.unhealthy_threshold);
        let name = group.name.clone();
        let Some(target) = group.target_mut(&probe.instance_id, probe.registration) else { return };
        if let Some((state, reason)) = judge(target, failure, thresholds) {
            let instance_id = probe.instance_id.clone();
            context.record(Fact::TargetHealthChanged { target_group: name, instance_id, state, reason });
        }
    }
}

/// What is wrong with the answer, if anything.
fn failure(group: &TargetGroup, answer: ProbeAnswer) -> Option<(&'static str, String)> {
    match answer {
        ProbeAnswer::Silent => Some(("Target.Timeout", "Request timed out".into())),
        ProbeAnswer::Refused => Some(("Target.FailedHealthChecks", "Health checks failed".into())),
        ProbeAnswer::Status { latency, .. } if latency > group.check.timeout => {
            Some(("Target.Timeout", "Request timed out".into()))
        }
        ProbeAnswer::Status { code, .. } if !matches_code(&group.check.matcher, code) => {
            Some(("Target.ResponseCodeMismatch", format!("Health checks failed with these codes: [{code}]")))
        }
        ProbeAnswer::Status { .. } => None,
    }
}

fn matches_code(matcher: &str, code: u16) -> bool {
    matcher.split(',').any(|part| match part.trim().split_once('-') {
        Some((low, high)) => {
            low.parse().is_ok_and(|low: u16| low <= code) && high.parse().is_ok_and(|high: u16| code <= high)
        }
        None => part.trim().parse() == Ok(code),
    })
}

/// The new state and its reason, if the answer changes the state. A new target needs one good answer, whatever the threshold.
fn judge(
    target: &mut Target,
    failure: Option<(&'static str, String)>,
    (up, down): (i64, i64),
) -> Option<(&'static str, String)> {
    let speaks_against = match target.health {
        Health::Draining => return None,
        Health::Initial => true,
        Health::Healthy => failure.is_some(),
        Health::Unhealthy { .. } => failure.is_none(),
    };
    target.streak = if speaks_against { target.streak + 1 } else { 0 };
    let needed = match (&target.health, &failure) {
        (Health::Initial, None) => 1,
        (_, None) => up,
        (_, Some(_)) => down,
    };
    if !speaks_against || target.streak < needed {
        return None;
    }
    target.streak = 0;
    match failure {
        None => {
            target.health = Health::Healthy;
            Some(("healthy", String::new()))
        }
        Some((reason, description)) => {
            target.health = Health::Unhealthy { reason, description };
            Some(("unhealthy", reason.to_owned()))
        }
    }
}
