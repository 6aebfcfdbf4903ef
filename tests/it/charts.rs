//! The charts of the bench: what they show of the record.
use scaling_lab::projection::bench::{Look, charts, extent};
use scaling_lab::projection::chart::{ChartPlan, ChartSpec, PlotSize, Samples, TimeWindow, Zoom, ZoomStep, summary};
use scaling_lab::projection::marks::MarkKind;
use scaling_lab::session::START;
use scaling_lab::sim::SimDuration;
use serde_json::json;

use crate::main_job::{scene, send};
use crate::support::{Lab, REGION};

const TEN_MINUTES: SimDuration = SimDuration::from_secs(600);

/// A server of a type with visitors.
fn lab_with(instance_type: &str, requests_per_second: f64) -> Lab {
    let mut lab = Lab::default();
    let mut ask = |service: &str, operation: &str, parameters| {
        lab.ask(REGION, service, operation, parameters).expect("a request that is fine")
    };
    let groups = ask("ec2", "DescribeSecurityGroups", json!({}));
    let rule = json!({"GroupId": groups["SecurityGroups"][0]["GroupId"], "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask("ec2", "AuthorizeSecurityGroupIngress", rule);
    let images = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
    let image = ask("ec2", "DescribeImages", images)["Images"][0]["ImageId"].clone();
    ask("ec2", "RunInstances", json!({"ImageId": image, "InstanceType": instance_type, "MinCount": 1, "MaxCount": 1}));
    lab.pass(120.0);
    let found = lab.ask(REGION, "ec2", "DescribeInstances", json!({})).expect("instances");
    let target = &found["Reservations"][0]["Instances"][0]["PublicIpAddress"];
    let profile = json!({"Type": "Steady", "RequestsPerSecond": requests_per_second});
    lab.ask(REGION, "lab", "SetTraffic", json!({"Target": target, "Profile": profile})).expect("visitors");
    lab
}

fn shown(lab: &Lab, window: TimeWindow, title: &str) -> ChartSpec {
    let charts = charts(lab, REGION, Look { window, hidden: &[], ghost: None });
    charts.into_iter().find(|chart| chart.title == title).expect("a chart of this title")
}

fn latest(chart: &ChartSpec, label: &str) -> f64 {
    let series = chart.series.iter().find(|series| series.label == label).expect("a line of this name");
    series.values_in(chart.window).last().expect("a value").1
}

/// What a group is held to lies on its charts: its sizes, the target of its policy, and the thresholds of the alarms on its CPU.
#[test]
fn the_charts_show_the_limits_of_a_group_and_the_thresholds_of_its_alarms() {
    let mut scene = scene();
    send(&mut scene.lab, &scene.balancer, 20.0);
    scene.lab.pass(300.0);
    let window = extent(&scene.lab);
    let instances = shown(&scene.lab, window, "Instances");
    assert_eq!(["min", "desired", "in service", "max"].map(|line| latest(&instances, line)), [1.0, 2.0, 2.0, 8.0]);
    let alarms = json!({"AlarmNamePrefix": "TargetTracking-web-asg-AlarmLow"});
    let low = scene.lab.ask(REGION, "cloudwatch", "DescribeAlarms", alarms).expect("alarms");
    let low = low["MetricAlarms"][0]["Threshold"].as_f64().expect("a threshold");
    let own = json!({
        "AlarmName": "busy", "Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Statistic": "Maximum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 90.0, "ComparisonOperator": "GreaterThanThreshold",
        "Dimensions": [{"Name": "AutoScalingGroupName", "Value": "web-asg"}],
    });
    scene.lab.ask(REGION, "cloudwatch", "PutMetricAlarm", own).expect("an alarm");
    let levels: Vec<(String, f64)> = shown(&scene.lab, window, "CPU utilisation")
        .thresholds
        .into_iter()
        .map(|threshold| (threshold.label, threshold.value))
        .collect();
    let expected = [("target", 50.0), ("alarm below", low), ("alarm above", 90.0)];
    assert_eq!(levels, expected.map(|(label, value)| (label.to_owned(), value)));
}

/// AWS Billing User Guide, "Viewing your bill": the charts of cost add up to it.
#[test]
fn the_charts_of_cost_say_what_the_bill_says() {
    let mut lab = lab_with("t3.micro", 20.0);
    lab.pass(3_480.0);
    let bill = lab.ask(REGION, "lab", "DescribeBill", json!({})).expect("the bill");
    let dollars = |name: &str| bill[name].as_str().and_then(|text| text.parse::<f64>().ok()).expect("an amount");
    let window = extent(&lab);
    let so_far = latest(&shown(&lab, window, "Cost so far"), "so far");
    let per_hour = latest(&shown(&lab, window, "Cost per hour"), "now");
    assert!((so_far - dollars("TotalAmount")).abs() < 1e-6, "{so_far} on the chart, {bill}");
    assert!((per_hour - dollars("AmountPerHour")).abs() < 1e-3, "{per_hour} on the chart, {bill}");
    assert!(so_far > 0.01, "an hour of a t3.micro costs a cent: {so_far}");
}

#[test]
fn the_cost_so_far_never_falls_and_has_a_point_each_minute() {
    let mut lab = lab_with("t3.micro", 20.0);
    lab.pass(1_800.0);
    let chart = shown(&lab, extent(&lab), "Cost so far");
    let values: Vec<f64> = chart.series[0].values_in(chart.window).map(|(_, value)| value).collect();
    assert_eq!(values.len(), 32, "32 minutes have passed");
    assert!(values.is_sorted(), "{values:?}");
    assert!(summary(&chart).starts_with("Cost so far, 08:00 to 08:32: so far $"), "{}", summary(&chart));
}

/// EC2 User Guide, "Monitor your CPU credits for burstable instances"
#[test]
fn the_chart_of_credits_shows_the_balance_that_cloudwatch_knows() {
    let mut lab = lab_with("t3.micro", 1.0);
    lab.pass(1_680.0);
    let instances = lab.ask(REGION, "ec2", "DescribeInstances", json!({})).expect("instances");
    let id = instances["Reservations"][0]["Instances"][0]["InstanceId"].clone();
    let question = json!({"Namespace": "AWS/EC2", "MetricName": "CPUCreditBalance", "Period": 300, "Statistics": ["Average"],
        "StartTime": (START + TEN_MINUTES * 2).to_iso8601(), "EndTime": (START + TEN_MINUTES * 3).to_iso8601(),
        "Dimensions": [{"Name": "InstanceId", "Value": id}]});
    let answer = lab.ask(REGION, "cloudwatch", "GetMetricStatistics", question).expect("statistics");
    let points = answer["Datapoints"].as_array().expect("datapoints");
    let known = points.iter().filter_map(|point| point["Average"].as_f64()).fold(0.0, f64::max);
    let chart = shown(&lab, extent(&lab), "CPU credits");
    assert!(known > 1.0, "an idle server earns 12 credits an hour: {answer}");
    assert_eq!(latest(&chart, "balance"), known);
    assert_eq!(latest(&chart, "lowest balance"), known, "there is one server");
    assert_eq!(latest(&chart, "surplus"), 0.0);
}

/// EC2 User Guide, "Unlimited mode concepts": an unlimited instance without credits goes on with surplus ones.
#[test]
fn a_server_that_works_beyond_its_credits_shows_a_surplus() {
    let mut lab = lab_with("t3.micro", 60.0);
    lab.pass(1_800.0);
    let chart = shown(&lab, extent(&lab), "CPU credits");
    assert_eq!(latest(&chart, "balance"), 0.0);
    assert!(latest(&chart, "surplus") > 5.0, "{}", summary(&chart));
}

#[test]
fn without_a_burstable_server_the_chart_of_credits_says_so_in_one_line() {
    let mut lab = lab_with("m5.large", 1.0);
    lab.pass(600.0);
    let chart = shown(&lab, extent(&lab), "CPU credits");
    assert!(chart.is_empty());
    assert!(chart.nothing.is_some_and(|text| text.contains("No burstable instance")));
}

#[test]
fn all_charts_show_the_stretch_that_was_chosen_and_their_axes_fit_it() {
    let mut lab = lab_with("t3.micro", 2.0);
    lab.pass(1_800.0);
    let groups = lab.ask(REGION, "lab", "DescribeTraffic", json!({})).expect("visitors");
    let target = groups["Streams"][0]["Target"].clone();
    let name = groups["Streams"][0]["Name"].clone();
    let profile = json!({"Type": "Steady", "RequestsPerSecond": 400.0});
    lab.ask(REGION, "lab", "SetTraffic", json!({"Name": name, "Target": target, "Profile": profile})).expect("more");
    lab.pass(600.0);
    let all = extent(&lab);
    let early = Zoom::between(all.from + TEN_MINUTES, all.from + TEN_MINUTES * 2, all).window(all);
    for chart in charts(&lab, REGION, Look { window: early, hidden: &[], ghost: None }) {
        assert_eq!(chart.window, early, "{}", chart.title);
        let rows = Samples::of(&chart).rows;
        assert!((11..=61).contains(&rows.len()), "{}: {} rows", chart.title, rows.len());
        assert!(rows.iter().all(|row| early.contains(row.at)), "{}", chart.title);
    }
    let top = |window| {
        let size = PlotSize { width: 600.0, height: 150.0, columns: 600 };
        ChartPlan::new(&shown(&lab, window, "Requests"), size).axis.high
    };
    assert!(top(early) * 10.0 < top(all), "{} and {}", top(early), top(all));
}

#[test]
fn a_line_with_a_point_a_minute_goes_to_both_edges_of_a_short_stretch() {
    let mut lab = lab_with("t3.micro", 2.0);
    lab.pass(1_800.0);
    let all = extent(&lab);
    let from = all.from + TEN_MINUTES + SimDuration::from_secs(20);
    let window = Zoom::between(from, from + SimDuration::from_secs(80), all).window(all);
    let size = PlotSize { width: 600.0, height: 150.0, columns: 600 };
    let plan = ChartPlan::new(&shown(&lab, window, "Cost so far"), size);
    let part = plan.lines[0].parts.first().expect("a line");
    let ends = (part.first().map(|point| point.0), part.last().map(|point| point.0));
    assert_eq!(ends, (Some(window.from.as_secs_f64()), Some(window.to.as_secs_f64())));
}

#[test]
fn marks_of_a_hidden_kind_are_on_no_chart() {
    let mut lab = lab_with("t3.micro", 2.0);
    lab.pass(60.0);
    let window = extent(&lab);
    let marks = |hidden: &[MarkKind]| {
        charts(&lab, REGION, Look { window, hidden, ghost: None }).map(|chart| chart.markers.len())
    };
    assert_eq!(marks(&[]), [3; 7], "the rule, the launch and the visitors were asked for");
    assert_eq!(marks(&[MarkKind::Fault]), [3; 7]);
    assert_eq!(marks(&[MarkKind::Request]), [0; 7]);
}

#[test]
fn there_are_twelve_hours_to_look_back_on_and_ten_minutes_at_first() {
    let mut lab = Lab::default();
    assert_eq!(extent(&lab).length(), TEN_MINUTES);
    lab.pass(7_200.0);
    assert_eq!(extent(&lab), TimeWindow { from: START, to: START + SimDuration::HOUR * 2 });
    lab.pass(13.0 * 3_600.0);
    let all = extent(&lab);
    assert_eq!((all.length(), all.to), (SimDuration::HOUR * 12, START + SimDuration::HOUR * 15));
    assert_eq!(Zoom::default().after(ZoomStep::All, None, all).window(all), all);
}
