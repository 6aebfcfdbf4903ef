//! A data plane under test: streams, servers and doors in a few words.
use scaling_lab::sim::{Distribution, Randomness, SimDuration, SimTime};
use scaling_lab::traffic::{
    Algorithm, Balancer, Discipline, Door, Fleet, Outcome, Profile, RequestClass, Sample, ServerId, ServerSpec,
    StreamId, StreamSample, StreamSpec, Traffic,
};

/// The mean work of a request.
pub const WORK: SimDuration = SimDuration::from_micros(50_000);
/// When the tests begin: on a full second, as a session does.
pub const START: SimTime = SimTime::from_secs(3_600);
pub const STREAM: StreamId = StreamId(0);

/// A stream whose requests take [`WORK`] on average, exponentially distributed.
pub fn steady(requests_per_second: f64) -> StreamSpec {
    StreamSpec::new(Profile::Steady { requests_per_second }, RequestClass::Page)
}

/// A stream with work of this law.
pub fn steady_with(requests_per_second: f64, work: Distribution) -> StreamSpec {
    StreamSpec { work, ..steady(requests_per_second) }
}

/// A server with so many workers and practically endless room.
pub fn server(vcpus: u32) -> ServerSpec {
    ServerSpec { vcpus, backlog: 20_000, ..ServerSpec::default() }
}

/// A server whose requests share its CPUs.
pub fn sharing(vcpus: u32) -> ServerSpec {
    ServerSpec { discipline: Discipline::ProcessorSharing, ..server(vcpus) }
}

/// So many equal servers behind a balancer for the first stream.
pub fn balanced(count: u64, spec: &ServerSpec, algorithm: Algorithm) -> Fleet {
    let ids = (1..=count).map(ServerId);
    Fleet {
        servers: ids.clone().map(|id| (id, spec.clone())).collect(),
        doors: [(STREAM, Door::Balancer(Balancer::to(algorithm, ids)))].into(),
    }
}

/// One server that visitors go to straight.
pub fn alone(spec: ServerSpec) -> Fleet {
    Fleet { servers: [(ServerId(1), spec)].into(), doors: [(STREAM, Door::Server(ServerId(1)))].into() }
}

/// A data plane with one stream.
pub fn traffic(seed: u64, stream: StreamSpec, fleet: &Fleet) -> Traffic {
    let mut traffic = Traffic::new(Randomness { seed }, START);
    traffic.set_stream(STREAM, stream);
    traffic.set_fleet(fleet);
    traffic
}

/// Simulates for so many seconds.
pub fn pass(traffic: &mut Traffic, now: SimTime, seconds: f64) -> SimTime {
    let end = now + SimDuration::from_secs_f64(seconds);
    assert_eq!(traffic.advance(end, u64::MAX), end);
    end
}

/// What a stream sees in a long run, after a tenth of it has passed to fill the queues.
pub fn long_run(seed: u64, stream: StreamSpec, fleet: &Fleet, requests: f64) -> (StreamSample, Sample, Traffic) {
    let rate = stream.profile.rate_at(START, START);
    let mut traffic = traffic(seed, stream, fleet);
    let now = pass(&mut traffic, START, requests / rate / 10.0);
    traffic.take_sample();
    pass(&mut traffic, now, requests / rate);
    let sample = traffic.take_sample();
    (sample.streams[&STREAM].clone(), sample, traffic)
}

/// How many failed.
pub fn failed(seen: &StreamSample) -> u64 {
    seen.ended() - seen.count(Outcome::Success)
}
