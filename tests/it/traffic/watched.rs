//! Requests that somebody watches: they are the ones that are counted, and watching changes nothing.
use std::collections::BTreeMap;

use scaling_lab::sim::{SimDuration, SimTime};
use scaling_lab::traffic::{
    Algorithm, AppState, Engine, Outcome, Profile, RequestClass, ServerId, StreamSpec, Traffic, VisitorSpec, Watched,
};

use super::laws::{Mood, run, story, with_bystander};
use super::support::{START, STREAM, alone, balanced, pass, server, sharing, steady, traffic};

#[test]
fn watching_changes_no_result() {
    for seed in 0..12 {
        let story = story(seed, Mood::Wild);
        let unseen = run(&story, SimDuration::from_secs(1_000), |_| {});
        let mut looks = 0;
        let seen = run(&story, SimDuration::from_micros(61_000), |traffic| {
            looks += 1;
            // On and off again, as the page does it.
            traffic.watch_requests(looks % 50 > 10);
        });
        assert_eq!(unseen, seen, "seed {seed}");
    }
}

/// Each request that ends is met once, with the end that is counted, by either engine. A very
/// few are missed: those that end just when so many others came since that they are forgotten.
#[test]
fn the_watched_requests_are_those_that_are_counted() {
    for seed in 0..10 {
        let calm = story(seed, Mood::Calm);
        let story = if seed % 2 == 0 { calm } else { with_bystander(calm) };
        let (mut counted, mut watched) = ([0; Outcome::ALL.len()], BTreeMap::new());
        run(&story, SimDuration::from_micros(37_000), |traffic| {
            let sample = traffic.take_sample();
            for seen in sample.streams.values() {
                counted.iter_mut().zip(seen.outcomes).for_each(|(all, some)| *all += some);
            }
            traffic.watch_requests(true);
            watched.extend(traffic.watched().map(|one| (one.number, *one)));
        });
        let mut met = [0; Outcome::ALL.len()];
        watched.values().filter_map(|one: &Watched| one.end).for_each(|(_, outcome)| met[outcome as usize] += 1);
        assert!(met.iter().zip(counted).all(|(met, counted)| *met <= counted), "seed {seed}: {met:?} of {counted:?}");
        let missed = counted.iter().sum::<u64>() - met.iter().sum::<u64>();
        assert!(missed * 500 <= counted.iter().sum(), "seed {seed}: {met:?} of {counted:?}");
    }
}

fn watch(traffic: &mut Traffic, seconds: f64) -> Vec<Watched> {
    traffic.watch_requests(true);
    let now = traffic.advance(START, 0);
    pass(traffic, now, seconds);
    traffic.watched().copied().collect()
}

/// How many were answered by each server, and how long each took.
fn answered(watched: &[Watched]) -> BTreeMap<Option<ServerId>, Vec<SimDuration>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in watched {
        if let Some((at, Outcome::Success)) = one.end {
            all.entry(one.server).or_default().push(at.since(one.sent));
        }
    }
    all
}

#[test]
fn both_engines_tell_which_server_answered_and_when() {
    let people = VisitorSpec { count: 60, think_seconds: 3.0, timeout_seconds: 60.0, retries: 0, backoff_seconds: 1.0 };
    let people = StreamSpec::new(Profile::Visitors(people), RequestClass::Page);
    for (stream, spec, engine) in [
        (steady(20.0), server(2), Engine::Recursion),
        (people, server(2), Engine::Events),
        (steady(20.0), sharing(2), Engine::Events),
    ] {
        let mut traffic = traffic(7, stream, &balanced(3, &spec, Algorithm::RoundRobin));
        assert_eq!(traffic.engine(), engine);
        let watched = watch(&mut traffic, 10.0);
        let (answered, sample) = (answered(&watched), traffic.take_sample());
        for (id, seen) in &sample.servers {
            // The last look may be up to 15 ms ago.
            let told = answered[&Some(*id)].len() as u64;
            assert!(
                told <= seen.finished && told + 3 >= seen.finished,
                "{engine:?} {id:?}: {told} of {}",
                seen.finished
            );
        }
        assert!(!answered.contains_key(&None), "{engine:?}: an answer of nobody");
        let (times, latency) = (answered.into_values().flatten(), &sample.streams[&STREAM].latency);
        let longest = times.map(SimDuration::as_secs_f64).fold(0.0, f64::max);
        let [all] = latency.quantiles_secs([1.0]).expect("answers");
        assert!((longest / all - 1.0).abs() < 0.05, "{engine:?}: {longest} and {all}");
    }
}

#[test]
fn a_failure_tells_where_the_request_ended() {
    let ends = |spec, seconds| {
        let mut traffic = traffic(3, steady(5.0), &alone(spec));
        let watched = watch(&mut traffic, seconds);
        watched.into_iter().filter_map(|one| Some((one.server, one.end?.1))).collect::<Vec<_>>()
    };
    let refused = ends(scaling_lab::traffic::ServerSpec { app: AppState::Refusing, ..server(1) }, 2.0);
    assert!(
        refused.len() > 3 && refused.iter().all(|one| *one == (Some(ServerId(1)), Outcome::Refused)),
        "{refused:?}"
    );
    // A hung server takes the request, and the visitor waits a minute for it.
    let hung = ends(scaling_lab::traffic::ServerSpec { app: AppState::Hung, ..server(1) }, 63.0);
    assert!(hung.len() > 3 && hung.iter().all(|one| *one == (Some(ServerId(1)), Outcome::TimedOut)), "{hung:?}");
}

#[test]
fn only_a_few_hundred_requests_are_kept_and_none_unless_asked_for() {
    let mut traffic = traffic(1, steady(500.0), &balanced(40, &server(2), Algorithm::RoundRobin));
    let now: SimTime = pass(&mut traffic, START, 5.0);
    assert_eq!(traffic.watched().count(), 0);
    traffic.watch_requests(true);
    pass(&mut traffic, now, 5.0);
    assert_eq!(traffic.watched().count(), 512);
    traffic.watch_requests(false);
    assert_eq!(traffic.watched().count(), 0);
}
