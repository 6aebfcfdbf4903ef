//! What a fault does to a server.
use super::{Fault, Session};
use crate::cloud::ec2::Instance;
use crate::sim::SimDuration;
use crate::traffic::{AppState, ServerSpec};

impl Session {
    /// Lays the active faults over what the data plane is told of an instance.
    pub(in crate::session) fn lay_faults_over(&self, instance: &Instance, server: &mut ServerSpec) {
        for fault in self.faults.active() {
            match fault {
                Fault::CrashApp(victims) if self.is_victim(victims, instance) => fail(server, AppState::Refusing),
                Fault::HangApp(victims) if self.is_victim(victims, instance) => fail(server, AppState::Hung),
                Fault::SlowApp(victims, percent) if self.is_victim(victims, instance) => {
                    server.slowness_percent = server.slowness_percent.saturating_mul(*percent) / 100;
                }
                Fault::FillCpu(victims, percent) if self.is_victim(victims, instance) => {
                    server.filled_percent = server.filled_percent.max(*percent);
                }
                Fault::SlowNetwork(victims, millis) if self.is_victim(victims, instance) => {
                    server.network_delay = server.network_delay + SimDuration::from_micros(u64::from(*millis) * 1_000);
                }
                Fault::KillInstance(_)
                | Fault::CrashApp(_)
                | Fault::HangApp(_)
                | Fault::SlowApp(..)
                | Fault::FillCpu(..)
                | Fault::BreakHealthPath(_)
                | Fault::SlowNetwork(..)
                | Fault::LoseZone(_)
                | Fault::NoCapacity(..)
                | Fault::CloseSecurityGroup(_) => {}
            }
        }
    }
}

/// A program that answers does so no longer. One that is not there, or behind closed doors, cannot break.
fn fail(server: &mut ServerSpec, app: AppState) {
    match server.app {
        AppState::Serving | AppState::Hung => server.app = app,
        AppState::Refusing | AppState::Silent => {}
    }
}
