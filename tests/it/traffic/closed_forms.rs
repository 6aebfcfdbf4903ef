//! Waiting and latency against the closed forms of queueing theory.
//!
//! Each cell simulates two million requests after a warm-up, in a debug build a tenth of that (`cargo test --release --test it
//! closed_forms` takes seconds), and compares mean, median, 95th and 99th percentile within four standard deviations. How much a run of two
//! million varies was measured with 40 seeds; where a cell was not measured, that of a like one at the same load is taken.
use scaling_lab::sim::{Distribution, SimDuration};
use scaling_lab::traffic::{Algorithm, AppState, Discipline, Engine, Fleet, Outcome, ServerId, ServerSpec};

use super::support::{self, WORK, alone, balanced, long_run, server, sharing, steady, steady_with};

const REQUESTS: f64 = if cfg!(debug_assertions) { 2e5 } else { 2e6 };
/// The mean time of service in seconds.
const SERVICE: f64 = 0.05;

/// Expected mean, median, 95th and 99th percentile in service times, and the standard deviation of each in per cent.
struct Cell {
    expected: [f64; 4],
    deviations: [f64; 4],
}

/// Simulates and compares.
fn check(what: &str, load: f64, fleet: &Fleet, engine: Engine, cell: &Cell) {
    let workers: u32 = fleet.servers.values().map(|server| server.vcpus).sum();
    let rate = load * f64::from(workers) / SERVICE;
    let (seen, _, traffic) = long_run(11, steady(rate), fleet, REQUESTS);
    assert_eq!(traffic.engine(), engine, "{what}");
    assert_eq!(support::failed(&seen), 0, "{what}");
    let quantile = |share| seen.latency.quantile_secs(share).expect("there were requests");
    let found = [seen.latency.mean_secs(), quantile(0.5), quantile(0.95), quantile(0.99)].map(|secs| secs / SERVICE);
    for ((name, found), (expected, deviation)) in
        ["mean", "p50", "p95", "p99"].iter().zip(found).zip(cell.expected.iter().zip(cell.deviations))
    {
        let off = (found / expected - 1.0) * 100.0;
        assert!(
            off.abs() <= tolerance(deviation),
            "{what} at {load}: {name} is {found} instead of {expected}, {off:+.2} %"
        );
    }
}

/// Four standard deviations, given that of two million requests.
fn tolerance(deviation: f64) -> f64 {
    4.0 * deviation * libm::sqrt(2e6 / REQUESTS)
}

/// Half, 80 % and 95 % load, with the deviations that go with them.
fn at_three_loads(what: &str, fleet: &Fleet, engine: Engine, expected: [[f64; 4]; 3], deviations: [[f64; 4]; 3]) {
    for ((load, expected), deviations) in [0.5, 0.8, 0.95].into_iter().zip(expected).zip(deviations) {
        check(what, load, fleet, engine, &Cell { expected, deviations });
    }
}

const ROUND_ROBIN: [[f64; 4]; 3] = [[0.18, 0.18, 0.22, 0.38], [0.61, 0.48, 0.78, 1.09], [2.4, 2.2, 3.1, 4.4]];
const LEAST_OUTSTANDING: [[f64; 4]; 3] = [[0.12, 0.15, 0.11, 0.16], [0.36, 0.36, 0.39, 0.46], [2.3, 1.8, 2.9, 4.2]];
const ONE_QUEUE: [[f64; 4]; 3] = [[0.12, 0.15, 0.13, 0.2], [0.37, 0.37, 0.40, 0.44], [2.5, 1.9, 3.5, 5.5]];
const RANDOM: [[f64; 4]; 3] = [[0.2, 0.2, 0.3, 0.5], [0.60, 0.52, 0.78, 1.3], [2.5, 2.2, 3.2, 5.0]];
/// One server instead of eight: the same queue eight times as long.
const ALONE: [[f64; 4]; 3] = [[0.2, 0.2, 0.3, 0.5], [0.7, 0.6, 1.0, 1.5], [3.0, 2.6, 3.8, 5.5]];

/// The median, 95th and 99th percentile of an exponential law, behind its mean.
fn exponential(mean: f64) -> [f64; 4] {
    [mean, -mean * libm::log(0.5), -mean * libm::log(0.05), -mean * libm::log(0.01)]
}

/// M/M/1: the time in the system is exponential with the mean 1 / (1 - load).
#[test]
fn one_server_is_the_queue_m_m_1() {
    let expected = [0.5, 0.8, 0.95].map(|load| exponential(1.0 / (1.0 - load)));
    at_three_loads("M/M/1", &alone(server(1)), Engine::Recursion, expected, ALONE);
}

/// A random split over eight servers is eight times M/M/1.
#[test]
fn a_random_split_makes_each_server_the_queue_m_m_1() {
    let random = Algorithm::WeightedRandom { mitigates_anomalies: false };
    let expected = [0.5, 0.8, 0.95].map(|load| exponential(1.0 / (1.0 - load)));
    at_three_loads("random split", &balanced(8, &server(1), random), Engine::Recursion, expected, RANDOM);
}

/// Round robin makes each of eight servers the queue E8/M/1: the time in the system is exponential with the mean 1 / (1 - sigma), where
/// sigma solves sigma = (lambda / (lambda + 1 - sigma))^8 with lambda = 8 load.
#[test]
fn round_robin_makes_each_server_the_queue_e_m_1() {
    let expected = [0.5, 0.8, 0.95].map(|load| {
        let rate = 8.0 * load;
        let sigma = (0..10_000).fold(0.5, |sigma, _| libm::pow(rate / (rate + 1.0 - sigma), 8.0));
        exponential(1.0 / (1.0 - sigma))
    });
    assert!((expected[1][0] - 2.979_729).abs() < 1e-6, "{expected:?}");
    let fleet = balanced(8, &server(1), Algorithm::RoundRobin);
    at_three_loads("round robin", &fleet, Engine::Recursion, expected, ROUND_ROBIN);
}

/// Least outstanding requests over eight servers: the exact Markov chain of the sorted queue lengths.
#[test]
fn least_outstanding_requests_is_the_exact_chain() {
    let expected = [
        [1.042107, 0.723044, 3.119467, 4.790069],
        [1.456057, 1.051793, 4.211159, 6.292914],
        [3.423702, 2.565743, 9.551274, 14.335563],
    ];
    let fleet = balanced(8, &server(1), Algorithm::LeastOutstandingRequests);
    at_three_loads("least outstanding", &fleet, Engine::Recursion, expected, LEAST_OUTSTANDING);
}

/// M/M/8: one server with eight workers.
#[test]
fn a_server_with_many_cpus_is_the_queue_m_m_c() {
    let expected = [
        [1.014761, 0.710343, 3.015220, 4.624660],
        [1.286028, 0.986334, 3.508443, 5.152182],
        [3.110422, 2.410054, 8.338024, 12.366049],
    ];
    at_three_loads("M/M/8", &alone(server(8)), Engine::Recursion, expected, ONE_QUEUE);
    let two = [[1.333333, 0.974412, 3.816460, 5.665961], [2.777778, 2.040031, 7.910684, 11.937370]];
    for (load, expected, deviations) in [(0.5, two[0], ALONE[0]), (0.8, two[1], ALONE[1])] {
        check("M/M/2", load, &alone(server(2)), Engine::Recursion, &Cell { expected, deviations });
    }
}

/// Pollaczek and Khinchine: with constant service the mean wait is load / (2 (1 - load)).
#[test]
fn constant_work_waits_half_as_long() {
    for (load, deviation) in [(0.5, 0.2), (0.8, 0.6), (0.95, 2.6)] {
        let stream = steady_with(load / SERVICE, Distribution::Constant(WORK));
        let (seen, _, _) = long_run(5, stream, &alone(server(1)), REQUESTS);
        let (found, expected) = (seen.latency.mean_secs() / SERVICE, 1.0 + load / (2.0 * (1.0 - load)));
        let off = (found / expected - 1.0) * 100.0;
        assert!(off.abs() <= tolerance(deviation), "M/D/1 at {load}: {found} instead of {expected}");
    }
}

/// M/G/1 with processor sharing: the mean time in the system is 1 / (1 - load) whatever the law of the work.
#[test]
fn shared_cpus_give_the_same_mean_for_any_law_of_work() {
    let mixed = Distribution::Uniform { min: SimDuration::ZERO, max: SimDuration::from_micros(100_000) };
    for law in [Distribution::Exponential { mean: WORK }, Distribution::Constant(WORK), mixed] {
        for (load, deviation) in [(0.5, 0.2), (0.8, 0.7), (0.9, 1.5)] {
            let spec = ServerSpec { connections: 256, ..sharing(1) };
            let (seen, _, traffic) = long_run(7, steady_with(load / SERVICE, law), &alone(spec), REQUESTS);
            assert_eq!(traffic.engine(), Engine::Events);
            let (found, expected) = (seen.latency.mean_secs() / SERVICE, 1.0 / (1.0 - load));
            let off = (found / expected - 1.0) * 100.0;
            assert!(off.abs() <= tolerance(deviation), "{law:?} at {load}: {found} instead of {expected}");
        }
    }
}

/// With exponential work shared CPUs have the queue lengths, hence by Little the mean, of first in, first out: round robin over eight
/// servers 2.979729, least outstanding requests 1.456057 at 80 %.
#[test]
fn shared_cpus_behind_a_balancer_have_the_mean_of_first_in_first_out() {
    for (algorithm, expected, deviation) in
        [(Algorithm::RoundRobin, 2.979_729, 0.61), (Algorithm::LeastOutstandingRequests, 1.456_057, 0.36)]
    {
        let fleet = balanced(8, &sharing(1), algorithm);
        let (seen, _, _) = long_run(3, steady(0.8 * 8.0 / SERVICE), &fleet, REQUESTS);
        let found = seen.latency.mean_secs() / SERVICE;
        assert!((found / expected - 1.0).abs() * 100.0 <= tolerance(deviation), "{algorithm:?}: {found}");
    }
}

/// Erlang's loss formula: the share of requests that find all workers of a server without a queue busy.
#[test]
fn a_server_without_a_queue_loses_what_erlang_says() {
    for (workers, load, expected) in [(1, 0.5, 0.333_333_333), (8, 6.4, 0.144_393_89), (40, 40.0, 0.116_155_984)] {
        // More CPUs than connections help nobody.
        for vcpus in [workers, workers + 3] {
            let spec = ServerSpec { connections: workers, backlog: 0, ..server(vcpus) };
            assert_lost(load / SERVICE, spec, expected);
        }
    }
}

/// M/M/1/K: the share of requests that find K others, one of them in service. The others wait with a connection that is kept alive for them, or
/// for one.
#[test]
fn a_short_queue_loses_what_m_m_1_k_says() {
    for (load, room, expected) in [(0.8, 5, 0.088_819_499), (0.95, 10, 0.069_426_84), (1.2, 10, 0.192_586_5)] {
        for connections in [1, room / 2, room] {
            let spec = ServerSpec { connections, backlog: room - connections, ..server(1) };
            assert_lost(load / SERVICE, spec, expected);
        }
    }
}

/// Both engines, first in, first out; and shared CPUs, whose numbers in the system follow the same law with exponential work.
fn assert_lost(rate: f64, spec: ServerSpec, expected: f64) {
    let shared = ServerSpec { discipline: Discipline::ProcessorSharing, ..spec.clone() };
    let fleets = [alone(spec.clone()), beside_a_hung_one(alone(spec)), alone(shared)];
    for (fleet, engine) in fleets.into_iter().zip([Engine::Recursion, Engine::Events, Engine::Events]) {
        let (seen, sample, traffic) = long_run(2, steady(rate), &fleet, REQUESTS);
        assert_eq!(traffic.engine(), engine);
        let server = sample.servers.values().next().expect("the server");
        let lost = server.failed as f64 / seen.sent as f64;
        // Losses come in bunches: three times the deviation of independent ones covers them.
        let deviation = 3.0 * libm::sqrt(expected * (1.0 - expected) / REQUESTS);
        assert!((lost - expected).abs() <= 4.0 * deviation, "{engine:?}: {lost} instead of {expected}");
        assert!(
            seen.count(Outcome::TimedOut).abs_diff(server.failed) < server.failed / 10,
            "they time out, 10 s later"
        );
    }
}

/// With a hung server that nobody visits: it changes nothing but the engine.
fn beside_a_hung_one(mut fleet: Fleet) -> Fleet {
    fleet.servers.insert(ServerId(99), ServerSpec { app: AppState::Hung, ..ServerSpec::default() });
    fleet
}
