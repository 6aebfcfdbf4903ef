//! Makes an Auto Scaling group with a policy.
use std::collections::BTreeSet;

use leptos::prelude::*;

use super::load_balancer::two_zones;
use crate::form::{Faults, GroupDraft, SizesDraft, field};
use crate::projection::console;
use crate::ui::component::{CheckGroup, Choice, FieldFrame, SelectField, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::{Form, FormState, first_of, target_group_choices, text, zone_choices};
use crate::ui::route::{Route, Section};

/// What was typed.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    template: RwSignal<String>,
    subnets: RwSignal<BTreeSet<String>>,
    target: RwSignal<String>,
    sizes: [RwSignal<String>; 3],
    cpu: RwSignal<String>,
    warmup: RwSignal<String>,
}

impl Fields {
    fn draft(self) -> GroupDraft {
        let [min, desired, max] = self.sizes.map(|size| size.get_untracked());
        GroupDraft {
            name: self.name.get_untracked(),
            template: self.template.get_untracked(),
            subnets: self.subnets.get_untracked(),
            target_group: self.target.get_untracked(),
            sizes: SizesDraft { min, desired, max },
            cpu_target: self.cpu.get_untracked(),
            warmup: self.warmup.get_untracked(),
        }
    }
}

/// The form that makes a group.
#[component]
pub fn CreateGroup() -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let templates = lab.view(|session, region| {
        let templates = console::templates(session, region).into_iter();
        templates.map(|row| Choice::new(row.name.clone(), row.name)).collect::<Vec<_>>()
    });
    let templates = Signal::from(templates);
    let (zones, targets) = (zone_choices(), target_group_choices());
    let fields = Fields {
        name: text("web-asg"),
        template: first_of(templates),
        subnets: two_zones(zones),
        target: first_of(targets),
        sizes: [text("1"), text("2"), text("6")],
        cpu: text("50"),
        warmup: text("120"),
    };
    let submit = Callback::new(move |()| {
        let refused = |refusal| Faults::of_refusal(&refusal, GroupDraft::WORDS);
        let (group, policy) = fields.draft().read()?;
        lab.submit(group).map_err(refused)?;
        policy.map_or(Ok(()), |policy| lab.submit(policy).map(|_| ()).map_err(refused))
    });
    view! {
        <Form title="Auto Scaling group" label="Create Auto Scaling group" back=Route::List(Section::Groups) state=state submit=submit>
            <TextField label=field::GROUP_NAME value=fields.name error=state.at(field::GROUP_NAME) />
            <SelectField label=field::TEMPLATE value=fields.template choices=templates error=state.at(field::TEMPLATE) placeholder="Choose a launch template" />
            <CheckGroup legend=field::ZONES value=fields.subnets choices=zones error=state.at(field::ZONES) hint="The same as the load balancer's.".to_owned() />
            <SelectField label=field::TARGET_GROUP value=fields.target choices=targets error=state.at(field::TARGET_GROUP) placeholder="None" />
            <FieldFrame legend="Group size"><SizeFields sizes=fields.sizes state=state /></FieldFrame>
            <FieldFrame legend="Scaling policy" hint="The group grows and shrinks to keep its mean CPU utilisation here. Empty: no policy.".to_owned()>
                <div class="field-row">
                    <TextField label=field::CPU_TARGET value=fields.cpu numeric=true suffix="%" error=state.at(field::CPU_TARGET) />
                    <TextField label=field::WARMUP value=fields.warmup numeric=true suffix="s" error=state.at(field::WARMUP) />
                </div>
            </FieldFrame>
        </Form>
    }
}

/// Min, desired and max beside each other.
#[component]
pub fn SizeFields(sizes: [RwSignal<String>; 3], state: FormState) -> impl IntoView {
    let [min, desired, max] = sizes;
    view! {
        <div class="field-row">
            <TextField label=field::MIN value=min numeric=true error=state.at(field::MIN) />
            <TextField label=field::DESIRED value=desired numeric=true error=state.at(field::DESIRED) />
            <TextField label=field::MAX value=max numeric=true error=state.at(field::MAX) />
        </div>
    }
}
