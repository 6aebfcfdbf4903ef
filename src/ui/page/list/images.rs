//! Images and the snapshots under them.
use super::{List, ready};
use crate::projection::console::{self, ImageRow, SnapshotRow};
use crate::ui::component::{Cell, Column, Row, State};

pub(super) fn list() -> List {
    let columns = vec![
        Column::new("AMI ID"),
        Column::new("AMI name").wide(),
        Column::new("Description").wide(),
        Column::new("Owner"),
        Column::new("Status"),
        Column::new("Platform"),
    ];
    let rows = |session: &_, region: &str| console::images(session, region).into_iter().map(image).collect();
    List { rows, columns, actions: None }
}

fn image(row: ImageRow) -> Row {
    let owner = Cell::text(if row.is_own { "self" } else { "amazon" });
    let status = ready(row.state, "available");
    let (name, description) = (Cell::Text(row.name), Cell::Text(row.description));
    Row::new(row.id.clone(), [Cell::Text(row.id), name, description, owner, status, Cell::text(row.platform)])
}

pub(super) fn snapshot_list() -> List {
    let columns = vec![
        Column::new("Snapshot ID"),
        Column::new("Volume size").numeric(),
        Column::new("Progress"),
        Column::new("Description").wide(),
    ];
    let rows = |session: &_, region: &str| console::snapshots(session, region).into_iter().map(snapshot).collect();
    List { rows, columns, actions: None }
}

fn snapshot(row: SnapshotRow) -> Row {
    let progress =
        Cell::State(if row.progress < 100 { State::Busy } else { State::Good }, format!("{} %", row.progress));
    let size = Cell::text(format!("{} GiB", row.size_gib));
    Row::new(row.id.clone(), [Cell::Text(row.id), size, progress, Cell::Text(row.description)])
}
