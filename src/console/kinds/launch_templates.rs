//! Launch templates and their versions.
use super::sources::{IMAGES, KEY_PAIRS, NEW_GROUP, SECURITY_GROUPS, SECURITY_GROUPS_OR_NEW, TYPES};
use crate::console::ask::Arg::{Answer, Free, Item, Key, Number, Parent, Text, Whole};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Start, Step, Tab, Table,
};

/// Launch templates.
pub static KIND: Kind = Kind {
    table: Table::of(
        Read::new("ec2", "DescribeLaunchTemplateVersions", "LaunchTemplateVersions[]")
            .with(&[("Versions[]", Text("$Default"))]),
        "LaunchTemplateId",
        COLUMNS,
    )
    .actions(ACTIONS),
    summary: &[],
    create: Some(&CREATE),
    key: "LaunchTemplateName",
    tabs: &[
        Tab {
            label: "Versions",
            parts: &[Part::Table(
                "Versions",
                Table::of(VERSIONS, "VersionNumber", VERSION_COLUMNS)
                    .add(&[Action::form("Create new version", &NEW_VERSION)])
                    .actions(&[
                        Action::call(
                            "Set as default",
                            "ec2",
                            "ModifyLaunchTemplate",
                            &[("LaunchTemplateId", Item("LaunchTemplateId")), ("DefaultVersion", Key)],
                        )
                        .when("DefaultVersion", &["false"]),
                        Action::form("Launch from this version", &LAUNCH_VERSION),
                        Action::call(
                            "Delete version",
                            "ec2",
                            "DeleteLaunchTemplateVersions",
                            &[("LaunchTemplateId", Item("LaunchTemplateId")), ("Versions[]", Key)],
                        )
                        .when("DefaultVersion", &["false"])
                        .ask("Groups that launch from version {VersionNumber} cannot launch any more."),
                    ]),
            )],
        },
        Tab {
            label: "Details of the default version",
            parts: &[Part::Facts(
                "Launch template details",
                &[
                    Column::new("Launch template ID", "LaunchTemplateId"),
                    Column::number("Default version", "VersionNumber", ""),
                    Column::new("Created", "CreateTime").show(Show::Time),
                    Column::new("Created by", "CreatedBy"),
                    Column::new("AMI ID", "LaunchTemplateData.ImageId").show(Show::Link(Section::Images)),
                    Column::new("Instance type", "LaunchTemplateData.InstanceType"),
                    Column::new("Security group IDs", "LaunchTemplateData.SecurityGroupIds[]"),
                    Column::new("Key pair name", "LaunchTemplateData.KeyName"),
                    Column::new("Detailed monitoring", "LaunchTemplateData.Monitoring.Enabled").show(Show::Flag),
                    Column::wide("User data", "LaunchTemplateData.UserData").show(Show::Base64),
                ],
            )],
        },
    ],
    lab: None,
};

const VERSIONS: Read = Read::new("ec2", "DescribeLaunchTemplateVersions", "LaunchTemplateVersions[]")
    .with(&[("LaunchTemplateId", Item("LaunchTemplateId"))]);

const COLUMNS: &[Column] = &[
    Column::new("Launch template name", "LaunchTemplateName").show(Show::Link(Section::LaunchTemplates)),
    Column::new("Launch template ID", "LaunchTemplateId"),
    Column::number("Default version", "VersionNumber", ""),
    Column::new("AMI ID", "LaunchTemplateData.ImageId").show(Show::Link(Section::Images)),
    Column::new("Instance type", "LaunchTemplateData.InstanceType"),
    Column::new("Created", "CreateTime").show(Show::Time),
];

const VERSION_COLUMNS: &[Column] = &[
    Column::number("Version", "VersionNumber", ""),
    Column::wide("Description", "VersionDescription"),
    Column::new("Default", "DefaultVersion").show(Show::Flag),
    Column::new("AMI ID", "LaunchTemplateData.ImageId").show(Show::Link(Section::Images)),
    Column::new("Instance type", "LaunchTemplateData.InstanceType"),
    Column::new("Created", "CreateTime").show(Show::Time),
];

const ACTIONS: &[Action] = &[
    Action::form("Launch instance from template", &LAUNCH),
    Action::form("Create new version", &NEW_VERSION),
    Action::call("Delete template", "ec2", "DeleteLaunchTemplate", &[("LaunchTemplateId", Key)])
        .end("All its versions go. Auto Scaling groups that launch from {LaunchTemplateName} cannot launch any more."),
];

const LAUNCH: Form = Form {
    title: "Launch instance from template",
    label: "Launch instance",
    note: "Type and image come from the template.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::one("Version", "LaunchTemplate.Version", &super::sources::VERSIONS),
            Field::whole("Number of instances", "MaxCount", (1, 100), "")
                .start("1")
                .needed()
                .words(&["VcpuLimitExceeded"]),
            Field::text("Name", "TagSpecifications[ResourceType=instance].Tags[Key=Name].Value")
                .hint("A tag. May be empty."),
        ],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "RunInstances",
        with: &[
            ("LaunchTemplate.LaunchTemplateId", Item("LaunchTemplateId")),
            ("MinCount", Whole("Number of instances")),
        ],
        only: None,
    }],
};

const LAUNCH_VERSION: Form = Form {
    title: "Launch from this version",
    label: "Launch instance",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::whole("Number of instances", "MaxCount", (1, 100), "")
            .start("1")
            .needed()
            .words(&["VcpuLimitExceeded"])],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "RunInstances",
        with: &[
            ("LaunchTemplate.LaunchTemplateId", Item("LaunchTemplateId")),
            ("LaunchTemplate.Version", crate::console::Arg::Word("VersionNumber")),
            ("MinCount", Whole("Number of instances")),
        ],
        only: None,
    }],
};

const KEY: Field =
    Field::of("Key pair", "LaunchTemplateData.KeyName", Input::OneOrNone(&KEY_PAIRS, "Not in the template"));
const MONITORING: Field = Field::of("Detailed monitoring", "LaunchTemplateData.Monitoring.Enabled", Input::Tick)
    .hint("Metrics each minute instead of each five. Default: off; on is good for scaling by CPU.");
const USER_DATA: Field = Field::of("User data", "LaunchTemplateData.UserData", Input::UserData)
    .hint("A script that runs once, as root, at the first start.");
const IMAGE: Field = Field::one("AMI", "LaunchTemplateData.ImageId", &IMAGES).words(&["InvalidAMI"]);
const TYPE: Field = Field::one("Instance type", "LaunchTemplateData.InstanceType", &TYPES);

const CREATE: Form = Form {
    title: "Launch template",
    label: "Create launch template",
    note: "",
    groups: &[
        Group {
            legend: "Name and description",
            note: "",
            fields: &[
                Field::text("Launch template name", "LaunchTemplateName")
                    .start("web-template")
                    .needed()
                    .step(2)
                    .words(&["InvalidLaunchTemplateName", "Launch template name"]),
                Field::text("Template version description", "VersionDescription").step(2),
            ],
        },
        Group {
            legend: "Launch template contents",
            note: "",
            fields: &[
                IMAGE.step(2),
                TYPE.start("t3.micro").step(2),
                KEY.step(2),
                Field::one("Security group", "LaunchTemplateData.SecurityGroupIds[0]", &SECURITY_GROUPS_OR_NEW)
                    .step(2)
                    .words(&["InvalidGroup", "ecurity group"]),
            ],
        },
        Group { legend: "Advanced details", note: "", fields: &[MONITORING.start("true").step(2), USER_DATA.step(2)] },
    ],
    steps: super::launch::new_group_steps![Step {
        service: "ec2",
        operation: "CreateLaunchTemplate",
        with: &[("LaunchTemplateData.SecurityGroupIds[0]", Answer(0, "GroupId"))],
        only: None,
    }],
};

const NEW_VERSION: Form = Form {
    title: "Create new version",
    label: "Create template version",
    note: "Versions never change: a new one begins as a copy, and becomes the default when you say so.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::text("Template version description", "VersionDescription"),
            IMAGE.item("LaunchTemplateData.ImageId"),
            TYPE.item("LaunchTemplateData.InstanceType"),
            KEY.item("LaunchTemplateData.KeyName"),
            Field::of("Security groups", "LaunchTemplateData.SecurityGroupIds", Input::Many(&SECURITY_GROUPS))
                .item("LaunchTemplateData.SecurityGroupIds[]"),
            MONITORING.item("LaunchTemplateData.Monitoring.Enabled"),
            USER_DATA.begin(Start::UserData("LaunchTemplateData.UserData")),
        ],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "CreateLaunchTemplateVersion",
        with: &[("LaunchTemplateId", Parent("LaunchTemplateId"))],
        only: None,
    }],
};
