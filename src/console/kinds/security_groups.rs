//! Security groups and their rules.
use super::tags;
use crate::console::ask::Arg::{Answer, Item, Key, Parent, Text, Whole};
use crate::console::{Action, Column, Field, Form, Group, Kind, Part, Read, Section, Show, Source, Step, Tab, Table};

/// Security groups.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("ec2", "DescribeSecurityGroups", "SecurityGroups[]"), "GroupId", COLUMNS)
        .actions(&[DELETE]),
    summary: &[],
    create: Some(&CREATE),
    key: "GroupId",
    tabs: &[
        Tab {
            label: "Inbound rules",
            parts: &[
                Part::Facts(
                    "Details",
                    &[
                        Column::new("Security group name", "GroupName"),
                        Column::new("Description", "Description"),
                        Column::new("VPC ID", "VpcId"),
                    ],
                ),
                Part::Table(
                    "Inbound rules",
                    Table::of(RULES, "SecurityGroupRuleId", RULE_COLUMNS)
                        .actions(&[Action::call(
                            "Delete rule",
                            "ec2",
                            "RevokeSecurityGroupIngress",
                            &[("GroupId", Item("GroupId")), ("SecurityGroupRuleIds[]", Key)],
                        )
                        .when("IsEgress", &["false"])
                        .ask("What came in by this rule alone is dropped from now on.")])
                        .add(&[Action::form("Add inbound rule", &ADD_INBOUND)])
                        .empty("Nothing may come in."),
                ),
            ],
        },
        Tab {
            label: "Outbound rules",
            parts: &[Part::Table(
                "Outbound rules",
                Table::of(EGRESS, "SecurityGroupRuleId", RULE_COLUMNS)
                    .actions(&[Action::call(
                        "Delete rule",
                        "ec2",
                        "RevokeSecurityGroupEgress",
                        &[("GroupId", Item("GroupId")), ("SecurityGroupRuleIds[]", Key)],
                    )
                    .when("IsEgress", &["true"])
                    .ask("What went out by this rule alone is dropped from now on.")])
                    .add(&[Action::form("Add outbound rule", &ADD_OUTBOUND)])
                    .empty("Nothing may go out."),
            )],
        },
        tags::OF_SECURITY_GROUP,
    ],
    lab: None,
};

/// Inbound rules: AWS has no filter by direction, so the page takes them from the group's id and shows the direction.
const RULES: Read = Read::new("ec2", "DescribeSecurityGroupRules", "SecurityGroupRules[IsEgress=false]")
    .with(&[("Filters[0].Name", Text("group-id")), ("Filters[0].Values[0]", Item("GroupId"))]);
const EGRESS: Read = Read::new("ec2", "DescribeSecurityGroupRules", "SecurityGroupRules[IsEgress=true]")
    .with(&[("Filters[0].Name", Text("group-id")), ("Filters[0].Values[0]", Item("GroupId"))]);

const COLUMNS: &[Column] = &[
    Column::new("Security group ID", "GroupId").show(Show::Link(Section::SecurityGroups)),
    Column::new("Security group name", "GroupName"),
    Column::wide(
        "Inbound rules",
        "IpPermissions[].IpProtocol|IpPermissions[].FromPort|IpPermissions[].IpRanges[].CidrIp|IpPermissions[].UserIdGroupPairs[].GroupId",
    ),
    Column::wide("Description", "Description"),
];

const RULE_COLUMNS: &[Column] = &[
    Column::new("Rule ID", "SecurityGroupRuleId"),
    Column::new("Protocol", "IpProtocol"),
    Column::new("From port", "FromPort").show(Show::Number),
    Column::new("To port", "ToPort").show(Show::Number),
    Column::new("Source or destination", "CidrIpv4|ReferencedGroupInfo.GroupId"),
    Column::wide("Description", "Description"),
];

const DELETE: Action = Action::call("Delete", "ec2", "DeleteSecurityGroup", &[("GroupId", Key)])
    .end("AWS refuses while an instance, a balancer or another group's rule uses it.");

const CREATE: Form = Form {
    title: "Security group",
    label: "Create security group",
    note: "",
    groups: &[
        Group {
            legend: "Basic details",
            note: "",
            fields: &[
                Field::text("Security group name", "GroupName")
                    .start("web")
                    .needed()
                    .words(&["InvalidGroup.Duplicate", "Group names"]),
                Field::text("Description", "Description").start("HTTP from anywhere").needed().words(&["Description"]),
            ],
        },
        Group {
            legend: "Inbound rule",
            note: "A first rule; more can be added afterwards. Everything may go out.",
            fields: &[
                Field::whole("Port", "", (1, 65_535), "").start("80").needed().step(1),
                Field::one("Source", "IpPermissions[0].IpRanges[0].CidrIp", &CIDRS).step(1),
            ],
        },
    ],
    steps: &[
        Step { service: "ec2", operation: "CreateSecurityGroup", with: &[], only: None },
        Step {
            service: "ec2",
            operation: "AuthorizeSecurityGroupIngress",
            with: &[
                ("GroupId", Answer(0, "GroupId")),
                ("IpPermissions[0].IpProtocol", Text("tcp")),
                ("IpPermissions[0].FromPort", Whole("Port")),
                ("IpPermissions[0].ToPort", Whole("Port")),
            ],
            only: None,
        },
    ],
};

const CIDRS: Source = Source::fixed(&[
    ("0.0.0.0/0", "Anywhere-IPv4", "0.0.0.0/0"),
    ("198.51.100.7/32", "My IP", "198.51.100.7/32"),
    ("172.31.0.0/16", "The default VPC", "172.31.0.0/16"),
]);
const PROTOCOLS: Source =
    Source::fixed(&[("tcp", "TCP", ""), ("udp", "UDP", ""), ("icmp", "ICMP", ""), ("-1", "All traffic", "")]);

const RULE: &[Group] = &[Group {
    legend: "",
    note: "",
    fields: &[
        Field::one("Protocol", "IpPermissions[0].IpProtocol", &PROTOCOLS),
        Field::whole("From port", "IpPermissions[0].FromPort", (-1, 65_535), "")
            .start("80")
            .only("Protocol", &["tcp", "udp", "icmp"])
            .words(&["port"]),
        Field::whole("To port", "IpPermissions[0].ToPort", (-1, 65_535), "")
            .start("80")
            .only("Protocol", &["tcp", "udp", "icmp"]),
        Field::one("From or to", "", &KINDS_OF_SOURCE),
        Field::text("CIDR block", "IpPermissions[0].IpRanges[0].CidrIp")
            .start("0.0.0.0/0")
            .only("From or to", &["cidr"])
            .words(&["CIDR", "CidrIp"]),
        Field::one("Group", "IpPermissions[0].UserIdGroupPairs[0].GroupId", &super::sources::SECURITY_GROUPS)
            .only("From or to", &["group"]),
    ],
}];

const KINDS_OF_SOURCE: Source =
    Source::fixed(&[("cidr", "Addresses", "a CIDR block"), ("group", "Members of a security group", "")]);

const ADD_INBOUND: Form = Form {
    title: "Add inbound rule",
    label: "Save rule",
    note: "",
    groups: RULE,
    steps: &[Step {
        service: "ec2",
        operation: "AuthorizeSecurityGroupIngress",
        with: &[("GroupId", Parent("GroupId"))],
        only: None,
    }],
};
const ADD_OUTBOUND: Form = Form {
    title: "Add outbound rule",
    label: "Save rule",
    note: "",
    groups: RULE,
    steps: &[Step {
        service: "ec2",
        operation: "AuthorizeSecurityGroupEgress",
        with: &[("GroupId", Parent("GroupId"))],
        only: None,
    }],
};
