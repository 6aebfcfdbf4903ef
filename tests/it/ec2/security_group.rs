use serde_json::json;

use super::{ask, image, instance, launch, refusal, text};
use crate::support::{Lab, REGION};

/// VPC User Guide, "Default security groups for your VPCs" and "Security groups": what they begin with.
#[test]
fn a_new_group_lets_nothing_in_and_everything_out() {
    let mut lab = Lab::default();
    let id = text(
        &ask(&mut lab, REGION, "CreateSecurityGroup", json!({"GroupName": "web", "Description": "web"}))["GroupId"],
    );
    let group = ask(&mut lab, REGION, "DescribeSecurityGroups", json!({"GroupIds": [id]}))["SecurityGroups"][0].clone();
    assert_eq!((&group["IpPermissions"], &group["IpPermissionsEgress"][0]["IpProtocol"]), (&json!([]), &json!("-1")));
    let default = ask(&mut lab, REGION, "DescribeSecurityGroups", json!({"GroupNames": ["default"]}))["SecurityGroups"]
        [0]
    .clone();
    assert_eq!(default["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"], default["GroupId"]);
    assert_eq!(refusal(&mut lab, "DeleteSecurityGroup", json!({"GroupName": "default"})), "CannotDelete");
}

/// EC2 API, `RunInstances`: without a group, the instance gets the default one, and nobody from outside reaches it.
#[test]
fn a_launch_without_a_group_gets_the_default_one() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    lab.settle();
    let shape = instance(&mut lab, &id);
    assert_eq!(shape["SecurityGroups"][0]["GroupName"], "default");
    let visit = |lab: &mut Lab| {
        lab.ask(REGION, "lab", "Visit", json!({"Url": format!("http://{}/", text(&shape["PublicIpAddress"]))}))
    };
    assert_ne!(visit(&mut lab).expect("an outcome").get("StatusCode"), Some(&json!(200)));
    let open =
        json!({"GroupName": "default", "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(&mut lab, REGION, "AuthorizeSecurityGroupIngress", open);
    assert_eq!(visit(&mut lab).expect("an outcome")["StatusCode"], 200, "rules work at once, on running instances too");
}

/// VPC User Guide, "Security group rules": a rule may name a group; a group that is named or used cannot be deleted.
#[test]
fn a_group_that_another_names_cannot_be_deleted() {
    let mut lab = Lab::default();
    let [web, alb] = ["web", "alb"].map(|name| {
        text(&ask(&mut lab, REGION, "CreateSecurityGroup", json!({"GroupName": name, "Description": name}))["GroupId"])
    });
    let permission =
        json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": alb}]}]);
    ask(&mut lab, REGION, "AuthorizeSecurityGroupIngress", json!({"GroupId": web, "IpPermissions": permission}));
    assert_eq!(refusal(&mut lab, "DeleteSecurityGroup", json!({"GroupId": alb})), "DependencyViolation");
    ask(&mut lab, REGION, "RevokeSecurityGroupIngress", json!({"GroupId": web, "IpPermissions": permission}));
    ask(&mut lab, REGION, "DeleteSecurityGroup", json!({"GroupId": alb}));
}

/// VPC User Guide, "Amazon VPC quotas": 60 rules a direction, five groups an interface.
#[test]
fn rules_and_groups_have_their_limits() {
    let mut lab = Lab::default();
    let group = |lab: &mut Lab, name: &str| {
        text(&ask(lab, REGION, "CreateSecurityGroup", json!({"GroupName": name, "Description": name}))["GroupId"])
    };
    let id = group(&mut lab, "web");
    let ranges: Vec<_> = (0..61).map(|part| json!({"CidrIp": format!("10.0.{part}.0/24")})).collect();
    let rules = |ranges: &[serde_json::Value]| json!({"GroupId": id, "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": ranges}]});
    assert_eq!(
        refusal(&mut lab, "AuthorizeSecurityGroupIngress", rules(&ranges)),
        "RulesPerSecurityGroupLimitExceeded"
    );
    ask(&mut lab, REGION, "AuthorizeSecurityGroupIngress", rules(&ranges[..60]));
    let ids: Vec<String> = (0..6).map(|number| group(&mut lab, &format!("g{number}"))).collect();
    let image_id = image(&mut lab, REGION, "scaling-lab-web-server-*");
    let run =
        json!({"ImageId": image_id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "SecurityGroupIds": ids});
    assert_eq!(refusal(&mut lab, "RunInstances", run), "SecurityGroupsPerInterfaceLimitExceeded");
}

/// EC2 API, `CreateTags`: fifty a thing, a key once, and none that begins with `aws:`.
#[test]
fn tags_have_their_limits() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({}));
    let tags: Vec<_> = (0..51).map(|number| json!({"Key": format!("k{number}"), "Value": "v"})).collect();
    let give = |tags: &[serde_json::Value]| json!({"Resources": [id], "Tags": tags});
    assert_eq!(refusal(&mut lab, "CreateTags", give(&tags)), "TagLimitExceeded");
    ask(&mut lab, REGION, "CreateTags", give(&tags[..50]));
    ask(&mut lab, REGION, "CreateTags", give(&[json!({"Key": "k1", "Value": "new"})]));
    let found =
        ask(&mut lab, REGION, "DescribeTags", json!({"Filters": [{"Name": "value", "Values": ["new"]}]}))["Tags"]
            .clone();
    assert_eq!((found.as_array().map(Vec::len), &found[0]["ResourceType"]), (Some(1), &json!("instance")));
    assert_eq!(
        refusal(&mut lab, "CreateTags", give(&[json!({"Key": "aws:x", "Value": "v"})])),
        "InvalidParameterValue"
    );
}
