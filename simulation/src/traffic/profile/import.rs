//! From a pasted text to a curve: `seconds,requests_per_second`, an export of CloudWatch, or an access log.
use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::Curve;
use super::curve::MOST_POINTS;
use crate::sim::civil;

/// A line that cannot be read, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurveError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it and what would be right.
    pub message: String,
}

impl fmt::Display for CurveError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for CurveError {}

/// Reads a curve from a text. What it is shows by itself:
///
/// - JSON with `Datapoints`, as `aws cloudwatch get-metric-statistics --statistics Sum` answers, or CSV with a moment and a number of
///   requests on each line, as the console exports a graph: the sums become rates;
/// - an access log in the common format or one of an Application Load Balancer: requests are counted minute by minute;
/// - otherwise lines of `seconds,requests_per_second`. A first line of words is a title.
///
/// # Errors
/// The first line that cannot be read, with its number and what to do.
pub fn curve_from_text(text: &str) -> Result<Curve, CurveError> {
    let points = if text.trim_start().starts_with('{') { from_json(text)? } else { from_lines(text)? };
    let curve = Curve { points };
    match curve.fault() {
        None => Ok(curve),
        Some(message) => Err(CurveError { line: 1, message }),
    }
}

/// A minute, for access logs and for exports that do not show their period.
const MINUTE: i64 = 60;

fn from_lines(text: &str) -> Result<Vec<(f64, f64)>, CurveError> {
    let lines: Vec<(usize, &str)> =
        text.lines().map(str::trim).enumerate().map(|(index, line)| (index + 1, line)).collect();
    let lines: Vec<(usize, &str)> =
        lines.into_iter().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect();
    let Some((line, _)) = lines.iter().find(|(_, line)| !is_title(line)).copied() else {
        return Err(CurveError { line: 1, message: "there are no numbers; write lines such as 60,20.".into() });
    };
    let first = lines.iter().find(|(number, _)| *number == line).map_or("", |(_, text)| *text);
    let data = lines.into_iter().filter(|(number, _)| *number >= line);
    if log_moment(first).is_some() {
        return from_access_log(data);
    }
    match first.split(',').next().and_then(moment_in) {
        Some(_) => from_sums(data),
        None => from_pairs(data),
    }
}

/// A line without any digit is a title, and so are the first lines of a console export (`Full label,RequestCount`).
fn is_title(line: &str) -> bool {
    let first = line.split(',').next().unwrap_or_default().trim().trim_matches('"');
    log_moment(line).is_none()
        && moment_in(first).is_none()
        && first.parse::<f64>().is_err()
        && !first.contains(|letter: char| letter.is_ascii_digit())
}

fn from_pairs<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Result<Vec<(f64, f64)>, CurveError> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (line, text) in lines {
        let wrong = |message: String| CurveError { line, message };
        let parts: Vec<&str> = text.split([',', ';', '\t']).map(str::trim).collect();
        let [seconds, rate] = parts[..] else {
            return Err(wrong(format!(
                "\"{text}\" is not two numbers; write seconds,requests_per_second such as 60,20."
            )));
        };
        let number = |what: &str, text: &str| {
            let parsed = text.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
            parsed.ok_or_else(|| wrong(format!("{what} \"{text}\" is no number from 0 up; write one such as 60.")))
        };
        let point = (number("the seconds", seconds)?, number("the requests per second", rate)?);
        if points.last().is_some_and(|last| last.0 >= point.0) {
            return Err(wrong(format!(
                "{} seconds do not come after the line before; sort the lines by time.",
                point.0
            )));
        }
        push(&mut points, point, line)?;
    }
    Ok(points)
}

/// Lines of a moment and the number of requests since then.
fn from_sums<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Result<Vec<(f64, f64)>, CurveError> {
    let mut sums = BTreeMap::new();
    for (line, text) in lines {
        let wrong = |message: String| CurveError { line, message };
        let mut parts = text.split(',').map(|part| part.trim().trim_matches('"'));
        let moment = parts.next().unwrap_or_default();
        let at = moment_in(moment)
            .ok_or_else(|| wrong(format!("\"{moment}\" is no moment; write one such as 2026-01-05T10:42:00Z.")))?;
        let sum = parts.next().unwrap_or_default();
        let requests = sum.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
        let requests =
            requests.ok_or_else(|| wrong(format!("\"{sum}\" is no number of requests; export the statistic Sum.")))?;
        if sums.insert(at, requests).is_some() {
            return Err(wrong(format!("{moment} is there twice; export one metric at a time.")));
        }
    }
    rates(&sums)
}

fn from_json(text: &str) -> Result<Vec<(f64, f64)>, CurveError> {
    let wrong = |line: usize, message: String| CurveError { line, message };
    let value: Value = serde_json::from_str(text).map_err(|error| {
        wrong(error.line(), format!("{error}; paste the whole answer of aws cloudwatch get-metric-statistics."))
    })?;
    let Some(datapoints) = value["Datapoints"].as_array() else {
        let message = "there are no Datapoints; paste the answer of aws cloudwatch get-metric-statistics.";
        return Err(wrong(1, message.into()));
    };
    let mut sums = BTreeMap::new();
    for (index, point) in datapoints.iter().enumerate() {
        let at = point["Timestamp"].as_str().and_then(moment_in);
        let (Some(at), Some(sum)) = (at, point["Sum"].as_f64().filter(|sum| *sum >= 0.0)) else {
            let message = format!("datapoint {} has no Timestamp or no Sum; ask for --statistics Sum.", index + 1);
            return Err(wrong(1, message));
        };
        sums.insert(at, sum);
    }
    rates(&sums)
}

/// Sums over periods become rates: the period is the smallest distance between two moments, and a missing period had no requests.
fn rates(sums: &BTreeMap<i64, f64>) -> Result<Vec<(f64, f64)>, CurveError> {
    let moments: Vec<i64> = sums.keys().copied().collect();
    let period = moments.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(MINUTE);
    let (Some(first), Some(last)) = (moments.first().copied(), moments.last().copied()) else {
        return Err(CurveError { line: 1, message: "there are no datapoints.".into() });
    };
    let mut points = Vec::new();
    let mut at = first;
    while at <= last {
        let middle = (at - first) as f64 + period as f64 / 2.0;
        push(&mut points, (middle, sums.get(&at).copied().unwrap_or(0.0) / period as f64), 1)?;
        at += period;
    }
    Ok(points)
}

fn from_access_log<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Result<Vec<(f64, f64)>, CurveError> {
    let mut counts: BTreeMap<i64, f64> = BTreeMap::new();
    for (line, text) in lines {
        let at = log_moment(text).ok_or_else(|| {
            let message =
                "there is no moment such as [05/Jan/2026:10:42:15 +0000] or 2026-01-05T10:42:15Z; delete the line.";
            CurveError { line, message: message.into() }
        })?;
        *counts.entry(at - at.rem_euclid(MINUTE)).or_default() += 1.0;
    }
    // A neighbour makes the period a minute even if requests are rarer than that.
    if let Some(first) = counts.keys().next().copied() {
        counts.entry(first + MINUTE).or_default();
    }
    rates(&counts)
}

fn push(points: &mut Vec<(f64, f64)>, point: (f64, f64), line: usize) -> Result<(), CurveError> {
    if points.len() >= MOST_POINTS {
        let message = format!("there are more than {MOST_POINTS} points; thin them out.");
        return Err(CurveError { line, message });
    }
    points.push(point);
    Ok(())
}

/// The moment of a line of an access log, in seconds since 1970: in brackets as web servers write it, or the second word as load balancers
/// do.
fn log_moment(line: &str) -> Option<i64> {
    if let Some((_, rest)) = line.split_once('[') {
        return civil::seconds_of_log(rest.split(']').next()?);
    }
    let mut words = line.split_whitespace();
    let kind = words.next()?;
    ["http", "https", "h2", "grpcs", "ws", "wss"].contains(&kind).then(|| moment_in(words.next()?)).flatten()
}

/// A moment as AWS writes it, `2026-01-05T10:42:00Z`, or as the console exports it, `2026/01/05 10:42:00`, in seconds since 1970.
fn moment_in(text: &str) -> Option<i64> {
    civil::seconds_of_moment(text.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Vec<(f64, f64)> {
        curve_from_text(text).unwrap_or_else(|error| panic!("{error}")).points
    }

    #[test]
    fn lines_of_seconds_and_rates_become_a_curve() {
        assert_eq!(points("seconds,requests_per_second\n0,5\n\n60, 20.5\n"), [(0.0, 5.0), (60.0, 20.5)]);
        assert_eq!(points("0;5\n60;20"), [(0.0, 5.0), (60.0, 20.0)]);
    }

    #[test]
    fn a_bad_line_is_named_with_what_to_do() {
        for (text, line, remedy) in [
            ("0,5\n60", 2, "write seconds,requests_per_second such as 60,20"),
            ("0,5\n60,many", 2, "no number from 0 up"),
            ("title,rate\n0,-5", 2, "no number from 0 up"),
            ("60,5\n0,5", 2, "sort the lines by time"),
            ("", 1, "write lines such as 60,20"),
            ("{\"Label\":\"x\"}", 1, "get-metric-statistics"),
            ("2026-01-05T10:00:00Z,60\n2026-01-05T10:01:00Z,x", 2, "the statistic Sum"),
        ] {
            let error = curve_from_text(text).expect_err(text);
            assert_eq!(error.line, line, "{text}: {error}");
            assert!(error.to_string().contains(remedy), "{text}: {error}");
        }
    }

    #[test]
    fn an_export_of_cloudwatch_becomes_rates_in_the_middle_of_each_period() {
        let json = r#"{"Label":"RequestCount","Datapoints":[
            {"Timestamp":"2026-01-05T10:03:00Z","Sum":120.0,"Unit":"Count"},
            {"Timestamp":"2026-01-05T10:00:00+00:00","Sum":600.0,"Unit":"Count"},
            {"Timestamp":"2026-01-05T10:01:00Z","Sum":1200.0,"Unit":"Count"}]}"#;
        let expected = [(30.0, 10.0), (90.0, 20.0), (150.0, 0.0), (210.0, 2.0)];
        assert_eq!(points(json), expected);
        let csv = "Label,RequestCount\n2026/01/05 10:00:00,600\n2026/01/05 10:01:00,1200\n2026/01/05 10:03:00,120\n";
        assert_eq!(points(csv), expected);
    }

    #[test]
    fn an_access_log_is_counted_minute_by_minute() {
        let line = |at: &str| format!("203.0.113.9 - - [05/Jan/2026:{at} +0000] \"GET / HTTP/1.1\" 200 512\n");
        let log = ["10:00:01", "10:00:59", "10:02:00"].map(line).concat();
        assert_eq!(points(&log), [(30.0, 2.0 / 60.0), (90.0, 0.0), (150.0, 1.0 / 60.0)]);
        let line =
            |at: &str| format!("http 2026-01-05T{at}.186641Z app/web/50dc6c495c0c9188 203.0.113.9:2817 10.0.0.1:80\n");
        let log = ["10:00:01", "10:01:59"].map(line).concat();
        assert_eq!(points(&log), [(30.0, 1.0 / 60.0), (90.0, 1.0 / 60.0)]);
    }
}
