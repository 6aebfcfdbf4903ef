//! The question before a step, and how the answer compares with what happened.
use leptos::prelude::*;
use serde_json::{Value, json};

use super::prose::{inline, prose};
use crate::curriculum::Prediction;
use crate::ui::classroom::Classroom;
use crate::ui::component::{Icon, IconImage};

/// Asks; afterwards it shows what was answered.
#[component]
pub fn PredictionForm(prediction: Prediction, is_done: Memo<bool>) -> impl IntoView {
    let room = Classroom::get();
    let guess = Memo::new(move |_| {
        let lesson = room.lesson().get()?;
        room.attempt().with(|attempt| attempt.guess(&lesson).cloned())
    });
    let prediction = StoredValue::new(prediction);
    let question = move || prediction.with_value(|prediction| inline(&prediction.ask));
    let answered = move |guess: &Value| {
        let words = prediction.with_value(|prediction| prediction.words(guess));
        view! { <p class="lesson-guess"><b>"You predict: "</b>{words}</p> }.into_any()
    };
    let answer = move || match guess.get() {
        Some(guess) => answered(&guess),
        None if is_done.get() => ().into_any(),
        None => form(room, prediction),
    };
    view! { <section class="lesson-question" aria-label="Your prediction"><p><b>"First: "</b>{question}</p>{answer}</section> }
}

fn form(room: Classroom, prediction: StoredValue<Prediction>) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let trouble = RwSignal::new("");
    let choices = prediction.with_value(|prediction| prediction.choices.clone());
    let is_number = choices.is_empty();
    let submit = move || {
        let text = chosen.get_untracked();
        let guess = if is_number {
            text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| json!(number))
        } else {
            text.parse::<usize>().ok().and_then(|index| {
                prediction.with_value(|prediction| prediction.choices.get(index).map(|choice| choice.value.clone()))
            })
        };
        match guess {
            Some(guess) => room.predict(guess),
            None => trouble.set(if is_number { "Type a number, such as 3." } else { "Choose one answer." }),
        }
    };
    let fields = if is_number {
        let unit = prediction.with_value(|prediction| prediction.unit.clone()).unwrap_or_default();
        view! {
            <label class="lesson-number">
                <input type="text" inputmode="decimal" aria-label="Your prediction" on:input:target=move |event| chosen.set(event.target().value()) />
                <span>{unit}</span>
            </label>
        }
        .into_any()
    } else {
        let option = move |(index, choice): (usize, crate::curriculum::Choice)| {
            view! {
                <label class="tick">
                    <input type="radio" name="prediction" value=index.to_string() on:change=move |_| chosen.set(index.to_string()) />
                    <span>{inline(&choice.text)}</span>
                </label>
            }
        };
        let options = choices.into_iter().enumerate().map(option).collect_view();
        view! { <fieldset class="lesson-choices"><legend class="visually-hidden">"Your prediction"</legend>{options}</fieldset> }.into_any()
    };
    view! {
        <form on:submit=move |event| { event.prevent_default(); submit() }>
            {fields}
            <p class="form-error" role="alert">{trouble}</p>
            <button type="submit" class="button">"Predict"</button>
        </form>
    }
    .into_any()
}

/// How the prediction compares with what happened.
#[component]
pub fn ScoreView(prediction: Prediction) -> impl IntoView {
    let score = Classroom::get().score()?;
    let words = |value: &Value| prediction.words(value).trim_end_matches('.').to_owned();
    let actual = words(&score.actual);
    let (icon, verdict) = match (&score.guess, score.is_right) {
        (None, _) => (Icon::Info, "You predicted nothing.".to_owned()),
        (Some(_), true) => (Icon::Check, "You were right.".to_owned()),
        (Some(guess), false) => (Icon::Info, format!("You predicted: {}.", words(guess))),
    };
    Some(view! {
        <div class="lesson-score" data-right=score.is_right.then_some("")>
            <p><IconImage icon=icon /><b>{verdict}</b>" What happened: "{actual}"."</p>
            {prose(&prediction.explain)}
        </div>
    })
}
