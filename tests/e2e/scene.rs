//! Sessions to show the page with: made by the model itself, and handed over as the browser would have kept them.
use scaling_lab::api::Operation;
use scaling_lab::api::autoscaling::{
    CreateAutoScalingGroupType, LaunchTemplateSpecification, PredefinedMetricSpecification, PutScalingPolicyType,
    TargetTrackingConfiguration,
};
use scaling_lab::api::ec2::{
    AllocateAddressRequest, AssociateAddressRequest, AuthorizeSecurityGroupIngressRequest, CreateImageRequest,
    CreateLaunchTemplateRequest, CreateSecurityGroupRequest, DescribeImagesRequest, DescribeSubnetsRequest,
    DescribeVpcsRequest, LaunchTemplateData, MonitoringEnabled, RunInstancesRequest,
};
use scaling_lab::api::elbv2::{Action, CreateListenerInput, CreateLoadBalancerInput, CreateTargetGroupInput};
use scaling_lab::api::lab::SetTrafficRequest;
use scaling_lab::session::Session;
use scaling_lab::sim::SimDuration;
use scaling_lab::ui::kept::{Kept, View};
use serde_json::json;

use crate::harness::Browser;

const REGION: &str = "us-east-1";

/// A session in the making.
pub struct Scene {
    session: Session,
}

/// How many instances a group begins with, and how many it may have.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub min: i64,
    pub desired: i64,
    pub max: i64,
}

/// A view in which time stands still.
pub fn still() -> View {
    View { is_running: false, ..View::default() }
}

impl Scene {
    /// An empty account.
    pub fn new() -> Scene {
        Scene { session: Session::new(1) }
    }

    /// An account with a web server that has an Elastic IP address, its image, a template, a balancer in two zones and a group behind it.
    pub fn with_group(sizes: Sizes) -> Scene {
        let mut scene = Scene::new();
        scene.add_group(sizes);
        scene
    }

    /// Adds what [`Scene::with_group`] is made of.
    pub fn add_group(&mut self, sizes: Sizes) {
        let scene = self;
        let group_id = scene.web_security_group();
        let source = scene.web_server(&group_id);
        let request = CreateImageRequest { instance_id: source, name: "web-v1".into(), ..Default::default() };
        let image_id = scene.run(request).image_id;
        scene.pass(300);
        let data = LaunchTemplateData {
            image_id: Some(image_id),
            instance_type: Some("t3.micro".into()),
            security_group_ids: Some(vec![group_id.clone()]),
            monitoring: Some(MonitoringEnabled { enabled: Some(true) }),
            ..Default::default()
        };
        scene.run(CreateLaunchTemplateRequest {
            launch_template_name: "web-template".into(),
            launch_template_data: data,
            ..Default::default()
        });
        scene.balanced_group(group_id, sizes);
        scene.pass(420);
    }

    /// Sends so many requests a second to the balancer.
    pub fn send(&mut self, requests_per_second: u64) {
        let region = self.session.cloud().region(REGION).expect("the region");
        let target = region.elb.load_balancers.values().next().expect("a balancer").dns_name.clone();
        let profile = json!({"Type": "Steady", "RequestsPerSecond": requests_per_second});
        let profile = serde_json::from_value(profile).expect("a profile");
        self.run(SetTrafficRequest { target, profile, ..Default::default() });
    }

    /// Lets simulated seconds pass.
    pub fn pass(&mut self, seconds: u64) {
        self.session.run_to(self.session.now() + SimDuration::from_secs(seconds));
    }

    /// Shows the page with this session, as after a reload.
    pub fn show(&self, page: &Browser, view: &View) {
        page.keep_and_reload(&Kept::to_text(self.session.journal(), self.session.now(), view, None));
    }

    /// Carries out a request that is known to be fine.
    pub fn run<T: Operation>(&mut self, operation: T) -> T::Output {
        self.session.run(REGION, operation).unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    fn web_security_group(&mut self) -> String {
        let request = CreateSecurityGroupRequest {
            group_name: "web".into(),
            description: "HTTP from anywhere".into(),
            ..Default::default()
        };
        let group_id = self.run(request).group_id;
        self.run(AuthorizeSecurityGroupIngressRequest {
            group_id: Some(group_id.clone()),
            ip_protocol: Some("tcp".into()),
            from_port: Some(80),
            to_port: Some(80),
            cidr_ip: Some("0.0.0.0/0".into()),
            ..Default::default()
        });
        group_id
    }

    fn web_server(&mut self, group_id: &str) -> String {
        let images = self.run(DescribeImagesRequest::default()).images;
        let image = images.into_iter().find(|image| image.name.contains("web-server")).expect("the web server's image");
        let launched = self.run(RunInstancesRequest {
            image_id: Some(image.image_id),
            instance_type: Some("t3.micro".into()),
            min_count: 1,
            max_count: 1,
            security_group_ids: vec![group_id.into()],
            ..Default::default()
        });
        let instance_id = launched.instances.into_iter().next().expect("one was asked for").instance_id;
        self.pass(120);
        let allocation_id = Some(self.run(AllocateAddressRequest::default()).allocation_id);
        let bond =
            AssociateAddressRequest { allocation_id, instance_id: Some(instance_id.clone()), ..Default::default() };
        self.run(bond);
        instance_id
    }

    fn balanced_group(&mut self, security_group: String, sizes: Sizes) {
        let subnets = self.run(DescribeSubnetsRequest::default()).subnets;
        let subnets: Vec<String> = subnets.into_iter().take(2).map(|subnet| subnet.subnet_id).collect();
        let vpc_id = self.run(DescribeVpcsRequest::default()).vpcs.into_iter().next().map(|vpc| vpc.vpc_id);
        let request = CreateTargetGroupInput {
            name: "web".into(),
            protocol: Some("HTTP".into()),
            port: Some(80),
            vpc_id,
            ..Default::default()
        };
        let target_group = self.run(request).target_groups.into_iter().next().expect("the group").target_group_arn;
        let request = CreateLoadBalancerInput {
            name: "web-lb".into(),
            subnets: subnets.clone(),
            security_groups: vec![security_group],
            ..Default::default()
        };
        let balancer = self.run(request).load_balancers.into_iter().next().expect("the balancer");
        let forward =
            Action { kind: "forward".into(), target_group_arn: Some(target_group.clone()), ..Default::default() };
        self.run(CreateListenerInput {
            load_balancer_arn: balancer.load_balancer_arn,
            protocol: Some("HTTP".into()),
            port: Some(80),
            default_actions: vec![forward],
            ..Default::default()
        });
        self.group_with_policy(target_group, &subnets, sizes);
    }

    fn group_with_policy(&mut self, target_group: String, subnets: &[String], sizes: Sizes) {
        self.run(CreateAutoScalingGroupType {
            auto_scaling_group_name: "web-asg".into(),
            min_size: sizes.min,
            desired_capacity: Some(sizes.desired),
            max_size: sizes.max,
            launch_template: Some(LaunchTemplateSpecification {
                launch_template_name: Some("web-template".into()),
                version: Some("$Default".into()),
                ..Default::default()
            }),
            vpc_zone_identifier: Some(subnets.join(",")),
            target_group_arns: vec![target_group],
            default_instance_warmup: Some(120),
            health_check_grace_period: Some(300),
            ..Default::default()
        });
        let metric = PredefinedMetricSpecification {
            predefined_metric_type: "ASGAverageCPUUtilization".into(),
            ..Default::default()
        };
        self.run(PutScalingPolicyType {
            auto_scaling_group_name: "web-asg".into(),
            policy_name: "cpu-50".into(),
            policy_type: Some("TargetTrackingScaling".into()),
            target_tracking_configuration: Some(TargetTrackingConfiguration {
                predefined_metric_specification: Some(metric),
                target_value: 50.0,
                ..Default::default()
            }),
            ..Default::default()
        });
    }
}
