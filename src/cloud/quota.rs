//! The limits of the account, per region. They belong to the scenario.
use super::elb::ElbQuotas;

/// How much the account may have at a time in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Virtual CPUs of running On-Demand Standard instances (families A, C, D, H, I, M, R, T, Z).
    pub standard_vcpus: u64,
    /// Elastic IP addresses.
    pub elastic_ips: usize,
    /// What Elastic Load Balancing has limits for.
    pub elb: ElbQuotas,
}

impl Quotas {
    /// AWS's defaults for a new account.
    pub const AWS_DEFAULT: Quotas = Quotas { standard_vcpus: 5, elastic_ips: 5, elb: ElbQuotas::AWS_DEFAULT };
    /// The sandbox starts with room to play.
    pub const SANDBOX: Quotas = Quotas { standard_vcpus: 256, elastic_ips: 5, elb: ElbQuotas::AWS_DEFAULT };
}
