//! What a lesson can look at: the account, and the pages that the learner opened.
use serde_json::{Value, json};

use super::expression::{self, Answer};
use super::script::Ask;
use super::{Asker, Variables};

/// The look that lists what the visitor's browser opened. The account does not know of it, so it is no request.
pub(super) const VISITS: (&str, &str) = ("lesson", "DescribeVisits");

/// One look at the account and at what the learner opened. Whoever looks for two things in the same answer asks once.
pub struct Sight<'a> {
    variables: &'a Variables,
    visits: &'a [Value],
    ask: &'a mut Asker<'a>,
    seen: Vec<(&'a Ask, Answer)>,
}

impl<'a> Sight<'a> {
    /// Looks with these values, at these visits (the newest first), and by asking whoever answers for the account.
    pub(super) fn new(variables: &'a Variables, visits: &'a [Value], ask: &'a mut Asker<'a>) -> Self {
        Sight { variables, visits, ask, seen: Vec::new() }
    }

    /// Whether the expression is true of what the look finds.
    pub(super) fn holds(&mut self, look: &'a Ask, expression: &str) -> bool {
        let expression = self.variables.in_expression(expression);
        expression::holds(&expression, self.answer(look))
    }

    /// What the expression makes of what the look finds.
    pub(super) fn value(&mut self, look: &'a Ask, expression: &str) -> Value {
        let expression = self.variables.in_expression(expression);
        expression::evaluate(&expression, self.answer(look))
    }

    /// A sentence with what the look finds in its places.
    pub(super) fn sentence(&mut self, look: &'a Ask, sentence: &str) -> String {
        let sentence = self.variables.in_text(sentence);
        expression::fill(&sentence, self.answer(look))
    }

    /// The answer to a look; nothing if it is refused, as when what is asked about is not there yet.
    fn answer(&mut self, look: &'a Ask) -> &Answer {
        let known = self.seen.iter().position(|(asked, _)| *asked == look);
        let at = known.unwrap_or_else(|| {
            let answer = self.ask_about(look);
            self.seen.push((look, Answer::from(&answer)));
            self.seen.len() - 1
        });
        &self.seen[at].1
    }

    fn ask_about(&mut self, look: &Ask) -> Value {
        if (look.service.as_str(), look.operation.as_str()) == VISITS {
            return json!({"Visits": self.visits});
        }
        look.answer(self.variables, self.ask).unwrap_or_default()
    }
}
