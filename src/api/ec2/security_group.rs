//! Security groups.
use super::{Filter, Tag, TagSpecification};

shapes! {
    /// Asks for a new security group.
    CreateSecurityGroupRequest {
        group_name: String, description: String, vpc_id: Option<String>, tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// The security group that was made.
    CreateSecurityGroupResult { group_id: String, security_group_arn: String, tags: Vec<Tag> }

    /// What may come in: a protocol, a range of ports, and from where. Protocol `-1` is every protocol.
    IpPermission {
        ip_protocol: Option<String>, from_port: Option<i64>, to_port: Option<i64>, ip_ranges: Vec<IpRange>,
        user_id_group_pairs: Vec<UserIdGroupPair>,
    }

    /// A block of IPv4 addresses, such as `0.0.0.0/0` for all of them.
    IpRange { cidr_ip: String, description: Option<String> }

    /// Members of a security group.
    UserIdGroupPair {
        group_id: Option<String>, group_name: Option<String>, user_id: Option<String>, vpc_id: Option<String>, description: Option<String>,
    }

    /// Asks to let traffic in, as permissions or as one rule.
    AuthorizeSecurityGroupIngressRequest {
        group_id: Option<String>, group_name: Option<String>, ip_permissions: Vec<IpPermission>, ip_protocol: Option<String>,
        from_port: Option<i64>, to_port: Option<i64>, cidr_ip: Option<String>, tag_specifications: Vec<TagSpecification>,
        dry_run: Option<bool>,
    }

    /// The rules that were made.
    AuthorizeSecurityGroupIngressResult { r#return: bool, security_group_rules: Vec<SecurityGroupRule> }

    /// One rule of a security group.
    SecurityGroupRule {
        security_group_rule_id: String, group_id: String, group_owner_id: String, is_egress: bool, ip_protocol: String,
        from_port: i64, to_port: i64, cidr_ipv4: Option<String>, referenced_group_info: Option<ReferencedSecurityGroup>,
        description: Option<String>, tags: Vec<Tag>, security_group_rule_arn: String,
    }

    /// The group whose members a rule lets in.
    ReferencedSecurityGroup { group_id: String, user_id: Option<String> }

    /// Asks to stop letting traffic in.
    RevokeSecurityGroupIngressRequest {
        group_id: Option<String>, group_name: Option<String>, ip_permissions: Vec<IpPermission>, security_group_rule_ids: Vec<String>,
        ip_protocol: Option<String>, from_port: Option<i64>, to_port: Option<i64>, cidr_ip: Option<String>, dry_run: Option<bool>,
    }

    /// Whether it was done.
    RevokeSecurityGroupIngressResult { r#return: bool, revoked_security_group_rules: Vec<RevokedSecurityGroupRule> }

    /// A rule that is no more.
    RevokedSecurityGroupRule {
        security_group_rule_id: String, group_id: String, is_egress: bool, ip_protocol: String, from_port: i64, to_port: i64,
        cidr_ipv4: Option<String>, referenced_group_id: Option<String>, description: Option<String>,
    }

    /// Asks to let traffic out.
    AuthorizeSecurityGroupEgressRequest {
        group_id: String, ip_permissions: Vec<IpPermission>, tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// The rules that were made.
    AuthorizeSecurityGroupEgressResult { r#return: bool, security_group_rules: Vec<SecurityGroupRule> }

    /// Asks to stop letting traffic out.
    RevokeSecurityGroupEgressRequest {
        group_id: String, ip_permissions: Vec<IpPermission>, security_group_rule_ids: Vec<String>, dry_run: Option<bool>,
    }

    /// Whether it was done.
    RevokeSecurityGroupEgressResult { r#return: bool, revoked_security_group_rules: Vec<RevokedSecurityGroupRule> }

    /// Asks for rules.
    DescribeSecurityGroupRulesRequest {
        security_group_rule_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>,
        dry_run: Option<bool>,
    }

    /// The rules.
    DescribeSecurityGroupRulesResult { security_group_rules: Vec<SecurityGroupRule>, next_token: Option<String> }

    /// Asks to change rules of a group; their direction stays.
    ModifySecurityGroupRulesRequest { group_id: String, security_group_rules: Vec<SecurityGroupRuleUpdate>, dry_run: Option<bool> }

    /// A rule and what it shall say.
    SecurityGroupRuleUpdate { security_group_rule_id: String, security_group_rule: Option<SecurityGroupRuleRequest> }

    /// What a rule shall say.
    SecurityGroupRuleRequest {
        ip_protocol: Option<String>, from_port: Option<i64>, to_port: Option<i64>, cidr_ipv4: Option<String>,
        referenced_group_id: Option<String>, description: Option<String>,
    }

    /// Whether it was done.
    ModifySecurityGroupRulesResult { r#return: bool }

    /// Asks for security groups.
    DescribeSecurityGroupsRequest {
        group_ids: Vec<String>, group_names: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>,
        dry_run: Option<bool>,
    }

    /// The security groups.
    DescribeSecurityGroupsResult { security_groups: Vec<SecurityGroup>, next_token: Option<String> }

    /// A security group: who may come in, and where its members may go.
    SecurityGroup {
        group_id: String, group_name: String, description: String, owner_id: String, vpc_id: String, security_group_arn: String,
        ip_permissions: Vec<IpPermission>, ip_permissions_egress: Vec<IpPermission>, tags: Vec<Tag>,
    }

    /// Asks to delete a security group.
    DeleteSecurityGroupRequest { group_id: Option<String>, group_name: Option<String>, dry_run: Option<bool> }

    /// What was deleted.
    DeleteSecurityGroupResult { r#return: bool, group_id: String }
}
