//! An account in which something can go on, and chance.
use scaling_lab::cloud::Region;
use scaling_lab::sim::random::Randomness;
use scaling_lab::sim::{SimDuration, Stream};
use serde_json::{Value, json};

use super::KINDS;
use super::laws::Ledger;
use crate::elb::{ask, text, texts};
use crate::support::{Lab, REGION};

/// A service, an operation and its parameters.
pub type Asked = (&'static str, &'static str, Value);

/// Somebody who asks at random.
pub struct Player {
    pub lab: Lab,
    pub chance: Stream,
    /// The web server's image.
    pub image: String,
    /// The default subnets, zone by zone.
    pub subnets: Vec<String>,
    pub vpc: String,
    /// The default security group, open for HTTP.
    pub security_group: String,
    pub hosted_zone: String,
    /// What the laws remember.
    pub ledger: Ledger,
    /// How many names were made up.
    names: usize,
}

impl Player {
    /// An account with a launch template, two groups, one of them behind a balancer, and a hosted zone.
    pub fn new(seed: u64) -> Player {
        let mut lab = Lab::with_seed(seed);
        let filter = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
        let image = text(&ask(&mut lab, "ec2", "DescribeImages", filter), "/Images/0/ImageId");
        let subnets = texts(&ask(&mut lab, "ec2", "DescribeSubnets", json!({})), "/Subnets", "SubnetId");
        let vpc = text(&ask(&mut lab, "ec2", "DescribeVpcs", json!({})), "/Vpcs/0/VpcId");
        let security_group =
            text(&ask(&mut lab, "ec2", "DescribeSecurityGroups", json!({})), "/SecurityGroups/0/GroupId");
        let rule = json!({"GroupId": security_group, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
            "CidrIp": "0.0.0.0/0"});
        ask(&mut lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
        let data = json!({"ImageId": image, "InstanceType": "t3.micro"});
        let template = json!({"LaunchTemplateName": "web", "LaunchTemplateData": data});
        ask(&mut lab, "ec2", "CreateLaunchTemplate", template);
        let group = json!({"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc});
        let made = ask(&mut lab, "elbv2", "CreateTargetGroup", group);
        let target_group = text(&made, "/TargetGroups/0/TargetGroupArn");
        let balancer = ask(&mut lab, "elbv2", "CreateLoadBalancer", json!({"Name": "web", "Subnets": subnets[..2]}));
        let listener = json!({"LoadBalancerArn": text(&balancer, "/LoadBalancers/0/LoadBalancerArn"), "Protocol": "HTTP",
            "Port": 80, "DefaultActions": [{"Type": "forward", "TargetGroupArn": target_group}]});
        ask(&mut lab, "elbv2", "CreateListener", listener);
        for (name, zones, settings) in [("web", 2, json!({"TargetGroupARNs": [target_group]})), ("api", 3, json!({}))] {
            let mut group = json!({"AutoScalingGroupName": name, "MinSize": 0, "MaxSize": 5, "DesiredCapacity": 2,
                "VPCZoneIdentifier": subnets[..zones].join(","), "LaunchTemplate": {"LaunchTemplateName": "web", "Version": "1"}});
            group.as_object_mut().expect("a map").extend(settings.as_object().cloned().unwrap_or_default());
            ask(&mut lab, "autoscaling", "CreateAutoScalingGroup", group);
        }
        let zone = json!({"Name": "example.com", "CallerReference": "first"});
        let hosted_zone = text(&ask(&mut lab, "route53", "CreateHostedZone", zone), "/HostedZone/Id");
        let chance = Randomness { seed }.stream("test.properties", 0);
        let mut ledger = Ledger::default();
        ledger.look(&lab);
        Player { lab, chance, image, subnets, vpc, security_group, hosted_zone, ledger, names: 0 }
    }

    /// A request of a random kind, that may be refused.
    pub fn request(&mut self) -> Asked {
        let kinds = KINDS.iter().copied().flatten();
        let all: u64 = kinds.clone().map(|(weight, _)| weight).sum();
        let mut place = self.chance.below(all);
        for (weight, make) in kinds {
            if place < *weight {
                return make(self);
            }
            place -= weight;
        }
        unreachable!("the place is below the sum of the weights")
    }

    /// Nothing most times, else some minutes, seldom hours; every other time up to the moment of a sample.
    pub fn let_time_pass(&mut self) {
        let seconds = match self.below(2_048) {
            0 => self.below(7_200),
            1..=80 => self.below(240),
            81..=200 => self.below(20),
            _ => return,
        };
        let tenths = self.below(10);
        self.lab.pass(seconds as f64 + tenths as f64 / 10.0);
        if self.is(2) {
            let since = self.lab.now().since(scaling_lab::session::START).as_micros();
            let rest = SimDuration::from_micros(10_000_000 - since % 10_000_000);
            self.lab.pass(rest.as_secs_f64());
            self.ledger.count_visitors(&self.lab);
        }
    }

    /// Looks at the laws.
    pub fn look(&mut self) {
        self.ledger.look(&self.lab);
    }

    /// Clears all faults, resumes all processes, gives the groups other zones, and has time pass; a group that is steady then is in balance.
    pub fn calm_down(&mut self) {
        let groups: Vec<String> = self.region().autoscaling.groups.keys().cloned().collect();
        for name in groups {
            let from = self.below(2);
            let zones = self.subnets[from..3].join(",");
            let request = json!({"AutoScalingGroupName": name, "VPCZoneIdentifier": zones});
            // One that is being deleted refuses both.
            let _may_be_refused = self.lab.ask(REGION, "autoscaling", "UpdateAutoScalingGroup", request);
            let request = json!({"AutoScalingGroupName": name});
            let _may_be_refused = self.lab.ask(REGION, "autoscaling", "ResumeProcesses", request);
        }
        let faults: Vec<u32> = self.lab.faults().all().map(|(number, _)| number).collect();
        for number in faults {
            ask(&mut self.lab, "lab", "ClearFault", json!({"FaultId": format!("fault-{number}")}));
        }
        self.lab.pass(1_200.0);
        let before = self.ledger.unbalanced(&self.lab);
        // What has only just come to rest is looked at again at the next health check.
        self.lab.pass(130.0);
        let after = self.ledger.unbalanced(&self.lab);
        let lasting: Vec<_> = after.iter().filter(|group| before.contains(group)).collect();
        assert!(lasting.is_empty(), "zones out of balance: {lasting:?}");
        self.look();
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.chance.below(limit as u64) as usize
    }

    /// Once in so many times.
    pub fn is(&mut self, once_in: usize) -> bool {
        self.below(once_in) == 0
    }

    /// One of these words.
    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// One of these; a thing that there is not, if there is none, and now and then anyway.
    pub fn pick(&mut self, ids: Vec<String>, missing: &str) -> String {
        let may_miss = self.is(8);
        let place = self.below(if may_miss { ids.len() + 1 } else { ids.len().max(1) });
        ids.into_iter().nth(place).unwrap_or_else(|| missing.to_owned())
    }

    /// A name that nothing has had.
    pub fn new_name(&mut self, what: &str) -> String {
        self.names += 1;
        format!("{what}-{}", self.names)
    }

    pub fn region(&self) -> &Region {
        self.lab.cloud().region(REGION).expect("a region")
    }

    /// An instance, most times one that is not terminated.
    pub fn instance(&mut self) -> String {
        let includes_gone = self.is(10);
        let instances = self.region().ec2.instances.values();
        let ids = instances.filter(|one| includes_gone || !one.is_gone()).map(|one| one.instance_id.clone()).collect();
        self.pick(ids, "i-0123456789abcdef0")
    }

    /// Some of the default subnets, as a comma-separated list.
    pub fn subnet_list(&mut self) -> String {
        let (from, count) = (self.below(2), 1 + self.below(3));
        self.subnets[from..(from + count).min(4)].join(",")
    }

    pub fn target_group(&mut self) -> String {
        let arns = self.region().elb.target_groups.keys().cloned().collect();
        self.pick(arns, "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef")
    }

    pub fn load_balancer(&mut self) -> String {
        let arns = self.region().elb.load_balancers.keys().cloned().collect();
        self.pick(arns, "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/none/0123456789abcdef")
    }
}
