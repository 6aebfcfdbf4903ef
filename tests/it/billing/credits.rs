//! What the data plane tells of credits and bytes: on the bill and in the metrics.
use scaling_lab::api::{Call, Response};
use scaling_lab::cloud::quota::Quotas;
use scaling_lab::cloud::{Cloud, CreditObservation, InstanceObservation, Observation};
use scaling_lab::sim::random::Randomness;
use scaling_lab::sim::{SimDuration, SimTime};
use serde_json::{Value, json};

use crate::support::REGION;

/// A control plane without a data plane: the test says what was seen.
struct Plane {
    cloud: Cloud,
    now: SimTime,
    timers: Vec<(SimTime, scaling_lab::cloud::Timer)>,
}

impl Plane {
    fn new() -> Self {
        let cloud = Cloud::new(Randomness { seed: 1 }, Quotas::SANDBOX);
        Plane { cloud, now: SimTime::from_secs(8 * 3_600), timers: Vec::new() }
    }

    fn ask(&mut self, service: &str, operation: &str, parameters: Value) -> Value {
        let envelope = json!({"region": REGION, "service": service, "operation": operation, "parameters": parameters});
        let call = Call::from_json(&envelope).expect("a call");
        let answer: Response = self.cloud.call(self.now, &call).expect("an answer");
        answer.output()
    }

    /// Lets a minute pass, in which this was seen.
    fn minute(&mut self, observation: &Observation) {
        let end = self.now + SimDuration::MINUTE;
        loop {
            self.timers.extend(self.cloud.take_timers());
            self.timers.sort_by_key(|(at, _)| *at);
            if self.timers.first().is_none_or(|(at, _)| *at > end) {
                break;
            }
            let (at, timer) = self.timers.remove(0);
            self.cloud.handle(at, timer);
        }
        self.now = end;
        self.cloud.observe(end, REGION, observation);
    }

    /// A running t3.micro.
    fn launch(&mut self) -> String {
        let images = self.ask("ec2", "DescribeImages", json!({}));
        let images = images["Images"].as_array().cloned().unwrap_or_default();
        let image = images.iter().find(|image| image["Name"].as_str().is_some_and(|name| name.contains("web-server")));
        let parameters = json!({"ImageId": image.expect("an image")["ImageId"], "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
        let launched = self.ask("ec2", "RunInstances", parameters);
        (0..5).for_each(|_| self.minute(&Observation::default()));
        launched["Instances"][0]["InstanceId"].as_str().unwrap_or_default().to_owned()
    }

    fn points(&mut self, id: &str, name: &str) -> Vec<f64> {
        let parameters = json!({"Namespace": "AWS/EC2", "MetricName": name, "Dimensions": [{"Name": "InstanceId", "Value": id}],
            "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T09:00:00Z", "Period": 300, "Statistics": ["Sum"]});
        let answer = self.ask("cloudwatch", "GetMetricStatistics", parameters);
        answer["Datapoints"].as_array().into_iter().flatten().filter_map(|point| point["Sum"].as_f64()).collect()
    }
}

fn seen(id: &str, minute: u32) -> Observation {
    let credits =
        CreditObservation { usage: 2.0, balance: f64::from(minute), surplus_balance: 288.0, surplus_charged: 12.0 };
    let instance = InstanceObservation {
        instance_id: id.to_owned(),
        cpu_percent: f64::from(minute) * 10.0,
        network_bytes: Some([1_000.0, 200_000_000.0]),
        credits: Some(credits),
    };
    Observation { instances: vec![instance], balancers: Vec::new() }
}

fn line(plane: &Plane, usage_type: &str) -> (String, u128) {
    let invoice = plane.cloud.billing().invoice(plane.now);
    let line = invoice.lines.iter().find(|line| line.tariff.usage_type == usage_type).expect("the line");
    (line.quantity(), line.amount)
}

/// EC2 User Guide, "Unlimited mode concepts": surplus credits beyond what 24 hours bring are charged, five cents for a virtual CPU and hour
/// with Linux; and "Data Transfer OUT From Amazon EC2 To Internet".
#[test]
fn surplus_credits_and_data_that_goes_out_cost_money() {
    let mut plane = Plane::new();
    let id = plane.launch();
    (1..=5).for_each(|minute| plane.minute(&seen(&id, minute)));
    assert_eq!(line(&plane, "CPUCredits:t3"), ("1".into(), 50_000_000));
    assert_eq!(line(&plane, "DataTransfer-Out-Bytes"), ("1".into(), 90_000_000));
}

/// EC2 User Guide, "Additional CloudWatch metrics for burstable performance instances": every five minutes, whatever the monitoring; what
/// is spent and charged is summed, a balance is that of the end. Basic monitoring is the mean of the CPUs and the sum of the bytes.
#[test]
fn credits_and_basic_monitoring_come_every_five_minutes() {
    let mut plane = Plane::new();
    let id = plane.launch();
    (1..=5).for_each(|minute| plane.minute(&seen(&id, minute)));
    for (name, value) in [
        ("CPUCreditUsage", 10.0),
        ("CPUCreditBalance", 5.0),
        ("CPUSurplusCreditBalance", 288.0),
        ("CPUSurplusCreditsCharged", 60.0),
        ("CPUUtilization", 30.0),
        ("NetworkIn", 5_000.0),
        ("NetworkOut", 1e9),
    ] {
        assert_eq!(plane.points(&id, name), [value], "{name}");
    }
}
