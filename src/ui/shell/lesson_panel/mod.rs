//! The lesson beside the page: what to do, what is reached, hints, and why.
mod prediction;
pub mod prose;
mod step;

use leptos::html;
use leptos::prelude::*;

use self::step::StepView;
use crate::curriculum::{CATALOG, Lesson};
use crate::ui::classroom::Classroom;
use crate::ui::component::{Button, ButtonKind, ButtonLink, Icon};
use crate::ui::route::Route;

/// The panel; nothing while no lesson goes on. It has a place of its own, so it covers nothing.
#[component]
pub fn LessonPanel() -> impl IntoView {
    let room = Classroom::get();
    let is_open = RwSignal::new(true);
    let title = Memo::new(move |_| room.lesson().with(|lesson| lesson.as_ref().map(|lesson| lesson.title.clone())));
    move || {
        title.get().map(|title| {
            view! {
                <aside class="lesson-panel" aria-labelledby="lesson-heading" data-folded=move || (!is_open.get()).then_some("")>
                    <header>
                        <h2 id="lesson-heading">{title}</h2>
                        <Button label=Signal::derive(move || if is_open.get() { "Fold the lesson" } else { "Unfold the lesson" }.to_owned()) icon=Icon::ChevronDown icon_only=true kind=ButtonKind::Quiet on_press=move || is_open.update(|open| *open = !*open) />
                        <Button label="Leave the lesson" icon=Icon::Close icon_only=true kind=ButtonKind::Quiet on_press=move || room.leave() />
                    </header>
                    <Show when=move || is_open.get()><Body /></Show>
                </aside>
            }
        })
    }
}

/// The step, or the end.
#[component]
fn Body() -> impl IntoView {
    let room = Classroom::get();
    let number = Memo::new(move |_| room.attempt().with(crate::curriculum::Attempt::step_number));
    move || {
        let lesson = room.lesson().get()?;
        let number = number.get();
        let content = if number < lesson.steps.len() {
            view! { <StepView lesson=lesson.clone() number=number /> }.into_any()
        } else {
            the_end(&lesson)
        };
        Some(view! { <Progress number=number all=lesson.steps.len() />{content} })
    }
}

/// How far the learner is.
#[component]
fn Progress(number: usize, all: usize) -> impl IntoView {
    let words =
        if number < all { format!("Step {} of {all}", number + 1) } else { format!("All {all} steps are done") };
    view! {
        <div class="lesson-progress">
            <progress max=all.to_string() value=number.to_string() aria-label="Steps of the lesson"></progress>
            <span>{words}</span>
        </div>
    }
}

fn the_end(lesson: &Lesson) -> AnyView {
    let heading = NodeRef::<html::H3>::new();
    step::focus_when_there(heading);
    let beliefs = lesson.beliefs.iter().map(|belief| {
        view! { <dt>{belief.belief.clone()}</dt><dd>{prose::inline(&belief.truth)}</dd> }
    });
    let beliefs = (!lesson.beliefs.is_empty())
        .then(|| view! { <p>"Many believe this. You know better:"</p><dl class="lesson-beliefs">{beliefs.collect_view()}</dl> });
    let next = CATALOG.iter().skip_while(|(id, _)| *id != lesson.id).nth(1);
    let next = next.map(|(id, _)| view! { <ButtonLink label="Next lesson" to=Route::Lesson((*id).to_owned()) kind=ButtonKind::Primary /> });
    view! {
        <div class="lesson-step">
            <h3 tabindex="-1" node_ref=heading>"Done"</h3>
            {beliefs}
            <p>"The account stays as it is. Close this panel to play on with it."</p>
            <div class="row-actions">{next}<ButtonLink label="All lessons" to=Route::Lessons /></div>
        </div>
    }
    .into_any()
}
