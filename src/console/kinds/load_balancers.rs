//! Application Load Balancers: listeners, rules, zones, attributes.
use super::sources::{NEW_GROUP, SECURITY_GROUPS, SECURITY_GROUPS_OR_NEW, SUBNETS, TARGET_GROUPS};
use super::target_groups::attribute;
use crate::console::ask::Arg::{Answer, Free, Item, Key, Number, Parent, Text};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Source, Step, Tab, Table,
};

/// Load balancers.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("elbv2", "DescribeLoadBalancers", "LoadBalancers[]"), "LoadBalancerArn", COLUMNS)
        .actions(&[DELETE]),
    summary: &[],
    create: Some(&CREATE),
    key: "LoadBalancerName",
    tabs: TABS,
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::new("Name", "LoadBalancerName").show(Show::Link(Section::LoadBalancers)),
    Column::state("State", "State.Code"),
    Column::wide("DNS name", "DNSName").show(Show::Visit),
    Column::new("Type", "Type"),
    Column::new("Scheme", "Scheme"),
    Column::wide("Availability Zones", "AvailabilityZones[].ZoneName"),
    Column::new("Created", "CreatedTime").show(Show::Time),
];

const DELETE: Action = Action::call("Delete", "elbv2", "DeleteLoadBalancer", &[("LoadBalancerArn", Key)]).end(
    "Its listeners go with it, and {DNSName} leads nowhere; a new balancer gets another name. AWS refuses while deletion protection is on.",
);

const LISTENERS: Read =
    Read::new("elbv2", "DescribeListeners", "Listeners[]").with(&[("LoadBalancerArn", Item("LoadBalancerArn"))]);
const RULES: Read = Read::new("elbv2", "DescribeRules", "Rules[]").with(&[("ListenerArn", Item("ListenerArn"))]);
const ATTRIBUTES: Read =
    Read::new("elbv2", "DescribeLoadBalancerAttributes", "").with(&[("LoadBalancerArn", Parent("LoadBalancerArn"))]);

const TABS: &[Tab] = &[
    Tab {
        label: "Listeners and rules",
        parts: &[
            Part::Facts(
                "Load balancer details",
                &[
                    Column::state("State", "State.Code"),
                    Column::new("DNS name", "DNSName").show(Show::Visit),
                    Column::new("Type and scheme", "Type|Scheme"),
                    Column::new("Availability Zones", "AvailabilityZones[].ZoneName"),
                    Column::new("Hosted zone", "CanonicalHostedZoneId"),
                    Column::new("Created", "CreatedTime").show(Show::Time),
                    Column::new("ARN", "LoadBalancerArn"),
                ],
            ),
            Part::Table(
                "Listeners",
                Table::of(
                    LISTENERS,
                    "ListenerArn",
                    &[
                        Column::new("Protocol and port", "Protocol|Port"),
                        Column::new("Default action", "DefaultActions[].Type"),
                        Column::new("Forwards to", "DefaultActions[0].TargetGroupArn").show(Show::Arn(Section::TargetGroups)),
                    ],
                )
                .add(&[Action::form("Add listener", &ADD_LISTENER)])
                .actions(&[
                    Action::form("Edit listener", &EDIT_LISTENER),
                    Action::form("Add rule", &ADD_RULE),
                    Action::call("Delete listener", "elbv2", "DeleteListener", &[("ListenerArn", Key)])
                        .ask("Nobody answers on port {Port} then. Its rules go with it."),
                ])
                .empty("No listeners: nobody answers."),
            ),
            Part::Each(
                "Rules of the listener on port {Port}",
                LISTENERS,
                Table::of(
                    RULES,
                    "RuleArn",
                    &[
                        Column::new("Priority", "Priority"),
                        Column::wide("Conditions", "Conditions[].Field|Conditions[].Values[]|Conditions[].PathPatternConfig.Values[]|Conditions[].HostHeaderConfig.Values[]"),
                        Column::new("Action", "Actions[].Type"),
                        Column::new("Forwards to", "Actions[0].TargetGroupArn").show(Show::Arn(Section::TargetGroups)),
                    ],
                )
                .add(&[Action::form("Add rule", &ADD_RULE)])
                .actions(&[Action::call("Delete rule", "elbv2", "DeleteRule", &[("RuleArn", Key)])
                    .when("IsDefault", &["false"])
                    .ask("What it caught goes on to the rules after it, and at last to the default one.")]),
            ),
        ],
    },
    Tab {
        label: "Network mapping",
        parts: &[
            Part::Table(
                "Availability Zones",
                Table::inside(
                    "AvailabilityZones[]",
                    "SubnetId",
                    &[Column::new("Zone", "ZoneName"), Column::new("Subnet ID", "SubnetId")],
                ),
            ),
            Part::Form(None, &SET_SUBNETS),
        ],
    },
    Tab { label: "Security", parts: &[Part::Form(None, &SET_GROUPS)] },
    Tab { label: "Attributes", parts: &[Part::Form(Some(ATTRIBUTES), &EDIT_ATTRIBUTES)] },
];

const CREATE: Form = Form {
    title: "Application Load Balancer",
    label: "Create load balancer",
    note: "",
    groups: &[
        Group {
            legend: "Basic configuration",
            note: "",
            fields: &[
                Field::text("Load balancer name", "Name").start("web-lb").needed().step(2).words(&[
                    "DuplicateLoadBalancerName",
                    "oad balancer name",
                    "LoadBalancerName",
                ]),
                Field::one("Scheme", "Scheme", &SCHEMES).step(2),
            ],
        },
        Group {
            legend: "Network mapping",
            note: "",
            fields: &[
                Field::of("Availability Zones", "Subnets", Input::Many(&SUBNETS))
                    .first(2)
                    .step(2)
                    .needed()
                    .hint("At least two.")
                    .words(&["ubnet", "Availability Zone"]),
                Field::one("Security group", "SecurityGroups[0]", &SECURITY_GROUPS_OR_NEW)
                    .step(2)
                    .words(&["ecurity group", "InvalidSecurityGroup"]),
            ],
        },
        Group {
            legend: "Listener",
            note: "",
            fields: &[
                Field::whole("Listener port", "Port", (1, 65_535), "").start("80").needed().step(3).words(&["Port"]),
                Field::one("Target group", "DefaultActions[0].TargetGroupArn", &TARGET_GROUPS)
                    .step(3)
                    .hint("The listener forwards to it.")
                    .words(&["arget group", "TargetGroup"]),
            ],
        },
    ],
    steps: super::launch::new_group_steps![
        Step {
            service: "elbv2",
            operation: "CreateLoadBalancer",
            with: &[("SecurityGroups[0]", Answer(0, "GroupId"))],
            only: None,
        },
        Step {
            service: "elbv2",
            operation: "CreateListener",
            with: &[
                ("LoadBalancerArn", Answer(2, "LoadBalancers[0].LoadBalancerArn")),
                ("Protocol", Text("HTTP")),
                ("DefaultActions[0].Type", Text("forward")),
            ],
            only: None,
        },
    ],
};

const SCHEMES: Source =
    Source::fixed(&[("internet-facing", "Internet-facing", ""), ("internal", "Internal", "within the VPC alone")]);
const ACTIONS: Source = Source::fixed(&[
    ("forward", "Forward to target group", ""),
    ("redirect", "Redirect to URL", ""),
    ("fixed-response", "Return fixed response", ""),
]);

/// The fields of an action: what is done with a request.
macro_rules! action_fields {
    ($list:literal) => {
        [
            Field::one("Action", concat!($list, "[0].Type"), &ACTIONS).item(concat!($list, "[0].Type")),
            Field::one("Target group", concat!($list, "[0].TargetGroupArn"), &TARGET_GROUPS)
                .only("Action", &["forward"])
                .words(&["arget group", "TargetGroup"]),
            Field::text("Redirect to host", concat!($list, "[0].RedirectConfig.Host"))
                .start("#{host}")
                .only("Action", &["redirect"]),
            Field::text("Redirect to path", concat!($list, "[0].RedirectConfig.Path"))
                .start("/#{path}")
                .only("Action", &["redirect"]),
            Field::one("Redirect code", concat!($list, "[0].RedirectConfig.StatusCode"), &REDIRECTS)
                .only("Action", &["redirect"]),
            Field::text("Response code", concat!($list, "[0].FixedResponseConfig.StatusCode"))
                .start("503")
                .only("Action", &["fixed-response"]),
            Field::text("Response body", concat!($list, "[0].FixedResponseConfig.MessageBody"))
                .only("Action", &["fixed-response"]),
        ]
    };
}

const REDIRECTS: Source = Source::fixed(&[("HTTP_301", "301", "permanently moved"), ("HTTP_302", "302", "found")]);
const DEFAULT_ACTION: [Field; 7] = action_fields!("DefaultActions");
const RULE_ACTION: [Field; 7] = action_fields!("Actions");

const ADD_LISTENER: Form = Form {
    title: "Add listener",
    label: "Add listener",
    note: "",
    groups: &[
        Group {
            legend: "",
            note: "",
            fields: &[Field::whole("Listener port", "Port", (1, 65_535), "").start("8080").needed()],
        },
        Group { legend: "Default action", note: "", fields: &DEFAULT_ACTION },
    ],
    steps: &[Step {
        service: "elbv2",
        operation: "CreateListener",
        with: &[("LoadBalancerArn", Parent("LoadBalancerArn")), ("Protocol", Text("HTTP"))],
        only: None,
    }],
};

const EDIT_LISTENER: Form = Form {
    title: "Edit listener",
    label: "Save listener",
    note: "",
    groups: &[
        Group {
            legend: "",
            note: "",
            fields: &[Field::whole("Listener port", "Port", (1, 65_535), "").item("Port").needed()],
        },
        Group { legend: "Default action", note: "", fields: &DEFAULT_ACTION },
    ],
    steps: &[Step {
        service: "elbv2",
        operation: "ModifyListener",
        with: &[("ListenerArn", Item("ListenerArn"))],
        only: None,
    }],
};

const CONDITIONS: Source = Source::fixed(&[
    ("path-pattern", "Path", "/shop/*"),
    ("host-header", "Host header", "shop.example"),
    ("source-ip", "Source IP", "198.51.100.0/24"),
]);

const ADD_RULE: Form = Form {
    title: "Add rule",
    label: "Add rule",
    note: "Rules are tried by priority, the smallest first; the default rule comes last.",
    groups: &[
        Group {
            legend: "Condition",
            note: "",
            fields: &[
                Field::whole("Priority", "Priority", (1, 50_000), "")
                    .start("10")
                    .needed()
                    .words(&["PriorityInUse", "riority"]),
                Field::one("Condition", "Conditions[0].Field", &CONDITIONS),
                Field::text("Path is", "Conditions[0].PathPatternConfig.Values[0]")
                    .start("/shop/*")
                    .only("Condition", &["path-pattern"])
                    .needed(),
                Field::text("Host is", "Conditions[0].HostHeaderConfig.Values[0]")
                    .start("shop.example")
                    .only("Condition", &["host-header"])
                    .needed(),
                Field::text("Source is", "Conditions[0].SourceIpConfig.Values[0]")
                    .start("198.51.100.0/24")
                    .only("Condition", &["source-ip"])
                    .needed(),
            ],
        },
        Group { legend: "Action", note: "", fields: &RULE_ACTION },
    ],
    steps: &[Step {
        service: "elbv2",
        operation: "CreateRule",
        with: &[("ListenerArn", Item("ListenerArn"))],
        only: None,
    }],
};

const SET_SUBNETS: Form = Form {
    title: "Edit subnets",
    label: "Save zones",
    note: "Targets in a zone that the balancer has not get no requests from it.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("Availability Zones", "Subnets", Input::Many(&SUBNETS))
            .item("AvailabilityZones[].SubnetId")
            .needed()
            .words(&["ubnet", "Availability Zone"])],
    }],
    steps: &[Step {
        service: "elbv2",
        operation: "SetSubnets",
        with: &[("LoadBalancerArn", Parent("LoadBalancerArn"))],
        only: None,
    }],
};

const SET_GROUPS: Form = Form {
    title: "Edit security groups",
    label: "Save security groups",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("Security groups", "SecurityGroups", Input::Many(&SECURITY_GROUPS))
            .item("SecurityGroups[]")
            .needed()],
    }],
    steps: &[Step {
        service: "elbv2",
        operation: "SetSecurityGroups",
        with: &[("LoadBalancerArn", Parent("LoadBalancerArn"))],
        only: None,
    }],
};

const EDIT_ATTRIBUTES: Form = Form {
    title: "Edit attributes",
    label: "Save attributes",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            attribute!("Connection idle timeout", "idle_timeout.timeout_seconds", Input::WholeText(1, 4000, "s"))
                .needed(),
            attribute!("Deletion protection", "deletion_protection.enabled", Input::TickText),
            attribute!(
                "Drop invalid header fields",
                "routing.http.drop_invalid_header_fields.enabled",
                Input::TickText
            ),
            attribute!("Preserve host header", "routing.http.preserve_host_header.enabled", Input::TickText),
        ],
    }],
    steps: &[Step {
        service: "elbv2",
        operation: "ModifyLoadBalancerAttributes",
        with: &[("LoadBalancerArn", Parent("LoadBalancerArn"))],
        only: None,
    }],
};
