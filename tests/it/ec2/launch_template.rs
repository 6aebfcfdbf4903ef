use serde_json::{Value, json};

use super::{ask, image, instance, launch, refusal, text};
use crate::support::{Lab, REGION};

fn create(lab: &mut Lab, data: Value) -> Value {
    ask(lab, REGION, "CreateLaunchTemplate", json!({"LaunchTemplateName": "web", "LaunchTemplateData": data}))
}

fn add(lab: &mut Lab, more: Value) -> Value {
    let mut request = json!({"LaunchTemplateName": "web"});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    ask(lab, REGION, "CreateLaunchTemplateVersion", request)["LaunchTemplateVersion"].clone()
}

/// EC2 User Guide, "Launch template restrictions": versions are numbered in the order in which they are made; a new one leaves `$Default`
/// where it is.
#[test]
fn a_new_version_leaves_the_default_where_it_is() {
    let mut lab = Lab::default();
    create(&mut lab, json!({"InstanceType": "t3.micro"}));
    assert_eq!(add(&mut lab, json!({"LaunchTemplateData": {"InstanceType": "t3.small"}}))["VersionNumber"], 2);
    let version = |lab: &mut Lab, name: &str| {
        let all = ask(
            lab,
            REGION,
            "DescribeLaunchTemplateVersions",
            json!({"LaunchTemplateName": "web", "Versions": [name]}),
        );
        all["LaunchTemplateVersions"][0]["LaunchTemplateData"]["InstanceType"].clone()
    };
    assert_eq!((version(&mut lab, "$Default"), version(&mut lab, "$Latest")), (json!("t3.micro"), json!("t3.small")));
    ask(&mut lab, REGION, "ModifyLaunchTemplate", json!({"LaunchTemplateName": "web", "DefaultVersion": "2"}));
    assert_eq!(version(&mut lab, "$Default"), "t3.small");
    assert_eq!(version(&mut lab, "1"), "t3.micro", "versions never change");
}

/// EC2 API, `CreateLaunchTemplateVersion`, `SourceVersion`: what the new version does not say, it has from its source.
#[test]
fn a_version_takes_over_what_it_does_not_say() {
    let mut lab = Lab::default();
    create(&mut lab, json!({"InstanceType": "t3.micro", "DisableApiStop": true}));
    let data = |lab: &mut Lab, request: Value| add(lab, request)["LaunchTemplateData"].clone();
    let from_source = json!({"SourceVersion": "1", "LaunchTemplateData": {"InstanceType": "t3.large"}});
    assert_eq!(data(&mut lab, from_source), json!({"InstanceType": "t3.large", "DisableApiStop": true}));
    assert_eq!(
        data(&mut lab, json!({"LaunchTemplateData": {"DisableApiStop": false}})),
        json!({"DisableApiStop": false})
    );
}

/// EC2 API, `RunInstances`, `LaunchTemplate`: what the request says goes before what the template says; the instance is marked with both.
#[test]
fn a_launch_overrides_its_template_and_carries_its_mark() {
    let mut lab = Lab::default();
    let image_id = image(&mut lab, REGION, "scaling-lab-web-server-*");
    let tags = json!([{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "template"}, {"Key": "a", "Value": "b"}]}]);
    let template =
        create(&mut lab, json!({"ImageId": image_id, "InstanceType": "t3.micro", "TagSpecifications": tags}));
    let own = json!([{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "request"}]}]);
    let id = launch(
        &mut lab,
        json!({"LaunchTemplate": {"LaunchTemplateName": "web"}, "InstanceType": "t3.small", "TagSpecifications": own}),
    );
    let launched = instance(&mut lab, &id);
    assert_eq!(launched["InstanceType"], "t3.small");
    let tag = |key: &str| {
        launched["Tags"].as_array().expect("tags").iter().find(|tag| tag["Key"] == key).map(|tag| tag["Value"].clone())
    };
    assert_eq!((tag("Name"), tag("a")), (Some(json!("request")), Some(json!("b"))));
    assert_eq!(tag("aws:ec2launchtemplate:id"), Some(template["LaunchTemplate"]["LaunchTemplateId"].clone()));
    assert_eq!(tag("aws:ec2launchtemplate:version"), Some(json!("1")));
}

/// EC2 User Guide, "Create an Amazon EC2 launch template": every parameter is optional, little is checked; a launch needs an image and a
/// type from somewhere.
#[test]
fn a_template_may_say_little_and_wrong_things_until_a_launch() {
    let mut lab = Lab::default();
    let answer = create(&mut lab, json!({"KeyName": "nobody"}));
    assert_eq!(answer["Warning"]["Errors"][0]["Code"], "InvalidKeyPair.NotFound");
    let run = |more: Value| {
        let mut request = json!({"LaunchTemplate": {"LaunchTemplateName": "web"}, "MinCount": 1, "MaxCount": 1});
        request["ImageId"] = more;
        request
    };
    let image_id = image(&mut lab, REGION, "scaling-lab-web-server-*");
    assert_eq!(refusal(&mut lab, "RunInstances", run(json!(image_id))), "MissingParameter", "no type");
    let nothing = json!({"LaunchTemplateName": "none", "LaunchTemplateData": {}});
    assert_eq!(refusal(&mut lab, "CreateLaunchTemplate", nothing), "InvalidParameterValue");
}

/// EC2 API, `CreateLaunchTemplate`, `UserData`: base64, which the instance gets decoded.
#[test]
fn the_script_of_a_template_is_base64() {
    let mut lab = Lab::default();
    let image_id = image(&mut lab, REGION, "scaling-lab-web-server-*");
    let plain = json!({"LaunchTemplateName": "plain", "LaunchTemplateData": {"UserData": "#!/bin/bash"}});
    assert_eq!(refusal(&mut lab, "CreateLaunchTemplate", plain), "InvalidUserData.Malformed");
    let script = "IyEvYmluL2Jhc2gKZWNobyBoaSA+IC9zcnYvbm90ZQo=";
    create(&mut lab, json!({"ImageId": image_id, "InstanceType": "t3.micro", "UserData": script}));
    let id = launch(&mut lab, json!({"LaunchTemplate": {"LaunchTemplateName": "web"}}));
    lab.settle();
    let file = lab.ask(REGION, "lab", "ReadFile", json!({"InstanceId": id, "Path": "/srv/note"})).expect("the file");
    assert_eq!(file["Content"], "hi\n");
}

/// EC2 API, `DeleteLaunchTemplateVersions`: the default version stays; numbers are never given again.
#[test]
fn the_default_version_cannot_be_deleted_and_no_number_comes_twice() {
    let mut lab = Lab::default();
    create(&mut lab, json!({"InstanceType": "t3.micro"}));
    add(&mut lab, json!({"LaunchTemplateData": {"InstanceType": "t3.small"}}));
    let answer = ask(
        &mut lab,
        REGION,
        "DeleteLaunchTemplateVersions",
        json!({"LaunchTemplateName": "web", "Versions": ["1", "2", "9"]}),
    );
    let numbers = |list: &Value| {
        list.as_array().expect("a list").iter().map(|it| it["VersionNumber"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&answer["SuccessfullyDeletedLaunchTemplateVersions"]), [json!(2)]);
    assert_eq!(numbers(&answer["UnsuccessfullyDeletedLaunchTemplateVersions"]), [json!(1), json!(9)]);
    assert_eq!(add(&mut lab, json!({"LaunchTemplateData": {"InstanceType": "t3.large"}}))["VersionNumber"], 3);
}

/// EC2 API, `GetLaunchTemplateData`: what it says launches an instance of the same kind.
#[test]
fn an_instance_can_be_made_a_template() {
    let mut lab = Lab::default();
    let id = launch(&mut lab, json!({"InstanceType": "t3.small", "UserData": "#!/bin/bash\n"}));
    let data = ask(&mut lab, REGION, "GetLaunchTemplateData", json!({"InstanceId": id}))["LaunchTemplateData"].clone();
    create(&mut lab, data);
    let twin = launch(&mut lab, json!({"LaunchTemplate": {"LaunchTemplateName": "web"}}));
    let (one, other) = (instance(&mut lab, &id), instance(&mut lab, &twin));
    for same in ["ImageId", "InstanceType", "SecurityGroups", "MetadataOptions"] {
        assert_eq!(one[same], other[same], "{same}");
    }
    assert_ne!(text(&one["InstanceId"]), text(&other["InstanceId"]));
}
