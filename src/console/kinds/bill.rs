//! The bill, line by line.
use crate::console::{Column, Kind, Read, Show, Table};

/// The bill. Amounts have two decimals and quantities three, as on bills of AWS (a guess); rates are those of the price list. What an hour costs now
/// is the lab's own: with four decimals even the smallest instance can be told from none.
pub static KIND: Kind = Kind {
    table: Table::of(
        Read::new("lab", "DescribeBill", "Lines[]"),
        "Region|Service|UsageType|Reason",
        &[
            Column::wide("Usage type", "UsageType"),
            Column::new("Service", "Service"),
            Column::new("Region", "Region"),
            Column::wide("Because", "Reason"),
            Column::new("Quantity", "Quantity|Unit").show(Show::Decimals(3)),
            Column::number("Rate", "Rate", " USD"),
            Column::dollars("Amount", "Amount", 2),
            Column::dollars("Amount per hour now", "AmountPerHour", 4),
        ],
    ),
    summary: &[
        Column::dollars("Total", "TotalAmount", 2),
        Column::dollars("Per hour now", "AmountPerHour", 4),
        Column::new("Since", "Since").show(Show::Time),
        Column::new("Until", "Until").show(Show::Time),
        Column::new("Not counted", "Note"),
    ],
    create: None,
    key: "UsageType",
    tabs: &[],
    lab: None,
};
