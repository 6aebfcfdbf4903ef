//! From a request to the method that carries it out.
use super::{Due, Ec2, subnet};
use crate::api::ec2::{Request, Response};
use crate::api::{self, ApiError, Call, apart};
use crate::cloud::{Cloud, Context, Region};
use crate::sim::SimTime;

/// A table of operations and methods; every method takes the context and the operation's input.
macro_rules! dispatch {
    ($region:ident, $context:ident, $request:ident;
     ec2 { $($operation:ident => $method:ident;)* } region { $($regional:ident => $regional_method:ident;)* }) => {
        match $request {
            $(Request::$operation(input) => {
                apart(|| $region.ec2.$method($context, input).map(Response::$operation))
            })*
            $(Request::$regional(input) => {
                apart(|| $region.$regional_method($context, input).map(Response::$regional))
            })*
        }
    };
}

impl Region {
    /// Does what has become due. An instance that disappears leaves its target groups too.
    pub(in crate::cloud) fn handle_ec2(&mut self, context: &mut Context, due: Due) {
        if let Due::InstanceDisappears { instance_id } = &due {
            self.elb.forget_instance(context, instance_id);
        }
        self.ec2.handle(context, due);
    }

    /// Carries out a request to EC2. One with a client token that was used before gets the former answer.
    pub(in crate::cloud) fn call_ec2(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        let token = self.ec2.client_token(&request)?;
        if let Some(answer) = token.as_ref().and_then(|token| token.answer.clone()) {
            return Ok(answer);
        }
        let response = self.dispatch_ec2(context, request)?;
        if let Some(token) = token {
            self.ec2.remember(token, &response);
        }
        Ok(response)
    }

    fn dispatch_ec2(&mut self, context: &mut Context, request: Request) -> Result<Response, ApiError> {
        let region = self;
        dispatch! { region, context, request;
            ec2 {
            DescribeRegions => describe_regions;
            DescribeAvailabilityZones => describe_zones;
            DescribeVpcs => describe_vpcs;
            CreateVpc => create_vpc;
            DeleteVpc => delete_vpc;
            DescribeSubnets => describe_subnets;
            CreateSubnet => create_subnet;
            ModifySubnetAttribute => modify_subnet_attribute;
            CreateInternetGateway => create_internet_gateway;
            AttachInternetGateway => attach_internet_gateway;
            DetachInternetGateway => detach_internet_gateway;
            DeleteInternetGateway => delete_internet_gateway;
            DescribeInternetGateways => describe_internet_gateways;
            DescribeInstanceTypes => describe_instance_types;
            DescribeInstanceTypeOfferings => describe_instance_type_offerings;
            RunInstances => run_instances;
            DescribeInstances => describe_instances;
            DescribeInstanceStatus => describe_instance_status;
            StartInstances => start_instances;
            StopInstances => stop_instances;
            RebootInstances => reboot_instances;
            TerminateInstances => terminate_instances;
            DescribeInstanceAttribute => describe_instance_attribute;
            ModifyInstanceAttribute => modify_instance_attribute;
            MonitorInstances => monitor_instances;
            UnmonitorInstances => unmonitor_instances;
            DescribeInstanceCreditSpecifications => describe_credit_specifications;
            ModifyInstanceCreditSpecification => modify_credit_specification;
            GetConsoleOutput => get_console_output;
            ModifyInstanceMetadataOptions => modify_metadata_options;
            CreateImage => create_image;
            CopyImage => copy_image;
            DescribeImages => describe_images;
            EnableImageDeprecation => enable_image_deprecation;
            DisableImage => disable_image;
            DeregisterImage => deregister_image;
            CreateSnapshot => create_snapshot;
            CopySnapshot => copy_snapshot;
            DescribeSnapshots => describe_snapshots;
            DeleteSnapshot => delete_snapshot;
            DescribeVolumes => describe_volumes;
                DeleteVolume => delete_volume;
            AllocateAddress => allocate_address;
            AssociateAddress => associate_address;
            DisassociateAddress => disassociate_address;
            ReleaseAddress => release_address;
            CreateLaunchTemplate => create_launch_template;
            CreateLaunchTemplateVersion => create_launch_template_version;
            DescribeLaunchTemplates => describe_launch_templates;
            DescribeLaunchTemplateVersions => describe_launch_template_versions;
            ModifyLaunchTemplate => modify_launch_template;
            DeleteLaunchTemplate => delete_launch_template;
            DeleteLaunchTemplateVersions => delete_launch_template_versions;
            GetLaunchTemplateData => get_launch_template_data;
            CreateSecurityGroup => create_security_group;
            AuthorizeSecurityGroupIngress => authorize_ingress;
            AuthorizeSecurityGroupEgress => authorize_egress;
            RevokeSecurityGroupIngress => revoke_ingress;
            RevokeSecurityGroupEgress => revoke_egress;
            DescribeSecurityGroups => describe_security_groups;
            DescribeSecurityGroupRules => describe_security_group_rules;
            ModifySecurityGroupRules => modify_security_group_rules;
            CreateTags => create_tags;
            DeleteTags => delete_tags;
            DescribeTags => describe_tags;
            CreateKeyPair => create_key_pair;
            DescribeKeyPairs => describe_key_pairs;
            DeleteKeyPair => delete_key_pair;
            DescribeAccountAttributes => describe_account_attributes;
            }
            region {
                DescribeAddresses => describe_all_addresses;
                DeleteSecurityGroup => delete_unused_security_group;
                DeleteSubnet => delete_unused_subnet;
            }
        }
    }

    /// The account's addresses, and those of its load balancers, which AWS manages.
    fn describe_all_addresses(
        &mut self,
        context: &mut Context,
        input: api::ec2::DescribeAddressesRequest,
    ) -> Result<api::ec2::DescribeAddressesResult, ApiError> {
        let balancers = self.elb.load_balancers.values().filter(|balancer| !balancer.is_internal);
        let addresses = balancers.flat_map(|balancer| &balancer.zones).map(|node| node.address.clone()).collect();
        self.ec2.describe_addresses(context, input, addresses)
    }

    fn delete_unused_security_group(
        &mut self,
        context: &mut Context,
        input: api::ec2::DeleteSecurityGroupRequest,
    ) -> Result<api::ec2::DeleteSecurityGroupResult, ApiError> {
        self.refuse_if_used_by_balancer(&input)?;
        self.ec2.delete_security_group(context, input)
    }

    fn delete_unused_subnet(
        &mut self,
        context: &mut Context,
        input: api::ec2::DeleteSubnetRequest,
    ) -> Result<api::ec2::Nothing, ApiError> {
        let nodes = self.elb.load_balancers.values().flat_map(|balancer| &balancer.zones);
        if nodes.into_iter().any(|node| node.subnet_id == input.subnet_id) {
            return Err(subnet::in_use(&input.subnet_id));
        }
        self.ec2.delete_subnet(context, input)
    }
}

/// Whether the request only asks whether it would succeed.
pub(in crate::cloud) fn is_dry_run(request: &api::Request) -> bool {
    matches!(request, api::Request::Ec2(request) if request.parameters()["DryRun"] == true)
}

/// Carries a dry run out on a copy of the cloud, and refuses as AWS does: `DryRunOperation` if it would have succeeded.
pub(in crate::cloud) fn dry_run(cloud: &Cloud, now: SimTime, call: &Call) -> ApiError {
    let mut parameters = call.request.parameters();
    parameters["DryRun"] = false.into();
    let real = api::Request::from_parameters(call.request.service(), call.request.operation(), parameters);
    let outcome = real.and_then(|request| cloud.clone().call(now, &Call { region: call.region.clone(), request }));
    match outcome {
        Ok(_) => ApiError::new("DryRunOperation", "Request would have succeeded, but DryRun flag is set."),
        Err(refusal) => refusal,
    }
}

impl Ec2 {
    /// Whether the request is one of those that AWS answers once for each client token; refuses a token with other parameters.
    fn client_token(&self, request: &Request) -> Result<Option<ClientToken>, ApiError> {
        let parameters = request.parameters();
        let Some(token) = parameters["ClientToken"].as_str() else { return Ok(None) };
        let key = (request.operation(), token.to_owned());
        let Some((former, answer)) = self.client_tokens.get(&key) else {
            return Ok(Some(ClientToken { key, parameters, answer: None }));
        };
        if *former != parameters {
            let message =
                "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).";
            return Err(ApiError::new("IdempotentParameterMismatch", message));
        }
        Ok(Some(ClientToken { key, parameters, answer: Some(answer.clone()) }))
    }

    /// Simplified: a token is remembered as long as the session lasts; AWS forgets it after some time.
    fn remember(&mut self, token: ClientToken, answer: &Response) {
        self.client_tokens.insert(token.key, (token.parameters, answer.clone()));
    }
}

/// A client token in use.
struct ClientToken {
    key: (&'static str, String),
    parameters: serde_json::Value,
    answer: Option<Response>,
}
