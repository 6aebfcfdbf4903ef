//! How long datapoints are kept.
use crate::sim::SimDuration;

/// How long datapoints of each resolution are kept: as long as in AWS, or shorter when a region has many metrics.
///
/// Simplified: a region's metrics take no more memory than [`BUDGET_BYTES`], however long it runs. Those of up to about ten instances with
/// detailed monitoring are kept as in AWS (one minute 15 days, five minutes 63 days, one hour 455 days); with more of them, minutes are kept
/// for at least 25 hours and hours for at least ten days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    step: usize,
}

/// What the datapoints of a region may take, those of the shortest retention apart.
pub const BUDGET_BYTES: usize = 10_000_000;

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;
/// Seconds for each resolution. The first are AWS's (CloudWatch User Guide, "Metrics retention").
const STEPS: [[u64; 3]; 8] = [
    [15 * DAY, 63 * DAY, 455 * DAY],
    [5 * DAY, 63 * DAY, 455 * DAY],
    [3 * DAY, 30 * DAY, 365 * DAY],
    [2 * DAY, 15 * DAY, 180 * DAY],
    [25 * HOUR, 7 * DAY, 90 * DAY],
    [25 * HOUR, 3 * DAY, 45 * DAY],
    [25 * HOUR, 25 * HOUR, 30 * DAY],
    [25 * HOUR, 25 * HOUR, 10 * DAY],
];

impl Retention {
    /// How long datapoints of a resolution are kept.
    pub(super) fn kept(&self, resolution: usize) -> SimDuration {
        let seconds = STEPS.get(self.step).and_then(|step| step.get(resolution));
        SimDuration::from_secs(seconds.copied().unwrap_or(25 * HOUR))
    }

    /// The next shorter one, if there is any.
    pub fn shorter(self) -> Option<Retention> {
        (self.step + 1 < STEPS.len()).then(|| Retention { step: self.step + 1 })
    }

    /// The next longer one, as far as AWS's.
    pub fn longer(self) -> Retention {
        Retention { step: self.step.saturating_sub(1) }
    }
}
