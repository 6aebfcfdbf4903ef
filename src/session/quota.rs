//! The quotas of the account, as the lab service shows and sets them.
use super::Session;
use crate::api::ApiError;
use crate::api::lab::{DescribeQuotasResult, Quota, SetQuotaRequest};
use crate::cloud::quota::{QUOTAS, QuotaInfo, Quotas};

/// The codes of Service Quotas, by the names of the quotas. From general knowledge, not from a source at hand.
const CODES: &[(&str, &str)] = &[
    ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", "L-1216C47A"),
    ("Running On-Demand G and VT instances", "L-DB2E81BA"),
    ("Running On-Demand Inf instances", "L-1945791B"),
    ("EC2-VPC Elastic IPs", "L-0263D0A3"),
    ("AMIs", "L-B665C33B"),
    ("VPCs per Region", "L-F678F1CE"),
    ("Subnets per VPC", "L-407747CB"),
    ("Internet gateways per Region", "L-A4707A72"),
    ("VPC security groups per Region", "L-E79EC296"),
    ("Inbound or outbound rules per security group", "L-0EA8095F"),
    ("Security groups per network interface", "L-2AFB9258"),
    ("Auto Scaling groups per region", "L-CDE20ADC"),
    ("Application Load Balancers per Region", "L-53DA6B97"),
    ("Target Groups per Region", "L-B22855CB"),
];

impl Session {
    pub(super) fn describe_quotas(&mut self, region: &str) -> Result<DescribeQuotasResult, ApiError> {
        let quotas = self.quotas_of(region)?;
        Ok(DescribeQuotasResult { quotas: QUOTAS.iter().map(|info| shape(info, quotas)).collect() })
    }

    pub(super) fn set_quota(&mut self, region: &str, input: &SetQuotaRequest) -> Result<Quota, ApiError> {
        let by_code =
            |info: &&QuotaInfo| code_of(info.name).is_some_and(|code| input.quota_code.as_deref() == Some(code));
        let by_name = |info: &&QuotaInfo| input.quota_name.as_deref() == Some(info.name);
        let (code, name) = (input.quota_code.is_some(), input.quota_name.is_some());
        let found = match (code, name) {
            (true, false) => QUOTAS.iter().find(by_code),
            (false, true) => QUOTAS.iter().find(by_name),
            (true, true) | (false, false) => {
                return Err(ApiError::validation("Name the quota by one of QuotaName and QuotaCode."));
            }
        };
        let asked = input.quota_code.as_ref().or(input.quota_name.as_ref()).cloned().unwrap_or_default();
        let info = found.ok_or_else(|| {
            let message = format!("The request failed because the quota '{asked}' does not exist.");
            ApiError::new("NoSuchResourceException", message)
        })?;
        let value = u64::try_from(input.value).unwrap_or(0);
        let quotas = self.quotas_of(region)?;
        quotas.set(info.name, value)?;
        Ok(shape(info, quotas))
    }

    fn quotas_of(&mut self, region: &str) -> Result<&mut Quotas, ApiError> {
        let missing = || ApiError::new("InvalidRegion", format!("There is no region {region} in this lab."));
        self.cloud.quotas_mut(region).ok_or_else(missing)
    }
}

fn code_of(name: &str) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

fn shape(info: &QuotaInfo, quotas: &Quotas) -> Quota {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Quota {
        service_code: info.service.into(),
        quota_code: code_of(info.name).map(str::to_owned),
        quota_name: info.name.into(),
        value: number(quotas.of(info.quota)),
        default_value: number(info.aws_default),
    }
}
