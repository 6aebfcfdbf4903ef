//! The lists of the console.
use leptos::prelude::*;

use super::words::words;
use crate::api::autoscaling::DeleteAutoScalingGroupType;
use crate::api::ec2::{
    LaunchTemplateSpecification, MonitoringEnabled, ReleaseAddressRequest, RunInstancesRequest, StartInstancesRequest,
    StopInstancesRequest, TerminateInstancesRequest,
};
use crate::cloud::cloudwatch::AlarmState;
use crate::projection::console::{self, AddressRow, AlarmRow, InstanceRow, TemplateRow};
use crate::session::Session;
use crate::ui::component::{
    Badge, Button, ButtonKind, ButtonLink, Column, DataTable, EmptyState, Icon, PageHeader, State,
};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// The list of a section.
#[component]
pub fn ListPage(section: Section) -> impl IntoView {
    let table = match section {
        Section::Instances => table(section, console::instances, |row| row.id.clone(), instance_columns()),
        Section::LaunchTemplates => table(section, console::templates, |row| row.id.clone(), template_columns()),
        Section::Images => table(section, console::images, |row| row.id.clone(), image_columns()),
        Section::Snapshots => table(section, console::snapshots, |row| row.id.clone(), snapshot_columns()),
        Section::Addresses => table(section, console::addresses, |row| row.allocation_id.clone(), address_columns()),
        Section::SecurityGroups => {
            table(section, console::security_groups, |row| row.id.clone(), security_group_columns())
        }
        Section::LoadBalancers => table(section, console::balancers, |row| row.arn.clone(), balancer_columns()),
        Section::TargetGroups => table(section, console::target_groups, |row| row.arn.clone(), target_group_columns()),
        Section::Groups => table(section, console::groups, |row| row.name.clone(), group_columns()),
        Section::Metrics => table(section, console::alarms, |row| row.name.clone(), alarm_columns()),
        Section::Activity => table(section, console::activities, |row| row.id.clone(), activity_columns()),
    };
    let words = words(section);
    let create = move || {
        let link = view! { <ButtonLink label=words.create to=Route::Create(section) kind=ButtonKind::Primary icon=Icon::Plus /> };
        (!words.create.is_empty()).then_some(link)
    };
    view! {
        <PageHeader title=section.title().to_owned() note=words.note.to_owned() actions=create />
        {table}
    }
}

fn table<R: Clone + PartialEq + Send + Sync + 'static>(
    section: Section,
    look: fn(&Session, &str) -> Vec<R>,
    key: fn(&R) -> String,
    columns: Vec<Column<R>>,
) -> AnyView {
    let rows = Lab::get().view(look);
    let words = words(section);
    let empty = move || view! { <EmptyState icon=words.icon title=words.empty text=words.first>""</EmptyState> };
    view! { <DataTable caption=section.title() rows=rows key=key columns=columns empty=empty /> }.into_any()
}

fn link_to(section: Section, id: String) -> AnyView {
    let to = Route::Detail(section, id.clone());
    view! { <a href=to.to_string()>{id}</a> }.into_any()
}

/// The badge of an instance's state.
pub fn instance_state(state: &str) -> State {
    match state {
        "running" => State::Good,
        "pending" | "stopping" | "shutting-down" => State::Busy,
        "stopped" => State::Idle,
        _ => State::Gone,
    }
}

fn instance_columns() -> Vec<Column<InstanceRow>> {
    let state = |row: Signal<InstanceRow>| {
        let kind = Signal::derive(move || row.with(|row| instance_state(row.state)));
        view! { <Badge state=kind text=Signal::derive(move || row.with(|row| row.state.to_owned())) /> }
    };
    vec![
        Column::new("Instance ID", |row: Signal<InstanceRow>| {
            move || link_to(Section::Instances, row.with(|row| row.id.clone()))
        }),
        Column::new("Instance state", state),
        Column::text("Server", |row: &InstanceRow| row.server.to_owned()),
        Column::text("Instance type", |row: &InstanceRow| row.instance_type.to_owned()),
        Column::text("Availability Zone", |row: &InstanceRow| row.zone.clone()),
        Column::text("Public IPv4 address", |row: &InstanceRow| row.public_ip.clone()),
        Column::text("Elastic IP", |row: &InstanceRow| if row.is_elastic { row.public_ip.clone() } else { "–".into() }),
        Column::text("CPU", |row: &InstanceRow| row.cpu.map_or_else(String::new, |cpu| format!("{cpu} %"))).numeric(),
        Column::text("Group", |row: &InstanceRow| row.group.clone()),
        Column::new("Actions", |row: Signal<InstanceRow>| instance_actions(row)),
    ]
}

/// The buttons that start, stop and end an instance.
pub fn instance_actions(row: Signal<InstanceRow>) -> AnyView {
    let lab = Lab::get();
    let ids = move || row.with_untracked(|row| vec![row.id.clone()]);
    let is = move |state: &'static str| Signal::derive(move || row.with(|row| row.state != state));
    let is_over = Signal::derive(move || row.with(|row| row.state == "terminated" || row.state == "shutting-down"));
    let start = move || lab.act("Starting", StartInstancesRequest { instance_ids: ids(), ..Default::default() });
    let stop = move || lab.act("Stopping", StopInstancesRequest { instance_ids: ids(), ..Default::default() });
    let end = move || lab.act("Terminating", TerminateInstancesRequest { instance_ids: ids(), ..Default::default() });
    view! {
        <div class="row-actions">
            <Button label="Start" on_press=start disabled=is("stopped") />
            <Button label="Stop" on_press=stop disabled=is("running") />
            <Button label="Terminate" on_press=end kind=ButtonKind::Danger disabled=is_over />
        </div>
    }
    .into_any()
}

fn template_columns() -> Vec<Column<TemplateRow>> {
    let launch = |row: Signal<TemplateRow>| {
        let lab = Lab::get();
        let request = move || RunInstancesRequest {
            launch_template: Some(LaunchTemplateSpecification {
                launch_template_id: Some(row.with_untracked(|row| row.id.clone())),
                ..Default::default()
            }),
            monitoring: Some(MonitoringEnabled { enabled: Some(true) }),
            min_count: 1,
            max_count: 1,
            ..Default::default()
        };
        view! { <Button label="Launch instance from template" on_press=move || lab.act("Launching", request()) /> }
    };
    vec![
        Column::text("Launch template ID", |row: &TemplateRow| row.id.clone()),
        Column::text("Launch template name", |row: &TemplateRow| row.name.clone()),
        Column::text("Default version", |row: &TemplateRow| row.versions[0].to_string()).numeric(),
        Column::text("Latest version", |row: &TemplateRow| row.versions[1].to_string()).numeric(),
        Column::text("AMI ID", |row: &TemplateRow| row.image_id.clone()),
        Column::text("Instance type", |row: &TemplateRow| row.instance_type.clone()),
        Column::new("Actions", launch),
    ]
}

fn image_columns() -> Vec<Column<console::ImageRow>> {
    let state = |row: Signal<console::ImageRow>| {
        let kind =
            Signal::derive(move || row.with(|row| if row.state == "available" { State::Good } else { State::Busy }));
        view! { <Badge state=kind text=Signal::derive(move || row.with(|row| row.state.to_owned())) /> }
    };
    vec![
        Column::text("AMI ID", |row: &console::ImageRow| row.id.clone()),
        Column::text("AMI name", |row: &console::ImageRow| row.name.clone()),
        Column::text("Description", |row: &console::ImageRow| row.description.clone()),
        Column::text("Owner", |row: &console::ImageRow| if row.is_own { "self" } else { "amazon" }.to_owned()),
        Column::new("Status", state),
        Column::text("Platform", |row: &console::ImageRow| row.platform.to_owned()),
    ]
}

fn snapshot_columns() -> Vec<Column<console::SnapshotRow>> {
    vec![
        Column::text("Snapshot ID", |row: &console::SnapshotRow| row.id.clone()),
        Column::text("Volume size", |row: &console::SnapshotRow| format!("{} GiB", row.size_gib)).numeric(),
        Column::text("Progress", |row: &console::SnapshotRow| format!("{} %", row.progress)).numeric(),
        Column::text("Description", |row: &console::SnapshotRow| row.description.clone()),
    ]
}

fn address_columns() -> Vec<Column<AddressRow>> {
    let release = |row: Signal<AddressRow>| {
        let lab = Lab::get();
        let id = move || row.with_untracked(|row| row.allocation_id.clone());
        let request = move || ReleaseAddressRequest { allocation_id: Some(id()), ..Default::default() };
        let to = Route::Detail(Section::Addresses, id());
        view! {
            <div class="row-actions">
                <ButtonLink label="Associate" to=to />
                <Button label="Release" kind=ButtonKind::Danger on_press=move || lab.act("Released", request()) />
            </div>
        }
    };
    vec![
        Column::text("Allocated IPv4 address", |row: &AddressRow| row.public_ip.clone()),
        Column::text("Allocation ID", |row: &AddressRow| row.allocation_id.clone()),
        Column::text("Associated instance ID", |row: &AddressRow| row.instance_id.clone()),
        Column::text("Association ID", |row: &AddressRow| row.association_id.clone()),
        Column::new("Actions", release),
    ]
}

fn security_group_columns() -> Vec<Column<console::SecurityGroupRow>> {
    vec![
        Column::text("Security group ID", |row: &console::SecurityGroupRow| row.id.clone()),
        Column::text("Security group name", |row: &console::SecurityGroupRow| row.name.clone()),
        Column::text("Inbound rules", |row: &console::SecurityGroupRow| row.rules.clone()),
        Column::text("Description", |row: &console::SecurityGroupRow| row.description.clone()),
    ]
}

fn balancer_columns() -> Vec<Column<console::BalancerRow>> {
    let state = |row: Signal<console::BalancerRow>| {
        let kind =
            Signal::derive(move || row.with(|row| if row.state == "active" { State::Good } else { State::Busy }));
        view! { <Badge state=kind text=Signal::derive(move || row.with(|row| row.state.to_owned())) /> }
    };
    vec![
        Column::text("Name", |row: &console::BalancerRow| row.name.clone()),
        Column::new("State", state),
        Column::text("DNS name", |row: &console::BalancerRow| row.dns_name.clone()),
        Column::text("Availability Zones", |row: &console::BalancerRow| row.zones.join(", ")),
    ]
}

fn target_group_columns() -> Vec<Column<console::TargetGroupRow>> {
    vec![
        Column::text("Name", |row: &console::TargetGroupRow| row.name.clone()),
        Column::text("Port", |row: &console::TargetGroupRow| row.port.to_string()).numeric(),
        Column::text(
            "Targets",
            |row: &console::TargetGroupRow| if row.targets.is_empty() { "none".into() } else { row.targets.clone() },
        ),
    ]
}

fn group_columns() -> Vec<Column<console::GroupRow>> {
    let delete = |row: Signal<console::GroupRow>| {
        let lab = Lab::get();
        let request = move || DeleteAutoScalingGroupType {
            auto_scaling_group_name: row.with_untracked(|row| row.name.clone()),
            force_delete: Some(true),
        };
        view! { <Button label="Delete" kind=ButtonKind::Danger on_press=move || lab.act("Deleting", request()) /> }
    };
    vec![
        Column::text("Name", |row: &console::GroupRow| row.name.clone()),
        Column::text("Launch template", |row: &console::GroupRow| row.template.clone()),
        Column::text("In service", |row: &console::GroupRow| row.in_service.to_string()).numeric(),
        Column::text("Status", |row: &console::GroupRow| row.status.to_owned()),
        Column::text("Min", |row: &console::GroupRow| row.sizes[0].to_string()).numeric(),
        Column::text("Desired", |row: &console::GroupRow| row.sizes[1].to_string()).numeric(),
        Column::text("Max", |row: &console::GroupRow| row.sizes[2].to_string()).numeric(),
        Column::text("Availability Zones", |row: &console::GroupRow| row.zones.clone()),
        Column::text("Policies", |row: &console::GroupRow| row.policies.clone()),
        Column::new("Actions", delete),
    ]
}

fn alarm_columns() -> Vec<Column<AlarmRow>> {
    let state = |row: Signal<AlarmRow>| {
        let kind = move |row: &AlarmRow| match row.state {
            AlarmState::Ok => State::Good,
            AlarmState::Alarm => State::Bad,
            AlarmState::InsufficientData => State::Idle,
        };
        let text = Signal::derive(move || row.with(|row| row.state.name().to_owned()));
        view! { <Badge state=Signal::derive(move || row.with(kind)) text=text /> }
    };
    vec![
        Column::text("Name", |row: &AlarmRow| row.name.clone()),
        Column::new("State", state),
        Column::text("Conditions", |row: &AlarmRow| row.condition.clone()),
        Column::text("Reason", |row: &AlarmRow| row.reason.clone()),
    ]
}

fn activity_columns() -> Vec<Column<console::ActivityRow>> {
    vec![
        Column::text("Status", |row: &console::ActivityRow| row.status.clone()),
        Column::text("Description", |row: &console::ActivityRow| row.description.clone()),
        Column::text("Cause", |row: &console::ActivityRow| row.cause.clone()),
        Column::text("Start time", |row: &console::ActivityRow| row.started.clone()),
    ]
}
