//! Rules of listeners.
use super::{Action, Tag};

shapes! {
    /// Asks for a rule.
    CreateRuleInput { listener_arn: String, conditions: Vec<RuleCondition>, priority: i64, actions: Vec<Action>, tags: Vec<Tag> }

    /// The rule that was made.
    CreateRuleOutput { rules: Vec<Rule> }

    /// Asks for rules of a listener, or for those with these ARNs.
    DescribeRulesInput { listener_arn: Option<String>, rule_arns: Vec<String>, marker: Option<String>, page_size: Option<i64> }

    /// The rules in order of their priorities, the default rule last.
    DescribeRulesOutput { rules: Vec<Rule>, next_marker: Option<String> }

    /// A rule; the priority is a text, `default` for the default rule.
    Rule { rule_arn: String, priority: String, conditions: Vec<RuleCondition>, actions: Vec<Action>, is_default: bool }

    /// Asks to change a rule.
    ModifyRuleInput { rule_arn: String, conditions: Vec<RuleCondition>, actions: Vec<Action> }

    /// The rule after the change.
    ModifyRuleOutput { rules: Vec<Rule> }

    /// Asks to delete a rule.
    DeleteRuleInput { rule_arn: String }

    /// Nothing.
    DeleteRuleOutput {}

    /// Asks for other priorities.
    SetRulePrioritiesInput { rule_priorities: Vec<RulePriorityPair> }

    /// A rule and its new priority.
    RulePriorityPair { rule_arn: Option<String>, priority: Option<i64> }

    /// The rules after the change.
    SetRulePrioritiesOutput { rules: Vec<Rule> }

    /// A condition on requests; `values` is the short form for `host-header` and `path-pattern`.
    RuleCondition {
        field: Option<String>, values: Option<Vec<String>>, host_header_config: Option<ConditionValues>,
        path_pattern_config: Option<ConditionValues>, http_header_config: Option<HttpHeaderConditionConfig>,
        query_string_config: Option<QueryStringConditionConfig>, http_request_method_config: Option<ConditionValues>,
        source_ip_config: Option<ConditionValues>,
    }

    /// Values of a condition; one of them must fit.
    ConditionValues { values: Vec<String> }

    /// A header and its values.
    HttpHeaderConditionConfig { http_header_name: Option<String>, values: Vec<String> }

    /// Keys and values of the query string.
    QueryStringConditionConfig { values: Vec<QueryStringKeyValuePair> }

    /// A key and a value, or a value with any key.
    QueryStringKeyValuePair { key: Option<String>, value: Option<String> }
}
