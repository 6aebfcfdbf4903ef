//! The bill as the lab service answers it.
use super::Session;
use crate::api::lab::{BillLine, BillRegion, DescribeBillResult};
use crate::cloud::billing::InvoiceLine;
use crate::cloud::billing::invoice::decimal;

/// What the bill leaves out.
const NOT_MODELLED: &str = "Free tier, credits of new accounts, savings plans and tax are not part of this lab; every region costs what \
                            us-east-1 costs.";

impl Session {
    pub(super) fn describe_bill(&self) -> DescribeBillResult {
        let invoice = self.cloud.billing().invoice(self.now);
        let region = |(name, (total, per_hour)): (&str, (u128, u128))| BillRegion {
            region: name.to_owned(),
            amount: decimal(total),
            amount_per_hour: decimal(per_hour),
        };
        DescribeBillResult {
            since: super::START.to_iso8601(),
            until: self.now.to_iso8601(),
            currency: "USD".into(),
            total_amount: decimal(invoice.total),
            amount_per_hour: decimal(invoice.per_hour),
            regions: invoice.by_region().into_iter().map(region).collect(),
            lines: invoice.lines.iter().map(line).collect(),
            note: NOT_MODELLED.into(),
        }
    }
}

fn line(line: &InvoiceLine) -> BillLine {
    BillLine {
        region: line.region.to_owned(),
        service: line.tariff.service.to_owned(),
        usage_type: line.tariff.usage_type.clone(),
        reason: line.tariff.reason.map(str::to_owned),
        quantity: line.quantity(),
        unit: line.tariff.unit.to_owned(),
        rate: decimal(u128::from(line.tariff.rate)),
        amount: decimal(line.amount),
        amount_per_hour: decimal(line.per_hour),
    }
}
