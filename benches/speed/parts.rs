//! The parts of the benchmark.
use scaling_lab::sim::{Randomness, SimDuration, SimTime};
use scaling_lab::traffic::{
    Algorithm, AppState, Balancer, Discipline, Door, Engine, Fleet, Profile, RequestClass, ServerId, ServerSpec,
    StreamId, StreamSpec, Traffic, VisitorSpec,
};

use crate::clock::{Rounds, median};
use crate::machine::{PLEDGES, SECONDS, say};
use crate::scene::Scene;

const STREAM: StreamId = StreamId(0);
const REQUESTS: f64 = 4e6;

/// So many single servers at 80 % behind a balancer; a hung bystander brings the event loop to work.
fn fleet(count: u64, algorithm: Algorithm, spec: &ServerSpec, engine: Engine) -> Fleet {
    let mut servers: std::collections::BTreeMap<_, _> = (1..=count).map(|id| (ServerId(id), spec.clone())).collect();
    if engine == Engine::Events {
        servers.insert(ServerId(count + 1), ServerSpec { app: AppState::Hung, ..spec.clone() });
    }
    let door = Door::Balancer(Balancer::to(algorithm, (1..=count).map(ServerId)));
    Fleet { servers, doors: [(STREAM, door)].into() }
}

/// Simulates so many requests, with a sample every ten seconds as a session takes them.
fn run(fleet: &Fleet, count: u64, requests: f64) -> u64 {
    let rate = 0.8 * count as f64 / 0.05;
    let profile = Profile::Steady { requests_per_second: rate };
    let mut traffic = Traffic::new(Randomness { seed: 1 }, SimTime::ZERO);
    traffic.set_stream(STREAM, StreamSpec::new(profile, RequestClass::Page));
    traffic.set_fleet(fleet);
    let (mut now, end) = (SimTime::ZERO, SimTime::ZERO + SimDuration::from_secs_f64(requests / rate));
    let mut sent = 0;
    while now < end {
        now = traffic.advance(end.min(now + SimDuration::from_secs(10)), u64::MAX);
        sent += traffic.take_sample().streams[&STREAM].sent;
    }
    sent
}

/// W1: Poisson arrivals at 80 % of eight servers, round robin.
pub fn round_robin_beside_the_bare_recursion(rounds: &Rounds) {
    say("\nW1: round robin over 8 servers at 80 %, the lab's data plane beside the bare recursion");
    let with_lab = fleet(8, Algorithm::RoundRobin, &ServerSpec::default(), Engine::Recursion);
    let medians = rounds.compare(&mut [
        ("bare recursion".into(), &mut || bare::round_robin(REQUESTS as u64).0),
        ("data plane".into(), &mut || run(&with_lab, 8, REQUESTS)),
    ]);
    say(&format!(
        "  the data plane takes {:.2} times the bare recursion (pledged: at most 3)",
        medians[1] / medians[0]
    ));
}

/// The recursion and the event loop on the same fleets.
pub fn both_engines(rounds: &Rounds) {
    say(&format!(
        "\nThe two engines on 8 servers at 80 % (pledged for the event loop: at least {} M/s)",
        PLEDGES.event_loop_millions
    ));
    for algorithm in [Algorithm::RoundRobin, Algorithm::LeastOutstandingRequests] {
        let with = |engine| fleet(8, algorithm, &ServerSpec::default(), engine);
        let (recursion, events) = (with(Engine::Recursion), with(Engine::Events));
        let spec = ServerSpec { discipline: Discipline::ProcessorSharing, ..ServerSpec::default() };
        let sharing = fleet(8, algorithm, &spec, Engine::Recursion);
        rounds.compare(&mut [
            (format!("{algorithm:?}, recursion"), &mut || run(&recursion, 8, REQUESTS)),
            (format!("{algorithm:?}, event loop"), &mut || run(&events, 8, REQUESTS)),
            (format!("{algorithm:?}, event loop, shared CPUs"), &mut || run(&sharing, 8, REQUESTS)),
        ]);
    }
}

/// From 8 to 800 instances.
pub fn growth_with_instances(rounds: &Rounds) {
    say("\nGrowth with instances at 80 %");
    for (algorithm, pledged) in [(Algorithm::RoundRobin, 1.5), (Algorithm::LeastOutstandingRequests, 3.0)] {
        let fleets = [8, 80, 800].map(|count| fleet(count, algorithm, &ServerSpec::default(), Engine::Recursion));
        let [few, some, many] = &fleets;
        let medians = rounds.compare(&mut [
            (format!("{algorithm:?}, 8 instances"), &mut || run(few, 8, REQUESTS)),
            (format!("{algorithm:?}, 80 instances"), &mut || run(some, 80, REQUESTS)),
            (format!("{algorithm:?}, 800 instances"), &mut || run(many, 800, REQUESTS)),
        ]);
        say(&format!("  800 instances cost {:.2} times 8 (pledged: at most {pledged})", medians[2] / medians[0]));
    }
}

/// W3: a day of 20 to 400 requests a second on a group of 2 to 40 instances with one CPU each, and the whole model around it.
pub fn a_day_with_the_whole_model(_: &Rounds) {
    say(
        "\nW3: one day, 18.1 million requests, with balancer, health checks, metrics, alarms, target tracking, activities",
    );
    for (algorithm, pledged) in ["round_robin", "least_outstanding_requests"].into_iter().zip(PLEDGES.day_seconds) {
        let prepared = Scene::new(algorithm);
        let days: Vec<_> = (0..4).map(|_| prepared.clone().a_day()).collect();
        let seconds = median(days[1..].iter().map(|day| day.seconds).collect());
        let day = &days[0];
        say(&format!(
            "{algorithm:<30} {seconds:.3} {SECONDS} (pledged: at most {pledged}), {} requests, mean {:.2} ms, p50 {:.2}, p95 {:.1}, p99 {:.1} ms, \
             {:.1} instance-hours, {} at most, {} activities",
            day.requests,
            day.mean_ms,
            day.quantiles_ms[0],
            day.quantiles_ms[1],
            day.quantiles_ms[2],
            day.instance_hours,
            day.most_instances,
            day.activities
        ));
    }
}

/// Two thousand visitors whose patience is too short for a slow server: the event loop under retries.
pub fn a_retry_storm(rounds: &Rounds) {
    say("\nA retry storm: 2,000 visitors before 8 servers");
    let people =
        VisitorSpec { count: 2_000, think_seconds: 8.0, timeout_seconds: 2.0, retries: 3, backoff_seconds: 0.5 };
    let fleet = fleet(8, Algorithm::LeastOutstandingRequests, &ServerSpec::default(), Engine::Recursion);
    let mut storm = || {
        let mut traffic = Traffic::new(Randomness { seed: 1 }, SimTime::ZERO);
        traffic.set_stream(STREAM, StreamSpec::new(Profile::Visitors(people.clone()), RequestClass::Page));
        traffic.set_fleet(&fleet);
        traffic.advance(SimTime::from_secs(3_600), u64::MAX);
        traffic.take_sample().streams[&STREAM].sent
    };
    rounds.compare(&mut [("one hour".into(), &mut storm)]);
}
