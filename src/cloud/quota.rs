//! The limits of the account, per region. They belong to the scenario.

/// How much the account may have at a time in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Virtual CPUs of running On-Demand Standard instances (families A, C, D, H, I, M, R, T, Z).
    pub standard_vcpus: u64,
    /// Elastic IP addresses.
    pub elastic_ips: usize,
}

impl Quotas {
    /// AWS's defaults for a new account.
    pub const AWS_DEFAULT: Quotas = Quotas { standard_vcpus: 5, elastic_ips: 5 };
    /// The sandbox starts with room to play.
    pub const SANDBOX: Quotas = Quotas { standard_vcpus: 256, elastic_ips: 5 };
}
