//! Target groups: where requests may go, and how their health is checked.
use super::health_check::HealthCheck;
use super::setting::{Owner, Settings};
use super::target::Target;
use super::{Elb, check_name};
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, CreateTargetGroupInput, CreateTargetGroupOutput, DeleteTargetGroupInput, DeleteTargetGroupOutput,
    DescribeTargetGroupsInput, DescribeTargetGroupsOutput, Matcher, ModifyTargetGroupInput, ModifyTargetGroupOutput,
    Tag,
};
use crate::cloud::ec2::Ec2;
use crate::cloud::{Context, PageRequest};
use crate::sim::SimDuration;

/// A target group of instances. Simplified: the lab has no groups of addresses, functions or load balancers, and HTTP/1.1 alone.
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
    /// The load balancer that forwards to it, by a listener or a rule.
    pub balancer_arn: Option<String>,
    /// How often its rounds of health checks have begun anew; a timer of earlier ones is stale.
    pub rounds: u64,
    /// Its targets in the order in which they were registered.
    pub targets: Vec<Target>,
    /// Its attributes.
    pub settings: Settings,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// How a visitor comes back to the same target ("Sticky sessions for your Application Load Balancer").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stickiness {
    /// The load balancer's cookie `AWSALB` names it, and holds so long.
    ByBalancer(SimDuration),
    /// It set a cookie of this name; the load balancer's cookie `AWSALBAPP` names it for so long.
    ByApplication {
        /// The name of the application's cookie.
        cookie_name: String,
        /// How long the bond holds.
        length: SimDuration,
    },
}

/// How the next target is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// One after the other.
    RoundRobin,
    /// The one with the fewest requests under way.
    LeastOutstandingRequests,
    /// Any, by chance.
    WeightedRandom {
        /// Whether targets that fail more than the others get less.
        mitigates_anomalies: bool,
    },
}

impl Algorithm {
    /// AWS's name of the algorithm.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::RoundRobin => "round_robin",
            Algorithm::LeastOutstandingRequests => "least_outstanding_requests",
            Algorithm::WeightedRandom { .. } => "weighted_random",
        }
    }
}

impl TargetGroup {
    /// The part of the ARN that CloudWatch uses: `targetgroup/<name>/<id>`.
    pub fn metric_dimension(&self) -> &str {
        self.arn.rsplit_once(':').map_or("", |(_, suffix)| suffix)
    }

    /// The registration of the instance; the first if it is registered with several ports.
    pub fn target(&self, instance_id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.instance_id == instance_id)
    }

    fn shape(&self) -> api::TargetGroup {
        let whole = |time: crate::sim::SimDuration| time.as_secs_f64() as i64;
        api::TargetGroup {
            target_group_arn: self.arn.clone(),
            target_group_name: self.name.clone(),
            protocol: "HTTP".into(),
            port: self.port,
            vpc_id: self.vpc_id.clone(),
            health_check_protocol: "HTTP".into(),
            health_check_port: self.check.port.map_or_else(|| "traffic-port".to_owned(), |port| port.to_string()),
            health_check_enabled: true,
            health_check_interval_seconds: whole(self.check.interval),
            health_check_timeout_seconds: whole(self.check.timeout),
            healthy_threshold_count: self.check.healthy_threshold,
            unhealthy_threshold_count: self.check.unhealthy_threshold,
            health_check_path: self.check.path.clone(),
            matcher: Matcher { http_code: Some(self.check.matcher.clone()) },
            load_balancer_arns: self.balancer_arn.clone().into_iter().collect(),
            target_type: "instance".into(),
            protocol_version: "HTTP1".into(),
            ip_address_type: "ipv4".into(),
        }
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

    /// The ARNs of the load balancers that forward to the target group; there is at most one.
    pub fn balancers_of(&self, target_group_arn: &str) -> Vec<String> {
        let group = self.target_groups.get(target_group_arn);
        group.and_then(|group| group.balancer_arn.clone()).into_iter().collect()
    }

    /// Finds out anew which load balancer forwards to each target group, after a listener or a rule has changed.
    pub(super) fn join_target_groups(&mut self, context: &mut Context) {
        let mut joined = std::collections::BTreeMap::new();
        for listener in self.listeners.values() {
            for arn in listener.rules().flat_map(|rule| rule.action.target_group_arns()) {
                joined.insert(arn.clone(), listener.load_balancer_arn.clone());
            }
        }
        let mut changed = Vec::new();
        for group in self.target_groups.values_mut() {
            let balancer_arn = joined.remove(&group.arn);
            if group.balancer_arn != balancer_arn {
                group.balancer_arn = balancer_arn;
                group.targets.iter_mut().for_each(Target::forget_health);
                changed.push(group.arn.clone());
            }
        }
        changed.iter().for_each(|arn| self.restart_checks(context, arn));
    }

    pub(super) fn create_target_group(
        &mut self,
        context: &mut Context,
        ec2: &Ec2,
        input: CreateTargetGroupInput,
    ) -> Result<CreateTargetGroupOutput, ApiError> {
        check_request(&input)?;
        let check = HealthCheck::for_new_group(&input)?;
        let port = input.port.ok_or_else(|| ApiError::validation("A port must be specified"))?;
        let vpc_id = input.vpc_id.ok_or_else(|| ApiError::validation("A VPC ID must be specified"))?;
        check_vpc(ec2, &vpc_id)?;
        if let Some(known) = self.target_groups.values().find(|known| known.name == input.name) {
            let message =
                format!("A target group with the same name '{}' exists, but with different settings", input.name);
            return match (known.port, &known.check, &known.vpc_id) == (port, &check, &vpc_id) {
                true => Ok(CreateTargetGroupOutput { target_groups: vec![known.shape()] }),
                false => Err(ApiError::new("DuplicateTargetGroupName", message)),
            };
        }
        if self.target_groups.len() >= context.quotas().elb.target_groups {
            // The words are a guess.
            return Err(ApiError::new("TooManyTargetGroups", "The maximum number of target groups has been reached"));
        }
        let id = context.next_random("elb.target_group").hex(16);
        let group = TargetGroup {
            arn: context.arn("elasticloadbalancing", &format!("targetgroup/{}/{id}", input.name)),
            name: input.name,
            port,
            vpc_id,
            check,
            balancer_arn: None,
            rounds: 0,
            targets: Vec::new(),
            settings: Settings::new(Owner::TargetGroup),
            tags: input.tags,
        };
        let target_groups = vec![group.shape()];
        self.target_groups.insert(group.arn.clone(), group);
        Ok(CreateTargetGroupOutput { target_groups })
    }

    pub(super) fn describe_target_groups(
        &self,
        input: &DescribeTargetGroupsInput,
    ) -> Result<DescribeTargetGroupsOutput, ApiError> {
        input.load_balancer_arn.as_deref().map_or(Ok(()), |arn| self.load_balancer(arn).map(|_| ()))?;
        input.target_group_arns.iter().try_for_each(|arn| self.target_group(arn).map(|_| ()))?;
        if input.names.iter().any(|name| !self.target_groups.values().any(|known| known.name == *name)) {
            return Err(not_found());
        }
        let wanted = |group: &&TargetGroup| {
            (input.target_group_arns.is_empty() || input.target_group_arns.contains(&group.arn))
                && (input.names.is_empty() || input.names.contains(&group.name))
                && (input.load_balancer_arn.is_none() || input.load_balancer_arn == group.balancer_arn)
        };
        let found = self.target_groups.values().filter(wanted).map(TargetGroup::shape).collect();
        let page = PageRequest { most: input.page_size, limit: Some(400), token: input.marker.as_deref() };
        let (target_groups, next_marker) = page.cut(found, super::bad_marker)?;
        Ok(DescribeTargetGroupsOutput { target_groups, next_marker })
    }

    pub(super) fn modify_target_group(
        &mut self,
        context: &mut Context,
        input: &ModifyTargetGroupInput,
    ) -> Result<ModifyTargetGroupOutput, ApiError> {
        let group = self.target_group_mut(&input.target_group_arn)?;
        let check = group.check.changed(input)?;
        let is_other_rhythm = check.interval != group.check.interval;
        group.check = check;
        let target_groups = vec![group.shape()];
        if is_other_rhythm {
            self.restart_checks(context, &input.target_group_arn);
        }
        Ok(ModifyTargetGroupOutput { target_groups })
    }

    /// Deletes a target group. One that does not exist is deleted with success: AWS publishes no refusal for it.
    pub(super) fn delete_target_group(
        &mut self,
        input: &DeleteTargetGroupInput,
    ) -> Result<DeleteTargetGroupOutput, ApiError> {
        let arn = &input.target_group_arn;
        if self.target_groups.get(arn).is_some_and(|group| group.balancer_arn.is_some()) {
            let message = format!("Target group '{arn}' is currently in use by a listener or a rule");
            return Err(ApiError::new("ResourceInUse", message));
        }
        self.target_groups.remove(arn);
        Ok(DeleteTargetGroupOutput {})
    }
}

/// What can be said of a request without a look at anything else.
fn check_request(input: &CreateTargetGroupInput) -> Result<(), ApiError> {
    check_name("Target group name", &input.name)?;
    if let Some(kind) = input.target_type.as_deref().filter(|kind| *kind != "instance") {
        return Err(ApiError::not_in_this_lab(format!("A target group of type {kind}")));
    }
    // The words are a guess.
    let protocol = input.protocol.as_deref().ok_or_else(|| ApiError::validation("A protocol must be specified"))?;
    if protocol != "HTTP" {
        return Err(ApiError::not_in_this_lab(format!("A target group with the protocol {protocol}")));
    }
    if let Some(version) = input.protocol_version.as_deref().filter(|version| *version != "HTTP1") {
        return Err(ApiError::not_in_this_lab(format!("A target group with the protocol version {version}")));
    }
    input.ip_address_type.as_deref().map_or(Ok(()), super::placement::check_ip_address_type)?;
    super::tag::check(&input.tags)
}

fn check_vpc(ec2: &Ec2, vpc_id: &str) -> Result<(), ApiError> {
    let missing = |_| ApiError::validation(format!("The VPC ID '{vpc_id}' is not found"));
    ec2.network.vpc(vpc_id).map(|_| ()).map_err(missing)
}

fn not_found() -> ApiError {
    ApiError::new("TargetGroupNotFound", "One or more target groups not found")
}
