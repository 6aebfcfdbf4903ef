//! How programs on an instance may ask for its metadata.
use super::Ec2;
use crate::api::ApiError;
use crate::api::ec2::{
    InstanceMetadataOptions, InstanceMetadataOptionsRequest, ModifyInstanceMetadataOptionsRequest,
    ModifyInstanceMetadataOptionsResult,
};
use crate::cloud::Context;

/// What a launch has that says nothing of it: tokens only, as Amazon's images of today ask for.
///
/// Simplified: the lab keeps the options and shows them; no program on a server asks for metadata.
pub(super) fn by_default() -> InstanceMetadataOptions {
    InstanceMetadataOptions {
        state: "applied".into(),
        http_tokens: "required".into(),
        http_put_response_hop_limit: 2,
        http_endpoint: "enabled".into(),
        http_protocol_ipv6: "disabled".into(),
        instance_metadata_tags: "disabled".into(),
    }
}

/// What a launch asks for, over what it would have.
pub(super) fn requested(wanted: &InstanceMetadataOptionsRequest) -> InstanceMetadataOptions {
    let mut options = by_default();
    change(&mut options, wanted);
    options
}

fn change(options: &mut InstanceMetadataOptions, wanted: &InstanceMetadataOptionsRequest) {
    let texts = [
        (&mut options.http_tokens, &wanted.http_tokens),
        (&mut options.http_endpoint, &wanted.http_endpoint),
        (&mut options.http_protocol_ipv6, &wanted.http_protocol_ipv6),
        (&mut options.instance_metadata_tags, &wanted.instance_metadata_tags),
    ];
    for (text, wanted) in texts {
        if let Some(wanted) = wanted {
            text.clone_from(wanted);
        }
    }
    options.http_put_response_hop_limit =
        wanted.http_put_response_hop_limit.unwrap_or(options.http_put_response_hop_limit);
}

impl Ec2 {
    /// Simplified: the new options are applied at once; in AWS they are `pending` for a moment.
    pub(super) fn modify_metadata_options(
        &mut self,
        _: &mut Context,
        input: ModifyInstanceMetadataOptionsRequest,
    ) -> Result<ModifyInstanceMetadataOptionsResult, ApiError> {
        let instance = self.instance_mut(&input.instance_id)?;
        if let Some(limit) = input.http_put_response_hop_limit.filter(|limit| !(1..=64).contains(limit)) {
            let message = format!(
                "Value ( {limit} ) for parameter HttpPutResponseHopLimit is invalid. Possible values: 1 to 64."
            );
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let wanted = InstanceMetadataOptionsRequest {
            http_tokens: input.http_tokens,
            http_put_response_hop_limit: input.http_put_response_hop_limit,
            http_endpoint: input.http_endpoint,
            http_protocol_ipv6: input.http_protocol_ipv6,
            instance_metadata_tags: input.instance_metadata_tags,
        };
        change(&mut instance.metadata, &wanted);
        let instance_metadata_options = instance.metadata.clone();
        Ok(ModifyInstanceMetadataOptionsResult { instance_id: input.instance_id, instance_metadata_options })
    }
}
