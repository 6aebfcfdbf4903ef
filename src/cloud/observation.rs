//! What the data plane saw in a minute, and what becomes of it: metrics, alarms, scaling.
use super::cloudwatch::MetricKey;
use super::{Context, Region};
use crate::sim::{SimDuration, SimTime};

/// What was seen in one region in one minute.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// Of each running instance.
    pub instances: Vec<InstanceObservation>,
    /// Of each load balancer that had requests.
    pub balancers: Vec<BalancerObservation>,
}

/// An instance's minute.
#[derive(Clone, Debug)]
pub struct InstanceObservation {
    /// Which one.
    pub instance_id: String,
    /// The share of the time that its virtual CPUs were busy, in per cent.
    pub cpu_percent: f64,
}

/// A load balancer's minute.
#[derive(Clone, Debug)]
pub struct BalancerObservation {
    /// Its ARN.
    pub load_balancer_arn: String,
    /// How many requests came.
    pub requests: f64,
    /// How many were answered by targets with 2xx.
    pub target_2xx: f64,
    /// How many the balancer answered itself with 502, 503, 504.
    pub elb_5xx: [f64; 3],
    /// The mean time that targets took, in seconds.
    pub target_response_seconds: f64,
}

/// Basic monitoring gives a datapoint for each five minutes.
const BASIC: SimDuration = SimDuration::from_secs(300);

impl Region {
    /// Simplified: metrics are there at the end of their minute; in AWS they come a minute or two later.
    pub(super) fn observe(&mut self, context: &mut Context, observation: &Observation) {
        let minute = context.now - SimDuration::MINUTE;
        for seen in &observation.instances {
            self.observe_instance(minute, seen);
        }
        for seen in &observation.balancers {
            self.observe_balancer(minute, seen);
        }
        self.cloudwatch.evaluate(context);
        self.run_policies(context);
    }

    fn observe_instance(&mut self, minute: SimTime, seen: &InstanceObservation) {
        let Some(instance) = self.ec2.instances.get(&seen.instance_id) else { return };
        // Basic monitoring is shown as the value of the last minute of five; AWS shows the mean of the five.
        let is_due = instance.detailed_monitoring || minute.floor_to(BASIC) + BASIC == minute + SimDuration::MINUTE;
        if !is_due {
            return;
        }
        let key = |dimension: &str, value: &str| MetricKey::of("AWS/EC2", "CPUUtilization", dimension, value);
        self.cloudwatch.put(key("InstanceId", &seen.instance_id), minute, seen.cpu_percent);
        let Some(group) = self.autoscaling.group_of(&seen.instance_id) else { return };
        let is_warm =
            group.member(&seen.instance_id).is_some_and(|member| group.is_warm(member, minute + SimDuration::MINUTE));
        if is_warm {
            let key = key("AutoScalingGroupName", &group.name);
            self.cloudwatch.put(key, minute, seen.cpu_percent);
        }
    }

    fn observe_balancer(&mut self, minute: SimTime, seen: &BalancerObservation) {
        let Some(balancer) = self.elb.load_balancers.get(&seen.load_balancer_arn) else { return };
        let dimension = balancer.metric_dimension().to_owned();
        let mut put = |name: &str, value: f64| {
            let key = MetricKey::of("AWS/ApplicationELB", name, "LoadBalancer", &dimension);
            self.cloudwatch.put(key, minute, value);
        };
        put("RequestCount", seen.requests);
        if seen.target_2xx > 0.0 {
            put("HTTPCode_Target_2XX_Count", seen.target_2xx);
            put("TargetResponseTime", seen.target_response_seconds);
        }
        for (code, count) in ["502", "503", "504"].iter().zip(seen.elb_5xx).filter(|(_, count)| *count > 0.0) {
            put(&format!("HTTPCode_ELB_{code}_Count"), count);
            put("HTTPCode_ELB_5XX_Count", count);
        }
    }
}
