//! The trail: how each recorded request went. The journal says what was asked, the trail what came of it.
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Entry, Session};
use crate::api::ApiError;
use crate::api::lab::{DescribeRequestsRequest, DescribeRequestsResult, RequestEvent};

/// The refusals, by the number of the request in the journal, from 1. Checkpoints share them until another comes, and each refusal for good.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    refusals: Arc<BTreeMap<usize, Arc<ApiError>>>,
}

/// How many requests an answer lists if nothing else is asked for: as CloudTrail does.
const USUAL_RESULTS: i64 = 50;

impl Trail {
    /// Keeps how the request of this number went.
    pub(super) fn note(&mut self, number: usize, refusal: Option<&ApiError>) {
        if let Some(refusal) = refusal {
            Arc::make_mut(&mut self.refusals).insert(number, Arc::new(refusal.clone()));
        }
    }
}

#[cfg(test)]
impl Trail {
    /// Whether both lie in the same place.
    pub(super) fn shares_with(&self, other: &Trail) -> bool {
        Arc::ptr_eq(&self.refusals, &other.refusals)
    }
}

impl Session {
    /// What was asked, the newest first, with what was refused and why.
    pub(super) fn describe_requests(&self, input: &DescribeRequestsRequest) -> DescribeRequestsResult {
        let most = usize::try_from(input.max_results.unwrap_or(USUAL_RESULTS)).unwrap_or_default();
        let entries = self.journal.entries.iter().enumerate().rev();
        let asked_for = |entry: &Entry| {
            let name = entry.call.request.operation();
            input.event_name.as_deref().is_none_or(|wanted| wanted == name)
        };
        let found = entries.filter(|(_, entry)| asked_for(entry)).take(most);
        DescribeRequestsResult { events: found.map(|(index, entry)| self.request_event(index + 1, entry)).collect() }
    }

    /// Simplified: the event's id is its number, not a UUID.
    fn request_event(&self, number: usize, entry: &Entry) -> RequestEvent {
        let refusal = self.trail.refusals.get(&number);
        let request = &entry.call.request;
        RequestEvent {
            event_id: number.to_string(),
            event_time: entry.at.to_iso8601(),
            aws_region: entry.call.region.clone(),
            event_source: format!("{}.amazonaws.com", source_of(request.service())),
            event_name: request.operation().to_owned(),
            request_parameters: request.parameters().as_object().cloned().unwrap_or_default().into_iter().collect(),
            error_code: refusal.map(|refusal| refusal.code.clone()),
            error_message: refusal.map(|refusal| refusal.message.clone()),
        }
    }
}

/// The name that CloudTrail knows a service by.
fn source_of(service: &str) -> &str {
    match service {
        "elbv2" => "elasticloadbalancing",
        "cloudwatch" => "monitoring",
        other => other,
    }
}
