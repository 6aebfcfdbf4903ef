//! The forms that make things.
use std::collections::BTreeSet;

use leptos::prelude::*;

use super::form::{
    Form, NEW_GROUP, chosen_security_group, image_choices, security_group_choices, type_choices, whole_number,
    zone_choices,
};
use crate::api::ApiError;
use crate::api::autoscaling::{
    CreateAutoScalingGroupType, LaunchTemplateSpecification, PredefinedMetricSpecification, PutScalingPolicyType,
    TargetTrackingConfiguration,
};
use crate::api::ec2::{
    AllocateAddressRequest, CreateLaunchTemplateRequest, LaunchTemplateData, MonitoringEnabled, RunInstancesRequest,
};
use crate::api::elbv2::{Action, CreateListenerInput, CreateLoadBalancerInput, CreateTargetGroupInput};
use crate::projection::console;
use crate::ui::component::{CheckField, CheckGroup, Choice, PageHeader, SelectField, TextField};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

/// The form of a section.
#[component]
pub fn CreatePage(section: Section) -> impl IntoView {
    let form = match section {
        Section::Instances => view! { <LaunchInstance /> }.into_any(),
        Section::LaunchTemplates => view! { <CreateTemplate /> }.into_any(),
        Section::Addresses => view! { <AllocateAddress /> }.into_any(),
        Section::SecurityGroups => view! { <CreateWebGroup /> }.into_any(),
        Section::LoadBalancers => view! { <CreateBalancer /> }.into_any(),
        Section::TargetGroups => view! { <CreateTargetGroup /> }.into_any(),
        Section::Groups => view! { <CreateGroup /> }.into_any(),
        Section::Images | Section::Snapshots | Section::Metrics | Section::Activity => ().into_any(),
    };
    view! {
        <PageHeader title=super::words::words(section).create.to_owned() note=section.title().to_owned() />
        {form}
    }
}

/// A draft that begins with the first of its choices.
fn first_of(choices: Signal<Vec<Choice>>) -> RwSignal<String> {
    RwSignal::new(
        choices.with_untracked(|choices| choices.first().map(|choice| choice.value.clone()).unwrap_or_default()),
    )
}

fn text(value: &str) -> RwSignal<String> {
    RwSignal::new(value.to_owned())
}

#[component]
fn LaunchInstance() -> impl IntoView {
    let lab = Lab::get();
    let (images, types, groups) = (image_choices(), type_choices(), security_group_choices());
    let (image, kind, group) = (first_of(images), text("t3.micro"), text(NEW_GROUP));
    let submit = Callback::new(move |()| {
        let request = RunInstancesRequest {
            image_id: Some(image.get_untracked()),
            instance_type: Some(kind.get_untracked()),
            security_group_ids: vec![chosen_security_group(lab, &group.get_untracked())?],
            min_count: 1,
            max_count: 1,
            ..Default::default()
        };
        lab.submit(request).map(|_| ())
    });
    view! {
        <Form title="Launch an instance" label="Launch instance" section=Section::Instances submit=submit>
            <SelectField label="AMI" value=image choices=images hint="Its id belongs to this region.".to_owned() />
            <SelectField label="Instance type" value=kind choices=types />
            <SelectField label="Security group" value=group choices=groups />
        </Form>
    }
}

#[component]
fn CreateTemplate() -> impl IntoView {
    let lab = Lab::get();
    let (images, types, groups) = (image_choices(), type_choices(), security_group_choices());
    let (name, image, kind, group) = (text("web-template"), first_of(images), text("t3.micro"), text(NEW_GROUP));
    let detailed = RwSignal::new(true);
    let submit = Callback::new(move |()| {
        let data = LaunchTemplateData {
            image_id: Some(image.get_untracked()),
            instance_type: Some(kind.get_untracked()),
            security_group_ids: Some(vec![chosen_security_group(lab, &group.get_untracked())?]),
            monitoring: Some(MonitoringEnabled { enabled: Some(detailed.get_untracked()) }),
            ..Default::default()
        };
        let launch_template_name = name.get_untracked();
        let request =
            CreateLaunchTemplateRequest { launch_template_name, launch_template_data: data, ..Default::default() };
        lab.submit(request).map(|_| ())
    });
    view! {
        <Form title="Launch template" label="Create launch template" section=Section::LaunchTemplates submit=submit>
            <TextField label="Launch template name" value=name />
            <SelectField label="AMI" value=image choices=images />
            <SelectField label="Instance type" value=kind choices=types />
            <SelectField label="Security group" value=group choices=groups />
            <CheckField label="Detailed monitoring" checked=detailed hint="Metrics each minute, not each five; policies react faster.".to_owned() />
        </Form>
    }
}

#[component]
fn AllocateAddress() -> impl IntoView {
    let lab = Lab::get();
    let submit = Callback::new(move |()| lab.submit(AllocateAddressRequest::default()).map(|_| ()));
    view! {
        <Form title="Elastic IP address" label="Allocate" section=Section::Addresses submit=submit>
            <p>"The address comes from Amazon's pool. It stays yours until you release it."</p>
        </Form>
    }
}

#[component]
fn CreateWebGroup() -> impl IntoView {
    let lab = Lab::get();
    let submit = Callback::new(move |()| chosen_security_group(lab, NEW_GROUP).map(|_| ()));
    view! {
        <Form title="Security group" label="Create security group" section=Section::SecurityGroups submit=submit>
            <p>"A group that lets HTTP (TCP port 80) in from anywhere."</p>
        </Form>
    }
}

#[component]
fn CreateTargetGroup() -> impl IntoView {
    let lab = Lab::get();
    let (name, port) = (text("web"), text("80"));
    let submit = Callback::new(move |()| {
        let vpc =
            lab.view(|session, region| session.cloud().region(region).map(|region| region.ec2.network.vpc_id.clone()));
        let request = CreateTargetGroupInput {
            name: name.get_untracked(),
            protocol: Some("HTTP".into()),
            port: Some(whole_number("Port", &port.get_untracked())?),
            vpc_id: vpc.get_untracked(),
            ..Default::default()
        };
        lab.submit(request).map(|_| ())
    });
    view! {
        <Form title="Target group" label="Create target group" section=Section::TargetGroups submit=submit>
            <TextField label="Target group name" value=name />
            <TextField label="Port" value=port numeric=true />
        </Form>
    }
}

/// The target groups of the region.
fn target_group_choices() -> Signal<Vec<Choice>> {
    let groups = Lab::get().view(console::target_groups);
    Signal::derive(move || groups.get().into_iter().map(|group| Choice::new(group.arn, group.name)).collect())
}

/// The first two zones, ticked.
fn two_zones(zones: Signal<Vec<Choice>>) -> RwSignal<BTreeSet<String>> {
    RwSignal::new(zones.with_untracked(|zones| zones.iter().take(2).map(|zone| zone.value.clone()).collect()))
}

#[component]
fn CreateBalancer() -> impl IntoView {
    let lab = Lab::get();
    let (zones, groups, targets) = (zone_choices(), security_group_choices(), target_group_choices());
    let (name, subnets, group, target) = (text("web-lb"), two_zones(zones), text(NEW_GROUP), first_of(targets));
    let submit = Callback::new(move |()| {
        if target.with_untracked(String::is_empty) {
            return Err(ApiError::validation("A listener forwards to a target group: create one first."));
        }
        let request = CreateLoadBalancerInput {
            name: name.get_untracked(),
            subnets: subnets.get_untracked().into_iter().collect(),
            security_groups: vec![chosen_security_group(lab, &group.get_untracked())?],
            ..Default::default()
        };
        let made = lab.submit(request)?.load_balancers;
        let forward = Action { kind: "forward".into(), target_group_arn: Some(target.get_untracked()), order: None };
        let listener = CreateListenerInput {
            load_balancer_arn: made.into_iter().next().unwrap_or_default().load_balancer_arn,
            protocol: Some("HTTP".into()),
            port: Some(80),
            default_actions: vec![forward],
            ..Default::default()
        };
        lab.submit(listener).map(|_| ())
    });
    view! {
        <Form title="Application Load Balancer" label="Create load balancer" section=Section::LoadBalancers submit=submit>
            <TextField label="Load balancer name" value=name />
            <CheckGroup legend="Availability Zones" value=subnets choices=zones hint="At least two.".to_owned() />
            <SelectField label="Security group" value=group choices=groups />
            <SelectField label="Target group" value=target choices=targets hint="The listener on port 80 forwards to it.".to_owned() placeholder="Choose a target group" />
        </Form>
    }
}

/// The draft of a group.
#[derive(Clone, Copy)]
struct GroupDraft {
    name: RwSignal<String>,
    template: RwSignal<String>,
    subnets: RwSignal<BTreeSet<String>>,
    target: RwSignal<String>,
    sizes: [RwSignal<String>; 3],
    cpu: RwSignal<String>,
    warmup: RwSignal<String>,
}

impl GroupDraft {
    fn request(self) -> Result<CreateAutoScalingGroupType, ApiError> {
        let [min, desired, max] = self.sizes.map(|size| size.get_untracked());
        let target = self.target.get_untracked();
        Ok(CreateAutoScalingGroupType {
            auto_scaling_group_name: self.name.get_untracked(),
            min_size: whole_number("Min", &min)?,
            desired_capacity: Some(whole_number("Desired", &desired)?),
            max_size: whole_number("Max", &max)?,
            launch_template: Some(LaunchTemplateSpecification {
                launch_template_name: Some(self.template.get_untracked()),
                version: Some("$Default".into()),
                ..Default::default()
            }),
            vpc_zone_identifier: Some(self.subnets.get_untracked().into_iter().collect::<Vec<_>>().join(",")),
            target_group_arns: Some(target).filter(|arn| !arn.is_empty()).into_iter().collect(),
            default_instance_warmup: Some(whole_number("Warm-up", &self.warmup.get_untracked())?),
            health_check_grace_period: Some(300),
            ..Default::default()
        })
    }

    fn policy(self) -> Result<PutScalingPolicyType, ApiError> {
        let cpu = whole_number("CPU target", &self.cpu.get_untracked())?;
        let metric = PredefinedMetricSpecification {
            predefined_metric_type: "ASGAverageCPUUtilization".into(),
            resource_label: None,
        };
        Ok(PutScalingPolicyType {
            auto_scaling_group_name: self.name.get_untracked(),
            policy_name: format!("cpu-{cpu}"),
            policy_type: Some("TargetTrackingScaling".into()),
            target_tracking_configuration: Some(TargetTrackingConfiguration {
                predefined_metric_specification: Some(metric),
                target_value: cpu as f64,
                disable_scale_in: None,
            }),
            ..Default::default()
        })
    }
}

#[component]
fn CreateGroup() -> impl IntoView {
    let lab = Lab::get();
    let templates = lab.view(console::templates);
    let templates = Signal::derive(move || {
        templates.get().into_iter().map(|row| Choice::new(row.name.clone(), row.name)).collect::<Vec<_>>()
    });
    let (zones, targets) = (zone_choices(), target_group_choices());
    let draft = GroupDraft {
        name: text("web-asg"),
        template: first_of(templates),
        subnets: two_zones(zones),
        target: first_of(targets),
        sizes: [text("1"), text("2"), text("6")],
        cpu: text("50"),
        warmup: text("120"),
    };
    let submit = Callback::new(move |()| {
        let policy = draft.policy()?;
        lab.submit(draft.request()?)?;
        lab.submit(policy).map(|_| ())
    });
    let [min, desired, max] = draft.sizes;
    view! {
        <Form title="Auto Scaling group" label="Create Auto Scaling group" section=Section::Groups submit=submit>
            <TextField label="Auto Scaling group name" value=draft.name />
            <SelectField label="Launch template" value=draft.template choices=templates placeholder="Choose a launch template" />
            <CheckGroup legend="Availability Zones" value=draft.subnets choices=zones hint="The same as the load balancer's.".to_owned() />
            <SelectField label="Target group" value=draft.target choices=targets placeholder="None" />
            <TextField label="Min" value=min numeric=true />
            <TextField label="Desired" value=desired numeric=true />
            <TextField label="Max" value=max numeric=true />
            <TextField label="CPU target" value=draft.cpu numeric=true suffix="%" />
            <TextField label="Instance warm-up" value=draft.warmup numeric=true suffix="s" />
        </Form>
    }
}
