//! What the scripts cover: every operation that a learner needs first, and every refusal that the lab promises.
//!
//! Both lists of what is still missing may only grow shorter: a test fails for what is covered and still listed.
use super::golden::{self, Script};

/// The operations that a learner needs first, by service.
const FIRST: &[(&str, &[&str])] = &[
    (
        "ec2",
        &[
            "RunInstances",
            "DescribeInstances",
            "DescribeInstanceStatus",
            "StartInstances",
            "StopInstances",
            "RebootInstances",
            "TerminateInstances",
            "DescribeRegions",
            "DescribeAvailabilityZones",
            "DescribeVpcs",
            "DescribeSubnets",
            "DescribeInstanceTypes",
            "DescribeImages",
            "CreateImage",
            "CopyImage",
            "DeregisterImage",
            "DescribeSnapshots",
            "DeleteSnapshot",
            "AllocateAddress",
            "DescribeAddresses",
            "AssociateAddress",
            "DisassociateAddress",
            "ReleaseAddress",
            "CreateLaunchTemplate",
            "CreateLaunchTemplateVersion",
            "DescribeLaunchTemplates",
            "DescribeLaunchTemplateVersions",
            "ModifyLaunchTemplate",
            "DeleteLaunchTemplate",
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "RevokeSecurityGroupIngress",
            "DescribeSecurityGroups",
            "DeleteSecurityGroup",
            "CreateTags",
            "DescribeTags",
            "CreateKeyPair",
            "DescribeKeyPairs",
        ],
    ),
    (
        "autoscaling",
        &[
            "CreateAutoScalingGroup",
            "UpdateAutoScalingGroup",
            "DescribeAutoScalingGroups",
            "DeleteAutoScalingGroup",
            "DescribeAutoScalingInstances",
            "DescribeScalingActivities",
            "SetDesiredCapacity",
            "TerminateInstanceInAutoScalingGroup",
            "PutScalingPolicy",
            "DescribePolicies",
            "DeletePolicy",
            "AttachLoadBalancerTargetGroups",
            "DetachLoadBalancerTargetGroups",
            "DescribeLoadBalancerTargetGroups",
            "EnableMetricsCollection",
        ],
    ),
    (
        "elbv2",
        &[
            "CreateLoadBalancer",
            "DescribeLoadBalancers",
            "DeleteLoadBalancer",
            "CreateTargetGroup",
            "DescribeTargetGroups",
            "DeleteTargetGroup",
            "ModifyTargetGroup",
            "RegisterTargets",
            "DeregisterTargets",
            "DescribeTargetHealth",
            "CreateListener",
            "DescribeListeners",
            "DeleteListener",
            "ModifyTargetGroupAttributes",
            "DescribeTargetGroupAttributes",
        ],
    ),
    ("cloudwatch", &["GetMetricStatistics", "ListMetrics", "PutMetricAlarm", "DescribeAlarms", "DeleteAlarms"]),
    ("sts", &["GetCallerIdentity"]),
];

/// Of those, the ones that no script asks for with success yet.
const OPERATIONS_MISSING: &[(&str, &str)] = &[];

/// Refusals: the service, AWS's code, and words of its message. Not among them: `InvalidVolume.ZoneMismatch`, which only `AttachVolume` can
/// meet, and volumes beyond the root are not part of the lab.
const REFUSALS: &[(&str, &str, &str)] = &[
    ("ec2", "InvalidAMIID.NotFound", "The image id '["),
    ("ec2", "InvalidAMIID.Malformed", "(expecting \"ami-...\")"),
    ("ec2", "InvalidAMIID.Unavailable", "is no longer available"),
    ("ec2", "MissingParameter", "The request must contain the parameter ImageId"),
    ("ec2", "InvalidParameterValue", "for InstanceType."),
    (
        "ec2",
        "Unsupported",
        "Your requested instance type (t3.micro) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not specifying an Availability Zone or choosing us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f.",
    ),
    (
        "ec2",
        "InvalidParameterValue",
        "of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.",
    ),
    (
        "ec2",
        "VcpuLimitExceeded",
        "allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
    ),
    (
        "ec2",
        "InsufficientInstanceCapacity",
        "We currently do not have sufficient m5.large capacity in the Availability Zone you requested (us-east-1a). Our system will be working on provisioning additional capacity. You can currently get m5.large capacity by not specifying an Availability Zone in your request or choosing us-east-1b,",
    ),
    ("ec2", "InvalidKeyPair.NotFound", "The key pair '"),
    ("ec2", "InvalidKeyPair.Duplicate", "The keypair already exists"),
    ("ec2", "InvalidGroup.NotFound", "The security group '"),
    ("ec2", "InvalidParameter", "belong to different networks."),
    ("ec2", "InvalidSubnetID.NotFound", "The subnet ID '"),
    ("ec2", "VPCIdNotSpecified", "No default VPC for this user"),
    ("ec2", "MissingInput", "No subnets found for the default VPC '"),
    ("ec2", "InvalidInstanceID.NotFound", "The instance ID 'i-"),
    ("ec2", "InvalidInstanceID.NotFound", "The instance IDs 'i-"),
    ("ec2", "InvalidInstanceID.Malformed", "Invalid id: \""),
    ("ec2", "IncorrectInstanceState", "is not in a state from which it can be started."),
    ("ec2", "IncorrectInstanceState", "is not in a state from which it can be stopped."),
    ("ec2", "IncorrectInstanceState", "is not in the"),
    ("ec2", "OperationNotPermitted", "may not be terminated. Modify its"),
    ("ec2", "OperationNotPermitted", "may not be stopped. Modify its 'disableApiStop'"),
    ("ec2", "DryRunOperation", "Request would have succeeded, but DryRun flag is set."),
    ("ec2", "UnauthorizedOperation", "You are not authorized to perform this operation."),
    ("ec2", "AddressLimitExceeded", "The maximum number of addresses has been reached."),
    ("ec2", "InvalidAllocationID.NotFound", "The allocation ID '"),
    ("ec2", "InvalidInstanceID", "is not in a valid state for this operation."),
    ("ec2", "Resource.AlreadyAssociated", "is already associated with associate-id eipassoc-"),
    ("ec2", "InvalidIPAddress.InUse", "Address is in use."),
    ("ec2", "InvalidIPAddress.InUse", "is in use"),
    ("ec2", "InvalidAssociationID.NotFound", "The association ID '"),
    ("ec2", "Gateway.NotAttached", "is not attached to any internet gateway"),
    ("ec2", "InvalidAMIName.Duplicate", "is already in use by AMI ami-"),
    ("ec2", "InvalidAMIName.Malformed", "characters long, and may contain letters, numbers,"),
    ("ec2", "InvalidSnapshot.InUse", "is currently in use by ami-"),
    ("ec2", "InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use."),
    ("ec2", "InvalidLaunchTemplateName.NotFoundException", "The specified launch template, with template name "),
    ("ec2", "InvalidLaunchTemplateId.NotFound", "with template ID lt-"),
    ("ec2", "InvalidLaunchTemplateId.VersionNotFound", "for the launch template with ID lt-"),
    ("ec2", "InvalidGroup.Duplicate", "already exists for VPC 'vpc-"),
    ("ec2", "InvalidPermission.Duplicate", "the specified rule"),
    ("ec2", "InvalidPermission.NotFound", "The specified rule does not exist in this security group"),
    ("ec2", "DependencyViolation", " has a dependent object"),
    ("ec2", "CannotDelete", "cannot be deleted by a user"),
    ("ec2", "VolumeInUse", "is currently attached to i-"),
    ("ec2", "InsufficientFreeAddressesInSubnet", ""),
    ("ec2", "RequestLimitExceeded", "Request limit exceeded."),
    (
        "autoscaling",
        "AlreadyExists",
        "AutoScalingGroup by this name already exists - A group with the name web-asg already exists",
    ),
    ("autoscaling", "ValidationError", "must be between the specified min size:"),
    ("autoscaling", "ValidationError", "must be greater than or equal to min bound, "),
    ("autoscaling", "ValidationError", "is above max value"),
    ("autoscaling", "ValidationError", "is below min value"),
    ("autoscaling", "ValidationError", "AutoScalingGroup name not found - AutoScalingGroup '"),
    (
        "autoscaling",
        "ValidationError",
        "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
    ),
    ("autoscaling", "ValidationError", "At least one Availability Zone or VPC Subnet is required."),
    (
        "autoscaling",
        "ValidationError",
        "The availability zones of the specified subnets and the Auto Scaling group do not match",
    ),
    ("autoscaling", "ValidationError", "You must use a valid fully-formed launch template."),
    (
        "autoscaling",
        "ValidationError",
        "One or more security groups in the launch template are not linked to the VPCs configured in the Auto Scaling group",
    ),
    (
        "autoscaling",
        "ValidationError",
        "Terminating instance without replacement will violate group's min size constraint.",
    ),
    ("autoscaling", "ValidationError", "is already part of AutoScalingGroup:"),
    ("autoscaling", "ValidationError", "is not part of Auto Scaling group "),
    ("autoscaling", "ValidationError", "is not in InService or Standby."),
    (
        "autoscaling",
        "ResourceInUse",
        "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
    ),
    (
        "autoscaling",
        "ScalingActivityInProgress",
        "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.",
    ),
    ("autoscaling", "ScalingActivityInProgress", "is in progress and blocks this action"),
    ("autoscaling", "ValidationError", ""),
    (
        "autoscaling",
        "InstanceRefreshInProgress",
        "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.",
    ),
    (
        "autoscaling",
        "ActiveInstanceRefreshNotFound",
        "No in progress or pending Instance Refresh found for Auto Scaling group x",
    ),
    ("autoscaling", "ValidationError", "Desired capacity must be greater than or equal to min size"),
    (
        "autoscaling",
        "ValidationError",
        "Provided Target Groups may not be valid. Please ensure they exist and try again.",
    ),
    ("elbv2", "ValidationError", "At least two subnets in two different Availability Zones must be specified"),
    (
        "elbv2",
        "InvalidConfigurationRequest",
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    ),
    ("elbv2", "InvalidSubnet", "has no internet gateway"),
    ("elbv2", "InvalidSubnet", "ELB requires at least 8 free IP addresses in each subnet."),
    ("elbv2", "DuplicateLoadBalancerName", "exists, but with different settings"),
    ("elbv2", "DuplicateTargetGroupName", "exists, but with different settings"),
    (
        "elbv2",
        "TargetGroupAssociationLimit",
        "The following target groups cannot be associated with more than one load balancer:",
    ),
    ("elbv2", "InvalidTarget", "The following targets are not in a running state and cannot be registered:"),
    ("elbv2", "InvalidTarget", "The following targets are not in the target group VPC"),
    ("elbv2", "ResourceInUse", "is currently in use by a listener or a rule"),
    ("elbv2", "DuplicateListener", "A listener already exists on this port for this load balancer"),
    ("elbv2", "PriorityInUse", "is currently in use"),
    ("elbv2", "TargetGroupNotFound", "One or more target groups not found"),
    ("elbv2", "LoadBalancerNotFound", "not found"),
    ("elbv2", "ListenerNotFound", "One or more listeners not found"),
    ("elbv2", "RuleNotFound", "One or more rules not found"),
    ("elbv2", "ValidationError", "cannot be longer than '32' characters"),
    ("elbv2", "ValidationError", "can only contain characters that are alphanumeric characters or hyphens(-)"),
    ("elbv2", "ValidationError", "cannot begin or end with '-'"),
    ("elbv2", "ValidationError", "must be smaller than the interval"),
    ("elbv2", "ValidationError", "must be between '0-3600' inclusive"),
    ("elbv2", "OperationNotPermitted", "cannot be deleted because deletion protection is enabled"),
    ("elbv2", "ValidationError", "A listener port must be specified"),
    ("cloudwatch", "ValidationError", "failed to satisfy constraint: Member must satisfy enum value set: ["),
    ("cloudwatch", "ResourceNotFound", ""),
    ("cloudwatch", "InvalidParameterCombination", "which exceeds the limit of 1440."),
    ("cloudwatch", "InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime."),
    ("route53", "InvalidChangeBatch", "but it already exists"),
    ("route53", "NoSuchHostedZone", ""),
];

/// Of those, the ones that no script provokes yet.
const REFUSALS_MISSING: &[(&str, &str, &str)] = &[];

#[test]
fn every_operation_that_a_learner_needs_first_has_a_script() {
    let scripts = golden::scripts();
    let is_answered = |service: &str, operation: &str| {
        lines_of(&scripts).any(|line| {
            (line.service.as_str(), line.operation.as_str()) == (service, operation)
                && line.answer.get("output").is_some()
        })
    };
    let all = FIRST.iter().flat_map(|(service, names)| names.iter().map(|name| (*service, *name)));
    let missing: Vec<(&str, &str)> = all.filter(|(service, name)| !is_answered(service, name)).collect();
    assert_eq!(missing, OPERATIONS_MISSING, "what no script asks for, and what is listed as missing");
}

#[test]
fn every_refusal_is_provoked_by_a_line_of_a_script() {
    let scripts = golden::scripts();
    let is_provoked = |(service, code, words): &&(&str, &str, &str)| {
        lines_of(&scripts).any(|line| {
            let error = &line.answer["error"];
            line.service == *service
                && error["code"] == *code
                && error["message"].as_str().is_some_and(|message| message.contains(words))
        })
    };
    let missing: Vec<_> = REFUSALS.iter().filter(|refusal| !is_provoked(refusal)).copied().collect();
    assert_eq!(missing, REFUSALS_MISSING, "what no script provokes, and what is listed as missing");
}

fn lines_of(scripts: &[Script]) -> impl Iterator<Item = &golden::Line> {
    scripts.iter().flat_map(|script| &script.lines)
}
