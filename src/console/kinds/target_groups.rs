//! Target groups: targets, health checks, attributes.
use super::sources::VPCS;
use crate::console::ask::Arg::{Item, Key, Parent, Text};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Source, Step, Tab, Table,
};

/// Target groups.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("elbv2", "DescribeTargetGroups", "TargetGroups[]"), "TargetGroupArn", COLUMNS)
        .actions(ACTIONS),
    summary: &[],
    create: Some(&CREATE),
    key: "TargetGroupName",
    tabs: TABS,
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::new("Name", "TargetGroupName").show(Show::Link(Section::TargetGroups)),
    Column::number("Port", "Port", ""),
    Column::new("Protocol", "Protocol"),
    Column::new("Target type", "TargetType"),
    Column::new("Load balancer", "LoadBalancerArns[0]").show(Show::Arn(Section::LoadBalancers)),
    Column::new("Health check path", "HealthCheckPath"),
    Column::new("VPC ID", "VpcId"),
];

const ACTIONS: &[Action] = &[
    Action::form("Edit health check settings", &HEALTH_CHECK),
    Action::call("Delete", "elbv2", "DeleteTargetGroup", &[("TargetGroupArn", Key)])
        .end("Its targets go on as instances. AWS refuses while a listener or a rule forwards to it. Load balancer: {LoadBalancerArns[0]}."),
];

const HEALTH: Read = Read::new("elbv2", "DescribeTargetHealth", "TargetHealthDescriptions[]")
    .with(&[("TargetGroupArn", Item("TargetGroupArn"))]);
/// Running instances of the group's VPC: those that can become targets.
const MATCHING: Read = Read::new("ec2", "DescribeInstances", "Reservations[].Instances[]").with(&[
    ("Filters[0].Name", Text("vpc-id")),
    ("Filters[0].Values[0]", Item("VpcId")),
    ("Filters[1].Name", Text("instance-state-name")),
    ("Filters[1].Values[0]", Text("running")),
]);
const ATTRIBUTES: Read =
    Read::new("elbv2", "DescribeTargetGroupAttributes", "").with(&[("TargetGroupArn", Parent("TargetGroupArn"))]);

const TABS: &[Tab] = &[
    Tab {
        label: "Targets",
        parts: &[
            Part::Facts(
                "Details",
                &[
                    Column::new("Target type", "TargetType"),
                    Column::new("Protocol and port", "Protocol|Port"),
                    Column::new("Protocol version", "ProtocolVersion"),
                    Column::new("VPC", "VpcId"),
                    Column::new("Load balancer", "LoadBalancerArns[0]").show(Show::Arn(Section::LoadBalancers)),
                    Column::new("ARN", "TargetGroupArn"),
                ],
            ),
            Part::Table(
                "Registered targets",
                Table::of(
                    HEALTH,
                    "Target.Id",
                    &[
                        Column::new("Instance ID", "Target.Id").show(Show::Link(Section::Instances)),
                        Column::number("Port", "Target.Port", ""),
                        Column::state("Health status", "TargetHealth.State"),
                        Column::new("Reason", "TargetHealth.Reason"),
                        Column::wide("Health status details", "TargetHealth.Description"),
                    ],
                )
                .actions(&[Action::call(
                    "Deregister",
                    "elbv2",
                    "DeregisterTargets",
                    &[("TargetGroupArn", Parent("TargetGroupArn")), ("Targets[0].Id", Key)],
                )
                .ask("It gets no new requests, and has the deregistration delay to finish the ones it has. An Auto Scaling group that owns it registers no other for it.")])
                .empty("No targets. An Auto Scaling group registers its instances by itself; others are registered below."),
            ),
            Part::Table(
                "Instances that match this group",
                Table::of(
                    MATCHING,
                    "InstanceId",
                    &[
                        Column::new("Instance ID", "InstanceId").show(Show::Link(Section::Instances)),
                        Column::new("Name", "Tags[Key=Name].Value"),
                        Column::state("State", "State.Name"),
                        Column::new("Zone", "Placement.AvailabilityZone"),
                        Column::new("Security groups", "SecurityGroups[].GroupName"),
                    ],
                )
                .actions(&[
                    Action::call(
                        "Register",
                        "elbv2",
                        "RegisterTargets",
                        &[("TargetGroupArn", Parent("TargetGroupArn")), ("Targets[0].Id", Key)],
                    ),
                    Action::form("Register with another port", &REGISTER),
                ])
                .empty("No running instance is in this group's VPC."),
            ),
        ],
    },
    Tab {
        label: "Health checks",
        parts: &[
            Part::Facts(
                "Health check settings",
                &[
                    Column::new("Protocol", "HealthCheckProtocol"),
                    Column::new("Path", "HealthCheckPath"),
                    Column::new("Port", "HealthCheckPort"),
                    Column::number("Healthy threshold", "HealthyThresholdCount", " consecutive successes"),
                    Column::number("Unhealthy threshold", "UnhealthyThresholdCount", " consecutive failures"),
                    Column::number("Timeout", "HealthCheckTimeoutSeconds", " s"),
                    Column::number("Interval", "HealthCheckIntervalSeconds", " s"),
                    Column::new("Success codes", "Matcher.HttpCode"),
                ],
            ),
            Part::Form(None, &HEALTH_CHECK),
        ],
    },
    Tab {
        label: "Attributes",
        parts: &[Part::Form(Some(ATTRIBUTES), &EDIT_ATTRIBUTES)],
    },
];

const PATH: Field =
    Field::text("Health check path", "HealthCheckPath").needed().words(&["ealth check path", "HealthCheckPath"]);
const HEALTHY: Field =
    Field::whole("Healthy threshold", "HealthyThresholdCount", (2, 10), "").needed().words(&["ealthy threshold count"]);
const UNHEALTHY: Field = Field::whole("Unhealthy threshold", "UnhealthyThresholdCount", (2, 10), "").needed();
const TIMEOUT: Field = Field::whole("Timeout", "HealthCheckTimeoutSeconds", (2, 120), "s").needed().words(&["timeout"]);
const INTERVAL: Field =
    Field::whole("Interval", "HealthCheckIntervalSeconds", (5, 300), "s").needed().words(&["interval"]);
const CODES: Field =
    Field::text("Success codes", "Matcher.HttpCode").needed().words(&["HttpCode", "HTTP code", "Matcher"]);

const CREATE: Form = Form {
    title: "Target group",
    label: "Create target group",
    note: "",
    groups: &[
        Group {
            legend: "Basic configuration",
            note: "",
            fields: &[
                Field::text("Target group name", "Name").start("web").needed().words(&[
                    "DuplicateTargetGroupName",
                    "arget group name",
                    "TargetGroupName",
                ]),
                Field::whole("Port", "Port", (1, 65_535), "").start("80").needed(),
                Field::one("VPC", "VpcId", &VPCS),
            ],
        },
        Group {
            legend: "Health checks",
            note: "AWS's defaults.",
            fields: &[
                PATH.start("/"),
                HEALTHY.start("5"),
                UNHEALTHY.start("2"),
                TIMEOUT.start("5"),
                INTERVAL.start("30"),
                CODES.start("200"),
            ],
        },
    ],
    steps: &[Step {
        service: "elbv2",
        operation: "CreateTargetGroup",
        with: &[("Protocol", Text("HTTP")), ("TargetType", Text("instance"))],
        only: None,
    }],
};

const HEALTH_CHECK: Form = Form {
    title: "Edit health check settings",
    label: "Save health check",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            PATH.item("HealthCheckPath"),
            HEALTHY.item("HealthyThresholdCount"),
            UNHEALTHY.item("UnhealthyThresholdCount"),
            TIMEOUT.item("HealthCheckTimeoutSeconds"),
            INTERVAL.item("HealthCheckIntervalSeconds"),
            CODES.item("Matcher.HttpCode"),
        ],
    }],
    steps: &[Step {
        service: "elbv2",
        operation: "ModifyTargetGroup",
        with: &[("TargetGroupArn", Parent("TargetGroupArn"))],
        only: None,
    }],
};

const REGISTER: Form = Form {
    title: "Register with another port",
    label: "Register target",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::whole("Target port", "Targets[0].Port", (1, 65_535), "").start("80").needed()],
    }],
    steps: &[Step {
        service: "elbv2",
        operation: "RegisterTargets",
        with: &[("TargetGroupArn", Parent("TargetGroupArn")), ("Targets[0].Id", Item("InstanceId"))],
        only: None,
    }],
};

const ALGORITHMS: Source = Source::fixed(&[
    ("round_robin", "Round robin", "each in turn"),
    ("least_outstanding_requests", "Least outstanding requests", "the least busy"),
    ("weighted_random", "Weighted random", "by chance"),
]);
const COOKIES: Source = Source::fixed(&[
    ("lb_cookie", "Load balancer generated cookie", ""),
    ("app_cookie", "Application-based cookie", ""),
]);

/// An attribute: in the answer and in the request it stands at the same place.
macro_rules! attribute {
    ($label:literal, $key:literal, $input:expr) => {
        Field::of($label, concat!("Attributes[Key=", $key, "].Value"), $input)
            .item(concat!("Attributes[Key=", $key, "].Value"))
            .words(&[$key])
    };
}
pub(super) use attribute;

const EDIT_ATTRIBUTES: Form = Form {
    title: "Edit attributes",
    label: "Save attributes",
    note: "",
    groups: &[
        Group {
            legend: "Deregistration and start",
            note: "",
            fields: &[
                attribute!(
                    "Deregistration delay",
                    "deregistration_delay.timeout_seconds",
                    Input::WholeText(0, 3600, "s")
                )
                .needed(),
                attribute!("Slow start duration", "slow_start.duration_seconds", Input::WholeText(0, 900, "s"))
                    .needed()
                    .hint("0 turns it off; otherwise 30 to 900."),
            ],
        },
        Group {
            legend: "Traffic",
            note: "",
            fields: &[
                attribute!("Load balancing algorithm", "load_balancing.algorithm.type", Input::One(&ALGORITHMS)),
                attribute!("Stickiness", "stickiness.enabled", Input::TickText),
                attribute!("Stickiness type", "stickiness.type", Input::One(&COOKIES)).only("Stickiness", &["true"]),
                attribute!(
                    "Stickiness duration",
                    "stickiness.lb_cookie.duration_seconds",
                    Input::WholeText(1, 604_800, "s")
                )
                .only("Stickiness", &["true"]),
                attribute!("App cookie name", "stickiness.app_cookie.cookie_name", Input::Text)
                    .only("Stickiness type", &["app_cookie"]),
                attribute!(
                    "App cookie duration",
                    "stickiness.app_cookie.duration_seconds",
                    Input::WholeText(1, 604_800, "s")
                )
                .only("Stickiness type", &["app_cookie"]),
            ],
        },
    ],
    steps: &[Step {
        service: "elbv2",
        operation: "ModifyTargetGroupAttributes",
        with: &[("TargetGroupArn", Parent("TargetGroupArn"))],
        only: None,
    }],
};
