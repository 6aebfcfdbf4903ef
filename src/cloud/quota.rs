//! The limits of the account in a region, by the names that Service Quotas gives them. They belong to the scenario.
use super::elb::ElbQuotas;
use crate::api::ApiError;

/// Declares the quotas: the name in the code, the service, AWS's name, AWS's default, and what the sandbox starts with.
macro_rules! quotas {
    ($($(#[$meta:meta])* $quota:ident: $service:literal, $name:literal, $default:literal, $sandbox:literal;)*) => {
        /// A limit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Quota { $(#[doc = $name] $(#[$meta])* $quota,)* }

        /// All limits, in the order of [`Quota`].
        pub const QUOTAS: &[QuotaInfo] = &[$(QuotaInfo {
            quota: Quota::$quota, service: $service, name: $name, aws_default: $default, sandbox: $sandbox,
        },)*];
    };
}

/// What is known of a limit.
#[derive(Debug)]
pub struct QuotaInfo {
    /// The limit.
    pub quota: Quota,
    /// The service that keeps it, such as `ec2`.
    pub service: &'static str,
    /// Its name in Service Quotas.
    pub name: &'static str,
    /// What a new account has.
    pub aws_default: u64,
    /// What the sandbox starts with: room to play.
    pub sandbox: u64,
}

quotas! {
    StandardVcpus: "ec2", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 5, 256;
    GraphicsVcpus: "ec2", "Running On-Demand G and VT instances", 0, 0;
    InferentiaVcpus: "ec2", "Running On-Demand Inf instances", 0, 0;
    ElasticIps: "ec2", "EC2-VPC Elastic IPs", 5, 5;
    /// The name is a guess.
    KeyPairs: "ec2", "Key pairs per Region", 5_000, 5_000;
    Images: "ec2", "AMIs", 50_000, 50_000;
    /// The name is a guess.
    ImageCopies: "ec2", "Concurrent AMI copies per destination Region", 100, 100;
    LaunchTemplates: "ec2", "Launch templates per Region", 5_000, 5_000;
    LaunchTemplateVersions: "ec2", "Launch template versions", 10_000, 10_000;
    Vpcs: "vpc", "VPCs per Region", 5, 5;
    SubnetsPerVpc: "vpc", "Subnets per VPC", 200, 200;
    InternetGateways: "vpc", "Internet gateways per Region", 5, 5;
    SecurityGroups: "vpc", "VPC security groups per Region", 2_500, 2_500;
    /// Inbound and outbound rules count apart.
    RulesPerSecurityGroup: "vpc", "Inbound or outbound rules per security group", 60, 60;
    SecurityGroupsPerInterface: "vpc", "Security groups per network interface", 5, 5;
    /// A switch of the lab: 1 brings the retired Elastic Inference back, as a lesson in history.
    ElasticInferenceHistory: "lab", "elastic_inference_history", 0, 0;
}

/// How much the account may have at a time in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    values: [u64; QUOTAS.len()],
    /// What Elastic Load Balancing has limits for.
    pub elb: ElbQuotas,
}

impl Quotas {
    /// AWS's defaults for a new account.
    pub const AWS_DEFAULT: Quotas = Quotas::filled(false);
    /// The sandbox starts with room to play.
    pub const SANDBOX: Quotas = Quotas::filled(true);

    const fn filled(is_sandbox: bool) -> Quotas {
        let mut values = [0; QUOTAS.len()];
        let mut index = 0;
        while index < QUOTAS.len() {
            values[index] = if is_sandbox { QUOTAS[index].sandbox } else { QUOTAS[index].aws_default };
            index += 1;
        }
        Quotas { values, elb: ElbQuotas::AWS_DEFAULT }
    }

    /// The names of all limits.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let of_elb = Quotas::AWS_DEFAULT.elb.clone().named().map(|(name, _)| name);
        QUOTAS.iter().map(|info| info.name).chain(of_elb)
    }

    /// The limit.
    pub fn of(&self, quota: Quota) -> u64 {
        self.values[quota as usize]
    }

    /// The limit of this name; none if there is no such limit.
    pub fn get(&self, name: &str) -> Option<u64> {
        let of_elb = || self.elb.clone().named().into_iter().find(|known| known.0 == name).map(|known| *known.1 as u64);
        find(name).map(|quota| self.of(quota)).or_else(of_elb)
    }

    /// Sets the limit of this name.
    ///
    /// # Errors
    /// `NoSuchResourceException`, as Service Quotas says it, if there is no such limit.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), ApiError> {
        if let Some(quota) = find(name) {
            self.values[quota as usize] = value;
            return Ok(());
        }
        let missing = || {
            let message = format!("The request failed because the quota '{name}' does not exist.");
            ApiError::new("NoSuchResourceException", message)
        };
        let (_, limit) = self.elb.named().into_iter().find(|known| known.0 == name).ok_or_else(missing)?;
        *limit = usize::try_from(value).unwrap_or(usize::MAX);
        Ok(())
    }

    /// Whether one more fits to `used` ones.
    pub fn has_room(&self, quota: Quota, used: usize) -> bool {
        (used as u64) < self.of(quota)
    }
}

fn find(name: &str) -> Option<Quota> {
    QUOTAS.iter().find(|info| info.name == name).map(|info| info.quota)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_set_and_read_by_its_name() {
        let mut quotas = Quotas::AWS_DEFAULT;
        assert_eq!((quotas.get("EC2-VPC Elastic IPs"), quotas.of(Quota::StandardVcpus)), (Some(5), 5));
        quotas.set("EC2-VPC Elastic IPs", 7).expect("there is such a quota");
        assert_eq!(quotas.of(Quota::ElasticIps), 7);
        quotas.set("target-groups", 3).expect("there is such a quota");
        assert_eq!((quotas.elb.target_groups, Quotas::names().filter(|name| *name == "target-groups").count()), (3, 1));
        assert_eq!(quotas.set("Elastic wishes", 7).expect_err("no such quota").code, "NoSuchResourceException");
    }

    #[test]
    fn the_table_is_in_the_order_of_the_quotas() {
        assert!(QUOTAS.iter().enumerate().all(|(index, info)| info.quota as usize == index));
    }
}
