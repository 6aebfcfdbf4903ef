//! Carries a form out: checks what was typed, sends its requests, puts a refusal beside its field.
use serde_json::Value;

use super::ask::{Asker, Context};
use super::{Draft, Form, path};
use crate::api::{ApiError, command};
use crate::form::Faults;

/// The answers to the steps of a form so far. A step that was answered is not sent again when a later one was refused and is tried anew.
pub type Answers = Vec<Value>;

impl Form {
    /// Sends what was typed.
    ///
    /// # Errors
    /// What is wrong, at which fields.
    pub fn submit(&self, asker: &mut Asker, context: Context, answers: &mut Answers) -> Result<(), Faults> {
        self.check(context.draft)?;
        let draft = self.shown(context.draft);
        let context = Context { draft: &draft, ..context };
        for step in answers.len()..self.steps.len() {
            answers.push(self.send(step, asker, Context { answers: &answers.clone(), ..context })?);
        }
        Ok(())
    }

    fn send(&self, number: usize, asker: &mut Asker, context: Context) -> Result<Value, Faults> {
        let step = &self.steps[number];
        if !context.draft.meets(step.only) {
            return Ok(Value::Null);
        }
        let parameters = self.parameters(number, asker, context);
        let answer = asker.ask(step.service, step.operation, parameters);
        answer.map_err(|refusal| self.faults_of(&refusal, context.draft))
    }

    /// AWS's refusal beside the field that it concerns: by the field's own words first, then by the names of members, the longest first.
    fn faults_of(&self, refusal: &ApiError, draft: &Draft) -> Faults {
        let text = refusal.to_string();
        let shown = || self.fields().filter(|field| draft.meets(field.only));
        let by_words = shown().find(|field| field.words.iter().any(|word| text.contains(word)));
        let name = |field: &&super::Field| path::last_name(field.path);
        let by_name = || {
            shown()
                .filter(|field| !name(field).is_empty() && text.contains(name(field)))
                .max_by_key(|field| name(field).len())
        };
        match by_words.or_else(by_name) {
            Some(field) => Faults::one(field.label, text),
            None => Faults::general_one(text),
        }
    }

    /// The `aws` commands that the form is about to run, one a line. What an earlier answer gives stands as `<GroupId>`.
    pub fn commands(&self, asker: &mut Asker, context: Context) -> String {
        let draft = self.shown(context.draft);
        let context = Context { draft: &draft, ..context };
        let placeholders: Vec<Value> = self.steps.iter().map(|_| Value::Null).collect();
        let lines =
            (0..self.steps.len()).filter(|number| context.draft.meets(self.steps[*number].only)).filter_map(|number| {
                let step = &self.steps[number];
                let mut parameters = self.parameters(number, asker, Context { answers: &placeholders, ..context });
                for (place, arg) in step.with {
                    if let super::Arg::Answer(earlier, wanted) = arg
                        && context.draft.meets(self.steps[*earlier].only)
                    {
                        path::put(&mut parameters, place, format!("<{}>", path::last_name(wanted)).into());
                    }
                }
                command::command(asker.region, step.service, step.operation, &parameters)
            });
        lines.collect::<Vec<_>>().join("\n")
    }
}
