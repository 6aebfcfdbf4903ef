//! Attributes of target groups.
use super::{Algorithm, Elb, TargetGroup};
use crate::api::ApiError;
use crate::api::elbv2::{
    DescribeTargetGroupAttributesInput, DescribeTargetGroupAttributesOutput, ModifyTargetGroupAttributesInput,
    ModifyTargetGroupAttributesOutput, TargetGroupAttribute,
};
use crate::sim::SimDuration;

const DELAY: &str = "deregistration_delay.timeout_seconds";
const ALGORITHM: &str = "load_balancing.algorithm.type";

impl TargetGroup {
    fn attributes(&self) -> Vec<TargetGroupAttribute> {
        let attribute = |key: &str, value: String| TargetGroupAttribute { key: Some(key.into()), value: Some(value) };
        let seconds = self.deregistration_delay.as_micros() / 1_000_000;
        vec![attribute(DELAY, seconds.to_string()), attribute(ALGORITHM, self.algorithm.name().into())]
    }

    fn set_attribute(&mut self, key: &str, value: &str) -> Result<(), ApiError> {
        match key {
            DELAY => {
                let seconds = value.parse().ok().filter(|seconds| *seconds <= 3_600);
                let message = format!("'{DELAY}' value '{value}' must be between '0-3600' inclusive");
                self.deregistration_delay =
                    SimDuration::from_secs(seconds.ok_or_else(|| ApiError::validation(message))?);
            }
            ALGORITHM => {
                let all = [Algorithm::RoundRobin, Algorithm::LeastOutstandingRequests];
                let found = all.into_iter().find(|algorithm| algorithm.name() == value);
                self.algorithm = found.ok_or_else(|| ApiError::not_in_this_lab(format!("The algorithm {value}")))?;
            }
            other => return Err(ApiError::not_in_this_lab(format!("The attribute {other}"))),
        }
        Ok(())
    }
}

impl Elb {
    pub(super) fn modify_attributes(
        &mut self,
        input: &ModifyTargetGroupAttributesInput,
    ) -> Result<ModifyTargetGroupAttributesOutput, ApiError> {
        let group = self.target_group_mut(&input.target_group_arn)?;
        let mut changed = group.clone();
        for attribute in &input.attributes {
            changed.set_attribute(
                attribute.key.as_deref().unwrap_or_default(),
                attribute.value.as_deref().unwrap_or_default(),
            )?;
        }
        *group = changed;
        Ok(ModifyTargetGroupAttributesOutput { attributes: group.attributes() })
    }

    pub(super) fn describe_attributes(
        &self,
        input: &DescribeTargetGroupAttributesInput,
    ) -> Result<DescribeTargetGroupAttributesOutput, ApiError> {
        let attributes = self.target_group(&input.target_group_arn)?.attributes();
        Ok(DescribeTargetGroupAttributesOutput { attributes })
    }
}
