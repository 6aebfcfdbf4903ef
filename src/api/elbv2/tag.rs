//! Tags and limits.
shapes! {
    /// A label: key and value.
    Tag { key: String, value: Option<String> }

    /// Asks to add tags; a key that is there gets the new value.
    AddTagsInput { resource_arns: Vec<String>, tags: Vec<Tag> }

    /// Nothing.
    AddTagsOutput {}

    /// Asks to remove tags.
    RemoveTagsInput { resource_arns: Vec<String>, tag_keys: Vec<String> }

    /// Nothing.
    RemoveTagsOutput {}

    /// Asks for tags.
    DescribeTagsInput { resource_arns: Vec<String> }

    /// The tags of each resource.
    DescribeTagsOutput { tag_descriptions: Vec<TagDescription> }

    /// The tags of a resource.
    TagDescription { resource_arn: String, tags: Vec<Tag> }

    /// Asks for the account's limits.
    DescribeAccountLimitsInput { marker: Option<String>, page_size: Option<i64> }

    /// The limits.
    DescribeAccountLimitsOutput { limits: Vec<Limit>, next_marker: Option<String> }

    /// A limit; the number is a text.
    Limit { name: String, max: String }
}
