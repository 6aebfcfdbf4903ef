//! Columns of lists and facts of one thing: a heading, where the value stands, and how it is shown.
use serde_json::Value;

use super::meaning::{Meaning, meaning};
use super::{Section, path};

/// How a value is shown.
#[derive(Clone, Copy, Debug)]
pub enum Show {
    /// As it is.
    Text,
    /// As a number, digits under digits.
    Number,
    /// As a number with so many decimals: `0.02`.
    Decimals(usize),
    /// As a state.
    State,
    /// As a moment by the lab's clock.
    Time,
    /// As a share in per cent.
    Share,
    /// As a link to the thing of this section with this key.
    Link(Section),
    /// A link to the thing of a section whose key stands at this path.
    LinkBy(Section, &'static str),
    /// As a link to the thing that an ARN names: `.../app/web-lb/50dc` or `.../targetgroup/web/6d0e` by its name.
    Arn(Section),
    /// As a name or an address that a visitor can open.
    Visit,
    /// `Yes` or `No`.
    Flag,
    /// A text in base64, as user data travels.
    Base64,
}

/// A column, or a fact.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// Where its value stands.
    pub path: &'static str,
    /// How it is shown.
    pub show: Show,
    /// What stands after a number: ` GiB`.
    pub unit: &'static str,
    /// Whether its values may take several lines.
    pub is_wide: bool,
}

/// A value to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A state.
    State(Meaning, String),
    /// A text that leads to the thing of a section with this key.
    Link(Section, String, String),
    /// A name or an address to open as a visitor.
    Visit(String),
    /// A share in whole per cent; none while it is not known.
    Share(Option<u32>),
}

impl Cell {
    /// What can be searched and sorted by.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) | Cell::State(_, text) | Cell::Link(_, _, text) | Cell::Visit(text) => text.clone(),
            Cell::Share(share) => share.map_or_else(String::new, |share| share.to_string()),
        }
    }
}

impl Column {
    /// A column of short texts.
    pub const fn new(heading: &'static str, path: &'static str) -> Self {
        Column { heading, path, show: Show::Text, unit: "", is_wide: false }
    }

    /// A column that shows its values so.
    pub const fn show(self, show: Show) -> Self {
        Column { show, ..self }
    }

    /// A column of states.
    pub const fn state(heading: &'static str, path: &'static str) -> Self {
        Column::new(heading, path).show(Show::State)
    }

    /// A column of numbers.
    pub const fn number(heading: &'static str, path: &'static str, unit: &'static str) -> Self {
        Column { unit, ..Column::new(heading, path).show(Show::Number) }
    }

    /// A column of dollars with so many decimals.
    pub const fn dollars(heading: &'static str, path: &'static str, decimals: usize) -> Self {
        Column { unit: " USD", ..Column::new(heading, path).show(Show::Decimals(decimals)) }
    }

    /// A column of sentences and lists.
    pub const fn wide(heading: &'static str, path: &'static str) -> Self {
        Column { is_wide: true, ..Column::new(heading, path) }
    }

    /// The value of a thing.
    pub fn cell(&self, item: &Value) -> Cell {
        let text = path::text(item, self.path);
        if text.is_empty() && !matches!(self.show, Show::Share) {
            return Cell::Text(text);
        }
        match self.show {
            Show::Text => Cell::Text(text),
            Show::Number => Cell::Text(format!("{text}{}", self.unit)),
            Show::Decimals(decimals) => Cell::Text(format!("{}{}", rounded(&text, decimals), self.unit)),
            Show::State => Cell::State(meaning(&text), text),
            Show::Time => Cell::Text(moment(&text)),
            Show::Share => Cell::Share(path::first(item, self.path).and_then(Value::as_u64).map(|share| share as u32)),
            Show::Link(section) => Cell::Link(section, text.clone(), text),
            Show::LinkBy(section, key) => Cell::Link(section, path::text(item, key), text),
            Show::Arn(section) => {
                let name = name_in_arn(&text);
                Cell::Link(section, name.clone(), name)
            }
            Show::Visit => Cell::Visit(text),
            Show::Flag => Cell::Text(if text == "true" { "Yes" } else { "No" }.to_owned()),
            Show::Base64 => Cell::Text(crate::cloud::ec2::base64::decode(&text).unwrap_or(text)),
        }
    }
}

/// The number at the beginning of a text, rounded: `0.016666666 Hrs` as `0.017 Hrs`.
fn rounded(text: &str, decimals: usize) -> String {
    let (number, rest) = text.find(' ').map_or((text, ""), |end| text.split_at(end));
    number.parse::<f64>().map_or_else(|_| text.to_owned(), |number| format!("{number:.decimals$}{rest}"))
}

/// `2026-01-05T08:15:00Z` as `Day 1 · 08:15:00`: the learner's clock begins with the account.
fn moment(text: &str) -> String {
    match crate::sim::SimTime::parse_iso8601(text) {
        Some(moment) => crate::projection::console::clock(moment),
        None => text.to_owned(),
    }
}

/// The name in the ARN of a balancer or a target group; other ARNs end with their name.
fn name_in_arn(arn: &str) -> String {
    let parts: Vec<&str> = arn.split('/').collect();
    match parts.as_slice() {
        [.., "app", name, _] => (*name).to_owned(),
        [.., name, _] if arn.contains(":targetgroup/") => (*name).to_owned(),
        [.., name] => (*name).to_owned(),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_rounded_and_their_units_stay() {
        let shown = |text: &str, decimals| rounded(text, decimals);
        assert_eq!(shown("0.016666666 Hrs", 3), "0.017 Hrs");
        assert_eq!(shown("0.0049", 2), "0.00");
        assert_eq!(shown("0.005", 2), "0.01");
        assert_eq!(shown("12", 2), "12.00");
        assert_eq!(shown("none", 2), "none");
    }

    #[test]
    fn a_balancers_arn_is_shown_by_its_name_and_a_moment_by_the_labs_clock() {
        let item = json!({
            "Arn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/61d728fcfe3d1512",
            "At": "2026-01-05T08:15:00Z", "State": "running",
        });
        let arn = Column::new("Target group", "Arn").show(Show::Arn(Section::TargetGroups)).cell(&item);
        assert_eq!(arn, Cell::Link(Section::TargetGroups, "web".into(), "web".into()));
        assert_eq!(Column::new("At", "At").show(Show::Time).cell(&item).text(), "Day 1 · 08:15:00");
        assert_eq!(Column::state("State", "State").cell(&item), Cell::State(Meaning::Good, "running".into()));
    }
}
