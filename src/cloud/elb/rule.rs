//! Rules: which of a listener's requests go where.
use super::condition::{Condition, HttpRequest};
use super::{Action, Elb};
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, CreateRuleInput, CreateRuleOutput, DeleteRuleInput, DeleteRuleOutput, DescribeRulesInput,
    DescribeRulesOutput, ModifyRuleInput, ModifyRuleOutput, SetRulePrioritiesInput, SetRulePrioritiesOutput, Tag,
};
use crate::cloud::{Context, PageRequest};

/// A rule of a listener.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its ARN.
    pub arn: String,
    /// Its place: 1 is asked first. None for the default rule, which is asked last.
    pub priority: Option<i64>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// What it does with the request.
    pub action: Action,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// Wildcards in all conditions of a rule (a quota of AWS).
const MOST_WILDCARDS: usize = 5;

impl Rule {
    /// Whether all its conditions hold.
    pub fn fits(&self, request: &HttpRequest) -> bool {
        self.conditions.iter().all(|condition| condition.holds(request))
    }

    pub(super) fn shape(&self) -> api::Rule {
        api::Rule {
            rule_arn: self.arn.clone(),
            priority: self.priority.map_or_else(|| "default".to_owned(), |priority| priority.to_string()),
            conditions: self.conditions.iter().map(Condition::shape).collect(),
            actions: vec![self.action.shape()],
            is_default: self.priority.is_none(),
        }
    }
}

impl Elb {
    /// The listener's ARN and the rule of this ARN.
    pub(super) fn rule_place(&self, rule_arn: &str) -> Result<String, ApiError> {
        let listener = listener_of(rule_arn).and_then(|arn| self.listeners.get(&arn));
        let found = listener.filter(|listener| listener.rules().any(|rule| rule.arn == rule_arn));
        found.map(|listener| listener.arn.clone()).ok_or_else(not_found)
    }

    pub(super) fn create_rule(
        &mut self,
        context: &mut Context,
        input: CreateRuleInput,
    ) -> Result<CreateRuleOutput, ApiError> {
        let listener = self.listener(&input.listener_arn)?;
        if listener.rules.iter().any(|rule| rule.priority == Some(input.priority)) {
            return Err(priority_in_use(input.priority));
        }
        self.check_room_for_rule(context, &listener.load_balancer_arn)?;
        let conditions = checked_conditions(context, &input.conditions)?;
        let action = Action::read(&input.actions, "actions")?;
        self.check_action(context, &listener.load_balancer_arn, &action)?;
        super::tag::check(&input.tags)?;
        let id = context.next_random("elb.rule").hex(16);
        let arn = format!("{}/{id}", input.listener_arn.replace(":listener/", ":listener-rule/"));
        let rule = Rule { arn, priority: Some(input.priority), conditions, action, tags: input.tags };
        let rules = vec![rule.shape()];
        let listener = self.listener_mut(&input.listener_arn)?;
        listener.rules.push(rule);
        listener.rules.sort_by_key(|rule| rule.priority);
        self.join_target_groups(context);
        Ok(CreateRuleOutput { rules })
    }

    fn check_room_for_rule(&self, context: &Context, load_balancer_arn: &str) -> Result<(), ApiError> {
        let rules: usize = self.listeners_of(load_balancer_arn).map(|listener| listener.rules.len()).sum();
        if rules >= context.quotas().elb.rules_per_load_balancer {
            // The words are a guess.
            return Err(ApiError::new("TooManyRules", "The maximum number of rules has been reached"));
        }
        Ok(())
    }

    pub(super) fn describe_rules(&self, input: &DescribeRulesInput) -> Result<DescribeRulesOutput, ApiError> {
        let found = match (&input.listener_arn, input.rule_arns.as_slice()) {
            (Some(arn), []) => self.listener(arn)?.rules().map(Rule::shape).collect(),
            (None, arns @ [_, ..]) => {
                arns.iter().map(|arn| self.rule(arn).map(Rule::shape)).collect::<Result<_, _>>()?
            }
            (Some(_), [_, ..]) | (None, []) => {
                let message = "You must specify either listener rule ARNs or a listener ARN";
                return Err(ApiError::validation(message));
            }
        };
        let page = PageRequest { most: input.page_size, limit: Some(400), token: input.marker.as_deref() };
        let (rules, next_marker) = page.cut(found, super::bad_marker)?;
        Ok(DescribeRulesOutput { rules, next_marker })
    }

    /// The rule of this ARN.
    ///
    /// # Errors
    /// `RuleNotFound`.
    pub fn rule(&self, arn: &str) -> Result<&Rule, ApiError> {
        let listener = self.listener(&self.rule_place(arn)?)?;
        listener.rules().find(|rule| rule.arn == arn).ok_or_else(not_found)
    }

    pub(super) fn rule_mut(&mut self, arn: &str) -> Result<&mut Rule, ApiError> {
        let place = self.rule_place(arn)?;
        let listener = self.listener_mut(&place)?;
        listener.rules_mut().find(|rule| rule.arn == arn).ok_or_else(not_found)
    }

    pub(super) fn modify_rule(
        &mut self,
        context: &mut Context,
        input: &ModifyRuleInput,
    ) -> Result<ModifyRuleOutput, ApiError> {
        if self.rule(&input.rule_arn)?.priority.is_none() {
            return Err(default_rule(&input.rule_arn, "modified"));
        }
        if input.conditions.is_empty() && input.actions.is_empty() {
            return Err(ApiError::validation("Either conditions or actions must be specified"));
        }
        let mut changed = self.rule(&input.rule_arn)?.clone();
        if !input.conditions.is_empty() {
            changed.conditions = checked_conditions(context, &input.conditions)?;
        }
        if !input.actions.is_empty() {
            changed.action = Action::read(&input.actions, "actions")?;
            let listener = self.listener(&self.rule_place(&input.rule_arn)?)?;
            self.check_action(context, &listener.load_balancer_arn, &changed.action)?;
        }
        let rules = vec![changed.shape()];
        *self.rule_mut(&input.rule_arn)? = changed;
        self.join_target_groups(context);
        Ok(ModifyRuleOutput { rules })
    }

    pub(super) fn delete_rule(
        &mut self,
        context: &mut Context,
        input: &DeleteRuleInput,
    ) -> Result<DeleteRuleOutput, ApiError> {
        if self.rule(&input.rule_arn)?.priority.is_none() {
            return Err(default_rule(&input.rule_arn, "deleted"));
        }
        let place = self.rule_place(&input.rule_arn)?;
        self.listener_mut(&place)?.rules.retain(|rule| rule.arn != input.rule_arn);
        self.join_target_groups(context);
        Ok(DeleteRuleOutput {})
    }

    pub(super) fn set_rule_priorities(
        &mut self,
        input: &SetRulePrioritiesInput,
    ) -> Result<SetRulePrioritiesOutput, ApiError> {
        let pairs = wanted_priorities(input)?;
        let Some((first, _)) = pairs.first() else { return Ok(SetRulePrioritiesOutput::default()) };
        let place = self.rule_place(first)?;
        for (arn, priority) in &pairs {
            if self.rule(arn)?.priority.is_none() {
                return Err(default_rule(arn, "reprioritized"));
            }
            if self.rule_place(arn)? != place {
                // The words are a guess.
                return Err(ApiError::validation("All rules must belong to the same listener"));
            }
            let is_moved = |rule: &Rule| pairs.iter().any(|(moved, _)| *moved == rule.arn);
            let taken = |rule: &Rule| rule.priority == Some(*priority) && !is_moved(rule);
            if self.listener(&place)?.rules.iter().any(taken) {
                return Err(priority_in_use(*priority));
            }
        }
        let listener = self.listener_mut(&place)?;
        for rule in &mut listener.rules {
            let wanted = pairs.iter().find(|(arn, _)| *arn == rule.arn);
            rule.priority = wanted.map_or(rule.priority, |(_, priority)| Some(*priority));
        }
        listener.rules.sort_by_key(|rule| rule.priority);
        let is_asked = |rule: &&Rule| pairs.iter().any(|(arn, _)| *arn == rule.arn);
        Ok(SetRulePrioritiesOutput { rules: listener.rules.iter().filter(is_asked).map(Rule::shape).collect() })
    }
}

fn wanted_priorities(input: &SetRulePrioritiesInput) -> Result<Vec<(String, i64)>, ApiError> {
    let mut pairs: Vec<(String, i64)> = Vec::new();
    for pair in &input.rule_priorities {
        let both = pair.rule_arn.clone().zip(pair.priority);
        let (arn, priority) =
            both.ok_or_else(|| ApiError::validation("A rule ARN and a priority must be specified for each rule"))?;
        if pairs.iter().any(|(_, known)| *known == priority) {
            return Err(ApiError::validation(format!("Priority '{priority}' was provided multiple times")));
        }
        pairs.push((arn, priority));
    }
    Ok(pairs)
}

fn checked_conditions(context: &Context, conditions: &[api::RuleCondition]) -> Result<Vec<Condition>, ApiError> {
    let conditions = conditions.iter().map(Condition::read).collect::<Result<Vec<_>, _>>()?;
    let values: Vec<String> = conditions.iter().flat_map(Condition::texts).collect();
    let most = context.quotas().elb.condition_values_per_rule;
    if conditions.is_empty() {
        return Err(ApiError::validation("A condition must be specified"));
    }
    if values.len() > most {
        return Err(ApiError::validation(format!("A rule can only have '{most}' condition values")));
    }
    let wildcards = values.iter().flat_map(|value| value.chars()).filter(|letter| matches!(letter, '*' | '?')).count();
    if wildcards > MOST_WILDCARDS {
        // The words are a guess.
        return Err(ApiError::validation(format!("A rule can only have '{MOST_WILDCARDS}' condition wildcards")));
    }
    Ok(conditions)
}

/// `.../listener/app/web/1/2` for `.../listener-rule/app/web/1/2/3`.
fn listener_of(rule_arn: &str) -> Option<String> {
    let (listener, _) = rule_arn.rsplit_once('/')?;
    Some(listener.replace(":listener-rule/", ":listener/"))
}

fn priority_in_use(priority: i64) -> ApiError {
    ApiError::new("PriorityInUse", format!("Priority '{priority}' is currently in use"))
}

fn default_rule(arn: &str, done: &str) -> ApiError {
    ApiError::new("OperationNotPermitted", format!("Default rule '{arn}' cannot be {done}"))
}

fn not_found() -> ApiError {
    ApiError::new("RuleNotFound", "One or more rules not found")
}
