//! The main job, from the first instance to a group that grows, shrinks and heals.
use scaling_lab::api::autoscaling as asg;
use scaling_lab::api::cloudwatch::DescribeAlarmsInput;
use scaling_lab::api::ec2::{self, *};
use scaling_lab::api::elbv2 as elb;
use scaling_lab::api::lab::*;
use scaling_lab::session::Session;
use serde_json::json;

use crate::support::{Lab, REGION};

fn image(lab: &mut Lab, region: &str, part: &str) -> String {
    let images = lab.run(region, DescribeImagesRequest::default()).expect("images").images;
    images.into_iter().find(|image| image.name.contains(part)).expect("an image of this name").image_id
}

fn instance(lab: &mut Lab, id: &str) -> ec2::Instance {
    let request = DescribeInstancesRequest { instance_ids: vec![id.to_owned()], ..Default::default() };
    let mut found = lab.run(REGION, request).expect("the instance").reservations;
    found.remove(0).instances.remove(0)
}

fn web_group(lab: &mut Lab) -> String {
    let request = CreateSecurityGroupRequest {
        group_name: "web".into(),
        description: "HTTP from everywhere".into(),
        ..Default::default()
    };
    let id = lab.run(REGION, request).expect("a group").group_id;
    let rule = AuthorizeSecurityGroupIngressRequest {
        group_id: Some(id.clone()),
        ip_protocol: Some("tcp".into()),
        from_port: Some(80),
        to_port: Some(80),
        cidr_ip: Some("0.0.0.0/0".into()),
        ..Default::default()
    };
    lab.run(REGION, rule).expect("a rule");
    id
}

fn launch(lab: &mut Lab, image_id: &str, group_id: &str) -> String {
    let request = RunInstancesRequest {
        image_id: Some(image_id.into()),
        instance_type: Some("t3.micro".into()),
        min_count: 1,
        max_count: 1,
        security_group_ids: vec![group_id.into()],
        ..Default::default()
    };
    let launched = lab.run(REGION, request).expect("a launch").instances.remove(0);
    assert_eq!((launched.state.name.as_str(), launched.public_ip_address), ("pending", None));
    lab.settle();
    launched.instance_id
}

/// An account with a web server, its image, a template, a balancer in two zones and a group behind it.
pub struct Scene {
    pub lab: Lab,
    pub balancer: String,
    pub target_group: String,
}

pub fn scene() -> Scene {
    let mut lab = Lab::default();
    let group_id = web_group(&mut lab);
    let base = image(&mut lab, REGION, "web-server");
    let source = launch(&mut lab, &base, &group_id);
    let request = CreateImageRequest { instance_id: source.clone(), name: "web-v1".into(), ..Default::default() };
    let image_id = lab.run(REGION, request).expect("an image").image_id;
    lab.settle();
    lab.run(REGION, TerminateInstancesRequest { instance_ids: vec![source], ..Default::default() }).expect("an end");
    let data = LaunchTemplateData {
        image_id: Some(image_id),
        instance_type: Some("t3.micro".into()),
        security_group_ids: Some(vec![group_id.clone()]),
        monitoring: Some(MonitoringEnabled { enabled: Some(true) }),
        ..Default::default()
    };
    let template = CreateLaunchTemplateRequest {
        launch_template_name: "web-template".into(),
        launch_template_data: data,
        ..Default::default()
    };
    lab.run(REGION, template).expect("a template");
    let (balancer, target_group) = balance(&mut lab, group_id);
    Scene { lab, balancer, target_group }
}

fn balance(lab: &mut Lab, group_id: String) -> (String, String) {
    let subnets = lab.run(REGION, DescribeSubnetsRequest::default()).expect("subnets").subnets;
    let subnets: Vec<String> = subnets.into_iter().take(2).map(|subnet| subnet.subnet_id).collect();
    let vpc_id = lab.run(REGION, DescribeVpcsRequest::default()).expect("networks").vpcs.remove(0).vpc_id;
    let request = elb::CreateTargetGroupInput {
        name: "web".into(),
        protocol: Some("HTTP".into()),
        port: Some(80),
        vpc_id: Some(vpc_id),
        ..Default::default()
    };
    let target_group = lab.run(REGION, request).expect("a target group").target_groups.remove(0).target_group_arn;
    let request = elb::CreateLoadBalancerInput {
        name: "web-lb".into(),
        subnets: subnets.clone(),
        security_groups: vec![group_id],
        ..Default::default()
    };
    let balancer = lab.run(REGION, request).expect("a balancer").load_balancers.remove(0);
    assert_eq!(balancer.state.code, "provisioning");
    let forward =
        elb::Action { kind: "forward".into(), target_group_arn: Some(target_group.clone()), ..Default::default() };
    let listener = elb::CreateListenerInput {
        load_balancer_arn: balancer.load_balancer_arn,
        protocol: Some("HTTP".into()),
        port: Some(80),
        default_actions: vec![forward],
        ..Default::default()
    };
    lab.run(REGION, listener).expect("a listener");
    create_group(lab, &target_group, &subnets);
    lab.settle();
    (balancer.dns_name, target_group)
}

fn create_group(lab: &mut Lab, target_group: &str, subnets: &[String]) {
    let request = asg::CreateAutoScalingGroupType {
        auto_scaling_group_name: "web-asg".into(),
        min_size: 1,
        max_size: 8,
        desired_capacity: Some(2),
        launch_template: Some(asg::LaunchTemplateSpecification {
            launch_template_name: Some("web-template".into()),
            version: Some("$Latest".into()),
            ..Default::default()
        }),
        vpc_zone_identifier: Some(subnets.join(",")),
        target_group_arns: vec![target_group.into()],
        default_instance_warmup: Some(120),
        ..Default::default()
    };
    lab.run(REGION, request).expect("a group");
    let metric = asg::PredefinedMetricSpecification {
        predefined_metric_type: "ASGAverageCPUUtilization".into(),
        ..Default::default()
    };
    let policy = asg::PutScalingPolicyType {
        auto_scaling_group_name: "web-asg".into(),
        policy_name: "cpu-50".into(),
        policy_type: Some("TargetTrackingScaling".into()),
        target_tracking_configuration: Some(asg::TargetTrackingConfiguration {
            predefined_metric_specification: Some(metric),
            target_value: 50.0,
            ..Default::default()
        }),
        ..Default::default()
    };
    assert_eq!(lab.run(REGION, policy).expect("a policy").alarms.len(), 2);
}

pub fn group(lab: &mut Lab) -> asg::AutoScalingGroup {
    let groups = lab.run(REGION, asg::AutoScalingGroupNamesType::default()).expect("groups");
    groups.auto_scaling_groups.into_iter().next().expect("the group")
}

fn activities(lab: &mut Lab) -> Vec<asg::Activity> {
    lab.run(REGION, asg::DescribeScalingActivitiesType::default()).expect("activities").activities
}

pub fn send(lab: &mut Lab, target: &str, requests_per_second: f64) {
    let profile = json!({"Type": "Steady", "RequestsPerSecond": requests_per_second});
    let profile = serde_json::from_value(profile).expect("a profile");
    let request = SetTrafficRequest { target: target.into(), profile, ..Default::default() };
    lab.run(REGION, request).expect("visitors");
}

#[test]
fn an_image_id_belongs_to_its_region() {
    let mut lab = Lab::default();
    let ids = ["us-east-1", "eu-west-1", "ap-southeast-2"].map(|region| image(&mut lab, region, "web-server"));
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    let request =
        RunInstancesRequest { image_id: Some(ids[0].clone()), min_count: 1, max_count: 1, ..Default::default() };
    let error = lab.run("eu-west-1", request).expect_err("the id of another region");
    assert_eq!(
        (error.code.as_str(), error.message),
        ("InvalidAMIID.NotFound", format!("The image id '[{}]' does not exist", ids[0]))
    );
}

#[test]
fn the_automatic_address_changes_over_stop_and_start_and_the_elastic_one_stays() {
    let mut lab = Lab::default();
    let group_id = web_group(&mut lab);
    let base = image(&mut lab, REGION, "web-server");
    let id = launch(&mut lab, &base, &group_id);
    let before = instance(&mut lab, &id);
    assert_eq!(before.state.name, "running");
    restart(&mut lab, &id);
    let after = instance(&mut lab, &id);
    assert_ne!(before.public_ip_address, after.public_ip_address);
    assert_eq!(before.private_ip_address, after.private_ip_address);

    let address = lab.run(REGION, AllocateAddressRequest::default()).expect("an address");
    let request = AssociateAddressRequest {
        allocation_id: Some(address.allocation_id),
        instance_id: Some(id.clone()),
        ..Default::default()
    };
    lab.run(REGION, request).expect("an association");
    restart(&mut lab, &id);
    assert_eq!(instance(&mut lab, &id).public_ip_address, Some(address.public_ip));
}

fn restart(lab: &mut Lab, id: &str) {
    lab.run(REGION, StopInstancesRequest { instance_ids: vec![id.into()], ..Default::default() }).expect("a stop");
    lab.settle();
    let stopped = instance(lab, id);
    assert_eq!(stopped.state.name, "stopped");
    lab.run(REGION, StartInstancesRequest { instance_ids: vec![id.into()], ..Default::default() }).expect("a start");
    lab.settle();
}

#[test]
fn an_image_holds_the_files_and_a_template_launches_it() {
    let mut lab = Lab::default();
    let group_id = web_group(&mut lab);
    let base = image(&mut lab, REGION, "web-server");
    let source = launch(&mut lab, &base, &group_id);
    let (path, content) = ("/var/www/html/index.html", "<h1>Mine</h1>");
    let write = WriteFileRequest { instance_id: source.clone(), path: path.into(), content: content.into() };
    lab.run(REGION, write).expect("a file");
    let request = CreateImageRequest { instance_id: source, name: "mine".into(), ..Default::default() };
    let image_id = lab.run(REGION, request).expect("an image").image_id;
    let launch_it = RunInstancesRequest {
        image_id: Some(image_id.clone()),
        instance_type: Some("t3.micro".into()),
        min_count: 1,
        max_count: 1,
        ..Default::default()
    };
    let error = lab.run(REGION, launch_it).expect_err("a pending image");
    assert_eq!(error.code, "InvalidAMIID.Unavailable");
    lab.settle();
    let data = LaunchTemplateData {
        image_id: Some(image_id),
        instance_type: Some("t3.micro".into()),
        security_group_ids: Some(vec![group_id]),
        ..Default::default()
    };
    let template = CreateLaunchTemplateRequest {
        launch_template_name: "mine".into(),
        launch_template_data: data,
        ..Default::default()
    };
    lab.run(REGION, template).expect("a template");
    let from_template = RunInstancesRequest {
        launch_template: Some(LaunchTemplateSpecification {
            launch_template_name: Some("mine".into()),
            ..Default::default()
        }),
        min_count: 1,
        max_count: 1,
        ..Default::default()
    };
    let copy = lab.run(REGION, from_template).expect("a launch").instances.remove(0).instance_id;
    lab.settle();
    let read = ReadFileRequest { instance_id: copy.clone(), path: path.into() };
    assert_eq!(lab.run(REGION, read).expect("the file").content, content);
    let address = instance(&mut lab, &copy).public_ip_address.expect("a public address");
    let page =
        lab.run(REGION, VisitRequest { url: format!("http://{address}/"), ..Default::default() }).expect("a visit");
    assert_eq!((page.status_code, page.body.as_deref()), (Some(200), Some(content)));
}

#[test]
fn a_group_grows_with_ten_times_the_visitors_and_shrinks_after_them() {
    let Scene { mut lab, balancer, .. } = scene();
    send(&mut lab, &balancer, 6.0);
    lab.pass(600.0);
    assert_eq!(group(&mut lab).desired_capacity, 2, "it takes a quarter of an hour to shrink");
    send(&mut lab, &balancer, 58.0);
    lab.pass(1_800.0);
    let grown = group(&mut lab);
    assert_eq!(
        grown.desired_capacity,
        3,
        "58 requests a second of 50 ms on 2 CPUs at 50 %: {:#?}",
        activities(&mut lab)
    );
    assert_eq!(grown.instances.len(), 3);
    let cause = &activities(&mut lab)[0].cause;
    assert!(cause.contains("a monitor alarm TargetTracking-web-asg-AlarmHigh-"), "{cause}");
    assert!(cause.contains("in state ALARM triggered policy cpu-50 changing the desired capacity from "), "{cause}");
    let zones: Vec<usize> = ["us-east-1a", "us-east-1b"]
        .map(|zone| grown.instances.iter().filter(|member| member.availability_zone == zone).count())
        .into();
    assert!(zones == [2, 1] || zones == [1, 2], "{zones:?}");

    send(&mut lab, &balancer, 5.0);
    lab.pass(600.0);
    assert_eq!(group(&mut lab).desired_capacity, 3, "scale-in waits for fifteen minutes of low CPU");
    lab.pass(3_600.0);
    let shrunk = group(&mut lab);
    assert_eq!((shrunk.desired_capacity, shrunk.instances.len()), (1, 1), "{:#?}", activities(&mut lab));
    let alarms = lab.run(REGION, DescribeAlarmsInput::default()).expect("alarms").metric_alarms;
    let low = alarms.iter().find(|alarm| alarm.alarm_name.contains("AlarmLow")).expect("the low alarm");
    assert_eq!(low.state_value, "ALARM", "at its minimum a group with a red low alarm is normal");
}

#[test]
fn a_terminated_member_is_replaced() {
    let Scene { mut lab, balancer, target_group } = scene();
    send(&mut lab, &balancer, 35.0);
    let before: Vec<String> = group(&mut lab).instances.into_iter().map(|member| member.instance_id).collect();
    assert_eq!(before.len(), 2);
    let request = TerminateInstancesRequest { instance_ids: vec![before[0].clone()], ..Default::default() };
    lab.run(REGION, request).expect("an end");
    lab.pass(900.0);
    let after = group(&mut lab).instances;
    assert_eq!(after.len(), 2);
    assert!(after.iter().all(|member| member.instance_id != before[0] && member.lifecycle_state == "InService"));
    let causes: Vec<String> = activities(&mut lab).into_iter().map(|activity| activity.cause).collect();
    let noticed = "an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.";
    assert!(causes.iter().any(|cause| cause.contains(noticed)), "{causes:#?}");
    let replaced = "an instance was launched in response to an unhealthy instance needing to be replaced.";
    assert!(causes.iter().any(|cause| cause.contains(replaced)), "{causes:#?}");
    let request = elb::DescribeTargetHealthInput { target_group_arn: target_group, ..Default::default() };
    let health = lab.run(REGION, request).expect("health").target_health_descriptions;
    assert_eq!(health.len(), 2);
    assert!(health.iter().all(|target| target.target_health.state == "healthy"), "{health:#?}");
}

#[test]
fn a_journal_replays_to_the_bit_however_the_time_is_cut() {
    let Scene { mut lab, balancer, .. } = scene();
    send(&mut lab, &balancer, 80.0);
    lab.pass(1_200.0);
    let again = Session::replay(lab.journal());
    assert_eq!(again.digest(), lab.digest());
    let mut slow = Lab::default();
    for entry in &lab.journal().entries {
        while !slow.advance(entry.at, 7).is_done {}
        slow.submit(entry.call.as_ref().clone()).expect("it went well the first time");
    }
    while !slow.advance(lab.now(), 7).is_done {}
    assert_eq!(slow.digest(), lab.digest());
}
