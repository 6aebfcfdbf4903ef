//! Security groups: who may come in.
use super::{Ec2, check_dry_run, is_wanted, tags_for};
use crate::api::ApiError;
use crate::api::ec2::{
    AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult, CreateSecurityGroupRequest,
    CreateSecurityGroupResult, DeleteSecurityGroupRequest, DeleteSecurityGroupResult, DescribeSecurityGroupsRequest,
    DescribeSecurityGroupsResult, IpPermission, IpRange, ReferencedSecurityGroup, RevokeSecurityGroupIngressRequest,
    RevokeSecurityGroupIngressResult, SecurityGroupRule, Tag, UserIdGroupPair,
};
use crate::cloud::{ACCOUNT_ID, Context, Ids, Properties};

/// A security group. All its members may go out; what may come in its rules say.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    /// Its id.
    pub group_id: String,
    /// Its name, unique in the VPC.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What may come in.
    pub rules: Vec<Rule>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// One rule: a protocol, a range of ports, a source.
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
    /// Who may come in.
    pub source: Source,
}

/// Whom a rule lets in.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A block of IPv4 addresses.
    Cidr(String),
    /// The members of a security group.
    Group(String),
}

/// Who wants to come in.
#[derive(Clone, Copy, Debug)]
pub enum Visitor<'a> {
    /// Anyone on the internet. Simplified: only rules for 0.0.0.0/0 let them in.
    Internet,
    /// Something with these security groups, such as a load balancer.
    MemberOf(&'a [String]),
}

impl SecurityGroup {
    pub(super) fn default_of(region: &str, vpc_id: &str, ids: &mut Ids) -> Self {
        let group_id = ids.next(region, "sg-");
        let itself = Rule {
            rule_id: vpc_id.replace("vpc-", "sgr-"),
            protocol: "-1".into(),
            from_port: -1,
            to_port: -1,
            source: Source::Group(group_id.clone()),
        };
        let description = "default VPC security group".to_owned();
        SecurityGroup { group_id, name: "default".into(), description, rules: vec![itself], tags: Vec::new() }
    }
}

impl Rule {
    fn lets_in(&self, visitor: Visitor, port: i64) -> bool {
        let port_fits =
            self.protocol == "-1" || (self.protocol == "tcp" && (self.from_port..=self.to_port).contains(&port));
        let source_fits = match (&self.source, visitor) {
            (Source::Cidr(block), _) => block == "0.0.0.0/0",
            (Source::Group(_), Visitor::Internet) => false,
            (Source::Group(group_id), Visitor::MemberOf(groups)) => groups.contains(group_id),
        };
        port_fits && source_fits
    }

    fn is_same(&self, other: &Rule) -> bool {
        (&self.protocol, self.from_port, self.to_port, &self.source)
            == (&other.protocol, other.from_port, other.to_port, &other.source)
    }

    fn permission(&self) -> IpPermission {
        let any_port = self.protocol == "-1";
        let mut permission = IpPermission { ip_protocol: Some(self.protocol.clone()), ..IpPermission::default() };
        permission.from_port = (!any_port).then_some(self.from_port);
        permission.to_port = (!any_port).then_some(self.to_port);
        match &self.source {
            Source::Cidr(block) => permission.ip_ranges.push(IpRange { cidr_ip: block.clone(), description: None }),
            Source::Group(group_id) => permission.user_id_group_pairs.push(UserIdGroupPair {
                group_id: Some(group_id.clone()),
                user_id: Some(ACCOUNT_ID.into()),
                ..UserIdGroupPair::default()
            }),
        }
        permission
    }

    fn shape(&self, context: &Context, group_id: &str) -> SecurityGroupRule {
        let (cidr_ipv4, referenced) = match &self.source {
            Source::Cidr(block) => (Some(block.clone()), None),
            Source::Group(id) => {
                (None, Some(ReferencedSecurityGroup { group_id: id.clone(), user_id: Some(ACCOUNT_ID.into()) }))
            }
        };
        SecurityGroupRule {
            security_group_rule_id: self.rule_id.clone(),
            group_id: group_id.to_owned(),
            group_owner_id: ACCOUNT_ID.into(),
            is_egress: false,
            ip_protocol: self.protocol.clone(),
            from_port: self.from_port,
            to_port: self.to_port,
            cidr_ipv4,
            referenced_group_info: referenced,
            tags: Vec::new(),
            security_group_rule_arn: context.arn("ec2", &format!("security-group-rule/{}", self.rule_id)),
        }
    }
}

impl Ec2 {
    /// Whether the security groups let the visitor in on the TCP port.
    pub fn lets_in(&self, group_ids: &[String], visitor: Visitor, port: i64) -> bool {
        let groups = group_ids.iter().filter_map(|group_id| self.security_groups.get(group_id));
        groups.flat_map(|group| &group.rules).any(|rule| rule.lets_in(visitor, port))
    }

    /// The id of the VPC's default group.
    pub fn default_security_group(&self) -> Option<&str> {
        self.security_groups.values().find(|group| group.name == "default").map(|group| group.group_id.as_str())
    }

    /// The group by id, or by name in the default VPC.
    ///
    /// # Errors
    /// `InvalidGroup.NotFound`, or `MissingParameter` if neither is given.
    pub fn security_group_id(&self, id: Option<&str>, name: Option<&str>) -> Result<String, ApiError> {
        let found = match (id, name) {
            (Some(id), _) => self.security_groups.get(id),
            (None, Some(name)) => self.security_groups.values().find(|group| group.name == name),
            (None, None) => {
                return Err(ApiError::new(
                    "MissingParameter",
                    "The request must contain the parameter groupName or groupId",
                ));
            }
        };
        let missing = id.or(name).unwrap_or_default();
        found.map(|group| group.group_id.clone()).ok_or_else(|| not_found(missing))
    }

    pub(super) fn create_security_group(
        &mut self,
        context: &mut Context,
        input: CreateSecurityGroupRequest,
    ) -> Result<CreateSecurityGroupResult, ApiError> {
        let vpc_id = &self.network.vpc_id;
        if let Some(wanted) = input.vpc_id.as_ref().filter(|wanted| *wanted != vpc_id) {
            return Err(ApiError::new("InvalidVpcID.NotFound", format!("The vpc ID '{wanted}' does not exist")));
        }
        if input.group_name.starts_with("sg-") {
            return Err(ApiError::new("InvalidParameterValue", "Group names may not be in the format sg-*."));
        }
        if self.security_groups.values().any(|group| group.name == input.group_name) {
            let message = format!("The security group '{}' already exists for VPC '{vpc_id}'", input.group_name);
            return Err(ApiError::new("InvalidGroup.Duplicate", message));
        }
        check_dry_run(input.dry_run)?;
        let group_id = context.new_id("sg-");
        let tags = tags_for(&input.tag_specifications, "security-group");
        let group = SecurityGroup {
            group_id: group_id.clone(),
            name: input.group_name,
            description: input.description,
            rules: Vec::new(),
            tags: tags.clone(),
        };
        self.security_groups.insert(group_id.clone(), group);
        let security_group_arn = context.arn("ec2", &format!("security-group/{group_id}"));
        Ok(CreateSecurityGroupResult { group_id, security_group_arn, tags })
    }

    pub(super) fn authorize_ingress(
        &mut self,
        context: &mut Context,
        input: AuthorizeSecurityGroupIngressRequest,
    ) -> Result<AuthorizeSecurityGroupIngressResult, ApiError> {
        let group_id = self.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        let flat = flat_permission(input.ip_protocol, input.from_port, input.to_port, input.cidr_ip);
        let permissions: Vec<_> = input.ip_permissions.into_iter().chain(flat).collect();
        let mut rules = self.rules_of(&permissions)?;
        let group = self.security_groups.get_mut(&group_id).ok_or_else(|| not_found(&group_id))?;
        if let Some(twice) = rules.iter().find(|rule| group.rules.iter().any(|known| known.is_same(rule))) {
            return Err(ApiError::new("InvalidPermission.Duplicate", duplicate_message(twice)));
        }
        check_dry_run(input.dry_run)?;
        rules.iter_mut().for_each(|rule| rule.rule_id = context.new_id("sgr-"));
        let security_group_rules = rules.iter().map(|rule| rule.shape(context, &group_id)).collect();
        group.rules.extend(rules);
        Ok(AuthorizeSecurityGroupIngressResult { r#return: true, security_group_rules })
    }

    pub(super) fn revoke_ingress(
        &mut self,
        input: RevokeSecurityGroupIngressRequest,
    ) -> Result<RevokeSecurityGroupIngressResult, ApiError> {
        let group_id = self.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        let flat = flat_permission(input.ip_protocol, input.from_port, input.to_port, input.cidr_ip);
        let permissions: Vec<_> = input.ip_permissions.into_iter().chain(flat).collect();
        let unwanted = self.rules_of(&permissions)?;
        let group = self.security_groups.get_mut(&group_id).ok_or_else(|| not_found(&group_id))?;
        let is_unwanted = |rule: &Rule| {
            input.security_group_rule_ids.contains(&rule.rule_id) || unwanted.iter().any(|other| other.is_same(rule))
        };
        if !group.rules.iter().any(is_unwanted) {
            let message = "The specified rule does not exist in this security group";
            return Err(ApiError::new("InvalidPermission.NotFound", message));
        }
        check_dry_run(input.dry_run)?;
        group.rules.retain(|rule| !is_unwanted(rule));
        Ok(RevokeSecurityGroupIngressResult { r#return: true })
    }

    /// The rules that permissions stand for, one for each source, without ids yet.
    fn rules_of(&self, permissions: &[IpPermission]) -> Result<Vec<Rule>, ApiError> {
        let mut rules = Vec::new();
        for permission in permissions {
            let blocks = permission.ip_ranges.iter().map(|range| Ok(Source::Cidr(range.cidr_ip.clone())));
            let groups = permission.user_id_group_pairs.iter().map(|pair| {
                self.security_group_id(pair.group_id.as_deref(), pair.group_name.as_deref()).map(Source::Group)
            });
            for source in blocks.chain(groups) {
                let protocol = permission.ip_protocol.clone().unwrap_or_else(|| "-1".into());
                let (from_port, to_port) = (permission.from_port.unwrap_or(-1), permission.to_port.unwrap_or(-1));
                rules.push(Rule { rule_id: String::new(), protocol, from_port, to_port, source: source? });
            }
        }
        Ok(rules)
    }

    pub(super) fn describe_security_groups(
        &self,
        context: &Context,
        input: &DescribeSecurityGroupsRequest,
    ) -> Result<DescribeSecurityGroupsResult, ApiError> {
        if let Some(missing) = input.group_ids.iter().find(|id| !self.security_groups.contains_key(*id)) {
            return Err(not_found(missing));
        }
        let mut security_groups = Vec::new();
        for group in self.security_groups.values() {
            let properties = Properties::default()
                .with("group-id", &group.group_id)
                .with("group-name", &group.name)
                .with("vpc-id", &self.network.vpc_id);
            let named = input.group_names.is_empty() || input.group_names.contains(&group.name);
            if named && is_wanted(&group.group_id, &input.group_ids, &properties, &group.tags, &input.filters)? {
                security_groups.push(self.security_group_shape(context, group));
            }
        }
        Ok(DescribeSecurityGroupsResult { security_groups, next_token: None })
    }

    fn security_group_shape(&self, context: &Context, group: &SecurityGroup) -> crate::api::ec2::SecurityGroup {
        let everywhere = IpRange { cidr_ip: "0.0.0.0/0".into(), description: None };
        let egress =
            IpPermission { ip_protocol: Some("-1".into()), ip_ranges: vec![everywhere], ..IpPermission::default() };
        crate::api::ec2::SecurityGroup {
            group_id: group.group_id.clone(),
            group_name: group.name.clone(),
            description: group.description.clone(),
            owner_id: ACCOUNT_ID.into(),
            vpc_id: self.network.vpc_id.clone(),
            security_group_arn: context.arn("ec2", &format!("security-group/{}", group.group_id)),
            ip_permissions: group.rules.iter().map(Rule::permission).collect(),
            ip_permissions_egress: vec![egress],
            tags: group.tags.clone(),
        }
    }

    pub(super) fn delete_security_group(
        &mut self,
        input: &DeleteSecurityGroupRequest,
    ) -> Result<DeleteSecurityGroupResult, ApiError> {
        let group_id = self.security_group_id(input.group_id.as_deref(), input.group_name.as_deref())?;
        if self.default_security_group() == Some(group_id.as_str()) {
            let message = format!("the specified group: \"{group_id}\" name: \"default\" cannot be deleted by a user");
            return Err(ApiError::new("CannotDelete", message));
        }
        let referenced = self.security_groups.values().filter(|group| group.group_id != group_id);
        let referenced =
            referenced.flat_map(|group| &group.rules).any(|rule| rule.source == Source::Group(group_id.clone()));
        let attached =
            self.instances.values().any(|instance| !instance.is_gone() && instance.security_groups.contains(&group_id));
        if referenced || attached {
            return Err(has_dependent(&group_id));
        }
        check_dry_run(input.dry_run)?;
        self.security_groups.remove(&group_id);
        Ok(DeleteSecurityGroupResult { r#return: true, group_id })
    }
}

/// The refusal to delete a group that something else uses.
pub(in crate::cloud) fn has_dependent(group_id: &str) -> ApiError {
    ApiError::new("DependencyViolation", format!("resource {group_id} has a dependent object"))
}

fn not_found(group: &str) -> ApiError {
    ApiError::new("InvalidGroup.NotFound", format!("The security group '{group}' does not exist"))
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
    let peer = match &rule.source {
        Source::Cidr(block) => block,
        Source::Group(group_id) => group_id,
    };
    let protocol = rule.protocol.to_uppercase();
    let (from, to) = (rule.from_port, rule.to_port);
    format!("the specified rule \"peer: {peer}, {protocol}, from port: {from}, to port: {to}, ALLOW\" already exists")
}
