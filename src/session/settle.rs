//! Whether anything is in transition.
use super::Session;
use crate::cloud::Region;
use crate::cloud::ec2::{ImageState, InstanceState};

impl Session {
    /// Whether no instance, image, balancer, target or activity is in transition. Alarms and policies may still change their mind.
    pub fn is_settled(&self) -> bool {
        self.cloud
            .regions()
            .all(|region| instances_settled(region) && balancing_settled(region) && groups_settled(region))
    }
}

fn instances_settled(region: &Region) -> bool {
    let images = region.ec2.images.values().all(|image| image.state != ImageState::Pending);
    let is_settled = |state: InstanceState| match state {
        InstanceState::Running { booted, .. } => booted.is_some(),
        InstanceState::Stopped | InstanceState::Terminated => true,
        InstanceState::Pending | InstanceState::Stopping | InstanceState::ShuttingDown => false,
    };
    images && region.ec2.instances.values().all(|instance| is_settled(instance.state))
}

fn balancing_settled(region: &Region) -> bool {
    let is_active = region.elb.load_balancers.values().all(|balancer| balancer.is_active);
    let is_changing = |arn: &str, id: &str| {
        let state = region.elb.target_state(&region.ec2, arn, id);
        state.is_some_and(|target| target.state == "initial" || target.state == "draining")
    };
    let groups = region.elb.target_groups.values();
    is_active
        && groups
            .flat_map(|group| group.targets.iter().map(|target| (&group.arn, target)))
            .all(|(arn, target)| !is_changing(arn, &target.instance_id))
}

fn groups_settled(region: &Region) -> bool {
    region.autoscaling.groups.values().all(|group| {
        let active = group.activities.iter().all(|activity| activity.ended.is_some());
        active && group.is_steady()
    })
}
