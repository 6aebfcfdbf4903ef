//! Balancing the zones. EC2 Auto Scaling User Guide, "Rebalancing activities".
use super::member::{Member, Reason};
use super::{Group, Process};
use crate::cloud::{Context, Region};

impl Region {
    /// If the zones are out of balance and nothing else is under way, has members make room for others in emptier zones.
    pub(super) fn balance_zones(&mut self, context: &mut Context, name: &str) {
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let is_idle = group.is_steady() && group.desired > 0 && !group.backs_off(context.now);
        let suspended = [Process::AZRebalance, Process::Launch].into_iter().any(|process| group.is_suspended(process));
        if !is_idle || suspended || group.is_deleting {
            return;
        }
        let moving = self.members_to_move(context, group);
        if moving.is_empty() {
            return;
        }
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        moving.iter().for_each(|(id, reason)| group.mark_outgoing(context, id, *reason));
        self.reconcile(context, name);
    }

    /// Those in zones that the group has no more; else so many that no zone has two more than another.
    fn members_to_move(&self, context: &mut Context, group: &Group) -> Vec<(String, Reason)> {
        let is_misplaced = |member: &&Member| member.stays() && !group.zones.contains(&member.zone);
        let misplaced: Vec<(String, Reason)> = group
            .members
            .iter()
            .filter(is_misplaced)
            .map(|member| (member.instance_id.clone(), Reason::InvalidZone))
            .collect();
        if !misplaced.is_empty() {
            return misplaced;
        }
        let mut counts: Vec<(&String, i64)> = group
            .zones
            .iter()
            .map(|zone| (zone, group.members.iter().filter(|one| one.stays() && one.zone == *zone).count() as i64))
            .collect();
        let template = self.current_template(group);
        let mut moving: Vec<(String, Reason)> = Vec::new();
        loop {
            counts.sort_by_key(|(_, count)| *count);
            let (Some(fewest), Some(most)) = (counts.first().cloned(), counts.last().cloned()) else { break };
            if most.1 - fewest.1 < 2 {
                break;
            }
            let is_there = |member: &&Member| {
                member.stays() && member.zone == *most.0 && !moving.iter().any(|(id, _)| *id == member.instance_id)
            };
            let candidates: Vec<&Member> =
                group.members.iter().filter(is_there).filter(|one| !one.is_protected).collect();
            let Some(chosen) = group.choose_among(context, candidates, template.as_ref()) else { break };
            moving.push((chosen, Reason::Balance));
            if let Some(last) = counts.last_mut() {
                last.1 -= 1;
            }
            if let Some(first) = counts.first_mut() {
                first.1 += 1;
            }
        }
        moving
    }
}
