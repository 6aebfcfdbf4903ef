//! Launches instances.
use leptos::prelude::*;

use crate::form::{Faults, InstanceDraft, field};
use crate::ui::component::{SelectField, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::{
    Form, FormState, NEW_GROUP, chosen_security_group, first_of, image_choices, security_group_choices, text,
    type_choices,
};
use crate::ui::route::{Route, Section};

/// The form that launches instances.
#[component]
pub fn LaunchInstance() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let (images, types, groups) = (image_choices(), type_choices(), security_group_choices());
    let (name, image, kind) = (text(""), first_of(images), text("t3.micro"));
    let (count, group) = (text("1"), text(NEW_GROUP));
    let submit = Callback::new(move |()| {
        let refused = |refusal| Faults::of_refusal(&refusal, InstanceDraft::WORDS);
        let draft = InstanceDraft {
            name: name.get_untracked(),
            image_id: image.get_untracked(),
            instance_type: kind.get_untracked(),
            count: count.get_untracked(),
        };
        let mut request = draft.read()?;
        request.security_group_ids = vec![chosen_security_group(lab, group).map_err(refused)?];
        lab.submit(request).map(|_| ()).map_err(refused)
    });
    let hint = |text: &str| text.to_owned();
    view! {
        <Form title="Launch an instance" label="Launch instance" back=Route::List(Section::Instances) state=state submit=submit>
            <TextField label=field::NAME value=name error=state.at(field::NAME) hint=hint("A tag, to find it again. May be empty.") />
            <SelectField label=field::IMAGE value=image choices=images error=state.at(field::IMAGE) hint=hint("Its id belongs to this region.") />
            <SelectField label=field::INSTANCE_TYPE value=kind choices=types error=state.at(field::INSTANCE_TYPE) />
            <TextField label=field::COUNT value=count numeric=true error=state.at(field::COUNT) />
            <SelectField label=field::SECURITY_GROUP value=group choices=groups error=state.at(field::SECURITY_GROUP) />
        </Form>
    }
}
