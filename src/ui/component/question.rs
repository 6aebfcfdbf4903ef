//! Questions before what cannot be undone: one dialog for the whole page.
use leptos::prelude::*;

use super::{Button, ButtonKind, Dialog};

/// A question with what happens on yes.
#[derive(Clone)]
pub struct Question {
    /// What is asked: `Terminate i-0a31?`
    pub title: String,
    /// What follows from yes.
    pub text: String,
    /// What yes is called: `Terminate`.
    pub yes: &'static str,
    /// What yes does.
    pub on_yes: Callback<()>,
}

/// Asks questions; in context, see [`Questions::provide`].
#[derive(Clone, Copy)]
pub struct Questions {
    current: RwSignal<Option<Question>>,
    open: RwSignal<bool>,
}

impl Questions {
    /// Puts the questions into context.
    pub fn provide() -> Self {
        let questions = Questions { current: RwSignal::new(None), open: RwSignal::new(false) };
        provide_context(questions);
        questions
    }

    /// The questions in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// Asks.
    pub fn ask(self, question: Question) {
        self.current.set(Some(question));
        self.open.set(true);
    }

    fn answer_yes(self) {
        self.open.set(false);
        if let Some(question) = self.current.get_untracked() {
            question.on_yes.run(());
        }
    }
}

/// Where questions appear. One per page.
#[component]
pub fn QuestionDialog() -> impl IntoView {
    let questions = Questions::get();
    let of = move |part: fn(&Question) -> String| {
        Signal::derive(move || questions.current.with(|question| question.as_ref().map(part).unwrap_or_default()))
    };
    view! {
        <Dialog title=of(|question| question.title.clone()) open=questions.open>
            <p>{of(|question| question.text.clone())}</p>
            <footer>
                <Button label="Cancel" on_press=move || questions.open.set(false) />
                <Button label=of(|question| question.yes.to_owned()) kind=ButtonKind::Danger on_press=move || questions.answer_yes() />
            </footer>
        </Dialog>
    }
}
