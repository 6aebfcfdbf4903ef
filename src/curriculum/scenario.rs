//! Scenarios: accounts in which something goes on already.
use serde::Deserialize;

use super::script::{Ask, Script};
use super::variables::Variables;
use super::{Asker, Mistake};

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
        serde_json::from_str(BUSY_SHOP).map_err(|trouble| Mistake::new("the file", trouble.to_string()))
    }

    /// Makes the account ready.
    ///
    /// # Errors
    /// The place of the request that is refused, and the refusal.
    pub fn set_up(&self, ask: &mut Asker<'_>) -> Result<(), Mistake> {
        let mut script = Script::new(&self.script, Variables::default());
        let mut number = 0;
        while let Some(answer) = script.step(ask) {
            answer.map_err(|refusal| Mistake::new(format!("script[{number}]"), refusal.to_string()))?;
            number += 1;
        }
        Ok(())
    }
}
