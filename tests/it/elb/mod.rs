//! Elastic Load Balancing: the documented rules, one test each.
mod attributes;
mod health;
mod load_balancers;
mod metrics;
mod rules;
mod targets;
mod timelines;
mod visits;

use serde_json::{Value, json};

use crate::support::{Lab, REGION};

/// An account with an active load balancer in the zones a and b, a target group on it, and web servers in it.
pub struct Scene {
    pub lab: Lab,
    pub subnets: Vec<String>,
    pub vpc: String,
    pub security_group: String,
    pub load_balancer: String,
    pub dns_name: String,
    pub listener: String,
    pub target_group: String,
    pub servers: Vec<String>,
}

impl Scene {
    /// With servers in the zones of these letters, all of them healthy targets if their zone is enabled.
    pub fn with_servers(zones: &str) -> Scene {
        let mut scene = Scene::without_listener(zones);
        scene.listener = scene.listen(80, forward_to(&scene.target_group));
        scene.lab.settle();
        scene
    }

    /// With registered servers and an active load balancer, which nothing joins yet.
    pub fn without_listener(zones: &str) -> Scene {
        let mut lab = Lab::default();
        let subnets = texts(&ask(&mut lab, "ec2", "DescribeSubnets", json!({})), "/Subnets", "SubnetId");
        let vpcs = ask(&mut lab, "ec2", "DescribeVpcs", json!({}));
        let vpc = text(&vpcs, "/Vpcs/0/VpcId");
        let security_group = open_group(&mut lab, "web");
        let mut scene = Scene {
            lab,
            subnets,
            vpc,
            security_group,
            load_balancer: String::new(),
            dns_name: String::new(),
            listener: String::new(),
            target_group: String::new(),
            servers: Vec::new(),
        };
        scene.servers = zones.chars().map(|zone| scene.launch(zone)).collect();
        scene.target_group = scene.create_target_group("web");
        scene.create_load_balancer();
        scene.lab.settle();
        let servers: Vec<Value> = scene.servers.iter().map(|id| json!({"Id": id})).collect();
        if !servers.is_empty() {
            scene.elb("RegisterTargets", json!({"TargetGroupArn": scene.target_group, "Targets": servers}));
        }
        scene
    }

    fn create_load_balancer(&mut self) {
        let subnets = &self.subnets[..2];
        let request = json!({"Name": "web-alb", "Subnets": subnets, "SecurityGroups": [self.security_group]});
        let made = self.elb("CreateLoadBalancer", request);
        self.load_balancer = text(&made, "/LoadBalancers/0/LoadBalancerArn");
        self.dns_name = text(&made, "/LoadBalancers/0/DNSName");
    }

    pub fn launch(&mut self, zone: char) -> String {
        let filter = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
        let image = text(&ask(&mut self.lab, "ec2", "DescribeImages", filter), "/Images/0/ImageId");
        let subnet = &self.subnets["abcdef".find(zone).expect("a zone of the region")];
        let request = json!({"ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1,
            "SubnetId": subnet, "SecurityGroupIds": [self.security_group]});
        text(&ask(&mut self.lab, "ec2", "RunInstances", request), "/Instances/0/InstanceId")
    }

    pub fn create_target_group(&mut self, name: &str) -> String {
        let request = json!({"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": self.vpc});
        text(&self.elb("CreateTargetGroup", request), "/TargetGroups/0/TargetGroupArn")
    }

    pub fn listen(&mut self, port: u16, action: Value) -> String {
        let request = json!({"LoadBalancerArn": self.load_balancer, "Protocol": "HTTP", "Port": port,
            "DefaultActions": [action]});
        text(&self.elb("CreateListener", request), "/Listeners/0/ListenerArn")
    }

    pub fn add_rule(&mut self, priority: i64, conditions: Value, action: Value) -> String {
        let request = json!({"ListenerArn": self.listener, "Priority": priority, "Conditions": conditions,
            "Actions": [action]});
        text(&self.elb("CreateRule", request), "/Rules/0/RuleArn")
    }

    pub fn set_attribute(&mut self, key: &str, value: &str) {
        let request = json!({"TargetGroupArn": self.target_group, "Attributes": [{"Key": key, "Value": value}]});
        self.elb("ModifyTargetGroupAttributes", request);
    }

    pub fn elb(&mut self, operation: &str, parameters: Value) -> Value {
        ask(&mut self.lab, "elbv2", operation, parameters)
    }

    /// The code and the message of a refusal.
    pub fn refused(&mut self, operation: &str, parameters: Value) -> (String, String) {
        let error = self.lab.ask(REGION, "elbv2", operation, parameters).expect_err("a refusal");
        (error.code, error.message)
    }

    /// State, reason and description of each target.
    pub fn health(&mut self) -> Vec<[String; 3]> {
        let request = json!({"TargetGroupArn": self.target_group});
        let answer = self.elb("DescribeTargetHealth", request);
        let all = answer["TargetHealthDescriptions"].as_array().expect("a list");
        all.iter().map(|one| ["State", "Reason", "Description"].map(|name| plain(&one["TargetHealth"][name]))).collect()
    }

    /// The state and the reason of the first target.
    pub fn first(&mut self) -> [String; 2] {
        let [state, reason, _] = self.health().into_iter().next().expect("a target");
        [state, reason]
    }

    /// The first target's state and reason whenever they change in so many seconds, with the second at which they are seen.
    pub fn timeline(&mut self, seconds: u32) -> String {
        let mut seen = vec![format!("{:>4} {}", 0, self.first().join(" ").trim())];
        for second in 1..=seconds {
            self.lab.pass(1.0);
            let now = self.first().join(" ");
            if seen.last().is_none_or(|last| last[5..] != *now.trim()) {
                seen.push(format!("{second:>4} {}", now.trim()));
            }
        }
        seen.join("\n")
    }

    pub fn visit(&mut self, path: &str) -> Value {
        let url = format!("http://{}{path}", self.dns_name);
        ask(&mut self.lab, "lab", "Visit", json!({"Url": url}))
    }

    pub fn open_to_the_world(&mut self, is_open: bool) {
        let operation = if is_open { "AuthorizeSecurityGroupIngress" } else { "RevokeSecurityGroupIngress" };
        let request = json!({"GroupId": self.security_group, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
            "CidrIp": "0.0.0.0/0"});
        ask(&mut self.lab, "ec2", operation, request);
    }
}

/// A security group that lets HTTP in.
pub fn open_group(lab: &mut Lab, name: &str) -> String {
    let made = ask(lab, "ec2", "CreateSecurityGroup", json!({"GroupName": name, "Description": "HTTP"}));
    let id = text(&made, "/GroupId");
    let rule = json!({"GroupId": id, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(lab, "ec2", "AuthorizeSecurityGroupIngress", rule);
    id
}

pub fn forward_to(target_group: &str) -> Value {
    json!({"Type": "forward", "TargetGroupArn": target_group})
}

pub fn fixed(code: &str, body: &str) -> Value {
    json!({"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": code, "MessageBody": body}})
}

pub fn ask(lab: &mut Lab, service: &str, operation: &str, parameters: Value) -> Value {
    lab.ask(REGION, service, operation, parameters).unwrap_or_else(|error| panic!("{service} {operation}: {error}"))
}

pub fn text(answer: &Value, place: &str) -> String {
    plain(answer.pointer(place).unwrap_or_else(|| panic!("{place} in {answer}")))
}

pub fn texts(answer: &Value, place: &str, member: &str) -> Vec<String> {
    answer.pointer(place).and_then(Value::as_array).expect("a list").iter().map(|item| plain(&item[member])).collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map(str::to_owned).unwrap_or_default()
}
