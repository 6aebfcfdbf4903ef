//! The sections of the console: a kind of thing each.

/// A kind of thing that has a page of its own, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// EC2 instances.
    Instances,
    /// Launch templates.
    LaunchTemplates,
    /// Amazon Machine Images.
    Images,
    /// Key pairs.
    KeyPairs,
    /// EBS snapshots.
    Snapshots,
    /// Elastic IP addresses.
    Addresses,
    /// Security groups.
    SecurityGroups,
    /// Route 53 hosted zones with their records.
    HostedZones,
    /// Application Load Balancers.
    LoadBalancers,
    /// Target groups.
    TargetGroups,
    /// Auto Scaling groups.
    Groups,
    /// CloudWatch metrics and alarms.
    Metrics,
    /// What happened, and what was asked for.
    Activity,
    /// What everything costs.
    Bill,
}

impl Section {
    /// All sections, in the order of the navigation.
    pub const ALL: [Section; 14] = [
        Section::Instances,
        Section::LaunchTemplates,
        Section::Images,
        Section::KeyPairs,
        Section::Snapshots,
        Section::Addresses,
        Section::SecurityGroups,
        Section::HostedZones,
        Section::LoadBalancers,
        Section::TargetGroups,
        Section::Groups,
        Section::Metrics,
        Section::Activity,
        Section::Bill,
    ];

    /// The section's word in an address.
    pub fn path(self) -> &'static str {
        match self {
            Section::Instances => "instances",
            Section::LaunchTemplates => "launch-templates",
            Section::Images => "images",
            Section::Snapshots => "snapshots",
            Section::Addresses => "addresses",
            Section::SecurityGroups => "security-groups",
            Section::LoadBalancers => "load-balancers",
            Section::TargetGroups => "target-groups",
            Section::Groups => "groups",
            Section::Metrics => "metrics",
            Section::Activity => "activity",
            Section::HostedZones => "hosted-zones",
            Section::KeyPairs => "key-pairs",
            Section::Bill => "bill",
        }
    }

    /// The section's name in the navigation and as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Section::Instances => "Instances",
            Section::LaunchTemplates => "Launch templates",
            Section::Images => "AMIs",
            Section::Snapshots => "Snapshots",
            Section::Addresses => "Elastic IPs",
            Section::SecurityGroups => "Security groups",
            Section::LoadBalancers => "Load balancers",
            Section::TargetGroups => "Target groups",
            Section::Groups => "Auto Scaling groups",
            Section::Metrics => "Metrics & alarms",
            Section::Activity => "Activity",
            Section::HostedZones => "Hosted zones",
            Section::KeyPairs => "Key pairs",
            Section::Bill => "Bill",
        }
    }

    /// The section that an address's word names.
    pub fn from_path(path: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.path() == path)
    }
}
