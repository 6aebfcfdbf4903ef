//! The form that makes a thing, on a page of its own.
use leptos::prelude::*;
use serde_json::Value;

use super::act::Subject;
use super::form::{FormView, Place};
use crate::console::submit::Answers;
use crate::console::{Kind, path};
use crate::ui::browser::location;
use crate::ui::component::{Card, Notices, PageHeader};
use crate::ui::page::not_found::NotFound;
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The form of a section.
#[component]
pub fn CreatePage(section: Section) -> impl IntoView {
    let Some(form) = Kind::of(section).and_then(|kind| kind.create) else {
        return view! { <NotFound path=Route::Create(section).to_string() /> }.into_any();
    };
    let notices: Notices = expect_context();
    let done = Callback::new(move |answers: Answers| {
        notices.good(form.label, made(&answers));
        location::go(&Route::List(section).to_string());
    });
    let subject = Subject { item: Value::Null, parent: Value::Null, key: String::new() };
    view! {
        <PageHeader title=words(section).create.to_owned() note=section.title().to_owned() />
        <Card title=form.title>
            <FormView form=form subject=subject place=Place::Page(Route::List(section)) done=done />
        </Card>
    }
    .into_any()
}

/// The ids of what was made, as far as the answers tell them.
fn made(answers: &Answers) -> String {
    let ids = ["Instances[].InstanceId", "AllocationId", "LaunchTemplate.LaunchTemplateId", "GroupId", "KeyPairId"];
    let last = answers.iter().rfind(|answer| ids.iter().any(|id| !path::text(answer, id).is_empty()));
    last.map_or_else(String::new, |answer| ids.iter().map(|id| path::text(answer, id)).collect::<Vec<_>>().concat())
}
