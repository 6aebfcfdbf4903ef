//! A learner on the way through a lesson.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lesson::{Lesson, Step};
use super::prediction::Score;
use super::script::Script;
use super::variables::Variables;
use super::{Asker, Mistake, Sight};
use crate::api::Call;

/// Where a learner stands in a lesson. It is kept beside the journal of the account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// The lesson's id.
    lesson: String,
    /// The number of the step, from 0; the number of steps when all are done.
    step: usize,
    /// Whether the step's goals were once all met: what is reached stays reached.
    is_done: bool,
    /// How many hints of the step were asked for.
    hints: usize,
    /// What was looked up so far.
    variables: Variables,
    /// What the visitor's browser opened in this step, the newest first.
    #[serde(default)]
    visits: Vec<Value>,
    /// What was predicted, by the step's id.
    guesses: BTreeMap<String, Value>,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether the step is done.
    pub is_done: bool,
    /// Each goal, and what is missing if it is not met.
    pub goals: Vec<(String, Option<String>)>,
    /// What to say about a wrong turn, if one was taken.
    pub wrong_turn: Option<String>,
}

impl Attempt {
    /// Makes the account ready and enters the first step.
    ///
    /// # Errors
    /// The mistake in the lesson, if a request of its start is refused.
    pub fn begin(lesson: &Lesson, ask: &mut Asker<'_>) -> Result<Attempt, Mistake> {
        let variables = Script::new(&lesson.start, Variables::default()).run("start", ask)?;
        let mut attempt = Attempt { lesson: lesson.id.clone(), variables, ..Attempt::default() };
        attempt.enter(lesson, ask);
        Ok(attempt)
    }

    /// Where a learner stood who left, as [`Attempt::write`] wrote it. The account is as its journal says.
    ///
    /// # Errors
    /// If the text is no attempt, or one of another lesson or of another edition of it.
    pub fn restore(lesson: &Lesson, text: &str) -> Result<Attempt, Mistake> {
        let attempt: Attempt =
            serde_json::from_str(text).map_err(|trouble| Mistake::new("the attempt", trouble.to_string()))?;
        let entered = lesson.steps.iter().take(attempt.step + 1).flat_map(|step| step.remember.keys());
        let mut names = lesson.start.iter().flat_map(|start| start.keep.keys()).chain(entered);
        let fits = attempt.lesson == lesson.id
            && attempt.step <= lesson.steps.len()
            && names.all(|name| attempt.variables.has(name));
        match fits {
            true => Ok(attempt),
            false => Err(Mistake::new("the attempt", format!("it is no attempt at this edition of {}", lesson.id))),
        }
    }

    /// Where the learner stands, as a text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("an attempt is texts, numbers and JSON values, which JSON can hold")
    }

    /// The id of the lesson.
    pub fn lesson_id(&self) -> &str {
        &self.lesson
    }

    /// The number of the step, from 0; as many as there are steps when the lesson is over.
    pub fn step_number(&self) -> usize {
        self.step
    }

    /// The step that the learner is at; none when the lesson is over.
    pub fn step<'a>(&self, lesson: &'a Lesson) -> Option<&'a Step> {
        lesson.steps.get(self.step)
    }

    /// Looks whether the step is done. What was reached once stays reached.
    pub fn look(&mut self, lesson: &Lesson, ask: &mut Asker<'_>) -> Verdict {
        let Some(step) = self.step(lesson) else {
            return Verdict { is_done: true, goals: Vec::new(), wrong_turn: None };
        };
        let mut sight = Sight::new(&self.variables, &self.visits, ask);
        let goals: Vec<(String, Option<String>)> =
            step.goals.iter().map(|goal| (self.in_words(&goal.goal), goal.missing(&mut sight))).collect();
        let is_done = self.is_done || goals.iter().all(|(_, missing)| missing.is_none());
        let turns = step.wrong_turns.iter().filter(|_| !is_done);
        let wrong_turn = turns.filter_map(|turn| turn.taken(&mut sight)).next();
        self.is_done = is_done;
        Verdict { is_done, goals, wrong_turn }
    }

    /// Takes notice of what the learner did, or what was shown to them: a page that was opened is seen by no `Describe*` operation.
    pub fn witness(&mut self, call: &Call, answer: &Value) {
        if call.request.operation() == "Visit" {
            self.visits.insert(0, answer.clone());
            self.visits.truncate(MOST_VISITS);
        }
    }

    /// Goes on to the next step, if this one is done.
    pub fn proceed(&mut self, lesson: &Lesson, ask: &mut Asker<'_>) {
        if self.is_done && self.step < lesson.steps.len() {
            self.step += 1;
            self.enter(lesson, ask);
        }
    }

    /// The hints that were asked for.
    pub fn hints<'a>(&self, lesson: &'a Lesson) -> &'a [String] {
        let hints = self.step(lesson).map(|step| step.hints.as_slice()).unwrap_or_default();
        &hints[..self.hints.min(hints.len())]
    }

    /// Asks for one more hint.
    pub fn ask_for_hint(&mut self, lesson: &Lesson) {
        let known = self.step(lesson).map_or(0, |step| step.hints.len());
        self.hints = (self.hints + 1).min(known);
    }

    /// Keeps what the learner predicts of this step. Once the step is done it is too late.
    pub fn predict(&mut self, lesson: &Lesson, guess: Value) {
        let step = self.step(lesson).filter(|step| step.predict.is_some() && !self.is_done);
        if let Some(id) = step.map(|step| step.id.clone()) {
            self.guesses.insert(id, guess);
        }
    }

    /// What the learner predicted of this step.
    pub fn guess(&self, lesson: &Lesson) -> Option<&Value> {
        self.guesses.get(&self.step(lesson)?.id)
    }

    /// How the prediction compares with what happened; none before the step is done, or if nothing is asked.
    pub fn score(&self, lesson: &Lesson, ask: &mut Asker<'_>) -> Option<Score> {
        let prediction = self.step(lesson)?.predict.as_ref().filter(|_| self.is_done)?;
        Some(prediction.score(self.guess(lesson).cloned(), &mut Sight::new(&self.variables, &self.visits, ask)))
    }

    /// The reference solution of this step, to be watched.
    pub fn solution(&self, lesson: &Lesson) -> Script {
        let asks = self.step(lesson).map(|step| step.solution.as_slice()).unwrap_or_default();
        Script::new(asks, self.variables.clone())
    }

    /// A text of the lesson with what was looked up in its places.
    pub fn in_words(&self, text: &str) -> String {
        self.variables.in_text(text)
    }

    /// What was looked up so far.
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    fn enter(&mut self, lesson: &Lesson, ask: &mut Asker<'_>) {
        (self.is_done, self.hints) = (false, 0);
        self.visits.clear();
        let Some(step) = lesson.steps.get(self.step) else { return };
        for (name, lookup) in &step.remember {
            let value = Sight::new(&self.variables, &self.visits, ask).value(&lookup.look, &lookup.value);
            self.variables.set(name, value);
        }
    }
}

/// How many of the visitor's pages a step remembers.
const MOST_VISITS: usize = 20;
