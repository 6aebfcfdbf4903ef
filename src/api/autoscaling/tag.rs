//! Tags of groups.
use crate::api::ec2::Filter;

shapes! {
    /// A tag, and whether new instances get it too.
    Tag {
        resource_id: Option<String>, resource_type: Option<String>, key: String, value: Option<String>,
        propagate_at_launch: Option<bool>,
    }

    /// A tag of a group as AWS shows it.
    TagDescription {
        resource_id: String, resource_type: String, key: String, value: String, propagate_at_launch: bool,
    }

    /// Asks for tags.
    CreateOrUpdateTagsType {
        tags: Vec<Tag>,
    }

    /// Asks to take tags away.
    DeleteTagsType {
        tags: Vec<Tag>,
    }

    /// Asks for tags of groups.
    DescribeTagsType {
        filters: Vec<Filter>, next_token: Option<String>, max_records: Option<i64>,
    }

    /// The tags.
    TagsType {
        tags: Vec<TagDescription>, next_token: Option<String>,
    }
}
