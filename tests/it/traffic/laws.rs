//! Laws of the data plane over random fleets, visitors and faults: nothing is lost or counted twice, the two engines agree, and it does not
//! matter how the time is cut.
use std::collections::BTreeMap;

use scaling_lab::sim::{Randomness, SimDuration, SimTime, Stream};
use scaling_lab::traffic::{
    Algorithm, AppState, Balancer, CreditSpec, Discipline, Door, Engine, Fleet, Profile, RequestClass, Sample,
    ServerId, ServerSpec, StreamId, StreamSpec, Target, TargetGroup, Traffic, VisitorSpec,
};

use super::support::{START, STREAM, balanced, server, steady, traffic};

/// A change at a moment.
#[derive(Clone, Debug)]
pub enum Change {
    Fleet(Fleet),
    Stream(StreamId, StreamSpec),
}

/// Changes in order of time, and a last moment.
#[derive(Clone, Debug)]
pub struct Story {
    seed: u64,
    pub changes: Vec<(SimTime, Change)>,
    end: SimTime,
}

/// How wild a story is.
#[derive(Clone, Copy, PartialEq)]
pub enum Mood {
    /// Only what the recursion can do.
    Calm,
    /// Everything.
    Wild,
}

pub fn story(seed: u64, mood: Mood) -> Story {
    let mut chance = Randomness { seed }.stream("story", 0);
    let mut now = START;
    let mut changes = Vec::new();
    for stream in 0..1 + chance.below(3) as u32 {
        changes.push((now, Change::Stream(StreamId(stream), visitors(&mut chance, mood))));
    }
    let mut fleet = Fleet::default();
    for _ in 0..6 {
        change_fleet(&mut fleet, &mut chance, mood);
        changes.push((now, Change::Fleet(fleet.clone())));
        now += SimDuration::from_micros(1 + chance.below(25_000_000));
        if chance.below(3) == 0 {
            let stream = StreamId(chance.below(3) as u32);
            changes.push((now, Change::Stream(stream, visitors(&mut chance, mood))));
            changes.push((now, Change::Fleet(fleet.clone())));
        }
    }
    Story { seed, changes, end: now + SimDuration::from_secs(30) }
}

fn visitors(chance: &mut Stream, mood: Mood) -> StreamSpec {
    let class = RequestClass::ALL[chance.below(4) as usize];
    let requests_per_second = chance.below(120) as f64;
    let profile = match chance.below(4) {
        0 if mood == Mood::Wild => Profile::Visitors(VisitorSpec {
            count: 1 + chance.below(200) as u32,
            think_seconds: 0.5 + chance.unit() * 3.0,
            timeout_seconds: 0.2 + chance.unit() * 10.0,
            retries: chance.below(4) as u32,
            backoff_seconds: chance.unit(),
        }),
        1 => Profile::Ramp { from: 0.0, to: requests_per_second, seconds: 20.0 },
        _ => Profile::Steady { requests_per_second },
    };
    StreamSpec::new(profile, class)
}

fn change_fleet(fleet: &mut Fleet, chance: &mut Stream, mood: Mood) {
    for id in 1..=5 {
        match chance.below(4) {
            0 => {
                fleet.servers.remove(&ServerId(id));
            }
            1 | 2 => {
                fleet.servers.insert(ServerId(id), some_server(chance, mood));
            }
            _ => {}
        }
    }
    fleet.doors = (0..3).map(|stream| (StreamId(stream), some_door(fleet, chance, mood))).collect();
}

fn some_server(chance: &mut Stream, mood: Mood) -> ServerSpec {
    let is_wild = mood == Mood::Wild;
    let app = match chance.below(10) {
        0 => AppState::Refusing,
        1 => AppState::Silent,
        2 if is_wild => AppState::Hung,
        _ => AppState::Serving,
    };
    let shares = is_wild && chance.below(4) == 0;
    ServerSpec {
        vcpus: 1 + chance.below(4) as u32,
        app,
        discipline: if shares { Discipline::ProcessorSharing } else { Discipline::FirstInFirstOut },
        connections: 1 + chance.below(30) as u32,
        backlog: chance.below(40) as u32,
        slowness_percent: [100, 100, 250, 4_000][chance.below(4) as usize],
        filled_percent: [0, 0, 60][chance.below(3) as usize],
        has_accelerator: chance.below(2) == 0,
        network_delay: SimDuration::from_micros(chance.below(3) * 20_000),
        warm_up: (START, SimDuration::from_secs(chance.below(60))),
        credits: (chance.below(4) == 0).then(|| CreditSpec {
            per_hour: 12.0,
            most: 288.0,
            at_launch: chance.unit(),
            is_unlimited: chance.below(2) == 0,
        }),
    }
}

fn some_door(fleet: &Fleet, chance: &mut Stream, mood: Mood) -> Door {
    let servers: Vec<ServerId> = fleet.servers.keys().copied().collect();
    match chance.below(10) {
        0 => Door::Silent,
        1 => Door::Refused,
        2 => Door::NameNotFound,
        9 => Door::Answered([200, 302, 404, 503][chance.below(4) as usize]),
        3 => Door::Server(servers.first().copied().unwrap_or(ServerId(1))),
        _ => {
            let mut group = || {
                let targets: Vec<&ServerId> = servers.iter().filter(|_| chance.below(4) > 0).collect();
                let healthy_since = START;
                TargetGroup {
                    weight: chance.below(3) as u32,
                    algorithm: match chance.below(4) {
                        0 | 1 => Algorithm::LeastOutstandingRequests,
                        2 => Algorithm::RoundRobin,
                        _ => Algorithm::WeightedRandom {
                            mitigates_anomalies: mood == Mood::Wild && chance.below(2) == 0,
                        },
                    },
                    targets: targets.into_iter().map(|server| Target { server: *server, healthy_since }).collect(),
                    finishing: servers.iter().filter(|_| chance.below(2) == 0).copied().collect(),
                    slow_start: SimDuration::from_secs(chance.below(2) * 60),
                    stickiness: (chance.below(3) == 0).then(|| SimDuration::from_secs(20)),
                }
            };
            let groups = vec![group(), group()];
            let groups = groups.into_iter().take(1 + chance.below(2) as usize).collect();
            Door::Balancer(Balancer { groups, idle_timeout: SimDuration::from_secs(1 + chance.below(30)) })
        }
    }
}

/// Runs a story. After each step, of which none is longer than `step`, `look` sees the data plane.
pub fn run(story: &Story, step: SimDuration, mut look: impl FnMut(&mut Traffic)) -> Vec<Sample> {
    let mut traffic = Traffic::new(Randomness { seed: story.seed }, START);
    let mut samples = Vec::new();
    let moments = story.changes.iter().map(|(at, change)| (*at, Some(change))).chain([(story.end, None)]);
    for (at, change) in moments {
        let mut now = traffic.advance(START, 0);
        while now < at {
            let goal = at.min(now + step);
            now = traffic.advance(goal, if step < SimDuration::MINUTE { 50 } else { u64::MAX });
            look(&mut traffic);
        }
        match change {
            Some(Change::Fleet(fleet)) => traffic.set_fleet(fleet),
            Some(Change::Stream(id, spec)) => traffic.set_stream(*id, spec.clone()),
            None => {}
        }
        look(&mut traffic);
        samples.push(traffic.take_sample());
    }
    samples
}

/// What was sent is what was answered, what failed, and what is under way: after every millisecond that holds an event, and after every
/// change of the fleet.
#[test]
fn no_request_is_lost_or_counted_twice() {
    for seed in 0..60 {
        let (mut sent, mut ended) = (0, 0);
        let story = story(seed, Mood::Wild);
        run(&story, SimDuration::from_micros(37_000), |traffic| {
            let sample = traffic.take_sample();
            sent += sample.streams.values().map(|seen| seen.sent).sum::<u64>();
            ended += sample.streams.values().map(|seen| seen.ended()).sum::<u64>();
            assert_eq!(sent, ended + traffic.in_flight(), "seed {seed} at {} s", sample.end.as_secs_f64());
            for (id, seen) in &sample.servers {
                let whole = sample.end.since(sample.start).as_micros() * u64::from(seen.vcpus);
                assert!(
                    seen.busy_micros <= whole,
                    "seed {seed}: {id:?} was busy longer than {whole}: {seen:?} {:?} {:#?}",
                    sample.end,
                    story.changes
                );
            }
        });
        assert!(sent > 200, "seed {seed} sent only {sent}");
    }
}

#[test]
fn it_does_not_matter_how_the_time_is_cut() {
    for seed in 0..60 {
        let story = story(seed, Mood::Wild);
        let whole = run(&story, SimDuration::from_secs(1_000), |_| {});
        let pieces = run(&story, SimDuration::from_micros(61_000), |_| {});
        assert_eq!(whole, pieces, "seed {seed}");
    }
}

/// A hung server that nobody visits changes nothing but the engine.
pub fn with_bystander(mut story: Story) -> Story {
    let bystander = ServerSpec { app: AppState::Hung, ..ServerSpec::default() };
    for (_, change) in &mut story.changes {
        if let Change::Fleet(fleet) = change {
            fleet.servers.insert(ServerId(0), bystander.clone());
        }
    }
    story
}

#[test]
fn both_engines_give_the_same_answers() {
    let mut engines = BTreeMap::new();
    for seed in 0..60 {
        let calm = story(seed, Mood::Calm);
        let lazy = with_bystander(calm.clone());
        let mut count = |traffic: &mut Traffic| *engines.entry(traffic.engine() == Engine::Events).or_insert(0) += 1;
        let recursion = run(&calm, SimDuration::from_secs(1_000), &mut count);
        let mut events = run(&lazy, SimDuration::from_secs(1_000), &mut count);
        for sample in &mut events {
            sample.servers.remove(&ServerId(0));
        }
        for (index, (one, other)) in recursion.iter().zip(&events).enumerate() {
            assert_eq!(one.servers, other.servers, "seed {seed}, step {index}: {:#?}", calm.changes);
            for (id, seen) in &one.streams {
                let (seen, other) = (seen, &other.streams[id]);
                assert_eq!(
                    (seen.sent, seen.outcomes),
                    (other.sent, other.outcomes),
                    "seed {seed}, step {index}, {id:?}: {:#?}",
                    calm.changes
                );
                assert_eq!(seen.latency, other.latency, "seed {seed}, step {index}");
            }
        }
    }
    assert!(engines[&false] > 500 && engines[&true] > 500, "{engines:?}");
}

#[test]
fn the_engine_follows_from_the_fleet_and_the_visitors() {
    let plain = balanced(3, &server(1), Algorithm::LeastOutstandingRequests);
    let with = |change: &dyn Fn(&mut ServerSpec)| {
        let mut fleet = plain.clone();
        fleet.servers.values_mut().take(1).for_each(change);
        fleet
    };
    let mut data_plane = traffic(1, steady(10.0), &plain);
    assert_eq!(data_plane.engine(), Engine::Recursion);
    for unusual in [
        with(&|server| server.app = AppState::Hung),
        with(&|server| server.discipline = Discipline::ProcessorSharing),
        balanced(3, &server(1), Algorithm::WeightedRandom { mitigates_anomalies: true }),
    ] {
        data_plane.set_fleet(&unusual);
        assert_eq!(data_plane.engine(), Engine::Events);
        data_plane.set_fleet(&plain);
        assert_eq!(data_plane.engine(), Engine::Recursion);
    }
    for usual in [with(&|server| server.app = AppState::Refusing), with(&|server| server.slowness_percent = 300)] {
        data_plane.set_fleet(&usual);
        assert_eq!(data_plane.engine(), Engine::Recursion);
    }
    let people = VisitorSpec { count: 5, think_seconds: 1.0, timeout_seconds: 5.0, retries: 0, backoff_seconds: 1.0 };
    data_plane.set_stream(STREAM, StreamSpec::new(Profile::Visitors(people), RequestClass::Page));
    assert_eq!(data_plane.engine(), Engine::Events);
}
