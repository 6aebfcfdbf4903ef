//! Types of instance: virtual CPUs, memory, price.
use crate::api::ApiError;
use crate::api::ec2::{
    DescribeInstanceTypesRequest, DescribeInstanceTypesResult, InstanceTypeInfo, MemoryInfo, VCpuInfo,
};
use crate::cloud::Properties;

use super::is_wanted;

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
    /// The price with Windows, in millionths of a US dollar per hour.
    pub windows_micro_usd_per_hour: u64,
}

/// The types of the lab.
pub const INSTANCE_TYPES: &[InstanceType] = &[
    instance_type("t2.nano", 1, 512, 5_800, 8_100),
    instance_type("t2.micro", 1, 1_024, 11_600, 16_200),
    instance_type("t2.small", 1, 2_048, 23_000, 32_000),
    instance_type("t2.medium", 2, 4_096, 46_400, 64_400),
    instance_type("t3.nano", 2, 512, 5_200, 9_800),
    instance_type("t3.micro", 2, 1_024, 10_400, 19_600),
    instance_type("t3.small", 2, 2_048, 20_800, 39_200),
    instance_type("t3.medium", 2, 4_096, 41_600, 60_000),
    instance_type("t3.large", 2, 8_192, 83_200, 110_800),
    instance_type("t3.xlarge", 4, 16_384, 166_400, 240_000),
    instance_type("m5.large", 2, 8_192, 96_000, 188_000),
    instance_type("m5.xlarge", 4, 16_384, 192_000, 376_000),
    instance_type("m5.2xlarge", 8, 32_768, 384_000, 752_000),
];

const fn instance_type(name: &'static str, vcpus: u32, memory_mib: i64, linux: u64, windows: u64) -> InstanceType {
    InstanceType { name, vcpus, memory_mib, linux_micro_usd_per_hour: linux, windows_micro_usd_per_hour: windows }
}

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
        self.name.starts_with('t')
    }

    /// Whether the zone has machines for it: types newer than T2 are not offered in the old zone us-east-1e.
    pub fn is_offered_in(&self, zone: &str) -> bool {
        self.name.starts_with("t2.") || zone != "us-east-1e"
    }

    fn info(&self) -> InstanceTypeInfo {
        InstanceTypeInfo {
            instance_type: self.name.to_owned(),
            current_generation: true,
            burstable_performance_supported: self.is_burstable(),
            v_cpu_info: VCpuInfo { default_v_cpus: i64::from(self.vcpus) },
            memory_info: MemoryInfo { size_in_mib: self.memory_mib },
        }
    }
}

pub(super) fn describe_instance_types(
    input: &DescribeInstanceTypesRequest,
) -> Result<DescribeInstanceTypesResult, ApiError> {
    for name in &input.instance_types {
        InstanceType::find(name)?;
    }
    let mut instance_types = Vec::new();
    for candidate in INSTANCE_TYPES {
        let properties = Properties::default()
            .with("instance-type", candidate.name)
            .with("burstable-performance-supported", candidate.is_burstable().to_string());
        if is_wanted(candidate.name, &input.instance_types, &properties, &[], &input.filters)? {
            instance_types.push(candidate.info());
        }
    }
    Ok(DescribeInstanceTypesResult { instance_types, next_token: None })
}
