//! Makes an Application Load Balancer.
use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::form::{Faults, LoadBalancerDraft, field};
use crate::ui::component::{CheckGroup, Choice, SelectField, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::{
    Form, FormState, NEW_GROUP, chosen_security_group, first_of, security_group_choices, target_group_choices, text,
    zone_choices,
};
use crate::ui::route::{Route, Section};

/// The first two zones, ticked.
pub fn two_zones(zones: Signal<Vec<Choice>>) -> RwSignal<BTreeSet<String>> {
    RwSignal::new(zones.with_untracked(|zones| zones.iter().take(2).map(|zone| zone.value.clone()).collect()))
}

/// The form that makes a balancer with a listener on port 80.
#[component]
pub fn CreateLoadBalancer() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let (zones, groups, targets) = (zone_choices(), security_group_choices(), target_group_choices());
    let (name, subnets, group, target) = (text("web-lb"), two_zones(zones), text(NEW_GROUP), first_of(targets));
    let submit = Callback::new(move |()| {
        let refused = |refusal| Faults::of_refusal(&refusal, LoadBalancerDraft::WORDS);
        let draft = LoadBalancerDraft {
            name: name.get_untracked(),
            subnets: subnets.get_untracked(),
            target_group: target.get_untracked(),
        };
        let (mut balancer, mut listener) = draft.read()?;
        balancer.security_groups = vec![chosen_security_group(lab, group).map_err(refused)?];
        let made = lab.submit(balancer).map_err(refused)?.load_balancers;
        listener.load_balancer_arn = made.into_iter().next().unwrap_or_default().load_balancer_arn;
        lab.submit(listener).map(|_| ()).map_err(refused)
    });
    view! {
        <Form title="Application Load Balancer" label="Create load balancer" back=Route::List(Section::LoadBalancers) state=state submit=submit>
            <TextField label=field::BALANCER_NAME value=name error=state.at(field::BALANCER_NAME) />
            <CheckGroup legend=field::ZONES value=subnets choices=zones error=state.at(field::ZONES) hint="At least two.".to_owned() />
            <SelectField label=field::SECURITY_GROUP value=group choices=groups error=state.at(field::SECURITY_GROUP) />
            <SelectField label=field::TARGET_GROUP value=target choices=targets error=state.at(field::TARGET_GROUP) hint="The listener on port 80 forwards to it.".to_owned() placeholder="Choose a target group" />
        </Form>
    }
}
