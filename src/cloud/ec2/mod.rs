//! Amazon EC2: instances, images, addresses, launch templates, security groups and the default network.
pub mod address;
mod catalog;
pub mod disk;
pub mod image;
pub mod instance;
pub mod instance_type;
pub mod launch;
pub mod launch_template;
pub mod network;
pub mod security_group;
mod wire;

use std::collections::BTreeMap;

use super::{Context, Ids, Properties, Region, RegionInfo};
use crate::api::ApiError;
use crate::api::ec2::{Filter, Nothing, Request, Response, Tag, TagSpecification};

pub use address::Address;
pub use image::{Image, ImageState, Snapshot};
pub use instance::{Instance, InstanceState};
pub use launch_template::LaunchTemplate;
pub use network::{Network, Subnet};
pub use security_group::SecurityGroup;

/// EC2 in one region.
#[derive(Clone, Debug)]
pub struct Ec2 {
    /// The default network with its subnets.
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
        let default_group = SecurityGroup::default_of(info.name, &network.vpc_id, ids);
        let images = catalog::images(info, ids);
        Ec2 {
            network,
            instances: BTreeMap::new(),
            images,
            snapshots: BTreeMap::new(),
            addresses: BTreeMap::new(),
            launch_templates: BTreeMap::new(),
            security_groups: BTreeMap::from([(default_group.group_id.clone(), default_group)]),
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

impl Region {
    /// Does what has become due. An instance that disappears leaves its target groups too.
    pub(super) fn handle_ec2(&mut self, context: &mut Context, due: Due) {
        if let Due::InstanceDisappears { instance_id } = &due {
            self.elb.forget_instance(context, instance_id);
        }
        self.ec2.handle(context, due);
    }

    /// Carries out a request to EC2.
    pub(super) fn call_ec2(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        let ec2 = &mut self.ec2;
        Ok(match request {
            Request::DescribeRegions(input) => Response::DescribeRegions(network::describe_regions(&input)?),
            Request::DescribeAvailabilityZones(input) => {
                Response::DescribeAvailabilityZones(network::describe_zones(context.region, &input)?)
            }
            Request::DescribeVpcs(input) => Response::DescribeVpcs(ec2.network.describe_vpcs(&input)?),
            Request::DescribeSubnets(input) => Response::DescribeSubnets(ec2.describe_subnets(context, &input)?),
            Request::DescribeInstanceTypes(input) => {
                Response::DescribeInstanceTypes(instance_type::describe_instance_types(&input)?)
            }
            Request::RunInstances(input) => Response::RunInstances(ec2.run_instances(context, input)?),
            Request::DescribeInstances(input) => Response::DescribeInstances(ec2.describe_instances(context, &input)?),
            Request::DescribeInstanceStatus(input) => {
                Response::DescribeInstanceStatus(ec2.describe_instance_status(context, &input)?)
            }
            Request::StartInstances(input) => Response::StartInstances(ec2.start_instances(context, &input)?),
            Request::StopInstances(input) => Response::StopInstances(ec2.stop_instances(context, &input)?),
            Request::RebootInstances(input) => {
                ec2.reboot_instances(context, &input)?;
                Response::RebootInstances(Nothing {})
            }
            Request::TerminateInstances(input) => {
                Response::TerminateInstances(ec2.terminate_instances(context, &input)?)
            }
            Request::CreateImage(input) => Response::CreateImage(ec2.create_image(context, input)?),
            Request::DescribeImages(input) => Response::DescribeImages(ec2.describe_images(&input)?),
            Request::DeregisterImage(input) => Response::DeregisterImage(ec2.deregister_image(&input)?),
            Request::DescribeSnapshots(input) => Response::DescribeSnapshots(ec2.describe_snapshots(context, &input)?),
            Request::AllocateAddress(input) => Response::AllocateAddress(ec2.allocate_address(context, input)?),
            Request::DescribeAddresses(input) => Response::DescribeAddresses(ec2.describe_addresses(context, &input)?),
            Request::AssociateAddress(input) => Response::AssociateAddress(ec2.associate_address(context, &input)?),
            Request::DisassociateAddress(input) => {
                ec2.disassociate_address(context, &input)?;
                Response::DisassociateAddress(Nothing {})
            }
            Request::ReleaseAddress(input) => {
                ec2.release_address(context, &input)?;
                Response::ReleaseAddress(Nothing {})
            }
            Request::CreateLaunchTemplate(input) => {
                Response::CreateLaunchTemplate(ec2.create_launch_template(context, input)?)
            }
            Request::CreateLaunchTemplateVersion(input) => {
                Response::CreateLaunchTemplateVersion(ec2.create_launch_template_version(context, input)?)
            }
            Request::DescribeLaunchTemplates(input) => {
                Response::DescribeLaunchTemplates(ec2.describe_launch_templates(&input)?)
            }
            Request::DescribeLaunchTemplateVersions(input) => {
                Response::DescribeLaunchTemplateVersions(ec2.describe_launch_template_versions(&input)?)
            }
            Request::ModifyLaunchTemplate(input) => Response::ModifyLaunchTemplate(ec2.modify_launch_template(&input)?),
            Request::DeleteLaunchTemplate(input) => Response::DeleteLaunchTemplate(ec2.delete_launch_template(&input)?),
            Request::CreateSecurityGroup(input) => {
                Response::CreateSecurityGroup(ec2.create_security_group(context, input)?)
            }
            Request::AuthorizeSecurityGroupIngress(input) => {
                Response::AuthorizeSecurityGroupIngress(ec2.authorize_ingress(context, input)?)
            }
            Request::RevokeSecurityGroupIngress(input) => {
                Response::RevokeSecurityGroupIngress(ec2.revoke_ingress(input)?)
            }
            Request::DescribeSecurityGroups(input) => {
                Response::DescribeSecurityGroups(ec2.describe_security_groups(context, &input)?)
            }
            Request::DeleteSecurityGroup(input) => {
                self.refuse_if_used_by_balancer(&input)?;
                Response::DeleteSecurityGroup(self.ec2.delete_security_group(&input)?)
            }
        })
    }
}

/// The tags that a request gives to what it makes of this type.
fn tags_for(specifications: &[TagSpecification], resource_type: &str) -> Vec<Tag> {
    let mine =
        specifications.iter().filter(|specification| specification.resource_type.as_deref() == Some(resource_type));
    mine.flat_map(|specification| specification.tags.iter().cloned()).collect()
}

/// Refuses a request that only asks whether it would succeed, after all other checks, as AWS does.
fn check_dry_run(dry_run: Option<bool>) -> Result<(), ApiError> {
    if dry_run == Some(true) {
        return Err(ApiError::new("DryRunOperation", "Request would have succeeded, but DryRun flag is set."));
    }
    Ok(())
}

/// Whether a thing is asked for: its id is named, or no id is; and it passes the filters.
fn is_wanted(
    id: &str,
    wanted: &[String],
    properties: &Properties,
    tags: &[Tag],
    filters: &[Filter],
) -> Result<bool, ApiError> {
    Ok((wanted.is_empty() || wanted.iter().any(|name| name == id)) && properties.pass(tags, filters)?)
}
