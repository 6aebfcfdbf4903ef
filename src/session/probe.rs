//! Health checks as the data plane answers them.
use super::Session;
use crate::cloud::elb::{Probe, ProbeAnswer, ProbeRound};
use crate::traffic::{ProbeOutcome, ServerId};

/// The port that web servers listen on. Simplified: no program in the lab listens on another.
pub(super) const HTTP: i64 = 80;

impl Session {
    pub(super) fn answers_to(&self, round: &ProbeRound) -> Vec<ProbeAnswer> {
        round.probes.iter().map(|probe| self.answer_to(round, probe)).collect()
    }

    fn answer_to(&self, round: &ProbeRound, probe: &Probe) -> ProbeAnswer {
        let region = self.cloud().region(round.region);
        let instance = region.and_then(|region| region.ec2.instances.get(&probe.instance_id));
        let Some(instance) = instance.filter(|_| probe.is_let_in) else { return ProbeAnswer::Silent };
        match self.traffic().probe(ServerId(instance.number)) {
            ProbeOutcome::Silent => ProbeAnswer::Silent,
            ProbeOutcome::Refused => ProbeAnswer::Refused,
            ProbeOutcome::Answered(_) if probe.port != HTTP => ProbeAnswer::Refused,
            ProbeOutcome::Answered(latency) => {
                let path = round.path.split('?').next().unwrap_or_default();
                let code = match instance.disk.page(path) {
                    _ if self.health_path_is_broken(instance) => 500,
                    Some(_) => 200,
                    None => 404,
                };
                ProbeAnswer::Status { code, latency }
            }
        }
    }
}
