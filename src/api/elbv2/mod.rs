//! Shapes of Elastic Load Balancing (API version 2015-12-01), one file per family of operations.
mod listener;
mod load_balancer;
mod rule;
mod tag;
mod target;
mod target_group;

pub use listener::*;
pub use load_balancer::*;
pub use rule::*;
pub use tag::*;
pub use target::*;
pub use target_group::*;

operations! { "elbv2", Elbv2;
    /// Makes a load balancer.
    CreateLoadBalancer(CreateLoadBalancerInput) -> CreateLoadBalancerOutput;
    /// Lists load balancers.
    DescribeLoadBalancers(DescribeLoadBalancersInput) -> DescribeLoadBalancersOutput;
    /// Deletes a load balancer with its listeners.
    DeleteLoadBalancer(DeleteLoadBalancerInput) -> DeleteLoadBalancerOutput;
    /// Changes attributes of a load balancer.
    ModifyLoadBalancerAttributes(ModifyLoadBalancerAttributesInput) -> ModifyLoadBalancerAttributesOutput;
    /// Lists attributes of a load balancer.
    DescribeLoadBalancerAttributes(DescribeLoadBalancerAttributesInput) -> DescribeLoadBalancerAttributesOutput;
    /// Gives a load balancer other security groups.
    SetSecurityGroups(SetSecurityGroupsInput) -> SetSecurityGroupsOutput;
    /// Gives a load balancer other subnets.
    SetSubnets(SetSubnetsInput) -> SetSubnetsOutput;
    /// Gives a load balancer another kind of addresses.
    SetIpAddressType(SetIpAddressTypeInput) -> SetIpAddressTypeOutput;
    /// Makes a target group.
    CreateTargetGroup(CreateTargetGroupInput) -> CreateTargetGroupOutput;
    /// Lists target groups.
    DescribeTargetGroups(DescribeTargetGroupsInput) -> DescribeTargetGroupsOutput;
    /// Changes the health checks of a target group.
    ModifyTargetGroup(ModifyTargetGroupInput) -> ModifyTargetGroupOutput;
    /// Deletes a target group.
    DeleteTargetGroup(DeleteTargetGroupInput) -> DeleteTargetGroupOutput;
    /// Changes attributes of a target group.
    ModifyTargetGroupAttributes(ModifyTargetGroupAttributesInput) -> ModifyTargetGroupAttributesOutput;
    /// Lists attributes of a target group.
    DescribeTargetGroupAttributes(DescribeTargetGroupAttributesInput) -> DescribeTargetGroupAttributesOutput;
    /// Registers instances with a target group.
    RegisterTargets(RegisterTargetsInput) -> RegisterTargetsOutput;
    /// Takes instances out of a target group.
    DeregisterTargets(DeregisterTargetsInput) -> DeregisterTargetsOutput;
    /// Says how the targets are.
    DescribeTargetHealth(DescribeTargetHealthInput) -> DescribeTargetHealthOutput;
    /// Makes a listener.
    CreateListener(CreateListenerInput) -> CreateListenerOutput;
    /// Lists listeners.
    DescribeListeners(DescribeListenersInput) -> DescribeListenersOutput;
    /// Changes a listener.
    ModifyListener(ModifyListenerInput) -> ModifyListenerOutput;
    /// Deletes a listener.
    DeleteListener(DeleteListenerInput) -> DeleteListenerOutput;
    /// Makes a rule of a listener.
    CreateRule(CreateRuleInput) -> CreateRuleOutput;
    /// Lists rules.
    DescribeRules(DescribeRulesInput) -> DescribeRulesOutput;
    /// Changes a rule.
    ModifyRule(ModifyRuleInput) -> ModifyRuleOutput;
    /// Deletes a rule.
    DeleteRule(DeleteRuleInput) -> DeleteRuleOutput;
    /// Gives rules other priorities.
    SetRulePriorities(SetRulePrioritiesInput) -> SetRulePrioritiesOutput;
    /// Adds tags.
    AddTags(AddTagsInput) -> AddTagsOutput;
    /// Removes tags.
    RemoveTags(RemoveTagsInput) -> RemoveTagsOutput;
    /// Lists tags.
    DescribeTags(DescribeTagsInput) -> DescribeTagsOutput;
    /// Lists the account's limits.
    DescribeAccountLimits(DescribeAccountLimitsInput) -> DescribeAccountLimitsOutput;
}
