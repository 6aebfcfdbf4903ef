//! What a lesson can look at: the account, and the pages that the learner opened.
use serde_json::{Value, json};

use super::script::Ask;
use super::{Asker, Variables};

/// The look that lists what the visitor's browser opened. The account does not know of it, so it is no request.
pub(super) const VISITS: (&str, &str) = ("lesson", "DescribeVisits");

/// What a lesson can look at beside the account.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// What was looked up so far.
    pub variables: &'a Variables,
    /// What the visitor's browser opened in this step, the newest first.
    pub visits: &'a [Value],
}

impl Sight<'_> {
    /// The answer to a look; nothing if it is refused, as when what is asked about is not there yet.
    pub(super) fn answer(&self, look: &Ask, ask: &mut Asker<'_>) -> Value {
        if (look.service.as_str(), look.operation.as_str()) == VISITS {
            return json!({"Visits": self.visits});
        }
        look.to_call(self.variables).and_then(ask).unwrap_or_default()
    }
}
