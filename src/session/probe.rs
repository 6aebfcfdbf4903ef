//! Health checks as the data plane answers them.
use super::Session;
use crate::cloud::elb::{Probe, ProbeAnswer, ProbeRound};
use crate::traffic::{ProbeOutcome, ServerId};

/// The port that web servers listen on. Simplified: no program in the lab listens on another.
pub(super) const HTTP: i64 = 80;

impl Session {
    pub(super) fn answers_to(&self, round: &ProbeRound) -> Vec<ProbeAnswer> {
        round.probes.iter().map(|probe| self.answer_to(round.region, probe)).collect()
    }

    fn answer_to(&self, region: &str, probe: &Probe) -> ProbeAnswer {
        if !probe.is_let_in {
            return ProbeAnswer::Silent;
        }
        match self.traffic().probe(ServerId(probe.instance)) {
            ProbeOutcome::Silent => ProbeAnswer::Silent,
            ProbeOutcome::Refused => ProbeAnswer::Refused,
            ProbeOutcome::Answered(_) if probe.port != HTTP => ProbeAnswer::Refused,
            ProbeOutcome::Answered(latency) => {
                let by_files = if probe.has_page { 200 } else { 404 };
                let is_broken = self.health_path_is_broken(region, probe.instance);
                ProbeAnswer::Status { code: if is_broken { 500 } else { by_files }, latency }
            }
        }
    }
}
