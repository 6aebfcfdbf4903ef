//! Two branches side by side, as a table and as lines for the charts.
use super::console::clock;
use crate::cloud::billing::invoice::decimal;
use crate::session::timeline::{Comparison, Tally};

/// Both courses of events as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonTable {
    /// From when until when.
    pub period: String,
    /// The names of the branches.
    pub names: [String; 2],
    /// What is compared.
    pub rows: Vec<ComparedRow>,
}

/// One figure of both.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    /// What it is.
    pub name: &'static str,
    /// What it is in each.
    pub values: [String; 2],
    /// The second less the first, with its sign; a dash where one is not known.
    pub difference: String,
}

/// A figure of both, and how it is written.
struct Figure {
    name: &'static str,
    values: [Option<f64>; 2],
    write: fn(f64) -> String,
}

/// The table of a comparison.
pub fn comparison_table(comparison: &Comparison, names: [String; 2]) -> ComparisonTable {
    let of = |value: fn(&Tally) -> Option<f64>| [value(&comparison.sides[0]), value(&comparison.sides[1])];
    let dollars = comparison.nano_dollars.map(|nanos| Some(nanos as f64 / 1e9));
    let figures = [
        Figure { name: "Requests", values: of(|side| Some(side.sent as f64)), write: whole },
        Figure { name: "Errors", values: of(|side| Some(side.errors() as f64)), write: whole },
        Figure { name: "Response time p50", values: of(|side| side.latency.quantile_secs(0.5)), write: millis },
        Figure { name: "Response time p95", values: of(|side| side.latency.quantile_secs(0.95)), write: millis },
        Figure { name: "Response time p99", values: of(|side| side.latency.quantile_secs(0.99)), write: millis },
        Figure { name: "Instance-hours", values: of(|side| Some(side.instance_hours())), write: hours },
        Figure { name: "Cost", values: dollars, write: cost },
    ];
    ComparisonTable {
        period: format!("{} to {}", clock(comparison.from), clock(comparison.until)),
        names,
        rows: figures.into_iter().map(Figure::row).collect(),
    }
}

impl Figure {
    fn row(self) -> ComparedRow {
        let text = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), self.write);
        let difference = match self.values {
            [Some(first), Some(second)] => signed(second - first, self.write),
            [..] => "–".to_owned(),
        };
        ComparedRow { name: self.name, values: self.values.map(text), difference }
    }
}

fn signed(difference: f64, write: fn(f64) -> String) -> String {
    let size = write(difference.abs());
    if size == write(0.0) {
        return "none".to_owned();
    }
    format!("{}{size}", if difference > 0.0 { "+" } else { "−" })
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

fn millis(seconds: f64) -> String {
    format!("{:.0} ms", seconds * 1_000.0)
}

fn hours(value: f64) -> String {
    format!("{value:.2} h")
}

fn cost(dollars: f64) -> String {
    // To a hundredth of a cent: branches part for minutes.
    format!("${}", decimal((dollars * 1e4) as u128 * 100_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::SimTime;

    #[test]
    fn both_sides_and_their_difference_are_written_with_units() {
        let tally = |sent, failed, hours: u64| {
            let mut tally = Tally { sent, instance_micros: hours * 3_600_000_000, ..Tally::default() };
            tally.outcomes[1] = failed;
            tally
        };
        let comparison = Comparison {
            from: SimTime::from_secs(36_000),
            until: SimTime::from_secs(39_600),
            sides: [tally(1_000, 12, 1), tally(1_000, 0, 3)],
            nano_dollars: [10_400_000, 31_200_000],
        };
        let table = comparison_table(&comparison, ["main".into(), "branch 1".into()]);
        let lines: Vec<String> = table
            .rows
            .iter()
            .map(|row| format!("{}: {} | {} | {}", row.name, row.values[0], row.values[1], row.difference))
            .collect();
        assert_eq!(table.period, "Day 1 · 10:00:00 to Day 1 · 11:00:00");
        assert_eq!(
            lines,
            [
                "Requests: 1000 | 1000 | none",
                "Errors: 12 | 0 | −12",
                "Response time p50: – | – | –",
                "Response time p95: – | – | –",
                "Response time p99: – | – | –",
                "Instance-hours: 1.00 h | 3.00 h | +2.00 h",
                "Cost: $0.0104 | $0.0312 | +$0.0208",
            ]
        );
    }
}
