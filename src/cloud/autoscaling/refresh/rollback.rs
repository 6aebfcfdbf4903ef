//! The way back: what a refresh does that has failed or is taken back.
use super::Status;
use crate::api::ApiError;
use crate::api::autoscaling::{
    LaunchTemplateSpecification, RollbackInstanceRefreshAnswer, RollbackInstanceRefreshType,
};
use crate::cloud::autoscaling::Group;
use crate::cloud::autoscaling::group::to_ec2;
use crate::cloud::autoscaling::member::{Outgoing, Reason, TemplateVersion};
use crate::cloud::{Context, Region};
use crate::sim::SimTime;

/// The way back.
#[derive(Clone, Debug)]
pub struct Rollback {
    /// Why.
    pub reason: String,
    /// Since when.
    pub started: SimTime,
    /// How far the refresh had come, in per cent.
    pub percentage: i64,
    /// How many instances were to be replaced then.
    pub to_update: i64,
}

impl Region {
    pub(in crate::cloud::autoscaling) fn roll_back_refresh(
        &mut self,
        context: &mut Context,
        input: &RollbackInstanceRefreshType,
    ) -> Result<RollbackInstanceRefreshAnswer, ApiError> {
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group(name)?;
        let own = group.launch_template.clone();
        let refresh = self.autoscaling.group_mut(name)?.active_refresh_or_refusal()?;
        check_can_go_back(refresh.desired.as_ref(), &own)?;
        let id = refresh.id.clone();
        if refresh.rollback.is_none() {
            self.go_back(context, name, "Rollback was requested by the user.".into());
            self.tick_refresh(context, name, &id);
        }
        Ok(RollbackInstanceRefreshAnswer { instance_refresh_id: id })
    }

    pub(super) fn fail_refresh(&mut self, context: &mut Context, name: &str, reason: String) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.spare_the_rest();
        let Some(refresh) = group.active_refresh_mut() else { return };
        if refresh.preferences.rolls_back && refresh.rollback.is_none() {
            self.go_back(context, name, reason);
        } else {
            let status = if refresh.rollback.is_some() { Status::RollbackFailed } else { Status::Failed };
            refresh.end(context.now, status, Some(reason));
        }
    }

    /// Has the instances replaced that were launched from the new template.
    pub(super) fn go_back(&mut self, context: &mut Context, name: &str, reason: String) {
        let Some(group) = self.autoscaling.groups.get_mut(name) else { return };
        group.spare_the_rest();
        let Some(group) = self.autoscaling.groups.get(name) else { return };
        let Some(refresh) = group.active_refresh() else { return };
        let (percentage, to_update) = (refresh.percentage(group, context.now), refresh.remaining(group, context.now));
        let own = self.ec2.template_version(&to_ec2(&group.launch_template)).ok().map(|(template, version)| {
            TemplateVersion {
                id: template.launch_template_id.clone(),
                name: template.name.clone(),
                number: version.number,
            }
        });
        let old = group.ids_to_replace(own.as_ref());
        let Some(refresh) = self.autoscaling.groups.get_mut(name).and_then(Group::active_refresh_mut) else { return };
        (refresh.status, refresh.reason) = (Status::RollbackInProgress, Some(reason.clone()));
        (refresh.total, refresh.old, refresh.progress) = (old.len() as i64, old, (0, context.now));
        (refresh.waits_until, refresh.next_checkpoint) = (None, usize::MAX);
        refresh.rollback = Some(Rollback { reason, started: context.now, percentage, to_update });
    }
}

impl Group {
    /// Those that a refresh has not ended yet stay.
    pub(super) fn spare_the_rest(&mut self) {
        let is_of_refresh = |outgoing: &Outgoing| outgoing.reason == Reason::Refresh;
        for member in self.members.iter_mut().filter(|member| member.lifecycle.is_active()) {
            member.outgoing = member.outgoing.filter(|outgoing| !is_of_refresh(outgoing));
        }
        self.settle_debts();
    }
}

/// Refuses a way back where there is none: a rollback needs a desired configuration and numbers as versions.
pub(super) fn check_can_go_back(
    desired: Option<&LaunchTemplateSpecification>,
    own: &LaunchTemplateSpecification,
) -> Result<(), ApiError> {
    let is_number = |template: &LaunchTemplateSpecification| {
        template.version.as_deref().is_some_and(|version| !version.starts_with('$'))
    };
    let message = match desired {
        None => "The instance refresh has no desired configuration to roll back from.",
        Some(desired) if !is_number(desired) || !is_number(own) => {
            "A rollback needs launch template versions that are numbers, not $Latest or $Default."
        }
        Some(_) => return Ok(()),
    };
    // The wording is a guess; the code is documented.
    Err(ApiError::new("IrreversibleInstanceRefresh", message))
}
