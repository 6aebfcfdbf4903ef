//! A load balancer: its name for visitors, its zones, its target groups.
use leptos::prelude::*;

use super::page_of;
use crate::api::elbv2::DeleteLoadBalancerInput;
use crate::projection::console::{self, BalancerRow};
use crate::ui::component::{Badge, Button, ButtonKind, Card, Fact, Facts, Question, Questions, State};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::LoadBalancers, id), console::balancers, |row| &row.name, cards)
}

fn cards(row: Signal<BalancerRow>) -> AnyView {
    let delete =
        move || view! { <Button label="Delete" kind=ButtonKind::Danger on_press=move || ask_to_delete(row) /> };
    view! { <Card title="Load balancer details" actions=delete><Facts facts=facts(row) /></Card> }.into_any()
}

fn facts(row: Signal<BalancerRow>) -> Vec<Fact> {
    let state = move || {
        let kind =
            Signal::derive(move || if row.with(|row| row.state == "active") { State::Good } else { State::Busy });
        view! { <Badge state=kind text=Signal::derive(move || row.with(|row| row.state.to_owned())) /> }
    };
    let link = |name: String| {
        let to = Route::Detail(Section::TargetGroups, name.clone()).to_string();
        view! { <a href=to>{name}</a>" " }
    };
    vec![
        Fact::new("State", state),
        Fact::new("DNS name", move || row.with(|row| row.dns_name.clone())),
        Fact::new("Availability Zones", move || row.with(|row| row.zones.join(", "))),
        Fact::new("Listener", || "HTTP, port 80"),
        Fact::new("Forwards to", move || row.with(|row| row.target_groups.iter().cloned().map(link).collect_view())),
        Fact::new("ARN", move || row.with(|row| row.arn.clone())),
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
