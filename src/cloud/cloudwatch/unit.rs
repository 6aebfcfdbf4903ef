//! Units of metrics.

/// A unit by its name in AWS, such as `Percent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit(&'static str);

impl Unit {
    /// No unit.
    pub const NONE: Unit = Unit("None");

    /// The unit of this name, one of AWS's `StandardUnit`.
    pub fn parse(name: &str) -> Option<Unit> {
        NAMES.iter().find(|known| **known == name).map(|name| Unit(name))
    }

    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The unit of a metric that AWS itself measures.
    pub(super) fn of_metric(namespace: &str, name: &str) -> Unit {
        match (namespace, name) {
            ("AWS/EC2", "CPUUtilization") => Unit("Percent"),
            ("AWS/EC2", "NetworkIn" | "NetworkOut") | ("AWS/ApplicationELB", "ProcessedBytes") => Unit("Bytes"),
            ("AWS/ApplicationELB", "TargetResponseTime") => Unit("Seconds"),
            ("AWS/AutoScaling", _) => Unit::NONE,
            ("AWS/EC2" | "AWS/ApplicationELB", _) => Unit("Count"),
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
