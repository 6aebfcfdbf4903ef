//! Groups: their sizes, zones and members, and the requests that change them.
use std::collections::VecDeque;

use super::{Activity, AutoScaling, Due, Policy};
use crate::api::ApiError;
use crate::api::autoscaling::{
    CreateAutoScalingGroupType, DeleteAutoScalingGroupType, LaunchTemplateSpecification, SetDesiredCapacityType, Tag,
    UpdateAutoScalingGroupType,
};
use crate::api::ec2;
use crate::cloud::{Context, Fact, Region};
use crate::sim::{Distribution, SimDuration, SimTime};

/// An Auto Scaling group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What its instances are launched from.
    pub launch_template: LaunchTemplateSpecification,
    /// The fewest instances.
    pub min: i64,
    /// The most instances.
    pub max: i64,
    /// How many it wants.
    pub desired: i64,
    /// The subnets it launches into, by id.
    pub subnets: Vec<String>,
    /// The ARNs of the target groups that its instances are registered with.
    pub target_groups: Vec<String>,
    /// Whether it trusts the load balancer's health checks too.
    pub trusts_balancer: bool,
    /// How long a new member is spared from the load balancer's health checks.
    pub grace: SimDuration,
    /// The wait between simple scalings; also the warm-up where none is set.
    pub cooldown: SimDuration,
    /// How long a new member does not count in the metrics.
    pub warmup: Option<SimDuration>,
    /// Its instances.
    pub members: Vec<Member>,
    /// Its activity history, the newest first.
    pub activities: VecDeque<Activity>,
    /// Its policies.
    pub policies: Vec<Policy>,
    /// When it was made.
    pub created: SimTime,
    /// Whether it is being deleted.
    pub is_deleting: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Why it last wanted another number, in the words of the activity history.
    pub(super) change_reason: String,
    /// How many launches are due to replace unhealthy members.
    pub(super) replacements: usize,
}

/// An instance as its group sees it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The instance.
    pub instance_id: String,
    /// Its zone.
    pub zone: String,
    /// Where it stands in the group.
    pub lifecycle: Lifecycle,
    /// The version of the template it was launched from.
    pub template_version: i64,
    /// The activity that is under way for it.
    pub(super) activity_id: String,
}

/// Where a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// It is being launched.
    Pending,
    /// It counts, since a moment.
    InService(SimTime),
    /// It is being drained and terminated.
    Terminating,
}

/// From a change of sizes to the first activity (logs: 3 to 24 s).
pub(super) const RECONCILE: Distribution = Distribution::uniform_secs(3, 24);

impl Lifecycle {
    /// AWS's name of the state.
    pub fn name(self) -> &'static str {
        match self {
            Lifecycle::Pending => "Pending",
            Lifecycle::InService(_) => "InService",
            Lifecycle::Terminating => "Terminating",
        }
    }
}

impl Group {
    /// The member with this instance.
    pub fn member(&self, instance_id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.instance_id == instance_id)
    }

    pub(super) fn member_mut(&mut self, instance_id: &str) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.instance_id == instance_id)
    }

    /// How many members are there to stay.
    pub fn actual(&self) -> i64 {
        self.members.iter().filter(|member| member.lifecycle != Lifecycle::Terminating).count() as i64
    }

    /// How many members are in service.
    pub fn in_service(&self) -> i64 {
        self.members.iter().filter(|member| matches!(member.lifecycle, Lifecycle::InService(_))).count() as i64
    }

    /// Whether the member is in service and has been for the warm-up.
    pub fn is_warm(&self, member: &Member, now: SimTime) -> bool {
        matches!(member.lifecycle, Lifecycle::InService(since) if now.since(since) >= self.warmup_of_policies())
    }

    /// The longest warm-up of its policies; where they say nothing, the group's, and then the cooldown.
    fn warmup_of_policies(&self) -> SimDuration {
        let own = self.policies.iter().filter_map(|policy| policy.warmup).max();
        own.or(self.warmup).unwrap_or(self.cooldown)
    }

    /// Wants another number of instances, and remembers why.
    pub(super) fn want(&mut self, context: &mut Context, desired: i64, reason: &str) {
        let from = self.desired;
        if from == desired {
            return;
        }
        let now = context.now.to_iso8601();
        self.change_reason = format!("At {now} {reason} changing the desired capacity from {from} to {desired}.");
        self.desired = desired;
        let fact = Fact::DesiredCapacityChanged {
            group: self.name.clone(),
            from,
            to: desired,
            reason: self.change_reason.clone(),
        };
        let event = context.record(fact);
        context.because_of(event);
        self.reconcile_soon(context);
    }

    pub(super) fn reconcile_soon(&self, context: &mut Context) {
        let delay = RECONCILE.draw(&mut context.next_random("autoscaling.reconcile"));
        context.schedule_in(delay, Due::Reconcile { group: self.name.clone() });
    }
}

impl Region {
    pub(super) fn create_group(
        &mut self,
        context: &mut Context,
        input: CreateAutoScalingGroupType,
    ) -> Result<(), ApiError> {
        let name = input.auto_scaling_group_name.clone();
        if self.autoscaling.groups.contains_key(&name) {
            let message =
                format!("AutoScalingGroup by this name already exists - A group with the name {name} already exists");
            return Err(ApiError::new("AlreadyExists", message));
        }
        let desired = input.desired_capacity.unwrap_or(input.min_size);
        check_sizes(input.min_size, input.max_size, desired)?;
        let launch_template = input.launch_template.clone().ok_or_else(|| {
            ApiError::validation(
                "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
            )
        })?;
        self.check_template(&launch_template)?;
        let subnets = self.group_subnets(input.vpc_zone_identifier.as_deref(), &input.availability_zones)?;
        self.check_target_groups(&input.target_group_arns)?;
        let mut group = new_group(context, input, launch_template, subnets);
        group.want(context, desired, "a user request created an AutoScalingGroup");
        if desired == 0 {
            group.reconcile_soon(context);
        }
        context.schedule_in(SimDuration::MINUTE, Due::CheckHealth { group: name.clone() });
        self.autoscaling.groups.insert(name, group);
        Ok(())
    }

    pub(super) fn update_group(
        &mut self,
        context: &mut Context,
        input: UpdateAutoScalingGroupType,
    ) -> Result<(), ApiError> {
        let group = self.autoscaling.group(&input.auto_scaling_group_name)?;
        let (min, max) = (input.min_size.unwrap_or(group.min), input.max_size.unwrap_or(group.max));
        let desired = input.desired_capacity.unwrap_or_else(|| group.desired.min(max).max(min));
        check_sizes(min, max, desired)?;
        if let Some(template) = &input.launch_template {
            self.check_template(template)?;
        }
        let zones = input.vpc_zone_identifier.as_deref();
        let subnets = zones.map(|zones| self.group_subnets(Some(zones), &[])).transpose()?;
        let group = self.autoscaling.group_mut(&input.auto_scaling_group_name)?;
        (group.min, group.max) = (min, max);
        group.subnets = subnets.unwrap_or_else(|| group.subnets.clone());
        group.launch_template = input.launch_template.unwrap_or_else(|| group.launch_template.clone());
        group.trusts_balancer = input.health_check_type.map_or(group.trusts_balancer, |kind| kind.contains("ELB"));
        group.grace = input.health_check_grace_period.map_or(group.grace, seconds);
        group.cooldown = input.default_cooldown.map_or(group.cooldown, seconds);
        group.warmup = input.default_instance_warmup.map(seconds).or(group.warmup);
        let reason = format!(
            "a user request update of AutoScalingGroup constraints to min: {min}, max: {max}, desired: {desired}"
        );
        group.want(context, desired, &reason);
        Ok(())
    }

    pub(super) fn delete_group(
        &mut self,
        context: &mut Context,
        input: &DeleteAutoScalingGroupType,
    ) -> Result<(), ApiError> {
        let group = self.autoscaling.group_mut(&input.auto_scaling_group_name)?;
        if !group.members.is_empty() && input.force_delete != Some(true) {
            let message = "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.";
            return Err(ApiError::new("ResourceInUse", message));
        }
        group.is_deleting = true;
        (group.min, group.desired) = (0, 0);
        let alarms: Vec<String> = group.policies.iter().flat_map(|policy| policy.alarms.clone()).collect();
        self.cloudwatch.alarms.retain(|name, _| !alarms.contains(name));
        self.reconcile(context, &input.auto_scaling_group_name);
        Ok(())
    }

    fn check_template(&self, template: &LaunchTemplateSpecification) -> Result<(), ApiError> {
        self.ec2.spec_of_template(&to_ec2(template)).map(|_| ()).map_err(|error| {
            ApiError::validation(format!("You must use a valid fully-formed launch template. {}", error.message))
        })
    }

    fn check_target_groups(&self, arns: &[String]) -> Result<(), ApiError> {
        if arns.iter().all(|arn| self.elb.target_groups.contains_key(arn)) {
            return Ok(());
        }
        Err(ApiError::validation("Provided Target Groups may not be valid. Please ensure they exist and try again."))
    }

    /// The subnets of a comma-separated list, or the default ones of the zones.
    fn group_subnets(&self, identifiers: Option<&str>, zones: &[String]) -> Result<Vec<String>, ApiError> {
        let named = identifiers.unwrap_or_default().split(',').map(str::trim).filter(|id| !id.is_empty());
        let named: Vec<String> = named.map(str::to_owned).collect();
        named.iter().try_for_each(|id| {
            self.ec2.network.subnet(id).map(|_| ()).map_err(|error| ApiError::validation(error.message))
        })?;
        let of_zones =
            self.ec2.network.subnets.iter().filter(|subnet| subnet.is_default && zones.contains(&subnet.zone));
        let subnets = if named.is_empty() { of_zones.map(|subnet| subnet.subnet_id.clone()).collect() } else { named };
        if subnets.is_empty() {
            return Err(ApiError::validation("At least one Availability Zone or VPC Subnet is required."));
        }
        Ok(subnets)
    }
}

impl AutoScaling {
    pub(super) fn set_desired_capacity(
        &mut self,
        context: &mut Context,
        input: &SetDesiredCapacityType,
    ) -> Result<(), ApiError> {
        let group = self.group_mut(&input.auto_scaling_group_name)?;
        let (wanted, min, max) = (input.desired_capacity, group.min, group.max);
        if wanted > max {
            let message =
                format!("New SetDesiredCapacity value {wanted} is above max value {max} for the AutoScalingGroup.");
            return Err(ApiError::validation(message));
        }
        if wanted < min {
            let message =
                format!("New SetDesiredCapacity value {wanted} is below min value {min} for the AutoScalingGroup.");
            return Err(ApiError::validation(message));
        }
        group.want(context, wanted, "a user request explicitly set group desired capacity");
        Ok(())
    }
}

fn new_group(
    context: &mut Context,
    input: CreateAutoScalingGroupType,
    launch_template: LaunchTemplateSpecification,
    subnets: Vec<String>,
) -> Group {
    let resource = format!(
        "autoScalingGroup:{}:autoScalingGroupName/{}",
        context.new_uuid("autoscaling.group"),
        input.auto_scaling_group_name
    );
    Group {
        arn: context.arn("autoscaling", &resource),
        name: input.auto_scaling_group_name,
        launch_template,
        min: input.min_size,
        max: input.max_size,
        desired: 0,
        subnets,
        target_groups: input.target_group_arns,
        trusts_balancer: input.health_check_type.is_some_and(|kind| kind.contains("ELB")),
        grace: seconds(input.health_check_grace_period.unwrap_or(0)),
        cooldown: seconds(input.default_cooldown.unwrap_or(300)),
        warmup: input.default_instance_warmup.map(seconds),
        members: Vec::new(),
        activities: VecDeque::new(),
        policies: Vec::new(),
        created: context.now,
        is_deleting: false,
        tags: input.tags,
        change_reason: String::new(),
        replacements: 0,
    }
}

fn check_sizes(min: i64, max: i64, desired: i64) -> Result<(), ApiError> {
    if min > max {
        return Err(ApiError::validation(format!(
            "Max bound, {max}, must be greater than or equal to min bound, {min}"
        )));
    }
    if !(min..=max).contains(&desired) {
        let message =
            format!("Desired capacity:{desired} must be between the specified min size:{min} and max size:{max}");
        return Err(ApiError::validation(message));
    }
    Ok(())
}

/// Whole seconds of a request; negative ones count as none.
pub(super) fn seconds(number: i64) -> SimDuration {
    SimDuration::from_secs(u64::try_from(number).unwrap_or(0))
}

/// The template as EC2's shape.
pub(super) fn to_ec2(template: &LaunchTemplateSpecification) -> ec2::LaunchTemplateSpecification {
    ec2::LaunchTemplateSpecification {
        launch_template_id: template.launch_template_id.clone(),
        launch_template_name: template.launch_template_name.clone(),
        version: template.version.clone(),
    }
}
