//! The bill, line by line.
use crate::console::{Column, Kind, Read, Table};

/// The bill.
pub static KIND: Kind = Kind {
    table: Table::of(
        Read::new("lab", "DescribeBill", "Lines[]"),
        "Region|Service|UsageType|Reason",
        &[
            Column::wide("Usage type", "UsageType"),
            Column::new("Service", "Service"),
            Column::new("Region", "Region"),
            Column::wide("Because", "Reason"),
            Column::new("Quantity", "Quantity|Unit").show(crate::console::Show::Number),
            Column::number("Rate", "Rate", " USD"),
            Column::number("Amount", "Amount", " USD"),
            Column::number("Amount per hour now", "AmountPerHour", " USD"),
        ],
    ),
    summary: &[
        Column::number("Total", "TotalAmount", " USD"),
        Column::number("Rate now", "AmountPerHour", " USD per hour"),
        Column::new("Since", "Since").show(crate::console::Show::Time),
        Column::new("Until", "Until").show(crate::console::Show::Time),
        Column::new("Not counted", "Note"),
    ],
    create: None,
    key: "UsageType",
    tabs: &[],
    lab: None,
};
