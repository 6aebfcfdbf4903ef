//! What a careless learner types into the forms, and what they are told beside which field.
use std::collections::BTreeSet;

use scaling_lab::api::ApiError;
use scaling_lab::form::{
    Faults, GroupDraft, ImageDraft, InstanceDraft, LoadBalancerDraft, SecurityGroupDraft, SizesDraft, TargetGroupDraft,
    TemplateDraft, TrafficDraft, field,
};

use crate::support::{Lab, REGION};

fn instance() -> InstanceDraft {
    InstanceDraft { name: "web".into(), image_id: "ami-1".into(), instance_type: "t3.micro".into(), count: "1".into() }
}

fn group() -> GroupDraft {
    GroupDraft {
        name: "web-asg".into(),
        template: "web-template".into(),
        subnets: BTreeSet::from(["subnet-1".into()]),
        target_group: String::new(),
        sizes: sizes("1", "2", "6"),
        cpu_target: "50".into(),
        warmup: "120".into(),
    }
}

fn sizes(min: &str, desired: &str, max: &str) -> SizesDraft {
    SizesDraft { min: min.into(), desired: desired.into(), max: max.into() }
}

fn fields<T>(read: Result<T, Faults>, all: &[&'static str]) -> Vec<&'static str> {
    let faults = read.err().unwrap_or_default();
    all.iter().copied().filter(|name| faults.at(name).is_some()).collect()
}

#[test]
fn what_is_typed_as_it_should_be_becomes_a_request() {
    let request = instance().read().expect("a draft without faults");
    assert_eq!((request.min_count, request.max_count), (1, 1));
    assert_eq!(request.tag_specifications[0].tags[0].value, "web");
    let (group, policy) = group().read().expect("a draft without faults");
    assert_eq!((group.min_size, group.desired_capacity, group.max_size), (1, Some(2), 6));
    assert_eq!(policy.expect("a policy").policy_name, "cpu-50");
}

#[test]
fn nothing_and_letters_where_a_number_belongs_are_told_at_the_field() {
    for count in ["", "  ", "two", "1.5", "-1", "0", "101", "9999999999999999999999"] {
        let faults = InstanceDraft { count: count.into(), ..instance() }.read().expect_err(count);
        let message = faults.at(field::COUNT).expect("a fault of the number");
        assert!(message.contains("from 1 to 100"), "{count:?}: {message}");
        assert_eq!(faults.len(), 1);
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let draft = GroupDraft { sizes: sizes("a", "", "-1"), cpu_target: "lots".into(), ..GroupDraft::default() };
    let all = [
        field::GROUP_NAME,
        field::TEMPLATE,
        field::ZONES,
        field::MIN,
        field::DESIRED,
        field::MAX,
        field::CPU_TARGET,
        field::WARMUP,
    ];
    assert_eq!(fields(draft.read(), &all), all);
}

#[test]
fn sizes_that_contradict_each_other_say_what_would_fit() {
    let all = [field::MIN, field::DESIRED, field::MAX];
    assert_eq!(fields(sizes("5", "3", "2").read("web"), &all), [field::MAX]);
    assert_eq!(fields(sizes("1", "7", "6").read("web"), &all), [field::DESIRED]);
    let faults = sizes("1", "7", "6").read("web").expect_err("too many");
    assert_eq!(faults.at(field::DESIRED).as_deref(), Some("Desired must lie between min and max: enter 1 to 6."));
    assert_eq!(fields(sizes("0", "0", "0").read("web"), &all), [""; 0]);
}

#[test]
fn a_group_without_a_cpu_target_has_no_policy() {
    let (_, policy) = GroupDraft { cpu_target: " ".into(), ..group() }.read().expect("a draft without faults");
    assert_eq!(policy, None);
    for target in ["0", "101", "-5"] {
        let draft = GroupDraft { cpu_target: target.into(), ..group() };
        assert_eq!(fields(draft.read(), &[field::CPU_TARGET]), [field::CPU_TARGET], "{target}");
    }
}

#[test]
fn empty_forms_say_what_is_missing() {
    let missing = fields(InstanceDraft::default().read(), &[field::IMAGE, field::INSTANCE_TYPE, field::COUNT]);
    assert_eq!(missing, [field::IMAGE, field::INSTANCE_TYPE, field::COUNT]);
    let missing = fields(TemplateDraft::default().read(), &[field::TEMPLATE_NAME, field::IMAGE]);
    assert_eq!(missing, [field::TEMPLATE_NAME, field::IMAGE]);
    assert_eq!(fields(ImageDraft::default().read(), &[field::IMAGE_NAME]), [field::IMAGE_NAME]);
    let all = [field::SECURITY_GROUP_NAME, field::DESCRIPTION, field::PORT];
    assert_eq!(fields(SecurityGroupDraft::default().read(), &all), all);
    let all = [field::TARGET_GROUP_NAME, field::PORT, field::HEALTH_PATH];
    assert_eq!(fields(TargetGroupDraft::default().read(), &all), all);
    let all = [field::BALANCER_NAME, field::ZONES, field::TARGET_GROUP];
    assert_eq!(fields(LoadBalancerDraft::default().read(), &all), all);
    let all = [field::TARGET, field::RATE];
    assert_eq!(fields(TrafficDraft::default().read(), &all), all);
}

#[test]
fn ten_times_as_many_visitors_stay_within_what_the_form_takes() {
    let draft = |rate: &str| TrafficDraft { target: "a".into(), rate: rate.into() };
    let times = |rate: &str| draft(rate).times(10).map(|draft| draft.rate);
    assert_eq!(times("12"), Ok("120".to_owned()));
    assert_eq!(times("9000"), Ok("10000".to_owned()));
    assert_eq!(fields(draft("many").times(10), &[field::RATE]), [field::RATE]);
}

/// The refusals come from the model itself, so that a change of its words is noticed here.
#[test]
fn a_refusal_of_the_cloud_stands_beside_the_field_that_it_concerns() {
    let mut session = Lab::default();
    let refusal = session.run(REGION, instance().read().expect("a draft")).expect_err("no such image");
    assert_eq!(place(&refusal, InstanceDraft::WORDS), Some(field::IMAGE));
    let (request, _) = group().read().expect("a draft");
    let refusal = session.run(REGION, request).expect_err("no such template");
    assert_eq!(place(&refusal, GroupDraft::WORDS), Some(field::TEMPLATE));
    let draft = TemplateDraft {
        name: "a b".into(),
        image_id: "ami-1".into(),
        instance_type: "t3.micro".into(),
        is_monitored: true,
    };
    let refusal = session.run(REGION, draft.read().expect("a draft")).expect_err("a name with a space");
    assert_eq!(place(&refusal, TemplateDraft::WORDS), Some(field::TEMPLATE_NAME));
    let draft = TargetGroupDraft { name: "-".into(), port: "80".into(), health_path: "/".into() };
    let mut request = draft.read().expect("a draft");
    request.vpc_id =
        session.cloud().region(REGION).and_then(|region| Some(region.ec2.network.default_vpc()?.vpc_id.clone()));
    let refusal = session.run(REGION, request).expect_err("a name of a hyphen");
    assert_eq!(place(&refusal, TargetGroupDraft::WORDS), Some(field::TARGET_GROUP_NAME));
    let unknown = ApiError::new("InternalError", "Something else.");
    assert_eq!(place(&unknown, GroupDraft::WORDS), None);
    assert_eq!(Faults::of_refusal(&unknown, &[]).general().collect::<Vec<_>>(), ["InternalError: Something else."]);
}

fn place(refusal: &ApiError, words: &[scaling_lab::form::Words]) -> Option<&'static str> {
    let faults = Faults::of_refusal(refusal, words);
    words.iter().map(|(field, _)| *field).find(|field| faults.at(field).is_some())
}
