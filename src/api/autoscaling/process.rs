//! Processes that can be suspended.
shapes! {
    /// Asks to suspend processes; all if none is named.
    ScalingProcessQuery {
        auto_scaling_group_name: String, scaling_processes: Vec<String>,
    }

    /// Asks to resume processes; all if none is named. AWS has one shape for this and for `ScalingProcessQuery`.
    ResumeProcessesQuery {
        auto_scaling_group_name: String, scaling_processes: Vec<String>,
    }

    /// The processes.
    ProcessesType {
        processes: Vec<ProcessType>,
    }

    /// A process.
    ProcessType {
        process_name: String,
    }
}
