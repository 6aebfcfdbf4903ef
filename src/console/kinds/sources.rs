//! Lists to choose from.
use crate::console::ask::Arg::{Flag, Text};
use crate::console::{Read, Source};

/// The images of the region: the account's own and Amazon's.
pub const IMAGES: Source =
    Source::read(Read::new("ec2", "DescribeImages", "Images[]"), "ImageId", "Name", "PlatformDetails|ImageId");
/// The value that stands for an image whose id is typed.
pub const TYPED_IMAGE: &str = "<ImageId>";
/// The images of the region, or one whose id is typed.
pub const IMAGES_OR_TYPED: Source = Source { after: Some((TYPED_IMAGE, "Another AMI: type its id")), ..IMAGES };
/// The types of instance.
pub const TYPES: Source = Source::read(
    Read::new("ec2", "DescribeInstanceTypes", "InstanceTypes[]"),
    "InstanceType",
    "InstanceType",
    "{VCpuInfo.DefaultVCpus} vCPU, {MemoryInfo.SizeInMiB} MiB",
);
/// The value that stands for a security group yet to be made.
pub const NEW_GROUP: &str = "new";
/// The security groups of the region.
pub const SECURITY_GROUPS: Source = Source::read(GROUPS, "GroupId", "GroupName", "GroupId");
/// The security groups of the region, one yet to be made first.
pub const SECURITY_GROUPS_OR_NEW: Source = Source {
    before: Some((NEW_GROUP, "Create one that lets HTTP in from anywhere")),
    ..Source::read(GROUPS, "GroupId", "GroupName", "GroupId")
};
const GROUPS: Read = Read::new("ec2", "DescribeSecurityGroups", "SecurityGroups[]");
/// The key pairs of the region.
pub const KEY_PAIRS: Source =
    Source::read(Read::new("ec2", "DescribeKeyPairs", "KeyPairs[]"), "KeyName", "KeyName", "KeyType");
/// The subnets of the region, by zone.
pub const SUBNETS: Source =
    Source::read(Read::new("ec2", "DescribeSubnets", "Subnets[]"), "SubnetId", "AvailabilityZone", "CidrBlock");
/// The VPCs of the region.
pub const VPCS: Source = Source::read(Read::new("ec2", "DescribeVpcs", "Vpcs[]"), "VpcId", "VpcId", "CidrBlock");
/// The instances that can have an address.
pub const INSTANCES: Source = Source::read(
    Read::new("ec2", "DescribeInstances", "Reservations[].Instances[]").with(&[
        ("Filters[0].Name", Text("instance-state-name")),
        ("Filters[0].Values[0]", Text("running")),
        ("Filters[0].Values[1]", Text("stopped")),
    ]),
    "InstanceId",
    "InstanceId",
    "Tags[Key=Name].Value|State.Name",
);
/// The launch templates of the region.
pub const TEMPLATES: Source = Source::read(
    Read::new("ec2", "DescribeLaunchTemplates", "LaunchTemplates[]"),
    "LaunchTemplateName",
    "LaunchTemplateName",
    "LaunchTemplateId",
);
/// Versions that name themselves.
pub const VERSIONS: Source = Source::fixed(&[
    ("$Default", "$Default", "the version that the template calls its default"),
    ("$Latest", "$Latest", "the newest version at each launch"),
]);
/// The target groups of the region.
pub const TARGET_GROUPS: Source = Source::read(
    Read::new("elbv2", "DescribeTargetGroups", "TargetGroups[]"),
    "TargetGroupArn",
    "TargetGroupName",
    "Protocol|Port",
);
/// The balancers of the region.
pub const BALANCERS: Source = Source::read(
    Read::new("elbv2", "DescribeLoadBalancers", "LoadBalancers[]"),
    "DNSName",
    "LoadBalancerName",
    "DNSName",
);
/// The metrics that exist.
pub const METRICS: Source = Source::read(
    Read::new("cloudwatch", "ListMetrics", "Metrics[]"),
    "Namespace|MetricName|Dimensions[].Value",
    "MetricName",
    "Namespace|Dimensions[].Value",
);
/// The scaling policies that an alarm can run.
pub const POLICIES: Source = Source::read(
    Read::new("autoscaling", "DescribePolicies", "ScalingPolicies[]"),
    "PolicyARN",
    "PolicyName",
    "AutoScalingGroupName|PolicyType",
);
/// The processes of a group.
pub const PROCESSES: Source = Source::read(
    Read::new("autoscaling", "DescribeScalingProcessTypes", "Processes[]"),
    "ProcessName",
    "ProcessName",
    "",
);
/// The ways to choose which instance goes.
pub const TERMINATION_POLICIES: Source = Source::fixed(&[
    ("Default", "Default", ""),
    ("OldestInstance", "Oldest instance", ""),
    ("NewestInstance", "Newest instance", ""),
    ("OldestLaunchTemplate", "Oldest launch template", ""),
    ("ClosestToNextInstanceHour", "Closest to next instance hour", ""),
    ("AllocationStrategy", "Allocation strategy", ""),
]);
/// How burstable instances spend CPU credits.
pub const CREDITS: Source = Source::fixed(&[("unlimited", "Unlimited", ""), ("standard", "Standard", "")]);
/// The regions.
pub const REGIONS: Source = Source::read(
    Read::new("ec2", "DescribeRegions", "Regions[]").with(&[("AllRegions", Flag(false))]),
    "RegionName",
    "RegionName",
    "",
);
/// The accelerators that Elastic Inference had.
pub const ACCELERATORS: Source = Source::fixed(&[
    ("eia2.medium", "eia2.medium", "2 GiB"),
    ("eia2.large", "eia2.large", "4 GiB"),
    ("eia2.xlarge", "eia2.xlarge", "8 GiB"),
]);
