//! Timers: what the control plane has scheduled for itself.
use crate::api::RegionName;

use super::{EventId, autoscaling, cloudwatch, ec2, elb};

/// Something that becomes due in a region. It may be stale by then, and is never refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Timer {
    /// Where it is due.
    pub region: RegionName,
    /// The event that scheduled it.
    pub cause: Option<EventId>,
    /// What is due.
    pub due: Due,
}

/// What is due, by the service that takes care of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// Of EC2.
    Ec2(ec2::Due),
    /// Of Elastic Load Balancing.
    Elb(elb::Due),
    /// Of Auto Scaling.
    AutoScaling(autoscaling::Due),
    /// Of CloudWatch.
    CloudWatch(cloudwatch::Due),
}

impl From<ec2::Due> for Due {
    fn from(due: ec2::Due) -> Self {
        Due::Ec2(due)
    }
}

impl From<elb::Due> for Due {
    fn from(due: elb::Due) -> Self {
        Due::Elb(due)
    }
}

impl From<autoscaling::Due> for Due {
    fn from(due: autoscaling::Due) -> Self {
        Due::AutoScaling(due)
    }
}

impl From<cloudwatch::Due> for Due {
    fn from(due: cloudwatch::Due) -> Self {
        Due::CloudWatch(due)
    }
}
