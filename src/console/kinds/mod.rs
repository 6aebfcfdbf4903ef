//! The kinds of things of the console, one per file.
mod addresses;
mod alarms;
mod bill;
mod groups;
mod hosted_zones;
mod images;
mod instances;
mod key_pairs;
mod launch;
mod launch_templates;
mod load_balancers;
mod policies;
mod security_groups;
mod snapshots;
mod sources;
mod tags;
mod target_groups;

use super::{Kind, Section};

/// The kind of thing that a section holds; none for the record of what happened, which is no thing of the account's.
pub fn kind(section: Section) -> Option<&'static Kind> {
    Some(match section {
        Section::Instances => &instances::KIND,
        Section::LaunchTemplates => &launch_templates::KIND,
        Section::Images => &images::KIND,
        Section::KeyPairs => &key_pairs::KIND,
        Section::Snapshots => &snapshots::KIND,
        Section::Addresses => &addresses::KIND,
        Section::SecurityGroups => &security_groups::KIND,
        Section::HostedZones => &hosted_zones::KIND,
        Section::LoadBalancers => &load_balancers::KIND,
        Section::TargetGroups => &target_groups::KIND,
        Section::Groups => &groups::KIND,
        Section::Metrics => &alarms::KIND,
        Section::Bill => &bill::KIND,
        Section::Activity => return None,
    })
}
