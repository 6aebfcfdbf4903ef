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

/// A load balancer's minute.
#[derive(Clone, Debug)]
pub struct BalancerObservation {
    /// Its ARN.
    pub load_balancer_arn: String,
    /// How many requests came.
    pub requests: f64,
    /// Bytes of requests and answers.
    pub processed_bytes: f64,
    /// How many were answered by targets with 2xx.
    pub target_2xx: f64,
    /// How many the balancer answered itself with 502, 503, 504.
    pub elb_5xx: [f64; 3],
    /// The mean time that targets took, in seconds.
    pub target_response_seconds: f64,
}

impl Region {
    /// Simplified: metrics are there at the end of their minute; in AWS they come a minute or two later.
    pub(super) fn observe(&mut self, context: &mut Context, observation: &Observation) {
        let minute = context.now - SimDuration::MINUTE;
        self.observe_instances(minute, &observation.instances);
        for seen in &observation.balancers {
            self.observe_balancer(minute, seen);
        }
        self.publish_group_metrics(minute);
        self.cloudwatch.expire(context.now);
        for alarm in self.cloudwatch.evaluate(context) {
            self.set_off(context, &alarm);
        }
        self.run_policies(context);
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
