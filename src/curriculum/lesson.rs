//! A lesson as its file describes it.
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::condition::{Condition, WrongTurn};
use super::prediction::Prediction;
use super::script::Ask;
use super::{Mistake, check};

/// A lesson.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its name in links: small letters, digits and hyphens.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it takes. Minutes.
    pub minutes: u32,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// The seed of the account that it begins with.
    #[serde(default = "one")]
    pub seed: u64,
    /// What makes the account ready, in order. What these requests bind, all steps may use.
    #[serde(default)]
    pub start: Vec<Ask>,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// What it is about, in words that lessons share, such as `launch-templates`.
    #[serde(default)]
    pub topics: Vec<String>,
    /// What many believe, and how it is.
    #[serde(default)]
    pub beliefs: Vec<Belief>,
    /// Where the facts come from: the notes `[^name]` of the texts by their names.
    #[serde(default)]
    pub sources: BTreeMap<String, String>,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in links, unique in the lesson.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What to do and why, in paragraphs (see [`super::text`]).
    pub text: Vec<String>,
    /// The page it happens on, such as `#/instances`, if there is one.
    #[serde(default)]
    pub page: Option<String>,
    /// The selector of the control or chart that it means, if there is one.
    #[serde(default)]
    pub point: Option<String>,
    /// What is looked up when the step begins, by the name that it is kept under.
    #[serde(default)]
    pub remember: BTreeMap<String, Lookup>,
    /// What the learner is asked before.
    #[serde(default)]
    pub predict: Option<Prediction>,
    /// What must be so at the end; all of it.
    pub goals: Vec<Condition>,
    /// What may go wrong, and what to say then.
    #[serde(default)]
    pub wrong_turns: Vec<WrongTurn>,
    /// Hints; each says more than the one before.
    pub hints: Vec<String>,
    /// One way to get there.
    pub solution: Vec<Ask>,
    /// What happened and why, said when the step is done.
    pub why: Vec<String>,
}

/// A value that is looked up.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// What is asked.
    pub look: Ask,
    /// The expression over the answer.
    pub value: String,
}

/// A belief that the lesson corrects.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belief {
    /// Its name, by which two lessons that correct the same belief are known.
    pub id: String,
    /// What many believe.
    pub belief: String,
    /// How it is.
    pub truth: String,
}

fn one() -> u64 {
    1
}

impl Lesson {
    /// Reads a lesson's file and checks it as a whole.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn read(text: &str) -> Result<Lesson, Mistake> {
        let lesson: Lesson =
            serde_json::from_str(text).map_err(|trouble| Mistake::new("the file", trouble.to_string()))?;
        check::check(&lesson)?;
        Ok(lesson)
    }

    /// All texts with marks that a learner reads, in order.
    pub fn texts(&self) -> Vec<&str> {
        check::texts_of(self)
    }

    /// The terms whose help the texts offer.
    pub fn terms(&self) -> BTreeSet<String> {
        check::terms_of(self)
    }

    /// The pages that the steps happen on or that the texts lead to, such as `#/instances`.
    pub fn pages(&self) -> BTreeSet<String> {
        check::pages_of(self)
    }
}
