//! What a learner has reached in the lessons: kept from visit to visit, carried from one browser to another as a text.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::check::is_id;
use super::{Attempt, Lesson, Mistake, Score};

/// What a learner has reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    lessons: BTreeMap<String, Reached>,
}

/// What a learner has reached in one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Reached {
    /// The ids of the steps that are done.
    steps: BTreeSet<String>,
    /// Whether the prediction was right, by the step's id.
    predictions: BTreeMap<String, bool>,
}

/// How a lesson stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many of its steps are done.
    pub done: usize,
    /// How many steps it has.
    pub steps: usize,
    /// How many predictions were right.
    pub right: usize,
    /// How many predictions were made.
    pub predicted: usize,
}

impl Standing {
    /// Whether all steps are done.
    pub fn is_done(self) -> bool {
        self.done == self.steps
    }
}

impl Progress {
    /// Keeps that the step at which the attempt stands is done, and how its prediction was, if one was made. Whoever repeats a lesson
    /// keeps the newer score.
    pub fn record(&mut self, lesson: &Lesson, attempt: &Attempt, score: Option<&Score>) {
        let Some(step) = attempt.step(lesson) else { return };
        let reached = self.lessons.entry(lesson.id.clone()).or_default();
        reached.steps.insert(step.id.clone());
        if let Some(score) = score.filter(|score| score.guess.is_some()) {
            reached.predictions.insert(step.id.clone(), score.is_right);
        }
    }

    /// Whether this step of the lesson was done once.
    pub fn has_done(&self, lesson: &Lesson, step: &str) -> bool {
        self.lessons.get(&lesson.id).is_some_and(|reached| reached.steps.contains(step))
    }

    /// How a lesson stands. Steps that it has no longer do not count.
    pub fn standing(&self, lesson: &Lesson) -> Standing {
        let mut standing = Standing { steps: lesson.steps.len(), ..Standing::default() };
        let Some(reached) = self.lessons.get(&lesson.id) else { return standing };
        for step in &lesson.steps {
            standing.done += usize::from(reached.steps.contains(&step.id));
            let is_right = reached.predictions.get(&step.id);
            standing.predicted += usize::from(is_right.is_some());
            standing.right += usize::from(is_right == Some(&true));
        }
        standing
    }

    /// Forgets what was reached in a lesson.
    pub fn reset(&mut self, lesson: &str) {
        self.lessons.remove(lesson);
    }

    /// Forgets everything.
    pub fn reset_all(&mut self) {
        self.lessons.clear();
    }

    /// The text that [`Progress::import`] reads.
    pub fn export(&self) -> String {
        let lesson = |reached: &Reached| json!({"steps": reached.steps, "predictions": reached.predictions});
        let lessons: Map<String, Value> =
            self.lessons.iter().map(|(id, reached)| (id.clone(), lesson(reached))).collect();
        json!({"format": FORMAT, "lessons": lessons}).to_string()
    }

    /// Reads a text that [`Progress::export`] wrote, here or elsewhere. Lessons that this lab does not have are kept: they may be of a
    /// teacher, or of a newer lab.
    ///
    /// # Errors
    /// The first thing that is not as `export` writes it, with its place.
    pub fn import(text: &str) -> Result<Progress, Mistake> {
        if text.len() > MOST_LETTERS {
            return Err(Mistake::new("the text", format!("it is longer than {MOST_LETTERS} bytes")));
        }
        let value: Value =
            serde_json::from_str(text).map_err(|trouble| Mistake::new("the text", format!("no JSON: {trouble}")))?;
        let members = members("the text", &value, &["format", "lessons"])?;
        if members.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(Mistake::new("format", format!("it should be \"{FORMAT}\"")));
        }
        let lessons = object("lessons", members.get("lessons").unwrap_or(&Value::Null))?;
        let read = |(id, lesson): (&String, &Value)| Ok((checked_id("lessons", id)?, reached(id, lesson)?));
        Ok(Progress { lessons: lessons.iter().map(read).collect::<Result<_, Mistake>>()? })
    }
}

/// What the text calls itself.
const FORMAT: &str = "scaling-lab progress 1";

/// How long a text may be; a hundred lessons need less. Bytes.
const MOST_LETTERS: usize = 100_000;

/// How long an id may be. Letters.
const MOST_OF_ID: usize = 80;

fn reached(id: &str, value: &Value) -> Result<Reached, Mistake> {
    let place = format!("lessons.{id}");
    let members = members(&place, value, &["steps", "predictions"])?;
    let (of_steps, of_predictions) = (format!("{place}.steps"), format!("{place}.predictions"));
    let Some(Value::Array(steps)) = members.get("steps") else {
        return Err(Mistake::new(of_steps, "it should be a list of steps"));
    };
    let step = |step: &Value| match step {
        Value::String(step) => checked_id(&of_steps, step),
        _ => Err(Mistake::new(&of_steps, format!("{} is no id of a step", beginning(&step.to_string())))),
    };
    let prediction = |(step, is_right): (&String, &Value)| match is_right {
        Value::Bool(is_right) => Ok((checked_id(&of_predictions, step)?, *is_right)),
        _ => Err(Mistake::new(&of_predictions, "a prediction is true or false: right or wrong")),
    };
    let predictions = object(&of_predictions, members.get("predictions").unwrap_or(&Value::Null))?;
    Ok(Reached {
        steps: steps.iter().map(step).collect::<Result<_, Mistake>>()?,
        predictions: predictions.iter().map(prediction).collect::<Result<_, Mistake>>()?,
    })
}

fn object<'a>(place: &str, value: &'a Value) -> Result<&'a Map<String, Value>, Mistake> {
    value.as_object().ok_or_else(|| Mistake::new(place, "it should be an object with members"))
}

fn members<'a>(place: &str, value: &'a Value, known: &[&str]) -> Result<&'a Map<String, Value>, Mistake> {
    let members = object(place, value)?;
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(Mistake::new(place, format!("unknown member {}", beginning(unknown)))),
        None => Ok(members),
    }
}

fn checked_id(place: &str, id: &str) -> Result<String, Mistake> {
    match id.len() <= MOST_OF_ID && is_id(id) {
        true => Ok(id.to_owned()),
        false => {
            Err(Mistake::new(place, format!("{} is no id: an id has small letters, digits and hyphens", beginning(id))))
        }
    }
}

/// The beginning of a text that may be long, for a message.
fn beginning(text: &str) -> String {
    format!("{:?}", text.chars().take(MOST_OF_ID).collect::<String>())
}
