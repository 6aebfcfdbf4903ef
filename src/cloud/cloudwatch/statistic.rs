//! Statistics: what is asked of the values of a period.
use crate::api::ApiError;

/// What was measured in a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statistics {
    /// How many values.
    pub count: f64,
    /// Their sum.
    pub sum: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

/// A statistic by its name in AWS (CloudWatch User Guide, "CloudWatch statistics definitions").
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// `SampleCount`: how many values.
    SampleCount,
    /// `Average`: their mean.
    Average,
    /// `Sum`.
    Sum,
    /// `Minimum`.
    Minimum,
    /// `Maximum`.
    Maximum,
    /// `p50`, `p99.9`: the value that so many per cent of all do not exceed.
    Percentile(f64),
}

impl Statistics {
    /// Those of one value.
    pub fn of(value: f64) -> Self {
        Statistics { count: 1.0, sum: value, min: value, max: value }
    }

    pub(super) fn merge(self, other: Statistics) -> Self {
        Statistics {
            count: self.count + other.count,
            sum: self.sum + other.sum,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// The same values so many times.
    pub(super) fn times(self, times: f64) -> Self {
        Statistics { count: self.count * times, sum: self.sum * times, ..self }
    }

    /// The mean of the values.
    pub fn average(&self) -> f64 {
        self.sum / self.count
    }
}

impl Statistic {
    /// The statistics that have a name of their own; percentiles are written as `p99`.
    const SIMPLE: [Statistic; 5] =
        [Statistic::SampleCount, Statistic::Average, Statistic::Sum, Statistic::Minimum, Statistic::Maximum];

    /// The statistic of this name.
    ///
    /// # Errors
    /// `UnknownOperation` for statistics that AWS has and the lab has not, such as `TM(10%:90%)`; `InvalidParameterValue` for other words.
    pub fn parse(name: &str) -> Result<Self, ApiError> {
        if let Some(simple) = Statistic::SIMPLE.into_iter().find(|statistic| statistic.name() == name) {
            return Ok(simple);
        }
        let percent = name.strip_prefix('p').and_then(|digits| digits.parse::<f64>().ok());
        if let Some(percent) = percent.filter(|percent| (0.0..=100.0).contains(percent)) {
            return Ok(Statistic::Percentile(percent));
        }
        let others = ["TM", "tm", "WM", "wm", "PR", "TC", "tc", "TS", "ts", "IQM"];
        if others.iter().any(|other| name.starts_with(other)) {
            return Err(ApiError::not_in_this_lab(format!("The statistic {name}")));
        }
        Err(ApiError::new(
            "InvalidParameterValue",
            format!("The value {name} for parameter ExtendedStatistics is not supported."),
        ))
    }

    /// AWS's name of it.
    pub fn name(self) -> String {
        match self {
            Statistic::SampleCount => "SampleCount".into(),
            Statistic::Average => "Average".into(),
            Statistic::Sum => "Sum".into(),
            Statistic::Minimum => "Minimum".into(),
            Statistic::Maximum => "Maximum".into(),
            Statistic::Percentile(percent) => format!("p{percent}"),
        }
    }

    /// Whether AWS calls it an extended statistic.
    pub fn is_extended(self) -> bool {
        matches!(self, Statistic::Percentile(_))
    }
}

/// The value that the share of `percent` of all values does not exceed. Values come with their counts.
pub(super) fn percentile(mut values: Vec<(f64, f64)>, percent: f64) -> Option<f64> {
    values.sort_by(|one, other| one.0.total_cmp(&other.0));
    let rank = values.iter().map(|(_, count)| count).sum::<f64>() * percent / 100.0;
    let mut seen = 0.0;
    let found = values.iter().find(|(_, count)| {
        seen += count;
        seen >= rank
    });
    found.or(values.last()).map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_counts_how_often_each_value_came() {
        let values = || vec![(10.0, 1.0), (1.0, 98.0), (5.0, 1.0)];
        let found: Vec<_> = [50.0, 98.0, 99.0, 99.9, 100.0].map(|percent| percentile(values(), percent)).into();
        assert_eq!(found, [Some(1.0), Some(1.0), Some(5.0), Some(10.0), Some(10.0)]);
    }

    #[test]
    fn statistics_are_read_by_name() {
        assert_eq!(Statistic::parse("Average"), Ok(Statistic::Average));
        assert_eq!(Statistic::parse("p99.9").map(Statistic::name), Ok("p99.9".into()));
        assert_eq!(Statistic::parse("TM(10%:90%)").map_err(|error| error.code), Err("UnknownOperation".into()));
        for wrong in ["average", "p", "p101", "pNaN", "x"] {
            assert_eq!(
                Statistic::parse(wrong).map_err(|error| error.code),
                Err("InvalidParameterValue".into()),
                "{wrong}"
            );
        }
    }
}
