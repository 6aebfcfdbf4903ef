//! A form, drawn from its data: fields by group, the command it is about to run, what is wrong at which field.
use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;

use super::act::Subject;
use crate::console::submit::Answers;
use crate::console::{Choice, Context, Draft, Field, Form, Group, Input};
use crate::ui::component::{
    AreaField, Button, ButtonLink, CheckField, CheckGroup, CommandLine, FieldFrame, SelectField, SizeAxis, TextField,
};
use crate::ui::lab::Lab;
use crate::ui::page::form::{FormState, FormSummary};
use crate::ui::route::Route;

/// Where a form stands.
#[derive(Clone)]
pub enum Place {
    /// On a page of its own; where Cancel leads.
    Page(Route),
    /// In a dialog, open while this is true.
    Dialog(RwSignal<bool>),
    /// Among the parts of a thing's page.
    Part,
}

/// What is typed, field by field.
#[derive(Clone, Copy)]
struct Typed(StoredValue<BTreeMap<&'static str, RwSignal<String>>>);

impl Typed {
    fn new(draft: Draft) -> Self {
        Typed(StoredValue::new(draft.0.into_iter().map(|(label, text)| (label, RwSignal::new(text))).collect()))
    }

    fn of(self, label: &str) -> RwSignal<String> {
        self.0.with_value(|typed| typed.get(label).copied()).unwrap_or_default()
    }

    /// All of it; follows what is typed.
    fn draft(self) -> Draft {
        self.0.with_value(|typed| Draft(typed.iter().map(|(label, text)| (*label, text.get())).collect()))
    }
}

/// A form.
#[component]
pub fn FormView(
    /// Its data.
    form: &'static Form,
    /// What it is about.
    subject: Subject,
    /// Where it stands.
    place: Place,
    /// Called with the answers when all went well.
    done: Callback<Answers>,
) -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let typed = Typed::new(lab.ask(|asker| form.draft(asker, &subject.item, &subject.parent)));
    let (about, answers) = (StoredValue::new(subject), StoredValue::new(Answers::new()));
    let is_done = StoredValue::new(false);
    let is_part = matches!(place, Place::Part);
    let press = move || {
        // A key that is held down presses again and again.
        if is_done.get_value() {
            return;
        }
        let draft = untrack(|| typed.draft());
        let tried = about.with_value(|Subject { item, parent, key }| {
            let context = Context { item, parent, key, draft: &draft, answers: &[] };
            answers.try_update_value(|answers| lab.ask(|asker| form.submit(asker, context, answers))).unwrap_or(Ok(()))
        });
        is_done.set_value(tried.is_ok() && !is_part);
        if tried.is_ok() {
            done.run(answers.get_value());
            answers.set_value(Answers::new());
        }
        state.show(tried.err());
    };
    let commands = lab.read(Signal::stored(Value::Null), move |asker, _| {
        let draft = typed.draft();
        about.with_value(|Subject { item, parent, key }| {
            form.commands(asker, Context { item, parent, key, draft: &draft, answers: &[] })
        })
    });
    let command = move || {
        view! {
            <div class="form-command" hidden=move || commands.with(String::is_empty)>
                <p class="field-hint">"The same with the AWS command line:"</p>
                <CommandLine command=commands />
            </div>
        }
    };
    let cancel = match place {
        Place::Page(back) => view! { <ButtonLink label="Cancel" to=back /> }.into_any(),
        Place::Dialog(open) => view! { <Button label="Cancel" on_press=move || open.set(false) /> }.into_any(),
        Place::Part => ().into_any(),
    };
    let groups = form.groups.iter().map(|group| group_view(group, typed, state, about)).collect_view();
    let kind = if is_part { "plain" } else { "primary" };
    view! {
        <form class="form form-place" aria-label=form.title novalidate on:submit=move |event| { event.prevent_default(); press() }>
            <p class="field-hint">{form.note}</p>
            {groups}
            {command()}
            <FormSummary state=state />
            <div class="row-actions">
                <button type="submit" class="button" data-kind=kind>{form.label}</button>
                {cancel}
            </div>
        </form>
    }
}

fn group_view(group: &'static Group, typed: Typed, state: FormState, about: StoredValue<Subject>) -> AnyView {
    let axis = group.fields.iter().position(|field| matches!(field.input, Input::Sizes));
    let axis = axis.and_then(|at| group.fields.get(at..at + 3)).map(|fields| {
        let values = [0, 1, 2].map(|index: usize| typed.of(fields[index].label));
        view! { <SizeAxis values=values /> }
    });
    let fields = group.fields.iter().map(|field| field_place(field, typed, state, about)).collect_view();
    let row = group.fields.len() > 1
        && group
            .fields
            .iter()
            .all(|field| matches!(field.input, Input::Whole(..) | Input::Sizes | Input::WholeText(..)));
    let fields = view! { {axis}<div class=if row { "field-row" } else { "field-column" }>{fields}</div> };
    if group.legend.is_empty() {
        return fields.into_any();
    }
    view! { <FieldFrame legend=group.legend hint=group.note.to_owned()>{fields}</FieldFrame> }.into_any()
}

/// A field, there only while its condition is met.
fn field_place(field: &'static Field, typed: Typed, state: FormState, about: StoredValue<Subject>) -> AnyView {
    if field.only.is_none() {
        return field_view(field, typed, state, about);
    }
    let is_there = Memo::new(move |_| typed.draft().meets(field.only));
    (move || is_there.get().then(|| field_view(field, typed, state, about))).into_any()
}

fn field_view(field: &'static Field, typed: Typed, state: FormState, about: StoredValue<Subject>) -> AnyView {
    let (label, value, error) = (field.label, typed.of(field.label), state.at(field.label));
    let hint = Signal::stored(field.hint.to_owned());
    match field.input {
        Input::Text | Input::Decimal("") => {
            view! { <TextField label=label value=value hint=hint error=error /> }.into_any()
        }
        Input::Decimal(unit) | Input::Whole(_, _, unit) | Input::WholeText(_, _, unit) => {
            view! { <TextField label=label value=value hint=hint error=error suffix=unit numeric=true /> }.into_any()
        }
        Input::Sizes => view! { <TextField label=label value=value hint=hint error=error numeric=true /> }.into_any(),
        Input::Lines | Input::UserData | Input::Tags => {
            view! { <AreaField label=label value=value hint=hint error=error /> }.into_any()
        }
        Input::Tick | Input::TickText => {
            view! { <CheckField label=label value=value hint=hint error=error /> }.into_any()
        }
        Input::One(_) => {
            let choices = choices(field, about);
            view! { <SelectField label=label value=value choices=choices hint=hint error=error placeholder="Choose one" /> }
                .into_any()
        }
        Input::OneOrNone(_, nothing) => {
            let choices = choices(field, about);
            view! { <SelectField label=label value=value choices=choices hint=hint error=error placeholder=nothing /> }
                .into_any()
        }
        Input::Many(_) | Input::Joined(_) => {
            let choices = choices(field, about);
            view! { <CheckGroup legend=label value=value choices=choices hint=hint error=error /> }.into_any()
        }
    }
}

fn choices(field: &'static Field, about: StoredValue<Subject>) -> Signal<Vec<Choice>> {
    let choices = Lab::get().read(Signal::stored(Value::Null), move |asker, _| {
        let draft = Draft::default();
        about.with_value(|Subject { item, parent, key }| {
            let context = Context { item, parent, key, draft: &draft, answers: &[] };
            field.source().map_or_else(Vec::new, |source| source.options(asker, context))
        })
    });
    choices.into()
}
