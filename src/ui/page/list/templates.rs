//! Launch templates.
use leptos::prelude::*;

use super::List;
use crate::api::ec2::{LaunchTemplateSpecification, RunInstancesRequest};
use crate::projection::console::{self, TemplateRow};
use crate::ui::component::{Button, Cell, Column, Row};
use crate::ui::lab::Lab;

pub(super) fn list() -> List {
    let columns = vec![
        Column::new("Launch template name"),
        Column::new("Launch template ID"),
        Column::new("Default version").numeric(),
        Column::new("Latest version").numeric(),
        Column::new("AMI ID"),
        Column::new("Instance type"),
    ];
    let rows = |session: &_, region: &str| console::templates(session, region).into_iter().map(row).collect();
    List { rows, columns, actions: Some(launch) }
}

fn row(row: TemplateRow) -> Row {
    let [default, latest] = row.versions.map(|version| Cell::text(version.to_string()));
    let (name, image, kind) = (Cell::Text(row.name), Cell::Text(row.image_id), Cell::Text(row.instance_type));
    Row::new(row.id.clone(), [name, Cell::Text(row.id), default, latest, image, kind])
}

fn launch(id: &str) -> AnyView {
    let lab = Lab::get();
    let request = RunInstancesRequest {
        launch_template: Some(LaunchTemplateSpecification {
            launch_template_id: Some(id.to_owned()),
            ..Default::default()
        }),
        min_count: 1,
        max_count: 1,
        ..Default::default()
    };
    view! { <Button label="Launch instance from template" on_press=move || lab.act("Launching", request.clone()) /> }
        .into_any()
}
