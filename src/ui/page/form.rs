//! What the forms share: their frame, where refusals appear, choices from the session, a security group for web servers.
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::ApiError;
use crate::cloud::ec2::instance_type::INSTANCE_TYPES;
use crate::form::{Faults, SecurityGroupDraft};
use crate::projection::console;
use crate::ui::browser::{self, timer};
use crate::ui::component::{ButtonLink, Card, Choice};
use crate::ui::lab::Lab;
use crate::ui::route::Route;

/// What is wrong with a form, for its fields.
#[derive(Clone, Copy, Default)]
pub struct FormState {
    faults: RwSignal<Faults>,
}

impl FormState {
    /// What is wrong with a field.
    pub fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.faults.with(|faults| faults.at(field)))
    }

    /// Shows what came of a try: nothing if all went well. The focus goes to the first field that wants a look.
    pub fn show(self, faults: Option<Faults>) {
        let faults = faults.unwrap_or_default();
        let is_fine = faults.is_empty();
        self.faults.set(faults);
        if !is_fine {
            // The fields are marked after this: then the focus finds them.
            timer::after(Duration::ZERO, focus_first_fault);
        }
    }

    /// What the form says below its fields: how many of them want a look, and what concerns none of them.
    fn summary(self) -> Vec<String> {
        self.faults.with(|faults| {
            let general: Vec<String> = faults.general().map(str::to_owned).collect();
            let marked = match faults.len() - general.len() {
                0 => None,
                1 => Some("One field wants a look.".to_owned()),
                many => Some(format!("{many} fields want a look.")),
            };
            marked.into_iter().chain(general).collect()
        })
    }
}

fn focus_first_fault() {
    let first = browser::document().query_selector(".form-place [data-invalid] :is(input, select)").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// Where the faults of a form without fields of their own appear.
#[component]
pub fn FormSummary(state: FormState) -> impl IntoView {
    let lines =
        move || state.summary().into_iter().map(|line| view! { <p class="form-error">{line}</p> }).collect_view();
    view! { <div class="form-summary" role="alert">{lines}</div> }
}

/// A form on a page of its own: its fields, what is wrong, the button that tries, and the way back.
#[component]
pub fn Form(
    /// What the form makes.
    #[prop(into)]
    title: String,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// Where the learner goes when it went well, or when they think better of it.
    back: Route,
    /// Where what is wrong is shown.
    state: FormState,
    /// What the button does.
    submit: Callback<(), Result<(), Faults>>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let is_done = StoredValue::new(false);
    let to = back.to_string();
    let press = move || {
        // A key that is held down presses again and again.
        if is_done.get_value() {
            return;
        }
        let tried = submit.run(());
        is_done.set_value(tried.is_ok());
        if tried.is_ok() {
            browser::location::go(&to);
        }
        state.show(tried.err());
    };
    view! {
        <Card title=title.clone()>
            <form class="form form-place" aria-label=title novalidate on:submit=move |event| { event.prevent_default(); press() }>
                {children()}
                <FormSummary state=state />
                <div class="row-actions">
                    <button type="submit" class="button" data-kind="primary">{label}</button>
                    <ButtonLink label="Cancel" to=back />
                </div>
            </form>
        </Card>
    }
}

/// The choice that means a new security group.
pub const NEW_GROUP: &str = "new";

/// The security groups of the region, a new one for web servers first.
pub fn security_group_choices() -> Signal<Vec<Choice>> {
    let groups = Lab::get().view(|session, region| {
        let known = console::security_groups(session, region).into_iter();
        let known = known.map(|group| Choice::new(group.id.clone(), group.name).note(group.id));
        let new = Choice::new(NEW_GROUP, "Create one that lets HTTP in from anywhere");
        std::iter::once(new).chain(known).collect::<Vec<_>>()
    });
    groups.into()
}

/// The chosen security group, made first if it is a new one; the draft then names it, so that a second try makes no second one.
///
/// # Errors
/// AWS's code and message when it is refused.
pub fn chosen_security_group(lab: Lab, choice: RwSignal<String>) -> Result<String, ApiError> {
    if choice.with_untracked(|choice| choice != NEW_GROUP) {
        return Ok(choice.get_untracked());
    }
    let groups = lab.look(|session, view| console::security_groups(session, &view.region));
    let is_free = |name: &String| groups.iter().all(|group| group.name != *name);
    let name = (1..).map(|number| format!("launch-wizard-{number}")).find(is_free).unwrap_or_default();
    let draft = SecurityGroupDraft { name, description: "HTTP from anywhere".into(), port: "80".into() };
    let made = create_security_group(lab, &draft).map_err(|faults| {
        ApiError::validation(faults.at(crate::form::field::SECURITY_GROUP_NAME).unwrap_or_default())
    })?;
    choice.set(made.clone());
    Ok(made)
}

/// Makes a security group with its rule; gives its id.
///
/// # Errors
/// What is wrong with the draft, or why AWS refused it.
pub fn create_security_group(lab: Lab, draft: &SecurityGroupDraft) -> Result<String, Faults> {
    let refused = |refusal: ApiError| Faults::of_refusal(&refusal, SecurityGroupDraft::WORDS);
    let (group, mut rule) = draft.read()?;
    let made = lab.submit(group).map_err(refused)?.group_id;
    rule.group_id = Some(made.clone());
    lab.submit(rule).map_err(refused)?;
    Ok(made)
}

/// The images of the region.
pub fn image_choices() -> Signal<Vec<Choice>> {
    let images = Lab::get().view(|session, region| {
        let choice = |image: console::ImageRow| {
            Choice::new(image.id.clone(), image.name).note(format!("{} · {}", image.platform, image.id))
        };
        console::images(session, region).into_iter().map(choice).collect::<Vec<_>>()
    });
    images.into()
}

/// The types of instance.
pub fn type_choices() -> Signal<Vec<Choice>> {
    let choice = |kind: &crate::cloud::ec2::instance_type::InstanceType| {
        Choice::new(kind.name, kind.name).note(format!("{} vCPU, {} MiB", kind.vcpus, kind.memory_mib))
    };
    let choices: Vec<Choice> = INSTANCE_TYPES.iter().map(choice).collect();
    Signal::stored(choices)
}

/// The subnets of the region by zone.
pub fn zone_choices() -> Signal<Vec<Choice>> {
    let subnets = Lab::get().view(|session, region| {
        let region = session.cloud().region(region);
        let subnets = region.into_iter().flat_map(|region| &region.ec2.network.subnets);
        subnets.map(|subnet| Choice::new(&subnet.subnet_id, &subnet.zone)).collect::<Vec<_>>()
    });
    subnets.into()
}

/// The target groups of the region.
pub fn target_group_choices() -> Signal<Vec<Choice>> {
    let groups = Lab::get().view(|session, region| {
        let groups = console::target_groups(session, region).into_iter();
        groups.map(|group| Choice::new(group.arn, group.name)).collect::<Vec<_>>()
    });
    groups.into()
}

/// A draft that begins with the first of its choices.
pub fn first_of(choices: Signal<Vec<Choice>>) -> RwSignal<String> {
    RwSignal::new(
        choices.with_untracked(|choices| choices.first().map(|choice| choice.value.clone()).unwrap_or_default()),
    )
}

/// A draft that begins with a text.
pub fn text(value: &str) -> RwSignal<String> {
    RwSignal::new(value.to_owned())
}
