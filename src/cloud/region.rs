//! A region: its zones, and the services that work in it.
use super::Ids;
use super::autoscaling::AutoScaling;
use super::cloudwatch::CloudWatch;
use super::ec2::Ec2;
use super::elb::Elb;
use super::instance_metrics::InstanceMetrics;

/// A region of the lab as AWS lists it.
#[derive(Debug)]
pub struct RegionInfo {
    /// Its code.
    pub name: &'static str,
    /// The place that the console names.
    pub place: &'static str,
    /// The letters of its zones.
    pub zone_letters: &'static str,
    /// The first part of its zone ids, as in `use1-az1`.
    pub zone_id_prefix: &'static str,
    /// The first number of its public addresses. Simplified: each region has one block; AWS has hundreds.
    pub public_ip_prefix: u8,
    /// The hosted zone of the names of its load balancers. From general knowledge, not from a source at hand.
    pub elb_hosted_zone: &'static str,
    /// Its place in the list; makes streams of chance differ between regions.
    pub index: u64,
}

/// The regions of the lab. Simplified: three of AWS's more than thirty.
pub const REGIONS: &[RegionInfo] = &[
    RegionInfo {
        name: "us-east-1",
        place: "N. Virginia",
        zone_letters: "abcdef",
        zone_id_prefix: "use1",
        public_ip_prefix: 54,
        elb_hosted_zone: "Z35SXDOTRQ7X7K",
        index: 0,
    },
    RegionInfo {
        name: "eu-west-1",
        place: "Ireland",
        zone_letters: "abc",
        zone_id_prefix: "euw1",
        public_ip_prefix: 34,
        elb_hosted_zone: "Z32O12XQLNTSW2",
        index: 1,
    },
    RegionInfo {
        name: "ap-southeast-2",
        place: "Sydney",
        zone_letters: "abc",
        zone_id_prefix: "apse2",
        public_ip_prefix: 13,
        elb_hosted_zone: "Z1GM3OXH4ZPM65",
        index: 2,
    },
];

/// A zone's name, such as `us-east-1a`.
pub type Zone = String;

/// A region at work.
#[derive(Clone, Debug)]
pub struct Region {
    /// What it is called and which zones it has.
    pub info: &'static RegionInfo,
    /// Instances, images, addresses, templates, networks.
    pub ec2: Ec2,
    /// Load balancers and target groups.
    pub elb: Elb,
    /// Auto Scaling groups.
    pub autoscaling: AutoScaling,
    /// Metrics and alarms.
    pub cloudwatch: CloudWatch,
    /// What becomes metrics of instances.
    pub(super) instance_metrics: InstanceMetrics,
}

impl Region {
    /// A region on the account's first day.
    pub fn new(info: &'static RegionInfo, ids: &mut Ids) -> Self {
        Region {
            info,
            ec2: Ec2::new(info, ids),
            elb: Elb::default(),
            autoscaling: AutoScaling::default(),
            cloudwatch: CloudWatch::default(),
            instance_metrics: InstanceMetrics::default(),
        }
    }
}

impl RegionInfo {
    /// The names of the zones.
    pub fn zones(&self) -> impl Iterator<Item = Zone> {
        self.zone_letters.chars().map(|letter| format!("{}{letter}", self.name))
    }

    /// The id of a zone, such as `use1-az1`. Simplified: zone `a` is always `az1`; AWS mixes them for each account.
    pub fn zone_id(&self, zone: &str) -> Option<String> {
        let index = self.zones().position(|name| name == zone)?;
        Some(format!("{}-az{}", self.zone_id_prefix, index + 1))
    }

    /// The domain of public instance names: `compute-1` in us-east-1, `<region>.compute` elsewhere.
    pub fn public_dns_domain(&self) -> String {
        if self.name == "us-east-1" {
            "compute-1.amazonaws.com".to_owned()
        } else {
            format!("{}.compute.amazonaws.com", self.name)
        }
    }

    /// The domain of private instance names.
    pub fn private_dns_domain(&self) -> String {
        if self.name == "us-east-1" { "ec2.internal".to_owned() } else { format!("{}.compute.internal", self.name) }
    }
}
