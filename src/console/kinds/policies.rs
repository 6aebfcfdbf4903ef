//! Scaling policies and scheduled actions of Auto Scaling groups.
use crate::console::ask::Arg::{Item, Key, Parent};
use crate::console::{Action, Column, Field, Form, Group, Input, Part, Read, Show, Source, Step, Tab, Table};

const POLICIES: Read = Read::new("autoscaling", "DescribePolicies", "ScalingPolicies[]")
    .with(&[("AutoScalingGroupName", Item("AutoScalingGroupName"))]);
const SCHEDULED: Read = Read::new("autoscaling", "DescribeScheduledActions", "ScheduledUpdateGroupActions[]")
    .with(&[("AutoScalingGroupName", Item("AutoScalingGroupName"))]);

/// The tab with policies and scheduled actions.
pub const TAB: Tab = Tab {
    label: "Automatic scaling",
    parts: &[
        Part::Table(
            "Dynamic scaling policies",
            Table::of(POLICIES, "PolicyName", POLICY_COLUMNS)
                .add(&[Action::form("Create dynamic scaling policy", &CREATE)])
                .actions(&[
                    Action::form("Edit policy", &EDIT_TRACKING).when("PolicyType", &["TargetTrackingScaling"]),
                    Action::form("Edit step policy", &EDIT_STEP).when("PolicyType", &["StepScaling"]),
                    Action::form("Edit simple policy", &EDIT_SIMPLE).when("PolicyType", &["SimpleScaling"]),
                    Action::call(
                        "Execute policy",
                        "autoscaling",
                        "ExecutePolicy",
                        &[("AutoScalingGroupName", Parent("AutoScalingGroupName")), ("PolicyName", Key)],
                    )
                    .when("PolicyType", &["SimpleScaling"]),
                    Action::call(
                        "Delete policy",
                        "autoscaling",
                        "DeletePolicy",
                        &[("AutoScalingGroupName", Parent("AutoScalingGroupName")), ("PolicyName", Key)],
                    )
                    .ask("The group does not scale by it any more; the alarms of a target tracking policy go with it. Alarms: {Alarms[].AlarmName}."),
                ])
                .empty("No policies: the group keeps its desired capacity."),
        ),
        Part::Table(
            "Scheduled actions",
            Table::of(SCHEDULED, "ScheduledActionName", SCHEDULED_COLUMNS)
                .add(&[Action::form("Create scheduled action", &CREATE_SCHEDULED)])
                .actions(&[
                    Action::form("Edit scheduled action", &EDIT_SCHEDULED),
                    Action::call(
                        "Delete scheduled action",
                        "autoscaling",
                        "DeleteScheduledAction",
                        &[("AutoScalingGroupName", Parent("AutoScalingGroupName")), ("ScheduledActionName", Key)],
                    )
                    .ask("It does not happen again."),
                ])
                .empty("No scheduled actions."),
        ),
    ],
};

const POLICY_COLUMNS: &[Column] = &[
    Column::new("Policy name", "PolicyName"),
    Column::new("Policy type", "PolicyType"),
    Column::wide(
        "What it does",
        "TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType|TargetTrackingConfiguration.TargetValue|AdjustmentType|ScalingAdjustment|StepAdjustments[].ScalingAdjustment",
    ),
    Column::new("Enabled", "Enabled").show(Show::Flag),
    Column::wide("Alarms", "Alarms[].AlarmName"),
];

const SCHEDULED_COLUMNS: &[Column] = &[
    Column::new("Name", "ScheduledActionName"),
    Column::new("Start time", "StartTime").show(Show::Time),
    Column::new("Recurrence", "Recurrence"),
    Column::number("Min", "MinSize", ""),
    Column::number("Desired", "DesiredCapacity", ""),
    Column::number("Max", "MaxSize", ""),
];

/// The metrics that a target tracking policy can aim at without more ado.
pub const METRICS: Source = Source::fixed(&[
    ("ASGAverageCPUUtilization", "Average CPU utilization", "in per cent"),
    ("ASGAverageNetworkIn", "Average network in", "in bytes"),
    ("ASGAverageNetworkOut", "Average network out", "in bytes"),
    ("ALBRequestCountPerTarget", "ALB request count per target", "requests a minute"),
]);
const TYPES: Source = Source::fixed(&[
    ("TargetTrackingScaling", "Target tracking scaling", "keeps a metric near a value"),
    ("StepScaling", "Step scaling", "by how far an alarm is exceeded"),
    ("SimpleScaling", "Simple scaling", "one change, then a cooldown"),
]);
const ADJUSTMENTS: Source = Source::fixed(&[
    ("ChangeInCapacity", "Add or remove instances", ""),
    ("ExactCapacity", "Set to", ""),
    ("PercentChangeInCapacity", "Per cent of the group", ""),
]);

const TRACKING: [&str; 1] = ["TargetTrackingScaling"];
const STEP: [&str; 1] = ["StepScaling"];
const SIMPLE: [&str; 1] = ["SimpleScaling"];

const METRIC: Field = Field::one(
    "Metric type",
    "TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType",
    &METRICS,
);
const LABEL: Field =
    Field::text("Resource label", "TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel")
        .hint("app/<balancer>/<id>/targetgroup/<group>/<id>, the ends of the two ARNs.")
        .only("Metric type", &["ALBRequestCountPerTarget"]);
const TARGET: Field = Field::of("Target value", "TargetTrackingConfiguration.TargetValue", Input::Decimal(""))
    .needed()
    .words(&["TargetValue", "arget value"]);
const NO_SCALE_IN: Field = Field::of("Disable scale in", "TargetTrackingConfiguration.DisableScaleIn", Input::Tick)
    .hint("The group only grows by this policy. Default: off.");
const WARMUP: Field =
    Field::whole("Instance warmup", "EstimatedInstanceWarmup", (0, 21_600), "s").hint("Empty: the group's default.");
const ADJUSTMENT: Field = Field::one("Adjustment", "AdjustmentType", &ADJUSTMENTS);
const COOLDOWN: Field = Field::whole("Cooldown", "Cooldown", (0, 86_400), "s").hint("Empty: the group's default.");
const BY: Field = Field::whole("Change by", "ScalingAdjustment", (-500, 500), "").needed();
const LOW_1: Field = Field::of("Step 1 from", "StepAdjustments[0].MetricIntervalLowerBound", Input::Decimal(""))
    .hint("Counted from the alarm's threshold. Empty: without end.");
const HIGH_1: Field = Field::of("Step 1 to", "StepAdjustments[0].MetricIntervalUpperBound", Input::Decimal(""));
const BY_1: Field = Field::whole("Step 1 change by", "StepAdjustments[0].ScalingAdjustment", (-500, 500), "")
    .needed()
    .words(&["StepAdjustment", "step"]);
const LOW_2: Field = Field::of("Step 2 from", "StepAdjustments[1].MetricIntervalLowerBound", Input::Decimal(""));
const BY_2: Field = Field::whole("Step 2 change by", "StepAdjustments[1].ScalingAdjustment", (-500, 500), "")
    .hint("Both empty: no second step.");

const CREATE: Form = Form {
    title: "Create dynamic scaling policy",
    label: "Create policy",
    note: "Step and simple policies are run by an alarm: create one under Metrics & alarms afterwards, with this policy as its action.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::one("Policy type", "PolicyType", &TYPES),
            Field::text("Scaling policy name", "PolicyName").start("my-policy").needed().words(&["PolicyName"]),
            METRIC.only("Policy type", &TRACKING),
            LABEL,
            TARGET.start("50").only("Policy type", &TRACKING),
            NO_SCALE_IN.only("Policy type", &TRACKING),
            ADJUSTMENT.only("Policy type", &["StepScaling", "SimpleScaling"]),
            BY.start("1").only("Policy type", &SIMPLE),
            COOLDOWN.only("Policy type", &SIMPLE),
            LOW_1.start("0").only("Policy type", &STEP),
            HIGH_1.start("20").only("Policy type", &STEP),
            BY_1.start("1").only("Policy type", &STEP),
            LOW_2.start("20").only("Policy type", &STEP),
            BY_2.start("2").only("Policy type", &STEP),
            WARMUP.only("Policy type", &["TargetTrackingScaling", "StepScaling"]),
        ],
    }],
    steps: &[Step {
        service: "autoscaling",
        operation: "PutScalingPolicy",
        with: &[("AutoScalingGroupName", Parent("AutoScalingGroupName"))],
        only: None,
    }],
};

/// A form that changes a policy of one type.
macro_rules! edit {
    ($name:ident, $title:literal, $($field:expr),*) => {
        const $name: Form = Form {
            title: $title,
            label: "Save policy",
            note: "",
            groups: &[Group { legend: "", note: "", fields: &[$($field),*] }],
            steps: &[Step {
                service: "autoscaling",
                operation: "PutScalingPolicy",
                with: &[
                    ("AutoScalingGroupName", Parent("AutoScalingGroupName")),
                    ("PolicyName", Item("PolicyName")),
                    ("PolicyType", Item("PolicyType")),
                ],
                only: None,
            }],
        };
    };
}
edit!(
    EDIT_TRACKING,
    "Edit policy",
    METRIC.item("TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType"),
    LABEL.item("TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel"),
    TARGET.item("TargetTrackingConfiguration.TargetValue"),
    NO_SCALE_IN.item("TargetTrackingConfiguration.DisableScaleIn"),
    WARMUP.item("EstimatedInstanceWarmup")
);
edit!(
    EDIT_STEP,
    "Edit step policy",
    ADJUSTMENT.item("AdjustmentType"),
    LOW_1.item("StepAdjustments[0].MetricIntervalLowerBound"),
    HIGH_1.item("StepAdjustments[0].MetricIntervalUpperBound"),
    BY_1.item("StepAdjustments[0].ScalingAdjustment"),
    LOW_2.item("StepAdjustments[1].MetricIntervalLowerBound"),
    BY_2.item("StepAdjustments[1].ScalingAdjustment"),
    WARMUP.item("EstimatedInstanceWarmup")
);
edit!(
    EDIT_SIMPLE,
    "Edit simple policy",
    ADJUSTMENT.item("AdjustmentType"),
    BY.item("ScalingAdjustment"),
    COOLDOWN.item("Cooldown")
);

const SCHEDULE_NOTE: &str =
    "Times are those of the lab's clock, in UTC: day 1 is 2026-01-05. Empty sizes stay as they are.";
const START: Field =
    Field::text("Start time", "StartTime").hint("Such as 2026-01-05T12:00:00Z. Empty with a recurrence: at once.");
const RECURRENCE: Field = Field::text("Recurrence", "Recurrence")
    .hint("As cron: minute, hour, day, month, weekday, such as 0 9 * * 1-5. Empty: once.");
const MIN: Field = Field::whole("Min capacity", "MinSize", (0, 500), "").words(&["MinSize"]);
const DESIRED: Field = Field::whole("Desired capacity", "DesiredCapacity", (0, 500), "").words(&["DesiredCapacity"]);
const MAX: Field = Field::whole("Max capacity", "MaxSize", (0, 500), "").words(&["MaxSize"]);

const CREATE_SCHEDULED: Form = Form {
    title: "Create scheduled action",
    label: "Create scheduled action",
    note: SCHEDULE_NOTE,
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::text("Scheduled action name", "ScheduledActionName").start("morning").needed(),
            DESIRED.start("4"),
            MIN,
            MAX,
            RECURRENCE.start("0 9 * * *"),
            START,
        ],
    }],
    steps: &[Step {
        service: "autoscaling",
        operation: "PutScheduledUpdateGroupAction",
        with: &[("AutoScalingGroupName", Parent("AutoScalingGroupName"))],
        only: None,
    }],
};

const EDIT_SCHEDULED: Form = Form {
    title: "Edit scheduled action",
    label: "Save scheduled action",
    note: SCHEDULE_NOTE,
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            DESIRED.item("DesiredCapacity"),
            MIN.item("MinSize"),
            MAX.item("MaxSize"),
            RECURRENCE.item("Recurrence"),
            START.item("StartTime"),
        ],
    }],
    steps: &[Step {
        service: "autoscaling",
        operation: "PutScheduledUpdateGroupAction",
        with: &[
            ("AutoScalingGroupName", Parent("AutoScalingGroupName")),
            ("ScheduledActionName", Item("ScheduledActionName")),
        ],
        only: None,
    }],
};
