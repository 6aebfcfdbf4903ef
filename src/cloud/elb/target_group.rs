//! Target groups: where requests may go, and how their health is checked.
use super::{Due, Elb};
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, CreateTargetGroupInput, CreateTargetGroupOutput, DeleteTargetGroupInput, DeregisterTargetsInput,
    DescribeTargetGroupsInput, DescribeTargetGroupsOutput, DescribeTargetHealthInput, DescribeTargetHealthOutput,
    Matcher, RegisterTargetsInput, TargetDescription, TargetHealth, TargetHealthDescription,
};
use crate::cloud::Context;
use crate::cloud::ec2::{Ec2, InstanceState};
use crate::sim::SimDuration;

/// A target group.
#[derive(Clone, Debug)]
pub struct TargetGroup {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// The port that targets are asked on unless they say otherwise.
    pub port: i64,
    /// The network its targets are in.
    pub vpc_id: String,
    /// How health is checked.
    pub check: HealthCheck,
    /// How long a target that leaves may finish its requests.
    pub deregistration_delay: SimDuration,
    /// How the next target is chosen.
    pub algorithm: Algorithm,
    /// Its targets in the order in which they were registered.
    pub targets: Vec<Target>,
}

/// How health is checked.
#[derive(Clone, Debug, PartialEq)]
pub struct HealthCheck {
    /// The page that is asked for.
    pub path: String,
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

/// How the next target is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// One after the other.
    RoundRobin,
    /// The one with the fewest requests under way.
    LeastOutstandingRequests,
}

/// A registered instance.
#[derive(Clone, Debug)]
pub struct Target {
    /// The instance.
    pub instance_id: String,
    /// The port it is asked on.
    pub port: i64,
    /// The number of this registration.
    pub registration: u64,
    /// What the checks say of it.
    pub health: Health,
    /// How many answers in a row speak against its state.
    pub streak: i64,
}

/// What health checks say of a target.
#[derive(Clone, Debug, PartialEq)]
pub enum Health {
    /// Nothing yet.
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
    /// It leaves and finishes what it has begun.
    Draining,
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

impl Algorithm {
    /// AWS's name of the algorithm.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::RoundRobin => "round_robin",
            Algorithm::LeastOutstandingRequests => "least_outstanding_requests",
        }
    }
}

impl TargetGroup {
    /// The part of the ARN that CloudWatch uses: `targetgroup/<name>/<id>`.
    pub fn metric_dimension(&self) -> &str {
        self.arn.rsplit_once(':').map_or("", |(_, suffix)| suffix)
    }

    /// The registration of the instance.
    pub fn target(&self, instance_id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.instance_id == instance_id)
    }

    pub(super) fn target_mut(&mut self, instance_id: &str, registration: u64) -> Option<&mut Target> {
        self.targets.iter_mut().find(|target| target.instance_id == instance_id && target.registration == registration)
    }

    fn shape(&self, load_balancer_arns: Vec<String>) -> api::TargetGroup {
        let whole = |length: SimDuration| (length.as_micros() / 1_000_000) as i64;
        api::TargetGroup {
            target_group_arn: self.arn.clone(),
            target_group_name: self.name.clone(),
            protocol: "HTTP".into(),
            port: self.port,
            vpc_id: self.vpc_id.clone(),
            health_check_protocol: "HTTP".into(),
            health_check_port: "traffic-port".into(),
            health_check_enabled: true,
            health_check_interval_seconds: whole(self.check.interval),
            health_check_timeout_seconds: whole(self.check.timeout),
            healthy_threshold_count: self.check.healthy_threshold,
            unhealthy_threshold_count: self.check.unhealthy_threshold,
            health_check_path: self.check.path.clone(),
            matcher: Matcher { http_code: Some(self.check.matcher.clone()) },
            load_balancer_arns,
            target_type: "instance".into(),
            protocol_version: "HTTP1".into(),
            ip_address_type: "ipv4".into(),
        }
    }
}

impl TargetState {
    fn new(state: &'static str, reason: &'static str, description: &str) -> Self {
        TargetState { state, reason, description: description.to_owned() }
    }
}

impl Elb {
    /// The target group of this ARN.
    ///
    /// # Errors
    /// `TargetGroupNotFound`.
    pub fn target_group(&self, arn: &str) -> Result<&TargetGroup, ApiError> {
        self.target_groups.get(arn).ok_or_else(not_found)
    }

    pub(super) fn target_group_mut(&mut self, arn: &str) -> Result<&mut TargetGroup, ApiError> {
        self.target_groups.get_mut(arn).ok_or_else(not_found)
    }

    /// The state of a target as AWS shows it; none if the instance is not registered.
    pub fn target_state(&self, ec2: &Ec2, arn: &str, instance_id: &str) -> Option<TargetState> {
        let target = self.target_groups.get(arn)?.target(instance_id)?;
        if target.health == Health::Draining {
            let description = "Target deregistration is in progress";
            return Some(TargetState::new("draining", "Target.DeregistrationInProgress", description));
        }
        Some(self.unused_reason(ec2, arn, instance_id).unwrap_or_else(|| match &target.health {
            Health::Initial => {
                TargetState::new("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
            }
            Health::Healthy => TargetState::new("healthy", "", ""),
            Health::Unhealthy { reason, description } => TargetState::new("unhealthy", reason, description),
            Health::Draining => TargetState::new("draining", "Target.DeregistrationInProgress", ""),
        }))
    }

    /// Why a registered instance gets no traffic and no health checks, if it does not.
    fn unused_reason(&self, ec2: &Ec2, arn: &str, instance_id: &str) -> Option<TargetState> {
        let balancers = self.balancers_of(arn);
        let Some(balancer) = balancers.first().and_then(|arn| self.load_balancers.get(arn)) else {
            let description = "Target group is not configured to receive traffic from the load balancer";
            return Some(TargetState::new("unused", "Target.NotInUse", description));
        };
        let instance = ec2.instances.get(instance_id);
        match instance.map(|instance| instance.state) {
            Some(InstanceState::Running { .. } | InstanceState::Pending) => {}
            Some(InstanceState::Stopped | InstanceState::Stopping) => {
                return Some(TargetState::new("unused", "Target.InvalidState", "Target is in the stopped state"));
            }
            Some(InstanceState::ShuttingDown | InstanceState::Terminated) | None => {
                return Some(TargetState::new("unused", "Target.InvalidState", "Target is in the terminated state"));
            }
        }
        let in_zone = instance.is_some_and(|instance| balancer.has_zone(&instance.zone));
        let description = "Target is in an Availability Zone that is not enabled for the load balancer";
        (!in_zone).then(|| TargetState::new("unused", "Target.NotInUse", description))
    }

    /// The instances that requests go to: the healthy targets, or all that are in use if none is healthy (fail open).
    pub fn routable_targets(&self, ec2: &Ec2, arn: &str) -> Vec<String> {
        let Some(group) = self.target_groups.get(arn) else { return Vec::new() };
        let state =
            |target: &Target| self.target_state(ec2, arn, &target.instance_id).map_or("unused", |state| state.state);
        let states: Vec<(&Target, &str)> = group.targets.iter().map(|target| (target, state(target))).collect();
        let some_healthy = states.iter().any(|(_, state)| *state == "healthy");
        let is_fit =
            |state: &str| state == "healthy" || (!some_healthy && (state == "unhealthy" || state == "initial"));
        states.iter().filter(|(_, state)| is_fit(state)).map(|(target, _)| target.instance_id.clone()).collect()
    }

    pub(super) fn create_target_group(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: CreateTargetGroupInput,
    ) -> Result<CreateTargetGroupOutput, ApiError> {
        check_name("Target group name", &input.name)?;
        let protocol = input.protocol.as_deref().unwrap_or("HTTP");
        if protocol != "HTTP" || input.target_type.as_deref().is_some_and(|kind| kind != "instance") {
            return Err(ApiError::not_in_this_lab("A target group that is not of instances over HTTP"));
        }
        let check = checked_health_check(&input)?;
        let port = input.port.ok_or_else(|| ApiError::validation("A port must be specified"))?;
        let vpc_id = input.vpc_id.ok_or_else(|| ApiError::validation("A VPC ID must be specified"))?;
        if vpc_id != ec2.network.vpc_id {
            return Err(ApiError::validation(format!("The VPC ID '{vpc_id}' is not found")));
        }
        if let Some(known) = self.target_groups.values().find(|known| known.name == input.name) {
            let message =
                format!("A target group with the same name '{}' exists, but with different settings", input.name);
            return match (known.port, &known.check) == (port, &check) {
                true => Ok(CreateTargetGroupOutput { target_groups: vec![known.shape(self.balancers_of(&known.arn))] }),
                false => Err(ApiError::new("DuplicateTargetGroupName", message)),
            };
        }
        let id = context.next_random("elb.target_group").hex(16);
        let group = TargetGroup {
            arn: context.arn("elasticloadbalancing", &format!("targetgroup/{}/{id}", input.name)),
            name: input.name,
            port,
            vpc_id,
            check,
            deregistration_delay: SimDuration::from_secs(300),
            algorithm: Algorithm::RoundRobin,
            targets: Vec::new(),
        };
        let target_groups = vec![group.shape(Vec::new())];
        self.target_groups.insert(group.arn.clone(), group);
        Ok(CreateTargetGroupOutput { target_groups })
    }

    pub(super) fn describe_target_groups(
        &self,
        input: &DescribeTargetGroupsInput,
    ) -> Result<DescribeTargetGroupsOutput, ApiError> {
        input.target_group_arns.iter().try_for_each(|arn| self.target_group(arn).map(|_| ()))?;
        if input.names.iter().any(|name| !self.target_groups.values().any(|known| known.name == *name)) {
            return Err(not_found());
        }
        let mut target_groups = Vec::new();
        for group in self.target_groups.values() {
            let balancers = self.balancers_of(&group.arn);
            let wanted = (input.target_group_arns.is_empty() || input.target_group_arns.contains(&group.arn))
                && (input.names.is_empty() || input.names.contains(&group.name))
                && input.load_balancer_arn.as_ref().is_none_or(|arn| balancers.contains(arn));
            if wanted {
                target_groups.push(group.shape(balancers));
            }
        }
        Ok(DescribeTargetGroupsOutput { target_groups, next_marker: None })
    }

    pub(super) fn delete_target_group(&mut self, input: &DeleteTargetGroupInput) -> Result<(), ApiError> {
        let arn = &input.target_group_arn;
        if !self.balancers_of(arn).is_empty() {
            let message = format!("Target group '{arn}' is currently in use by a listener or a rule");
            return Err(ApiError::new("ResourceInUse", message));
        }
        self.target_groups.remove(arn).map(|_| ()).ok_or_else(not_found)
    }

    pub(super) fn register_targets(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: &RegisterTargetsInput,
    ) -> Result<(), ApiError> {
        let port = self.target_group(&input.target_group_arn)?.port;
        let runs = |id: &str| ec2.instances.get(id).is_some_and(|instance| instance.is_running());
        if let Some(target) = input.targets.iter().find(|target| !runs(&target.id)) {
            let message =
                format!("The following targets are not in a running state and cannot be registered: '{}'", target.id);
            return Err(ApiError::new("InvalidTarget", message));
        }
        for target in &input.targets {
            self.register_on(context, &input.target_group_arn, &target.id, target.port.unwrap_or(port));
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
        if group.target(instance_id).is_some_and(|target| target.health != Health::Draining) {
            return;
        }
        group.targets.retain(|target| target.instance_id != instance_id);
        let registration = context.new_number("elb.registration");
        group.targets.push(Target {
            instance_id: instance_id.to_owned(),
            port,
            registration,
            health: Health::Initial,
            streak: 0,
        });
        let interval = group.check.interval;
        let offset = context.random("elb.first_check", registration).below(interval.as_micros() / 3);
        let due =
            Due::HealthCheck { target_group_arn: arn.to_owned(), instance_id: instance_id.to_owned(), registration };
        context.schedule_in(SimDuration::from_micros(offset), due);
    }

    pub(super) fn deregister_targets(
        &mut self,
        context: &mut Context,
        input: &DeregisterTargetsInput,
    ) -> Result<(), ApiError> {
        self.target_group(&input.target_group_arn)?;
        for target in &input.targets {
            self.deregister(context, &input.target_group_arn, &target.id);
        }
        Ok(())
    }

    /// Begins to take an instance out, and says how long it may take to finish its requests.
    pub fn deregister(&mut self, context: &mut Context, arn: &str, instance_id: &str) -> SimDuration {
        let is_used = !self.balancers_of(arn).is_empty();
        let Some(group) = self.target_groups.get_mut(arn) else { return SimDuration::ZERO };
        let delay = if is_used { group.deregistration_delay } else { SimDuration::ZERO };
        let Some(target) = group.targets.iter_mut().find(|target| target.instance_id == instance_id) else {
            return SimDuration::ZERO;
        };
        target.health = Health::Draining;
        let due = Due::DeregistrationEnds {
            target_group_arn: arn.to_owned(),
            instance_id: instance_id.to_owned(),
            registration: target.registration,
        };
        context.schedule_in(delay, due);
        delay
    }

    pub(super) fn end_deregistration(&mut self, arn: &str, instance_id: &str, registration: u64) {
        if let Some(group) = self.target_groups.get_mut(arn) {
            let leaves = |target: &Target| target.instance_id == instance_id && target.registration == registration;
            group.targets.retain(|target| !leaves(target));
        }
    }

    pub(super) fn describe_target_health(
        &self,
        ec2: &Ec2,
        input: &DescribeTargetHealthInput,
    ) -> Result<DescribeTargetHealthOutput, ApiError> {
        let group = self.target_group(&input.target_group_arn)?;
        let wanted =
            |target: &&Target| input.targets.is_empty() || input.targets.iter().any(|one| one.id == target.instance_id);
        let mut target_health_descriptions = Vec::new();
        for target in group.targets.iter().filter(wanted) {
            let Some(state) = self.target_state(ec2, &group.arn, &target.instance_id) else { continue };
            let explained = state.state != "healthy";
            target_health_descriptions.push(TargetHealthDescription {
                target: TargetDescription {
                    id: target.instance_id.clone(),
                    port: Some(target.port),
                    availability_zone: None,
                },
                health_check_port: target.port.to_string(),
                target_health: TargetHealth {
                    state: state.state.into(),
                    reason: explained.then(|| state.reason.into()),
                    description: explained.then_some(state.description),
                },
            });
        }
        Ok(DescribeTargetHealthOutput { target_health_descriptions })
    }
}

fn checked_health_check(input: &CreateTargetGroupInput) -> Result<HealthCheck, ApiError> {
    let (interval, timeout) =
        (input.health_check_interval_seconds.unwrap_or(30), input.health_check_timeout_seconds.unwrap_or(5));
    if timeout >= interval {
        let message = format!("Health check timeout '{timeout}' must be smaller than the interval '{interval}'");
        return Err(ApiError::validation(message));
    }
    let seconds = |number: i64| SimDuration::from_secs(number.unsigned_abs());
    let matcher = input.matcher.as_ref().and_then(|matcher| matcher.http_code.clone());
    Ok(HealthCheck {
        path: input.health_check_path.clone().unwrap_or_else(|| "/".into()),
        interval: seconds(interval.max(1)),
        timeout: seconds(timeout),
        healthy_threshold: input.healthy_threshold_count.unwrap_or(5),
        unhealthy_threshold: input.unhealthy_threshold_count.unwrap_or(2),
        matcher: matcher.unwrap_or_else(|| "200".into()),
    })
}

/// Refuses a name that is too long or has letters that a DNS name cannot have.
pub(super) fn check_name(what: &str, name: &str) -> Result<(), ApiError> {
    let problem = if name.chars().count() > 32 {
        "cannot be longer than '32' characters"
    } else if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
        "can only contain characters that are alphanumeric characters or hyphens(-)"
    } else if name.starts_with('-') || name.ends_with('-') {
        "cannot begin or end with '-'"
    } else {
        return Ok(());
    };
    Err(ApiError::validation(format!("{what} '{name}' {problem}")))
}

fn not_found() -> ApiError {
    ApiError::new("TargetGroupNotFound", "One or more target groups not found")
}
