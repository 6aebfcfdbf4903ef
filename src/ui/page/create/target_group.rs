//! Makes a target group.
use leptos::prelude::*;

use crate::form::{Faults, TargetGroupDraft, field};
use crate::ui::component::TextField;
use crate::ui::lab::Lab;
use crate::ui::page::form::{Form, FormState, text};
use crate::ui::route::{Route, Section};

/// The form that makes a target group.
#[component]
pub fn CreateTargetGroup() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let (name, port, path) = (text("web"), text("80"), text("/"));
    let submit = Callback::new(move |()| {
        let draft = TargetGroupDraft {
            name: name.get_untracked(),
            port: port.get_untracked(),
            health_path: path.get_untracked(),
        };
        let mut request = draft.read()?;
        request.vpc_id = lab.look(|session, view| {
            session.cloud().region(&view.region)?.ec2.network.default_vpc().map(|vpc| vpc.vpc_id.clone())
        });
        lab.submit(request).map(|_| ()).map_err(|refusal| Faults::of_refusal(&refusal, TargetGroupDraft::WORDS))
    });
    view! {
        <Form title="Target group" label="Create target group" back=Route::List(Section::TargetGroups) state=state submit=submit>
            <TextField label=field::TARGET_GROUP_NAME value=name error=state.at(field::TARGET_GROUP_NAME) />
            <TextField label=field::PORT value=port numeric=true error=state.at(field::PORT) hint="Where the servers answer.".to_owned() />
            <TextField label=field::HEALTH_PATH value=path error=state.at(field::HEALTH_PATH) hint="The balancer asks for it to see whether a server is well.".to_owned() />
        </Form>
    }
}
