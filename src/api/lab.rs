//! The lab's own service, for what AWS has no API for: the clock, traffic, the files on a server, a visitor's browser, the bill, quotas,
//! and refusals on purpose.
use std::collections::BTreeMap;

use serde_json::Value;

operations! { "lab", Lab;
    /// Moves the clock.
    Advance(AdvanceRequest) -> AdvanceResult;
    /// Moves the clock until nothing is in transition.
    AdvanceUntilSettled(AdvanceUntilSettledRequest) -> AdvanceResult;
    /// Sends visitors to a name or an address.
    SetTraffic(SetTrafficRequest) -> DescribeTrafficResult;
    /// Says who visits what.
    DescribeTraffic(DescribeTrafficRequest) -> DescribeTrafficResult;
    /// Writes a file on a server.
    WriteFile(WriteFileRequest) -> WriteFileResult;
    /// Reads a file of a server.
    ReadFile(ReadFileRequest) -> ReadFileResult;
    /// Lists the files of a server.
    ListFiles(ListFilesRequest) -> ListFilesResult;
    /// Opens a page as a visitor does.
    Visit(VisitRequest) -> VisitResult;
    /// Says why something happened, or why nothing did: the recorded causes.
    Explain(ExplainRequest) -> ExplainResult;
    /// Lists what was asked of the account and how it went, as CloudTrail records it.
    DescribeRequests(DescribeRequestsRequest) -> DescribeRequestsResult;
    /// Says what everything costs: the bill so far, by line, and what an hour costs now.
    DescribeBill(DescribeBillRequest) -> DescribeBillResult;
    /// Lists the quotas of the account in the region.
    DescribeQuotas(DescribeQuotasRequest) -> DescribeQuotasResult;
    /// Sets a quota of the account in the region.
    SetQuota(SetQuotaRequest) -> Quota;
    /// Takes away the right to an operation, as a policy without it does.
    DenyOperation(DenyOperationRequest) -> DescribeAccessResult;
    /// Gives the right to an operation back.
    AllowOperation(AllowOperationRequest) -> DescribeAccessResult;
    /// Lets a service refuse all requests for a time, as it does when they come too fast.
    ThrottleApi(ThrottleApiRequest) -> DescribeAccessResult;
    /// Lists what is denied and throttled.
    DescribeAccess(DescribeAccessRequest) -> DescribeAccessResult;
    /// Breaks something, at once or at a planned time.
    InjectFault(InjectFaultRequest) -> InjectFaultResult;
    /// Mends what was broken, or gives up what was planned.
    ClearFault(ClearFaultRequest) -> ClearFaultResult;
    /// Says what is broken, what was, and what will be.
    DescribeFaults(DescribeFaultsRequest) -> DescribeFaultsResult;
}

shapes! {
    /// Asks to move the clock by so many simulated seconds.
    AdvanceRequest { seconds: f64 }

    /// Asks to move the clock until no instance, image, balancer, target or activity is in transition, or `max_seconds` (3600) have passed.
    AdvanceUntilSettledRequest { max_seconds: Option<f64> }

    /// The moment that was reached, and how long it took to get there.
    AdvanceResult { time: String, seconds: f64, settled: Option<bool> }

    /// Sends visitors to `target` (a DNS name or an IPv4 address, with or without `http://`) in the given profile; zero requests a second
    /// stop them. Streams are told apart by their name, `visitors` if none is given.
    SetTrafficRequest { name: Option<String>, target: String, profile: BTreeMap<String, Value>, request_class: Option<String> }

    /// Asks who visits what.
    DescribeTrafficRequest {}

    /// The streams of visitors.
    DescribeTrafficResult { streams: Vec<TrafficStream> }

    /// A stream of visitors.
    TrafficStream {
        name: String, target: String, profile: BTreeMap<String, Value>, request_class: String, requests_per_second: f64,
    }

    /// Asks to write a text to a file.
    WriteFileRequest { instance_id: String, path: String, content: String }

    /// The file that was written.
    WriteFileResult { path: String, size: i64 }

    /// Asks for a file.
    ReadFileRequest { instance_id: String, path: String }

    /// The file.
    ReadFileResult { path: String, content: String }

    /// Asks for the files of a server.
    ListFilesRequest { instance_id: String }

    /// The files; sizes are in bytes.
    ListFilesResult { files: Vec<FileEntry> }

    /// A file.
    FileEntry { path: String, size: i64 }

    /// Asks for a page (`method` GET), as one of a stream of visitors if it is named. `headers` of the request go by name, such as `Cookie`;
    /// the visitor's address is 198.51.100.7 unless `source_ip` says otherwise. A visitor who counts the visits in `turn` gets another of
    /// a balancer's targets each time, as reloading a page does. One who sends the request only `send_after_seconds` after the connection
    /// was made tries a balancer's patience (408).
    VisitRequest {
        url: String, visitors: Option<String>, method: Option<String>, headers: BTreeMap<String, String>, source_ip: Option<String>,
        turn: Option<i64>, send_after_seconds: Option<f64>,
    }

    /// Asks why: one of a scaling activity, an alarm, an instance, or an Auto Scaling group; of the last three, what happened last up to
    /// a moment, or up to now.
    ExplainRequest {
        activity_id: Option<String>, alarm_name: Option<String>, instance_id: Option<String>,
        auto_scaling_group_name: Option<String>, time: Option<String>,
    }

    /// The answer: the chain of events from the one that is asked about back to what came from outside, and what would have led to
    /// something else.
    ExplainResult { question: String, answer: String, steps: Vec<ExplainStep>, would_have_changed_it: Vec<String> }

    /// An event with the numbers that it was decided by.
    ExplainStep { time: String, region: String, event: String, text: String, details: BTreeMap<String, Value> }

    /// Asks for the requests that may have changed something, the newest first: at most `max_results` (50), only those with this name if
    /// one is given.
    DescribeRequestsRequest { max_results: Option<i64>, event_name: Option<String> }

    /// The requests.
    DescribeRequestsResult { events: Vec<RequestEvent> }

    /// A request, with the members of a CloudTrail record. A refused one has an error code.
    RequestEvent {
        event_id: String, event_time: String, aws_region: String, event_source: String, event_name: String, request_parameters: BTreeMap<String, Value>,
        error_code: Option<String>, error_message: Option<String>,
    }

    /// Asks for the bill.
    DescribeBillRequest {}

    /// The bill. Amounts are decimal numbers in US dollars, exact to a billionth.
    DescribeBillResult {
        since: String, until: String, currency: String, total_amount: String, amount_per_hour: String, regions: Vec<BillRegion>,
        lines: Vec<BillLine>, note: String,
    }

    /// What a region costs; `global` stands for what belongs to none.
    BillRegion { region: String, amount: String, amount_per_hour: String }

    /// A usage type, for one reason: how much was used, the price of a unit, the amount, and what an hour of it costs now.
    BillLine {
        region: String, service: String, usage_type: String, reason: Option<String>, quantity: String, unit: String, rate: String,
        amount: String, amount_per_hour: String,
    }

    /// Asks for the quotas.
    DescribeQuotasRequest {}

    /// The quotas.
    DescribeQuotasResult { quotas: Vec<Quota> }

    /// A quota by its name in Service Quotas, and its code there if it is known.
    Quota { service_code: String, quota_code: Option<String>, quota_name: String, value: i64, default_value: i64 }

    /// Asks to set a quota, by its name or its code.
    SetQuotaRequest { quota_name: Option<String>, quota_code: Option<String>, value: i64 }

    /// Asks to deny an operation such as `RunInstances` of a service such as `ec2`.
    DenyOperationRequest { service: String, operation: String }

    /// Asks to allow an operation again.
    AllowOperationRequest { service: String, operation: String }

    /// Asks a service to refuse everything for so many seconds; zero ends it.
    ThrottleApiRequest { service: String, seconds: f64 }

    /// Asks what is denied and throttled.
    DescribeAccessRequest {}

    /// What is denied and throttled.
    DescribeAccessResult { denied_operations: Vec<DeniedOperation>, throttled_services: Vec<ThrottledService> }

    /// An operation that is refused.
    DeniedOperation { service: String, operation: String }

    /// A service that refuses everything until a moment.
    ThrottledService { service: String, until: String }
    /// What the visitor got: how the name resolved, how long a resolver goes on with that, who answered, and with what. `outcome` is
    /// `Answered`, `ConnectionRefused`, `TimedOut` or `NameNotFound`. `headers` are those of the answer, `forwarded_headers` those that a load
    /// balancer added on the way to the server, `rule_arn` and `target_group_arn` say which way it chose. A redirect is shown, not followed.
    VisitResult {
        url: String, resolved_addresses: Vec<String>, from_cache: bool, ttl_seconds: Option<f64>, outcome: String, status_code: Option<i64>,
        headers: Vec<Header>, body: Option<String>, reason: Option<String>, server: Option<String>, rule_arn: Option<String>,
        target_group_arn: Option<String>, forwarded_headers: Vec<Header>,
    }

    /// A header of an answer.
    Header { name: String, value: String }

    /// Asks to break something. `fault` is one of
    ///
    /// - `KillInstance` (`instance_id`): its machine fails, and the instance is gone;
    /// - `CrashApp`, `HangApp`, `BreakHealthPath`: the program ends, or takes connections and never answers, or answers the health check's
    ///   path with 500;
    /// - `SlowApp` (`factor`, 4 if none is given), `FillCpu` (`percent`, 90), `SlowNetwork` (`millis`, 200);
    /// - `LoseZone` (`availability_zone`): nothing there can be reached or launched;
    /// - `NoCapacity` (`availability_zone`, and `instance_type` if it is not for all types): nothing can be launched there;
    /// - `CloseSecurityGroup` (`group_id`): the group lets nothing in.
    ///
    /// Those without a member of their own meet one instance (`instance_id`), all members of a group (`auto_scaling_group_name`, in the
    /// region that is asked) or all instances of a zone (`availability_zone`). The fault begins after `start_seconds`, at once if none are
    /// given, and ends after `duration_seconds`, or when it is cleared.
    InjectFaultRequest {
        fault: String, instance_id: Option<String>, auto_scaling_group_name: Option<String>, availability_zone: Option<String>,
        instance_type: Option<String>, group_id: Option<String>, factor: Option<f64>, percent: Option<i64>, millis: Option<i64>,
        start_seconds: Option<f64>, duration_seconds: Option<f64>,
    }

    /// The fault as it is kept.
    InjectFaultResult { fault: FaultDescription }

    /// Asks to mend what was broken.
    ClearFaultRequest { fault_id: String }

    /// The fault that is over.
    ClearFaultResult { fault: FaultDescription }

    /// Asks for all faults.
    DescribeFaultsRequest {}

    /// The faults, the oldest first.
    DescribeFaultsResult { faults: Vec<FaultDescription> }

    /// A fault: its id, what and whom it meets, whether it is `planned`, `active` or `over`, and from when until when.
    FaultDescription {
        fault_id: String, fault: String, state: String, start_time: String, end_time: Option<String>, instance_id: Option<String>,
        auto_scaling_group_name: Option<String>, availability_zone: Option<String>, instance_type: Option<String>,
        group_id: Option<String>, factor: Option<f64>, percent: Option<i64>, millis: Option<i64>,
    }
}
