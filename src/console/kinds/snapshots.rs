//! EBS snapshots.
use crate::console::ask::Arg::{Key, Text};
use crate::console::{Action, Column, Kind, Part, Read, Section, Show, Tab, Table};

/// The account's own snapshots.
pub static KIND: Kind = Kind {
    table: Table::of(
        Read::new("ec2", "DescribeSnapshots", "Snapshots[]").with(&[("OwnerIds[]", Text("self"))]),
        "SnapshotId",
        COLUMNS,
    )
    .actions(&[Action::call("Delete snapshot", "ec2", "DeleteSnapshot", &[("SnapshotId", Key)])
        .end("AWS refuses while an AMI rests on it: deregister the AMI first. {Description}")]),
    summary: &[],
    create: None,
    key: "SnapshotId",
    tabs: &[Tab {
        label: "Details",
        parts: &[Part::Facts(
            "Snapshot details",
            &[
                Column::state("Snapshot status", "State"),
                Column::new("Progress", "Progress"),
                Column::number("Volume size", "VolumeSize", " GiB"),
                Column::number("Full snapshot size", "FullSnapshotSizeInBytes", " bytes"),
                Column::new("Volume ID", "VolumeId"),
                Column::new("Started", "StartTime").show(Show::Time),
                Column::new("Completed", "CompletionTime").show(Show::Time),
                Column::new("Storage tier", "StorageTier"),
                Column::wide("Description", "Description"),
            ],
        )],
    }],
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::new("Snapshot ID", "SnapshotId").show(Show::Link(Section::Snapshots)),
    Column::number("Volume size", "VolumeSize", " GiB"),
    Column::state("Snapshot status", "State"),
    Column::new("Progress", "Progress"),
    Column::new("Started", "StartTime").show(Show::Time),
    Column::wide("Description", "Description"),
];
