//! Health: which members are replaced, and why.
use super::{Due, Group, Lifecycle, Member};
use crate::cloud::{Context, Region};
use crate::sim::{Distribution, SimDuration};

/// From one look at the members to the next (logs: a terminated instance is noticed after 30 to 95 s).
const CHECK: Distribution = Distribution::uniform_secs(30, 60);
/// From the start of the termination to the replacement's launch (logs: 1 to 2 s).
const REPLACE: SimDuration = SimDuration::from_secs(2);

impl Region {
    /// Looks at each member in service, and begins to replace the unhealthy ones.
    pub(super) fn check_health(&mut self, context: &mut Context, name: &str) {
        let Ok(group) = self.autoscaling.group(name) else { return };
        let unhealthy: Vec<(String, &'static str)> = group
            .members
            .iter()
            .filter_map(|member| Some((member.instance_id.clone(), self.unhealthy_reason(context, group, member)?)))
            .collect();
        for (instance_id, reason) in &unhealthy {
            let cause = format!(
                "At {} an instance was taken out of service in response to {reason}.",
                context.now.to_iso8601()
            );
            self.take_out(context, name, instance_id, cause);
        }
        if let (false, Some(group)) = (unhealthy.is_empty(), self.autoscaling.groups.get_mut(name)) {
            group.replacements += unhealthy.len();
            context.schedule_in(REPLACE, Due::Reconcile { group: name.to_owned() });
        }
        let delay = CHECK.draw(&mut context.next_random("autoscaling.health"));
        context.schedule_in(delay, Due::CheckHealth { group: name.to_owned() });
    }

    /// Why the member is to be replaced; none if it is healthy or not yet or no longer in service.
    fn unhealthy_reason(&self, context: &Context, group: &Group, member: &Member) -> Option<&'static str> {
        let Lifecycle::InService(since) = member.lifecycle else { return None };
        let is_running = self.ec2.instances.get(&member.instance_id).is_some_and(|instance| instance.is_running());
        if !is_running {
            return Some("an EC2 health check indicating it has been terminated or stopped");
        }
        let may_judge = group.trusts_balancer && context.now.since(since) >= group.grace;
        let fails = || {
            let states =
                group.target_groups.iter().filter_map(|arn| self.elb.target_state(&self.ec2, arn, &member.instance_id));
            states.into_iter().any(|target| target.state == "unhealthy")
        };
        (may_judge && fails()).then_some("an ELB system health check failure")
    }
}
