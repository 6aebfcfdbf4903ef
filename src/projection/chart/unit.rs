//! Units of measure, and how their values are written.

/// What the values of a chart are measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole things: instances, requests.
    Count,
    /// Things per second.
    PerSecond,
    /// Hundredths, 0 to 100.
    Percent,
    /// Seconds; written as milliseconds or microseconds where those read better.
    Seconds,
    /// Bytes; written in kB, MB, GB.
    Bytes,
    /// US dollars.
    Usd,
    /// A bare number.
    None,
}

/// How numbers of one size are written: what they are divided by, and what is put around them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    divisor: f64,
    prefix: &'static str,
    suffix: &'static str,
}

impl Unit {
    /// The least value that the top of an axis shows when the chart is quiet.
    pub fn least_top(self) -> f64 {
        match self {
            Unit::Percent => 100.0,
            Unit::Count => 4.0,
            Unit::PerSecond => 10.0,
            Unit::Seconds => 0.1,
            Unit::Bytes => 1_000.0,
            Unit::Usd => 0.1,
            Unit::None => 1.0,
        }
    }

    /// Whether values between two whole numbers have no meaning, so that ticks must be whole.
    pub fn is_whole(self) -> bool {
        matches!(self, Unit::Count)
    }

    /// A value by itself, with about three digits that matter: `58.4%`, `212 ms`, `1,204/s`.
    pub fn format(self, value: f64) -> String {
        let scale = self.scale(value.abs());
        let scaled = value / scale.divisor;
        scale.write(scaled, self.own_decimals(scaled.abs()))
    }

    /// A value on an axis whose ticks are `step` apart.
    pub fn format_tick(self, value: f64, step: f64) -> String {
        let scale = self.scale(step * 2.0);
        scale.write(value / scale.divisor, decimals_of(step / scale.divisor))
    }

    /// Its name in a file of values, in CloudWatch's words where it has one.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Count => "Count",
            Unit::PerSecond => "Count/Second",
            Unit::Percent => "Percent",
            Unit::Seconds => "Seconds",
            Unit::Bytes => "Bytes",
            Unit::Usd => "USD",
            Unit::None => "None",
        }
    }

    fn scale(self, size: f64) -> Scale {
        let plain = |prefix, suffix| Scale { divisor: 1.0, prefix, suffix };
        match self {
            Unit::Count | Unit::None => plain("", ""),
            Unit::PerSecond => plain("", "/s"),
            Unit::Percent => plain("", "%"),
            Unit::Usd => plain("$", ""),
            Unit::Seconds => scale_of(size, &[(1.0, " s"), (1e-3, " ms"), (1e-6, " µs")]),
            Unit::Bytes => scale_of(size, &[(1e9, " GB"), (1e6, " MB"), (1e3, " kB"), (1.0, " B")]),
        }
    }

    fn own_decimals(self, scaled: f64) -> usize {
        match self {
            Unit::Count => usize::from(scaled.fract() != 0.0),
            Unit::Usd => {
                if scaled < 0.1 {
                    4
                } else {
                    2
                }
            }
            Unit::PerSecond | Unit::Percent | Unit::Seconds | Unit::Bytes | Unit::None => free_decimals(scaled),
        }
    }
}

impl Scale {
    fn write(self, scaled: f64, decimals: usize) -> String {
        let digits = group_thousands(&format!("{:.decimals$}", scaled.abs()));
        let is_zero = digits.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0');
        let sign = if scaled < 0.0 && !is_zero { "-" } else { "" };
        format!("{sign}{}{digits}{}", self.prefix, self.suffix)
    }
}

/// The largest scale that the size reaches; zero is written in the first one.
fn scale_of(size: f64, scales: &[(f64, &'static str)]) -> Scale {
    let fits = |(divisor, _): &&(f64, &'static str)| size >= *divisor;
    let chosen = scales.iter().find(fits).or(if size > 0.0 { scales.last() } else { scales.first() });
    let (divisor, suffix) = chosen.copied().unwrap_or((1.0, ""));
    Scale { divisor, prefix: "", suffix }
}

/// Decimals for a number that stands alone: three digits that matter, and none that are only zeros.
fn free_decimals(scaled: f64) -> usize {
    let wanted = match scaled {
        _ if scaled >= 99.95 => 0,
        _ if scaled >= 0.995 => 1,
        _ => 2,
    };
    let factor = [1.0, 10.0, 100.0][wanted];
    let rounded = (scaled * factor).round() / factor;
    if rounded.fract() == 0.0 { 0 } else { wanted }
}

/// Decimals that tell apart numbers which are multiples of `step`.
fn decimals_of(step: f64) -> usize {
    let mut scaled = step.abs();
    for decimals in 0..6 {
        if (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-3) {
            return decimals;
        }
        scaled *= 10.0;
    }
    6
}

/// `1234567.5` as `1,234,567.5`.
fn group_thousands(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::with_capacity(digits.len() + whole.len() / 3);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_by_itself_has_about_three_digits_that_matter() {
        let cases = [
            (Unit::Percent, 58.04, "58%"),
            (Unit::Percent, 100.0, "100%"),
            (Unit::Percent, 0.0, "0%"),
            (Unit::PerSecond, 1_204.4, "1,204/s"),
            (Unit::PerSecond, 18.33, "18.3/s"),
            (Unit::Seconds, 0.2124, "212 ms"),
            (Unit::Seconds, 1.26, "1.3 s"),
            (Unit::Seconds, 0.00004, "40 µs"),
            (Unit::Seconds, 0.0, "0 s"),
            (Unit::Bytes, 5_300_000.0, "5.3 MB"),
            (Unit::Usd, 0.0683, "$0.0683"),
            (Unit::Usd, 12.3, "$12.30"),
            (Unit::Count, 5.0, "5"),
            (Unit::None, -2.5, "-2.5"),
        ];
        for (unit, value, text) in cases {
            assert_eq!(unit.format(value), text, "{unit:?} {value}");
        }
    }

    #[test]
    fn all_ticks_of_an_axis_share_one_scale_and_one_number_of_decimals() {
        let ticks = |unit: Unit, step: f64, count: u32| -> Vec<String> {
            (0..=count).map(|tick| unit.format_tick(step * f64::from(tick), step)).collect()
        };
        assert_eq!(ticks(Unit::Seconds, 0.25, 3), ["0 ms", "250 ms", "500 ms", "750 ms"]);
        assert_eq!(ticks(Unit::Seconds, 0.5, 3), ["0.0 s", "0.5 s", "1.0 s", "1.5 s"]);
        assert_eq!(ticks(Unit::None, 0.1, 3), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(ticks(Unit::PerSecond, 500.0, 2), ["0/s", "500/s", "1,000/s"]);
    }

    #[test]
    fn nothing_is_ever_minus_zero() {
        assert_eq!(Unit::None.format(-0.001), "0");
        assert_eq!(Unit::Percent.format(-0.0), "0%");
    }
}
