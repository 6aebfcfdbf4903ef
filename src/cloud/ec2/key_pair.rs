//! Key pairs: how people would log in.
use super::Ec2;
use super::listing::{Query, is_named};
use super::tag::tags_for;
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateKeyPairRequest, DeleteKeyPairRequest, DeleteKeyPairResult, DescribeKeyPairsRequest,
    DescribeKeyPairsResult, KeyPairInfo, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{Context, FilterNames};
use crate::sim::{SimTime, Stream};

/// A key pair.
///
/// Simplified: nobody logs in to a server of the lab, so the private half opens nothing. It looks like one, and is shown once, as in AWS.
#[derive(Clone, Debug)]
pub struct KeyPair {
    /// Its id.
    pub key_pair_id: String,
    /// Its name, unique in the region.
    pub name: String,
    /// `rsa` or `ed25519`.
    pub kind: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// When it was made.
    pub created: SimTime,
    /// Its tags.
    pub tags: Vec<Tag>,
}

const FILTERS: &FilterNames =
    &[("key-pair-id", "KeyPairId"), ("key-name", "KeyName"), ("fingerprint", "KeyFingerprint")];

impl KeyPair {
    fn shape(&self) -> KeyPairInfo {
        KeyPairInfo {
            key_pair_id: self.key_pair_id.clone(),
            key_name: self.name.clone(),
            key_type: self.kind.clone(),
            key_fingerprint: self.fingerprint.clone(),
            create_time: self.created.to_iso8601(),
            tags: self.tags.clone(),
        }
    }
}

impl Ec2 {
    /// The key pair of this name.
    ///
    /// # Errors
    /// `InvalidKeyPair.NotFound` if there is none.
    pub fn key_pair(&self, name: &str) -> Result<&KeyPair, ApiError> {
        self.key_pairs.values().find(|pair| pair.name == name).ok_or_else(|| not_found(name))
    }

    pub(super) fn create_key_pair(
        &mut self,
        context: &mut Context,
        input: CreateKeyPairRequest,
    ) -> Result<ec2::KeyPair, ApiError> {
        if self.key_pair(&input.key_name).is_ok() {
            return Err(ApiError::new("InvalidKeyPair.Duplicate", "The keypair already exists"));
        }
        if input.key_name.is_empty() || input.key_name.chars().count() > 255 {
            let message = format!("Invalid value '{}' for keyPairNames. It exceeds 255 characters.", input.key_name);
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        if input.key_format.as_deref() == Some("ppk") {
            return Err(ApiError::not_in_this_lab("A key in the format ppk"));
        }
        if !context.quotas().has_room(Quota::KeyPairs, self.key_pairs.len()) {
            return Err(ApiError::new("KeyPairLimitExceeded", "Maximum number of keypairs exceeded."));
        }
        let tags = tags_for(&input.tag_specifications, &["key-pair"])?;
        let kind = input.key_type.unwrap_or_else(|| "rsa".into());
        let mut stream = context.next_random("ec2.key_pair");
        let pair = KeyPair {
            key_pair_id: context.new_id("key-"),
            name: input.key_name,
            fingerprint: fingerprint(&mut stream),
            kind,
            created: context.now,
            tags,
        };
        let shape = ec2::KeyPair {
            key_pair_id: pair.key_pair_id.clone(),
            key_name: pair.name.clone(),
            key_fingerprint: pair.fingerprint.clone(),
            key_material: material(&pair.kind, &mut stream),
            tags: pair.tags.clone(),
        };
        self.key_pairs.insert(pair.key_pair_id.clone(), pair);
        Ok(shape)
    }

    pub(super) fn describe_key_pairs(
        &mut self,
        _: &mut Context,
        input: DescribeKeyPairsRequest,
    ) -> Result<DescribeKeyPairsResult, ApiError> {
        input.key_names.iter().try_for_each(|name| self.key_pair(name).map(|_| ()))?;
        if let Some(missing) = input.key_pair_ids.iter().find(|id| !self.key_pairs.contains_key(*id)) {
            let message = format!("The key pair ID '{missing}' does not exist");
            return Err(ApiError::new("InvalidKeyPair.NotFound", message));
        }
        let wanted = self
            .key_pairs
            .values()
            .filter(|pair| is_named(&pair.name, &input.key_names) && is_named(&pair.key_pair_id, &input.key_pair_ids));
        let (key_pairs, _) = Query::new(FILTERS, &input.filters).of(wanted.map(KeyPair::shape).collect())?;
        Ok(DescribeKeyPairsResult { key_pairs })
    }

    /// Deletes a key pair. One that does not exist is deleted with success, as in AWS.
    pub(super) fn delete_key_pair(
        &mut self,
        _: &mut Context,
        input: DeleteKeyPairRequest,
    ) -> Result<DeleteKeyPairResult, ApiError> {
        if input.key_name.is_none() && input.key_pair_id.is_none() {
            let message = "The request must contain the parameter keyName or keyPairId";
            return Err(ApiError::new("MissingParameter", message));
        }
        let is_meant = |pair: &&KeyPair| {
            input.key_name.as_ref() == Some(&pair.name) || input.key_pair_id.as_ref() == Some(&pair.key_pair_id)
        };
        let key_pair_id = self.key_pairs.values().find(is_meant).map(|pair| pair.key_pair_id.clone());
        if let Some(id) = &key_pair_id {
            self.key_pairs.remove(id);
        }
        Ok(DeleteKeyPairResult { r#return: true, key_pair_id })
    }
}

fn not_found(name: &str) -> ApiError {
    ApiError::new("InvalidKeyPair.NotFound", format!("The key pair '{name}' does not exist"))
}

/// Twenty bytes, as of a SHA-1 digest.
fn fingerprint(stream: &mut Stream) -> String {
    let bytes: Vec<String> = (0..20).map(|_| stream.hex(2)).collect();
    bytes.join(":")
}

/// Text in the form of a private key.
fn material(kind: &str, stream: &mut Stream) -> String {
    let (label, lines) = if kind == "rsa" { ("RSA", 25) } else { ("OPENSSH", 6) };
    let body: String = (0..lines).map(|_| format!("{}\n", stream.hex(64))).collect();
    format!("-----BEGIN {label} PRIVATE KEY-----\n{body}-----END {label} PRIVATE KEY-----")
}
