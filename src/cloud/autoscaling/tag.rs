//! Tags of groups.
use super::{AutoScaling, Group};
use crate::api::ApiError;
use crate::api::autoscaling::{
    CreateOrUpdateTagsType, DeleteTagsType, DescribeTagsType, Tag, TagDescription, TagsType,
};
use crate::api::ec2::Filter;
use crate::cloud::PageRequest;

/// The only kind of thing that has tags here.
const RESOURCE_TYPE: &str = "auto-scaling-group";

impl AutoScaling {
    pub(super) fn create_or_update_tags(&mut self, input: &CreateOrUpdateTagsType) -> Result<(), ApiError> {
        self.check_tags(&input.tags)?;
        for tag in &input.tags {
            let group = self.group_mut(tag.resource_id.as_deref().unwrap_or_default())?;
            group.tags.retain(|known| known.key != tag.key);
            group.tags.push(tag.clone());
        }
        Ok(())
    }

    pub(super) fn delete_tags(&mut self, input: &DeleteTagsType) -> Result<(), ApiError> {
        self.check_tags(&input.tags)?;
        for tag in &input.tags {
            let group = self.group_mut(tag.resource_id.as_deref().unwrap_or_default())?;
            let goes = |known: &Tag| known.key == tag.key && (tag.value.is_none() || tag.value == known.value);
            group.tags.retain(|known| !goes(known));
        }
        Ok(())
    }

    /// Nothing changes if one tag is refused.
    fn check_tags(&self, tags: &[Tag]) -> Result<(), ApiError> {
        for tag in tags {
            if tag.resource_type.as_deref().is_some_and(|kind| kind != RESOURCE_TYPE) {
                // The wording is a guess.
                return Err(ApiError::validation("Resource type must be auto-scaling-group."));
            }
            if tag.key.starts_with("aws:") {
                // The wording is a guess.
                return Err(ApiError::validation("Tag keys that begin with aws: are reserved for system use."));
            }
            self.group(tag.resource_id.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }

    pub(super) fn describe_tags(&self, input: &DescribeTagsType) -> Result<TagsType, ApiError> {
        check_filters(&input.filters, &["auto-scaling-group", "key", "value", "propagate-at-launch"])?;
        let all = self.groups.values().flat_map(Group::tag_shapes);
        let wanted: Vec<TagDescription> = all.filter(|tag| passes(tag, &input.filters)).collect();
        let page = PageRequest { most: input.max_records, limit: Some(100), token: input.next_token.as_deref() };
        let (tags, next_token) = page.cut(wanted, super::bad_token)?;
        Ok(TagsType { tags, next_token })
    }
}

impl Group {
    /// The tags as AWS shows them.
    pub(super) fn tag_shapes(&self) -> Vec<TagDescription> {
        let shape = |tag: &Tag| TagDescription {
            resource_id: self.name.clone(),
            resource_type: RESOURCE_TYPE.into(),
            key: tag.key.clone(),
            value: tag.value.clone().unwrap_or_default(),
            propagate_at_launch: tag.propagate_at_launch.unwrap_or(false),
        };
        self.tags.iter().map(shape).collect()
    }

    /// Whether the group passes the filters `tag:<key>`, `tag-key` and `tag-value`.
    pub(super) fn passes(&self, filters: &[Filter]) -> bool {
        filters.iter().all(|filter| {
            let name = filter.name.as_deref().unwrap_or_default();
            let has = |value: &str| filter.values.iter().any(|wanted| wanted == value);
            self.tags.iter().any(|tag| match name.strip_prefix("tag:") {
                Some(key) => tag.key == key && has(tag.value.as_deref().unwrap_or_default()),
                None if name == "tag-key" => has(&tag.key),
                None => has(tag.value.as_deref().unwrap_or_default()),
            })
        })
    }
}

fn passes(tag: &TagDescription, filters: &[Filter]) -> bool {
    filters.iter().all(|filter| {
        let value = match filter.name.as_deref() {
            Some("auto-scaling-group") => tag.resource_id.clone(),
            Some("key") => tag.key.clone(),
            Some("value") => tag.value.clone(),
            Some(_) | None => tag.propagate_at_launch.to_string(),
        };
        filter.values.contains(&value)
    })
}

/// Refuses a filter that the operation does not have. The wording is a guess.
pub(super) fn check_filters(filters: &[Filter], known: &[&str]) -> Result<(), ApiError> {
    let is_known = |name: &str| known.contains(&name) || (known.contains(&"tag:") && name.starts_with("tag:"));
    match filters.iter().filter_map(|filter| filter.name.as_deref()).find(|name| !is_known(name)) {
        Some(name) => Err(ApiError::validation(format!("Invalid filter name: {name}"))),
        None => Ok(()),
    }
}
