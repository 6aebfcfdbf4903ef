//! The metrics of instances.
use serde_json::{Value, json};

use super::{launch, watch};
use crate::support::Lab;

const CHECKS: [&str; 4] =
    ["StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System", "StatusCheckFailed_AttachedEBS"];

fn points(lab: &mut Lab, name: &str, dimension: (&str, &str), statistic: &str) -> Vec<(String, f64)> {
    let dimensions =
        if dimension.0.is_empty() { json!([]) } else { json!([{"Name": dimension.0, "Value": dimension.1}]) };
    let answer = watch(
        lab,
        "GetMetricStatistics",
        json!({"Namespace": "AWS/EC2", "MetricName": name, "Dimensions": dimensions, "Statistics": [statistic], "Period": 60,
            "StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T09:00:00Z"}),
    );
    let point = |point: &Value| {
        (
            point["Timestamp"].as_str().unwrap_or_default()[11..16].to_owned(),
            point[statistic].as_f64().unwrap_or(f64::NAN),
        )
    };
    answer["Datapoints"].as_array().into_iter().flatten().map(point).collect()
}

/// EC2 User Guide, "Monitor your instances using CloudWatch": basic monitoring gives data in 5-minute periods, detailed monitoring in
/// 1-minute periods.
#[test]
fn basic_monitoring_gives_five_minutes_and_detailed_monitoring_one() {
    let mut lab = Lab::default();
    let (basic, detailed) = (launch(&mut lab, "t3.micro", false), launch(&mut lab, "t3.micro", true));
    lab.pass(1_200.0);
    let times = |lab: &mut Lab, id: &str| {
        let points = points(lab, "CPUUtilization", ("InstanceId", id), "Average");
        points.into_iter().map(|(time, _)| time).collect::<Vec<String>>()
    };
    assert_eq!(times(&mut lab, &basic)[..3], ["08:00", "08:05", "08:10"]);
    let each = times(&mut lab, &detailed);
    assert_eq!(each[each.len() - 3..], ["08:18", "08:19", "08:20"][..], "{each:?}");
}

/// EC2 User Guide, "Status check metrics": every minute, at no charge, whatever the monitoring.
#[test]
fn status_checks_come_every_minute() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "t3.micro", false);
    lab.pass(300.0);
    for name in CHECKS {
        let found = points(&mut lab, name, ("InstanceId", &id), "Maximum");
        assert!(found.len() >= 5 && found.iter().all(|(_, value)| *value == 0.0), "{name}: {found:?}");
    }
}

/// EC2 User Guide, "Status check metrics", "Types of status checks": 0 is passed and 1 is failed; the check of attached EBS volumes is
/// there for instances on the Nitro system only.
#[test]
fn each_failed_status_check_is_counted() {
    let mut lab = Lab::default();
    let ids = ["t2.micro", "t3.micro"].map(|kind| launch(&mut lab, kind, false));
    lab.pass(600.0);
    let fault = json!({"Fault": "LoseZone", "AvailabilityZone": "us-east-1a"});
    lab.ask(crate::support::REGION, "lab", "InjectFault", fault).expect("a fault");
    lab.pass(180.0);
    for (id, has_ebs) in ids.iter().zip([false, true]) {
        for name in CHECKS {
            let found = points(&mut lab, name, ("InstanceId", id), "Maximum");
            let newest = found.last().map(|(_, value)| *value);
            let expected = (has_ebs || name != "StatusCheckFailed_AttachedEBS").then_some(1.0);
            assert_eq!(newest, expected, "{name} of {id}: {found:?}");
        }
    }
}

/// EC2 User Guide, "Instance metrics", "MetadataNoToken": how often the metadata was asked for without a token; at the pace of the others.
#[test]
fn nobody_asks_for_metadata_without_a_token() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "t3.micro", false);
    lab.pass(600.0);
    let found = points(&mut lab, "MetadataNoToken", ("InstanceId", &id), "Sum");
    let used = points(&mut lab, "CPUUtilization", ("InstanceId", &id), "SampleCount");
    let times = |points: &[(String, f64)]| points.iter().map(|(time, _)| time.clone()).collect::<Vec<String>>();
    assert!(found.len() > 1 && times(&found) == times(&used), "{found:?}");
    assert!(found.iter().all(|(_, value)| *value == 0.0), "{found:?}");
}

/// EC2 User Guide, "Instance metrics", "NetworkPacketsIn", "NetworkPacketsOut": for basic monitoring only.
#[test]
fn packets_are_counted_with_basic_monitoring_only() {
    let mut lab = Lab::default();
    let ids = [false, true].map(|is_detailed| launch(&mut lab, "t3.micro", is_detailed));
    lab.pass(1_200.0);
    for (id, is_counted) in ids.iter().zip([true, false]) {
        for name in ["NetworkPacketsIn", "NetworkPacketsOut"] {
            let found = points(&mut lab, name, ("InstanceId", id), "Sum");
            assert_eq!(found.is_empty(), !is_counted, "{name} of {id}: {found:?}");
        }
    }
}

/// EC2 User Guide, "Aggregate statistics by AMI", "Aggregate statistics across instances": only for instances with detailed monitoring.
#[test]
fn only_detailed_monitoring_counts_towards_images_and_types() {
    let mut lab = Lab::default();
    launch(&mut lab, "t3.micro", false);
    launch(&mut lab, "t3.small", true);
    lab.pass(600.0);
    assert_eq!(points(&mut lab, "CPUUtilization", ("InstanceType", "t3.micro"), "SampleCount"), []);
    let small = points(&mut lab, "CPUUtilization", ("InstanceType", "t3.small"), "SampleCount");
    assert!(!small.is_empty() && small.iter().all(|(_, count)| *count == 1.0), "{small:?}");
    assert_eq!(points(&mut lab, "CPUUtilization", ("", ""), "SampleCount"), small);
}

/// EC2 User Guide, "List the available CloudWatch metrics for your instances": there is no metric of memory.
#[test]
fn there_is_no_metric_of_memory() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "t3.micro", true);
    lab.pass(600.0);
    let listed = watch(&mut lab, "ListMetrics", json!({"Dimensions": [{"Name": "InstanceId", "Value": id}]}));
    let names: Vec<&str> =
        listed["Metrics"].as_array().into_iter().flatten().filter_map(|metric| metric["MetricName"].as_str()).collect();
    assert!(names.contains(&"CPUUtilization"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("Memory")), "{names:?}");
}

/// EC2 User Guide, "Metrics for Nitro instances": operations and bytes of all volumes, at the pace of the others; the balances of burst
/// buckets with basic monitoring only. Instances on Xen have none of them.
#[test]
fn volumes_are_read_at_boot_and_written_with_files() {
    let mut lab = Lab::default();
    let [xen, basic, detailed] = [("t2.micro", true), ("t3.micro", false), ("t3.micro", true)]
        .map(|(kind, is_detailed)| launch(&mut lab, kind, is_detailed));
    lab.pass(1_200.0);
    let sum = |lab: &mut Lab, id: &str, name: &str| {
        let found = points(lab, name, ("InstanceId", id), "Sum");
        (!found.is_empty()).then(|| found.iter().map(|(_, value)| value).sum::<f64>())
    };
    let work = ["EBSReadOps", "EBSReadBytes", "EBSWriteOps", "EBSWriteBytes"];
    assert_eq!(work.map(|name| sum(&mut lab, &xen, name)), [None; 4]);
    for id in [&basic, &detailed] {
        let expected = [Some(10_000.0), Some(10_000.0 * 32.0 * 1_024.0), Some(0.0), Some(0.0)];
        assert_eq!(work.map(|name| sum(&mut lab, id, name)), expected, "a boot reads");
    }
    // Five and a half blocks of 4 KiB, and a file of more than one operation of 256 KiB.
    for (name, size) in [("/srv/a", 22_000), ("/srv/b", 300_000)] {
        let write = json!({"InstanceId": detailed, "Path": name, "Content": "x".repeat(size)});
        lab.ask(crate::support::REGION, "lab", "WriteFile", write).expect("a file");
    }
    lab.pass(120.0);
    assert_eq!(sum(&mut lab, &detailed, "EBSWriteOps"), Some(3.0));
    assert_eq!(sum(&mut lab, &detailed, "EBSWriteBytes"), Some((6 + 74) as f64 * 4_096.0));
    let detailed_points = points(&mut lab, "EBSWriteOps", ("InstanceId", &detailed), "Sum");
    assert_eq!(detailed_points.last().map(|(_, value)| *value), Some(0.0), "the next minute is quiet again");
    for name in ["EBSIOBalance%", "EBSByteBalance%"] {
        let found = points(&mut lab, name, ("InstanceId", &basic), "Minimum");
        assert!(!found.is_empty() && found.iter().all(|(_, value)| *value == 100.0), "{name}: {found:?}");
        assert_eq!(points(&mut lab, name, ("InstanceId", &detailed), "Minimum"), []);
    }
}

/// EC2 User Guide, "Instance reboot": the operating system starts anew, and reads its disk; nobody reads it after the end.
#[test]
fn a_reboot_reads_the_volume_once_more() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, "t3.micro", true);
    lab.pass(900.0);
    lab.ask(crate::support::REGION, "ec2", "RebootInstances", json!({"InstanceIds": [id]})).expect("a reboot");
    lab.pass(600.0);
    let found = points(&mut lab, "EBSReadOps", ("InstanceId", &id), "Sum");
    let reads: Vec<f64> = found.iter().map(|(_, value)| *value).filter(|value| *value > 0.0).collect();
    assert_eq!(reads, [10_000.0; 2]);
}
