//! The invoice: the lines so far, their sum, and what an hour costs now.
use std::collections::BTreeMap;

use super::{Billing, LineKey, Tariff, line_key};
use crate::sim::SimTime;

/// What the account owes so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invoice {
    /// The lines, by region, usage type and reason.
    pub lines: Vec<InvoiceLine>,
    /// Their sum in billionths of a dollar.
    pub total: u128,
    /// What an hour costs now, in billionths of a dollar.
    pub per_hour: u128,
}

/// What was used of one thing for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct InvoiceLine {
    /// The region, or `global`.
    pub region: &'static str,
    /// The service, the usage type, the reason, the unit, the rate.
    pub tariff: Tariff,
    /// Counted things, or seconds of them; [`Tariff::per_unit`] of them are a unit.
    pub counted: u128,
    /// The amount in billionths of a dollar.
    pub amount: u128,
    /// What an hour of it costs now, in billionths of a dollar.
    pub per_hour: u128,
}

/// The sums of an invoice alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// What the account owes so far, in billionths of a dollar.
    pub total: u128,
    /// What an hour costs now, in billionths of a dollar.
    pub per_hour: u128,
}

impl Billing {
    /// What the account owes at `now`. It adds up thing by thing and not line by line, so that it costs little to ask often: of each thing it leaves
    /// out what is less than a billionth of a dollar.
    pub fn cost(&self, now: SimTime) -> Cost {
        let closed: u128 = self.lines.values().map(|line| line.tariff.amount(line.counted)).sum();
        let open: u128 = self.open.values().map(|open| open.tariff.amount(open.counted(now))).sum();
        let counted: u128 = self.last_minute.values().map(|minute| minute * 60).sum();
        let timed: u128 = self.open.values().map(|open| open.per_hour()).sum();
        Cost { total: closed + open, per_hour: counted + timed }
    }

    /// The invoice at `now`.
    pub fn invoice(&self, now: SimTime) -> Invoice {
        let mut lines: BTreeMap<LineKey, InvoiceLine> = BTreeMap::new();
        let mut add = |region: &'static str, tariff: &Tariff, counted: u128, per_hour: u128| {
            let new = || InvoiceLine { region, tariff: tariff.clone(), counted: 0, amount: 0, per_hour: 0 };
            let line = lines.entry(line_key(region, tariff)).or_insert_with(new);
            line.counted += counted;
            line.per_hour += per_hour;
        };
        for (key, line) in &self.lines {
            let per_hour = self.last_minute.get(key).map_or(0, |minute| minute * 60);
            add(key.0, &line.tariff, line.counted, per_hour);
        }
        for (key, open) in &self.open {
            add(key.0, &open.tariff, open.counted(now), open.per_hour());
        }
        let mut lines: Vec<InvoiceLine> = lines.into_values().collect();
        lines.iter_mut().for_each(|line| line.amount = line.tariff.amount(line.counted));
        Invoice {
            total: lines.iter().map(|line| line.amount).sum(),
            per_hour: lines.iter().map(|line| line.per_hour).sum(),
            lines,
        }
    }
}

impl Invoice {
    /// The sum and the cost per hour of each region, in billionths of a dollar.
    pub fn by_region(&self) -> BTreeMap<&'static str, (u128, u128)> {
        let mut regions = BTreeMap::new();
        for line in &self.lines {
            let (total, per_hour) = regions.entry(line.region).or_insert((0, 0));
            *total += line.amount;
            *per_hour += line.per_hour;
        }
        regions
    }
}

impl InvoiceLine {
    /// The quantity in its unit, with nine digits behind the point at most.
    pub fn quantity(&self) -> String {
        decimal(self.counted * 1_000_000_000 / self.tariff.per_unit)
    }
}

/// Billionths as a decimal number, such as `0.0104`.
pub fn decimal(nanos: u128) -> String {
    let text = format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn billionths_are_written_without_what_is_nothing() {
        let shown = [0, 1, 10_400_000, 1_000_000_000, 12_500_000_000].map(decimal);
        assert_eq!(shown, ["0", "0.000000001", "0.0104", "1", "12.5"]);
    }
}
