//! The forms that make an Auto Scaling group and change its sizes.
use std::collections::BTreeSet;

use super::field::{CPU_TARGET, DESIRED, GROUP_NAME, MAX, MIN, TARGET_GROUP, TEMPLATE, WARMUP, ZONES};
use super::{Check, Faults, Words};
use crate::api::autoscaling::{
    CreateAutoScalingGroupType, LaunchTemplateSpecification, PredefinedMetricSpecification, PutScalingPolicyType,
    TargetTrackingConfiguration, UpdateAutoScalingGroupType,
};

/// The fewest, wanted and most instances, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SizesDraft {
    /// The fewest.
    pub min: String,
    /// How many are wanted.
    pub desired: String,
    /// The most.
    pub max: String,
}

/// The sizes that were read.
struct Sizes {
    min: i64,
    desired: i64,
    max: i64,
}

/// The most instances that the form takes.
const MOST: i64 = 500;

impl SizesDraft {
    fn check(&self, check: &mut Check) -> Sizes {
        let min = check.whole(MIN, &self.min, 0..=MOST);
        let max = check.whole(MAX, &self.max, 0..=MOST);
        let desired = check.whole(DESIRED, &self.desired, 0..=MOST);
        // A comparison says something only of numbers that were read.
        let read = |text: &str| text.trim().parse::<i64>().is_ok_and(|number| (0..=MOST).contains(&number));
        if read(&self.min) && read(&self.max) {
            if min > max {
                check.fault(MAX, format!("Max must not be below min: enter {min} or more."));
            } else if read(&self.desired) && !(min..=max).contains(&desired) {
                check.fault(DESIRED, format!("Desired must lie between min and max: enter {min} to {max}."));
            }
        }
        Sizes { min, desired, max }
    }

    /// The request that gives a group these sizes.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self, group: &str) -> Result<UpdateAutoScalingGroupType, Faults> {
        let mut check = Check::default();
        let Sizes { min, desired, max } = self.check(&mut check);
        check.finish(UpdateAutoScalingGroupType {
            auto_scaling_group_name: group.to_owned(),
            min_size: Some(min),
            max_size: Some(max),
            desired_capacity: Some(desired),
            ..Default::default()
        })
    }
}

/// The draft of a group with a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupDraft {
    /// Its name.
    pub name: String,
    /// The name of the launch template.
    pub template: String,
    /// Its subnets' ids.
    pub subnets: BTreeSet<String>,
    /// The ARN of its target group; may be empty.
    pub target_group: String,
    /// How many instances.
    pub sizes: SizesDraft,
    /// The CPU utilisation to aim at, in per cent; empty for no policy.
    pub cpu_target: String,
    /// How long a new instance does not count, in seconds.
    pub warmup: String,
}

impl GroupDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[
        (CPU_TARGET, &["target value", "TargetValue"]),
        (MAX, &["Max bound", "MaxSize"]),
        (DESIRED, &["Desired capacity", "DesiredCapacity"]),
        (MIN, &["MinSize"]),
        (WARMUP, &["warmup", "Warmup"]),
        (TEMPLATE, &["aunch template", "LaunchTemplate"]),
        (TARGET_GROUP, &["Target Group", "TargetGroup"]),
        (ZONES, &["Availability Zone", "ubnet", "VPCZone"]),
        (GROUP_NAME, &["AlreadyExists", "AutoScalingGroupName", "AutoScalingGroup", "name"]),
    ];

    /// The group and, if it is to have one, its policy.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<(CreateAutoScalingGroupType, Option<PutScalingPolicyType>), Faults> {
        let mut check = Check::default();
        let name = check.text(GROUP_NAME, &self.name);
        let template = check.choice(TEMPLATE, &self.template, "Choose a launch template, or create one first.");
        if self.subnets.is_empty() {
            check.fault(ZONES, "Choose at least one zone.");
        }
        let Sizes { min, desired, max } = self.sizes.check(&mut check);
        let policy = (!self.cpu_target.trim().is_empty())
            .then(|| cpu_policy(&name, check.whole(CPU_TARGET, &self.cpu_target, 1..=100)));
        let warmup = check.whole(WARMUP, &self.warmup, 0..=21_600);
        let group = CreateAutoScalingGroupType {
            auto_scaling_group_name: name,
            min_size: min,
            desired_capacity: Some(desired),
            max_size: max,
            launch_template: Some(LaunchTemplateSpecification {
                launch_template_name: Some(template),
                version: Some("$Default".into()),
                ..Default::default()
            }),
            vpc_zone_identifier: Some(self.subnets.iter().cloned().collect::<Vec<_>>().join(",")),
            target_group_arns: Some(self.target_group.clone()).filter(|arn| !arn.is_empty()).into_iter().collect(),
            default_instance_warmup: Some(warmup),
            health_check_grace_period: Some(300),
            ..Default::default()
        };
        check.finish((group, policy))
    }
}

fn cpu_policy(group: &str, percent: i64) -> PutScalingPolicyType {
    let metric = PredefinedMetricSpecification {
        predefined_metric_type: "ASGAverageCPUUtilization".into(),
        resource_label: None,
    };
    PutScalingPolicyType {
        auto_scaling_group_name: group.to_owned(),
        policy_name: format!("cpu-{percent}"),
        policy_type: Some("TargetTrackingScaling".into()),
        target_tracking_configuration: Some(TargetTrackingConfiguration {
            predefined_metric_specification: Some(metric),
            target_value: percent as f64,
            ..Default::default()
        }),
        ..Default::default()
    }
}
