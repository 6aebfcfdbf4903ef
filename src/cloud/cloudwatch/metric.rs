//! The names of metrics: namespace, name, dimensions.
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::api::cloudwatch::{Dimension, Metric};

/// Which metric of which thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MetricKey {
    /// Such as `AWS/EC2`.
    pub namespace: String,
    /// Such as `CPUUtilization`.
    pub name: String,
    /// Such as `InstanceId` with its value, in order of the names.
    pub dimensions: Vec<(String, String)>,
}

/// Which metric of which thing, in borrowed words: to find a series without building a key.
#[derive(Clone, Copy, Debug)]
pub struct MetricRef<'a> {
    /// Such as `AWS/EC2`.
    pub namespace: &'a str,
    /// Such as `CPUUtilization`.
    pub name: &'a str,
    /// Such as `InstanceId` with its value, in order of the names.
    pub dimensions: &'a [(&'a str, &'a str)],
}

/// What keys and borrowed keys have in common, so that a map finds the one by the other.
pub trait Named {
    /// The namespace and the name.
    fn names(&self) -> (&str, &str);
    /// The dimension at this place; none behind the last.
    fn dimension(&self, index: usize) -> Option<(&str, &str)>;
}

impl MetricKey {
    /// The key of a metric with dimensions as a request names them.
    pub fn new(namespace: &str, name: &str, dimensions: &[Dimension]) -> Self {
        let mut dimensions: Vec<_> = dimensions.iter().map(|pair| (pair.name.clone(), pair.value.clone())).collect();
        dimensions.sort();
        MetricKey { namespace: namespace.into(), name: name.into(), dimensions }
    }

    /// The key of a metric with one dimension.
    pub fn of(namespace: &str, name: &str, dimension: &str, value: &str) -> Self {
        MetricKey { namespace: namespace.into(), name: name.into(), dimensions: vec![(dimension.into(), value.into())] }
    }

    /// The value of a dimension, if the metric has it.
    pub fn dimension_value(&self, name: &str) -> Option<&str> {
        self.dimensions.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn shape(&self) -> Metric {
        Metric {
            namespace: self.namespace.clone(),
            metric_name: self.name.clone(),
            dimensions: self.dimension_shapes(),
        }
    }

    pub(super) fn dimension_shapes(&self) -> Vec<Dimension> {
        self.dimensions.iter().map(|(name, value)| Dimension { name: name.clone(), value: value.clone() }).collect()
    }
}

impl fmt::Display for MetricKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.namespace, self.name)?;
        self.dimensions.iter().try_for_each(|(name, value)| write!(out, " {name}={value}"))
    }
}

impl MetricRef<'_> {
    /// Whether it is the metric of this key.
    pub(super) fn is_of(self, key: &MetricKey) -> bool {
        let same = |(mine, theirs): (&(&str, &str), &(String, String))| mine.0 == theirs.0 && mine.1 == theirs.1;
        self.name == key.name
            && self.dimensions.len() == key.dimensions.len()
            && self.dimensions.iter().zip(&key.dimensions).all(same)
            && self.namespace == key.namespace
    }

    pub(super) fn to_key(self) -> MetricKey {
        let dimensions = self.dimensions.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        MetricKey { namespace: self.namespace.into(), name: self.name.into(), dimensions: dimensions.collect() }
    }
}

impl Named for MetricKey {
    fn names(&self) -> (&str, &str) {
        (&self.namespace, &self.name)
    }

    fn dimension(&self, index: usize) -> Option<(&str, &str)> {
        self.dimensions.get(index).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Named for MetricRef<'_> {
    fn names(&self) -> (&str, &str) {
        (self.namespace, self.name)
    }

    fn dimension(&self, index: usize) -> Option<(&str, &str)> {
        self.dimensions.get(index).copied()
    }
}

impl<'a> Borrow<dyn Named + 'a> for Arc<MetricKey> {
    fn borrow(&self) -> &(dyn Named + 'a) {
        self.as_ref()
    }
}

impl PartialEq for dyn Named + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for dyn Named + '_ {}

impl PartialOrd for dyn Named + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for dyn Named + '_ {
    /// The order of [`MetricKey`].
    fn cmp(&self, other: &Self) -> Ordering {
        let dimensions = || {
            let mine = (0..).map_while(|index| self.dimension(index));
            mine.cmp((0..).map_while(|index| other.dimension(index)))
        };
        self.names().cmp(&other.names()).then_with(dimensions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borrowed_keys_have_the_order_of_keys() {
        let keys = [
            MetricKey::new("AWS/EC2", "CPUUtilization", &[]),
            MetricKey::of("AWS/EC2", "CPUUtilization", "InstanceId", "i-1"),
            MetricKey::of("AWS/EC2", "CPUUtilization", "InstanceId", "i-2"),
            MetricKey::of("AWS/EC2", "NetworkIn", "InstanceId", "i-1"),
            MetricKey::of("Lab", "A", "B", "C"),
        ];
        for one in &keys {
            for other in &keys {
                let pairs: Vec<_> =
                    other.dimensions.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let borrowed = MetricRef { namespace: &other.namespace, name: &other.name, dimensions: &pairs };
                assert_eq!(one.cmp(other), (one as &dyn Named).cmp(&borrowed as &dyn Named));
            }
        }
    }
}
