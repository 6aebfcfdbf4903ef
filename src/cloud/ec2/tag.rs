//! Tags: labels on everything that EC2 makes.
use std::collections::BTreeMap;

use super::Ec2;
use super::listing::Query;
use crate::api::ApiError;
use crate::api::ec2::{
    CreateTagsRequest, DeleteTagsRequest, DescribeTagsRequest, DescribeTagsResult, Nothing, Tag, TagDescription,
    TagSpecification,
};
use crate::cloud::{Context, FilterNames};

/// The most tags that one thing may carry; AWS's own do not count.
const MOST_TAGS: usize = 50;

const FILTERS: &FilterNames =
    &[("resource-id", "ResourceId"), ("resource-type", "ResourceType"), ("key", "Key"), ("value", "Value")];

/// What a taggable thing is: the prefix of its id, its type, the code if it is missing, and how the message names it.
type Kind = (&'static str, &'static str, &'static str, &'static str);

const KINDS: &[Kind] = &[
    ("i-", "instance", "InvalidInstanceID.NotFound", "instance ID"),
    ("vol-", "volume", "InvalidVolume.NotFound", "volume"),
    ("ami-", "image", "InvalidAMIID.NotFound", "image ID"),
    ("snap-", "snapshot", "InvalidSnapshot.NotFound", "snapshot"),
    ("eipalloc-", "elastic-ip", "InvalidAllocationID.NotFound", "allocation ID"),
    ("lt-", "launch-template", "InvalidLaunchTemplateId.NotFound", "launch template"),
    ("sg-", "security-group", "InvalidGroup.NotFound", "security group"),
    ("sgr-", "security-group-rule", "InvalidSecurityGroupRuleId.NotFound", "security group rule ID"),
    ("subnet-", "subnet", "InvalidSubnetID.NotFound", "subnet ID"),
    ("vpc-", "vpc", "InvalidVpcID.NotFound", "vpc ID"),
    ("igw-", "internet-gateway", "InvalidInternetGatewayID.NotFound", "internetGateway ID"),
    ("key-", "key-pair", "InvalidKeyPair.NotFound", "key pair"),
];

/// The tags that a request gives to what it makes: those for the first of these types. The others are types that the operation makes too.
pub(super) fn tags_for(specifications: &[TagSpecification], types: &[&str]) -> Result<Vec<Tag>, ApiError> {
    for specification in specifications {
        let resource_type = specification.resource_type.as_deref().unwrap_or_default();
        if ["network-interface", "spot-instances-request"].contains(&resource_type) {
            return Err(ApiError::not_in_this_lab(format!("A tag for a {resource_type}")));
        }
        if !types.contains(&resource_type) {
            let message = format!("'{resource_type}' is not a valid taggable resource type for this operation.");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        specification.tags.iter().try_for_each(check_tag)?;
    }
    let mine =
        specifications.iter().filter(|specification| specification.resource_type.as_deref() == types.first().copied());
    let mut tags = Vec::new();
    for tag in mine.flat_map(|specification| &specification.tags) {
        put(&mut tags, tag.clone());
    }
    check_number(&tags)?;
    Ok(tags)
}

/// Gives a tag its value, whether it was there or not.
pub(super) fn put(tags: &mut Vec<Tag>, tag: Tag) {
    match tags.iter_mut().find(|known| known.key == tag.key) {
        Some(known) => known.value = tag.value,
        None => tags.push(tag),
    }
}

fn check_tag(tag: &Tag) -> Result<(), ApiError> {
    let invalid = |what: &str, text: &str, why: &str| {
        ApiError::new("InvalidParameterValue", format!("Value ( {text} ) for parameter {what} is invalid. {why}"))
    };
    if tag.key.starts_with("aws:") {
        return Err(invalid("key", &tag.key, "Tag keys starting with 'aws:' are reserved for internal use"));
    }
    if tag.key.is_empty() || tag.key.chars().count() > 127 {
        return Err(invalid(
            "key",
            &tag.key,
            "Tag key must have a minimum length of 1 and a maximum length of 127 characters.",
        ));
    }
    if tag.value.chars().count() > 256 {
        return Err(invalid("value", &tag.value, "Tag value exceeds the maximum length of 256 characters"));
    }
    Ok(())
}

fn check_number(tags: &[Tag]) -> Result<(), ApiError> {
    if tags.iter().filter(|tag| !tag.key.starts_with("aws:")).count() > MOST_TAGS {
        let message = "The maximum number of Tags for a resource has been reached.";
        return Err(ApiError::new("TagLimitExceeded", message));
    }
    Ok(())
}

fn kind_of(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|(prefix, ..)| id.starts_with(prefix))
}

impl Ec2 {
    /// The tags of every taggable thing, by its id.
    fn all_tags(&mut self) -> BTreeMap<&str, &mut Vec<Tag>> {
        fn of<'a, T: 'a>(
            things: impl Iterator<Item = &'a mut T> + 'a,
            split: fn(&'a mut T) -> (&'a str, &'a mut Vec<Tag>),
        ) -> impl Iterator<Item = (&'a str, &'a mut Vec<Tag>)> + 'a {
            things.map(split)
        }
        let mut all = BTreeMap::new();
        all.extend(of(self.instances.values_mut(), |it| (&*it.instance_id, &mut it.tags)));
        all.extend(of(self.volumes.values_mut(), |it| (&*it.volume_id, &mut it.tags)));
        all.extend(of(self.images.values_mut(), |it| (&*it.image_id, &mut it.tags)));
        all.extend(of(self.snapshots.values_mut(), |it| (&*it.snapshot_id, &mut it.tags)));
        all.extend(of(self.addresses.values_mut(), |it| (&*it.allocation_id, &mut it.tags)));
        all.extend(of(self.launch_templates.values_mut(), |it| (&*it.launch_template_id, &mut it.tags)));
        all.extend(of(self.network.subnets.iter_mut(), |it| (&*it.subnet_id, &mut it.tags)));
        all.extend(of(self.network.vpcs.values_mut(), |it| (&*it.vpc_id, &mut it.tags)));
        all.extend(of(self.network.gateways.values_mut(), |it| (&*it.gateway_id, &mut it.tags)));
        all.extend(of(self.key_pairs.values_mut(), |it| (&*it.key_pair_id, &mut it.tags)));
        for group in self.security_groups.values_mut() {
            let rules = group.rules.iter_mut().chain(&mut group.egress);
            all.extend(rules.map(|rule| (&*rule.rule_id, &mut rule.tags)));
            all.insert(&*group.group_id, &mut group.tags);
        }
        all
    }

    /// Refuses ids that nothing has.
    fn check_taggable(&mut self, ids: &[String]) -> Result<(), ApiError> {
        let all = self.all_tags();
        let Some(missing) = ids.iter().find(|id| !all.contains_key(id.as_str())) else { return Ok(()) };
        Err(match kind_of(missing) {
            Some((_, _, code, name)) => ApiError::new(*code, format!("The {name} '{missing}' does not exist")),
            None => ApiError::new("InvalidID", format!("The ID '{missing}' is not valid")),
        })
    }

    pub(super) fn create_tags(&mut self, _: &mut Context, input: CreateTagsRequest) -> Result<Nothing, ApiError> {
        self.check_taggable(&input.resources)?;
        input.tags.iter().try_for_each(check_tag)?;
        let mut all = self.all_tags();
        for id in &input.resources {
            let mut tags = all.get(id.as_str()).map(|tags| (*tags).clone()).unwrap_or_default();
            input.tags.iter().for_each(|tag| put(&mut tags, tag.clone()));
            check_number(&tags)?;
        }
        for id in &input.resources {
            if let Some(tags) = all.get_mut(id.as_str()) {
                input.tags.iter().for_each(|tag| put(tags, tag.clone()));
            }
        }
        Ok(Nothing {})
    }

    pub(super) fn delete_tags(&mut self, _: &mut Context, input: DeleteTagsRequest) -> Result<Nothing, ApiError> {
        self.check_taggable(&input.resources)?;
        let is_unwanted = |tag: &Tag| {
            let named = input.tags.iter().any(|unwanted| {
                unwanted.key.as_ref() == Some(&tag.key)
                    && unwanted.value.as_ref().is_none_or(|value| *value == tag.value)
            });
            (input.tags.is_empty() || named) && !tag.key.starts_with("aws:")
        };
        let mut all = self.all_tags();
        for id in &input.resources {
            if let Some(tags) = all.get_mut(id.as_str()) {
                tags.retain(|tag| !is_unwanted(tag));
            }
        }
        Ok(Nothing {})
    }

    pub(super) fn describe_tags(
        &mut self,
        _: &mut Context,
        input: DescribeTagsRequest,
    ) -> Result<DescribeTagsResult, ApiError> {
        super::listing::check_page_size(input.max_results)?;
        let mut shapes = Vec::new();
        for (id, tags) in self.all_tags() {
            let resource_type = kind_of(id).map_or("", |kind| kind.1);
            shapes.extend(tags.iter().map(|tag| TagDescription {
                resource_id: id.to_owned(),
                resource_type: resource_type.into(),
                key: tag.key.clone(),
                value: tag.value.clone(),
            }));
        }
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (tags, next_token) = query.of(shapes)?;
        Ok(DescribeTagsResult { tags, next_token })
    }
}
