//! Types of instance: virtual CPUs, memory, CPU credits, price.
use super::Ec2;
use super::listing::{Query, is_named};
use crate::api::ApiError;
use crate::api::ec2::{
    DescribeInstanceTypeOfferingsRequest, DescribeInstanceTypeOfferingsResult, DescribeInstanceTypesRequest,
    DescribeInstanceTypesResult, InstanceTypeInfo, InstanceTypeOffering, MemoryInfo, ProcessorInfo, VCpuInfo,
};
use crate::cloud::quota::Quota;
use crate::cloud::{Context, FilterNames};

/// A type of instance. Source: EC2 On-Demand prices of us-east-1, Linux and Windows, 2026.
#[derive(Debug, PartialEq)]
pub struct InstanceType {
    /// Its name.
    pub name: &'static str,
    /// Virtual CPUs.
    pub vcpus: u32,
    /// Memory in MiB.
    pub memory_mib: i64,
    /// The price with Linux, in millionths of a US dollar per hour. Simplified: one price for all regions.
    pub linux_micro_usd_per_hour: u64,
    /// The price with Windows, in millionths of a US dollar per hour; zero where Windows does not run.
    pub windows_micro_usd_per_hour: u64,
    /// How it earns CPU credits; none if its CPUs are always its own.
    pub credits: Option<CreditRate>,
}

/// How a burstable type earns CPU credits: one is one virtual CPU at 100 % for one minute.
///
/// Source: EC2 User Guide, "Key concepts for burstable performance instances".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditRate {
    /// Thousandths of a credit that it earns in an hour.
    pub earned_milli_per_hour: u64,
    /// The most thousandths of a credit that it keeps: what it earns in a day.
    pub max_milli: u64,
    /// What a virtual CPU may do without spending, in thousandths of its power.
    pub baseline_permille: u32,
    /// Credits that each launch brings along: 30 a virtual CPU for T2, none for the others.
    pub launch_credits: u64,
    /// Whether it spends more than it earned, for money, unless it is told not to.
    pub is_unlimited_by_default: bool,
}

/// The types of the lab. The prices of T4g, G4dn and Inf1 are a guess from memory.
pub const INSTANCE_TYPES: &[InstanceType] = &[
    t2("t2.nano", 1, 512, [5_800, 8_100], (3_000, 50)),
    t2("t2.micro", 1, 1_024, [11_600, 16_200], (6_000, 100)),
    t2("t2.small", 1, 2_048, [23_000, 32_000], (12_000, 200)),
    t2("t2.medium", 2, 4_096, [46_400, 64_400], (24_000, 200)),
    t2("t2.large", 2, 8_192, [92_800, 120_800], (36_000, 300)),
    t3("t3.nano", 2, 512, [5_200, 9_800], (6_000, 50)),
    t3("t3.micro", 2, 1_024, [10_400, 19_600], (12_000, 100)),
    t3("t3.small", 2, 2_048, [20_800, 39_200], (24_000, 200)),
    t3("t3.medium", 2, 4_096, [41_600, 60_000], (24_000, 200)),
    t3("t3.large", 2, 8_192, [83_200, 110_800], (36_000, 300)),
    t3("t3.xlarge", 4, 16_384, [166_400, 240_000], (96_000, 400)),
    t3("t3.2xlarge", 8, 32_768, [332_800, 480_000], (192_000, 400)),
    t3("t4g.micro", 2, 1_024, [8_400, 0], (12_000, 100)),
    t3("t4g.small", 2, 2_048, [16_800, 0], (24_000, 200)),
    t3("t4g.medium", 2, 4_096, [33_600, 0], (24_000, 200)),
    fixed("m5.large", 2, 8_192, [96_000, 188_000]),
    fixed("m5.xlarge", 4, 16_384, [192_000, 376_000]),
    fixed("m5.2xlarge", 8, 32_768, [384_000, 752_000]),
    fixed("g4dn.xlarge", 4, 16_384, [526_000, 710_000]),
    fixed("inf1.xlarge", 4, 8_192, [228_000, 0]),
];

const fn fixed(name: &'static str, vcpus: u32, memory_mib: i64, prices: [u64; 2]) -> InstanceType {
    let [linux, windows] = prices;
    let (linux_micro_usd_per_hour, windows_micro_usd_per_hour) = (linux, windows);
    InstanceType { name, vcpus, memory_mib, linux_micro_usd_per_hour, windows_micro_usd_per_hour, credits: None }
}

const fn t2(name: &'static str, vcpus: u32, memory_mib: i64, prices: [u64; 2], rate: (u64, u32)) -> InstanceType {
    let launch_credits = 30 * vcpus as u64;
    let credits = Some(CreditRate { launch_credits, is_unlimited_by_default: false, ..credit_rate(rate) });
    InstanceType { credits, ..fixed(name, vcpus, memory_mib, prices) }
}

const fn t3(name: &'static str, vcpus: u32, memory_mib: i64, prices: [u64; 2], rate: (u64, u32)) -> InstanceType {
    InstanceType { credits: Some(credit_rate(rate)), ..fixed(name, vcpus, memory_mib, prices) }
}

const fn credit_rate((earned_milli_per_hour, baseline_permille): (u64, u32)) -> CreditRate {
    let max_milli = 24 * earned_milli_per_hour;
    CreditRate { earned_milli_per_hour, max_milli, baseline_permille, launch_credits: 0, is_unlimited_by_default: true }
}

const TYPE_FILTERS: &FilterNames = &[
    ("instance-type", "InstanceType"),
    ("burstable-performance-supported", "BurstablePerformanceSupported"),
    ("current-generation", "CurrentGeneration"),
    ("free-tier-eligible", "FreeTierEligible"),
    ("hypervisor", "Hypervisor"),
    ("memory-info.size-in-mib", "MemoryInfo.SizeInMiB"),
    ("processor-info.supported-architecture", "ProcessorInfo.SupportedArchitectures"),
    ("vcpu-info.default-vcpus", "VCpuInfo.DefaultVCpus"),
];

const OFFERING_FILTERS: &FilterNames = &[("instance-type", "InstanceType"), ("location", "Location")];

impl InstanceType {
    /// The type of this name.
    ///
    /// # Errors
    /// `InvalidParameterValue` if there is none.
    pub fn find(name: &str) -> Result<&'static InstanceType, ApiError> {
        let found = INSTANCE_TYPES.iter().find(|candidate| candidate.name == name);
        found.ok_or_else(|| ApiError::new("InvalidParameterValue", format!("Invalid value '{name}' for InstanceType.")))
    }

    /// Whether its CPU works on credits (the T families).
    pub fn is_burstable(&self) -> bool {
        self.credits.is_some()
    }

    /// What stands before the point of its name, such as `t3`.
    pub fn family(&self) -> &'static str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// Whether it runs on AWS's Nitro system; the old T2 types run on Xen.
    pub fn is_nitro(&self) -> bool {
        self.family() != "t2"
    }

    /// What its processors understand: `arm64` (AWS Graviton) or `x86_64`.
    pub fn architecture(&self) -> &'static str {
        if self.family() == "t4g" { "arm64" } else { "x86_64" }
    }

    /// The limit that its virtual CPUs count against.
    pub fn vcpu_quota(&self) -> Quota {
        match self.family() {
            "g4dn" => Quota::GraphicsVcpus,
            "inf1" => Quota::InferentiaVcpus,
            _ => Quota::StandardVcpus,
        }
    }

    /// Whether the zone has machines for it: types newer than T2 are not offered in the old zone us-east-1e.
    pub fn is_offered_in(&self, zone: &str) -> bool {
        self.family() == "t2" || zone != "us-east-1e"
    }

    fn info(&self) -> InstanceTypeInfo {
        InstanceTypeInfo {
            instance_type: self.name.to_owned(),
            current_generation: true,
            free_tier_eligible: matches!(self.name, "t2.micro" | "t3.micro"),
            burstable_performance_supported: self.is_burstable(),
            hypervisor: if self.is_nitro() { "nitro" } else { "xen" }.into(),
            processor_info: ProcessorInfo { supported_architectures: vec![self.architecture().into()] },
            v_cpu_info: VCpuInfo { default_v_cpus: i64::from(self.vcpus) },
            memory_info: MemoryInfo { size_in_mib: self.memory_mib },
        }
    }
}

impl Ec2 {
    pub(super) fn describe_instance_types(
        &mut self,
        _: &mut Context,
        input: DescribeInstanceTypesRequest,
    ) -> Result<DescribeInstanceTypesResult, ApiError> {
        if let Some(unknown) = input.instance_types.iter().find(|name| InstanceType::find(name).is_err()) {
            let message = format!("The following supplied instance types do not exist: [{unknown}]");
            return Err(ApiError::new("InvalidInstanceType", message));
        }
        let wanted = INSTANCE_TYPES.iter().filter(|candidate| is_named(candidate.name, &input.instance_types));
        let query = Query::new(TYPE_FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (instance_types, next_token) = query.of(wanted.map(InstanceType::info).collect())?;
        Ok(DescribeInstanceTypesResult { instance_types, next_token })
    }

    pub(super) fn describe_instance_type_offerings(
        &mut self,
        context: &mut Context,
        input: DescribeInstanceTypeOfferingsRequest,
    ) -> Result<DescribeInstanceTypeOfferingsResult, ApiError> {
        let region = context.region;
        let location_type = input.location_type.as_deref().unwrap_or("region");
        let locations_of = |candidate: &InstanceType| -> Vec<String> {
            let zones = region.zones().filter(|zone| candidate.is_offered_in(zone));
            match location_type {
                "availability-zone" => zones.collect(),
                "availability-zone-id" => zones.filter_map(|zone| region.zone_id(&zone)).collect(),
                "region" => vec![region.name.to_owned()],
                _ => Vec::new(),
            }
        };
        let offering = |candidate: &InstanceType, location: String| InstanceTypeOffering {
            instance_type: candidate.name.into(),
            location_type: location_type.into(),
            location,
        };
        let offerings = INSTANCE_TYPES.iter().flat_map(|candidate| {
            locations_of(candidate).into_iter().map(|location| offering(candidate, location)).collect::<Vec<_>>()
        });
        let query = Query::new(OFFERING_FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (instance_type_offerings, next_token) = query.of(offerings.collect())?;
        Ok(DescribeInstanceTypeOfferingsResult { instance_type_offerings, next_token })
    }
}
