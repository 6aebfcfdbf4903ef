//! Images and the snapshots under them.
use leptos::prelude::*;

use super::{state_column, table};
use crate::projection::console::{self, ImageRow, SnapshotRow};
use crate::ui::component::{Column, Meter, State};
use crate::ui::lab::Lab;
use crate::ui::route::Section;

pub(super) fn list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::text("AMI ID", |row: &ImageRow| row.id.clone()),
        Column::text("AMI name", |row: &ImageRow| row.name.clone()),
        Column::text("Description", |row: &ImageRow| row.description.clone()),
        Column::text("Owner", |row: &ImageRow| if row.is_own { "self" } else { "amazon" }.to_owned()),
        state_column("Status", |row: &ImageRow| {
            (if row.state == "available" { State::Good } else { State::Busy }, row.state.to_owned())
        }),
        Column::text("Platform", |row: &ImageRow| row.platform.to_owned()),
    ];
    table(Section::Images, lab.view(console::images), |row| row.id.clone(), columns)
}

pub(super) fn snapshot_list(lab: Lab) -> AnyView {
    let columns = vec![
        Column::text("Snapshot ID", |row: &SnapshotRow| row.id.clone()),
        Column::text("Volume size", |row: &SnapshotRow| format!("{} GiB", row.size_gib)).numeric(),
        Column::new("Progress", |row: Signal<SnapshotRow>| {
            let percent = Signal::derive(move || Some(row.with(|row| row.progress) as f64));
            view! { <Meter label="Progress" percent=percent high=100.0 /> }
        }),
        Column::text("Description", |row: &SnapshotRow| row.description.clone()),
    ];
    table(Section::Snapshots, lab.view(console::snapshots), |row| row.id.clone(), columns)
}
