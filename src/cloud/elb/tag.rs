//! Tags of load balancers, listeners, rules and target groups.
use super::Elb;
use crate::api::ApiError;
use crate::api::elbv2::{
    AddTagsInput, AddTagsOutput, DescribeTagsInput, DescribeTagsOutput, RemoveTagsInput, RemoveTagsOutput, Tag,
    TagDescription,
};

/// The most tags of a resource.
const MOST_TAGS: usize = 50;

/// Refuses too many tags and a key that is there twice.
pub(super) fn check(tags: &[Tag]) -> Result<(), ApiError> {
    if tags.len() > MOST_TAGS {
        return Err(too_many());
    }
    match tags.iter().enumerate().find(|(index, tag)| tags[..*index].iter().any(|earlier| earlier.key == tag.key)) {
        Some((_, tag)) => {
            Err(ApiError::new("DuplicateTagKeys", format!("Tag key was specified more than once: {}", tag.key)))
        }
        None => Ok(()),
    }
}

/// The words are a guess.
fn too_many() -> ApiError {
    ApiError::new("TooManyTags", "The maximum number of tags that can be assigned to a resource has been reached")
}

impl Elb {
    pub(super) fn add_tags(&mut self, input: &AddTagsInput) -> Result<AddTagsOutput, ApiError> {
        check(&input.tags)?;
        for arn in &input.resource_arns {
            let known = self.tags_mut(arn)?;
            let new = input.tags.iter().filter(|tag| !known.iter().any(|known| known.key == tag.key));
            if known.len() + new.count() > MOST_TAGS {
                return Err(too_many());
            }
        }
        for arn in &input.resource_arns {
            let known = self.tags_mut(arn)?;
            known.retain(|known| !input.tags.iter().any(|tag| tag.key == known.key));
            known.extend(input.tags.iter().cloned());
        }
        Ok(AddTagsOutput {})
    }

    pub(super) fn remove_tags(&mut self, input: &RemoveTagsInput) -> Result<RemoveTagsOutput, ApiError> {
        input.resource_arns.iter().try_for_each(|arn| self.tags_mut(arn).map(|_| ()))?;
        for arn in &input.resource_arns {
            self.tags_mut(arn)?.retain(|tag| !input.tag_keys.contains(&tag.key));
        }
        Ok(RemoveTagsOutput {})
    }

    pub(super) fn describe_tags(&self, input: &DescribeTagsInput) -> Result<DescribeTagsOutput, ApiError> {
        let describe = |arn: &String| Ok(TagDescription { resource_arn: arn.clone(), tags: self.tags(arn)?.to_vec() });
        Ok(DescribeTagsOutput { tag_descriptions: input.resource_arns.iter().map(describe).collect::<Result<_, _>>()? })
    }

    fn tags(&self, arn: &str) -> Result<&[Tag], ApiError> {
        Ok(match kind_of(arn)? {
            Kind::LoadBalancer => &self.load_balancer(arn)?.tags,
            Kind::TargetGroup => &self.target_group(arn)?.tags,
            Kind::Listener => &self.listener(arn)?.tags,
            Kind::Rule => &self.rule(arn)?.tags,
        })
    }

    fn tags_mut(&mut self, arn: &str) -> Result<&mut Vec<Tag>, ApiError> {
        Ok(match kind_of(arn)? {
            Kind::LoadBalancer => &mut self.load_balancer_mut(arn)?.tags,
            Kind::TargetGroup => &mut self.target_group_mut(arn)?.tags,
            Kind::Listener => &mut self.listener_mut(arn)?.tags,
            Kind::Rule => &mut self.rule_mut(arn)?.tags,
        })
    }
}

enum Kind {
    LoadBalancer,
    TargetGroup,
    Listener,
    Rule,
}

fn kind_of(arn: &str) -> Result<Kind, ApiError> {
    match arn.split(':').nth(5).and_then(|resource| resource.split('/').next()) {
        Some("loadbalancer") => Ok(Kind::LoadBalancer),
        Some("targetgroup") => Ok(Kind::TargetGroup),
        Some("listener") => Ok(Kind::Listener),
        Some("listener-rule") => Ok(Kind::Rule),
        Some(_) | None => Err(ApiError::validation(format!("'{arn}' is not a valid resource ARN"))),
    }
}
