//! Makes a security group.
use leptos::prelude::*;

use crate::form::{SecurityGroupDraft, field};
use crate::ui::component::TextField;
use crate::ui::lab::Lab;
use crate::ui::page::form::{Form, FormState, create_security_group, text};
use crate::ui::route::{Route, Section};

/// The form that makes a security group with one rule.
#[component]
pub fn CreateSecurityGroup() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let (name, description, port) = (text("web"), text("HTTP from anywhere"), text("80"));
    let submit = Callback::new(move |()| {
        let draft = SecurityGroupDraft {
            name: name.get_untracked(),
            description: description.get_untracked(),
            port: port.get_untracked(),
        };
        create_security_group(lab, &draft).map(|_| ())
    });
    view! {
        <Form title="Security group" label="Create security group" back=Route::List(Section::SecurityGroups) state=state submit=submit>
            <TextField label=field::SECURITY_GROUP_NAME value=name error=state.at(field::SECURITY_GROUP_NAME) />
            <TextField label=field::DESCRIPTION value=description error=state.at(field::DESCRIPTION) />
            <TextField label=field::PORT value=port numeric=true error=state.at(field::PORT) hint="TCP from anywhere may come in here.".to_owned() />
        </Form>
    }
}
