//! What the forms share: choices from the session, a security group for web servers, and how a refusal is shown.
use leptos::prelude::*;

use crate::api::ApiError;
use crate::api::ec2::{AuthorizeSecurityGroupIngressRequest, CreateSecurityGroupRequest};
use crate::cloud::ec2::instance_type::INSTANCE_TYPES;
use crate::projection::console;
use crate::ui::component::{Button, ButtonKind, Card, Choice};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// A form: its fields, the refusal of the last try, and the button that tries.
#[component]
pub fn Form(
    /// What the form makes.
    #[prop(into)]
    title: String,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// Where the learner goes when it went well.
    section: Section,
    /// What the button does.
    submit: Callback<(), Result<(), ApiError>>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<ApiError>);
    let press = move || match submit.run(()) {
        Ok(()) => crate::ui::browser::location::go(&Route::List(section).to_string()),
        Err(error) => refusal.set(Some(error)),
    };
    let shown = move || {
        refusal.get().map(|error| view! { <p class="form-error">{format!("{}: {}", error.code, error.message)}</p> })
    };
    view! {
        <Card title=title>
            <form class="form" on:submit=move |event| { event.prevent_default(); press() }>
                {children()}
                <div role="alert">{shown}</div>
                <Button label=label kind=ButtonKind::Primary on_press=press />
            </form>
        </Card>
    }
}

/// The choice that means a new security group.
pub const NEW_GROUP: &str = "new";

/// The security groups of the region, a new one for web servers first.
pub fn security_group_choices() -> Signal<Vec<Choice>> {
    let groups = Lab::get().view(console::security_groups);
    Signal::derive(move || {
        let known = groups.get().into_iter().map(|group| Choice::new(group.id, group.name));
        std::iter::once(Choice::new(NEW_GROUP, "Create one that lets HTTP in from anywhere")).chain(known).collect()
    })
}

/// The chosen security group, made first if it is a new one.
pub fn chosen_security_group(lab: Lab, choice: &str) -> Result<String, ApiError> {
    if choice != NEW_GROUP {
        return Ok(choice.to_owned());
    }
    let groups = lab.view(console::security_groups).get_untracked();
    let number = groups.iter().filter(|group| group.name.starts_with("launch-wizard-")).count() + 1;
    let made = lab.submit(CreateSecurityGroupRequest {
        group_name: format!("launch-wizard-{number}"),
        description: "HTTP from anywhere".into(),
        ..Default::default()
    })?;
    lab.submit(AuthorizeSecurityGroupIngressRequest {
        group_id: Some(made.group_id.clone()),
        ip_protocol: Some("tcp".into()),
        from_port: Some(80),
        to_port: Some(80),
        cidr_ip: Some("0.0.0.0/0".into()),
        ..Default::default()
    })?;
    Ok(made.group_id)
}

/// The images of the region.
pub fn image_choices() -> Signal<Vec<Choice>> {
    let images = Lab::get().view(console::images);
    Signal::derive(move || {
        let choice = |image: console::ImageRow| {
            Choice::new(image.id.clone(), image.name).note(format!("{} · {}", image.platform, image.id))
        };
        images.get().into_iter().map(choice).collect()
    })
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
        subnets.map(|subnet| (subnet.subnet_id.clone(), subnet.zone.clone())).collect::<Vec<_>>()
    });
    Signal::derive(move || subnets.get().into_iter().map(|(id, zone)| Choice::new(id, zone)).collect())
}

/// A whole number that a learner typed.
///
/// # Errors
/// `ValidationError` that names the field.
pub fn whole_number(field: &str, text: &str) -> Result<i64, ApiError> {
    text.trim()
        .parse()
        .map_err(|_| ApiError::validation(format!("{field} must be a whole number, such as 2, and not \"{text}\".")))
}
