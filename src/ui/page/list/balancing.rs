//! Load balancers and target groups.
use leptos::prelude::*;

use super::{link_to, state_column, table};
use crate::projection::console::{self, BalancerRow, TargetGroupRow};
use crate::ui::component::{Column, State};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

pub(super) fn balancer_list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::new("Name", |row: Signal<BalancerRow>| {
            move || row.with(|row| link_to(Section::LoadBalancers, row.name.clone(), row.name.clone()))
        }),
        state_column("State", |row: &BalancerRow| {
            (if row.state == "active" { State::Good } else { State::Busy }, row.state.to_owned())
        }),
        Column::text("DNS name", |row: &BalancerRow| row.dns_name.clone()),
        Column::text("Availability Zones", |row: &BalancerRow| row.zones.join(", ")),
    ];
    table(Section::LoadBalancers, lab.view(console::balancers), |row| row.arn.clone(), columns)
}

pub(super) fn target_group_list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::new("Name", |row: Signal<TargetGroupRow>| {
            move || row.with(|row| link_to(Section::TargetGroups, row.name.clone(), row.name.clone()))
        }),
        Column::text("Port", |row: &TargetGroupRow| row.port.to_string()).numeric(),
        Column::text("Health check path", |row: &TargetGroupRow| row.health_path.clone()),
        Column::text("Targets", |row: &TargetGroupRow| row.targets.len().to_string()).numeric(),
        Column::text("Healthy", |row: &TargetGroupRow| {
            row.targets.iter().filter(|target| target.state == "healthy").count().to_string()
        })
        .numeric(),
    ];
    table(Section::TargetGroups, lab.view(console::target_groups), |row| row.arn.clone(), columns)
}
