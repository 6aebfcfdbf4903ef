//! Warm pools.
use super::Instance;

shapes! {
    /// Asks for a warm pool, or for a change of it.
    PutWarmPoolType {
        auto_scaling_group_name: String, max_group_prepared_capacity: Option<i64>, min_size: Option<i64>,
        pool_state: Option<String>, instance_reuse_policy: Option<InstanceReusePolicy>,
    }

    /// Whether instances go back to the warm pool.
    InstanceReusePolicy {
        reuse_on_scale_in: Option<bool>,
    }

    /// Nothing to say.
    PutWarmPoolAnswer {}

    /// Asks for a warm pool.
    DescribeWarmPoolType {
        auto_scaling_group_name: String, max_records: Option<i64>, next_token: Option<String>,
    }

    /// The warm pool and its instances.
    DescribeWarmPoolAnswer {
        warm_pool_configuration: Option<WarmPoolConfiguration>, instances: Vec<Instance>, next_token: Option<String>,
    }

    /// A warm pool as AWS shows it.
    WarmPoolConfiguration {
        max_group_prepared_capacity: Option<i64>, min_size: Option<i64>, pool_state: Option<String>,
        status: Option<String>, instance_reuse_policy: Option<InstanceReusePolicy>,
    }

    /// Asks to delete a warm pool.
    DeleteWarmPoolType {
        auto_scaling_group_name: String, force_delete: Option<bool>,
    }

    /// Nothing to say.
    DeleteWarmPoolAnswer {}
}
