//! Allocates an Elastic IP address.
use leptos::prelude::*;

use crate::api::ec2::AllocateAddressRequest;
use crate::form::Faults;
use crate::ui::lab::Lab;
use crate::ui::page::form::{Form, FormState};
use crate::ui::route::{Route, Section};

/// The form that allocates an Elastic IP address.
#[component]
pub fn AllocateAddress() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let submit = Callback::new(move |()| {
        let made = lab.submit(AllocateAddressRequest::default());
        made.map(|_| ()).map_err(|refusal| Faults::of_refusal(&refusal, &[]))
    });
    view! {
        <Form title="Elastic IP address" label="Allocate" back=Route::List(Section::Addresses) state=state submit=submit>
            <p>"The address comes from Amazon's pool. It stays yours until you release it."</p>
        </Form>
    }
}
