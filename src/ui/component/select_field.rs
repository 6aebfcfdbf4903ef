//! One of a list of choices.
use leptos::prelude::*;

use super::Choice;
use super::field::{FieldIds, FieldWords};

/// One of a list of choices; the list may change while the page is open, the draft is kept.
#[component]
pub fn SelectField(
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// The draft: the value of the chosen entry, or empty.
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
    /// The entry for no choice: `Choose an image`. Without it, one of the entries is always chosen.
    #[prop(optional, into)]
    placeholder: Option<String>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let (id, described_by, name) = (ids.control.clone(), ids.described_by(error), label.clone());
    let nothing = placeholder.map(|text| Choice::new("", text));
    let entries =
        move || nothing.iter().cloned().chain(choices.get()).map(|choice| option(choice, value)).collect_view();
    view! {
        <FieldWords ids=ids label=label hint=hint error=error>
            <span class="field-control">
                <select
                    id=id
                    name=name
                    aria-describedby=described_by
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    on:change:target=move |event| value.set(event.target().value())
                >
                    {entries}
                </select>
            </span>
        </FieldWords>
    }
}

/// An entry. It marks itself as chosen: the draft may be older than the list.
fn option(choice: Choice, value: RwSignal<String>) -> impl IntoView {
    let own = choice.value.clone();
    let text = if choice.note.is_empty() { choice.label } else { format!("{} · {}", choice.label, choice.note) };
    view! { <option value=choice.value prop:selected=move || value.with(|value| *value == own)>{text}</option> }
}
