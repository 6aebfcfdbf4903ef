//! Status checks: whether the machine works, whether what runs on it does, and whether it reaches its volumes.
use super::listing::{Query, check_page_size, is_named};
use super::{Ec2, Instance};
use crate::api::ApiError;
use crate::api::ec2::{
    DescribeInstanceStatusRequest, DescribeInstanceStatusResult, InstanceStatus, InstanceStatusDetails,
    InstanceStatusSummary,
};
use crate::cloud::{Context, FilterNames};
use crate::sim::SimTime;

/// The words of the status checks: `ok`, `impaired`, `initializing` or `not-applicable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusChecks {
    /// Of the machine and its network.
    pub system: &'static str,
    /// Of the operating system.
    pub instance: &'static str,
    /// Of the attached EBS volumes. "Only for Nitro-based instances" (EC2 User Guide, "Attached EBS status checks").
    pub attached_ebs: &'static str,
}

const FILTERS: &FilterNames = &[
    ("attached-ebs-status.reachability", "AttachedEbsStatus.Details.Status"),
    ("attached-ebs-status.status", "AttachedEbsStatus.Status"),
    ("availability-zone", "AvailabilityZone"),
    ("instance-state-code", "InstanceState.Code"),
    ("instance-state-name", "InstanceState.Name"),
    ("instance-status.reachability", "InstanceStatus.Details.Status"),
    ("instance-status.status", "InstanceStatus.Status"),
    ("system-status.reachability", "SystemStatus.Details.Status"),
    ("system-status.status", "SystemStatus.Status"),
];

impl Ec2 {
    /// The words of an instance's status checks.
    ///
    /// Simplified: status checks fail in a lost zone, and then all of them; nothing else lets one fail.
    pub fn status_checks(&self, instance: &Instance, now: SimTime) -> StatusChecks {
        let word = if !instance.is_running() {
            "not-applicable"
        } else if now < instance.checked_from {
            "initializing"
        } else if self.is_zone_lost(&instance.zone) {
            "impaired"
        } else {
            "ok"
        };
        // What `DescribeInstanceStatus` says of the volumes of other instances is a guess.
        let attached_ebs = if instance.instance_type.is_nitro() { word } else { "not-applicable" };
        StatusChecks { system: word, instance: word, attached_ebs }
    }

    /// Lists the checks of running instances; of all only if the request says so.
    pub(super) fn describe_instance_status(
        &mut self,
        context: &mut Context,
        input: DescribeInstanceStatusRequest,
    ) -> Result<DescribeInstanceStatusResult, ApiError> {
        check_page_size(input.max_results)?;
        self.check_known(&input.instance_ids)?;
        let is_listed = |instance: &&Instance| {
            (instance.is_running() || input.include_all_instances == Some(true))
                && is_named(&instance.instance_id, &input.instance_ids)
        };
        let shapes = self.instances.values().filter(is_listed).map(|instance| self.status_shape(instance, context.now));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (instance_statuses, next_token) = query.of(shapes.collect())?;
        Ok(DescribeInstanceStatusResult { instance_statuses, next_token })
    }

    fn status_shape(&self, instance: &Instance, now: SimTime) -> InstanceStatus {
        let checks = self.status_checks(instance, now);
        InstanceStatus {
            instance_id: instance.instance_id.clone(),
            availability_zone: instance.zone.clone(),
            instance_state: instance.state.shape(),
            instance_status: summary(checks.instance),
            system_status: summary(checks.system),
            attached_ebs_status: summary(checks.attached_ebs),
        }
    }
}

fn summary(word: &str) -> InstanceStatusSummary {
    let check = match word {
        "ok" => "passed",
        "impaired" => "failed",
        other => other,
    };
    // Where nothing is checked, AWS lists no check.
    let has_check = word != "not-applicable";
    let details = InstanceStatusDetails { name: "reachability".into(), status: check.into() };
    InstanceStatusSummary { status: word.into(), details: has_check.then_some(details).into_iter().collect() }
}
