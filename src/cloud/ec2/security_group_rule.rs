//! Rules of security groups, and the operations on them.
use std::net::Ipv4Addr;

use super::cidr::Cidr;
use super::listing::Query;
use super::security_group::not_found;
use super::tag::tags_for;
use super::{Ec2, SecurityGroup};
use crate::api::ApiError;
use crate::api::ec2::{
    AuthorizeSecurityGroupEgressRequest, AuthorizeSecurityGroupEgressResult, AuthorizeSecurityGroupIngressRequest,
    AuthorizeSecurityGroupIngressResult, DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult,
    IpPermission, IpRange, ModifySecurityGroupRulesRequest, ModifySecurityGroupRulesResult, ReferencedSecurityGroup,
    RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResult, RevokeSecurityGroupIngressRequest,
    RevokeSecurityGroupIngressResult, RevokedSecurityGroupRule, SecurityGroupRule, SecurityGroupRuleRequest, Tag,
    UserIdGroupPair,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, FilterNames};

/// One rule: a protocol, a range of ports, a source (or a destination).
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub rule_id: String,
    /// `tcp`, `udp`, `icmp`, or `-1` for every protocol.
    pub protocol: String,
    /// The first port; -1 for every port.
    pub from_port: i64,
    /// The last port.
    pub to_port: i64,
    /// Who may come in, or where members may go.
    pub source: Source,
    /// What it is for.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// Whom a rule lets in.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A block of IPv4 addresses.
    Cidr(String),
    /// The members of a security group.
    Group(String),
}

/// Which of a group's rules are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

const FILTERS: &FilterNames = &[("group-id", "GroupId"), ("security-group-rule-id", "SecurityGroupRuleId")];

impl Rule {
    /// A rule for everything, to or from this place.
    pub(super) fn everything(rule_id: String, source: Source) -> Self {
        let protocol = "-1".to_owned();
        Rule { rule_id, protocol, from_port: -1, to_port: -1, source, description: None, tags: Vec::new() }
    }

    fn is_same(&self, other: &Rule) -> bool {
        (&self.protocol, self.from_port, self.to_port, &self.source)
            == (&other.protocol, other.from_port, other.to_port, &other.source)
    }

    /// Whether it is about this TCP port.
    pub(super) fn fits_port(&self, port: i64) -> bool {
        self.protocol == "-1" || (self.protocol == "tcp" && (self.from_port..=self.to_port).contains(&port))
    }

    fn group(&self) -> Option<&String> {
        match &self.source {
            Source::Cidr(_) => None,
            Source::Group(id) => Some(id),
        }
    }

    fn cidr(&self) -> Option<&String> {
        match &self.source {
            Source::Cidr(block) => Some(block),
            Source::Group(_) => None,
        }
    }

    pub(super) fn permission(&self) -> IpPermission {
        let any_port = self.protocol == "-1";
        let description = self.description.clone();
        let range = self.cidr().map(|block| IpRange { cidr_ip: block.clone(), description: description.clone() });
        let pair = self.group().map(|group_id| UserIdGroupPair {
            group_id: Some(group_id.clone()),
            user_id: Some(ACCOUNT_ID.into()),
            description,
            ..UserIdGroupPair::default()
        });
        IpPermission {
            ip_protocol: Some(self.protocol.clone()),
            from_port: (!any_port).then_some(self.from_port),
            to_port: (!any_port).then_some(self.to_port),
            ip_ranges: range.into_iter().collect(),
            user_id_group_pairs: pair.into_iter().collect(),
        }
    }

    fn shape(&self, context: &Context, group_id: &str, direction: Direction) -> SecurityGroupRule {
        let referenced =
            |id: &String| ReferencedSecurityGroup { group_id: id.clone(), user_id: Some(ACCOUNT_ID.into()) };
        SecurityGroupRule {
            security_group_rule_id: self.rule_id.clone(),
            group_id: group_id.to_owned(),
            group_owner_id: ACCOUNT_ID.into(),
            is_egress: direction == Direction::Out,
            ip_protocol: self.protocol.clone(),
            from_port: self.from_port,
            to_port: self.to_port,
            cidr_ipv4: self.cidr().cloned(),
            referenced_group_info: self.group().map(referenced),
            description: self.description.clone(),
            tags: self.tags.clone(),
            security_group_rule_arn: context.arn("ec2", &format!("security-group-rule/{}", self.rule_id)),
        }
    }

    fn revoked_shape(&self, group_id: &str, direction: Direction) -> RevokedSecurityGroupRule {
        RevokedSecurityGroupRule {
            security_group_rule_id: self.rule_id.clone(),
            group_id: group_id.to_owned(),
            is_egress: direction == Direction::Out,
            ip_protocol: self.protocol.clone(),
            from_port: self.from_port,
            to_port: self.to_port,
            cidr_ipv4: self.cidr().cloned(),
            referenced_group_id: self.group().cloned(),
            description: self.description.clone(),
        }
    }
}

impl SecurityGroup {
    fn rules_mut(&mut self, direction: Direction) -> &mut Vec<Rule> {
        match direction {
            Direction::In => &mut self.rules,
            Direction::Out => &mut self.egress,
        }
    }
}

impl Ec2 {
    pub(super) fn authorize_ingress(
        &mut self,
        context: &mut Context,
        input: AuthorizeSecurityGroupIngressRequest,
    ) -> Result<AuthorizeSecurityGroupIngressResult, ApiError> {
        let group_id = self.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        let flat = flat_permission(input.ip_protocol, input.from_port, input.to_port, input.cidr_ip);
        let permissions: Vec<_> = input.ip_permissions.into_iter().chain(flat).collect();
        let tags = tags_for(&input.tag_specifications, &["security-group-rule"])?;
        let security_group_rules = self.authorize(context, &group_id, &permissions, (Direction::In, tags))?;
        Ok(AuthorizeSecurityGroupIngressResult { r#return: true, security_group_rules })
    }

    pub(super) fn authorize_egress(
        &mut self,
        context: &mut Context,
        input: AuthorizeSecurityGroupEgressRequest,
    ) -> Result<AuthorizeSecurityGroupEgressResult, ApiError> {
        let group_id = self.security_group_id(Some(&input.group_id), None)?;
        let tags = tags_for(&input.tag_specifications, &["security-group-rule"])?;
        let security_group_rules = self.authorize(context, &group_id, &input.ip_permissions, (Direction::Out, tags))?;
        Ok(AuthorizeSecurityGroupEgressResult { r#return: true, security_group_rules })
    }

    fn authorize(
        &mut self,
        context: &mut Context,
        group_id: &str,
        permissions: &[IpPermission],
        (direction, tags): (Direction, Vec<Tag>),
    ) -> Result<Vec<SecurityGroupRule>, ApiError> {
        let mut rules = self.rules_of(permissions)?;
        let group = self.security_groups.get_mut(group_id).ok_or_else(|| not_found(group_id))?;
        let known = group.rules_mut(direction);
        if rules.is_empty() {
            return Err(ApiError::new("MissingParameter", "The request must contain the parameter ipPermissions"));
        }
        if let Some(twice) = rules.iter().find(|rule| known.iter().any(|known| known.is_same(rule))) {
            return Err(ApiError::new("InvalidPermission.Duplicate", duplicate_message(twice)));
        }
        if (known.len() + rules.len()) as u64 > context.quotas().of(Quota::RulesPerSecurityGroup) {
            let message = "The maximum number of rules per security group has been reached.";
            return Err(ApiError::new("RulesPerSecurityGroupLimitExceeded", message));
        }
        for rule in &mut rules {
            (rule.rule_id, rule.tags) = (context.new_id("sgr-"), tags.clone());
        }
        let shapes = rules.iter().map(|rule| rule.shape(context, group_id, direction)).collect();
        known.extend(rules);
        Ok(shapes)
    }

    pub(super) fn revoke_ingress(
        &mut self,
        _: &mut Context,
        input: RevokeSecurityGroupIngressRequest,
    ) -> Result<RevokeSecurityGroupIngressResult, ApiError> {
        let group_id = self.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        let flat = flat_permission(input.ip_protocol, input.from_port, input.to_port, input.cidr_ip);
        let permissions: Vec<_> = input.ip_permissions.into_iter().chain(flat).collect();
        let unwanted = (self.rules_of(&permissions)?, input.security_group_rule_ids);
        let revoked_security_group_rules = self.revoke(&group_id, &unwanted, Direction::In)?;
        Ok(RevokeSecurityGroupIngressResult { r#return: true, revoked_security_group_rules })
    }

    pub(super) fn revoke_egress(
        &mut self,
        _: &mut Context,
        input: RevokeSecurityGroupEgressRequest,
    ) -> Result<RevokeSecurityGroupEgressResult, ApiError> {
        let group_id = self.security_group_id(Some(&input.group_id), None)?;
        let unwanted = (self.rules_of(&input.ip_permissions)?, input.security_group_rule_ids);
        let revoked_security_group_rules = self.revoke(&group_id, &unwanted, Direction::Out)?;
        Ok(RevokeSecurityGroupEgressResult { r#return: true, revoked_security_group_rules })
    }

    fn revoke(
        &mut self,
        group_id: &str,
        (rules, ids): &(Vec<Rule>, Vec<String>),
        direction: Direction,
    ) -> Result<Vec<RevokedSecurityGroupRule>, ApiError> {
        let group = self.security_groups.get_mut(group_id).ok_or_else(|| not_found(group_id))?;
        let known = group.rules_mut(direction);
        if let Some(missing) = ids.iter().find(|id| !known.iter().any(|rule| rule.rule_id == **id)) {
            return Err(no_such_rule(missing));
        }
        if rules.iter().any(|unwanted| !known.iter().any(|rule| rule.is_same(unwanted))) {
            let message = "The specified rule does not exist in this security group";
            return Err(ApiError::new("InvalidPermission.NotFound", message));
        }
        let is_unwanted =
            |rule: &Rule| ids.contains(&rule.rule_id) || rules.iter().any(|unwanted| unwanted.is_same(rule));
        let revoked = known.iter().filter(|rule| is_unwanted(rule));
        let revoked = revoked.map(|rule| rule.revoked_shape(group_id, direction)).collect();
        known.retain(|rule| !is_unwanted(rule));
        Ok(revoked)
    }

    pub(super) fn describe_security_group_rules(
        &mut self,
        context: &mut Context,
        input: DescribeSecurityGroupRulesRequest,
    ) -> Result<DescribeSecurityGroupRulesResult, ApiError> {
        let mut shapes = Vec::new();
        for group in self.security_groups.values() {
            let rules = group.rules.iter().map(|rule| (rule, Direction::In));
            let rules = rules.chain(group.egress.iter().map(|rule| (rule, Direction::Out)));
            shapes.extend(rules.map(|(rule, direction)| rule.shape(context, &group.group_id, direction)));
        }
        let ids = &input.security_group_rule_ids;
        if let Some(missing) = ids.iter().find(|id| !shapes.iter().any(|shape| shape.security_group_rule_id == **id)) {
            return Err(no_such_rule(missing));
        }
        shapes.retain(|shape| super::listing::is_named(&shape.security_group_rule_id, ids));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (security_group_rules, next_token) = query.of(shapes)?;
        Ok(DescribeSecurityGroupRulesResult { security_group_rules, next_token })
    }

    /// Changes rules of a group, all of them or none.
    pub(super) fn modify_security_group_rules(
        &mut self,
        _: &mut Context,
        input: ModifySecurityGroupRulesRequest,
    ) -> Result<ModifySecurityGroupRulesResult, ApiError> {
        let group_id = self.security_group_id(Some(&input.group_id), None)?;
        let mut changed = self.security_groups.get(&group_id).cloned().ok_or_else(|| not_found(&group_id))?;
        for update in &input.security_group_rules {
            let wanted = update.security_group_rule.clone().unwrap_or_default();
            let rule = self.rule_of(&wanted)?;
            let rules = changed.rules.iter_mut().chain(&mut changed.egress);
            let known = rules.into_iter().find(|rule| rule.rule_id == update.security_group_rule_id);
            let known = known.ok_or_else(|| no_such_rule(&update.security_group_rule_id))?;
            let (rule_id, tags) = (std::mem::take(&mut known.rule_id), std::mem::take(&mut known.tags));
            *known = Rule { rule_id, tags, ..rule };
        }
        self.security_groups.insert(group_id, changed);
        Ok(ModifySecurityGroupRulesResult { r#return: true })
    }

    fn rule_of(&self, wanted: &SecurityGroupRuleRequest) -> Result<Rule, ApiError> {
        let description = wanted.description.clone();
        let range = wanted.cidr_ipv4.as_ref();
        let range = range.map(|block| IpRange { cidr_ip: block.clone(), description: description.clone() });
        let pair = wanted.referenced_group_id.as_ref().map(|id| UserIdGroupPair {
            group_id: Some(id.clone()),
            description,
            ..UserIdGroupPair::default()
        });
        let permission = IpPermission {
            ip_protocol: wanted.ip_protocol.clone(),
            from_port: wanted.from_port,
            to_port: wanted.to_port,
            ip_ranges: range.into_iter().collect(),
            user_id_group_pairs: pair.into_iter().collect(),
        };
        let rules = self.rules_of(&[permission])?;
        let nothing = || ApiError::new("MissingParameter", "The request must contain a source or a destination");
        rules.into_iter().next().ok_or_else(nothing)
    }

    /// The rules that permissions stand for, one for each source, without ids yet.
    fn rules_of(&self, permissions: &[IpPermission]) -> Result<Vec<Rule>, ApiError> {
        let mut rules = Vec::new();
        for permission in permissions {
            let blocks = permission.ip_ranges.iter().map(|range| {
                checked_block(&range.cidr_ip).map(|block| (Source::Cidr(block), range.description.clone()))
            });
            let groups = permission.user_id_group_pairs.iter().map(|pair| {
                let id = self.security_group_id(pair.group_id.as_deref(), pair.group_name.as_deref());
                id.map(|id| (Source::Group(id), pair.description.clone()))
            });
            for source in blocks.chain(groups) {
                let (protocol, from_port, to_port) = checked_ports(permission)?;
                let ((source, description), tags) = (source?, Vec::new());
                rules.push(Rule { rule_id: String::new(), protocol, from_port, to_port, source, description, tags });
            }
        }
        Ok(rules)
    }
}

/// The block with the bits behind its prefix cleared, as AWS keeps it.
fn checked_block(text: &str) -> Result<String, ApiError> {
    let malformed = || ApiError::new("InvalidParameterValue", format!("CIDR block {text} is malformed"));
    let (address, prefix) = text.split_once('/').ok_or_else(malformed)?;
    let (address, prefix): (Ipv4Addr, u32) =
        (address.parse().map_err(|_| malformed())?, prefix.parse().map_err(|_| malformed())?);
    let bits =
        u32::from(address) & u32::MAX.checked_shl(32_u32.checked_sub(prefix).ok_or_else(malformed)?).unwrap_or(0);
    let block = format!("{}/{prefix}", Ipv4Addr::from(bits));
    Cidr::parse(&block).map(|_| block).ok_or_else(malformed)
}

/// The protocol by its name, and its ports. Every protocol has every port.
fn checked_ports(permission: &IpPermission) -> Result<(String, i64, i64), ApiError> {
    let invalid = |message: String| ApiError::new("InvalidParameterValue", message);
    let wanted = permission.ip_protocol.as_deref().unwrap_or("-1");
    let protocol = match wanted {
        "-1" => return Ok(("-1".into(), -1, -1)),
        "6" | "tcp" | "TCP" => "tcp",
        "17" | "udp" | "UDP" => "udp",
        "1" | "icmp" | "ICMP" => "icmp",
        other => {
            let message = format!("Invalid value '{other}' for IP protocol. Unknown protocol.");
            return Err(invalid(message));
        }
    };
    let (from, to) = (permission.from_port, permission.to_port);
    match (from, to) {
        (from, to) if protocol == "icmp" => Ok((protocol.into(), from.unwrap_or(-1), to.unwrap_or(-1))),
        (Some(from), Some(to)) if from > to => Err(invalid(format!("Invalid TCP/UDP port range ({from}:{to})"))),
        (Some(from), Some(to)) if (0..=65_535).contains(&from) && to <= 65_535 => Ok((protocol.into(), from, to)),
        (Some(from), Some(to)) => Err(invalid(format!("Invalid TCP/UDP port range ({from}:{to})"))),
        _ => Err(invalid("Invalid value for portRange. Must specify both from and to ports with TCP/UDP.".into())),
    }
}

fn no_such_rule(id: &str) -> ApiError {
    let message = format!("The security group rule ID '{id}' does not exist");
    ApiError::new("InvalidSecurityGroupRuleId.NotFound", message)
}

fn flat_permission(
    ip_protocol: Option<String>,
    from_port: Option<i64>,
    to_port: Option<i64>,
    cidr_ip: Option<String>,
) -> Option<IpPermission> {
    let ip_ranges = vec![IpRange { cidr_ip: cidr_ip?, description: None }];
    Some(IpPermission { ip_protocol, from_port, to_port, ip_ranges, user_id_group_pairs: Vec::new() })
}

fn duplicate_message(rule: &Rule) -> String {
    let peer = rule.cidr().or(rule.group()).map(String::as_str).unwrap_or_default();
    let ports = match rule.protocol.as_str() {
        "-1" => "ALL".to_owned(),
        protocol => {
            format!("{}, from port: {}, to port: {}", protocol.to_uppercase(), rule.from_port, rule.to_port)
        }
    };
    format!("the specified rule \"peer: {peer}, {ports}, ALLOW\" already exists")
}
