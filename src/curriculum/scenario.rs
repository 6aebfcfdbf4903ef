//! Scenarios: accounts in which something goes on already.
use serde::Deserialize;

use super::script::{Ask, Script};
use super::variables::Variables;
use super::{Asker, Mistake, check};
use crate::session::only_reads;

/// An account that is made ready by requests.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// What goes on in it, in a sentence or two.
    pub summary: String,
    /// The seed of the account.
    pub seed: u64,
    /// For how many seconds it has run, after the requests, when somebody comes.
    #[serde(default)]
    pub runs_for_seconds: u32,
    /// The requests, in order.
    pub script: Vec<Ask>,
}

const BUSY_SHOP: &str = include_str!("scenarios/busy-shop.json");

impl Scenario {
    /// The scenario that someone meets who was never here: a shop whose visitors come and go in waves.
    ///
    /// # Errors
    /// What is wrong with its file, which a test rules out.
    pub fn busy_shop() -> Result<Scenario, Mistake> {
        Scenario::read(BUSY_SHOP)
    }

    /// Reads a scenario's file and checks it as a whole.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn read(text: &str) -> Result<Scenario, Mistake> {
        let scenario: Scenario =
            serde_json::from_str(text).map_err(|trouble| Mistake::new("the file", trouble.to_string()))?;
        check::check_scenario(&scenario)?;
        Ok(scenario)
    }

    /// How many requests of the script change something: so many entries has the journal then.
    pub fn changes(&self) -> usize {
        let is_change = |ask: &&Ask| !ask.operation.starts_with("Advance") && !only_reads(&ask.operation);
        self.script.iter().filter(is_change).count()
    }

    /// The requests on their way.
    pub fn requests(&self) -> Script {
        Script::new(&self.script, Variables::default())
    }

    /// Makes the account ready, but does not let it run yet.
    ///
    /// # Errors
    /// The place of the request that is refused, and the refusal.
    pub fn set_up(&self, ask: &mut Asker<'_>) -> Result<(), Mistake> {
        self.requests().run("script", ask).map(drop)
    }
}
