//! Forecasts of predictive policies.
use crate::api::ApiError;
use crate::api::autoscaling::GetPredictiveScalingForecastType;
use crate::cloud::autoscaling::AutoScaling;

impl AutoScaling {
    /// Refuses to show a forecast, as AWS does for a group or a policy that is not there and for a policy of another type.
    ///
    /// Simplified: there are no predictive policies in this lab, and no policy has a forecast.
    pub(in crate::cloud::autoscaling) fn predictive_forecast(
        &self,
        input: &GetPredictiveScalingForecastType,
    ) -> Result<(), ApiError> {
        let (_, policy) = self.find_policy(Some(&input.auto_scaling_group_name), &input.policy_name)?;
        // The code and the wording are guesses: AWS documents only that forecasts are those of predictive policies.
        Err(ApiError::validation(format!("The policy {} is not a predictive scaling policy.", policy.name)))
    }
}
