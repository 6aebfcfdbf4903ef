//! Auto Scaling groups.
use super::policies;
use super::sources::{PROCESSES, SUBNETS, TARGET_GROUPS, TEMPLATES, TERMINATION_POLICIES, VERSIONS};
use crate::console::ask::Arg::{Flag, Item, Key, Parent, Text, Typed};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Source, Step, Tab, Table,
};
use crate::projection::console;
use crate::session::Session;
use serde_json::{Value, json};

/// Auto Scaling groups.
pub static KIND: Kind = Kind {
    table: Table::of(
        Read::new("autoscaling", "DescribeAutoScalingGroups", "AutoScalingGroups[]"),
        "AutoScalingGroupName",
        COLUMNS,
    )
    .actions(ACTIONS),
    summary: &[],
    create: Some(&CREATE),
    key: "AutoScalingGroupName",
    tabs: TABS,
    lab: Some(known),
};

/// What the lab knows beyond AWS's answer.
fn known(session: &Session, region: &str, name: &str) -> Value {
    let group = console::groups(session, region).into_iter().find(|row| row.name == name);
    group.map_or(Value::Null, |row| {
        json!({"InService": row.in_service, "Of": format!("{} of {}", row.in_service, row.sizes[1]),
            "Policies": row.policies, "Status": row.status, "Template": row.template})
    })
}

const COLUMNS: &[Column] = &[
    Column::new("Name", "AutoScalingGroupName").show(Show::Link(Section::Groups)),
    Column::new("Launch template", "Lab.Template"),
    Column::number("In service", "Lab.InService", ""),
    Column::new("Status", "Lab.Status"),
    Column::number("Min", "MinSize", ""),
    Column::number("Desired", "DesiredCapacity", ""),
    Column::number("Max", "MaxSize", ""),
    Column::wide("Availability Zones", "AvailabilityZones[]"),
    Column::new("Policies", "Lab.Policies"),
];

const ACTIONS: &[Action] = &[
    Action::form("Edit", &EDIT),
    Action::call(
        "Delete",
        "autoscaling",
        "DeleteAutoScalingGroup",
        &[("AutoScalingGroupName", Key), ("ForceDelete", Flag(true))],
    )
    .end(
        "All of its instances are terminated with it: {Instances[].InstanceId}. Its policies and their alarms go too.",
    ),
];

const ACTIVITIES: Read = Read::new("autoscaling", "DescribeScalingActivities", "Activities[]")
    .with(&[("AutoScalingGroupName", Item("AutoScalingGroupName"))]);
const REFRESHES: Read = Read::new("autoscaling", "DescribeInstanceRefreshes", "InstanceRefreshes[]")
    .with(&[("AutoScalingGroupName", Item("AutoScalingGroupName"))]);
const HOOKS: Read = Read::new("autoscaling", "DescribeLifecycleHooks", "LifecycleHooks[]")
    .with(&[("AutoScalingGroupName", Item("AutoScalingGroupName"))]);

/// The group, as requests about it name it.
const GROUP: (&str, crate::console::Arg) = ("AutoScalingGroupName", Parent("AutoScalingGroupName"));

const TABS: &[Tab] = &[
    Tab {
        label: "Details",
        parts: &[
            Part::Facts(
                "Group details",
                &[
                    Column::new("Launch template", "Lab.Template"),
                    Column::new("Availability Zones", "AvailabilityZones[]"),
                    Column::new("In service", "Lab.Of"),
                    Column::new("Scaling policies", "Lab.Policies"),
                    Column::new("Status", "Lab.Status"),
                    Column::new("Health check type", "HealthCheckType"),
                    Column::number("Health check grace period", "HealthCheckGracePeriod", " s"),
                    Column::number("Default instance warmup", "DefaultInstanceWarmup", " s"),
                    Column::number("Default cooldown", "DefaultCooldown", " s"),
                    Column::new("Termination policies", "TerminationPolicies[]"),
                    Column::new("Instance protection for new ones", "NewInstancesProtectedFromScaleIn")
                        .show(Show::Flag),
                    Column::new("Created", "CreatedTime").show(Show::Time),
                ],
            ),
            Part::Form(None, &SIZES),
            Part::Form(None, &EDIT),
        ],
    },
    Tab {
        label: "Instances",
        parts: &[Part::Table(
            "Instances of the group",
            Table::inside(
                "Instances[]",
                "InstanceId",
                &[
                    Column::new("Instance ID", "InstanceId").show(Show::Link(Section::Instances)),
                    Column::state("Lifecycle", "LifecycleState"),
                    Column::state("Health status", "HealthStatus"),
                    Column::new("Availability Zone", "AvailabilityZone"),
                    Column::new("Instance type", "InstanceType"),
                    Column::new("Launch template version", "LaunchTemplate.Version"),
                    Column::new("Protected from scale in", "ProtectedFromScaleIn").show(Show::Flag),
                ],
            )
            .actions(MEMBER_ACTIONS)
            .empty("The group has no instances now."),
        )],
    },
    policies::TAB,
    Tab {
        label: "Activity",
        parts: &[Part::Table(
            "Activity history",
            Table::of(
                ACTIVITIES,
                "ActivityId",
                &[
                    Column::state("Status", "StatusCode"),
                    Column::wide("Description", "Description"),
                    Column::wide("Cause", "Cause"),
                    Column::new("Start time", "StartTime").show(Show::Time),
                    Column::new("End time", "EndTime").show(Show::Time),
                ],
            )
            .actions(&[Action::why()])
            .empty("No activities yet."),
        )],
    },
    Tab {
        label: "Instance refresh",
        parts: &[Part::Table(
            "Instance refreshes",
            Table::of(
                REFRESHES,
                "InstanceRefreshId",
                &[
                    Column::state("Status", "Status"),
                    Column::number("Complete", "PercentageComplete", " %"),
                    Column::number("Instances to update", "InstancesToUpdate", ""),
                    Column::wide("Reason", "StatusReason"),
                    Column::new("Start time", "StartTime").show(Show::Time),
                    Column::new("End time", "EndTime").show(Show::Time),
                ],
            )
            .add(&[Action::form("Start instance refresh", &REFRESH)])
            .actions(&[
                Action::call("Cancel refresh", "autoscaling", "CancelInstanceRefresh", &[GROUP])
                    .when("Status", &["Pending", "InProgress", "Baking"])
                    .ask("What was replaced so far stays replaced."),
                Action::call("Roll back", "autoscaling", "RollbackInstanceRefresh", &[GROUP])
                    .when("Status", &["Pending", "InProgress", "Baking"])
                    .ask("What was replaced so far is replaced again, by the old configuration."),
            ])
            .empty(
                "No refresh yet. One replaces the instances, some at a time, for instance by a new template version.",
            ),
        )],
    },
    Tab {
        label: "Integrations",
        parts: &[Part::Table(
            "Target groups",
            Table::inside(
                "TargetGroupARNs[]",
                "",
                &[Column::new("Target group", "").show(Show::Arn(Section::TargetGroups)), Column::wide("ARN", "")],
            )
            .add(&[Action::form("Attach target group", &ATTACH)])
            .actions(&[Action::call(
                "Detach",
                "autoscaling",
                "DetachLoadBalancerTargetGroups",
                &[GROUP, ("TargetGroupARNs[]", Key)],
            )
            .ask("The group's instances are deregistered from it, after its deregistration delay.")])
            .empty("No target groups: no balancer sends requests to the group."),
        )],
    },
    Tab {
        label: "Management",
        parts: &[
            Part::Table(
                "Suspended processes",
                Table::inside(
                    "SuspendedProcesses[]",
                    "ProcessName",
                    &[Column::new("Process", "ProcessName"), Column::wide("Suspension reason", "SuspensionReason")],
                )
                .add(&[Action::form("Suspend processes", &SUSPEND)])
                .actions(&[Action::call(
                    "Resume",
                    "autoscaling",
                    "ResumeProcesses",
                    &[GROUP, ("ScalingProcesses[]", Key)],
                )])
                .empty("All processes run."),
            ),
            Part::Table(
                "Lifecycle hooks",
                Table::of(
                    HOOKS,
                    "LifecycleHookName",
                    &[
                        Column::new("Name", "LifecycleHookName"),
                        Column::new("Lifecycle transition", "LifecycleTransition"),
                        Column::number("Heartbeat timeout", "HeartbeatTimeout", " s"),
                        Column::new("Default result", "DefaultResult"),
                    ],
                )
                .add(&[Action::form("Create lifecycle hook", &HOOK)])
                .actions(&[Action::call(
                    "Delete hook",
                    "autoscaling",
                    "DeleteLifecycleHook",
                    &[GROUP, ("LifecycleHookName", Key)],
                )
                .ask("Instances that wait for it go on.")])
                .empty("No hooks: instances go straight in service."),
            ),
        ],
    },
];

const MEMBER_ACTIONS: &[Action] = &[
    Action::call(
        "Set scale-in protection",
        "autoscaling",
        "SetInstanceProtection",
        &[GROUP, ("InstanceIds[]", Key), ("ProtectedFromScaleIn", Flag(true))],
    )
    .when("ProtectedFromScaleIn", &["false"]),
    Action::call(
        "Remove scale-in protection",
        "autoscaling",
        "SetInstanceProtection",
        &[GROUP, ("InstanceIds[]", Key), ("ProtectedFromScaleIn", Flag(false))],
    )
    .when("ProtectedFromScaleIn", &["true"]),
    Action::form("Set to Standby", &STANDBY).when("LifecycleState", &["InService"]),
    Action::call("Set to InService", "autoscaling", "ExitStandby", &[GROUP, ("InstanceIds[]", Key)])
        .when("LifecycleState", &["Standby"]),
    Action::form("Detach", &DETACH).when("LifecycleState", &["InService", "Standby"]),
    Action::call(
        "Set unhealthy",
        "autoscaling",
        "SetInstanceHealth",
        &[("InstanceId", Key), ("HealthStatus", Text("Unhealthy")), ("ShouldRespectGracePeriod", Flag(false))],
    )
    .when("LifecycleState", &["InService"])
    .ask("The group terminates it and launches another one in its place."),
    Action::call("Terminate", "ec2", "TerminateInstances", &[("InstanceIds[]", Key)])
        .ask("Its disk goes with it; this cannot be undone. The group launches another one in its place."),
    Action::call(
        "Terminate and make the group smaller",
        "autoscaling",
        "TerminateInstanceInAutoScalingGroup",
        &[("InstanceId", Key), ("ShouldDecrementDesiredCapacity", Flag(true))],
    )
    .ask("The group's desired capacity goes down by one, and nothing takes its place."),
];

const MIN: Field = Field::of("Min", "MinSize", Input::Sizes).needed().words(&["MinSize"]);
const DESIRED: Field =
    Field::whole("Desired", "DesiredCapacity", (0, 500), "").needed().words(&["DesiredCapacity", "Desired capacity"]);
const MAX: Field = Field::whole("Max", "MaxSize", (0, 500), "").needed().words(&["MaxSize", "Max bound"]);
const TEMPLATE: Field =
    Field::one("Launch template", "LaunchTemplate.LaunchTemplateName", &TEMPLATES).words(&["aunch template"]);
const VERSION: Field = Field::of("Version", "LaunchTemplate.Version", Input::One(&VERSIONS)).needed();
const ZONES: Field = Field::of("Availability Zones", "VPCZoneIdentifier", Input::Joined(&SUBNETS)).needed().words(&[
    "VPCZoneIdentifier",
    "ubnet",
    "Availability Zone",
]);
const HEALTH: Field = Field::one("Health check type", "HealthCheckType", &HEALTH_CHECKS);
const GRACE: Field = Field::whole("Health check grace period", "HealthCheckGracePeriod", (0, 86_400), "s").needed();
const WARMUP: Field = Field::whole("Instance warm-up", "DefaultInstanceWarmup", (0, 21_600), "s").words(&["Warmup"]);
const TERMINATION: Field = Field::one("Termination policy", "TerminationPolicies[0]", &TERMINATION_POLICIES);
const PROTECTED: Field =
    Field::of("Protect new instances from scale in", "NewInstancesProtectedFromScaleIn", Input::Tick);

const HEALTH_CHECKS: Source = Source::fixed(&[
    ("EC2", "EC2", "AWS's default: only what the machine tells"),
    ("ELB", "EC2 and ELB", "also what the target group's health check tells"),
]);

const CREATE: Form = Form {
    title: "Auto Scaling group",
    label: "Create Auto Scaling group",
    note: "",
    groups: &[
        Group {
            legend: "Name and launch template",
            note: "",
            fields: &[
                Field::text("Auto Scaling group name", "AutoScalingGroupName")
                    .start("web-asg")
                    .needed()
                    .words(&["AlreadyExists", "AutoScalingGroupName"]),
                TEMPLATE,
                VERSION.start("$Default"),
            ],
        },
        Group { legend: "Network", note: "", fields: &[ZONES.first(2).hint("The same as the load balancer's.")] },
        Group {
            legend: "Load balancing and health checks",
            note: "",
            fields: &[
                Field::of("Target group", "TargetGroupARNs[0]", Input::OneOrNone(&TARGET_GROUPS, "None"))
                    .first(1)
                    .words(&["Target Group", "TargetGroup"]),
                HEALTH,
                GRACE.start("300"),
            ],
        },
        Group { legend: "Group size", note: "", fields: &[MIN.start("1"), DESIRED.start("2"), MAX.start("6")] },
        Group {
            legend: "Scaling policy",
            note: "The group grows and shrinks to keep its mean CPU utilisation here. Empty: no policy.",
            fields: &[
                Field::of("CPU target", "TargetTrackingConfiguration.TargetValue", Input::Whole(1, 100, "%"))
                    .start("50")
                    .step(1)
                    .words(&["TargetValue", "arget value"]),
                WARMUP.start("120"),
            ],
        },
    ],
    steps: &[
        Step { service: "autoscaling", operation: "CreateAutoScalingGroup", with: &[], only: None },
        Step {
            service: "autoscaling",
            operation: "PutScalingPolicy",
            with: &[
                ("AutoScalingGroupName", Typed("Auto Scaling group name")),
                ("PolicyName", Text("cpu-target")),
                ("PolicyType", Text("TargetTrackingScaling")),
                (
                    "TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType",
                    Text("ASGAverageCPUUtilization"),
                ),
            ],
            only: Some(("CPU target", &[])),
        },
    ],
};

/// The requests that change a group.
const UPDATE: &[Step] =
    &[Step { service: "autoscaling", operation: "UpdateAutoScalingGroup", with: &[GROUP], only: None }];

const SIZES: Form = Form {
    title: "Group size",
    label: "Change size",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[MIN.item("MinSize"), DESIRED.item("DesiredCapacity"), MAX.item("MaxSize")],
    }],
    steps: UPDATE,
};

const EDIT: Form = Form {
    title: "Edit group",
    label: "Update group",
    note: "",
    groups: &[
        Group {
            legend: "Launch template",
            note: "",
            fields: &[TEMPLATE.item("LaunchTemplate.LaunchTemplateName"), VERSION.start("$Default")],
        },
        Group { legend: "Network", note: "", fields: &[ZONES.item("VPCZoneIdentifier")] },
        Group {
            legend: "Health checks",
            note: "",
            fields: &[HEALTH.item("HealthCheckType"), GRACE.item("HealthCheckGracePeriod")],
        },
        Group {
            legend: "Advanced",
            note: "",
            fields: &[
                WARMUP.item("DefaultInstanceWarmup"),
                Field::whole("Default cooldown", "DefaultCooldown", (0, 86_400), "s").item("DefaultCooldown").needed(),
                TERMINATION.item("TerminationPolicies[0]"),
                PROTECTED.item("NewInstancesProtectedFromScaleIn"),
            ],
        },
    ],
    steps: UPDATE,
};

const DECREMENT: Field = Field::of("Make the group smaller by one", "ShouldDecrementDesiredCapacity", Input::Tick)
    .start("true")
    .hint("Otherwise the group launches another one in its place.");

const STANDBY: Form = Form {
    title: "Set to Standby",
    label: "Set to Standby",
    note: "It stays in the group, but gets no requests and is not checked.",
    groups: &[Group { legend: "", note: "", fields: &[DECREMENT] }],
    steps: &[Step {
        service: "autoscaling",
        operation: "EnterStandby",
        with: &[GROUP, ("InstanceIds[]", Item("InstanceId"))],
        only: None,
    }],
};

const DETACH: Form = Form {
    title: "Detach instance",
    label: "Detach",
    note: "It goes on as an instance of its own.",
    groups: &[Group { legend: "", note: "", fields: &[DECREMENT] }],
    steps: &[Step {
        service: "autoscaling",
        operation: "DetachInstances",
        with: &[GROUP, ("InstanceIds[]", Item("InstanceId"))],
        only: None,
    }],
};

const ATTACH: Form = Form {
    title: "Attach target group",
    label: "Attach",
    note: "The group registers its instances with it.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::one("Target group", "TargetGroupARNs[0]", &TARGET_GROUPS).words(&["Target Group"])],
    }],
    steps: &[Step { service: "autoscaling", operation: "AttachLoadBalancerTargetGroups", with: &[GROUP], only: None }],
};

const SUSPEND: Form = Form {
    title: "Suspend processes",
    label: "Suspend",
    note: "The group does without them until they are resumed.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[Field::of("Processes", "ScalingProcesses", Input::Many(&PROCESSES)).needed()],
    }],
    steps: &[Step { service: "autoscaling", operation: "SuspendProcesses", with: &[GROUP], only: None }],
};

const REFRESH: Form = Form {
    title: "Start instance refresh",
    label: "Start refresh",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::whole("Min healthy percentage", "Preferences.MinHealthyPercentage", (0, 100), "%")
                .start("90")
                .needed(),
            Field::whole("Refresh warmup", "Preferences.InstanceWarmup", (0, 21_600), "s")
                .hint("Empty: the group's default."),
            Field::of("Skip matching", "Preferences.SkipMatching", Input::Tick)
                .hint("Instances that match the template already stay. AWS's console ticks it."),
            Field::of("Auto rollback", "Preferences.AutoRollback", Input::Tick)
                .hint("AWS allows it only with a desired configuration, and not with $Latest or $Default.")
                .words(&["AutoRollback", "rollback"]),
        ],
    }],
    steps: &[Step { service: "autoscaling", operation: "StartInstanceRefresh", with: &[GROUP], only: None }],
};

const TRANSITIONS: Source = Source::fixed(&[
    ("autoscaling:EC2_INSTANCE_LAUNCHING", "Instance launch", ""),
    ("autoscaling:EC2_INSTANCE_TERMINATING", "Instance terminate", ""),
]);
const RESULTS: Source = Source::fixed(&[("ABANDON", "ABANDON", ""), ("CONTINUE", "CONTINUE", "")]);

const HOOK: Form = Form {
    title: "Create lifecycle hook",
    label: "Create hook",
    note: "An instance waits until somebody completes the action, or until the timeout.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::text("Lifecycle hook name", "LifecycleHookName").start("my-hook").needed(),
            Field::one("Lifecycle transition", "LifecycleTransition", &TRANSITIONS),
            Field::whole("Heartbeat timeout", "HeartbeatTimeout", (30, 7_200), "s").start("3600").needed(),
            Field::one("Default result", "DefaultResult", &RESULTS),
        ],
    }],
    steps: &[Step { service: "autoscaling", operation: "PutLifecycleHook", with: &[GROUP], only: None }],
};
