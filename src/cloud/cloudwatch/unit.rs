//! Units of metrics.
use std::fmt;

/// A unit by the place of its name in AWS, such as `Percent`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Unit(u8);

impl Default for Unit {
    fn default() -> Self {
        Unit::NONE
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl Unit {
    /// No unit.
    pub const NONE: Unit = Unit(26);
    const SECONDS: Unit = Unit(0);
    const BYTES: Unit = Unit(3);
    const PERCENT: Unit = Unit(13);
    const COUNT: Unit = Unit(14);

    /// The unit of this name, one of AWS's `StandardUnit`.
    pub fn parse(name: &str) -> Option<Unit> {
        NAMES.iter().position(|known| *known == name).map(|place| Unit(place as u8))
    }

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or("None")
    }

    /// The unit of a metric that AWS itself measures.
    pub(super) fn of_metric(namespace: &str, name: &str) -> Unit {
        match (namespace, name) {
            ("AWS/EC2", "CPUUtilization" | "EBSIOBalance%" | "EBSByteBalance%") => Unit::PERCENT,
            ("AWS/EC2", "NetworkIn" | "NetworkOut" | "EBSReadBytes" | "EBSWriteBytes")
            | ("AWS/ApplicationELB", "ProcessedBytes") => Unit::BYTES,
            ("AWS/ApplicationELB", "TargetResponseTime") => Unit::SECONDS,
            ("AWS/AutoScaling", _) => Unit::NONE,
            ("AWS/EC2" | "AWS/ApplicationELB", _) => Unit::COUNT,
            _ => Unit::NONE,
        }
    }
}

const NAMES: [&str; 27] = [
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_their_own_names() {
        let named = [Unit::NONE, Unit::SECONDS, Unit::BYTES, Unit::PERCENT, Unit::COUNT];
        assert_eq!(named.map(Unit::name), ["None", "Seconds", "Bytes", "Percent", "Count"]);
        assert!(NAMES.iter().all(|name| Unit::parse(name).map(Unit::name) == Some(name)));
    }
}
