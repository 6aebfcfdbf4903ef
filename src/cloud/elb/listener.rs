//! Listeners: a port of a load balancer, and the target group that its requests go to.
use super::Elb;
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, Action, CreateListenerInput, CreateListenerOutput, DeleteListenerInput, DescribeListenersInput,
    DescribeListenersOutput,
};
use crate::cloud::Context;

/// A listener. Simplified: it speaks HTTP, has no rules and forwards every request to one target group.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Its ARN.
    pub arn: String,
    /// The load balancer it belongs to.
    pub load_balancer_arn: String,
    /// The port it listens on.
    pub port: i64,
    /// The target group it forwards to.
    pub target_group_arn: String,
}

impl Listener {
    fn shape(&self) -> api::Listener {
        let forward =
            Action { kind: "forward".into(), target_group_arn: Some(self.target_group_arn.clone()), order: None };
        api::Listener {
            listener_arn: self.arn.clone(),
            load_balancer_arn: self.load_balancer_arn.clone(),
            port: self.port,
            protocol: "HTTP".into(),
            default_actions: vec![forward],
        }
    }
}

impl Elb {
    /// The listener of a load balancer on the port.
    pub fn listener_on(&self, load_balancer_arn: &str, port: i64) -> Option<&Listener> {
        self.listeners
            .values()
            .find(|listener| listener.load_balancer_arn == load_balancer_arn && listener.port == port)
    }

    /// The ARNs of the load balancers that forward to the target group; there is at most one.
    pub fn balancers_of(&self, target_group_arn: &str) -> Vec<String> {
        let mut arns: Vec<String> = Vec::new();
        for listener in self.listeners.values().filter(|listener| listener.target_group_arn == target_group_arn) {
            if !arns.contains(&listener.load_balancer_arn) {
                arns.push(listener.load_balancer_arn.clone());
            }
        }
        arns
    }

    pub(super) fn create_listener(
        &mut self,
        context: &mut Context,
        input: CreateListenerInput,
    ) -> Result<CreateListenerOutput, ApiError> {
        let balancer = self.load_balancer(&input.load_balancer_arn)?;
        let port = input.port.ok_or_else(|| ApiError::validation("A listener port must be specified"))?;
        let protocol = input.protocol.as_deref().unwrap_or("HTTP");
        if protocol != "HTTP" {
            return Err(ApiError::not_in_this_lab(format!("A listener with protocol {protocol}")));
        }
        let target_group_arn = forwarded_to(&input.default_actions)?;
        self.target_group(&target_group_arn)?;
        if self.balancers_of(&target_group_arn).iter().any(|other| *other != balancer.arn) {
            let message = "The following target groups cannot be associated with more than one load balancer";
            return Err(ApiError::new("TargetGroupAssociationLimit", format!("{message}: {target_group_arn}")));
        }
        if self.listener_on(&balancer.arn, port).is_some() {
            let message = format!("A listener already exists on this port for this load balancer '{}'", balancer.arn);
            return Err(ApiError::new("DuplicateListener", message));
        }
        let id = context.next_random("elb.listener").hex(16);
        let arn = format!("{}/{id}", balancer.arn.replace(":loadbalancer/", ":listener/"));
        let listener = Listener { arn, load_balancer_arn: input.load_balancer_arn, port, target_group_arn };
        let listeners = vec![listener.shape()];
        self.listeners.insert(listener.arn.clone(), listener);
        Ok(CreateListenerOutput { listeners })
    }

    pub(super) fn describe_listeners(
        &self,
        input: &DescribeListenersInput,
    ) -> Result<DescribeListenersOutput, ApiError> {
        if let Some(arn) = &input.load_balancer_arn {
            self.load_balancer(arn)?;
        }
        if input.listener_arns.iter().any(|arn| !self.listeners.contains_key(arn)) {
            return Err(not_found());
        }
        let wanted = |listener: &&Listener| {
            (input.listener_arns.is_empty() || input.listener_arns.contains(&listener.arn))
                && input.load_balancer_arn.as_ref().is_none_or(|arn| *arn == listener.load_balancer_arn)
        };
        let listeners = self.listeners.values().filter(wanted).map(Listener::shape).collect();
        Ok(DescribeListenersOutput { listeners, next_marker: None })
    }

    pub(super) fn delete_listener(&mut self, input: &DeleteListenerInput) -> Result<(), ApiError> {
        self.listeners.remove(&input.listener_arn).map(|_| ()).ok_or_else(not_found)
    }
}

fn forwarded_to(actions: &[Action]) -> Result<String, ApiError> {
    match actions {
        [action] if action.kind == "forward" => {
            let arn = action.target_group_arn.clone();
            arn.ok_or_else(|| ApiError::validation("A target group ARN must be specified for a forward action"))
        }
        _ => Err(ApiError::not_in_this_lab("An action other than one forward to one target group")),
    }
}

fn not_found() -> ApiError {
    ApiError::new("ListenerNotFound", "One or more listeners not found")
}
