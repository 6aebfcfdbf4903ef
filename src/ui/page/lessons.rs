//! The lessons: all of them in their order, and what one is about.
use leptos::prelude::*;

use crate::curriculum::{Lesson, Progress, Standing, lesson, lessons};
use crate::ui::classroom::Classroom;
use crate::ui::component::{
    AreaField, Button, ButtonKind, ButtonLink, Card, CommandLine, Icon, IconImage, Notices, PageHeader, Question,
    Questions,
};
use crate::ui::lab::Lab;
use crate::ui::route::Route;
use crate::ui::shell::prose;

/// All lessons in their order.
#[component]
pub fn LessonsPage() -> impl IntoView {
    let progress = Classroom::get().progress();
    let entry = move |lesson: Lesson| {
        let known = lesson.clone();
        let standing = Memo::new(move |_| progress.with(|progress| progress.standing(&known)));
        let mark = move || mark(standing.get());
        let to = Route::Lesson(lesson.id.clone()).to_string();
        view! {
            <li>
                <h2><a href=to>{lesson.title}</a></h2>
                <p>{prose::inline(&lesson.summary)}</p>
                <p class="quiet">{format!("{} steps, about {} minutes ", lesson.steps.len(), lesson.minutes)}{mark}</p>
            </li>
        }
    };
    view! {
        <PageHeader title="Lessons".to_owned() note="From the first server to a group that heals and grows by itself. Do them in order, or pick one.".to_owned() />
        <ol class="lesson-cards">{lessons().into_iter().map(entry).collect_view()}</ol>
        <ProgressCard />
    }
}

/// How far the learner is in a lesson; nothing before the first step is done.
fn mark(standing: Standing) -> Option<AnyView> {
    let Standing { done, steps, right, predicted } = standing;
    let predictions =
        if predicted == 0 { String::new() } else { format!(", {right} of {predicted} predictions right") };
    match (done, standing.is_done()) {
        (0, _) => None,
        (_, true) => {
            let words = format!("Finished{predictions}");
            Some(view! { <span class="lesson-mark"><IconImage icon=Icon::Check />{words}</span> }.into_any())
        }
        (_, false) => Some(view! { <span>{format!("{done} of {steps} steps done{predictions}")}</span> }.into_any()),
    }
}

/// What was reached, to take along and to bring back.
#[component]
fn ProgressCard() -> impl IntoView {
    let (room, notices): (Classroom, Notices) = (Classroom::get(), expect_context());
    let pasted = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let text = Signal::derive(move || room.progress().with(Progress::export));
    let import = move || match room.import_progress(&pasted.get_untracked()) {
        Ok(()) => {
            trouble.set(None);
            notices.good("Progress taken over", "");
        }
        Err(mistake) => trouble.set(Some(format!("Nothing is taken over. {mistake}."))),
    };
    let reset = move || {
        Questions::get().ask(Question {
            title: "Forget your progress?".to_owned(),
            text: "What you reached in all lessons is forgotten. The account stays as it is.".to_owned(),
            yes: "Forget",
            on_yes: Callback::new(move |()| room.change_progress(Progress::reset_all)),
        });
    };
    view! {
        <Card title="Your progress" note="It is kept in this browser.".to_owned()>
            <details>
                <summary>"Take it to another browser, or forget it"</summary>
                <div class="form">
                    <p>"Copy this text, and paste it into the field below in the other browser."</p>
                    <CommandLine command=text />
                    <form class="form form-place" aria-label="Take over" on:submit=move |event| { event.prevent_default(); import() }>
                        <AreaField label="Text from another browser" value=pasted error=trouble />
                        <button type="submit" class="button">"Take over"</button>
                    </form>
                    <Button label="Forget my progress" kind=ButtonKind::Danger on_press=reset />
                </div>
            </details>
        </Card>
    }
}

/// What a lesson is about; it begins here.
#[component]
pub fn LessonPage(id: String) -> impl IntoView {
    let Some(lesson) = lesson(&id) else {
        return view! { <PageHeader title="No such lesson".to_owned() note=format!("There is no lesson called {id}.") /><p><ButtonLink label="All lessons" to=Route::Lessons /></p> }.into_any();
    };
    let room = Classroom::get();
    let is_here = {
        let id = id.clone();
        Memo::new(move |_| room.lesson().with(|now| now.as_ref().is_some_and(|now| now.id == id)))
    };
    let steps = lesson.steps.iter().map(|step| view! { <li>{step.title.clone()}</li> }).collect_view();
    let begin = {
        let id = id.clone();
        Callback::new(move |()| begin(id.clone()))
    };
    let label = Signal::derive(move || if is_here.get() { "Begin again" } else { "Begin" }.to_owned());
    let remark = move || {
        if is_here.get() { "This lesson goes on, in the panel." } else { "The lesson has an account of its own." }
    };
    let (summary, sources) = (prose::inline(&lesson.summary), sources(&lesson));
    view! {
        <PageHeader title=lesson.title.clone() note=format!("About {} minutes", lesson.minutes) />
        <Card title="What it is about">
            <p>{summary}</p>
            <ol class="lesson-list">{steps}</ol>
            <p class="quiet">{remark}</p>
            <div class="row-actions">
                <Button label=label kind=ButtonKind::Primary on_press=begin />
                <ButtonLink label="All lessons" to=Route::Lessons />
            </div>
        </Card>
        {sources}
    }
    .into_any()
}

/// Begins the lesson; asks first if there is something to lose.
fn begin(id: String) {
    let (room, notices): (Classroom, Notices) = (Classroom::get(), expect_context());
    let start = move || {
        if let Err(trouble) = room.begin(&id) {
            notices.bad("The lesson cannot begin", trouble);
        }
    };
    let is_empty = Lab::get().look(|session, _| session.journal().entries.is_empty());
    if is_empty {
        return start();
    }
    Questions::get().ask(Question {
        title: "Begin the lesson?".to_owned(),
        text: "The lesson begins with an account of its own. What you have built so far is gone then.".to_owned(),
        yes: "Begin the lesson",
        on_yes: Callback::new(move |()| start()),
    });
}

fn sources(lesson: &Lesson) -> Option<AnyView> {
    let source = |(name, address): (&String, &String)| {
        view! { <li>{name.clone()}": "<a href=address.clone() target="_blank" rel="noopener noreferrer">{address.clone()}</a></li> }
    };
    let sources = lesson.sources.iter().map(source).collect_view();
    (!lesson.sources.is_empty()).then(|| {
        view! { <Card title="Where the facts come from"><ul class="lesson-list">{sources}</ul></Card> }.into_any()
    })
}
