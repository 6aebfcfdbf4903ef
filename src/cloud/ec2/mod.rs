//! Amazon EC2: instances, images, addresses, launch templates, security groups and networks.
pub mod accelerator;
mod account;
pub mod address;
pub mod base64;
mod capacity;
mod catalog;
pub mod cidr;
mod copy;
pub mod credit;
pub mod disk;
mod dispatch;
pub mod image;
pub mod instance;
mod instance_attribute;
mod instance_state;
mod instance_status;
pub mod instance_type;
pub mod internet_gateway;
pub mod key_pair;
pub mod launch;
mod launch_spec;
pub mod launch_template;
mod launch_template_version;
mod listing;
mod metadata;
pub mod network;
pub mod security_group;
mod security_group_rule;
pub mod snapshot;
pub mod subnet;
mod tag;
mod user_data;
pub mod volume;
pub mod vpc;
mod wire;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Ids, RegionInfo, Zone};
use crate::api::ec2::Response;

pub use accelerator::Accelerator;
pub use address::Address;
pub(super) use copy::CopySource;
pub use credit::CreditMode;
pub(super) use dispatch::{dry_run, is_dry_run};
pub use image::{Image, ImageState};
pub use instance::{Instance, InstanceState};
pub use instance_status::StatusChecks;
pub use internet_gateway::InternetGateway;
pub use key_pair::KeyPair;
pub use launch_template::LaunchTemplate;
pub use network::Network;
pub use security_group::SecurityGroup;
pub use snapshot::Snapshot;
pub use subnet::Subnet;
pub use volume::Volume;
pub use vpc::Vpc;
pub use wire::dns_name;

/// EC2 in one region.
#[derive(Clone, Debug)]
pub struct Ec2 {
    /// VPCs with their subnets and internet gateways.
    pub network: Network,
    /// Instances by id.
    pub instances: BTreeMap<String, Instance>,
    /// Images by id, Amazon's and the account's own.
    pub images: BTreeMap<String, Image>,
    /// Snapshots by id.
    pub snapshots: BTreeMap<String, Snapshot>,
    /// Elastic IP addresses by allocation id.
    pub addresses: BTreeMap<String, Address>,
    /// Launch templates by id.
    pub launch_templates: BTreeMap<String, LaunchTemplate>,
    /// Security groups by id.
    pub security_groups: BTreeMap<String, SecurityGroup>,
    /// Volumes by id.
    pub volumes: BTreeMap<String, Volume>,
    /// Key pairs by id.
    pub key_pairs: BTreeMap<String, KeyPair>,
    /// Images that were given up.
    deregistered: BTreeSet<String>,
    /// Elastic IP addresses that were given back and can be had again.
    released: BTreeSet<String>,
    /// The zones that are lost.
    lost_zones: BTreeSet<Zone>,
    /// The zones that have no machines of a type.
    exhausted: BTreeSet<(Zone, String)>,
    /// The security groups that let nothing in, whatever their rules say.
    closed_groups: BTreeSet<String>,
    /// Client tokens by operation, with the parameters they came with and the answer they got.
    client_tokens: BTreeMap<(&'static str, String), (serde_json::Value, Response)>,
}

/// What becomes due in EC2.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// An instance reaches the end of the transition it was in when this was scheduled.
    TransitionEnds {
        /// Which one.
        instance_id: String,
        /// Its transition at that time; a later one makes this stale.
        generation: u32,
    },
    /// An instance's programs are up.
    BootEnds {
        /// Which one.
        instance_id: String,
        /// Its transition at that time; a later one makes this stale.
        generation: u32,
    },
    /// A snapshot is complete, and the image made from it with it.
    ImageCompletes {
        /// The image.
        image_id: String,
    },
    /// A terminated instance disappears from the lists.
    InstanceDisappears {
        /// Which one.
        instance_id: String,
    },
}

impl Ec2 {
    /// EC2 on the account's first day: the default network, its default security group, and Amazon's images.
    pub fn new(info: &'static RegionInfo, ids: &mut Ids) -> Self {
        let network = Network::new(info, ids);
        let vpc_id = network.default_vpc().map(|vpc| vpc.vpc_id.as_str()).unwrap_or_default();
        let default_group = SecurityGroup::default_of(vpc_id, ids.next(info.name, "sg-"));
        let images = catalog::images(info, ids);
        Ec2 {
            network,
            instances: BTreeMap::new(),
            images,
            snapshots: BTreeMap::new(),
            addresses: BTreeMap::new(),
            launch_templates: BTreeMap::new(),
            security_groups: BTreeMap::from([(default_group.group_id.clone(), default_group)]),
            volumes: BTreeMap::new(),
            key_pairs: BTreeMap::new(),
            deregistered: BTreeSet::new(),
            released: BTreeSet::new(),
            lost_zones: BTreeSet::new(),
            exhausted: BTreeSet::new(),
            closed_groups: BTreeSet::new(),
            client_tokens: BTreeMap::new(),
        }
    }

    /// Does what has become due.
    pub fn handle(&mut self, context: &mut Context, due: Due) {
        match due {
            Due::TransitionEnds { instance_id, generation } => self.end_transition(context, &instance_id, generation),
            Due::BootEnds { instance_id, generation } => self.end_boot(context, &instance_id, generation),
            Due::ImageCompletes { image_id } => self.complete_image(context, &image_id),
            Due::InstanceDisappears { instance_id } => {
                self.instances.remove(&instance_id);
            }
        }
    }
}
