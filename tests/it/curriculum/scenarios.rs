//! What someone meets who was never here.
use scaling_lab::curriculum::Scenario;
use serde_json::{Value, json};

use super::answer;
use crate::support::{Lab, REGION};

fn busy_shop() -> Lab {
    let scenario = Scenario::busy_shop().expect("the scenario's file");
    let mut lab = Lab::with_seed(scenario.seed);
    scenario.set_up(&mut |call| answer(&mut lab, call)).expect("every request is carried out");
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
