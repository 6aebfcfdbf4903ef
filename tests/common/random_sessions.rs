//! What the tests of both targets share: random sessions, of which native code and every browser must make the same bits.
//!
//! A session has a group behind a balancer with visitors, and then learners' requests and faults at random moments, some of which are refused.
use scaling_lab::api::{ApiError, Call};
use scaling_lab::session::Session;
use scaling_lab::sim::random::Randomness;
use scaling_lab::sim::{SimDuration, Stream};
use serde_json::{Value, json};

/// How many sessions are compared; their seeds are counted from 1.
pub const SESSIONS: u64 = 200;

/// The digests at the last renewal, in the order of the seeds.
const DIGESTS: &str = include_str!("random_sessions.digests");

/// How time is cut into calls of [`Session::advance`], which may make no difference.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// As few calls as possible.
    AtOnce,
    /// Frames of so much simulated time, and at most so many requests of visitors in a call.
    Frames(SimDuration, u64),
}

impl Pace {
    /// How a page cuts the time of the session with this seed: at another speed and frame rate each time.
    pub fn of_a_page(seed: u64) -> Pace {
        let speed = [10, 60, 600, 3_600][(seed % 4) as usize];
        let frames_per_second = [60, 30, 144, 7, 24][(seed % 5) as usize];
        let budget = [5_000, 50, 333][(seed % 3) as usize];
        Pace::Frames(SimDuration::from_micros(speed * 1_000_000 / frames_per_second), budget)
    }
}

/// The random session with this seed, played live.
pub fn play(seed: u64, pace: Pace) -> Session {
    let mut player = Player::new(seed, pace);
    for _ in 0..STEPS {
        let seconds = player.between(1, 90);
        player.pass(seconds);
        player.act();
    }
    player.pass(60);
    player.session
}

/// The digest that the session with this seed is expected to have.
pub fn expected(seed: u64) -> &'static str {
    DIGESTS.lines().nth(seed as usize - 1).unwrap_or("none")
}

/// A session's digest as the file of what is expected writes it.
pub fn line(session: &Session) -> String {
    format!("{:016x}", session.digest())
}

/// How many requests a session has after those that build its group.
const STEPS: usize = 8;
const REGION: &str = "us-east-1";

/// An account under the hands of chance.
struct Player {
    session: Session,
    chance: Stream,
    pace: Pace,
    image: String,
    subnets: Vec<String>,
    security_group: String,
    target_group: String,
    balancer: String,
}

impl Player {
    fn new(seed: u64, pace: Pace) -> Player {
        let chance = Randomness { seed }.stream("test.sessions", 0);
        let none = String::new;
        let mut player = Player {
            session: Session::new(seed),
            chance,
            pace,
            image: none(),
            subnets: Vec::new(),
            security_group: none(),
            target_group: none(),
            balancer: none(),
        };
        player.find_ground();
        player.make_balancer();
        player.make_group();
        player.pass(100);
        player.send_visitors();
        player
    }

    fn find_ground(&mut self) {
        let filter = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
        self.image = text(&self.must("ec2", "DescribeImages", filter), "/Images/0/ImageId");
        let subnets = self.must("ec2", "DescribeSubnets", json!({}));
        self.subnets = (0..3).map(|index| text(&subnets, &format!("/Subnets/{index}/SubnetId"))).collect();
        let group = self.must("ec2", "CreateSecurityGroup", json!({"GroupName": "web", "Description": "HTTP"}));
        self.security_group = text(&group, "/GroupId");
        let rule = json!({"GroupId": self.security_group, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
        self.must("ec2", "AuthorizeSecurityGroupIngress", rule);
    }

    fn make_balancer(&mut self) {
        let vpc = text(&self.must("ec2", "DescribeVpcs", json!({})), "/Vpcs/0/VpcId");
        let group = json!({"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc, "HealthCheckIntervalSeconds": self.between(6, 30)});
        let made = self.must("elbv2", "CreateTargetGroup", group);
        self.target_group = text(&made, "/TargetGroups/0/TargetGroupArn");
        self.choose_algorithm();
        let balancer = json!({"Name": "web", "Subnets": self.subnets[..2], "SecurityGroups": [self.security_group]});
        let made = self.must("elbv2", "CreateLoadBalancer", balancer);
        self.balancer = text(&made, "/LoadBalancers/0/DNSName");
        let actions = json!([{"Type": "forward", "TargetGroupArn": self.target_group}]);
        let arn = text(&made, "/LoadBalancers/0/LoadBalancerArn");
        let listener = json!({"LoadBalancerArn": arn, "Protocol": "HTTP", "Port": 80, "DefaultActions": actions});
        self.must("elbv2", "CreateListener", listener);
    }

    fn make_group(&mut self) {
        let instance_type = self.one_of(&["t2.micro", "t3.micro", "t3.medium", "m5.large"]);
        let data = json!({"ImageId": self.image, "InstanceType": instance_type, "SecurityGroupIds": [self.security_group],
            "Monitoring": {"Enabled": self.below(2) == 0}});
        self.must("ec2", "CreateLaunchTemplate", json!({"LaunchTemplateName": "web", "LaunchTemplateData": data}));
        let group = json!({"AutoScalingGroupName": "web", "MinSize": 1, "MaxSize": 6, "DesiredCapacity": self.between(1, 4),
            "LaunchTemplate": {"LaunchTemplateName": "web"}, "VPCZoneIdentifier": self.subnets[..2].join(","),
            "TargetGroupARNs": [self.target_group], "HealthCheckType": self.one_of(&["EC2", "ELB"]),
            "HealthCheckGracePeriod": self.between(0, 120), "DefaultInstanceWarmup": self.between(0, 120)});
        self.must("autoscaling", "CreateAutoScalingGroup", group);
        let target = json!({"PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"},
            "TargetValue": self.between(20, 70)});
        let policy = json!({"AutoScalingGroupName": "web", "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
            "TargetTrackingConfiguration": target});
        self.must("autoscaling", "PutScalingPolicy", policy);
    }

    /// Does something that may be refused.
    fn act(&mut self) {
        let victim = self.instance();
        match self.below(12) {
            0 => self.send_visitors(),
            1 => self.choose_algorithm(),
            2 => {
                let size = self.between(0, 7);
                self.may(
                    "autoscaling",
                    "SetDesiredCapacity",
                    json!({"AutoScalingGroupName": "web", "DesiredCapacity": size}),
                );
            }
            3 => self.may("ec2", "TerminateInstances", json!({"InstanceIds": [victim]})),
            4 => self.may("ec2", "StopInstances", json!({"InstanceIds": [victim]})),
            5 => {
                let place = self.below(3) as usize;
                let launch = json!({"ImageId": self.image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
                    "SubnetId": self.subnets[place]});
                self.may("ec2", "RunInstances", launch);
            }
            6 => {
                let address = self.must("ec2", "AllocateAddress", json!({}));
                let bond = json!({"AllocationId": address["AllocationId"], "InstanceId": victim});
                self.may("ec2", "AssociateAddress", bond);
            }
            7 => {
                let targets = json!({"TargetGroupArn": self.target_group, "Targets": [{"Id": victim}]});
                let operation = self.one_of(&["RegisterTargets", "DeregisterTargets"]);
                self.may("elbv2", operation, targets);
            }
            _ => self.break_something(&victim),
        }
    }

    fn break_something(&mut self, victim: &str) {
        let (start, length) = (self.between(0, 60), self.between(20, 200));
        let fault = match self.below(10) {
            0 => json!({"Fault": "KillInstance", "InstanceId": victim}),
            1 => json!({"Fault": "CrashApp", "InstanceId": victim}),
            2 => json!({"Fault": "HangApp", "InstanceId": victim}),
            3 => json!({"Fault": "SlowApp", "AutoScalingGroupName": "web", "Factor": 3.0}),
            4 => json!({"Fault": "FillCpu", "InstanceId": victim, "Percent": 80}),
            5 => json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1a"}),
            6 => json!({"Fault": "NoCapacity", "AvailabilityZone": "us-east-1b"}),
            7 => json!({"Fault": "BreakHealthPath", "AutoScalingGroupName": "web"}),
            8 => json!({"Fault": "CloseSecurityGroup", "GroupId": self.security_group}),
            _ => json!({"Fault": "SlowNetwork", "InstanceId": victim, "Millis": 150}),
        };
        let mut fault = fault;
        fault["StartSeconds"] = start.into();
        if fault["Fault"] != "KillInstance" {
            fault["DurationSeconds"] = length.into();
        }
        self.may("lab", "InjectFault", fault);
    }

    fn send_visitors(&mut self) {
        let rate = self.between(5, 40);
        let profile = match self.below(6) {
            0 => json!({"Type": "Steady", "RequestsPerSecond": rate}),
            1 => json!({"Type": "Ramp", "From": 1, "To": rate, "Seconds": 300}),
            2 => json!({"Type": "Sine", "Mean": rate, "Amplitude": rate / 2, "PeriodSeconds": 400}),
            3 => json!({"Type": "Spike", "Base": 3, "Peak": rate * 2, "AtSeconds": 60, "Seconds": 90}),
            4 => {
                json!({"Type": "FlashCrowd", "Base": 2, "Peak": rate, "AtSeconds": 30, "RiseSeconds": 60, "HoldSeconds": 60,
                "HalfLifeSeconds": 40})
            }
            _ => {
                json!({"Type": "Visitors", "Count": rate * 4, "ThinkSeconds": 5.0, "TimeoutSeconds": 2.0, "Retries": 2,
                "BackoffSeconds": 0.5})
            }
        };
        let class = self.one_of(&["StaticPage", "Page", "Page", "CpuHeavyPage", "Inference"]);
        let traffic = json!({"Target": self.balancer, "Profile": profile, "RequestClass": class});
        self.must("lab", "SetTraffic", traffic);
    }

    fn choose_algorithm(&mut self) {
        let algorithm = self.one_of(&["round_robin", "least_outstanding_requests", "weighted_random"]);
        let sticky = self.below(4) == 0 && algorithm != "weighted_random";
        let attributes = json!([
            {"Key": "load_balancing.algorithm.type", "Value": algorithm},
            {"Key": "stickiness.enabled", "Value": sticky.to_string()},
            {"Key": "deregistration_delay.timeout_seconds", "Value": "30"},
        ]);
        let request = json!({"TargetGroupArn": self.target_group, "Attributes": attributes});
        self.must("elbv2", "ModifyTargetGroupAttributes", request);
    }

    /// One of the instances that there are, and now and then one that there is not.
    fn instance(&mut self) -> String {
        let region = self.session.cloud().region(REGION).expect("the region");
        let ids: Vec<String> = region.ec2.instances.keys().cloned().collect();
        let place = self.below(ids.len() as u64 + 1) as usize;
        ids.into_iter().nth(place).unwrap_or_else(|| "i-0123456789abcdef0".to_owned())
    }

    fn pass(&mut self, seconds: u64) {
        let goal = self.session.now() + SimDuration::from_secs(seconds);
        let Pace::Frames(step, budget) = self.pace else {
            return self.session.run_to(goal);
        };
        while self.session.now() < goal {
            let until = goal.min(self.session.now() + step);
            while !self.session.advance(until, budget).is_done {}
        }
    }

    fn ask(&mut self, service: &str, operation: &str, parameters: Value) -> Result<Value, ApiError> {
        let envelope = json!({"region": REGION, "service": service, "operation": operation, "parameters": parameters});
        Ok(self.session.submit(Call::from_json(&envelope)?)?.output())
    }

    fn must(&mut self, service: &str, operation: &str, parameters: Value) -> Value {
        self.ask(service, operation, parameters).unwrap_or_else(|refusal| panic!("{operation}: {refusal}"))
    }

    /// Asks for what may be refused: a refusal is part of the session.
    fn may(&mut self, service: &str, operation: &str, parameters: Value) {
        let _answer_or_refusal = self.ask(service, operation, parameters);
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.chance.below(limit)
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

fn text(value: &Value, place: &str) -> String {
    value.pointer(place).and_then(Value::as_str).unwrap_or_else(|| panic!("no {place} in {value}")).to_owned()
}
