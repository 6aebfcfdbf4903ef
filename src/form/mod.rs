//! Forms: what a learner typed, to requests or to what is wrong with it, field by field.
//!
//! A draft holds texts and choices. [`GroupDraft::read`] and the like check it alone; what only the cloud can refuse comes back as an
//! [`ApiError`](crate::api::ApiError) and is put beside its field by [`Faults::of_refusal`].
mod breakage;
mod fault;
mod group;
mod image;
mod instance;
mod load_balancer;
mod moment;
mod security_group;
mod target_group;
mod template;
mod traffic;

pub use breakage::{Amount, BREAKAGES, Breakage, BreakageDraft, Thing, breakage};
pub use fault::{Check, Fault, Faults, Words};
pub use group::{GroupDraft, SizesDraft};
pub use image::ImageDraft;
pub use instance::InstanceDraft;
pub use load_balancer::LoadBalancerDraft;
pub use moment::MomentDraft;
pub use security_group::SecurityGroupDraft;
pub use target_group::TargetGroupDraft;
pub use template::TemplateDraft;
pub use traffic::TrafficDraft;

/// The fields of all forms, by the names that the learner reads.
pub mod field {
    /// What an instance is called.
    pub const NAME: &str = "Name";
    /// The image to launch.
    pub const IMAGE: &str = "AMI";
    /// The type of instance.
    pub const INSTANCE_TYPE: &str = "Instance type";
    /// The security group.
    pub const SECURITY_GROUP: &str = "Security group";
    /// How many instances to launch.
    pub const COUNT: &str = "Number of instances";
    /// A new launch template's name.
    pub const TEMPLATE_NAME: &str = "Launch template name";
    /// A launch template that exists.
    pub const TEMPLATE: &str = "Launch template";
    /// A new image's name.
    pub const IMAGE_NAME: &str = "Image name";
    /// A new target group's name.
    pub const TARGET_GROUP_NAME: &str = "Target group name";
    /// A port.
    pub const PORT: &str = "Port";
    /// The path that tells whether a server is well.
    pub const HEALTH_PATH: &str = "Health check path";
    /// A target group that exists.
    pub const TARGET_GROUP: &str = "Target group";
    /// A new balancer's name.
    pub const BALANCER_NAME: &str = "Load balancer name";
    /// Zones, by their subnets.
    pub const ZONES: &str = "Availability Zones";
    /// A new group's name.
    pub const GROUP_NAME: &str = "Auto Scaling group name";
    /// The fewest instances.
    pub const MIN: &str = "Min";
    /// The wanted number of instances.
    pub const DESIRED: &str = "Desired";
    /// The most instances.
    pub const MAX: &str = "Max";
    /// The CPU utilisation that a policy aims at.
    pub const CPU_TARGET: &str = "CPU target";
    /// How long a new instance does not count.
    pub const WARMUP: &str = "Instance warm-up";
    /// A new security group's name.
    pub const SECURITY_GROUP_NAME: &str = "Security group name";
    /// What a security group is for.
    pub const DESCRIPTION: &str = "Description";
    /// Whom visitors visit.
    pub const TARGET: &str = "Target";
    /// How many requests visitors send.
    pub const RATE: &str = "Requests per second";
    /// What breaks.
    pub const BREAKAGE: &str = "What breaks";
    /// What a fault meets.
    pub const BROKEN_THING: &str = "Where";
    /// In how many minutes a fault begins.
    pub const START_IN: &str = "Begins in minutes";
    /// For how many minutes it lasts.
    pub const DURATION: &str = "Lasts for minutes";
    /// A day, counted from 1.
    pub const DAY: &str = "Day";
    /// A time of the day.
    pub const CLOCK: &str = "Time";
}
