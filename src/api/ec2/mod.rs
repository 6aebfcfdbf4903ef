//! Shapes of Amazon EC2 (API version 2016-11-15), one file per family of operations.
mod address;
mod attribute;
mod image;
mod instance;
mod launch_template;
mod region;
mod security_group;
mod tag;
mod vpc;

pub use address::*;
pub use attribute::*;
pub use image::*;
pub use instance::*;
pub use launch_template::*;
pub use region::*;
pub use security_group::*;
pub use tag::*;
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
    /// Makes a virtual network.
    CreateVpc(CreateVpcRequest) -> CreateVpcResult;
    /// Deletes an empty virtual network.
    DeleteVpc(DeleteVpcRequest) -> Nothing;
    /// Makes a subnet.
    CreateSubnet(CreateSubnetRequest) -> CreateSubnetResult;
    /// Deletes an empty subnet.
    DeleteSubnet(DeleteSubnetRequest) -> Nothing;
    /// Changes whether instances of a subnet get public addresses.
    ModifySubnetAttribute(ModifySubnetAttributeRequest) -> Nothing;
    /// Makes an internet gateway.
    CreateInternetGateway(CreateInternetGatewayRequest) -> CreateInternetGatewayResult;
    /// Gives a virtual network its internet gateway.
    AttachInternetGateway(AttachInternetGatewayRequest) -> Nothing;
    /// Takes its internet gateway from a virtual network.
    DetachInternetGateway(DetachInternetGatewayRequest) -> Nothing;
    /// Deletes an internet gateway.
    DeleteInternetGateway(DeleteInternetGatewayRequest) -> Nothing;
    /// Lists internet gateways.
    DescribeInternetGateways(DescribeInternetGatewaysRequest) -> DescribeInternetGatewaysResult;
    /// Lists which types of instance there are where.
    DescribeInstanceTypeOfferings(DescribeInstanceTypeOfferingsRequest) -> DescribeInstanceTypeOfferingsResult;
    /// Shows one attribute of an instance.
    DescribeInstanceAttribute(DescribeInstanceAttributeRequest) -> InstanceAttribute;
    /// Changes one attribute of an instance.
    ModifyInstanceAttribute(ModifyInstanceAttributeRequest) -> Nothing;
    /// Switches instances to metrics every minute.
    MonitorInstances(MonitorInstancesRequest) -> MonitorInstancesResult;
    /// Switches instances to metrics every five minutes.
    UnmonitorInstances(UnmonitorInstancesRequest) -> UnmonitorInstancesResult;
    /// Shows how instances spend CPU credits.
    DescribeInstanceCreditSpecifications(DescribeInstanceCreditSpecificationsRequest) -> DescribeInstanceCreditSpecificationsResult;
    /// Changes how instances spend CPU credits.
    ModifyInstanceCreditSpecification(ModifyInstanceCreditSpecificationRequest) -> ModifyInstanceCreditSpecificationResult;
    /// Shows what an instance wrote on its console.
    GetConsoleOutput(GetConsoleOutputRequest) -> GetConsoleOutputResult;
    /// Changes how programs on an instance may ask for its metadata.
    ModifyInstanceMetadataOptions(ModifyInstanceMetadataOptionsRequest) -> ModifyInstanceMetadataOptionsResult;
    /// Copies an image from another region.
    CopyImage(CopyImageRequest) -> CopyImageResult;
    /// Marks an image as outdated.
    EnableImageDeprecation(EnableImageDeprecationRequest) -> EnableImageDeprecationResult;
    /// Keeps an image from being launched.
    DisableImage(DisableImageRequest) -> DisableImageResult;
    /// Makes a snapshot of a volume.
    CreateSnapshot(CreateSnapshotRequest) -> Snapshot;
    /// Copies a snapshot from another region.
    CopySnapshot(CopySnapshotRequest) -> CopySnapshotResult;
    /// Deletes a snapshot.
    DeleteSnapshot(DeleteSnapshotRequest) -> Nothing;
    /// Lists volumes.
    DescribeVolumes(DescribeVolumesRequest) -> DescribeVolumesResult;
    /// Deletes a volume.
    DeleteVolume(DeleteVolumeRequest) -> Nothing;
    /// Deletes versions of a launch template.
    DeleteLaunchTemplateVersions(DeleteLaunchTemplateVersionsRequest) -> DeleteLaunchTemplateVersionsResult;
    /// Says what a template would have to say to launch an instance like this one.
    GetLaunchTemplateData(GetLaunchTemplateDataRequest) -> GetLaunchTemplateDataResult;
    /// Lets traffic out.
    AuthorizeSecurityGroupEgress(AuthorizeSecurityGroupEgressRequest) -> AuthorizeSecurityGroupEgressResult;
    /// Stops letting traffic out.
    RevokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest) -> RevokeSecurityGroupEgressResult;
    /// Lists rules of security groups.
    DescribeSecurityGroupRules(DescribeSecurityGroupRulesRequest) -> DescribeSecurityGroupRulesResult;
    /// Changes rules of a security group.
    ModifySecurityGroupRules(ModifySecurityGroupRulesRequest) -> ModifySecurityGroupRulesResult;
    /// Labels things.
    CreateTags(CreateTagsRequest) -> Nothing;
    /// Takes labels away.
    DeleteTags(DeleteTagsRequest) -> Nothing;
    /// Lists labels.
    DescribeTags(DescribeTagsRequest) -> DescribeTagsResult;
    /// Makes a key pair.
    CreateKeyPair(CreateKeyPairRequest) -> KeyPair;
    /// Lists key pairs.
    DescribeKeyPairs(DescribeKeyPairsRequest) -> DescribeKeyPairsResult;
    /// Deletes a key pair.
    DeleteKeyPair(DeleteKeyPairRequest) -> DeleteKeyPairResult;
    /// Says what the account may have.
    DescribeAccountAttributes(DescribeAccountAttributesRequest) -> DescribeAccountAttributesResult;
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
