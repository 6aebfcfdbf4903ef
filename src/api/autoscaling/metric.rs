//! Metrics of groups.
shapes! {
    /// Asks a group to publish metrics; all if none is named.
    EnableMetricsCollectionQuery {
        auto_scaling_group_name: String, metrics: Vec<String>, granularity: String,
    }

    /// Asks a group to publish metrics no longer; all if none is named.
    DisableMetricsCollectionQuery {
        auto_scaling_group_name: String, metrics: Vec<String>,
    }
}
