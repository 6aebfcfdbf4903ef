//! Breaking things: a small form, and what is broken.
use leptos::prelude::*;

use crate::api::lab::ClearFaultRequest;
use crate::form::{BREAKAGES, BreakageDraft, Faults, Thing, breakage, field};
use crate::projection::faults::{Breakable, Breakables, FaultRow, breakables, faults};
use crate::session::fault::Stage;
use crate::ui::component::{
    Button, ButtonKind, Card, Cell, Choice, Column, DataTable, Notices, Row, SelectField, State, TextField,
};
use crate::ui::lab::Lab;
use crate::ui::page::form::{FormState, FormSummary};

/// The form and the list. Both stay folded until they are wanted.
#[component]
pub fn FaultsCard() -> impl IntoView {
    let rows = Lab::get().view_late(|timeline, _| faults(timeline.session()));
    let note =
        Signal::derive(move || match rows.with(|rows| rows.iter().filter(|row| row.stage == Stage::Active).count()) {
            0 => "Nothing is broken.".to_owned(),
            1 => "One thing is broken.".to_owned(),
            many => format!("{many} things are broken."),
        });
    let table = Signal::derive(move || rows.with(|rows| rows.iter().map(row).collect()));
    let columns = vec![Column::new("Fault"), Column::new("State"), Column::new("Meets"), Column::new("When").wide()];
    view! {
        <Card title="Faults" note=note>
            <details class="fault-form">
                <summary>"Break something"</summary>
                <BreakForm />
            </details>
            <DataTable caption="Faults so far" rows=table columns=columns actions=Callback::new(clear_button) empty=ViewFn::from(|| ()) />
        </Card>
    }
}

fn row(row: &FaultRow) -> Row {
    let state = match row.stage {
        Stage::Planned => State::Busy,
        Stage::Active => State::Bad,
        Stage::Over => State::Gone,
    };
    let label = breakage(row.name).map_or(row.name, |breakage| breakage.label);
    let state = Cell::State(state, row.stage.name().to_owned());
    Row::new(row.id.clone(), [Cell::text(label), state, Cell::text(row.thing.clone()), Cell::text(row.period.clone())])
}

fn clear_button(id: String) -> AnyView {
    let lab = Lab::get();
    let request = ClearFaultRequest { fault_id: id.clone() };
    let is_over =
        lab.view(move |session, _| faults(session).iter().any(|row| row.id == id && row.stage == Stage::Over));
    let clear = move || lab.act("Cleared", request.clone());
    view! { <Button label="Clear" kind=ButtonKind::Quiet disabled=is_over on_press=clear /> }.into_any()
}

#[component]
fn BreakForm() -> impl IntoView {
    let lab = Lab::get();
    let things = lab.view_late(|timeline, region| breakables(timeline.session(), region));
    let kinds: Vec<Choice> = BREAKAGES.iter().map(|kind| Choice::new(kind.name, kind.label)).collect();
    let empty = || RwSignal::new(String::new());
    let (name, thing) = (RwSignal::new(BREAKAGES[0].name.to_owned()), empty());
    let (amount, start, duration) = (empty(), empty(), empty());
    let state = FormState::default();
    let choices = Signal::derive(move || {
        let meets = name.with(|name| breakage(name).map_or(&[][..], |kind| kind.meets));
        things.with(|things| meets.iter().flat_map(|thing| choices(*thing, things)).collect::<Vec<_>>())
    });
    let counted = Memo::new(move |_| name.with(|name| breakage(name).and_then(|kind| kind.amount)));
    Effect::new(move |_| amount.set(counted.get().map(|amount| amount.first.to_string()).unwrap_or_default()));
    let amount_field = move || {
        counted.get().map(|counted| {
            view! { <TextField label=counted.label value=amount numeric=true error=state.at(counted.label) /> }
        })
    };
    let submit = move || {
        let draft = BreakageDraft {
            name: name.get_untracked(),
            thing: thing.get_untracked(),
            amount: amount.get_untracked(),
            start: start.get_untracked(),
            duration: duration.get_untracked(),
        };
        state.show(inject(lab, &draft).err());
    };
    let hint = |text: &str| Signal::stored(text.to_owned());
    view! {
        <form class="form form-place" aria-label="Break something" novalidate on:submit=move |event| { event.prevent_default(); submit() }>
            <div class="field-row">
                <SelectField label=field::BREAKAGE value=name choices=Signal::stored(kinds) error=state.at(field::BREAKAGE) />
                <SelectField label=field::BROKEN_THING value=thing choices=choices error=state.at(field::BROKEN_THING) placeholder="Choose" />
            </div>
            <div class="field-row">
                {amount_field}
                <TextField label=field::START_IN value=start numeric=true hint=hint("Nothing for now.") error=state.at(field::START_IN) />
                <TextField label=field::DURATION value=duration numeric=true hint=hint("Nothing for until you clear it.") error=state.at(field::DURATION) />
            </div>
            <FormSummary state=state />
            <button type="submit" class="button" data-kind="danger">"Break"</button>
        </form>
    }
}

fn choices(thing: Thing, things: &Breakables) -> Vec<Choice> {
    let found = match thing {
        Thing::Instance => &things.instances,
        Thing::Group => &things.groups,
        Thing::Zone => &things.zones,
        Thing::SecurityGroup => &things.security_groups,
    };
    let choice =
        |one: &Breakable| Choice::new(format!("{}:{}", thing.word(), one.id), one.id.clone()).note(one.note.clone());
    found.iter().map(choice).collect()
}

fn inject(lab: Lab, draft: &BreakageDraft) -> Result<(), Faults> {
    let request = draft.read()?;
    let made = lab.submit(request).map_err(|refusal| Faults::of_refusal(&refusal, BreakageDraft::WORDS))?;
    let notices: Notices = expect_context();
    notices.good(format!("{} {}", made.fault.fault, made.fault.state), "");
    Ok(())
}
