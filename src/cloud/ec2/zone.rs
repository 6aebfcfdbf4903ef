//! Regions and zones as lists.
use super::Ec2;
use super::listing::{Query, is_named};
use crate::api::ApiError;
use crate::api::ec2::{
    self, AvailabilityZone, AvailabilityZoneMessage, DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult,
    DescribeRegionsRequest, DescribeRegionsResult,
};
use crate::cloud::{Context, FilterNames, REGIONS, RegionInfo};

const REGION_FILTERS: &FilterNames =
    &[("region-name", "RegionName"), ("endpoint", "Endpoint"), ("opt-in-status", "OptInStatus")];

const ZONE_FILTERS: &FilterNames = &[
    ("zone-name", "ZoneName"),
    ("zone-id", "ZoneId"),
    ("zone-type", "ZoneType"),
    ("state", "State"),
    ("region-name", "RegionName"),
    ("group-name", "GroupName"),
    ("opt-in-status", "OptInStatus"),
    ("message", "Messages.Message"),
];

fn region_shape(info: &RegionInfo) -> ec2::Region {
    ec2::Region {
        region_name: info.name.into(),
        endpoint: format!("ec2.{}.amazonaws.com", info.name),
        opt_in_status: "opt-in-not-required".into(),
    }
}

impl Ec2 {
    pub(super) fn describe_regions(
        &mut self,
        _: &mut Context,
        input: DescribeRegionsRequest,
    ) -> Result<DescribeRegionsResult, ApiError> {
        let is_known = |name: &&String| !REGIONS.iter().any(|info| info.name == name.as_str());
        if let Some(name) = input.region_names.iter().find(is_known) {
            let message = format!("Invalid value '{name}' for regionName.");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let wanted = REGIONS.iter().filter(|info| is_named(info.name, &input.region_names));
        let (regions, _) = Query::new(REGION_FILTERS, &input.filters).of(wanted.map(region_shape).collect())?;
        Ok(DescribeRegionsResult { regions })
    }

    pub(super) fn describe_zones(
        &mut self,
        context: &mut Context,
        input: DescribeAvailabilityZonesRequest,
    ) -> Result<DescribeAvailabilityZonesResult, ApiError> {
        let region = context.region;
        if let Some(name) = input.zone_names.iter().find(|name| !region.zones().any(|zone| zone == **name)) {
            let message = format!("Invalid availability zone: [{name}]");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let shapes = region
            .zones()
            .map(|zone| self.zone_shape(region, zone))
            .filter(|shape| is_named(&shape.zone_name, &input.zone_names) && is_named(&shape.zone_id, &input.zone_ids));
        let (availability_zones, _) = Query::new(ZONE_FILTERS, &input.filters).of(shapes.collect())?;
        Ok(DescribeAvailabilityZonesResult { availability_zones })
    }

    fn zone_shape(&self, region: &RegionInfo, zone: String) -> AvailabilityZone {
        let is_lost = self.is_zone_lost(&zone);
        let message = format!("We are investigating connectivity issues affecting instances in {zone}.");
        AvailabilityZone {
            state: if is_lost { "impaired" } else { "available" }.into(),
            opt_in_status: "opt-in-not-required".into(),
            region_name: region.name.into(),
            zone_id: region.zone_id(&zone).unwrap_or_default(),
            zone_name: zone,
            group_name: format!("{}-zg-1", region.name),
            network_border_group: region.name.into(),
            zone_type: "availability-zone".into(),
            messages: is_lost.then_some(AvailabilityZoneMessage { message }).into_iter().collect(),
        }
    }
}
