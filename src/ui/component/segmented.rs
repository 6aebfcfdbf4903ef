//! A few choices side by side, exactly one of them chosen.
use leptos::prelude::*;

/// A row of choices. They are radio buttons: the arrow keys move between them.
#[component]
pub fn Segmented<T>(
    /// What is chosen here; for screen readers.
    #[prop(into)]
    legend: String,
    /// The choices and their texts.
    options: Vec<(T, String)>,
    /// The chosen one.
    #[prop(into)]
    value: Signal<T>,
    /// Called with the newly chosen one.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let name = super::unique_id("segmented");
    let segment = move |(option, text): (T, String)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || value.get() == option
                    on:change=move |_| on_choose.run(option)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{legend}</legend>
            {options.into_iter().map(segment).collect_view()}
        </fieldset>
    }
}
