//! The record of requests, as CloudTrail keeps it.
use super::{Column, Part, Read, Show, Table};

/// What was asked of the account, refusals too, the newest first.
pub static REQUESTS: Part = Part::Table(
    "Requests, as CloudTrail lists them",
    Table::of(
        Read::new("lab", "DescribeRequests", "Events[]"),
        "EventId",
        &[
            Column::new("Event time", "EventTime").show(Show::Time),
            Column::new("Event name", "EventName"),
            Column::new("AWS Region", "AwsRegion"),
            Column::new("Event source", "EventSource"),
            Column::new("Error code", "ErrorCode"),
            Column::wide("Error message", "ErrorMessage"),
        ],
    )
    .empty("Nothing was asked for yet."),
);
