//! How burstable instances spend their CPU credits.
use super::listing::{Query, is_named};
use super::{Ec2, Instance};
use crate::api::ApiError;
use crate::api::ec2::{
    DescribeInstanceCreditSpecificationsRequest, DescribeInstanceCreditSpecificationsResult,
    InstanceCreditSpecification, InstanceCreditSpecificationRequest, ModifyInstanceCreditSpecificationRequest,
    ModifyInstanceCreditSpecificationResult, SuccessfulInstanceCreditSpecificationItem,
    UnsuccessfulInstanceCreditSpecificationItem, UnsuccessfulInstanceCreditSpecificationItemError,
};
use crate::cloud::{Context, FilterNames};

/// How an instance spends credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditMode {
    /// No more than it earned; then it works at its baseline.
    Standard,
    /// More, for money.
    Unlimited,
}

impl CreditMode {
    /// AWS's name of it.
    pub fn name(self) -> &'static str {
        match self {
            CreditMode::Standard => "standard",
            CreditMode::Unlimited => "unlimited",
        }
    }

    /// The way of this name.
    ///
    /// # Errors
    /// `InvalidParameterValue` for any other text.
    pub(super) fn parse(name: &str) -> Result<Self, ApiError> {
        match name {
            "standard" => Ok(CreditMode::Standard),
            "unlimited" => Ok(CreditMode::Unlimited),
            other => {
                let message =
                    format!("Invalid value '{other}' for CpuCredits. Allowed values are: standard, unlimited");
                Err(ApiError::new("InvalidParameterValue", message))
            }
        }
    }
}

const FILTERS: &FilterNames = &[("instance-id", "InstanceId")];

impl Ec2 {
    pub(super) fn describe_credit_specifications(
        &mut self,
        _: &mut Context,
        input: DescribeInstanceCreditSpecificationsRequest,
    ) -> Result<DescribeInstanceCreditSpecificationsResult, ApiError> {
        self.check_known(&input.instance_ids)?;
        // Without ids, AWS lists the unlimited ones only.
        let is_listed = |instance: &&Instance| {
            let named = is_named(&instance.instance_id, &input.instance_ids);
            let worth_telling = !input.instance_ids.is_empty() || instance.credits == CreditMode::Unlimited;
            instance.instance_type.is_burstable() && !instance.is_gone() && named && worth_telling
        };
        let shapes = self.instances.values().filter(is_listed).map(|instance| InstanceCreditSpecification {
            instance_id: instance.instance_id.clone(),
            cpu_credits: instance.credits.name().into(),
        });
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (instance_credit_specifications, next_token) = query.of(shapes.collect())?;
        Ok(DescribeInstanceCreditSpecificationsResult { instance_credit_specifications, next_token })
    }

    pub(super) fn modify_credit_specification(
        &mut self,
        _: &mut Context,
        input: ModifyInstanceCreditSpecificationRequest,
    ) -> Result<ModifyInstanceCreditSpecificationResult, ApiError> {
        let mut result = ModifyInstanceCreditSpecificationResult::default();
        for item in input.instance_credit_specifications {
            let instance_id = item.instance_id.clone();
            match self.change_credits(&item) {
                Ok(()) => {
                    let done = SuccessfulInstanceCreditSpecificationItem { instance_id };
                    result.successful_instance_credit_specifications.push(done);
                }
                Err(ApiError { code, message }) => {
                    let error = UnsuccessfulInstanceCreditSpecificationItemError { code, message };
                    let failed = UnsuccessfulInstanceCreditSpecificationItem { instance_id, error };
                    result.unsuccessful_instance_credit_specifications.push(failed);
                }
            }
        }
        Ok(result)
    }

    fn change_credits(&mut self, item: &InstanceCreditSpecificationRequest) -> Result<(), ApiError> {
        let mode = CreditMode::parse(item.cpu_credits.as_deref().unwrap_or("standard"))?;
        let instance = self.instance_mut(&item.instance_id)?;
        if instance.is_gone() {
            let message = format!("The instance '{}' is not in the 'running' or 'stopped' state.", item.instance_id);
            return Err(ApiError::new("IncorrectInstanceState", message));
        }
        if !instance.instance_type.is_burstable() {
            let message =
                format!("The instance type {} does not support a credit specification.", instance.instance_type.name);
            return Err(ApiError::new("InstanceCreditSpecification.NotSupported", message));
        }
        instance.credits = mode;
        Ok(())
    }
}
