//! Load balancers and target groups.
use super::{List, ready};
use crate::projection::console::{self, BalancerRow, TargetGroupRow};
use crate::ui::component::{Cell, Column, Row};
use crate::ui::route::{Route, Section};

pub(super) fn balancer_list() -> List {
    let columns = vec![
        Column::new("Name"),
        Column::new("State"),
        Column::new("DNS name").wide(),
        Column::new("Availability Zones").wide(),
    ];
    let rows = |session: &_, region: &str| console::balancers(session, region).into_iter().map(balancer).collect();
    List { rows, columns, actions: None }
}

fn balancer(row: BalancerRow) -> Row {
    let link = Cell::Link(Route::Detail(Section::LoadBalancers, row.name.clone()), row.name);
    let (name, zones) = (Cell::Text(row.dns_name), Cell::text(row.zones.join(", ")));
    Row::new(row.arn, [link, ready(row.state, "active"), name, zones])
}

pub(super) fn target_group_list() -> List {
    let columns = vec![
        Column::new("Name"),
        Column::new("Port").numeric(),
        Column::new("Health check path"),
        Column::new("Targets").numeric(),
        Column::new("Healthy").numeric(),
    ];
    let rows =
        |session: &_, region: &str| console::target_groups(session, region).into_iter().map(target_group).collect();
    List { rows, columns, actions: None }
}

fn target_group(row: TargetGroupRow) -> Row {
    let healthy = row.targets.iter().filter(|target| target.state == "healthy").count();
    let [port, targets, healthy] =
        [row.port.to_string(), row.targets.len().to_string(), healthy.to_string()].map(Cell::Text);
    let link = Cell::Link(Route::Detail(Section::TargetGroups, row.name.clone()), row.name);
    Row::new(row.arn, [link, port, Cell::Text(row.health_path), targets, healthy])
}
