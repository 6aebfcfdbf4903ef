//! Any number of a list of choices.
use leptos::prelude::*;

use super::Choice;
use super::field::{FieldIds, FieldNotes};

/// Any number of a list of choices, each with a box to tick.
#[component]
pub fn CheckGroup(
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// The draft: the values of the ticked entries, with commas between them.
    value: RwSignal<String>,
    /// The entries.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What to know before choosing.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with the draft.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let help = super::help::button(&legend);
    let (described_by, name) = (ids.described_by(error), legend.clone());
    view! {
        <fieldset
            class="check-group"
            name=name
            data-invalid=move || error.with(Option::is_some).then_some("")
            aria-describedby=described_by
        >
            <legend>{legend}{help}</legend>
            <div class="check-group-choices">
                <For each=move || choices.get() key=|choice| choice.value.clone() let:choice>
                    <CheckEntry choice=choice value=value />
                </For>
            </div>
            <FieldNotes hint_id=ids.hint error_id=ids.error hint=hint error=error />
        </fieldset>
    }
}

#[component]
fn CheckEntry(choice: Choice, value: RwSignal<String>) -> impl IntoView {
    let own = StoredValue::new(choice.value);
    let is_ticked = move || value.with(|value| own.with_value(|own| value.split(',').any(|one| one == own)));
    let toggle = move |ticked: bool| {
        value.update(|value| {
            let others = value.split(',').filter(|one| !one.is_empty() && own.with_value(|own| own != one));
            let mut chosen: Vec<String> = others.map(str::to_owned).collect();
            if ticked {
                chosen.push(own.get_value());
            }
            *value = chosen.join(",");
        });
    };
    view! {
        <label>
            <input type="checkbox" prop:checked=is_ticked on:change:target=move |event| toggle(event.target().checked()) />
            <span>{choice.label}<small>{choice.note}</small></span>
        </label>
    }
}
