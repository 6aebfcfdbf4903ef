//! Laws that hold whatever is asked: random requests, legal and illegal, over simulated days.
//!
//! Ten thousand requests in the ordinary run; a million with `LAB_LONG=1`. A failure prints the seed and the number of the request.
use std::collections::BTreeSet;

use scaling_lab::session::Session;
use scaling_lab::sim::Stream;
use scaling_lab::sim::random::Randomness;
use serde_json::{Value, json};

use crate::elb::{ask, text, texts};
use crate::support::{Lab, REGION};

/// Requests of one session; the sessions' seeds are counted from 1.
const REQUESTS: usize = 1_000;

/// An account in which something can go on, and chance.
struct Player {
    lab: Lab,
    chance: Stream,
    image: String,
    subnets: Vec<String>,
    target_group: String,
    answered: usize,
}

impl Player {
    fn new(seed: u64) -> Player {
        let mut lab = Lab::with_seed(seed);
        let filter = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
        let image = text(&ask(&mut lab, "ec2", "DescribeImages", filter), "/Images/0/ImageId");
        let subnets = texts(&ask(&mut lab, "ec2", "DescribeSubnets", json!({})), "/Subnets", "SubnetId");
        let vpc = text(&ask(&mut lab, "ec2", "DescribeVpcs", json!({})), "/Vpcs/0/VpcId");
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
        let chance = Randomness { seed }.stream("test.properties", 0);
        Player { lab, chance, image, subnets, target_group, answered: 0 }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.chance.below(limit as u64) as usize
    }

    /// One of these; an id that there is not, if there is none, and now and then anyway.
    fn pick(&mut self, ids: Vec<String>, missing: &str) -> String {
        let place = self.below(ids.len() + 1);
        ids.into_iter().nth(place).unwrap_or_else(|| missing.to_owned())
    }

    fn instance(&mut self) -> String {
        let ids = self.lab.cloud().region(REGION).expect("a region").ec2.instances.keys().cloned().collect();
        self.pick(ids, "i-0123456789abcdef0")
    }

    fn address(&mut self) -> String {
        let ids = self.lab.cloud().region(REGION).expect("a region").ec2.addresses.keys().cloned().collect();
        self.pick(ids, "eipalloc-0123456789abcdef0")
    }

    /// A request of a random kind, that may be refused.
    fn request(&mut self) -> (&'static str, &'static str, Value) {
        let size = self.below(5) as i64;
        match self.below(16) {
            0 => {
                let subnet = self.below(3);
                (
                    "ec2",
                    "RunInstances",
                    json!({"ImageId": self.image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
                    "SubnetId": self.subnets[subnet]}),
                )
            }
            1 => ("ec2", "StopInstances", json!({"InstanceIds": [self.instance()]})),
            2 => ("ec2", "StartInstances", json!({"InstanceIds": [self.instance()]})),
            3 | 4 => ("ec2", "TerminateInstances", json!({"InstanceIds": [self.instance()]})),
            5 => ("ec2", "AllocateAddress", json!({})),
            6 | 7 => {
                ("ec2", "AssociateAddress", json!({"AllocationId": self.address(), "InstanceId": self.instance()}))
            }
            8 => ("ec2", "ReleaseAddress", json!({"AllocationId": self.address()})),
            9 => {
                let zones = self.subnets[..2].join(",");
                (
                    "autoscaling",
                    "CreateAutoScalingGroup",
                    json!({"AutoScalingGroupName": "web", "MinSize": 0, "MaxSize": 4,
                    "DesiredCapacity": size, "VPCZoneIdentifier": zones, "TargetGroupARNs": [self.target_group],
                    "LaunchTemplate": {"LaunchTemplateName": "web"}}),
                )
            }
            10 => {
                ("autoscaling", "SetDesiredCapacity", json!({"AutoScalingGroupName": "web", "DesiredCapacity": size}))
            }
            11 => {
                let max = self.below(5) as i64;
                (
                    "autoscaling",
                    "UpdateAutoScalingGroup",
                    json!({"AutoScalingGroupName": "web", "MinSize": size, "MaxSize": max}),
                )
            }
            12 => {
                let decrement = self.below(2) == 0;
                (
                    "autoscaling",
                    "TerminateInstanceInAutoScalingGroup",
                    json!({"InstanceId": self.instance(), "ShouldDecrementDesiredCapacity": decrement}),
                )
            }
            13 => (
                "elbv2",
                "RegisterTargets",
                json!({"TargetGroupArn": self.target_group, "Targets": [{"Id": self.instance()}]}),
            ),
            14 => (
                "elbv2",
                "DeregisterTargets",
                json!({"TargetGroupArn": self.target_group, "Targets": [{"Id": self.instance()}]}),
            ),
            _ => ("elbv2", "DescribeTargetHealth", json!({"TargetGroupArn": self.target_group})),
        }
    }

    /// Sends a request, lets some time pass, and looks at the laws.
    fn play(&mut self) {
        let (service, operation, parameters) = self.request();
        self.answered += usize::from(self.lab.ask(REGION, service, operation, parameters).is_ok());
        if self.below(4) == 0 {
            let seconds = self.below(240) as f64;
            self.lab.pass(seconds);
        }
        self.check();
    }

    fn check(&self) {
        let region = self.lab.cloud().region(REGION).expect("a region");
        for group in region.autoscaling.groups.values() {
            let sizes = (group.min, group.desired, group.max);
            assert!(group.min <= group.desired && group.desired <= group.max, "a group within its bounds: {sizes:?}");
        }
        let mut holders = BTreeSet::new();
        for instance_id in region.ec2.instances.keys() {
            if let Some(address) = region.ec2.public_ip(instance_id) {
                assert!(holders.insert(address.to_owned()), "{address} is on two instances");
            }
        }
        for group in region.elb.target_groups.values() {
            let places: BTreeSet<(&String, i64)> =
                group.targets.iter().map(|target| (&target.instance_id, target.port)).collect();
            assert_eq!(places.len(), group.targets.len(), "a target is in two states");
        }
    }
}

fn sessions() -> u64 {
    let requests = if std::env::var_os("LAB_LONG").is_some() { 1_000_000 } else { 10_000 };
    (requests / REQUESTS) as u64
}

/// Group sizes within their bounds, every address on at most one instance, no target in two states; and a replay equal to the bit.
#[test]
fn the_laws_hold_whatever_is_asked_and_a_replay_is_equal_to_the_bit() {
    for seed in 1..=sessions() {
        let mut player = Player::new(seed);
        for number in 0..REQUESTS {
            let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| player.play()));
            assert!(played.is_ok(), "seed {seed}, request {number}");
        }
        let share = player.answered as f64 / REQUESTS as f64;
        assert!((0.2..0.9).contains(&share), "legal and illegal requests alike: {share}");
        if seed == 1 {
            assert_eq!(Session::replay(player.lab.journal()).digest(), player.lab.digest(), "replay of seed {seed}");
        }
    }
}
