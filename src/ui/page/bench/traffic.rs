//! The visitors: whom they visit, and how many come.
use leptos::prelude::*;

use crate::form::{Faults, TrafficDraft, field};
use crate::projection::console;
use crate::session::Session;
use crate::ui::component::{Button, ButtonKind, Card, Choice, Notices, SelectField, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::FormState;

/// The form that sends visitors.
#[component]
pub fn TrafficCard() -> impl IntoView {
    let lab = Lab::get();
    let targets = lab.view(targets);
    let choices = Signal::derive(move || targets.get());
    let first =
        targets.with_untracked(|targets| targets.first().map(|choice| choice.value.clone()).unwrap_or_default());
    let now = lab.look(|session, _| session.streams().values().last().map(|visitors| visitors.target.clone()));
    let coming = lab.look(|session, _| session.streams().keys().last().map(|id| session.traffic().rate(*id)));
    let rate = RwSignal::new(coming.map_or_else(|| "12".to_owned(), |rate| format!("{rate:.0}")));
    let target = RwSignal::new(now.unwrap_or(first));
    let state = FormState::default();
    let draft = move || TrafficDraft { target: target.get_untracked(), rate: rate.get_untracked() };
    let send = move |draft: Result<TrafficDraft, Faults>| {
        let sent = draft.and_then(|draft| {
            rate.set(draft.rate.clone());
            submit(lab, &draft)
        });
        state.show(sent.err());
    };
    let stop = move || send(Ok(TrafficDraft { rate: "0".to_owned(), ..draft() }));
    view! {
        <Card title="Visitors" note="Each request costs 50 ms of a virtual CPU on average.".to_owned()>
            <form
                class="traffic-form form-place"
                aria-label="Visitors"
                novalidate
                on:submit=move |event| { event.prevent_default(); send(Ok(draft())) }
            >
                <SelectField label=field::TARGET value=target choices=choices error=state.at(field::TARGET) placeholder="Choose a load balancer or a server" />
                <TextField label=field::RATE value=rate numeric=true error=state.at(field::RATE) />
                <div class="row-actions">
                    <button type="submit" class="button" data-kind="primary">"Send visitors"</button>
                    <Button label="Ten times as many" on_press=move || send(draft().times(10)) />
                    <Button label="Stop visitors" kind=ButtonKind::Quiet on_press=stop />
                </div>
            </form>
        </Card>
    }
}

/// Whom visitors can visit in a region: balancers, then servers with a public address.
fn targets(session: &Session, region: &str) -> Vec<Choice> {
    let balancers = console::balancers(session, region)
        .into_iter()
        .map(|row| Choice::new(row.dns_name.clone(), row.name).note(row.dns_name));
    let servers = console::instances(session, region).into_iter().filter(|row| !row.public_ip.is_empty());
    let servers = servers.map(|row| Choice::new(row.public_ip.clone(), row.id).note(row.public_ip));
    balancers.chain(servers).collect()
}

fn submit(lab: Lab, draft: &TrafficDraft) -> Result<(), Faults> {
    let request = draft.read()?;
    lab.submit(request).map_err(|refusal| Faults::of_refusal(&refusal, TrafficDraft::WORDS))?;
    let notices: Notices = expect_context();
    notices.good("Visitors set", format!("{} requests a second.", draft.rate.trim()));
    Ok(())
}
