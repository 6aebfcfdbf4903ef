//! Regions, zones and instance types.
use super::Filter;

shapes! {
    /// Asks for regions.
    DescribeRegionsRequest { region_names: Vec<String>, all_regions: Option<bool>, filters: Vec<Filter>, dry_run: Option<bool> }

    /// The regions.
    DescribeRegionsResult { regions: Vec<Region> }

    /// A region: its code, the host of its API, and whether the account has it switched on.
    Region { region_name: String, endpoint: String, opt_in_status: String }

    /// Asks for the zones of the region.
    DescribeAvailabilityZonesRequest {
        zone_names: Vec<String>, zone_ids: Vec<String>, all_availability_zones: Option<bool>, filters: Vec<Filter>, dry_run: Option<bool>,
    }

    /// The zones.
    DescribeAvailabilityZonesResult { availability_zones: Vec<AvailabilityZone> }

    /// A zone: its name (which each account maps for itself) and its id (the same for all accounts).
    AvailabilityZone {
        state: String, opt_in_status: String, region_name: String, zone_name: String, zone_id: String, group_name: String,
        network_border_group: String, zone_type: String, messages: Vec<AvailabilityZoneMessage>,
    }

    /// What AWS says of a zone in trouble.
    AvailabilityZoneMessage { message: String }

    /// Asks for instance types.
    DescribeInstanceTypesRequest {
        instance_types: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The instance types.
    DescribeInstanceTypesResult { instance_types: Vec<InstanceTypeInfo>, next_token: Option<String> }

    /// What a type of instance offers.
    InstanceTypeInfo {
        instance_type: String, current_generation: bool, free_tier_eligible: bool, burstable_performance_supported: bool,
        hypervisor: String,
        processor_info: ProcessorInfo,
        v_cpu_info: VCpuInfo,
        memory_info: MemoryInfo,
    }

    /// The virtual CPUs of a type.
    VCpuInfo { default_v_cpus: i64 }

    /// The memory of a type, in MiB.
    MemoryInfo {
        #[serde(rename = "SizeInMiB")]
        size_in_mib: i64,
    }

    /// The processors of a type: `x86_64` or `arm64`.
    ProcessorInfo { supported_architectures: Vec<String> }

    /// Asks which types there are, in the region or in each zone.
    DescribeInstanceTypeOfferingsRequest {
        location_type: Option<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// Which types there are where.
    DescribeInstanceTypeOfferingsResult { instance_type_offerings: Vec<InstanceTypeOffering>, next_token: Option<String> }

    /// A type and a place that has it.
    InstanceTypeOffering { instance_type: String, location_type: String, location: String }
}
