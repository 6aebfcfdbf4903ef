//! Fields of a form: a label, a hint, the control, and what is wrong with its value.
use leptos::prelude::*;

use super::{Icon, IconImage};

pub use crate::console::Choice;

/// The ids that tie a control to its words.
#[derive(Clone)]
pub(super) struct FieldIds {
    pub control: String,
    pub hint: String,
    pub error: String,
}

impl FieldIds {
    pub fn new() -> Self {
        let control = super::unique_id("field");
        FieldIds { hint: format!("{control}-hint"), error: format!("{control}-error"), control }
    }

    /// What describes the control: the error first, if there is one.
    pub fn described_by(&self, error: Signal<Option<String>>) -> impl Fn() -> String + Clone + Send + use<> {
        let (hint, error_id) = (self.hint.clone(), self.error.clone());
        move || if error.with(Option::is_some) { format!("{error_id} {hint}") } else { hint.clone() }
    }
}

/// The words around a control: its label above, its hint and its error below.
#[component]
pub(super) fn FieldWords(
    ids: FieldIds,
    label: String,
    hint: Signal<String>,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let help = super::help::button(&label);
    view! {
        <div class="field" data-invalid=move || error.with(Option::is_some).then_some("")>
            <span class="field-head"><label for=ids.control>{label}</label>{help}</span>
            {children()}
            <FieldNotes hint_id=ids.hint error_id=ids.error hint=hint error=error />
        </div>
    }
}

/// The hint and the error of a field or a group of fields.
#[component]
pub(super) fn FieldNotes(
    hint_id: String,
    error_id: String,
    hint: Signal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let error_text = move |text: String| view! { <IconImage icon=Icon::Critical />{text} };
    view! {
        <p class="field-error" id=error_id>{move || error.get().map(error_text)}</p>
        <p class="field-hint" id=hint_id>{hint}</p>
    }
}

/// A group of controls under one legend, such as the fields of one rule.
#[component]
pub fn FieldFrame(
    /// What the group is.
    #[prop(into)]
    legend: String,
    /// What to know before filling it in.
    #[prop(optional, into)]
    hint: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="field-frame">
            <legend>{legend}</legend>
            <p class="field-hint">{hint}</p>
            {children()}
        </fieldset>
    }
}

/// A line of text or a number.
#[component]
pub fn TextField(
    /// What belongs in it.
    #[prop(into)]
    label: String,
    /// The draft.
    value: RwSignal<String>,
    /// What to know before filling it in.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with the draft.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The unit after the number: `%`.
    #[prop(optional, into)]
    suffix: String,
    /// Brings up the digits on a phone.
    #[prop(optional)]
    numeric: bool,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: String,
) -> impl IntoView {
    let ids = FieldIds::new();
    let (id, described_by, name) = (ids.control.clone(), ids.described_by(error), label.clone());
    view! {
        <FieldWords ids=ids label=label hint=hint error=error>
            <span class="field-control">
                <input
                    id=id
                    name=name
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    inputmode=numeric.then_some("decimal")
                    data-numeric=numeric.then_some("")
                    placeholder=placeholder
                    aria-describedby=described_by
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    bind:value=value
                />
                <span class="field-suffix">{suffix}</span>
            </span>
        </FieldWords>
    }
}

/// Several lines of text.
#[component]
pub fn AreaField(
    /// What belongs in it.
    #[prop(into)]
    label: String,
    /// The draft.
    value: RwSignal<String>,
    /// What to know before filling it in.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with the draft.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let (id, described_by, name) = (ids.control.clone(), ids.described_by(error), label.clone());
    view! {
        <FieldWords ids=ids label=label hint=hint error=error>
            <span class="field-control">
                <textarea
                    id=id
                    name=name
                    rows="6"
                    spellcheck="false"
                    aria-describedby=described_by
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                ></textarea>
            </span>
        </FieldWords>
    }
}

/// A box to tick; the draft holds `true` while it is ticked.
#[component]
pub fn CheckField(
    /// What ticking it means.
    #[prop(into)]
    label: String,
    /// The draft.
    value: RwSignal<String>,
    /// What to know before ticking it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with the draft.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let (name, described_by) = (label.clone(), ids.described_by(error));
    view! {
        <div class="check-field" data-invalid=move || error.with(Option::is_some).then_some("")>
            <span class="field-head">
                <label>
                    <input
                        type="checkbox"
                        name=name.clone()
                        aria-describedby=described_by
                        prop:checked=move || value.with(|value| value == "true")
                        on:change:target=move |event| value.set(event.target().checked().to_string())
                    />
                    <span>{label}</span>
                </label>
                {super::help::button(&name)}
            </span>
            <FieldNotes hint_id=ids.hint error_id=ids.error hint=hint error=error />
        </div>
    }
}
