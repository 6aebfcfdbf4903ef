//! The whole model: an account with a group behind a balancer, made by requests as a learner makes it.
use scaling_lab::api::Call;
use scaling_lab::session::Session;
use scaling_lab::sim::{SimDuration, SimTime};
use serde_json::{Value, json};

use crate::machine::seconds;

/// A session that is ready for its day.
#[derive(Clone)]
pub struct Scene {
    session: Session,
}

/// What a day came to.
pub struct Day {
    pub seconds: f64,
    pub requests: u64,
    pub mean_ms: f64,
    pub quantiles_ms: [f64; 3],
    pub instance_hours: f64,
    pub most_instances: usize,
    pub activities: usize,
}

const REGION: &str = "us-east-1";

/// Carries out a request that is written as JSON.
pub fn ask(session: &mut Session, service: &str, operation: &str, parameters: Value) -> Value {
    let envelope = json!({"region": REGION, "service": service, "operation": operation, "parameters": parameters});
    let call = Call::from_json(&envelope).unwrap_or_else(|trouble| panic!("{operation}: {trouble}"));
    session.submit(call).unwrap_or_else(|refusal| panic!("{operation}: {refusal}")).output()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// A group of `sizes` (least, most) instances of this type behind a balancer with this algorithm. Returns the balancer's name.
pub fn build(session: &mut Session, instance_type: &str, sizes: [u32; 2], algorithm: &str) -> String {
    let images = ask(session, "ec2", "DescribeImages", json!({}));
    let images = images["Images"].as_array().expect("images");
    let image = images.iter().find(|image| text(&image["Name"]).contains("web-server")).expect("an image");
    let group = ask(session, "ec2", "CreateSecurityGroup", json!({"GroupName": "web", "Description": "HTTP"}));
    let group = text(&group["GroupId"]);
    let rule = json!({"GroupId": group, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(session, "ec2", "AuthorizeSecurityGroupIngress", rule);
    let data = json!({
        "ImageId": image["ImageId"], "InstanceType": instance_type, "SecurityGroupIds": [group], "Monitoring": {"Enabled": true},
        "CreditSpecification": {"CpuCredits": "unlimited"},
    });
    let template = json!({"LaunchTemplateName": "web", "LaunchTemplateData": data});
    ask(session, "ec2", "CreateLaunchTemplate", template);
    let subnets = ask(session, "ec2", "DescribeSubnets", json!({}));
    let subnets: Vec<String> = subnets["Subnets"]
        .as_array()
        .expect("subnets")
        .iter()
        .take(2)
        .map(|subnet| text(&subnet["SubnetId"]))
        .collect();
    let vpc = ask(session, "ec2", "DescribeVpcs", json!({}))["Vpcs"][0]["VpcId"].clone();
    let target_group = json!({"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc});
    let target_group =
        text(&ask(session, "elbv2", "CreateTargetGroup", target_group)["TargetGroups"][0]["TargetGroupArn"]);
    let attributes = json!({"TargetGroupArn": target_group, "Attributes": [
        {"Key": "load_balancing.algorithm.type", "Value": algorithm},
        {"Key": "deregistration_delay.timeout_seconds", "Value": "30"},
    ]});
    ask(session, "elbv2", "ModifyTargetGroupAttributes", attributes);
    let balancer = json!({"Name": "web", "Subnets": subnets, "SecurityGroups": [group]});
    let balancer = ask(session, "elbv2", "CreateLoadBalancer", balancer)["LoadBalancers"][0].clone();
    let actions = json!([{"Type": "forward", "TargetGroupArn": target_group}]);
    let listener = json!({"LoadBalancerArn": balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": 80, "DefaultActions": actions});
    ask(session, "elbv2", "CreateListener", listener);
    let asg = json!({
        "AutoScalingGroupName": "web", "MinSize": sizes[0], "MaxSize": sizes[1], "DesiredCapacity": sizes[0],
        "LaunchTemplate": {"LaunchTemplateName": "web", "Version": "$Latest"},
        "VPCZoneIdentifier": subnets.join(","), "TargetGroupARNs": [target_group], "DefaultInstanceWarmup": 120,
    });
    ask(session, "autoscaling", "CreateAutoScalingGroup", asg);
    ask(session, "lab", "AdvanceUntilSettled", json!({}));
    text(&balancer["DNSName"])
}

/// Keeps the CPU of the group at 50 %.
pub fn track(session: &mut Session) {
    let policy = json!({
        "AutoScalingGroupName": "web", "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
        "TargetTrackingConfiguration": {
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}, "TargetValue": 50.0,
        },
    });
    ask(session, "autoscaling", "PutScalingPolicy", policy);
}

impl Scene {
    /// Two instances with one CPU each, of at most forty.
    pub fn new(algorithm: &str) -> Self {
        let mut session = Session::new(1);
        let name = build(&mut session, "t2.small", [2, 40], algorithm);
        track(&mut session);
        let profile = json!({"Type": "Sine", "Mean": 210.0, "Amplitude": 190.0, "PeriodSeconds": 86_400.0});
        ask(&mut session, "lab", "SetTraffic", json!({"Target": name, "Profile": profile}));
        Scene { session }
    }

    /// Simulates a day in pieces of ten minutes, as the page does.
    pub fn a_day(mut self) -> Day {
        let end = self.session.now() + SimDuration::from_secs(86_400);
        let before = seconds();
        while self.session.now() < end {
            let goal: SimTime = end.min(self.session.now() + SimDuration::from_secs(600));
            while !self.session.advance(goal, 100_000).is_done {}
        }
        let seconds = seconds() - before;
        let tally = self.session.history().tally().clone();
        let activities = ask(&mut self.session, "autoscaling", "DescribeScalingActivities", json!({}));
        let points = self.session.history().points();
        Day {
            seconds,
            requests: tally.sent,
            mean_ms: tally.latency.mean_secs() * 1e3,
            quantiles_ms: [0.5, 0.95, 0.99].map(|share| tally.latency.quantile_secs(share).unwrap_or(0.0) * 1e3),
            instance_hours: tally.instance_micros as f64 / 3.6e9,
            most_instances: points.iter().map(|point| point.running).max().unwrap_or(0),
            activities: activities["Activities"].as_array().map_or(0, Vec::len),
        }
    }
}
