//! Elastic IP addresses.
use super::sources::INSTANCES;
use super::tags;
use crate::console::ask::Arg::Item;
use crate::console::{Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Step, Tab, Table};

/// Elastic IP addresses.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("ec2", "DescribeAddresses", "Addresses[]"), "PublicIp", COLUMNS).actions(ACTIONS),
    summary: &[],
    create: Some(&Form {
        title: "Elastic IP address",
        label: "Allocate",
        note: "The address comes from Amazon's pool and stays yours until you release it. It costs by the hour, used or not.",
        groups: &[Group {
            legend: "",
            note: "",
            fields: &[Field::text("Name tag", "TagSpecifications[ResourceType=elastic-ip].Tags[Key=Name].Value")
                .hint("May be empty.")],
        }],
        steps: &[Step { service: "ec2", operation: "AllocateAddress", with: &[], only: None }],
    }),
    key: "AllocationId",
    tabs: &[
        Tab {
            label: "Details",
            parts: &[
                Part::Facts(
                    "Association",
                    &[
                        Column::new("Allocated IPv4 address", "PublicIp").show(Show::Visit),
                        Column::new("Associated instance ID", "InstanceId").show(Show::Link(Section::Instances)),
                        Column::new("Private IP address", "PrivateIpAddress"),
                        Column::new("Association ID", "AssociationId"),
                        Column::new("Name", "Tags[Key=Name].Value"),
                        Column::new("Pool", "PublicIpv4Pool"),
                    ],
                ),
                Part::Form(None, &ASSOCIATE),
            ],
        },
        tags::OF_ADDRESS,
    ],
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::new("Allocated IPv4 address", "PublicIp").show(Show::Visit),
    Column::new("Name", "Tags[Key=Name].Value"),
    Column::new("Allocation ID", "AllocationId").show(Show::Link(Section::Addresses)),
    Column::new("Associated instance ID", "InstanceId").show(Show::Link(Section::Instances)),
    Column::new("Association ID", "AssociationId"),
    Column::new("Service managed", "ServiceManaged"),
];

const ACTIONS: &[Action] = &[
    Action::form("Associate", &ASSOCIATE).when("ServiceManaged", &[""]),
    Action::call("Disassociate", "ec2", "DisassociateAddress", &[("AssociationId", Item("AssociationId"))])
        .when("ServiceManaged", &[""])
        .ask("{InstanceId} gets an automatic address if it runs; visitors who use {PublicIp} reach nobody."),
    Action::call("Release", "ec2", "ReleaseAddress", &[("AllocationId", Item("AllocationId"))])
        .when("ServiceManaged", &[""])
        .end("The address goes back to Amazon's pool; you can hardly get it again. AWS refuses while it is associated. Associated with: {InstanceId}."),
];

const ASSOCIATE: Form = Form {
    title: "Associate Elastic IP address",
    label: "Associate",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::one("Instance", "InstanceId", &INSTANCES),
            Field::of("Allow reassociation", "AllowReassociation", Input::Tick)
                .start("true")
                .hint("Takes the address away from the instance that has it.")
                .words(&["Resource.AlreadyAssociated"]),
        ],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "AssociateAddress",
        with: &[("AllocationId", crate::console::Arg::Parent("AllocationId"))],
        only: None,
    }],
};
