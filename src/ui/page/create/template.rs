//! Makes a launch template.
use leptos::prelude::*;

use crate::form::{Faults, TemplateDraft, field};
use crate::ui::component::{CheckField, SelectField, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::{
    Form, FormState, NEW_GROUP, chosen_security_group, first_of, image_choices, security_group_choices, text,
    type_choices,
};
use crate::ui::route::{Route, Section};

/// The form that makes a launch template.
#[component]
pub fn CreateTemplate() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let (images, types, groups) = (image_choices(), type_choices(), security_group_choices());
    let (name, image, kind, group) = (text("web-template"), first_of(images), text("t3.micro"), text(NEW_GROUP));
    let detailed = RwSignal::new(true);
    let submit = Callback::new(move |()| {
        let refused = |refusal| Faults::of_refusal(&refusal, TemplateDraft::WORDS);
        let draft = TemplateDraft {
            name: name.get_untracked(),
            image_id: image.get_untracked(),
            instance_type: kind.get_untracked(),
            is_monitored: detailed.get_untracked(),
        };
        let mut request = draft.read()?;
        let security_group = chosen_security_group(lab, group).map_err(refused)?;
        request.launch_template_data.security_group_ids = Some(vec![security_group]);
        lab.submit(request).map(|_| ()).map_err(refused)
    });
    view! {
        <Form title="Launch template" label="Create launch template" back=Route::List(Section::LaunchTemplates) state=state submit=submit>
            <TextField label=field::TEMPLATE_NAME value=name error=state.at(field::TEMPLATE_NAME) />
            <SelectField label=field::IMAGE value=image choices=images error=state.at(field::IMAGE) />
            <SelectField label=field::INSTANCE_TYPE value=kind choices=types error=state.at(field::INSTANCE_TYPE) />
            <SelectField label=field::SECURITY_GROUP value=group choices=groups error=state.at(field::SECURITY_GROUP) />
            <CheckField label="Detailed monitoring" checked=detailed hint="Metrics each minute, not each five; policies react faster.".to_owned() />
        </Form>
    }
}
