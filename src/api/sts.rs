//! Shapes of the AWS Security Token Service (API version 2011-06-15).

operations! { "sts", Sts;
    /// Says who asks.
    GetCallerIdentity(GetCallerIdentityRequest) -> GetCallerIdentityResponse;
}

shapes! {
    /// Asks who asks.
    GetCallerIdentityRequest {}

    /// Who asks: an id, the account, and an ARN.
    GetCallerIdentityResponse { user_id: String, account: String, arn: String }
}
