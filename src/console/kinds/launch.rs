//! The launch of instances: the wizard, its short form for a known image, and the security group that comes with it.
use super::sources::{
    ACCELERATORS, CREDITS, IMAGES_OR_TYPED, KEY_PAIRS, NEW_GROUP, SECURITY_GROUPS, SECURITY_GROUPS_OR_NEW, SUBNETS,
    TYPED_IMAGE, TYPES,
};
use crate::console::ask::Arg::{Answer, Free, Number, Text, Whole};
use crate::console::{Field, Form, Group, Input, Step};

/// The requests that make a security group for web servers first, if one is asked for.
macro_rules! new_group_steps {
    ($($rest:expr),* $(,)?) => {
        &[
            Step {
                service: "ec2",
                operation: "CreateSecurityGroup",
                with: &[("GroupName", Free("launch-wizard-", &SECURITY_GROUPS)), ("Description", Text("HTTP from anywhere"))],
                only: Some(("Security group", &[NEW_GROUP])),
            },
            Step {
                service: "ec2",
                operation: "AuthorizeSecurityGroupIngress",
                with: &[
                    ("GroupId", Answer(0, "GroupId")),
                    ("IpPermissions[0].IpProtocol", Text("tcp")),
                    ("IpPermissions[0].FromPort", Number(80)),
                    ("IpPermissions[0].ToPort", Number(80)),
                    ("IpPermissions[0].IpRanges[0].CidrIp", Text("0.0.0.0/0")),
                ],
                only: Some(("Security group", &[NEW_GROUP])),
            },
            $($rest),*
        ]
    };
}
pub(super) use new_group_steps;

/// The fields of a launch whose image is known.
pub const BRIEF_LAUNCH: &[Group] = &[Group {
    legend: "",
    note: "",
    fields: &[
        Field::text("Name", "TagSpecifications[ResourceType=instance].Tags[Key=Name].Value")
            .step(2)
            .hint("A tag. May be empty."),
        Field::one("Instance type", "InstanceType", &TYPES).start("t3.micro").step(2).words(&["Unsupported"]),
        Field::of("Key pair", "KeyName", Input::OneOrNone(&KEY_PAIRS, "Proceed without a key pair")).step(2),
        Field::whole("Number of instances", "MaxCount", (1, 100), "")
            .start("1")
            .needed()
            .step(2)
            .words(&["VcpuLimitExceeded"]),
        Field::one("Security group", "SecurityGroupIds[0]", &SECURITY_GROUPS_OR_NEW)
            .step(2)
            .words(&["InvalidGroup", "ecurity group"]),
    ],
}];

/// The launch wizard.
pub const LAUNCH: Form = Form {
    title: "Launch an instance",
    label: "Launch instance",
    note: "",
    groups: &[
        Group {
            legend: "Name and tags",
            note: "",
            fields: &[
                Field::text("Name", "TagSpecifications[ResourceType=instance].Tags[Key=Name].Value")
                    .step(2)
                    .hint("A tag, to find it again. May be empty."),
                Field::of("Additional tags", "TagSpecifications[ResourceType=instance].Tags", Input::Tags)
                    .step(2)
                    .hint("One a line, as key=value."),
            ],
        },
        Group {
            legend: "Application and OS image",
            note: "",
            fields: &[
                Field::one("AMI", "ImageId", &IMAGES_OR_TYPED)
                    .step(2)
                    .hint("Its id belongs to this region.")
                    .words(&["InvalidAMI", "AMI"]),
                Field::text("AMI ID", "ImageId")
                    .only("AMI", &[TYPED_IMAGE])
                    .needed()
                    .step(2)
                    .hint("Such as ami-0123456789abcdef0.")
                    .words(&["InvalidAMI"]),
            ],
        },
        Group {
            legend: "Instance type and key pair",
            note: "",
            fields: &[
                Field::one("Instance type", "InstanceType", &TYPES).start("t3.micro").step(2).words(&["Unsupported"]),
                Field::of("Key pair", "KeyName", Input::OneOrNone(&KEY_PAIRS, "Proceed without a key pair"))
                    .step(2)
                    .words(&["key pair", "InvalidKeyPair"]),
                Field::whole("Number of instances", "MaxCount", (1, 100), "").start("1").needed().step(2).words(&[
                    "VcpuLimitExceeded",
                    "MinCount",
                    "MaxCount",
                ]),
            ],
        },
        Group {
            legend: "Network settings",
            note: "",
            fields: &[
                Field::of("Subnet", "SubnetId", Input::OneOrNone(&SUBNETS, "No preference (AWS chooses the zone)"))
                    .step(2),
                Field::one("Security group", "SecurityGroupIds[0]", &SECURITY_GROUPS_OR_NEW)
                    .step(2)
                    .words(&["InvalidGroup", "ecurity group"]),
            ],
        },
        Group {
            legend: "Advanced details",
            note: "",
            fields: &[
                Field::of("Detailed monitoring", "Monitoring.Enabled", Input::Tick)
                    .step(2)
                    .hint("Metrics each minute instead of each five. Default: off."),
                Field::of("Termination protection", "DisableApiTermination", Input::Tick).step(2).hint("Default: off."),
                Field::of(
                    "Credit specification",
                    "CreditSpecification.CpuCredits",
                    Input::OneOrNone(&CREDITS, "As the type has it"),
                )
                .step(2),
                Field::of(
                    "Elastic Inference accelerator",
                    "ElasticInferenceAccelerators[0].Type",
                    Input::OneOrNone(&ACCELERATORS, "None (the service is history)"),
                )
                .step(2)
                .hint("Off. AWS closed Elastic Inference to new customers in April 2023; here it can still be tried.")
                .words(&["ElasticInference", "Elastic Inference", "accelerator"]),
                Field::of("User data", "UserData", Input::UserData)
                    .step(2)
                    .hint("A script that runs once, as root, at the first start."),
            ],
        },
    ],
    steps: new_group_steps![Step {
        service: "ec2",
        operation: "RunInstances",
        with: &[("MinCount", Whole("Number of instances")), ("SecurityGroupIds[0]", Answer(0, "GroupId"))],
        only: None,
    },],
};
