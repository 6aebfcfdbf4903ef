//! CloudWatch alarms.
use super::sources::{METRICS, POLICIES};
use crate::console::ask::Arg::{Chosen, Item, Key};
use crate::console::{
    Action, Column, Field, Form, Group, Input, Kind, Part, Read, Section, Show, Source, Step, Tab, Table,
};

/// Alarms.
pub static KIND: Kind = Kind {
    table: Table::of(Read::new("cloudwatch", "DescribeAlarms", "MetricAlarms[]"), "AlarmName", COLUMNS)
        .actions(ACTIONS),
    summary: &[],
    create: Some(&CREATE),
    key: "AlarmName",
    tabs: TABS,
    lab: None,
};

const COLUMNS: &[Column] = &[
    Column::wide("Name", "AlarmName").show(Show::Link(Section::Metrics)),
    Column::state("State", "StateValue"),
    Column::new("Last state update", "StateUpdatedTimestamp").show(Show::Time),
    Column::wide("Conditions", "MetricName|ComparisonOperator|Threshold"),
    Column::wide("Reason", "StateReason"),
];

const ACTIONS: &[Action] = &[
    Action::form("Edit", &EDIT),
    Action::form("Set state", &SET_STATE),
    Action::call("Enable actions", "cloudwatch", "EnableAlarmActions", &[("AlarmNames[]", Key)]).when("ActionsEnabled", &["false"]),
    Action::call("Disable actions", "cloudwatch", "DisableAlarmActions", &[("AlarmNames[]", Key)]).when("ActionsEnabled", &["true"]),
    Action::call("Delete", "cloudwatch", "DeleteAlarms", &[("AlarmNames[]", Key)])
        .end("What it sets off does not happen any more: {AlarmActions[]}. A target tracking policy cannot work without its alarms."),
];

const HISTORY: Read =
    Read::new("cloudwatch", "DescribeAlarmHistory", "AlarmHistoryItems[]").with(&[("AlarmName", Item("AlarmName"))]);

const TABS: &[Tab] = &[
    Tab {
        label: "Details",
        parts: &[Part::Facts(
            "Alarm",
            &[
                Column::state("State", "StateValue"),
                Column::wide("Reason", "StateReason"),
                Column::new("Metric", "Namespace|MetricName"),
                Column::new("Dimensions", "Dimensions[].Name|Dimensions[].Value"),
                Column::new("Statistic", "Statistic|ExtendedStatistic"),
                Column::number("Period", "Period", " s"),
                Column::new("Threshold", "ComparisonOperator|Threshold"),
                Column::new("Datapoints to alarm", "DatapointsToAlarm|EvaluationPeriods"),
                Column::new("Missing data treatment", "TreatMissingData"),
                Column::new("Actions enabled", "ActionsEnabled").show(Show::Flag),
                Column::wide("Alarm actions", "AlarmActions[]"),
                Column::new("Last change", "StateTransitionedTimestamp").show(Show::Time),
            ],
        )],
    },
    Tab {
        label: "History",
        parts: &[Part::Table(
            "History",
            Table::of(
                HISTORY,
                "Timestamp|HistoryItemType|HistorySummary",
                &[
                    Column::new("Date", "Timestamp").show(Show::Time),
                    Column::new("Type", "HistoryItemType"),
                    Column::wide("Description", "HistorySummary"),
                ],
            )
            .empty("Nothing yet."),
        )],
    },
];

const COMPARISONS: Source = Source::fixed(&[
    ("GreaterThanThreshold", "Greater", "> threshold"),
    ("GreaterThanOrEqualToThreshold", "Greater or equal", ">= threshold"),
    ("LessThanOrEqualToThreshold", "Lower or equal", "<= threshold"),
    ("LessThanThreshold", "Lower", "< threshold"),
]);
const STATISTICS: Source = Source::fixed(&[
    ("Average", "Average", ""),
    ("Sum", "Sum", ""),
    ("Minimum", "Minimum", ""),
    ("Maximum", "Maximum", ""),
    ("SampleCount", "Sample count", ""),
]);
const MISSING: Source = Source::fixed(&[
    ("missing", "As missing", ""),
    ("notBreaching", "As good", ""),
    ("breaching", "As bad", ""),
    ("ignore", "Ignore", "the state stays"),
]);
const PERIODS: Source = Source::fixed(&[
    ("60", "1 minute", ""),
    ("300", "5 minutes", ""),
    ("900", "15 minutes", ""),
    ("3600", "1 hour", ""),
]);
const STATES: Source =
    Source::fixed(&[("ALARM", "In alarm", ""), ("OK", "OK", ""), ("INSUFFICIENT_DATA", "Insufficient data", "")]);

const NAME: Field = Field::text("Alarm name", "AlarmName").needed();
const METRIC: Field = Field::one("Metric", "", &METRICS)
    .hint("What was measured so far. Launch an instance, or send visitors to a balancer, to see more.")
    .words(&["Metric", "Namespace"]);
const STATISTIC: Field = Field::one("Statistic", "Statistic", &STATISTICS);
const PERIOD: Field = Field::one("Period", "", &PERIODS);
const COMPARISON: Field = Field::one("Whenever the metric is", "ComparisonOperator", &COMPARISONS);
const THRESHOLD: Field = Field::of("Threshold", "Threshold", Input::Decimal("")).needed();
const DATAPOINTS: Field = Field::whole("Datapoints to alarm", "DatapointsToAlarm", (1, 100), "").needed();
const OF: Field = Field::whole("Out of", "EvaluationPeriods", (1, 100), "periods").needed();
const TREAT: Field = Field::one("Missing data", "TreatMissingData", &MISSING);
const RUN: Field = Field::of("Auto Scaling action", "AlarmActions[0]", Input::OneOrNone(&POLICIES, "None"))
    .hint("A step or simple scaling policy that the alarm runs.");

const CREATE: Form = Form {
    title: "Alarm",
    label: "Create alarm",
    note: "",
    groups: &[
        Group { legend: "Metric", note: "", fields: &[METRIC, STATISTIC, PERIOD] },
        Group {
            legend: "Conditions",
            note: "",
            fields: &[COMPARISON, THRESHOLD.start("70"), DATAPOINTS.start("2"), OF.start("2"), TREAT],
        },
        Group { legend: "Actions and name", note: "", fields: &[RUN, NAME.start("my-alarm")] },
    ],
    steps: &[Step {
        service: "cloudwatch",
        operation: "PutMetricAlarm",
        with: &[
            ("Namespace", Chosen(&METRICS, "Metric", "Namespace")),
            ("MetricName", Chosen(&METRICS, "Metric", "MetricName")),
            ("Dimensions", Chosen(&METRICS, "Metric", "Dimensions")),
            ("Period", crate::console::Arg::Whole("Period")),
        ],
        only: None,
    }],
};

const EDIT: Form = Form {
    title: "Edit alarm",
    label: "Save alarm",
    note: "",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            STATISTIC.item("Statistic"),
            PERIOD.item("Period"),
            COMPARISON.item("ComparisonOperator"),
            THRESHOLD.item("Threshold"),
            DATAPOINTS
                .item("DatapointsToAlarm|EvaluationPeriods")
                .begin(crate::console::Start::Item("DatapointsToAlarm")),
            OF.item("EvaluationPeriods"),
            TREAT.item("TreatMissingData"),
            RUN.item("AlarmActions[0]"),
        ],
    }],
    steps: &[Step {
        service: "cloudwatch",
        operation: "PutMetricAlarm",
        with: &[
            ("AlarmName", Item("AlarmName")),
            ("Namespace", Item("Namespace")),
            ("MetricName", Item("MetricName")),
            ("Dimensions", Item("Dimensions")),
            ("Period", crate::console::Arg::Whole("Period")),
        ],
        only: None,
    }],
};

const SET_STATE: Form = Form {
    title: "Set state",
    label: "Set state",
    note: "For a test: the next evaluation sets it back.",
    groups: &[Group {
        legend: "",
        note: "",
        fields: &[
            Field::one("New state", "StateValue", &STATES),
            Field::text("State reason", "StateReason").start("Testing").needed(),
        ],
    }],
    steps: &[Step {
        service: "cloudwatch",
        operation: "SetAlarmState",
        with: &[("AlarmName", Item("AlarmName"))],
        only: None,
    }],
};
