//! Shapes of Amazon EC2 (API version 2016-11-15), one file per family of operations.
mod address;
mod image;
mod instance;
mod launch_template;
mod region;
mod security_group;
mod vpc;

pub use address::*;
pub use image::*;
pub use instance::*;
pub use launch_template::*;
pub use region::*;
pub use security_group::*;
pub use vpc::*;

operations! { "ec2", Ec2;
    /// Lists the regions.
    DescribeRegions(DescribeRegionsRequest) -> DescribeRegionsResult;
    /// Lists the region's zones.
    DescribeAvailabilityZones(DescribeAvailabilityZonesRequest) -> DescribeAvailabilityZonesResult;
    /// Lists the virtual networks.
    DescribeVpcs(DescribeVpcsRequest) -> DescribeVpcsResult;
    /// Lists the subnets.
    DescribeSubnets(DescribeSubnetsRequest) -> DescribeSubnetsResult;
    /// Lists what types of instance there are.
    DescribeInstanceTypes(DescribeInstanceTypesRequest) -> DescribeInstanceTypesResult;
    /// Launches instances.
    RunInstances(RunInstancesRequest) -> Reservation;
    /// Lists instances.
    DescribeInstances(DescribeInstancesRequest) -> DescribeInstancesResult;
    /// Lists the status checks of instances.
    DescribeInstanceStatus(DescribeInstanceStatusRequest) -> DescribeInstanceStatusResult;
    /// Starts stopped instances.
    StartInstances(StartInstancesRequest) -> StartInstancesResult;
    /// Stops running instances.
    StopInstances(StopInstancesRequest) -> StopInstancesResult;
    /// Restarts the operating system of instances.
    RebootInstances(RebootInstancesRequest) -> Nothing;
    /// Ends instances for good.
    TerminateInstances(TerminateInstancesRequest) -> TerminateInstancesResult;
    /// Makes an image of an instance.
    CreateImage(CreateImageRequest) -> CreateImageResult;
    /// Lists images.
    DescribeImages(DescribeImagesRequest) -> DescribeImagesResult;
    /// Gives an image up.
    DeregisterImage(DeregisterImageRequest) -> DeregisterImageResult;
    /// Lists snapshots.
    DescribeSnapshots(DescribeSnapshotsRequest) -> DescribeSnapshotsResult;
    /// Takes an Elastic IP address from the pool.
    AllocateAddress(AllocateAddressRequest) -> AllocateAddressResult;
    /// Lists Elastic IP addresses.
    DescribeAddresses(DescribeAddressesRequest) -> DescribeAddressesResult;
    /// Gives an Elastic IP address to an instance.
    AssociateAddress(AssociateAddressRequest) -> AssociateAddressResult;
    /// Takes an Elastic IP address from its instance.
    DisassociateAddress(DisassociateAddressRequest) -> Nothing;
    /// Gives an Elastic IP address back to the pool.
    ReleaseAddress(ReleaseAddressRequest) -> Nothing;
    /// Makes a launch template with its version 1.
    CreateLaunchTemplate(CreateLaunchTemplateRequest) -> CreateLaunchTemplateResult;
    /// Adds a version to a launch template.
    CreateLaunchTemplateVersion(CreateLaunchTemplateVersionRequest) -> CreateLaunchTemplateVersionResult;
    /// Lists launch templates.
    DescribeLaunchTemplates(DescribeLaunchTemplatesRequest) -> DescribeLaunchTemplatesResult;
    /// Lists versions of launch templates.
    DescribeLaunchTemplateVersions(DescribeLaunchTemplateVersionsRequest) -> DescribeLaunchTemplateVersionsResult;
    /// Chooses the default version.
    ModifyLaunchTemplate(ModifyLaunchTemplateRequest) -> ModifyLaunchTemplateResult;
    /// Deletes a launch template with all its versions.
    DeleteLaunchTemplate(DeleteLaunchTemplateRequest) -> DeleteLaunchTemplateResult;
    /// Makes a security group.
    CreateSecurityGroup(CreateSecurityGroupRequest) -> CreateSecurityGroupResult;
    /// Lets traffic in.
    AuthorizeSecurityGroupIngress(AuthorizeSecurityGroupIngressRequest) -> AuthorizeSecurityGroupIngressResult;
    /// Stops letting traffic in.
    RevokeSecurityGroupIngress(RevokeSecurityGroupIngressRequest) -> RevokeSecurityGroupIngressResult;
    /// Lists security groups.
    DescribeSecurityGroups(DescribeSecurityGroupsRequest) -> DescribeSecurityGroupsResult;
    /// Deletes a security group.
    DeleteSecurityGroup(DeleteSecurityGroupRequest) -> DeleteSecurityGroupResult;
}

shapes! {
    /// The answer of an operation that answers nothing.
    Nothing {}

    /// A condition on a list: the named property has one of the values; `*` and `?` stand for any text and any character.
    Filter { name: Option<String>, values: Vec<String> }

    /// A label: key and value.
    Tag { key: String, value: String }

    /// Labels for what a request makes, by type of resource, such as `instance`.
    TagSpecification { resource_type: Option<String>, tags: Vec<Tag> }
}
