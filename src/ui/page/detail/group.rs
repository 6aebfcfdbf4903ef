//! An Auto Scaling group: its sizes, its members, its policies, what it did and why.
use leptos::prelude::*;

use super::page_of;
use crate::api::autoscaling::DeleteAutoScalingGroupType;
use crate::form::{Faults, GroupDraft, SizesDraft};
use crate::projection::console::{self, GroupRow};
use crate::ui::component::{Button, ButtonKind, Card, Cell, Fact, Facts, Notices, Question, Questions};
use crate::ui::lab::Lab;
use crate::ui::page::create::SizeFields;
use crate::ui::page::form::{FormState, FormSummary};
use crate::ui::page::list::{activity_table, instance_table};
use crate::ui::route::Section;

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::Groups, id), console::groups, |row| &row.name, cards)
}

fn cards(row: Signal<GroupRow>) -> AnyView {
    let lab = Lab::get();
    let name = row.with_untracked(|row| row.name.clone());
    let members = instance_table(name.clone());
    let activities = activity_table(name);
    let delete =
        move || view! { <Button label="Delete" kind=ButtonKind::Danger on_press=move || ask_to_delete(lab, row) /> };
    view! {
        <Card title="Group details" actions=delete><Facts facts=Signal::derive(move || row.with(facts)) /></Card>
        <SizesCard row=row />
        <Card title="Instances">{members}</Card>
        <Card title="Activity history">{activities}</Card>
    }
    .into_any()
}

fn facts(row: &GroupRow) -> Vec<Fact> {
    vec![
        ("Launch template", Cell::fact(&row.template)),
        ("Availability Zones", Cell::fact(&row.zones)),
        ("In service", Cell::fact(format!("{} of {}", row.in_service, row.sizes[1]))),
        ("Scaling policies", Cell::fact(if row.policies.is_empty() { "none" } else { &row.policies })),
        ("Status", Cell::fact(if row.status.is_empty() { "as wanted" } else { row.status })),
    ]
}

#[component]
fn SizesCard(row: Signal<GroupRow>) -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let sizes = row.with_untracked(|row| row.sizes).map(|size| RwSignal::new(size.to_string()));
    let change = move || {
        let [min, desired, max] = sizes.map(|size| size.get_untracked());
        let request = SizesDraft { min, desired, max }.read(&row.with_untracked(|row| row.name.clone()));
        let done = request
            .and_then(|request| lab.submit(request).map_err(|refusal| Faults::of_refusal(&refusal, GroupDraft::WORDS)));
        if done.is_ok() {
            expect_context::<Notices>().good("Group size changed", "");
        }
        state.show(done.err());
    };
    let now = move || {
        let [min, desired, max] = row.with(|row| row.sizes);
        format!("Now min {min}, desired {desired}, max {max}.")
    };
    view! {
        <Card title="Group size" note=Signal::derive(now)>
            <form class="form form-place" aria-label="Group size" novalidate on:submit=move |event| { event.prevent_default(); change() }>
                <SizeFields sizes=sizes state=state />
                <FormSummary state=state />
                <button type="submit" class="button">"Change size"</button>
            </form>
        </Card>
    }
}

fn ask_to_delete(lab: Lab, row: Signal<GroupRow>) {
    let name = row.with_untracked(|row| row.name.clone());
    let request = DeleteAutoScalingGroupType { auto_scaling_group_name: name.clone(), force_delete: Some(true) };
    Questions::get().ask(Question {
        title: format!("Delete {name}?"),
        text: "All of its instances are terminated with it.".to_owned(),
        yes: "Delete",
        on_yes: Callback::new(move |()| lab.act("Deleting", request.clone())),
    });
}
