//! EC2 instances.
use serde_json::{Value, json};

use super::launch::LAUNCH;
use super::sources::{CREDITS, SECURITY_GROUPS, TYPES};
use super::tags;
use crate::console::ask::Arg::{Flag, Item, Key, Parent, Text};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Start, Step, Tab, Table,
};
use crate::projection::console;
use crate::session::Session;

const ALL: Read = Read::new("ec2", "DescribeInstances", "Reservations[].Instances[]");

/// Instances. A terminated one stays in the list for a while, as in AWS's console; that it stands after those that live is the lab's own choice:
/// which order AWS's console begins with is not documented.
pub static KIND: Kind = Kind {
    table: Table::of(ALL, "InstanceId", COLUMNS).actions(ACTIONS).last("State.Name", &["shutting-down", "terminated"]),
    summary: &[],
    create: Some(&LAUNCH),
    key: "InstanceId",
    tabs: TABS,
    lab: Some(known),
};

/// What the lab knows beyond AWS's answer.
fn known(session: &Session, region: &str, id: &str) -> Value {
    let Some(row) = console::instance(session, region, id) else { return Value::Null };
    json!({"Server": row.server, "Cpu": row.cpu, "Elastic": if row.is_elastic { row.public_ip } else { String::new() }})
}

/// The group that launched it, as the tag says that Auto Scaling gives.
const GROUP: &str = "Tags[Key=aws:autoscaling:groupName].Value";

const COLUMNS: &[Column] = &[
    Column::new("Instance ID", "InstanceId").show(Show::Link(Section::Instances)),
    Column::new("Name", "Tags[Key=Name].Value"),
    Column::state("Instance state", "State.Name"),
    Column::state("Server", "Lab.Server"),
    Column::new("Instance type", "InstanceType"),
    Column::new("Availability Zone", "Placement.AvailabilityZone"),
    Column::new("Public IPv4 address", "PublicIpAddress").show(Show::Visit),
    Column::new("Elastic IP", "Lab.Elastic"),
    Column::new("CPU", "Lab.Cpu").show(Show::Share),
    Column::new("Auto Scaling group", GROUP).show(Show::Link(Section::Groups)),
];

const ACTIONS: &[Action] = &[
    Action::call("Start", "ec2", "StartInstances", &[("InstanceIds[]", Key)]).when("State.Name", &["stopped"]),
    Action::call("Stop", "ec2", "StopInstances", &[("InstanceIds[]", Key)])
        .when("State.Name", &["running"])
        .ask(
            "A public address that is no Elastic IP goes: it gets another one when it starts again. An Auto Scaling group would take \
             it for broken and replace it. Its group: {Tags[Key=aws:autoscaling:groupName].Value}.",
        ),
    Action::call("Reboot", "ec2", "RebootInstances", &[("InstanceIds[]", Key)]).when("State.Name", &["running"]),
    Action::form("Create image", &CREATE_IMAGE).when("State.Name", &["running", "stopped"]),
    Action::form("Change instance type", &CHANGE_TYPE).when("State.Name", &["stopped"]),
    Action::form("Change security groups", &CHANGE_GROUPS).when("State.Name", &["running", "stopped"]),
    Action::form("Change termination protection", &PROTECT),
    Action::call("Terminate", "ec2", "TerminateInstances", &[("InstanceIds[]", Key)])
        .when("State.Name", &["running", "stopped", "pending", "stopping"])
        .ask(
            "Its disk goes with it; this cannot be undone. An Auto Scaling group launches another one in its place. Its group: \
             {Tags[Key=aws:autoscaling:groupName].Value}.",
        ),
];

const STATUS: Read = Read::new("ec2", "DescribeInstanceStatus", "InstanceStatuses[0]")
    .with(&[("InstanceIds[]", Item("InstanceId")), ("IncludeAllInstances", Flag(true))]);
const USER_DATA: Read = Read::new("ec2", "DescribeInstanceAttribute", "")
    .with(&[("InstanceId", Item("InstanceId")), ("Attribute", Text("userData"))]);
const CREDIT: Read = Read::new("ec2", "DescribeInstanceCreditSpecifications", "InstanceCreditSpecifications[0]")
    .with(&[("InstanceIds[]", Item("InstanceId"))]);
const ALARMS: Read = Read::new("cloudwatch", "DescribeAlarmsForMetric", "MetricAlarms[]").with(&[
    ("Namespace", Text("AWS/EC2")),
    ("MetricName", Text("CPUUtilization")),
    ("Dimensions[0].Name", Text("InstanceId")),
    ("Dimensions[0].Value", Item("InstanceId")),
]);
const VOLUMES: Read = Read::new("ec2", "DescribeVolumes", "Volumes[]")
    .with(&[("Filters[0].Name", Text("attachment.instance-id")), ("Filters[0].Values[0]", Item("InstanceId"))]);

const TABS: &[Tab] = &[
    Tab {
        label: "Details",
        parts: &[Part::Facts(
            "Instance summary",
            &[
                Column::state("Instance state", "State.Name"),
                Column::new("Name", "Tags[Key=Name].Value"),
                Column::state("Server", "Lab.Server"),
                Column::new("Public IPv4 address", "PublicIpAddress").show(Show::Visit),
                Column::new("Public DNS name", "PublicDnsName").show(Show::Visit),
                Column::new("Elastic IP address", "Lab.Elastic"),
                Column::new("Private IPv4 address", "PrivateIpAddress"),
                Column::new("Instance type", "InstanceType"),
                Column::new("AMI ID", "ImageId").show(Show::Link(Section::Images)),
                Column::new("Availability Zone", "Placement.AvailabilityZone"),
                Column::new("Subnet ID", "SubnetId"),
                Column::new("VPC ID", "VpcId"),
                Column::new("Key pair", "KeyName"),
                Column::new("Platform", "PlatformDetails"),
                Column::new("Launch time", "LaunchTime").show(Show::Time),
                Column::new("State transition reason", "StateReason.Message"),
                Column::new("Auto Scaling group", GROUP).show(Show::Link(Section::Groups)),
            ],
        )],
    },
    Tab {
        label: "Connect",
        parts: &[
            Part::Form(Some(PAGE), &WRITE_PAGE),
            Part::Table(
                "Files",
                Table::of(FILES, "Path", &[Column::wide("Path", "Path"), Column::number("Size", "Size", " bytes")])
                    .empty("The server has not started yet."),
            ),
        ],
    },
    Tab {
        label: "Status and alarms",
        parts: &[
            Part::More(
                "Status checks",
                STATUS,
                &[
                    Column::state("System status check", "SystemStatus.Status"),
                    Column::state("Instance status check", "InstanceStatus.Status"),
                    Column::state("Instance state", "InstanceState.Name"),
                ],
            ),
            Part::Table(
                "Alarms on its CPU",
                Table::of(
                    ALARMS,
                    "AlarmName",
                    &[
                        Column::new("Name", "AlarmName").show(Show::Link(Section::Metrics)),
                        Column::state("State", "StateValue"),
                        Column::wide("Reason", "StateReason"),
                    ],
                )
                .empty("No alarm watches this instance alone."),
            ),
        ],
    },
    Tab {
        label: "Monitoring",
        parts: &[
            Part::Facts(
                "Monitoring",
                &[
                    Column::new("CPU", "Lab.Cpu").show(Show::Share),
                    Column::new("Detailed monitoring", "Monitoring.State"),
                ],
            ),
            Part::More("CPU credits", CREDIT, &[Column::new("Credit specification", "CpuCredits")]),
            Part::Form(None, &MONITORING),
            Part::Form(Some(CREDIT), &CREDIT_FORM),
        ],
    },
    Tab {
        label: "Security",
        parts: &[Part::Table(
            "Security groups",
            Table::inside(
                "SecurityGroups[]",
                "GroupId",
                &[
                    Column::new("Security group ID", "GroupId").show(Show::Link(Section::SecurityGroups)),
                    Column::new("Security group name", "GroupName"),
                ],
            ),
        )],
    },
    Tab {
        label: "Storage",
        parts: &[Part::Table(
            "Block devices",
            Table::of(
                VOLUMES,
                "VolumeId",
                &[
                    Column::new("Volume ID", "VolumeId"),
                    Column::new("Device name", "Attachments[0].Device"),
                    Column::number("Volume size", "Size", " GiB"),
                    Column::new("Volume type", "VolumeType"),
                    Column::state("Volume state", "State"),
                    Column::new("Delete on termination", "Attachments[0].DeleteOnTermination").show(Show::Flag),
                ],
            )
            .empty("No volumes."),
        )],
    },
    tags::OF_INSTANCE,
    Tab {
        label: "User data",
        parts: &[
            Part::More("User data", USER_DATA, &[Column::wide("User data", "UserData.Value").show(Show::Base64)]),
            Part::Form(Some(USER_DATA), &USER_DATA_FORM),
        ],
    },
];

/// Where web servers of the lab look for their page.
const INDEX: crate::console::Arg = Text(crate::cloud::ec2::disk::INDEX_PAGE);
const PAGE: Read = Read::new("lab", "ReadFile", "").with(&[("InstanceId", Item("InstanceId")), ("Path", INDEX)]);
const FILES: Read = Read::new("lab", "ListFiles", "Files[]").with(&[("InstanceId", Item("InstanceId"))]);

const WRITE_PAGE: Form = Form {
    title: "Page of this server",
    label: "Write page",
    note: "/var/www/html/index.html: what visitors of this server get. AWS would have you log in for this; the lab opens the file here.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("Page", "Content", Input::Lines).item("Content").needed()],
    }],
    steps: &[Step {
        service: "lab",
        operation: "WriteFile",
        with: &[("InstanceId", Parent("InstanceId")), ("Path", INDEX)],
        only: None,
    }],
};

const CREATE_IMAGE: Form = Form {
    title: "Create image",
    label: "Create image",
    note: "The instance restarts, so that its files are whole.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::text("Image name", "Name").start("web-v1").needed().words(&["InvalidAMIName", "AMI name"]),
            Field::text("Image description", "Description"),
            Field::of("No reboot", "NoReboot", Input::Tick)
                .hint("Faster, but files that are being written may be broken. Default: off."),
        ],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "CreateImage",
        with: &[("InstanceId", Item("InstanceId"))],
        only: None,
    }],
};

const CHANGE_TYPE: Form = Form {
    title: "Change instance type",
    label: "Change instance type",
    note: "The instance must be stopped.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::one("New instance type", "InstanceType.Value", &TYPES).item("InstanceType")],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "ModifyInstanceAttribute",
        with: &[("InstanceId", Item("InstanceId"))],
        only: None,
    }],
};

const CHANGE_GROUPS: Form = Form {
    title: "Change security groups",
    label: "Save",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("Security groups", "Groups", Input::Many(&SECURITY_GROUPS))
            .item("SecurityGroups[].GroupId")
            .needed()],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "ModifyInstanceAttribute",
        with: &[("InstanceId", Item("InstanceId"))],
        only: None,
    }],
};

const PROTECT: Form = Form {
    title: "Change termination protection",
    label: "Save",
    note: "While it is on, AWS refuses to terminate the instance. Scale-in of a group does not ask.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("Termination protection", "DisableApiTermination.Value", Input::Tick)],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "ModifyInstanceAttribute",
        with: &[("InstanceId", Item("InstanceId"))],
        only: None,
    }],
};

const MONITORING: Form = Form {
    title: "Manage detailed monitoring",
    label: "Change monitoring",
    note: "Detailed monitoring sends metrics each minute instead of each five, and costs extra.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::one("Monitoring", "", &MONITORING_CHOICES).item("Monitoring.State")],
    }],
    steps: &[
        Step {
            service: "ec2",
            operation: "MonitorInstances",
            with: &[("InstanceIds[]", Parent("InstanceId"))],
            only: Some(("Monitoring", &["enabled"])),
        },
        Step {
            service: "ec2",
            operation: "UnmonitorInstances",
            with: &[("InstanceIds[]", Parent("InstanceId"))],
            only: Some(("Monitoring", &["disabled"])),
        },
    ],
};

const MONITORING_CHOICES: crate::console::Source = crate::console::Source::fixed(&[
    ("disabled", "Basic", "each five minutes"),
    ("enabled", "Detailed", "each minute"),
]);

const CREDIT_FORM: Form = Form {
    title: "Change credit specification",
    label: "Change credits",
    note: "Of burstable types alone. Unlimited may spend more than it earned, for money.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::one("Credit specification", "InstanceCreditSpecifications[0].CpuCredits", &CREDITS)
            .item("CpuCredits")],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "ModifyInstanceCreditSpecification",
        with: &[("InstanceCreditSpecifications[0].InstanceId", Parent("InstanceId"))],
        only: None,
    }],
};

const USER_DATA_FORM: Form = Form {
    title: "Edit user data",
    label: "Save user data",
    note: "The instance must be stopped. A script runs at the first start alone: to run a new one, launch a new instance.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("New user data", "UserData.Value", Input::UserData)
            .begin(Start::UserData("UserData.Value"))
            .words(&["IncorrectInstanceState", "UserData"])],
    }],
    steps: &[Step {
        service: "ec2",
        operation: "ModifyInstanceAttribute",
        with: &[("InstanceId", Parent("InstanceId"))],
        only: None,
    }],
};
