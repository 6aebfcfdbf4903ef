//! Key pairs.
use crate::console::ask::Arg::Key;
use crate::console::{Action, Column, Field, Form, Group, Kind, Read, Show, Source, Step, Table};

/// Key pairs.
pub static KIND: Kind = Kind {
    table: Table::of(
        Read::new("ec2", "DescribeKeyPairs", "KeyPairs[]"),
        "KeyName",
        &[
            Column::new("Name", "KeyName"),
            Column::new("Type", "KeyType"),
            Column::new("Created", "CreateTime").show(Show::Time),
            Column::wide("Fingerprint", "KeyFingerprint"),
            Column::new("ID", "KeyPairId"),
        ],
    )
    .actions(&[Action::call("Delete", "ec2", "DeleteKeyPair", &[("KeyName", Key)])
        .end("Instances that run keep the public key; new ones cannot be launched with it.")]),
    summary: &[],
    create: Some(&Form {
        title: "Key pair",
        label: "Create key pair",
        note: "The private key is shown by AWS this once. The lab's servers open to its page editor, so it is not needed here.",
        groups: &[Group {
            legend: "",
            note: "",
            fields: &[
                Field::text("Key pair name", "KeyName").start("my-key").needed().words(&["InvalidKeyPair"]),
                Field::one("Key pair type", "KeyType", &TYPES),
            ],
        }],
        steps: &[Step { service: "ec2", operation: "CreateKeyPair", with: &[], only: None }],
    }),
    key: "KeyName",
    tabs: &[],
    lab: None,
};

const TYPES: Source = Source::fixed(&[("rsa", "RSA", ""), ("ed25519", "ED25519", "not for Windows")]);
