//! The forms that make things, one per file.
mod address;
mod group;
mod instance;
mod load_balancer;
mod security_group;
mod target_group;
mod template;

use leptos::prelude::*;

pub use self::group::SizeFields;

use crate::ui::component::PageHeader;
use crate::ui::page::not_found::NotFound;
use crate::ui::page::words::words;
use crate::ui::route::{Route, Section};

/// The form of a section.
#[component]
pub fn CreatePage(section: Section) -> impl IntoView {
    let form = match section {
        Section::Instances => view! { <instance::LaunchInstance /> }.into_any(),
        Section::LaunchTemplates => view! { <template::CreateTemplate /> }.into_any(),
        Section::Addresses => view! { <address::AllocateAddress /> }.into_any(),
        Section::SecurityGroups => view! { <security_group::CreateSecurityGroup /> }.into_any(),
        Section::LoadBalancers => view! { <load_balancer::CreateLoadBalancer /> }.into_any(),
        Section::TargetGroups => view! { <target_group::CreateTargetGroup /> }.into_any(),
        Section::Groups => view! { <group::CreateGroup /> }.into_any(),
        Section::Images | Section::Snapshots | Section::Metrics | Section::Activity => {
            return view! { <NotFound path=Route::Create(section).to_string() /> }.into_any();
        }
    };
    view! {
        <PageHeader title=words(section).create.to_owned() note=section.title().to_owned() />
        {form}
    }
    .into_any()
}
