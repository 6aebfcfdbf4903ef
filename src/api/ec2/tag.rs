//! Labels, key pairs, and what an account may have.
use super::{Filter, Tag, TagSpecification};

shapes! {
    /// Asks to label things; a key that a thing has already gets the new value.
    CreateTagsRequest { resources: Vec<String>, tags: Vec<Tag>, dry_run: Option<bool> }

    /// Asks to take labels away: those of a key, or of a key and a value; all of them if none is named.
    DeleteTagsRequest { resources: Vec<String>, tags: Vec<TagToDelete>, dry_run: Option<bool> }

    /// A label's key, and its value if only that one is meant.
    TagToDelete { key: Option<String>, value: Option<String> }

    /// Asks for labels.
    DescribeTagsRequest { filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool> }

    /// The labels.
    DescribeTagsResult { tags: Vec<TagDescription>, next_token: Option<String> }

    /// A label and what carries it.
    TagDescription { resource_id: String, resource_type: String, key: String, value: String }

    /// Asks for a key pair.
    CreateKeyPairRequest {
        key_name: String, key_type: Option<String>, key_format: Option<String>, tag_specifications: Vec<TagSpecification>,
        dry_run: Option<bool>,
    }

    /// The key pair with its private half, which is shown this once.
    KeyPair { key_pair_id: String, key_name: String, key_fingerprint: String, key_material: String, tags: Vec<Tag> }

    /// Asks for key pairs.
    DescribeKeyPairsRequest { key_names: Vec<String>, key_pair_ids: Vec<String>, filters: Vec<Filter>, dry_run: Option<bool> }

    /// The key pairs.
    DescribeKeyPairsResult { key_pairs: Vec<KeyPairInfo> }

    /// A key pair without its private half.
    KeyPairInfo {
        key_pair_id: String, key_name: String, key_type: String, key_fingerprint: String, create_time: String, tags: Vec<Tag>,
    }

    /// Asks to delete a key pair.
    DeleteKeyPairRequest { key_name: Option<String>, key_pair_id: Option<String>, dry_run: Option<bool> }

    /// Whether it was done; also when there was no such key pair.
    DeleteKeyPairResult { r#return: bool, key_pair_id: Option<String> }

    /// Asks what the account may have.
    DescribeAccountAttributesRequest { attribute_names: Vec<String>, dry_run: Option<bool> }

    /// What the account may have.
    DescribeAccountAttributesResult { account_attributes: Vec<AccountAttribute> }

    /// One property of the account.
    AccountAttribute { attribute_name: String, attribute_values: Vec<AccountAttributeValue> }

    /// One of its values.
    AccountAttributeValue { attribute_value: String }
}
