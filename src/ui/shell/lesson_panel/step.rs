//! One step of a lesson.
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::prediction::{PredictionForm, ScoreView};
use super::prose::{inline, prose};
use crate::curriculum::{Lesson, Step};
use crate::ui::classroom::Classroom;
use crate::ui::component::{Button, ButtonKind, Icon, IconImage};

/// The step: the question before it, what to do, the goals, help, and what it was good for.
#[component]
pub fn StepView(lesson: Arc<Lesson>, number: usize) -> impl IntoView {
    let room = Classroom::get();
    let heading = NodeRef::<html::H3>::new();
    if room.has_moved() {
        focus_when_there(heading);
    }
    let step = lesson.steps[number].clone();
    let text = prose(&in_words(room, &step.text));
    let is_done =
        Memo::new(move |_| room.verdict().with(|verdict| verdict.as_ref().is_some_and(|found| found.is_done)));
    let why = in_words(room, &step.why);
    let prediction = step.predict.clone();
    let question =
        prediction.clone().map(|prediction| view! { <PredictionForm prediction=prediction is_done=is_done /> });
    let score = move || prediction.clone().map(|prediction| view! { <ScoreView prediction=prediction /> });
    let explained = move || {
        let (why, score) = (prose(&why), score());
        let next = if number + 1 < lesson.steps.len() { "Next step" } else { "Finish" };
        view! {
            <section class="lesson-why" aria-label="What happened">
                <p class="lesson-done" role="status"><IconImage icon=Icon::Check />"Done. The clock is paused, so that you can read. Run lets it go on."</p>
                {score}
                {why}
                <Button label=next kind=ButtonKind::Primary on_press=move || room.proceed() />
            </section>
        }
    };
    let page = step.page.clone().map(|page| view! { <a href=page>"Open the page of this step"</a> });
    let point = step.point.clone().map(|point| {
        let show = move || room.point_at(&point);
        view! { <Button label="Show me where" icon=Icon::Target kind=ButtonKind::Quiet on_press=show /> }
    });
    view! {
        <div class="lesson-step">
            <h3 tabindex="-1" node_ref=heading>{step.title.clone()}</h3>
            {text}
            <div class="row-actions">{page}{point}</div>
            {question}
            <Goals />
            <Show when=move || is_done.get() fallback=move || view! { <Help step=step.clone() /> }>{explained.clone()()}</Show>
        </div>
    }
}

/// Gives the focus to a heading once it is there.
pub fn focus_when_there(heading: NodeRef<html::H3>) {
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
}

fn in_words(room: Classroom, texts: &[String]) -> Vec<String> {
    room.attempt().with_untracked(|attempt| texts.iter().map(|text| attempt.in_words(text)).collect())
}

/// What must be so at the end, and what is still missing.
#[component]
fn Goals() -> impl IntoView {
    let room = Classroom::get();
    let goals = Memo::new(move |_| {
        room.verdict().with(|verdict| verdict.as_ref().map(|found| found.goals.clone()).unwrap_or_default())
    });
    let wrong_turn =
        Memo::new(move |_| room.verdict().with(|verdict| verdict.as_ref().and_then(|found| found.wrong_turn.clone())));
    let is_done = move || room.verdict().with(|verdict| verdict.as_ref().is_some_and(|found| found.is_done));
    let goal = move |(goal, missing): (String, Option<String>)| {
        let missing = missing.filter(|_| !is_done());
        let is_reached = missing.is_none();
        let (icon, word) = if is_reached { (Icon::Check, "Reached: ") } else { (Icon::Minus, "Not yet: ") };
        view! {
            <li data-reached=is_reached.then_some("")>
                <IconImage icon=icon />
                <div>
                    <span class="visually-hidden">{word}</span>{inline(&goal)}
                    {missing.map(|missing| view! { <small>{inline(&missing)}</small> })}
                </div>
            </li>
        }
    };
    let wrong = move || {
        wrong_turn.get().map(
            |said| view! { <div class="lesson-wrong"><IconImage icon=Icon::Critical /><p>{inline(&said)}</p></div> },
        )
    };
    view! {
        <h4>"Goal"</h4>
        <ul class="lesson-goals">{move || goals.get().into_iter().map(goal).collect_view()}</ul>
        <div role="status">{wrong}</div>
    }
}

/// Hints, each of which says more, and the solution to watch.
#[component]
fn Help(step: Step) -> impl IntoView {
    let room = Classroom::get();
    let all = step.hints.len();
    let hints = Memo::new(move |_| {
        let lesson = room.lesson().get();
        lesson.map(|lesson| room.attempt().with(|attempt| attempt.hints(&lesson).to_vec())).unwrap_or_default()
    });
    let asked = move || hints.with(Vec::len);
    let label =
        Signal::derive(
            move || if asked() == 0 { "Hint".to_owned() } else { format!("Next hint ({} of {all})", asked() + 1) },
        );
    let lines = move || {
        let hint = |text: &String| {
            let text = room.attempt().with_untracked(|attempt| attempt.in_words(text));
            view! { <li>{inline(&text)}</li> }
        };
        hints.with(|hints| hints.iter().map(hint).collect_view())
    };
    let demonstration = room.demonstration();
    let shown = move || {
        let line = |(words, refusal): &(String, Option<String>)| {
            let refusal = refusal.clone().map(|refusal| view! { <small>{refusal}</small> });
            view! { <li><code>{words.clone()}</code>{refusal}</li> }
        };
        demonstration.with(|shown| {
            (!shown.lines.is_empty()).then(|| view! { <p>"The lab did:"</p><ol class="lesson-shown">{shown.lines.iter().map(line).collect_view()}</ol> })
        })
    };
    let is_busy = Signal::derive(move || demonstration.with(|shown| shown.is_running));
    view! {
        <div role="status"><ol class="lesson-hints">{lines}</ol></div>
        <div class="row-actions">
            <Show when=move || asked() < all><Button label=label icon=Icon::Info on_press=move || room.ask_for_hint() /></Show>
            <Button label="Show me" icon=Icon::Play kind=ButtonKind::Quiet disabled=is_busy on_press=move || room.show_me() />
        </div>
        <div role="status">{shown}</div>
    }
}
