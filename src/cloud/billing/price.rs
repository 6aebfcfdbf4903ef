//! What things cost: one table.
//!
//! Prices of us-east-1, On-Demand, in US dollars, as several public copies of AWS's price list agree in 2026; the price of public IPv4
//! addresses is that of the EC2 User Guide. Those of instance types stand with the types. Not verified at the source, and marked so: the
//! Windows prices of instances and of surplus credits, and all of Route 53's.
//!
//! Simplified: every region costs what us-east-1 costs. No free tier is taken off, no credits of new accounts, no tax; a month has 730
//! hours.
use crate::sim::SimTime;

/// Billionths of a US dollar.
pub type NanoUsd = u64;

/// An address of IPv4, in use or idle, per hour.
pub const PUBLIC_IPV4_HOUR: NanoUsd = 5_000_000;
/// A GiB of a gp3 volume with what comes with it (3,000 IOPS, 125 MB/s), per month.
pub const GP3_GIB_MONTH: NanoUsd = 80_000_000;
/// A GiB of a snapshot of the standard tier, per month.
pub const SNAPSHOT_GIB_MONTH: NanoUsd = 50_000_000;
/// An Application Load Balancer, per hour or a part of one.
pub const LOAD_BALANCER_HOUR: NanoUsd = 22_500_000;
/// A load balancer capacity unit, per hour.
pub const LCU_HOUR: NanoUsd = 8_000_000;
/// A metric of one's own or of detailed monitoring, per month.
pub const METRIC_MONTH: NanoUsd = 300_000_000;
/// How many metrics an instance with detailed monitoring has.
pub const METRICS_OF_AN_INSTANCE: u64 = 7;
/// An alarm on a metric of standard resolution, per month.
pub const ALARM_MONTH: NanoUsd = 100_000_000;
/// A hosted zone, per month or a part of one. Not verified.
pub const HOSTED_ZONE_MONTH: NanoUsd = 500_000_000;
/// A million standard queries. Not verified.
pub const MILLION_QUERIES: NanoUsd = 400_000_000;
/// Surplus credits of burstable instances with Linux, per virtual CPU and hour.
pub const SURPLUS_VCPU_HOUR_LINUX: NanoUsd = 50_000_000;
/// The same with Windows. Not verified.
pub const SURPLUS_VCPU_HOUR_WINDOWS: NanoUsd = 96_000_000;
/// A GB that goes out to the internet. Simplified: without the 100 GB of each month that are free.
pub const DATA_OUT_GB: NanoUsd = 90_000_000;

/// The seconds of an hour.
pub const HOUR_SECONDS: u128 = 3_600;
/// The seconds of a month of 730 hours.
pub const MONTH_SECONDS: u128 = 730 * HOUR_SECONDS;

/// The calendar month of a moment, counted from year 0.
pub(super) fn month_of(at: SimTime) -> u64 {
    let text = at.to_iso8601();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u64>().ok()).unwrap_or(0);
    number(0, 4) * 12 + number(5, 7)
}
