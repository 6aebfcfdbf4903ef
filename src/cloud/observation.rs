//! What the data plane saw in a minute, and what becomes of it: metrics, alarms, scaling.
use super::{Context, Region};
use crate::cloud::elb::BalancerObservation;
use crate::sim::SimDuration;

/// What was seen in one region in one minute.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// Of each running instance, in the order of their ids.
    pub instances: Vec<InstanceObservation>,
    /// Of each load balancer that had requests.
    pub balancers: Vec<BalancerObservation>,
}

/// An instance's minute.
#[derive(Clone, Debug, Default)]
pub struct InstanceObservation {
    /// Which one.
    pub instance_id: String,
    /// The share of the time that its virtual CPUs were busy, in per cent.
    pub cpu_percent: f64,
    /// Bytes that came in and went out over its network, if they were counted.
    pub network_bytes: Option<[f64; 2]>,
    /// Its CPU credits, if it works on them.
    pub credits: Option<CreditObservation>,
}

/// The CPU credits of an instance in a minute, as CloudWatch names them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CreditObservation {
    /// Spent in the minute.
    pub usage: f64,
    /// Left at its end.
    pub balance: f64,
    /// Borrowed and not yet paid back at its end.
    pub surplus_balance: f64,
    /// Borrowed beyond what 24 hours bring, in the minute; they cost money.
    pub surplus_charged: f64,
}

impl Region {
    /// Simplified: metrics are there at the end of their minute; in AWS they come a minute or two later.
    pub(super) fn observe(&mut self, context: &mut Context, observation: &Observation) {
        let minute = context.now - SimDuration::MINUTE;
        self.observe_instances(minute, &observation.instances);
        self.observe_balancers(context, minute, &observation.balancers);
        self.publish_group_metrics(minute);
        self.cloudwatch.series.expire(context.now);
        for alarm in self.cloudwatch.evaluate(context) {
            self.set_off(context, &alarm);
        }
        self.run_policies(context);
    }
}
