//! What alarms set off.
//!
//! Scaling policies look at their alarms themselves, each minute while the alarm lasts. EC2 actions are carried out here, once for each
//! change of state. Simplified: the lab has no SNS; a notification is only noted in the history of the alarm.
use super::CloudWatch;
use super::history::HistoryItem;
use crate::api::{ApiError, ec2};
use crate::cloud::{Context, Region};

impl CloudWatch {
    /// Notes in the history what an alarm has set off.
    fn note_action(&mut self, context: &Context, alarm: &str, action: &str, result: &Result<(), ApiError>) {
        self.history.push(HistoryItem::action(alarm, context.now, action, result.as_ref().err()));
    }
}

impl Region {
    /// Carries out what the alarm sets off in the state that it has just gone into.
    pub(in crate::cloud) fn set_off(&mut self, context: &mut Context, name: &str) {
        let Some(alarm) = self.cloudwatch.alarms.get(name) else { return };
        let instance = alarm.key.dimension_value("InstanceId").map(str::to_owned);
        let before = context.cause();
        if let Some(event) = alarm.event {
            context.because_of(event);
        }
        for action in alarm.actions_of_state().to_vec() {
            let result = match action.rsplit_once(":ec2:").filter(|_| action.starts_with("arn:aws:automate:")) {
                Some((_, verb)) => self.act_on_instance(context, verb, instance.as_deref()),
                None => Ok(()),
            };
            self.cloudwatch.note_action(context, name, &action, &result);
        }
        context.restore_cause(before);
    }

    fn act_on_instance(&mut self, context: &mut Context, verb: &str, instance: Option<&str>) -> Result<(), ApiError> {
        let missing = || ApiError::validation("The alarm has no dimension InstanceId.");
        let instance_ids = vec![instance.ok_or_else(missing)?.to_owned()];
        let request = match verb {
            "stop" => ec2::Request::StopInstances(ec2::StopInstancesRequest { instance_ids, ..Default::default() }),
            "terminate" => {
                ec2::Request::TerminateInstances(ec2::TerminateInstancesRequest { instance_ids, ..Default::default() })
            }
            "reboot" => {
                ec2::Request::RebootInstances(ec2::RebootInstancesRequest { instance_ids, ..Default::default() })
            }
            _ => return Err(ApiError::not_in_this_lab(format!("The EC2 action {verb}"))),
        };
        self.call_ec2(context, request).map(|_| ())
    }
}
