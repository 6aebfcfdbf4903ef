//! Amazon Machine Images.
use super::sources::REGIONS;
use super::tags;
use crate::console::ask::Arg::{Answer, Flag, Item, Key};
use crate::console::{Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Step, Tab, Table};

/// Images.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("ec2", "DescribeImages", "Images[]"), "ImageId", COLUMNS).actions(ACTIONS),
    summary: &[],
    create: Some(&COPY),
    key: "ImageId",
    tabs: &[
        Tab {
            label: "Details",
            parts: &[Part::Facts(
                "AMI details",
                &[
                    Column::new("AMI name", "Name"),
                    Column::state("Status", "State"),
                    Column::new("Owner", "ImageOwnerAlias|OwnerId"),
                    Column::new("Platform", "PlatformDetails"),
                    Column::new("Architecture", "Architecture"),
                    Column::new("Root device", "RootDeviceName"),
                    Column::new("Creation date", "CreationDate").show(Show::Time),
                    Column::new("Deprecation time", "DeprecationTime"),
                    Column::new("Source instance", "SourceInstanceId").show(Show::Link(Section::Instances)),
                    Column::new("Source AMI", "SourceImageId|SourceImageRegion"),
                    Column::new("Snapshot ID", "BlockDeviceMappings[].Ebs.SnapshotId")
                        .show(Show::Link(Section::Snapshots)),
                    Column::new("Description", "Description"),
                ],
            )],
        },
        tags::OF_IMAGE,
    ],
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::new("AMI ID", "ImageId").show(Show::Link(Section::Images)),
    Column::wide("AMI name", "Name"),
    Column::new("Source", "ImageOwnerAlias|OwnerId"),
    Column::state("Status", "State"),
    Column::new("Platform", "PlatformDetails"),
    Column::wide("Description", "Description"),
];

const ACTIONS: &[Action] = &[
    Action::form("Launch instance from AMI", &LAUNCH).when("State", &["available"]),
    Action::form("Copy AMI", &COPY).when("State", &["available"]),
    Action::call("Disable AMI", "ec2", "DisableImage", &[("ImageId", Key)])
        .when("State", &["available"])
        .ask("Nothing can be launched from {Name} while it is disabled."),
    Action::call("Deregister AMI", "ec2", "DeregisterImage", &[("ImageId", Key), ("DeleteAssociatedSnapshots", Flag(false))])
        .end("Nothing can be launched from {Name} any more, not by a template or a group either. Its snapshot stays, and costs, until you delete it."),
];

const LAUNCH: Form = Form {
    title: "Launch instance from AMI",
    label: "Launch instance",
    note: "",
    groups: super::launch::BRIEF_LAUNCH,
    steps: super::launch::new_group_steps![Step {
        service: "ec2",
        operation: "RunInstances",
        with: &[
            ("ImageId", Item("ImageId")),
            ("MinCount", crate::console::Arg::Whole("Number of instances")),
            ("SecurityGroupIds[0]", Answer(0, "GroupId")),
        ],
        only: None,
    }],
};
use super::sources::{NEW_GROUP, SECURITY_GROUPS};
use crate::console::ask::Arg::{Free, Number, Text};

const COPY: Form = Form {
    title: "Copy AMI",
    label: "Copy AMI",
    note: "The copy gets an id of its own in the other region, and a snapshot under it.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::one("Copy from region", "SourceRegion", &REGIONS)
                .hint("The copy appears in the region that the page shows. To copy into another one, choose that one above first."),
            Field::text("Source AMI ID", "SourceImageId")
                .item("ImageId")
                .needed()
                .hint("The id that the image has in the region it is copied from.")
                .words(&["InvalidAMI"]),
            Field::text("AMI copy name", "Name").item("Name").needed(),
            Field::text("AMI copy description", "Description"),
            Field::of("Copy tags", "CopyImageTags", Input::Tick),
        ],
    }],
    steps: &[Step { service: "ec2", operation: "CopyImage", with: &[], only: None }],
};
