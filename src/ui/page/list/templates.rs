//! Launch templates.
use leptos::prelude::*;

use super::table;
use crate::api::ec2::{LaunchTemplateSpecification, RunInstancesRequest};
use crate::projection::console::{self, TemplateRow};
use crate::ui::component::{Button, Column};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

pub(super) fn list(lab: Lab) -> AnyView {
    table(Section::LaunchTemplates, lab.view(console::templates), |row| row.id.clone(), columns())
}

fn columns() -> Vec<Column<TemplateRow>> {
    vec![
        Column::text("Launch template name", |row: &TemplateRow| row.name.clone()),
        Column::text("Launch template ID", |row: &TemplateRow| row.id.clone()),
        Column::text("Default version", |row: &TemplateRow| row.versions[0].to_string()).numeric(),
        Column::text("Latest version", |row: &TemplateRow| row.versions[1].to_string()).numeric(),
        Column::text("AMI ID", |row: &TemplateRow| row.image_id.clone()),
        Column::text("Instance type", |row: &TemplateRow| row.instance_type.clone()),
        Column::new("Actions", launch),
    ]
}

fn launch(row: Signal<TemplateRow>) -> AnyView {
    let lab = Lab::get();
    let request = move || RunInstancesRequest {
        launch_template: Some(LaunchTemplateSpecification {
            launch_template_id: Some(row.with_untracked(|row| row.id.clone())),
            ..Default::default()
        }),
        min_count: 1,
        max_count: 1,
        ..Default::default()
    };
    view! { <Button label="Launch instance from template" on_press=move || lab.act("Launching", request()) /> }
        .into_any()
}
