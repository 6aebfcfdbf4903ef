//! How the lab differs from AWS: every simplification that the sources name.
use leptos::prelude::*;

use crate::ui::component::{Card, PageHeader};

/// One line each: where it is made, a tab, what it is. Written by `tests/it/simplified.rs`.
const LIST: &str = include_str!("simplified.txt");

/// The list, by the parts of the model.
#[component]
pub fn SimplifiedPage() -> impl IntoView {
    let parts: Vec<(&str, &str)> = LIST.lines().filter_map(|line| line.split_once('\t')).collect();
    let cards = parts.chunk_by(|one, other| part_of(one.0) == part_of(other.0)).map(card).collect_view();
    view! {
        <PageHeader
            title="Simplifications".to_owned()
            note="Where the lab is simpler than AWS. All else follows AWS's own documentation as closely as we know.".to_owned()
        />
        {cards}
    }
}

fn part_of(place: &str) -> &str {
    place.split_once('/').map_or(place, |(part, _)| part)
}

fn card(of_part: &[(&str, &str)]) -> AnyView {
    let part = of_part.first().map_or("", |(place, _)| part_of(place));
    let title = match part {
        "autoscaling" => "Auto Scaling",
        "cloudwatch" => "CloudWatch",
        "ec2" => "EC2",
        "elb" => "Elastic Load Balancing",
        "traffic" => "Visitors and servers",
        "session" => "The lab itself",
        "cloud" => "Regions, events, metrics",
        other => other,
    };
    let items = of_part.iter().map(|(_, text)| view! { <li>{text.to_string()}</li> }).collect_view();
    view! { <Card title=title><ul class="simplified">{items}</ul></Card> }.into_any()
}
