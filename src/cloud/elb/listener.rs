//! Listeners: a port of a load balancer, with rules for what comes in there.
use super::condition::HttpRequest;
use super::{Action, Elb, Rule};
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, CreateListenerInput, CreateListenerOutput, DeleteListenerInput, DeleteListenerOutput,
    DescribeListenersInput, DescribeListenersOutput, ModifyListenerInput, ModifyListenerOutput, Tag,
};
use crate::cloud::{Context, PageRequest};

/// A listener. Simplified: it speaks HTTP; the lab has no certificates, which HTTPS needs.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Its ARN.
    pub arn: String,
    /// The load balancer it belongs to.
    pub load_balancer_arn: String,
    /// The port it listens on.
    pub port: i64,
    /// Its rules in order of their priorities, without the default rule.
    pub rules: Vec<Rule>,
    /// The rule for what no other rule fits.
    pub default_rule: Rule,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl Listener {
    /// Its rules in the order in which they are asked, the default rule last.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().chain([&self.default_rule])
    }

    pub(super) fn rules_mut(&mut self) -> impl Iterator<Item = &mut Rule> {
        self.rules.iter_mut().chain([&mut self.default_rule])
    }

    /// The rule that decides about the request: the first that fits.
    pub fn rule_for(&self, request: &HttpRequest) -> &Rule {
        self.rules.iter().find(|rule| rule.fits(request)).unwrap_or(&self.default_rule)
    }

    fn shape(&self) -> api::Listener {
        api::Listener {
            listener_arn: self.arn.clone(),
            load_balancer_arn: self.load_balancer_arn.clone(),
            port: self.port,
            protocol: "HTTP".into(),
            default_actions: vec![self.default_rule.action.shape()],
        }
    }
}

impl Elb {
    /// The listener of this ARN.
    ///
    /// # Errors
    /// `ListenerNotFound`.
    pub fn listener(&self, arn: &str) -> Result<&Listener, ApiError> {
        self.listeners.get(arn).ok_or_else(not_found)
    }

    pub(super) fn listener_mut(&mut self, arn: &str) -> Result<&mut Listener, ApiError> {
        self.listeners.get_mut(arn).ok_or_else(not_found)
    }

    /// The listeners of a load balancer: their ARNs begin with its own, so that they are found without a look at all others.
    pub fn listeners_of(&self, load_balancer_arn: &str) -> impl Iterator<Item = &Listener> {
        let prefix = format!("{}/", load_balancer_arn.replace(":loadbalancer/", ":listener/"));
        let from_first = self.listeners.range(prefix.clone()..);
        from_first.take_while(move |(arn, _)| arn.starts_with(&prefix)).map(|(_, listener)| listener)
    }

    /// The listener of a load balancer on the port.
    pub fn listener_on(&self, load_balancer_arn: &str, port: i64) -> Option<&Listener> {
        self.listeners_of(load_balancer_arn).find(|listener| listener.port == port)
    }

    /// What a load balancer does with a request, and by which rule; none if nothing listens on the request's port.
    pub fn route(&self, load_balancer_arn: &str, request: &HttpRequest) -> Option<&Rule> {
        Some(self.listener_on(load_balancer_arn, request.port)?.rule_for(request))
    }

    pub(super) fn create_listener(
        &mut self,
        context: &mut Context,
        input: CreateListenerInput,
    ) -> Result<CreateListenerOutput, ApiError> {
        let balancer = self.load_balancer(&input.load_balancer_arn)?;
        let port = input.port.ok_or_else(|| ApiError::validation("A listener port must be specified"))?;
        check_protocol(
            input.protocol.as_deref().ok_or_else(|| ApiError::validation("A listener protocol must be specified"))?,
        )?;
        if self.listener_on(&balancer.arn, port).is_some() {
            return Err(duplicate(&balancer.arn));
        }
        if self.listeners_of(&balancer.arn).count() >= context.quotas().elb.listeners_per_load_balancer {
            // The words are a guess.
            return Err(ApiError::new("TooManyListeners", "The maximum number of listeners has been reached"));
        }
        let action = Action::read(&input.default_actions, "defaultActions")?;
        self.check_action(context, &balancer.arn, &action)?;
        super::tag::check(&input.tags)?;
        let listener = new_listener(context, input, port, action);
        let listeners = vec![listener.shape()];
        self.listeners.insert(listener.arn.clone(), listener);
        self.join_target_groups(context);
        Ok(CreateListenerOutput { listeners })
    }

    /// Refuses an action with target groups that there are not, that another load balancer has, or that are too many.
    pub(super) fn check_action(&self, context: &Context, balancer_arn: &str, action: &Action) -> Result<(), ApiError> {
        let quotas = &context.quotas().elb;
        let arns: Vec<&String> = action.target_group_arns().collect();
        if arns.len() > quotas.target_groups_per_action {
            // The words are a guess.
            let message =
                format!("You can specify at most '{}' target groups per action", quotas.target_groups_per_action);
            return Err(ApiError::new("TooManyTargetGroups", message));
        }
        let vpc_id = &self.load_balancer(balancer_arn)?.vpc_id;
        for arn in &arns {
            let group = self.target_group(arn)?;
            if group.balancer_arn.as_ref().is_some_and(|other| other != balancer_arn) {
                let message = "The following target groups cannot be associated with more than one load balancer";
                return Err(ApiError::new("TargetGroupAssociationLimit", format!("{message}: {arn}")));
            }
            if group.vpc_id != *vpc_id {
                // The words are a guess.
                let message = format!("The target group '{arn}' and the load balancer are not in the same VPC");
                return Err(ApiError::new("InvalidConfigurationRequest", message));
            }
        }
        let joined = self.target_groups.values().filter(|group| group.balancer_arn.as_deref() == Some(balancer_arn));
        let new = arns.iter().filter(|arn| self.target_group(arn).is_ok_and(|group| group.balancer_arn.is_none()));
        if joined.count() + new.count() > quotas.target_groups_per_load_balancer {
            let message = format!(
                "You have reached the maximum number of unique target groups that you can associate with a load balancer of type \
                 'application': [{}]",
                quotas.target_groups_per_load_balancer
            );
            return Err(ApiError::new("TooManyUniqueTargetGroupsPerLoadBalancer", message));
        }
        Ok(())
    }

    pub(super) fn describe_listeners(
        &self,
        input: &DescribeListenersInput,
    ) -> Result<DescribeListenersOutput, ApiError> {
        let found: Vec<&Listener> = match (&input.load_balancer_arn, input.listener_arns.as_slice()) {
            (Some(arn), []) => self.listeners_of(&self.load_balancer(arn)?.arn).collect(),
            (None, arns @ [_, ..]) => arns.iter().map(|arn| self.listener(arn)).collect::<Result<_, _>>()?,
            (Some(_), [_, ..]) | (None, []) => {
                return Err(ApiError::validation("You must specify either listener ARNs or a load balancer ARN"));
            }
        };
        let page = PageRequest { most: input.page_size, limit: Some(400), token: input.marker.as_deref() };
        let (found, next_marker) = page.cut(found, super::bad_marker)?;
        Ok(DescribeListenersOutput { listeners: found.into_iter().map(Listener::shape).collect(), next_marker })
    }

    pub(super) fn modify_listener(
        &mut self,
        context: &mut Context,
        input: &ModifyListenerInput,
    ) -> Result<ModifyListenerOutput, ApiError> {
        let mut changed = self.listener(&input.listener_arn)?.clone();
        input.protocol.as_deref().map_or(Ok(()), check_protocol)?;
        if let Some(port) = input.port {
            let other = self.listener_on(&changed.load_balancer_arn, port);
            if other.is_some_and(|other| other.arn != changed.arn) {
                return Err(duplicate(&changed.load_balancer_arn));
            }
            changed.port = port;
        }
        if !input.default_actions.is_empty() {
            changed.default_rule.action = Action::read(&input.default_actions, "defaultActions")?;
            self.check_action(context, &changed.load_balancer_arn, &changed.default_rule.action)?;
        }
        let listeners = vec![changed.shape()];
        self.listeners.insert(changed.arn.clone(), changed);
        self.join_target_groups(context);
        Ok(ModifyListenerOutput { listeners })
    }

    pub(super) fn delete_listener(
        &mut self,
        context: &mut Context,
        input: &DeleteListenerInput,
    ) -> Result<DeleteListenerOutput, ApiError> {
        self.listeners.remove(&input.listener_arn).ok_or_else(not_found)?;
        self.join_target_groups(context);
        Ok(DeleteListenerOutput {})
    }
}

fn new_listener(context: &mut Context, input: CreateListenerInput, port: i64, action: Action) -> Listener {
    let id = context.next_random("elb.listener").hex(16);
    let arn = format!("{}/{id}", input.load_balancer_arn.replace(":loadbalancer/", ":listener/"));
    let rule_id = context.next_random("elb.default_rule").hex(16);
    let default_rule = Rule {
        arn: format!("{}/{rule_id}", arn.replace(":listener/", ":listener-rule/")),
        priority: None,
        conditions: Vec::new(),
        action,
        tags: Vec::new(),
    };
    Listener {
        arn,
        load_balancer_arn: input.load_balancer_arn,
        port,
        rules: Vec::new(),
        default_rule,
        tags: input.tags,
    }
}

/// The words are a guess.
fn check_protocol(protocol: &str) -> Result<(), ApiError> {
    match protocol {
        "HTTP" => Ok(()),
        "HTTPS" => Err(ApiError::not_in_this_lab("A certificate, which a listener with the protocol HTTPS needs,")),
        other => Err(ApiError::validation(format!("Listener protocol '{other}' must be one of 'HTTPS, HTTP'"))),
    }
}

fn duplicate(load_balancer_arn: &str) -> ApiError {
    let message = format!("A listener already exists on this port for this load balancer '{load_balancer_arn}'");
    ApiError::new("DuplicateListener", message)
}

fn not_found() -> ApiError {
    ApiError::new("ListenerNotFound", "One or more listeners not found")
}
