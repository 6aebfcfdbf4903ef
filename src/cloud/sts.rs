//! AWS Security Token Service: who asks.
use super::ACCOUNT_ID;
use crate::api::sts::{GetCallerIdentityResponse, Request, Response};

/// Carries out a request to STS. Simplified: there is one user, the account's root; the lab has no others.
pub(super) fn call(request: &Request) -> Response {
    match request {
        Request::GetCallerIdentity(_) => Response::GetCallerIdentity(GetCallerIdentityResponse {
            user_id: ACCOUNT_ID.into(),
            account: ACCOUNT_ID.into(),
            arn: format!("arn:aws:iam::{ACCOUNT_ID}:root"),
        }),
    }
}
