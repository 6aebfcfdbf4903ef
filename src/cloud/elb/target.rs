//! Targets: registered instances, their health as the nodes see it, and how AWS shows it.
use super::health_check::{Health, View};
use super::{Due, Elb, LoadBalancer, TargetGroup};
use crate::api::ApiError;
use crate::api::elbv2::{
    AnomalyDetection, DeregisterTargetsInput, DeregisterTargetsOutput, DescribeTargetHealthInput,
    DescribeTargetHealthOutput, RegisterTargetsInput, RegisterTargetsOutput, TargetDescription, TargetHealth,
    TargetHealthDescription,
};
use crate::cloud::ec2::{Ec2, Instance, InstanceState};
use crate::cloud::{Context, EventId, Fact};
use crate::sim::{SimDuration, SimTime};

/// A registered instance.
#[derive(Clone, Debug)]
pub struct Target {
    /// The instance.
    pub instance_id: String,
    /// The port it is asked on.
    pub port: i64,
    /// The number of this registration.
    pub registration: u64,
    /// What each node's checks say of it; a node that has not checked it yet is missing.
    pub views: Vec<View>,
    /// Whether it leaves and finishes what it has begun.
    pub is_draining: bool,
    /// Since when its share of the requests grows, if it became healthy while others already worked (slow start).
    pub growing_since: Option<SimTime>,
    /// Whether the load balancer took it for anomalous at the end of the last minute.
    pub is_anomalous: bool,
    /// Whether it sent it less for that.
    pub is_mitigated: bool,
    /// The event that last changed its health.
    pub cause: Option<EventId>,
}

/// A target's state as AWS shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetState {
    /// The state, such as `healthy`.
    pub state: &'static str,
    /// The reason code; empty for a healthy target.
    pub reason: &'static str,
    /// The reason in words.
    pub description: String,
}

impl TargetState {
    pub(super) fn new(state: &'static str, reason: &'static str, description: &str) -> Self {
        TargetState { state, reason, description: description.to_owned() }
    }

    fn shape(self) -> TargetHealth {
        let explained = self.state != "healthy";
        TargetHealth {
            state: self.state.into(),
            reason: explained.then(|| self.reason.into()),
            description: explained.then_some(self.description),
        }
    }
}

impl Target {
    /// What the nodes' checks say together. AWS does not say how it sums them up; a guess: healthy as long as one node finds it so, else
    /// unhealthy as soon as one does.
    pub fn health(&self) -> &Health {
        let is_healthy = |view: &&View| view.health == Health::Healthy;
        let is_unhealthy = |view: &&View| matches!(view.health, Health::Unhealthy { .. });
        let found = self.views.iter().find(is_healthy).or_else(|| self.views.iter().find(is_unhealthy));
        found.map_or(&Health::Initial, |view| &view.health)
    }

    /// Begins anew, as after its registration.
    pub(super) fn forget_health(&mut self) {
        self.views.clear();
        self.growing_since = None;
    }

    /// The state of a target that health checks are made of.
    fn checked_state(&self) -> TargetState {
        match self.health() {
            Health::Initial if self.views.is_empty() => {
                TargetState::new("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
            }
            Health::Initial => {
                TargetState::new("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
            }
            Health::Healthy => TargetState::new("healthy", "", ""),
            Health::Unhealthy { reason, description } => TargetState::new("unhealthy", reason, description),
        }
    }
}

/// Why a registered instance gets no traffic and no health checks behind a target group's load balancer, if it does not: the reason code
/// and the reason in words.
pub(super) fn unused_reason(
    balancer: Option<&LoadBalancer>,
    instance: Option<&Instance>,
) -> Option<(&'static str, &'static str)> {
    let Some(balancer) = balancer else {
        return Some(("Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"));
    };
    match instance.map(|instance| (instance.state, &instance.zone)) {
        Some((InstanceState::Running { .. } | InstanceState::Pending, zone)) if balancer.has_zone(zone) => None,
        Some((InstanceState::Running { .. } | InstanceState::Pending, _)) => {
            Some(("Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer"))
        }
        Some((InstanceState::Stopped | InstanceState::Stopping, _)) => {
            Some(("Target.InvalidState", "Target is in the stopped state"))
        }
        Some((InstanceState::ShuttingDown | InstanceState::Terminated, _)) | None => {
            Some(("Target.InvalidState", "Target is in the terminated state"))
        }
    }
}

impl Elb {
    /// The state of a target as AWS shows it; none if the instance is not registered.
    pub fn target_state(&self, ec2: &Ec2, arn: &str, instance_id: &str) -> Option<TargetState> {
        let group = self.target_groups.get(arn)?;
        Some(self.state_of(ec2, group, group.target(instance_id)?))
    }

    /// The state of a target as AWS shows it.
    pub fn state_of(&self, ec2: &Ec2, group: &TargetGroup, target: &Target) -> TargetState {
        if target.is_draining {
            let description = "Target deregistration is in progress";
            return TargetState::new("draining", "Target.DeregistrationInProgress", description);
        }
        let unused = unused_reason(self.balancer_of(group), ec2.instances.get(&target.instance_id));
        unused.map_or_else(|| target.checked_state(), |(code, words)| TargetState::new("unused", code, words))
    }

    /// The load balancer of a target group, if it has one.
    pub fn balancer_of(&self, group: &TargetGroup) -> Option<&LoadBalancer> {
        group.balancer_arn.as_ref().and_then(|arn| self.load_balancers.get(arn))
    }

    pub(super) fn register_targets(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: &RegisterTargetsInput,
    ) -> Result<RegisterTargetsOutput, ApiError> {
        let group = self.target_group(&input.target_group_arn)?;
        let port = group.port;
        check_targets(ec2, group, &input.targets)?;
        self.check_room(context, group, &input.targets)?;
        for target in &input.targets {
            self.register_on(context, &input.target_group_arn, &target.id, target.port.unwrap_or(port));
        }
        Ok(RegisterTargetsOutput {})
    }

    fn check_room(&self, context: &Context, group: &TargetGroup, new: &[TargetDescription]) -> Result<(), ApiError> {
        let quotas = &context.quotas().elb;
        let is_new = |one: &&TargetDescription| {
            !group
                .targets
                .iter()
                .any(|known| known.instance_id == one.id && known.port == one.port.unwrap_or(group.port))
        };
        let new = new.iter().filter(is_new).count();
        let behind = group.balancer_arn.as_ref().map_or(0, |arn| {
            let groups = self.target_groups.values().filter(|group| group.balancer_arn.as_ref() == Some(arn));
            groups.map(|group| group.targets.len()).sum()
        });
        if group.targets.len() + new > quotas.targets_per_target_group
            || behind + new > quotas.targets_per_load_balancer
        {
            // The words are a guess.
            return Err(ApiError::new("TooManyTargets", "The maximum number of targets has been reached"));
        }
        Ok(())
    }

    /// Registers an instance on the group's port. One that is registered already stays as it is.
    pub fn register(&mut self, context: &mut Context, arn: &str, instance_id: &str) {
        if let Some(port) = self.target_groups.get(arn).map(|group| group.port) {
            self.register_on(context, arn, instance_id, port);
        }
    }

    fn register_on(&mut self, context: &mut Context, arn: &str, instance_id: &str, port: i64) {
        let Some(group) = self.target_groups.get_mut(arn) else { return };
        let is_it = |target: &Target| target.instance_id == instance_id && target.port == port;
        if group.targets.iter().any(|target| is_it(target) && !target.is_draining) {
            return;
        }
        group.targets.retain(|target| !is_it(target));
        let registration = context.new_number("elb.registration");
        let event = context.record(Fact::TargetHealthChanged {
            target_group: group.name.clone(),
            instance_id: instance_id.to_owned(),
            state: "initial",
            reason: "Elb.RegistrationInProgress".into(),
        });
        group.targets.push(Target {
            instance_id: instance_id.to_owned(),
            port,
            registration,
            views: Vec::new(),
            is_draining: false,
            growing_since: None,
            is_anomalous: false,
            is_mitigated: false,
            cause: Some(event),
        });
        self.schedule_first_check(context, arn, registration);
    }

    /// "If the specified target does not exist, the action returns successfully" (`DeregisterTargets`).
    pub(super) fn deregister_targets(
        &mut self,
        context: &mut Context,
        input: &DeregisterTargetsInput,
    ) -> Result<DeregisterTargetsOutput, ApiError> {
        self.target_group(&input.target_group_arn)?;
        for target in &input.targets {
            self.deregister_on(context, &input.target_group_arn, &target.id, target.port);
        }
        Ok(DeregisterTargetsOutput {})
    }

    /// Begins to take an instance out, and says how long it may take to finish its requests.
    pub fn deregister(&mut self, context: &mut Context, arn: &str, instance_id: &str) -> SimDuration {
        self.deregister_on(context, arn, instance_id, None)
    }

    /// A target is shown as draining for the whole delay, even if it has no request to finish (Edit target group attributes,
    /// "Deregistration delay").
    fn deregister_on(&mut self, context: &mut Context, arn: &str, instance_id: &str, port: Option<i64>) -> SimDuration {
        let Some(group) = self.target_groups.get_mut(arn) else { return SimDuration::ZERO };
        let delay = if group.balancer_arn.is_some() { group.deregistration_delay() } else { SimDuration::ZERO };
        let (name, mut is_found) = (group.name.clone(), false);
        let is_it = |target: &&mut Target| {
            target.instance_id == instance_id && port.is_none_or(|port| port == target.port) && !target.is_draining
        };
        for target in group.targets.iter_mut().filter(is_it) {
            (target.is_draining, is_found) = (true, true);
            target.forget_health();
            target.cause = Some(context.record(Fact::TargetHealthChanged {
                target_group: name.clone(),
                instance_id: instance_id.to_owned(),
                state: "draining",
                reason: "Target.DeregistrationInProgress".into(),
            }));
            let due = Due::DeregistrationEnds { target_group_arn: arn.to_owned(), registration: target.registration };
            context.schedule_in(delay, due);
        }
        if is_found { delay } else { SimDuration::ZERO }
    }

    pub(super) fn end_deregistration(&mut self, context: &mut Context, arn: &str, registration: u64) {
        let Some(group) = self.target_groups.get_mut(arn) else { return };
        let Some(place) = group.targets.iter().position(|target| target.registration == registration) else { return };
        let gone = group.targets.remove(place);
        context.record(not_registered_any_more(group, gone.instance_id));
    }

    /// Forgets an instance that has disappeared for good.
    pub(in crate::cloud) fn forget_instance(&mut self, context: &mut Context, instance_id: &str) {
        for group in self.target_groups.values_mut() {
            let before = group.targets.len();
            group.targets.retain(|target| target.instance_id != instance_id);
            if group.targets.len() < before {
                context.record(not_registered_any_more(group, instance_id.to_owned()));
            }
        }
    }

    pub(super) fn describe_target_health(
        &self,
        ec2: &Ec2,
        input: &DescribeTargetHealthInput,
    ) -> Result<DescribeTargetHealthOutput, ApiError> {
        let group = self.target_group(&input.target_group_arn)?;
        let includes_anomalies = input.include.iter().any(|part| matches!(part.as_str(), "AnomalyDetection" | "All"));
        let describe = |target: &Target| TargetHealthDescription {
            anomaly_detection: includes_anomalies.then(|| anomaly_detection(target)),
            ..self.describe_target(ec2, group, target)
        };
        if input.targets.is_empty() {
            let all = group.targets.iter().map(describe);
            return Ok(DescribeTargetHealthOutput { target_health_descriptions: all.collect() });
        }
        let one = |wanted: &TargetDescription| {
            let port = wanted.port.unwrap_or(group.port);
            let found = group.targets.iter().find(|target| target.instance_id == wanted.id && target.port == port);
            found.map_or_else(|| not_registered(wanted, port), describe)
        };
        Ok(DescribeTargetHealthOutput { target_health_descriptions: input.targets.iter().map(one).collect() })
    }

    fn describe_target(&self, ec2: &Ec2, group: &TargetGroup, target: &Target) -> TargetHealthDescription {
        TargetHealthDescription {
            target: TargetDescription { id: target.instance_id.clone(), port: Some(target.port) },
            health_check_port: Some(group.check.port.unwrap_or(target.port).to_string()),
            target_health: self.state_of(ec2, group, target).shape(),
            anomaly_detection: None,
        }
    }
}

fn anomaly_detection(target: &Target) -> AnomalyDetection {
    AnomalyDetection {
        result: if target.is_anomalous { "anomalous" } else { "normal" }.to_owned(),
        mitigation_in_effect: if target.is_mitigated { "yes" } else { "no" }.to_owned(),
    }
}

fn not_registered_any_more(group: &TargetGroup, instance_id: String) -> Fact {
    let (target_group, reason) = (group.name.clone(), "Target.NotRegistered".to_owned());
    Fact::TargetHealthChanged { target_group, instance_id, state: "unused", reason }
}

fn not_registered(wanted: &TargetDescription, port: i64) -> TargetHealthDescription {
    let description = "Target is not registered to the target group";
    TargetHealthDescription {
        target: TargetDescription { id: wanted.id.clone(), port: Some(port) },
        health_check_port: None,
        target_health: TargetState::new("unused", "Target.NotRegistered", description).shape(),
        anomaly_detection: None,
    }
}

/// Only running instances of the group's network can be registered.
fn check_targets(ec2: &Ec2, group: &TargetGroup, targets: &[TargetDescription]) -> Result<(), ApiError> {
    let of_group = |ids: Vec<&str>, problem: &str| match ids.as_slice() {
        [] => Ok(()),
        ids => Err(ApiError::new("InvalidTarget", format!("The following targets {problem}: '{}'", ids.join("', '")))),
    };
    let ids = || targets.iter().map(|target| target.id.as_str());
    if let Some(id) = ids().find(|id| !ec2.instances.contains_key(*id)) {
        // The words are a guess.
        return Err(ApiError::new("InvalidTarget", format!("Instance ID '{id}' is not valid")));
    }
    let is_running = |id: &&str| ec2.instances.get(*id).is_some_and(|instance| instance.is_running());
    of_group(ids().filter(|id| !is_running(id)).collect(), "are not in a running state and cannot be registered")?;
    let is_inside = |id: &&str| ec2.instances.get(*id).is_some_and(|instance| instance.vpc_id == group.vpc_id);
    let problem = format!("are not in the target group VPC '{}'", group.vpc_id);
    of_group(ids().filter(|id| !is_inside(id)).collect(), &problem)
}
