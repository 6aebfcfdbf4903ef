//! EC2 Auto Scaling: a test for each documented rule, and the documented sequences as timelines.
mod balance;
mod balancer;
mod causes;
mod health;
mod lifecycle;
mod members;
mod outage;
mod policies;
mod refresh;
mod scheduled;
mod sizes;
mod termination;
mod timelines;
mod warm_pool;

use std::ops::{Deref, DerefMut};

use scaling_lab::api::ApiError;
use serde_json::{Value, json};

use crate::support::{Lab, REGION};

/// An account with a launch template, and a group made from it.
pub struct Scene {
    lab: Lab,
    /// The ids of the default subnets, zone by zone.
    pub subnets: Vec<String>,
}

impl Deref for Scene {
    type Target = Lab;

    fn deref(&self) -> &Lab {
        &self.lab
    }
}

impl DerefMut for Scene {
    fn deref_mut(&mut self) -> &mut Lab {
        &mut self.lab
    }
}

/// The name of the group of all tests.
pub const GROUP: &str = "web";

impl Scene {
    /// An account with the launch template `web`, and no group.
    pub fn new() -> Scene {
        let mut lab = Lab::default();
        let images = lab.ask(REGION, "ec2", "DescribeImages", json!({})).expect("images");
        let is_web = |image: &&Value| image["Name"].as_str().is_some_and(|name| name.contains("web-server"));
        let image =
            images["Images"].as_array().and_then(|all| all.iter().find(is_web)).expect("an image")["ImageId"].clone();
        let data = json!({"ImageId": image, "InstanceType": "t3.micro", "Monitoring": {"Enabled": true}});
        let template = json!({"LaunchTemplateName": "web", "LaunchTemplateData": data});
        lab.ask(REGION, "ec2", "CreateLaunchTemplate", template).expect("a template");
        let subnets = lab.ask(REGION, "ec2", "DescribeSubnets", json!({})).expect("subnets");
        let ids = subnets["Subnets"].as_array().into_iter().flatten();
        let subnets = ids.map(|subnet| text(&subnet["SubnetId"])).collect();
        Scene { lab, subnets }
    }

    /// The account with a group of `[min, desired, max]` in the first two zones, settled.
    pub fn with_group([min, desired, max]: [i64; 3], settings: Value) -> Scene {
        let mut scene = Scene::new();
        scene.create([min, desired, max], settings).expect("a group");
        scene.settle();
        scene
    }

    /// Asks for a group; `settings` are added to the request.
    pub fn create(&mut self, [min, desired, max]: [i64; 3], settings: Value) -> Result<Value, ApiError> {
        let zones = self.subnets[..2].join(",");
        let mut request = json!({"MinSize": min, "MaxSize": max, "DesiredCapacity": desired, "VPCZoneIdentifier": zones,
            "LaunchTemplate": {"LaunchTemplateName": "web", "Version": "$Latest"}});
        merge(&mut request, settings);
        self.asg("CreateAutoScalingGroup", request)
    }

    /// Asks Auto Scaling about the group.
    pub fn asg(&mut self, operation: &str, mut parameters: Value) -> Result<Value, ApiError> {
        if parameters.get("AutoScalingGroupName").is_none() {
            merge(&mut parameters, json!({"AutoScalingGroupName": GROUP}));
        }
        self.lab.ask(REGION, "autoscaling", operation, parameters)
    }

    /// Changes the group.
    pub fn update(&mut self, parameters: Value) {
        self.asg("UpdateAutoScalingGroup", parameters).expect("a change");
    }

    /// The group as AWS shows it.
    pub fn group(&mut self) -> Value {
        let request = json!({"AutoScalingGroupNames": [GROUP]});
        let found = self.lab.ask(REGION, "autoscaling", "DescribeAutoScalingGroups", request).expect("groups");
        found["AutoScalingGroups"][0].clone()
    }

    /// How many instances the group wants.
    pub fn desired(&mut self) -> i64 {
        self.group()["DesiredCapacity"].as_i64().expect("a number")
    }

    /// The members, those of the warm pool not.
    pub fn members(&mut self) -> Vec<Value> {
        self.group()["Instances"].as_array().cloned().unwrap_or_default()
    }

    /// The ids of the members in this state.
    pub fn ids_in(&mut self, state: &str) -> Vec<String> {
        let members = self.members();
        members
            .iter()
            .filter(|member| member["LifecycleState"] == state)
            .map(|member| text(&member["InstanceId"]))
            .collect()
    }

    /// The state of a member; nothing if it is none.
    pub fn state(&mut self, id: &str) -> String {
        let members = self.members();
        members
            .iter()
            .find(|member| member["InstanceId"] == id)
            .map(|member| text(&member["LifecycleState"]))
            .unwrap_or_default()
    }

    /// How many members each of these zones has.
    pub fn zones(&mut self, letters: &str) -> Vec<usize> {
        let members = self.members();
        let in_zone = |letter: char| {
            let zone = format!("{REGION}{letter}");
            members.iter().filter(|member| member["AvailabilityZone"] == zone.as_str()).count()
        };
        letters.chars().map(in_zone).collect()
    }

    /// The activities, those in progress and the newest first.
    pub fn activities(&mut self) -> Vec<Value> {
        let found = self.asg("DescribeScalingActivities", json!({})).expect("activities");
        found["Activities"].as_array().cloned().unwrap_or_default()
    }

    /// Whether an activity has this in its cause.
    pub fn has_cause(&mut self, words: &str) -> bool {
        self.activities().iter().any(|activity| text(&activity["Cause"]).contains(words))
    }

    /// Ends an instance behind the group's back.
    pub fn terminate(&mut self, id: &str) {
        self.lab.ask(REGION, "ec2", "TerminateInstances", json!({"InstanceIds": [id]})).expect("an end");
    }

    /// Waits until this holds, an hour at most; says how many seconds it took.
    pub fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Scene) -> bool) -> u64 {
        for seconds in 0..3_600 {
            if holds(self) {
                return seconds;
            }
            self.pass(1.0);
        }
        panic!("{what} within an hour: {:#?}", self.activities());
    }
}

/// The message of a refusal.
pub fn refusal(answer: Result<Value, ApiError>) -> String {
    answer.expect_err("a refusal").message
}

/// A JSON text.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
