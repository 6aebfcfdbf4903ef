//! The bill: what was used, what it costs, and what it costs per hour right now.
//!
//! A [`Billing`] looks at what is there whenever something has happened, and keeps for each thing since when it is there. All amounts are
//! whole numbers: seconds and counts, times billionths of a dollar. Nothing is ever taken off, so no line can fall.
mod inventory;
pub mod invoice;
pub mod price;
pub mod product;

use std::collections::BTreeMap;

pub use invoice::{Cost, Invoice, InvoiceLine};
pub use product::{AddressUse, Product, Tariff};

use super::ec2::image::Platform;
use super::ec2::instance_type::InstanceType;
use super::observation::Observation;
use super::{Dns, Region};
use crate::api::RegionName;
use crate::sim::{SimDuration, SimTime};
use inventory::Item;
use price::{HOUR_SECONDS, MONTH_SECONDS, NanoUsd, month_of};

/// What the account has used.
#[derive(Clone, Debug, Default)]
pub struct Billing {
    lines: BTreeMap<LineKey, Line>,
    open: BTreeMap<OpenKey, Open>,
    /// What the last minute cost of things that are counted and not timed, by line, in billionths of a dollar.
    last_minute: BTreeMap<LineKey, u128>,
    queries_billed: u64,
}

/// A line: the region, the usage type, the reason.
type LineKey = (&'static str, String, &'static str);
/// A thing that costs money: the region, the kind of charge, the id.
type OpenKey = (&'static str, &'static str, String);

/// What was used of one usage type for one reason.
#[derive(Clone, Debug)]
struct Line {
    tariff: Tariff,
    /// Counted things, or seconds of them.
    counted: u128,
}

/// Something that costs money since a moment.
#[derive(Clone, Debug)]
struct Open {
    product: Product,
    tariff: Tariff,
    size: u64,
    since: SimTime,
}

/// The region of what belongs to none.
const GLOBAL: &str = "global";
/// A hosted zone that is deleted so soon costs nothing.
const FREE_ZONE: SimDuration = SimDuration::from_secs(12 * 3_600);

impl Billing {
    /// Takes stock at `now`: what is new begins to cost money, what is gone or is another thing now ends.
    pub(super) fn settle(&mut self, now: SimTime, regions: &BTreeMap<RegionName, Region>, dns: &Dns) {
        let mut found: BTreeMap<OpenKey, (Item, Tariff)> = BTreeMap::new();
        for region in regions.values() {
            for item in inventory::of_region(region) {
                let tariff = item.product.tariff(Some(region.info));
                found.insert((region.info.name, item.id.0, item.id.1.clone()), (item, tariff));
            }
        }
        for item in inventory::of_dns(dns) {
            let tariff = item.product.tariff(None);
            found.insert((GLOBAL, item.id.0, item.id.1.clone()), (item, tariff));
        }
        let is_over = |key: &OpenKey, open: &Open| {
            found.get(key).is_none_or(|(item, tariff)| *tariff != open.tariff || item.size != open.size)
        };
        let over: Vec<OpenKey> =
            self.open.iter().filter(|(key, open)| is_over(key, open)).map(|(key, _)| key.clone()).collect();
        for key in over {
            if let Some(open) = self.open.remove(&key) {
                let counted = open.counted(now);
                self.add(key.0, &open.tariff, counted);
            }
        }
        for (key, (item, tariff)) in found {
            self.open.entry(key).or_insert(Open { product: item.product, tariff, size: item.size, since: now });
        }
        let queries = dns.queries().standard;
        let new = queries.saturating_sub(self.queries_billed);
        self.queries_billed = queries;
        self.add(GLOBAL, &Product::Queries.tariff(None), u128::from(new));
    }

    /// Counts what was used in the minute that ends now: capacity units, surplus credits, data that went out.
    pub(super) fn count_minute(&mut self, region: &Region, seen: &Observation) {
        self.last_minute.retain(|key, _| key.0 != region.info.name);
        let units = region.capacity_units(&seen.balancers);
        self.add_minute(region, Product::CapacityUnits, whole(units * 1e6) * 60);
        let mut bytes_out = 0;
        let mut charges: Vec<((&'static InstanceType, Platform), u128)> = Vec::new();
        for seen in &seen.instances {
            bytes_out += whole(seen.network_bytes.map_or(0.0, |[_, outward]| outward));
            let charged = whole(seen.credits.map_or(0.0, |credits| credits.surplus_charged) * 1e6);
            let Some(instance) = region.ec2.instances.get(&seen.instance_id).filter(|_| charged > 0) else { continue };
            let kind = (instance.instance_type, instance.platform);
            match charges.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, sum)) => *sum += charged,
                None => charges.push((kind, charged)),
            }
        }
        for ((instance_type, platform), charged) in charges {
            self.add_minute(region, Product::SurplusCredits(instance_type, platform), charged);
        }
        self.add_minute(region, Product::DataOut, bytes_out);
    }

    fn add_minute(&mut self, region: &Region, product: Product, counted: u128) {
        if counted == 0 {
            return;
        }
        let tariff = product.tariff(Some(region.info));
        let key = line_key(region.info.name, &tariff);
        *self.last_minute.entry(key).or_default() += tariff.amount(counted);
        self.add(region.info.name, &tariff, counted);
    }

    fn add(&mut self, region: &'static str, tariff: &Tariff, counted: u128) {
        if counted > 0 {
            let line = self.lines.entry(line_key(region, tariff));
            line.or_insert_with(|| Line { tariff: tariff.clone(), counted: 0 }).counted += counted;
        }
    }
}

impl Open {
    /// What it counts up to `now`: seconds, begun ones whole, times its size; for a hosted zone calendar months, begun ones whole.
    fn counted(&self, now: SimTime) -> u128 {
        let lasted = now.since(self.since);
        let units = match self.product {
            Product::HostedZone if lasted < FREE_ZONE => 0,
            Product::HostedZone => u128::from(month_of(now).saturating_sub(month_of(self.since)) + 1),
            _ => u128::from(lasted.as_micros().div_ceil(1_000_000).max(self.tariff.minimum_seconds)),
        };
        units * u128::from(self.size)
    }

    /// What it costs per hour.
    fn per_hour(&self) -> u128 {
        match self.product {
            Product::HostedZone => u128::from(self.tariff.rate) * HOUR_SECONDS / MONTH_SECONDS,
            _ => self.tariff.amount(HOUR_SECONDS * u128::from(self.size)),
        }
    }
}

impl Tariff {
    /// What so much costs, in billionths of a dollar, what is less than one left out.
    fn amount(&self, counted: u128) -> u128 {
        counted * u128::from(self.rate) / self.per_unit
    }
}

fn line_key(region: &'static str, tariff: &Tariff) -> LineKey {
    (region, tariff.usage_type.clone(), tariff.reason.unwrap_or_default())
}

/// The nearest whole number that is not negative.
fn whole(value: f64) -> u128 {
    libm::round(value.max(0.0)) as u128
}

/// The rate of a price list in dollars, such as `0.0104`.
pub fn dollars(nanos: NanoUsd) -> String {
    invoice::decimal(u128::from(nanos))
}
