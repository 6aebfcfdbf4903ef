//! Route 53 hosted zones and their records.
use super::sources::BALANCERS;
use crate::console::ask::Arg::{Chosen, Item, Key, Parent, Text, Unique};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Source, Step, Tab, Table,
};

/// Hosted zones.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("route53", "ListHostedZones", "HostedZones[]"), "Id", COLUMNS).actions(&[Action::call(
        "Delete zone",
        "route53",
        "DeleteHostedZone",
        &[("Id", Key)],
    )
    .end("AWS refuses while the zone has records besides its NS and SOA.")]),
    summary: &[],
    create: Some(&Form {
        title: "Hosted zone",
        label: "Create hosted zone",
        note: "",
        groups: &[Group {
            legend: "",
            note: "",
            fields: &[
                Field::text("Domain name", "Name").start("shop.example").needed().words(&[
                    "InvalidDomainName",
                    "HostedZoneAlreadyExists",
                    "domain",
                ]),
                Field::text("Comment", "HostedZoneConfig.Comment"),
            ],
        }],
        steps: &[Step {
            service: "route53",
            operation: "CreateHostedZone",
            with: &[("CallerReference", Unique)],
            only: None,
        }],
    }),
    key: "Id",
    tabs: &[Tab {
        label: "Records",
        parts: &[
            Part::Table(
                "Records",
                Table::of(
                    Read::new("route53", "ListResourceRecordSets", "ResourceRecordSets[]")
                        .with(&[("HostedZoneId", Item("Id"))]),
                    "Name|Type",
                    &[
                        Column::new("Record name", "Name").show(Show::Visit),
                        Column::new("Type", "Type"),
                        Column::number("TTL", "TTL", " s"),
                        Column::wide("Value or alias target", "ResourceRecords[].Value|AliasTarget.DNSName"),
                    ],
                )
                .add(&[Action::form("Create record", &RECORD)])
                .actions(&[
                    Action::form("Edit", &EDIT).when("Type", &["A"]),
                    Action::call(
                        "Delete record",
                        "route53",
                        "ChangeResourceRecordSets",
                        &[
                            ("HostedZoneId", Parent("Id")),
                            ("ChangeBatch.Changes[0].Action", Text("DELETE")),
                            ("ChangeBatch.Changes[0].ResourceRecordSet", Item("")),
                        ],
                    )
                    .ask("{Name} leads nowhere then, as soon as the resolvers have forgotten it: up to {TTL} seconds."),
                ]),
            ),
            Part::Facts(
                "Hosted zone details",
                &[
                    Column::new("Domain name", "Name"),
                    Column::number("Record count", "ResourceRecordSetCount", ""),
                    Column::new("Hosted zone ID", "Id"),
                    Column::new("Comment", "Config.Comment"),
                ],
            ),
        ],
    }],
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::new("Domain name", "Name").show(Show::LinkBy(Section::HostedZones, "Id")),
    Column::new("Hosted zone ID", "Id"),
    Column::number("Record count", "ResourceRecordSetCount", ""),
    Column::wide("Comment", "Config.Comment"),
];

const ROUTES: Source = Source::fixed(&[
    ("value", "Addresses", "A record with a TTL"),
    ("alias", "Alias to Application Load Balancer", "follows the balancer's addresses"),
]);

const RECORD: Form = Form {
    title: "Create record",
    label: "Create record",
    note: "All of Route 53's servers know it within a minute.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::text("Record name", "ChangeBatch.Changes[0].ResourceRecordSet.Name")
                .item("Name")
                .needed()
                .words(&["InvalidChangeBatch"]),
            ROUTE,
            VALUE,
            TTL.start("60"),
            BALANCER,
            EVALUATE,
        ],
    }],
    steps: &[Step { service: "route53", operation: "ChangeResourceRecordSets", with: ALIAS_OR_VALUE, only: None }],
};
const ALIAS_OR_VALUE: crate::console::ask::Args = &[
    ("HostedZoneId", Parent("Id")),
    ("ChangeBatch.Changes[0].Action", Text("UPSERT")),
    ("ChangeBatch.Changes[0].ResourceRecordSet.Type", Text("A")),
    (
        "ChangeBatch.Changes[0].ResourceRecordSet.AliasTarget.HostedZoneId",
        Chosen(&BALANCERS, "Load balancer", "CanonicalHostedZoneId"),
    ),
];
const ROUTE: Field = Field::one("Route traffic to", "", &ROUTES);
const VALUE: Field =
    Field::of("Value", "ChangeBatch.Changes[0].ResourceRecordSet.ResourceRecords[0].Value", Input::Text)
        .only("Route traffic to", &["value"])
        .needed()
        .hint("An IPv4 address, such as an Elastic IP.")
        .words(&["ARRDATAIllegalIPv4Address"]);
const TTL: Field = Field::whole("TTL", "ChangeBatch.Changes[0].ResourceRecordSet.TTL", (0, 2_147_483_647), "s")
    .only("Route traffic to", &["value"])
    .needed();
const BALANCER: Field =
    Field::one("Load balancer", "ChangeBatch.Changes[0].ResourceRecordSet.AliasTarget.DNSName", &BALANCERS)
        .only("Route traffic to", &["alias"]);
const EVALUATE: Field = Field::of(
    "Evaluate target health",
    "ChangeBatch.Changes[0].ResourceRecordSet.AliasTarget.EvaluateTargetHealth",
    Input::Tick,
)
.start("true")
.only("Route traffic to", &["alias"]);

const EDIT: Form = Form {
    title: "Edit record",
    label: "Save record",
    note: "Resolvers that still remember the old value go on with it until its TTL is over.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[ROUTE, VALUE.item("ResourceRecords[0].Value"), TTL.item("TTL"), BALANCER, EVALUATE],
    }],
    steps: &[Step {
        service: "route53",
        operation: "ChangeResourceRecordSets",
        with: &[
            ("HostedZoneId", Parent("Id")),
            ("ChangeBatch.Changes[0].Action", Text("UPSERT")),
            ("ChangeBatch.Changes[0].ResourceRecordSet.Name", Item("Name")),
            ("ChangeBatch.Changes[0].ResourceRecordSet.Type", Text("A")),
            (
                "ChangeBatch.Changes[0].ResourceRecordSet.AliasTarget.HostedZoneId",
                Chosen(&BALANCERS, "Load balancer", "CanonicalHostedZoneId"),
            ),
        ],
        only: None,
    }],
};
