//! A load balancer: its name for visitors, its zones, its target groups.
use leptos::prelude::*;

use super::page_of;
use crate::api::elbv2::DeleteLoadBalancerInput;
use crate::projection::console::{self, BalancerRow};
use crate::ui::component::{Button, ButtonKind, Card, Cell, Fact, Facts, Question, Questions, State};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::LoadBalancers, id), console::balancers, |row| &row.name, cards)
}

fn cards(row: Signal<BalancerRow>) -> AnyView {
    let delete =
        move || view! { <Button label="Delete" kind=ButtonKind::Danger on_press=move || ask_to_delete(row) /> };
    view! { <Card title="Load balancer details" actions=delete><Facts facts=Signal::derive(move || row.with(facts)) /></Card> }.into_any()
}

fn facts(row: &BalancerRow) -> Vec<Fact> {
    let state = if row.state == "active" { State::Good } else { State::Busy };
    // The lab's balancers have one listener, which forwards to one group.
    let forward = row
        .target_groups
        .first()
        .map_or(Cell::fact(""), |name| Cell::Link(Route::Detail(Section::TargetGroups, name.clone()), name.clone()));
    vec![
        ("State", Cell::State(state, row.state.to_owned())),
        ("DNS name", Cell::fact(&row.dns_name)),
        ("Availability Zones", Cell::fact(row.zones.join(", "))),
        ("Listener", Cell::fact("HTTP, port 80")),
        ("Forwards to", forward),
        ("ARN", Cell::fact(&row.arn)),
    ]
}

fn ask_to_delete(row: Signal<BalancerRow>) {
    let lab = Lab::get();
    let BalancerRow { name, arn, .. } = row.get_untracked();
    let request = DeleteLoadBalancerInput { load_balancer_arn: arn };
    Questions::get().ask(Question {
        title: format!("Delete {name}?"),
        text: "Its DNS name leads nowhere then; a new balancer gets another name.".to_owned(),
        yes: "Delete",
        on_yes: Callback::new(move |()| lab.act("Deleted", request.clone())),
    });
}
