//! The requests that start, cancel and list refreshes.
use super::rollback::check_can_go_back;
use super::{KEPT, Preferences, Refresh, Status, TICK};
use crate::api::ApiError;
use crate::api::autoscaling::{
    self as api, CancelInstanceRefreshAnswer, CancelInstanceRefreshType, DescribeInstanceRefreshesAnswer,
    DescribeInstanceRefreshesType, DesiredConfiguration, InstanceRefresh, StartInstanceRefreshAnswer,
    StartInstanceRefreshType,
};
use crate::cloud::autoscaling::{AutoScaling, Due, Group, bad_token};
use crate::cloud::{Context, PageRequest, Region};
use crate::sim::SimTime;

impl Region {
    pub(in crate::cloud::autoscaling) fn start_refresh(
        &mut self,
        context: &mut Context,
        input: &StartInstanceRefreshType,
    ) -> Result<StartInstanceRefreshAnswer, ApiError> {
        if input.strategy.as_deref().is_some_and(|strategy| strategy != "Rolling") {
            return Err(ApiError::not_in_this_lab("The instance refresh strategy ReplaceRootVolume"));
        }
        let name = &input.auto_scaling_group_name;
        let group = self.autoscaling.group(name)?;
        if group.active_refresh().is_some() {
            let message =
                "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.";
            return Err(ApiError::new("InstanceRefreshInProgress", message));
        }
        let preferences = Preferences::read(&input.preferences.clone().unwrap_or_default(), group)?;
        let desired = input.desired_configuration.as_ref().and_then(|desired| desired.launch_template.clone());
        desired.iter().try_for_each(|template| self.check_template(template))?;
        if preferences.rolls_back {
            check_can_go_back(desired.as_ref(), &group.launch_template)?;
        }
        let refresh = Refresh {
            id: context.new_uuid("autoscaling.refresh"),
            status: Status::Pending,
            reason: None,
            started: context.now,
            ended: None,
            preferences,
            desired,
            total: 0,
            rollback: None,
            old: Vec::new(),
            next_checkpoint: 0,
            waits_until: None,
            progress: (0, context.now),
        };
        let id = refresh.id.clone();
        let group = self.autoscaling.group_mut(name)?;
        group.refreshes.push_front(refresh);
        group.refreshes.truncate(KEPT);
        context.schedule_in(TICK, Due::Refresh { group: name.clone(), id: id.clone() });
        Ok(StartInstanceRefreshAnswer { instance_refresh_id: id })
    }

    pub(in crate::cloud::autoscaling) fn cancel_refresh(
        &mut self,
        context: &mut Context,
        input: &CancelInstanceRefreshType,
    ) -> Result<CancelInstanceRefreshAnswer, ApiError> {
        let name = &input.auto_scaling_group_name;
        let refresh = self.autoscaling.group_mut(name)?.active_refresh_or_refusal()?;
        (refresh.status, refresh.reason) = (Status::Cancelling, Some("Cancelled due to user request.".into()));
        let id = refresh.id.clone();
        self.tick_refresh(context, name, &id);
        Ok(CancelInstanceRefreshAnswer { instance_refresh_id: id })
    }
}

impl AutoScaling {
    pub(in crate::cloud::autoscaling) fn describe_refreshes(
        &self,
        context: &Context,
        input: &DescribeInstanceRefreshesType,
    ) -> Result<DescribeInstanceRefreshesAnswer, ApiError> {
        let group = self.group(&input.auto_scaling_group_name)?;
        let ids = &input.instance_refresh_ids;
        let wanted = group.refreshes.iter().filter(|refresh| ids.is_empty() || ids.contains(&refresh.id));
        let all = wanted.map(|refresh| refresh.shape(group, context.now)).collect();
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (instance_refreshes, next_token) = page.cut(all, bad_token)?;
        Ok(DescribeInstanceRefreshesAnswer { instance_refreshes, next_token })
    }
}

impl Refresh {
    fn shape(&self, group: &Group, now: SimTime) -> InstanceRefresh {
        let has_begun = self.status != Status::Pending;
        let percentage = if self.status == Status::Successful { 100 } else { self.percentage(group, now) };
        InstanceRefresh {
            instance_refresh_id: self.id.clone(),
            auto_scaling_group_name: group.name.clone(),
            status: self.status.name().into(),
            status_reason: self.reason.clone(),
            start_time: Some(self.started.to_iso8601()),
            end_time: self.ended.map(SimTime::to_iso8601),
            percentage_complete: has_begun.then_some(percentage),
            instances_to_update: has_begun.then(|| self.remaining(group, now)),
            progress_details: None,
            preferences: Some(self.preferences.shape()),
            desired_configuration: self
                .desired
                .clone()
                .map(|template| DesiredConfiguration { launch_template: Some(template) }),
            rollback_details: self.rollback.as_ref().map(|rollback| api::RollbackDetails {
                rollback_reason: Some(rollback.reason.clone()),
                rollback_start_time: Some(rollback.started.to_iso8601()),
                percentage_complete_on_rollback: Some(rollback.percentage),
                instances_to_update_on_rollback: Some(rollback.to_update),
                progress_details_on_rollback: None,
            }),
            strategy: Some("Rolling".into()),
        }
    }
}
