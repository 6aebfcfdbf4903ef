//! What can be on a bill, under the usage types of AWS's reports.
use super::price::{self, HOUR_SECONDS, MONTH_SECONDS, NanoUsd};
use crate::cloud::RegionInfo;
use crate::cloud::ec2::accelerator::AcceleratorType;
use crate::cloud::ec2::image::Platform;
use crate::cloud::ec2::instance_type::InstanceType;

/// Something that costs money while it is there, or each time it is used.
#[derive(Clone, Copy, Debug)]
pub enum Product {
    /// An instance that runs.
    Instance(&'static InstanceType, Platform),
    /// An accelerator of the retired Elastic Inference.
    Accelerator(&'static AcceleratorType),
    /// A public address.
    Address(AddressUse),
    /// A volume, per GiB.
    Volume,
    /// A snapshot, per MiB.
    Snapshot,
    /// A load balancer.
    LoadBalancer,
    /// Detailed monitoring of an instance.
    DetailedMonitoring,
    /// An alarm.
    Alarm,
    /// A hosted zone, by the calendar month.
    HostedZone,
    /// Capacity units of a load balancer, in millionths of a unit for a second.
    CapacityUnits,
    /// Surplus CPU credits, in millionths of a credit.
    SurplusCredits(&'static InstanceType, Platform),
    /// Bytes that went out to the internet.
    DataOut,
    /// Queries of hosted zones.
    Queries,
}

/// Why a public address costs money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressUse {
    /// The automatic address of a running instance.
    Automatic,
    /// An Elastic IP address of a running instance.
    Elastic,
    /// An address of a load balancer's node.
    Balancer,
    /// An Elastic IP address of an instance that does not run.
    InstanceNotRunning,
    /// An Elastic IP address that belongs to nobody.
    NotAssociated,
}

/// How a product is priced and named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tariff {
    /// The service, as AWS's reports name it.
    pub service: &'static str,
    /// The usage type, with the region in front.
    pub usage_type: String,
    /// Why, where one usage type has several reasons.
    pub reason: Option<&'static str>,
    /// The unit of the quantity.
    pub unit: &'static str,
    /// The price of a unit.
    pub rate: NanoUsd,
    /// How many counted things, or seconds of one, make a unit.
    pub per_unit: u128,
    /// The fewest seconds that are billed.
    pub minimum_seconds: u64,
}

impl AddressUse {
    /// Whether the address is in use.
    pub fn is_in_use(self) -> bool {
        match self {
            AddressUse::Automatic | AddressUse::Elastic | AddressUse::Balancer => true,
            AddressUse::InstanceNotRunning | AddressUse::NotAssociated => false,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            AddressUse::Automatic => "automatic address of a running instance",
            AddressUse::Elastic => "Elastic IP address of a running instance",
            AddressUse::Balancer => "address of a load balancer",
            AddressUse::InstanceNotRunning => "Elastic IP address of an instance that does not run",
            AddressUse::NotAssociated => "Elastic IP address without an instance",
        }
    }
}

impl Product {
    /// How it is priced and named in a region.
    pub fn tariff(self, region: Option<&RegionInfo>) -> Tariff {
        let prefix = region.map_or("", usage_prefix);
        let tariff = |service, usage: String, unit, rate, per_unit| Tariff {
            service,
            usage_type: format!("{prefix}{usage}"),
            reason: None,
            unit,
            rate,
            per_unit,
            minimum_seconds: 0,
        };
        match self {
            Product::Instance(kind, platform) => Tariff {
                minimum_seconds: 60,
                reason: Some(platform_name(platform)),
                ..tariff(
                    "AmazonEC2",
                    format!("BoxUsage:{}", kind.name),
                    "Hrs",
                    instance_rate(kind, platform),
                    HOUR_SECONDS,
                )
            },
            Product::Accelerator(kind) => {
                let rate = kind.micro_usd_per_hour * 1_000;
                tariff("AmazonEI", format!("ElasticInference:{}", kind.name), "Hrs", rate, HOUR_SECONDS)
            }
            Product::Address(usage) => {
                let kind = if usage.is_in_use() { "InUseAddress" } else { "IdleAddress" };
                let usage_type = format!("PublicIPv4:{kind}");
                let plain = tariff("AmazonVPC", usage_type, "Hrs", price::PUBLIC_IPV4_HOUR, HOUR_SECONDS);
                Tariff { reason: Some(usage.reason()), ..plain }
            }
            Product::Volume => {
                tariff("AmazonEC2", "EBS:VolumeUsage.gp3".into(), "GB-Mo", price::GP3_GIB_MONTH, MONTH_SECONDS)
            }
            Product::Snapshot => {
                let per_unit = MONTH_SECONDS * 1_024;
                tariff("AmazonEC2", "EBS:SnapshotUsage".into(), "GB-Mo", price::SNAPSHOT_GIB_MONTH, per_unit)
            }
            Product::LoadBalancer => {
                tariff("AWSELB", "LoadBalancerUsage".into(), "Hrs", price::LOAD_BALANCER_HOUR, HOUR_SECONDS)
            }
            Product::CapacityUnits => {
                tariff("AWSELB", "LCUUsage".into(), "LCU-Hrs", price::LCU_HOUR, HOUR_SECONDS * 1_000_000)
            }
            Product::DetailedMonitoring => {
                let plain = tariff(
                    "AmazonCloudWatch",
                    "CW:MetricMonitorUsage".into(),
                    "Metrics",
                    price::METRIC_MONTH,
                    MONTH_SECONDS,
                );
                Tariff { reason: Some("detailed monitoring"), ..plain }
            }
            Product::Alarm => {
                tariff("AmazonCloudWatch", "CW:AlarmMonitorUsage".into(), "Alarms", price::ALARM_MONTH, MONTH_SECONDS)
            }
            Product::HostedZone => {
                tariff("AmazonRoute53", "HostedZone".into(), "HostedZone", price::HOSTED_ZONE_MONTH, 1)
            }
            Product::Queries => {
                tariff("AmazonRoute53", "DNS-Queries".into(), "Million queries", price::MILLION_QUERIES, 1_000_000)
            }
            Product::SurplusCredits(kind, platform) => {
                let family = kind.name.split('.').next().unwrap_or_default();
                let rate = match platform {
                    Platform::Linux => price::SURPLUS_VCPU_HOUR_LINUX,
                    Platform::Windows => price::SURPLUS_VCPU_HOUR_WINDOWS,
                };
                // A credit is a virtual CPU for a minute.
                let plain = tariff("AmazonEC2", format!("CPUCredits:{family}"), "vCPU-Hours", rate, 60 * 1_000_000);
                Tariff { reason: Some(platform_name(platform)), ..plain }
            }
            Product::DataOut => {
                tariff("AWSDataTransfer", "DataTransfer-Out-Bytes".into(), "GB", price::DATA_OUT_GB, 1_000_000_000)
            }
        }
    }
}

fn instance_rate(kind: &InstanceType, platform: Platform) -> NanoUsd {
    let micros = match platform {
        Platform::Linux => kind.linux_micro_usd_per_hour,
        Platform::Windows => kind.windows_micro_usd_per_hour,
    };
    micros * 1_000
}

fn platform_name(platform: Platform) -> &'static str {
    match platform {
        Platform::Linux => "Linux",
        Platform::Windows => "Windows",
    }
}

/// What AWS's reports put in front of usage types: nothing in us-east-1.
fn usage_prefix(region: &RegionInfo) -> &'static str {
    match region.name {
        "eu-west-1" => "EU-",
        "ap-southeast-2" => "APS2-",
        _ => "",
    }
}
