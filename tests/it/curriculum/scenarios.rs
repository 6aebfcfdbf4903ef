//! What someone meets who was never here.
use scaling_lab::curriculum::Scenario;
use serde_json::{Value, json};

use super::answer;
use crate::support::{Lab, REGION};

fn busy_shop() -> Lab {
    let scenario = Scenario::busy_shop().expect("the scenario's file");
    let mut lab = Lab::with_seed(scenario.seed);
    scenario.set_up(&mut |call| answer(&mut lab, call)).expect("every request is carried out");
    lab.pass(scenario.runs_for_seconds.into());
    lab
}

fn activities(lab: &mut Lab) -> Vec<Value> {
    let parameters = json!({"AutoScalingGroupName": "shop-asg"});
    let answer = lab.ask(REGION, "autoscaling", "DescribeScalingActivities", parameters).expect("the activities");
    answer["Activities"].as_array().cloned().unwrap_or_default()
}

fn count(activities: &[Value], words: &str) -> usize {
    activities
        .iter()
        .filter(|activity| activity["Description"].as_str().is_some_and(|text| text.contains(words)))
        .count()
}

#[test]
fn every_mistake_in_a_scenario_is_told_with_its_place() {
    let mistake = |script: Value| {
        let scenario = json!({"title": "T", "summary": "S.", "seed": 1, "script": script});
        Scenario::read(&scenario.to_string()).expect_err("a mistake").to_string()
    };
    let request = |parameters: Value| json!({"service": "ec2", "operation": "RunInstances", "parameters": parameters});
    let told = [
        (mistake(json!([{"service": "ec2", "operation": "Fly"}])), "script[0]: ec2 Fly is not part of this lab"),
        (mistake(json!([request(json!({"ImageId": "${image}"}))])), "script[0]: \"image\" is not kept"),
        (mistake(json!({})), "the file: invalid type"),
    ];
    for (told, expected) in told {
        assert!(told.starts_with(expected), "{told:?} is not {expected:?}");
    }
}

#[test]
fn a_request_of_a_scenario_that_is_refused_is_told_with_its_place() {
    let request = json!({"service": "ec2", "operation": "RunInstances", "parameters": {"ImageId": "ami-00000000", "MinCount": 1, "MaxCount": 1}});
    let text = json!({"title": "T", "summary": "S.", "seed": 1, "script": [request]}).to_string();
    let mut lab = Lab::with_seed(1);
    let scenario = Scenario::read(&text).expect("a scenario");
    let told = scenario.set_up(&mut |call| answer(&mut lab, call)).expect_err("a refusal").to_string();
    assert!(told.starts_with("script[0]: it is refused: "), "{told}");
}

#[test]
fn in_the_busy_shop_the_group_has_grown_when_the_learner_comes() {
    let mut lab = busy_shop();
    let activities = activities(&mut lab);
    assert!(count(&activities, "Launching a new EC2 instance") > 2, "{activities:#?}");
}

#[test]
fn the_busy_shop_grows_and_shrinks_for_hours_and_serves_nearly_all() {
    let mut lab = busy_shop();
    lab.pass(4.0 * 3_600.0);
    let activities = activities(&mut lab);
    assert!(count(&activities, "Terminating EC2 instance") >= 4, "it shrinks again and again: {activities:#?}");
    let replaced = activities
        .iter()
        .filter(|activity| activity["Cause"].as_str().is_some_and(|cause| cause.contains("health check")));
    assert_eq!(replaced.count(), 0, "no server is overrun");
    assert!(total(&mut lab, "RequestCount") > 500_000.0, "the metric is the balancer's");
    assert_eq!(total(&mut lab, "HTTPCode_ELB_5XX_Count"), 0.0, "every visitor is served");
}

/// The sum of a metric of the balancer over the day.
fn total(lab: &mut Lab, metric: &str) -> f64 {
    let balancers = lab.ask(REGION, "elbv2", "DescribeLoadBalancers", json!({})).expect("the balancer");
    let arn = balancers["LoadBalancers"][0]["LoadBalancerArn"].as_str().unwrap_or_default().to_owned();
    let (_, dimension) = arn.split_once("loadbalancer/").expect("the arn of a balancer");
    let parameters = json!({
        "Namespace": "AWS/ApplicationELB", "MetricName": metric, "Period": 86_400, "Statistics": ["Sum"],
        "Dimensions": [{"Name": "LoadBalancer", "Value": dimension}],
        "StartTime": "2026-01-05T00:00:00Z", "EndTime": "2026-01-06T00:00:00Z"
    });
    let answer = lab.ask(REGION, "cloudwatch", "GetMetricStatistics", parameters).expect("the metric");
    answer["Datapoints"].as_array().into_iter().flatten().filter_map(|point| point["Sum"].as_f64()).sum()
}
