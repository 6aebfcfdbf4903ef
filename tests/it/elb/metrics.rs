//! Metrics ("CloudWatch metrics for your Application Load Balancer").
use serde_json::{Value, json};

use super::{Scene, ask, fixed};

impl Scene {
    /// The statistic of the metric over the last ten minutes; the dimensions are added to `LoadBalancer`.
    fn metric(&mut self, name: &str, statistic: &str, others: Value) -> Option<f64> {
        let balancer = self.load_balancer.split_once("loadbalancer/").expect("an ARN").1;
        let mut dimensions = vec![json!({"Name": "LoadBalancer", "Value": balancer})];
        dimensions.extend(others.as_array().expect("a list").iter().cloned());
        let now = self.lab.now();
        let start = now - scaling_lab::sim::SimDuration::from_secs(600);
        let statistics = if statistic.starts_with('p') { "ExtendedStatistics" } else { "Statistics" };
        let request = json!({"Namespace": "AWS/ApplicationELB", "MetricName": name, "Dimensions": dimensions, "Period": 600,
            "StartTime": start.to_iso8601(), "EndTime": now.to_iso8601(), statistics: [statistic]});
        let answer = ask(&mut self.lab, "cloudwatch", "GetMetricStatistics", request);
        let point = answer["Datapoints"].as_array()?.first()?.clone();
        point[statistic].as_f64().or_else(|| point["ExtendedStatistics"][statistic].as_f64())
    }

    fn group_dimension(&self) -> Value {
        json!({"Name": "TargetGroup", "Value": self.target_group.rsplit_once(':').expect("an ARN").1})
    }

    fn send(&mut self, rate: f64) {
        let profile = json!({"Type": "Steady", "RequestsPerSecond": rate});
        let request = json!({"Target": self.dns_name, "Profile": profile, "RequestClass": "StaticPage"});
        ask(&mut self.lab, "lab", "SetTraffic", request);
    }

    /// What `DescribeTargetHealth` tells of anomalies, target by target.
    fn anomalies(&mut self, include: &[&str]) -> Vec<Option<[String; 2]>> {
        let request = json!({"TargetGroupArn": self.target_group, "Include": include});
        let answer = self.elb("DescribeTargetHealth", request);
        let all = answer["TargetHealthDescriptions"].as_array().expect("a list").iter();
        let text = |value: &Value| value.as_str().expect("a word").to_owned();
        all.map(|one| {
            let found = one.get("AnomalyDetection")?;
            Some([text(&found["Result"]), text(&found["MitigationInEffect"])])
        })
        .collect()
    }

    /// Goes to the next full ten minutes, so that a period of ten minutes holds what follows.
    fn begin_period(&mut self) {
        while self.lab.now().floor_to(scaling_lab::sim::SimDuration::from_secs(600)) != self.lab.now() {
            self.lab.pass(1.0);
        }
    }
}

/// The metrics of requests, with their dimensions: LoadBalancer; with TargetGroup; with AvailabilityZone.
#[test]
fn requests_are_counted_for_the_load_balancer_each_target_group_and_each_zone() {
    let mut scene = Scene::with_servers("ab");
    scene.begin_period();
    assert_eq!(scene.metric("RequestCount", "Sum", json!([])), None, "no visitors, no datapoint");
    scene.send(10.0);
    scene.lab.pass(600.0);
    let group = scene.group_dimension();
    let zone = json!({"Name": "AvailabilityZone", "Value": "us-east-1a"});
    let all = scene.metric("RequestCount", "Sum", json!([])).expect("requests");
    assert!((5_700.0..6_300.0).contains(&all), "{all}");
    assert_eq!(scene.metric("RequestCount", "Sum", json!([group])), Some(all));
    let half = scene.metric("RequestCount", "Sum", json!([zone])).expect("requests of the zone");
    assert!((half - all / 2.0).abs() < 1.0, "{half} of {all}");
    assert_eq!(scene.metric("HTTPCode_Target_2XX_Count", "Sum", json!([group])), Some(all));
    assert_eq!(scene.metric("RequestCountPerTarget", "Sum", json!([group])), Some(all / 2.0));
    assert_eq!(scene.metric("HTTPCode_ELB_5XX_Count", "Sum", json!([])), None);
    let [mean, p99] = ["Average", "p99"].map(|statistic| scene.metric("TargetResponseTime", statistic, json!([])));
    let (mean, p99) = (mean.expect("a mean"), p99.expect("a percentile"));
    assert!((0.004..0.007).contains(&mean) && p99 > 3.0 * mean, "exponential work of 5 ms: {mean} {p99}");
}

/// "ConsumedLCUs", Elastic Load Balancing pricing: the largest of 25 new connections a second, 3,000 active connections, 1 GB an hour and
/// 1,000 rule evaluations a second. With the lab's pages that is what passes through.
#[test]
fn capacity_units_follow_the_largest_of_the_four_dimensions() {
    let mut scene = Scene::with_servers("ab");
    scene.begin_period();
    scene.send(50.0);
    scene.lab.pass(600.0);
    let mut sum = |name| scene.metric(name, "Sum", json!([])).expect("always reported");
    let by_connections = sum("NewConnectionCount") / 600.0 / 25.0;
    let by_bytes = sum("ProcessedBytes") * 6.0 / 1e9;
    let units = sum("ConsumedLCUs") / 10.0;
    assert!((1.9..2.1).contains(&by_connections), "50 connections a second are two units: {by_connections}");
    assert!((units - by_bytes).abs() < 1e-9 && by_bytes > by_connections, "{units}: {by_bytes} or {by_connections}");
}

/// "HealthyHostCount", "UnHealthyHostCount": reported with registered targets, with visitors or without; deregistering lowers the one and
/// does not raise the other.
#[test]
fn host_counts_are_there_without_visitors() {
    let mut scene = Scene::with_servers("ab");
    let group = scene.group_dimension();
    scene.begin_period();
    scene
        .elb("DeregisterTargets", json!({"TargetGroupArn": scene.target_group, "Targets": [{"Id": scene.servers[0]}]}));
    scene.lab.pass(600.0);
    assert_eq!(scene.metric("HealthyHostCount", "Maximum", json!([group])), Some(1.0));
    assert_eq!(scene.metric("UnHealthyHostCount", "Maximum", json!([group])), Some(0.0));
    let zone = json!({"Name": "AvailabilityZone", "Value": "us-east-1a"});
    assert_eq!(scene.metric("HealthyHostCount", "Maximum", json!([zone, group])), Some(0.0));
}

/// "HTTPCode_ELB_503_Count" is the load balancer's own answer; it counts for no target group.
#[test]
fn own_answers_are_counted_apart() {
    let mut scene = Scene::with_servers("");
    scene.begin_period();
    scene.send(10.0);
    scene.lab.pass(600.0);
    let own = scene.metric("HTTPCode_ELB_503_Count", "Sum", json!([])).expect("answers");
    assert_eq!(scene.metric("HTTPCode_ELB_5XX_Count", "Sum", json!([])), Some(own));
    assert_eq!(scene.metric("HTTPCode_Target_2XX_Count", "Sum", json!([])), None);
    assert!(own > 5_700.0, "{own}");
}

/// What a rule answers itself is counted by class: "HTTPCode_ELB_4XX_Count", "The number of HTTP 4XX client error codes that originate from the
/// load balancer"; "HTTPCode_ELB_3XX_Count" for redirects; and by kind: "HTTP_Fixed_Response_Count", "HTTP_Redirect_Count". The chart counts the same requests, and only the 4xx as errors.
#[test]
fn what_a_rule_answers_itself_is_counted_by_class_and_charts_agree() {
    let redirect = json!({"Type": "redirect", "RedirectConfig": {"Host": "www.example.com", "StatusCode": "HTTP_302"}});
    for (action, name, others, is_error) in [
        (fixed("404", "gone"), "HTTPCode_ELB_4XX_Count", ["HTTPCode_ELB_3XX_Count", "HTTPCode_ELB_5XX_Count"], true),
        (redirect, "HTTPCode_ELB_3XX_Count", ["HTTPCode_ELB_4XX_Count", "HTTPCode_ELB_5XX_Count"], false),
        (fixed("503", "closed"), "HTTPCode_ELB_503_Count", ["HTTPCode_ELB_3XX_Count", "HTTPCode_ELB_4XX_Count"], true),
    ] {
        let mut scene = Scene::with_servers("a");
        scene.elb("ModifyListener", json!({"ListenerArn": scene.listener, "DefaultActions": [action]}));
        scene.begin_period();
        let before = scene.lab.history().tally().clone();
        scene.send(10.0);
        scene.lab.pass(600.0);
        let own = scene.metric(name, "Sum", json!([])).expect("answers");
        assert!(own > 5_700.0, "{name}: {own}");
        assert_eq!(scene.metric("RequestCount", "Sum", json!([])), Some(own));
        let by_rule = ["HTTP_Fixed_Response_Count", "HTTP_Redirect_Count"].map(|name| {
            let zone = json!({"Name": "AvailabilityZone", "Value": "us-east-1a"});
            [json!([]), json!([zone])].map(|dimensions| scene.metric(name, "Sum", dimensions))
        });
        let mine = [Some(own), Some(own / 2.0)];
        let expected = if name == "HTTPCode_ELB_3XX_Count" { [[None; 2], mine] } else { [mine, [None; 2]] };
        assert_eq!(by_rule, expected, "{name}: fixed responses and redirects, nonzero ones alone");
        for other in others.into_iter().chain(["HTTPCode_Target_2XX_Count", "RejectedConnectionCount"]) {
            assert_eq!(scene.metric(other, "Sum", json!([])), None, "{name}: {other}");
        }
        let after = scene.lab.history().tally();
        assert_eq!((after.sent - before.sent) as f64, own, "{name}");
        assert_eq!((after.errors() - before.errors()) as f64, if is_error { own } else { 0.0 }, "{name}");
    }
}

/// "HTTP 460": the client closed the connection before the load balancer had an answer; it is one of the load balancer's 4xx.
#[test]
fn visitors_who_give_up_count_as_the_load_balancers_4xx() {
    let mut scene = Scene::with_servers("a");
    ask(&mut scene.lab, "lab", "InjectFault", json!({"Fault": "HangApp", "InstanceId": scene.servers[0]}));
    scene.begin_period();
    let profile = json!({"Type": "Visitors", "Count": 20, "ThinkSeconds": 5.0, "TimeoutSeconds": 2.0});
    let request = json!({"Target": scene.dns_name, "Profile": profile, "RequestClass": "StaticPage"});
    ask(&mut scene.lab, "lab", "SetTraffic", request);
    scene.lab.pass(600.0);
    let given_up = scene.metric("HTTPCode_ELB_4XX_Count", "Sum", json!([])).expect("answers");
    assert!(given_up > 1_000.0, "20 visitors, one request in about 7 s each: {given_up}");
    assert_eq!(scene.metric("HTTPCode_ELB_5XX_Count", "Sum", json!([])), None);
}

/// "HealthyStateRouting", "UnhealthyStateRouting", "HealthyStateDNS", "UnhealthyStateDNS": in how many zones a target group has healthy
/// targets enough ("Target group health"), for all zones and for each.
#[test]
fn the_zones_with_healthy_targets_enough_are_counted() {
    let mut scene = Scene::with_servers("ab");
    scene.set_attribute("load_balancing.cross_zone.enabled", "false");
    let group = scene.group_dimension();
    let zone = |letter: &str| json!({"Name": "AvailabilityZone", "Value": format!("us-east-1{letter}")});
    ask(&mut scene.lab, "lab", "InjectFault", json!({"Fault": "CrashApp", "InstanceId": scene.servers[0]}));
    scene.lab.pass(120.0);
    scene.begin_period();
    scene.lab.pass(600.0);
    for (healthy, unhealthy) in
        [("HealthyStateRouting", "UnhealthyStateRouting"), ("HealthyStateDNS", "UnhealthyStateDNS")]
    {
        let mut minimum = |name: &str, dimensions: Value| scene.metric(name, "Minimum", dimensions);
        assert_eq!((minimum(healthy, json!([group])), minimum(unhealthy, json!([group]))), (Some(1.0), Some(1.0)));
        for (letter, expected) in [("a", 0.0), ("b", 1.0)] {
            assert_eq!(minimum(healthy, json!([zone(letter), group])), Some(expected), "{healthy} in {letter}");
        }
    }
}

/// "UnhealthyRoutingRequestCount": requests that are routed by failing open, to all targets for want of healthy ones.
#[test]
fn requests_to_unhealthy_targets_are_counted() {
    let mut scene = Scene::with_servers("ab");
    let group = scene.group_dimension();
    scene.send(10.0);
    scene.begin_period();
    scene.lab.pass(600.0);
    assert_eq!(scene.metric("UnhealthyRoutingRequestCount", "Sum", json!([group])), None);
    scene.elb("ModifyTargetGroup", json!({"TargetGroupArn": scene.target_group, "HealthCheckPath": "/health"}));
    scene.lab.pass(120.0);
    scene.begin_period();
    scene.lab.pass(600.0);
    let all = scene.metric("RequestCount", "Sum", json!([group])).expect("requests");
    assert_eq!(scene.metric("UnhealthyRoutingRequestCount", "Sum", json!([group])), Some(all));
}

/// "ActiveConnectionCount", "RuleEvaluations" ("this metric accounts for the 10 free rule evaluations per request") and
/// "TargetConnectionErrorCount".
#[test]
fn connections_rules_and_failed_connections_are_counted() {
    let mut scene = Scene::with_servers("ab");
    for priority in 1..=12 {
        let condition = json!([{"Field": "path-pattern", "Values": [format!("/never-{priority}")]}]);
        let rule = json!({"ListenerArn": scene.listener, "Priority": priority, "Conditions": condition, "Actions": [fixed("404", "no")]});
        scene.elb("CreateRule", rule);
    }
    scene.begin_period();
    scene.send(10.0);
    scene.lab.pass(600.0);
    let all = scene.metric("RequestCount", "Sum", json!([])).expect("requests");
    assert_eq!(scene.metric("RuleEvaluations", "Sum", json!([])), Some(3.0 * all), "twelve rules and the default one");
    assert!(scene.metric("ActiveConnectionCount", "Sum", json!([])).is_some_and(|count| count >= 10.0));
    assert_eq!(scene.metric("TargetConnectionErrorCount", "Sum", json!([])), None);
    ask(&mut scene.lab, "lab", "InjectFault", json!({"Fault": "CrashApp", "InstanceId": scene.servers[0]}));
    scene.lab.pass(600.0);
    let group = scene.group_dimension();
    let refused = scene.metric("TargetConnectionErrorCount", "Sum", json!([group])).expect("refused connections");
    assert!(refused > 100.0, "half of the requests until the target is unhealthy: {refused}");
    assert_eq!(scene.metric("HTTPCode_ELB_502_Count", "Sum", json!([])), Some(refused));
}

/// "AnomalousHostCount", "MitigatedHostCount": "Always reported", for the target group and for each zone ("Automatic Target Weights").
#[test]
fn targets_that_fail_more_than_the_others_are_counted_and_spared() {
    let mut scene = Scene::with_servers("aab");
    let group = scene.group_dimension();
    let zone = |letter: &str| json!({"Name": "AvailabilityZone", "Value": format!("us-east-1{letter}")});
    let most = |scene: &mut Scene| {
        ["AnomalousHostCount", "MitigatedHostCount"].map(|name| {
            [json!([group]), json!([zone("a"), group]), json!([zone("b"), group])]
                .map(|dimensions| scene.metric(name, "Maximum", dimensions))
        })
    };
    scene.set_attribute("load_balancing.algorithm.type", "weighted_random");
    // Health checks so rare that they do not take the target out.
    let check =
        json!({"TargetGroupArn": scene.target_group, "HealthCheckIntervalSeconds": 300, "UnhealthyThresholdCount": 10});
    scene.elb("ModifyTargetGroup", check);
    scene.begin_period();
    scene.lab.pass(600.0);
    assert_eq!(most(&mut scene), [[Some(0.0); 3]; 2], "without visitors too");
    ask(&mut scene.lab, "lab", "InjectFault", json!({"Fault": "CrashApp", "InstanceId": scene.servers[0]}));
    scene.send(20.0);
    scene.lab.pass(600.0);
    assert_eq!(most(&mut scene), [[Some(0.0); 3]; 2], "nothing is mitigated");
    scene.set_attribute("load_balancing.algorithm.anomaly_mitigation", "on");
    scene.lab.pass(600.0);
    assert_eq!(most(&mut scene), [[Some(1.0), Some(1.0), Some(0.0)]; 2]);
    assert_eq!(
        scene.anomalies(&["AnomalyDetection"]),
        [("anomalous", "yes"), ("normal", "no"), ("normal", "no")].map(some)
    );
    assert_eq!(scene.anomalies(&["All"]), scene.anomalies(&["AnomalyDetection"]));
    assert_eq!(scene.anomalies(&[]), [None, None, None], "only who asks for it is told");
    scene.set_attribute("load_balancing.algorithm.anomaly_mitigation", "off");
    scene.lab.pass(60.0);
    assert_eq!(scene.anomalies(&["All"]), [("normal", "no"); 3].map(some));
}

fn some((result, mitigation): (&str, &str)) -> Option<[String; 2]> {
    Some([result.to_owned(), mitigation.to_owned()])
}

/// "RequestCountPerTarget": by the number of healthy targets; "if there are no healthy targets in the target group, it is divided by the total
/// number of registered targets".
#[test]
fn requests_per_target_are_shared_out_over_all_targets_if_none_is_healthy() {
    let mut scene = Scene::with_servers("aab");
    let request = json!({"TargetGroupArn": scene.target_group, "HealthCheckPath": "/nothing"});
    scene.elb("ModifyTargetGroup", request);
    scene.lab.pass(120.0);
    assert!(scene.health().iter().all(|[state, ..]| state == "unhealthy"));
    scene.begin_period();
    scene.send(10.0);
    scene.lab.pass(600.0);
    let group = scene.group_dimension();
    let all = scene.metric("RequestCount", "Sum", json!([group])).expect("they fail open");
    let each = scene.metric("RequestCountPerTarget", "Sum", json!([group])).expect("requests");
    assert!((each - all / 3.0).abs() < 1e-6, "{each} of {all}");
}
