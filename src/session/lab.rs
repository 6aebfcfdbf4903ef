//! The `lab` service: the clock, visitors, files, a visitor's browser.
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Session, Visitors};
use crate::api::ApiError;
use crate::api::lab::{
    AdvanceResult, DescribeTrafficResult, FileEntry, ListFilesRequest, ListFilesResult, ReadFileRequest,
    ReadFileResult, Request, Response, SetTrafficRequest, TrafficStream, WriteFileRequest, WriteFileResult,
};
use crate::cloud::dns::Resolution;
use crate::cloud::ec2::Instance;
use crate::cloud::ec2::disk::Disk;
use crate::sim::{SimDuration, SimTime};
use crate::traffic::{Profile, RequestClass, StreamId, StreamSpec};

/// The most seconds that one request may move the clock: a leap year.
const MOST_SECONDS: f64 = 366.0 * 86_400.0;
/// How far the clock moves between two looks at whether all is settled.
const LOOK: SimDuration = SimDuration::from_secs(5);

impl Session {
    pub(super) fn call_lab(&mut self, region: &str, request: &Request) -> Result<Response, ApiError> {
        Ok(match request {
            Request::Advance(input) => Response::Advance(self.advance_by(input.seconds)?),
            Request::AdvanceUntilSettled(input) => {
                Response::AdvanceUntilSettled(self.advance_until_settled(input.max_seconds.unwrap_or(3_600.0))?)
            }
            Request::SetTraffic(input) => {
                self.set_traffic(input)?;
                Response::SetTraffic(self.describe_traffic())
            }
            Request::DescribeTraffic(_) => Response::DescribeTraffic(self.describe_traffic()),
            Request::WriteFile(input) => Response::WriteFile(self.write_file(input)?),
            Request::ReadFile(input) => Response::ReadFile(self.read_file(input)?),
            Request::ListFiles(input) => Response::ListFiles(self.list_files(input)?),
            Request::InjectFault(input) => Response::InjectFault(self.inject_fault(region, input)?),
            Request::ClearFault(input) => Response::ClearFault(self.clear_fault(input)?),
            Request::DescribeFaults(_) => Response::DescribeFaults(self.describe_faults()),
            Request::Visit(input) => Response::Visit(self.visit_as(input)?),
            Request::Explain(input) => Response::Explain(self.explain(input)?),
            Request::DescribeRequests(input) => Response::DescribeRequests(self.describe_requests(input)),
            Request::DescribeBill(_) => Response::DescribeBill(self.describe_bill()),
            Request::DescribeQuotas(_) => Response::DescribeQuotas(self.describe_quotas(region)?),
            Request::SetQuota(input) => Response::SetQuota(self.set_quota(region, input)?),
            Request::DenyOperation(input) => Response::DenyOperation(self.deny_operation(input)?),
            Request::AllowOperation(input) => Response::AllowOperation(self.allow_operation(input)?),
            Request::ThrottleApi(input) => Response::ThrottleApi(self.throttle_api(input)?),
            Request::DescribeAccess(_) => Response::DescribeAccess(self.describe_access()),
        })
    }

    fn advance_by(&mut self, seconds: f64) -> Result<AdvanceResult, ApiError> {
        let start = self.now;
        self.run_to(start + checked_length(seconds)?);
        Ok(self.advance_result(start, None))
    }

    fn advance_until_settled(&mut self, most: f64) -> Result<AdvanceResult, ApiError> {
        let (start, end) = (self.now, self.now + checked_length(most)?);
        while !self.is_settled() && self.now < end {
            self.run_to((self.now + LOOK).min(end));
        }
        Ok(self.advance_result(start, Some(self.is_settled())))
    }

    fn advance_result(&self, start: SimTime, settled: Option<bool>) -> AdvanceResult {
        AdvanceResult { time: self.now.to_iso8601(), seconds: self.now.since(start).as_secs_f64(), settled }
    }

    fn set_traffic(&mut self, input: &SetTrafficRequest) -> Result<(), ApiError> {
        let name = input.name.clone().unwrap_or_else(|| "visitors".into());
        let profile = checked_profile(&input.profile)?;
        let class = checked_class(input.request_class.as_deref())?;
        let known = self.streams.iter().find(|(_, known)| known.name == name).map(|(id, _)| *id);
        let id = known.unwrap_or(StreamId(self.streams.len() as u32));
        self.traffic.set_stream(id, StreamSpec::new(profile.clone(), class));
        let resolver = self.streams.get(&id).map(|known| known.resolver.clone()).unwrap_or_default();
        let (target, resolution) = (input.target.clone(), Resolution::default());
        self.streams.insert(id, Visitors { name, target, profile, class, resolver, resolution });
        Ok(())
    }

    fn describe_traffic(&self) -> DescribeTrafficResult {
        let stream = |(id, visitors): (&StreamId, &Visitors)| TrafficStream {
            name: visitors.name.clone(),
            target: visitors.target.clone(),
            profile: profile_members(&visitors.profile),
            request_class: visitors.class.name().into(),
            requests_per_second: self.traffic.rate(*id),
        };
        DescribeTrafficResult { streams: self.streams.iter().map(stream).collect() }
    }

    fn write_file(&mut self, input: &WriteFileRequest) -> Result<WriteFileResult, ApiError> {
        let name = self.region_of(&input.instance_id)?;
        let (region, _) = self.cloud.enter(self.now, &name, None)?;
        let instance = region.ec2.instances.get_mut(&input.instance_id);
        let instance =
            instance.filter(|instance| instance.is_booted()).ok_or_else(|| not_reachable(&input.instance_id))?;
        instance.disk.write(&input.path, &input.content);
        Ok(WriteFileResult { path: input.path.clone(), size: input.content.len() as i64 })
    }

    fn read_file(&self, input: &ReadFileRequest) -> Result<ReadFileResult, ApiError> {
        let content = self.disk(&input.instance_id)?.read(&input.path);
        let content = content
            .ok_or_else(|| ApiError::new("FileNotFound", format!("There is no file {} on the server.", input.path)))?;
        Ok(ReadFileResult { path: input.path.clone(), content: content.to_owned() })
    }

    fn list_files(&self, input: &ListFilesRequest) -> Result<ListFilesResult, ApiError> {
        let entry = |(path, content): (&str, &str)| FileEntry { path: path.to_owned(), size: content.len() as i64 };
        Ok(ListFilesResult { files: self.disk(&input.instance_id)?.files().map(entry).collect() })
    }

    fn disk(&self, instance_id: &str) -> Result<&Disk, ApiError> {
        let name = self.region_of(instance_id)?;
        let instance = self.cloud.region(&name).and_then(|region| region.ec2.instances.get(instance_id));
        instance
            .filter(|instance| instance.is_booted())
            .map(|instance| &instance.disk)
            .ok_or_else(|| not_reachable(instance_id))
    }

    pub(super) fn region_of(&self, instance_id: &str) -> Result<String, ApiError> {
        let has_it = |instances: &BTreeMap<String, Instance>| instances.contains_key(instance_id);
        let found = self.cloud.regions().find(|region| has_it(&region.ec2.instances));
        let message =
            || ApiError::new("InvalidInstanceID.NotFound", format!("The instance ID '{instance_id}' does not exist"));
        found.map(|region| region.info.name.to_owned()).ok_or_else(message)
    }
}

fn checked_length(seconds: f64) -> Result<SimDuration, ApiError> {
    if (0.0..=MOST_SECONDS).contains(&seconds) {
        return Ok(SimDuration::from_secs_f64(seconds));
    }
    Err(ApiError::validation(format!("Seconds must be between 0 and {MOST_SECONDS}, not {seconds}.")))
}

fn checked_profile(members: &BTreeMap<String, Value>) -> Result<Profile, ApiError> {
    if let Some((name, value)) = members.iter().find(|(_, value)| value.as_f64().is_some_and(|number| number < 0.0)) {
        return Err(ApiError::validation(format!("{name} must not be negative, but it is {value}.")));
    }
    let value = Value::Object(members.clone().into_iter().collect());
    let profile: Profile = serde_json::from_value(value).map_err(|error| {
        let example = r#"{"Type":"Steady","RequestsPerSecond":20}"#;
        ApiError::validation(format!("The profile cannot be read ({error}). An example is {example}."))
    })?;
    match profile.fault() {
        Some(fault) => Err(ApiError::validation(fault)),
        None => Ok(profile),
    }
}

fn checked_class(name: Option<&str>) -> Result<RequestClass, ApiError> {
    let Some(name) = name else { return Ok(RequestClass::default()) };
    let found = RequestClass::ALL.into_iter().find(|class| class.name() == name);
    let names = RequestClass::ALL.map(RequestClass::name).join(", ");
    found.ok_or_else(|| ApiError::validation(format!("There is no request class {name}. There are {names}.")))
}

fn profile_members(profile: &Profile) -> BTreeMap<String, Value> {
    let value = serde_json::to_value(profile).unwrap_or_else(|_| Value::Object(Map::new()));
    value.as_object().cloned().unwrap_or_default().into_iter().collect()
}

fn not_reachable(instance_id: &str) -> ApiError {
    ApiError::new(
        "InstanceNotReachable",
        format!("The instance '{instance_id}' is not running, or it is still booting."),
    )
}
