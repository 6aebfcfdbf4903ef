//! Accelerators for inference: those of the retired Elastic Inference, as a lesson in history.
use crate::api::ApiError;
use crate::api::ec2::ElasticInferenceAccelerator;
use crate::cloud::Context;
use crate::cloud::quota::Quota;

/// A type of Elastic Inference accelerator.
///
/// Sources: EC2 User Guide, "Amazon Elastic Inference" (2019), and SageMaker Developer Guide, "How EI Works", for throughput and memory.
/// The prices are a guess from memory.
#[derive(Debug, PartialEq)]
pub struct AcceleratorType {
    /// Its name.
    pub name: &'static str,
    /// Its memory in GiB.
    pub memory_gib: u32,
    /// Its throughput with numbers of 16 bits, in TFLOPS.
    pub fp16_tflops: u32,
    /// Its throughput with numbers of 32 bits, in TFLOPS.
    pub fp32_tflops: u32,
    /// Its price in millionths of a US dollar per hour.
    pub micro_usd_per_hour: u64,
}

/// The types that there were.
pub const ACCELERATOR_TYPES: &[AcceleratorType] = &[
    accelerator_type("eia1.medium", 1, 8, 130_000),
    accelerator_type("eia1.large", 2, 16, 260_000),
    accelerator_type("eia1.xlarge", 4, 32, 520_000),
    accelerator_type("eia2.medium", 2, 8, 120_000),
    accelerator_type("eia2.large", 4, 16, 240_000),
    accelerator_type("eia2.xlarge", 8, 32, 340_000),
];

const fn accelerator_type(name: &'static str, memory_gib: u32, fp16_tflops: u32, price: u64) -> AcceleratorType {
    AcceleratorType { name, memory_gib, fp16_tflops, fp32_tflops: fp16_tflops / 8, micro_usd_per_hour: price }
}

/// The accelerators of one instance: so many of one type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accelerator {
    /// Their type.
    pub kind: &'static AcceleratorType,
    /// How many there are.
    pub count: u32,
}

impl Accelerator {
    /// What the instance's accelerators cost, in millionths of a US dollar per hour.
    pub fn micro_usd_per_hour(&self) -> u64 {
        self.kind.micro_usd_per_hour * u64::from(self.count)
    }
}

/// The accelerators that a launch asks for.
pub(super) fn requested(wanted: &[ElasticInferenceAccelerator]) -> Result<Option<Accelerator>, ApiError> {
    let [wanted, rest @ ..] = wanted else { return Ok(None) };
    let unknown = || {
        let message = format!("Invalid value '{}' for ElasticInferenceAccelerator Type.", wanted.kind);
        ApiError::new("InvalidParameterValue", message)
    };
    let kind = ACCELERATOR_TYPES.iter().find(|kind| kind.name == wanted.kind).ok_or_else(unknown)?;
    if !rest.is_empty() {
        return Err(ApiError::not_in_this_lab("A launch with two kinds of accelerator"));
    }
    Ok(Some(Accelerator { kind, count: wanted.count.unwrap_or(1).clamp(1, MOST) as u32 }))
}

/// Refuses accelerators, as AWS does since April 2024, and says what took their place. Where the quota `elastic_inference_history` is 1, they
/// can be had as before.
pub(super) fn check(context: &Context, wanted: Option<Accelerator>) -> Result<(), ApiError> {
    if wanted.is_some() && context.quotas().of(Quota::ElasticInferenceHistory) == 0 {
        return Err(ApiError::new("UnsupportedOperation", RETIRED));
    }
    Ok(())
}

/// The first sentence is AWS's.
const RETIRED: &str = "Amazon Elastic Inference is no longer available. AWS closed it to new customers on 15 April 2023 and ended it in \
     April 2024. In its place AWS names instances with AWS Inferentia (Inf1, Inf2) or AWS Trainium, instances with GPUs (G5, G6), and \
     Amazon SageMaker. To see it as it was, set the lab's quota elastic_inference_history to 1.";

/// A guess.
const MOST: i64 = 8;
