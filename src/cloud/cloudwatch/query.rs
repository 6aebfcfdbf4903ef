//! The requests that read metrics: `GetMetricStatistics`, `GetMetricData`, `ListMetrics`.
use std::collections::BTreeMap;

use super::expression::Expression;
use super::unit::Unit;
use super::{CloudWatch, MetricKey, Statistic, Statistics};
use crate::api::ApiError;
use crate::api::cloudwatch::{
    Datapoint, DimensionFilter, GetMetricDataInput, GetMetricDataOutput, GetMetricStatisticsInput,
    GetMetricStatisticsOutput, ListMetricsInput, ListMetricsOutput, MetricDataQuery, MetricDataResult, MetricStat,
};
use crate::cloud::PageRequest;
use crate::sim::{SimDuration, SimTime};

/// The most datapoints that one answer of `GetMetricStatistics` may hold.
const MAX_DATAPOINTS: u64 = 1_440;
/// The most datapoints that one answer of `GetMetricData` may hold.
const MAX_DATA: u64 = 100_800;
/// `ListMetrics` shows metrics that had data in the last two weeks.
const LISTED: SimDuration = SimDuration::from_secs(14 * 86_400);
const RECENTLY: SimDuration = SimDuration::from_secs(3 * 3_600);

/// The values of a series by the beginnings of their periods.
type Values = BTreeMap<SimTime, f64>;

/// A stretch of time cut into periods.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: SimTime,
    end: SimTime,
    period: SimDuration,
}

impl Span {
    fn checked(start: &str, end: &str, seconds: i64) -> Result<Span, ApiError> {
        let (start, end) = (moment(start)?, moment(end)?);
        if start >= end {
            let message = "The parameter StartTime must be less than the parameter EndTime.";
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let seconds = u64::try_from(seconds).unwrap_or(0);
        if seconds == 0 || !seconds.is_multiple_of(60) {
            // The condition is documented; the text is a guess.
            return Err(ApiError::new("InvalidParameterValue", "The parameter Period must be a multiple of 60."));
        }
        Ok(Span { start, end, period: SimDuration::from_secs(seconds) })
    }

    fn count(&self) -> u64 {
        self.end.since(self.start).as_micros() / self.period.as_micros()
    }

    /// The beginnings of the periods: whole multiples of the length, from the one that holds the start.
    fn starts(self) -> impl Iterator<Item = SimTime> {
        let first = self.start.floor_to(self.period);
        (0..).map(move |index| first + self.period * index).take_while(move |at| *at < self.end)
    }
}

impl CloudWatch {
    pub(super) fn get_metric_statistics(
        &self,
        input: &GetMetricStatisticsInput,
    ) -> Result<GetMetricStatisticsOutput, ApiError> {
        let span = Span::checked(&input.start_time, &input.end_time, input.period)?;
        if input.statistics.is_empty() && input.extended_statistics.is_empty() {
            let message = "At least one of the parameters Statistics and ExtendedStatistics must be specified.";
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        let extended = input.extended_statistics.iter().map(|name| Ok((name.clone(), Statistic::parse(name)?)));
        let extended = extended.collect::<Result<Vec<_>, ApiError>>()?;
        let count = span.count();
        if count > MAX_DATAPOINTS {
            let message = format!(
                "You have requested up to {count} datapoints, which exceeds the limit of {MAX_DATAPOINTS}. You may reduce the datapoints \
                 requested by increasing Period, or decreasing the time range."
            );
            return Err(ApiError::new("InvalidParameterCombination", message));
        }
        let key = MetricKey::new(&input.namespace, &input.metric_name, &input.dimensions);
        let mut datapoints = Vec::new();
        if let Some(series) = self.series.get(&key) {
            let wanted = |unit: &Unit| input.unit.as_ref().is_none_or(|name| unit.name() == name);
            for (unit, at) in series.units().filter(wanted).flat_map(|unit| span.starts().map(move |at| (unit, at))) {
                let Some(found) = series.window(at, span.period, Some(unit)) else { continue };
                let extended = extended.iter().filter_map(|(name, statistic)| {
                    Some((name.clone(), series.value(at, span.period, *statistic, Some(unit))?))
                });
                let extended: BTreeMap<String, f64> = extended.collect();
                let extended_statistics = (!extended.is_empty()).then_some(extended);
                datapoints.push(Datapoint { extended_statistics, ..datapoint(at, found, unit, &input.statistics) });
            }
        }
        Ok(GetMetricStatisticsOutput { label: input.metric_name.clone(), datapoints })
    }

    /// Simplified: of metric math there is arithmetic on the results of other queries; functions are refused by name.
    pub(super) fn get_metric_data(&self, input: &GetMetricDataInput) -> Result<GetMetricDataOutput, ApiError> {
        let mut found: BTreeMap<&str, (Values, String)> = BTreeMap::new();
        for query in input.metric_data_queries.iter().filter(|query| query.metric_stat.is_some()) {
            let Some(stat) = &query.metric_stat else { continue };
            if found.insert(&query.id, self.metric_values(input, query, stat)?).is_some() {
                return Err(ApiError::validation(format!("The value {} for parameter Id is not unique.", query.id)));
            }
        }
        for query in input.metric_data_queries.iter().filter(|query| query.metric_stat.is_none()) {
            let text = query.expression.as_deref().ok_or_else(|| {
                ApiError::validation(format!("Query {} must have either MetricStat or Expression.", query.id))
            })?;
            let values = calculated(&Expression::parse(text)?, &found)?;
            found.insert(&query.id, (values, query.label.clone().unwrap_or_else(|| query.id.clone())));
        }
        let is_ascending = input.scan_by.as_deref() == Some("TimestampAscending");
        let shown = input.metric_data_queries.iter().filter(|query| query.return_data != Some(false));
        let results = shown.filter_map(|query| Some((query, found.remove(query.id.as_str())?)));
        let results = results.map(|(query, (values, label))| result(query, label, values, is_ascending)).collect();
        page(input, results)
    }

    fn metric_values(
        &self,
        input: &GetMetricDataInput,
        query: &MetricDataQuery,
        stat: &MetricStat,
    ) -> Result<(Values, String), ApiError> {
        let span = Span::checked(&input.start_time, &input.end_time, stat.period)?;
        let statistic = Statistic::parse(&stat.stat)?;
        let unit = stat.unit.as_deref().and_then(Unit::parse);
        let namespace = stat.metric.namespace.as_deref().unwrap_or_default();
        let name = stat.metric.metric_name.as_deref().unwrap_or_default();
        let series = self.series.get(&MetricKey::new(namespace, name, &stat.metric.dimensions));
        let newest = series.and_then(|series| series.latest()).map(|(at, _)| at);
        // An end far ahead costs nothing: after the newest datapoint there is none.
        let known = span.starts().take_while(|at| newest.is_some_and(|newest| *at <= newest));
        let values = known.filter_map(|at| Some((at, series?.value(at, span.period, statistic, unit)?)));
        let values = if span.count() > MAX_DATA { Values::new() } else { values.collect() };
        Ok((values, query.label.clone().unwrap_or_else(|| name.to_owned())))
    }

    /// Simplified: a new metric is listed at once; in AWS it can take 15 minutes.
    pub(super) fn list_metrics(&self, now: SimTime, input: &ListMetricsInput) -> Result<ListMetricsOutput, ApiError> {
        let has = |key: &MetricKey, wanted: &DimensionFilter| {
            let fits = |value: &str| wanted.value.as_ref().is_none_or(|wanted| wanted == value);
            key.dimensions.iter().any(|(name, value)| *name == wanted.name && fits(value))
        };
        let fits = |key: &MetricKey| {
            input.namespace.as_ref().is_none_or(|wanted| *wanted == key.namespace)
                && input.metric_name.as_ref().is_none_or(|wanted| *wanted == key.name)
                && input.dimensions.iter().all(|wanted| has(key, wanted))
        };
        let age = if input.recently_active.is_some() { RECENTLY } else { LISTED };
        let fresh = self
            .series
            .iter()
            .filter(|(key, series)| fits(key) && series.latest().is_some_and(|(at, _)| now.since(at) <= age));
        let found = fresh.map(|(key, _)| key.shape()).collect();
        let page = PageRequest { most: None, limit: Some(500), token: input.next_token.as_deref() };
        let (metrics, next_token) = page.cut(found, invalid_token)?;
        Ok(ListMetricsOutput { metrics, next_token })
    }
}

fn calculated(expression: &Expression, found: &BTreeMap<&str, (Values, String)>) -> Result<Values, ApiError> {
    let ids = expression.ids();
    for id in &ids {
        if !found.contains_key(id.as_str()) {
            return Err(ApiError::validation(format!("Error in expression: the id {id} is unknown.")));
        }
    }
    // A period counts where every metric of the expression has a value.
    let mut moments: Vec<SimTime> =
        ids.first().map(|id| found[id.as_str()].0.keys().copied().collect()).unwrap_or_default();
    moments.retain(|at| ids.iter().all(|id| found[id.as_str()].0.contains_key(at)));
    let value = |at: SimTime| expression.value(&|id: &str| found.get(id)?.0.get(&at).copied());
    Ok(moments.into_iter().filter_map(|at| Some((at, value(at)?))).collect())
}

fn result(query: &MetricDataQuery, label: String, values: Values, is_ascending: bool) -> MetricDataResult {
    let (mut moments, mut numbers): (Vec<String>, Vec<f64>) =
        values.into_iter().map(|(at, value)| (at.to_iso8601(), value)).unzip();
    if !is_ascending {
        moments.reverse();
        numbers.reverse();
    }
    MetricDataResult { id: query.id.clone(), label, timestamps: moments, values: numbers, status_code: String::new() }
}

/// The part of the results that an answer has room for. That each answer names all queries is a guess.
fn page(input: &GetMetricDataInput, mut results: Vec<MetricDataResult>) -> Result<GetMetricDataOutput, ApiError> {
    let most = input.max_datapoints.unwrap_or(MAX_DATA as i64);
    if most < 1 {
        // The condition and the text are guesses.
        return Err(ApiError::validation(format!("The value {most} for parameter MaxDatapoints must be at least 1.")));
    }
    let counts: Vec<usize> = results.iter().map(|result| result.values.len()).collect();
    let mut points = Vec::new();
    for (index, result) in results.iter_mut().enumerate() {
        let values = std::mem::take(&mut result.timestamps).into_iter().zip(std::mem::take(&mut result.values));
        points.extend(values.enumerate().map(|(place, value)| ((index, place), value)));
    }
    let request = PageRequest { most: Some(most), limit: Some(MAX_DATA as usize), token: input.next_token.as_deref() };
    let (shown, next_token) = request.cut(points, invalid_token)?;
    let last = shown.last().map_or((results.len(), 0), |(place, _)| *place);
    for ((index, _), (timestamp, value)) in shown {
        results[index].timestamps.push(timestamp);
        results[index].values.push(value);
    }
    for (index, result) in results.iter_mut().enumerate() {
        let is_complete = counts[index] == 0 || (index, counts[index]) <= (last.0, last.1 + 1);
        result.status_code = if is_complete { "Complete" } else { "PartialData" }.into();
    }
    // "NextToken is not returned if you are performing a math expression" (MetricDataResult).
    let has_math = input.metric_data_queries.iter().any(|query| query.expression.is_some());
    Ok(GetMetricDataOutput { metric_data_results: results, next_token: next_token.filter(|_| !has_math) })
}

fn datapoint(at: SimTime, found: Statistics, unit: Unit, wanted: &[String]) -> Datapoint {
    let pick = |name: &str, value: f64| wanted.iter().any(|wanted| wanted == name).then_some(value);
    Datapoint {
        timestamp: at.to_iso8601(),
        sample_count: pick("SampleCount", found.count),
        average: pick("Average", found.average()),
        sum: pick("Sum", found.sum),
        minimum: pick("Minimum", found.min),
        maximum: pick("Maximum", found.max),
        unit: Some(unit.name().into()),
        extended_statistics: None,
    }
}

/// The moment that a request names.
pub(super) fn moment(text: &str) -> Result<SimTime, ApiError> {
    SimTime::parse_iso8601(text).ok_or_else(|| {
        let message = format!("The value {text} is no moment of this lab, such as 2026-01-05T10:42:15Z.");
        ApiError::new("InvalidParameterValue", message)
    })
}

/// The refusal of a token that no answer had.
pub(super) fn invalid_token() -> ApiError {
    ApiError::new("InvalidNextToken", "The next token specified is invalid.")
}
