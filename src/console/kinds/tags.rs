//! Tags of EC2's things: one list and one form for all of them.
use crate::console::ask::Arg::{Item, Key, Parent};
use crate::console::{Action, Column, Field, Form, Group, Part, Step, Tab, Table};

const COLUMNS: &[Column] = &[Column::new("Key", "Key"), Column::wide("Value", "Value")];

const FIELDS: &[Group] = &[Group {
    legend: "",
    note: "",
    fields: &[Field::text("Key", "Tags[0].Key").needed(), Field::text("Value", "Tags[0].Value").hint("May be empty.")],
}];

/// The tab with the tags of things whose id stands at a path.
macro_rules! tab {
    ($id:literal) => {{
        const FORM: Form = Form {
            title: "Add tag",
            label: "Save tag",
            note: "A tag with the same key gets the new value.",
            groups: FIELDS,
            steps: &[Step {
                service: "ec2",
                operation: "CreateTags",
                with: &[("Resources[0]", Parent($id))],
                only: None,
            }],
        };
        Tab {
            label: "Tags",
            parts: &[Part::Table(
                "Tags",
                Table::inside("Tags[]", "Key", COLUMNS)
                    .add(&[Action::form("Add tag", &FORM)])
                    .actions(&[Action::call(
                        "Remove",
                        "ec2",
                        "DeleteTags",
                        &[("Resources[0]", Parent($id)), ("Tags[0].Key", Key), ("Tags[0].Value", Item("Value"))],
                    )])
                    .empty("No tags."),
            )],
        }
    }};
}

/// The tags of an instance.
pub const OF_INSTANCE: Tab = tab!("InstanceId");
/// The tags of an image.
pub const OF_IMAGE: Tab = tab!("ImageId");
/// The tags of an Elastic IP address.
pub const OF_ADDRESS: Tab = tab!("AllocationId");
/// The tags of a security group.
pub const OF_SECURITY_GROUP: Tab = tab!("GroupId");
