//! A cloud without a session: for what the lab service sets and EC2 obeys.
use std::collections::BTreeMap;

use scaling_lab::api::{ApiError, Call};
use scaling_lab::cloud::quota::Quotas;
use scaling_lab::cloud::{Cloud, Timer};
use scaling_lab::sim::random::Randomness;
use scaling_lab::sim::{SimDuration, SimTime};
use serde_json::{Value, json};

use crate::support::{REGION, assert_answer_fits};

/// A cloud with its clock and its timers.
pub struct Account {
    pub cloud: Cloud,
    pub now: SimTime,
    timers: BTreeMap<(SimTime, usize), Timer>,
    scheduled: usize,
}

impl Account {
    pub fn new(quotas: Quotas) -> Self {
        let cloud = Cloud::new(Randomness { seed: 1 }, quotas);
        Account { cloud, now: SimTime::from_secs(8 * 3_600), timers: BTreeMap::new(), scheduled: 0 }
    }

    /// Asks EC2 in the region of the tests.
    pub fn ask(&mut self, operation: &str, parameters: Value) -> Result<Value, ApiError> {
        let envelope = json!({"region": REGION, "service": "ec2", "operation": operation, "parameters": parameters});
        let answer = self.cloud.call(self.now, &Call::from_json(&envelope)?)?.output();
        assert_answer_fits("ec2", operation, &answer);
        self.collect();
        Ok(answer)
    }

    /// Launches so many instances of a type, with more parameters.
    pub fn launch(&mut self, instance_type: &str, count: i64, more: Value) -> Result<Value, ApiError> {
        let filter = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
        let image_id = self.ask("DescribeImages", filter)?["Images"][0]["ImageId"].clone();
        let mut parameters =
            json!({"ImageId": image_id, "InstanceType": instance_type, "MinCount": count, "MaxCount": count});
        for (name, value) in more.as_object().expect("an object") {
            parameters[name] = value.clone();
        }
        self.ask("RunInstances", parameters)
    }

    fn collect(&mut self) {
        for (at, timer) in self.cloud.take_timers() {
            self.scheduled += 1;
            self.timers.insert((at, self.scheduled), timer);
        }
    }

    /// Lets so many seconds pass.
    pub fn pass(&mut self, seconds: u64) {
        let until = self.now + SimDuration::from_secs(seconds);
        while let Some(entry) = self.timers.first_entry().filter(|entry| entry.key().0 <= until) {
            let ((at, _), timer) = entry.remove_entry();
            self.now = at;
            self.cloud.handle(at, timer);
            self.collect();
        }
        self.now = until;
    }
}
