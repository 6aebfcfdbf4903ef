//! What servers, balancers and visitors do, each in a small scene.
use scaling_lab::sim::{SimDuration, SimTime};
use scaling_lab::traffic::{
    Algorithm, AppState, Balancer, CreditSpec, Door, Fleet, Outcome, ProbeOutcome, Profile, RequestClass, ServerId,
    ServerSpec, StreamSample, StreamSpec, Target, TargetGroup, Traffic, VisitorSpec,
};

use super::support::{START, STREAM, alone, balanced, pass, server, sharing, steady, traffic};

fn seen(traffic: &mut Traffic) -> StreamSample {
    traffic.take_sample().streams[&STREAM].clone()
}

/// How many requests each server finished since the last sample.
fn finished(traffic: &mut Traffic) -> Vec<u64> {
    traffic.take_sample().servers.values().map(|server| server.finished).collect()
}

fn group_of(fleet: &mut Fleet) -> &mut TargetGroup {
    match fleet.doors.get_mut(&STREAM) {
        Some(Door::Balancer(balancer)) => &mut balancer.groups[0],
        other => panic!("{other:?} is no balancer"),
    }
}

/// EC2 User Guide, "Standard mode for burstable performance instances": without credits the CPU stays at its baseline. A t2.micro then
/// shows 10 %, however many requests wait.
#[test]
fn a_server_without_credits_is_held_at_its_baseline() {
    let credits = CreditSpec { per_hour: 6.0, most: 144.0, at_launch: 3.0, is_unlimited: false };
    let fleet = alone(ServerSpec { credits: Some(credits), ..server(1) });
    let mut traffic = traffic(1, steady(12.0), &fleet);
    let now = pass(&mut traffic, START, 60.0);
    let sample = traffic.take_sample().servers[&ServerId(1)];
    assert!((50.0..70.0).contains(&sample.cpu_percent(SimDuration::MINUTE)), "{sample:?}");
    let account = sample.credits.expect("an account");
    assert!((account.usage - 0.6).abs() < 0.1 && (account.balance - 2.5).abs() < 0.1, "{account:?}");
    let now = pass(&mut traffic, now, 600.0);
    traffic.take_sample();
    pass(&mut traffic, now, 600.0);
    let sample = traffic.take_sample().servers[&ServerId(1)];
    assert!((9.5..10.5).contains(&sample.cpu_percent(SimDuration::from_secs(600))), "{sample:?}");
    assert!(sample.credits.expect("an account").balance < 0.2 && sample.in_flight > 1_000, "{sample:?}");
}

/// EC2 User Guide, "Unlimited mode concepts": it goes on at full speed and borrows.
#[test]
fn a_server_in_unlimited_mode_borrows() {
    let credits = CreditSpec { per_hour: 6.0, most: 144.0, at_launch: 0.0, is_unlimited: true };
    let mut traffic = traffic(1, steady(12.0), &alone(ServerSpec { credits: Some(credits), ..server(1) }));
    pass(&mut traffic, START, 3_600.0);
    let sample = traffic.take_sample().servers[&ServerId(1)];
    let account = sample.credits.expect("an account");
    assert!((55.0..65.0).contains(&sample.cpu_percent(SimDuration::HOUR)), "{sample:?}");
    assert!((account.surplus_balance - 30.0).abs() < 2.0 && account.balance == 0.0, "36 used, 6 earned: {account:?}");
}

#[test]
fn a_server_with_cold_caches_is_slower_at_first() {
    let spec = ServerSpec { warm_up: (START, SimDuration::from_secs(100)), ..server(8) };
    let mut traffic = traffic(1, steady(20.0), &alone(spec));
    let now = pass(&mut traffic, START, 20.0);
    let cold = seen(&mut traffic).latency.mean_secs();
    let now = pass(&mut traffic, now, 80.0);
    traffic.take_sample();
    pass(&mut traffic, now, 200.0);
    let warm = seen(&mut traffic).latency.mean_secs();
    assert!((warm - 0.05).abs() < 0.005 && (cold / warm - 2.8).abs() < 0.5, "{cold} s, then {warm} s");
}

#[test]
fn an_accelerator_makes_inference_ten_times_as_fast() {
    let mean = |has_accelerator| {
        let stream = StreamSpec::new(Profile::Steady { requests_per_second: 1.0 }, RequestClass::Inference);
        let mut traffic = traffic(1, stream, &alone(ServerSpec { has_accelerator, ..server(8) }));
        pass(&mut traffic, START, 2_000.0);
        seen(&mut traffic).latency.mean_secs()
    };
    let ratio = mean(false) / mean(true);
    assert!((ratio - 10.0).abs() < 0.1, "{ratio}");
}

/// A health check waits behind what is there: 40 requests of 50 ms on two CPUs are a second.
#[test]
fn a_health_check_takes_its_place_in_the_queue() {
    let latency = |traffic: &Traffic| match traffic.probe(ServerId(1)) {
        ProbeOutcome::Answered(latency) => latency.as_secs_f64(),
        other => panic!("{other:?}"),
    };
    for spec in [server(2), sharing(2)] {
        let is_shared = spec == sharing(2);
        let mut traffic = traffic(1, steady(400.0), &alone(spec));
        assert!(latency(&traffic) < 0.002);
        pass(&mut traffic, START, 10.0);
        let waiting = traffic.in_flight() as f64;
        let found = latency(&traffic);
        let expected = if is_shared { f64::NAN } else { waiting * 0.05 / 2.0 };
        assert!(found > 0.1, "{found} s with {waiting} requests");
        assert!(is_shared || (found / expected - 1.0).abs() < 0.1, "{found} s instead of {expected} s");
    }
    let full = ServerSpec { connections: 3, backlog: 3, ..server(1) };
    let mut traffic = traffic(1, steady(400.0), &alone(full));
    pass(&mut traffic, START, 10.0);
    assert_eq!(traffic.probe(ServerId(1)), ProbeOutcome::Silent, "a full queue drops the connection");
}

/// The machine repairman (M/M/1 with a finite population): with N visitors who think for Z on average and one server of service time S,
/// the share of time that it is free is 1 / sum of N! / (N - k)! (S / Z)^k.
#[test]
fn visitors_who_wait_are_a_closed_queueing_network() {
    let (count, think, service) = (30u32, 2.0, 0.05);
    let people =
        VisitorSpec { count, think_seconds: think, timeout_seconds: 3_600.0, retries: 0, backoff_seconds: 1.0 };
    let stream = StreamSpec::new(Profile::Visitors(people), RequestClass::Page);
    let mut traffic = traffic(1, stream, &alone(server(1)));
    let now = pass(&mut traffic, START, 200.0);
    traffic.take_sample();
    pass(&mut traffic, now, 20_000.0);
    let seen = seen(&mut traffic);
    let term = |k: u32| (0..k).map(|i| f64::from(count - i) * service / think).product::<f64>();
    let idle = 1.0 / (0..=count).map(term).sum::<f64>();
    let throughput = (1.0 - idle) / service;
    let found = seen.count(Outcome::Success) as f64 / 20_000.0;
    assert!((found / throughput - 1.0).abs() < 0.01, "{found} a second instead of {throughput}");
    let response = f64::from(count) / throughput - think;
    assert!(
        (seen.latency.mean_secs() / response - 1.0).abs() < 0.03,
        "{} s instead of {response}",
        seen.latency.mean_secs()
    );
}

/// Timeouts and retries make a slow server slower: it works on what nobody waits for.
#[test]
fn impatient_visitors_make_a_retry_storm() {
    let people =
        VisitorSpec { count: 200, think_seconds: 10.0, timeout_seconds: 1.0, retries: 4, backoff_seconds: 0.2 };
    let stream = StreamSpec::new(Profile::Visitors(people), RequestClass::Page);
    let healthy = balanced(2, &server(1), Algorithm::LeastOutstandingRequests);
    let mut traffic = traffic(1, stream, &healthy);
    let now = pass(&mut traffic, START, 300.0);
    let calm = seen(&mut traffic);
    assert!(calm.retries * 50 < calm.sent, "{} of {}", calm.retries, calm.sent);
    let slow = balanced(2, &ServerSpec { slowness_percent: 400, ..server(1) }, Algorithm::LeastOutstandingRequests);
    traffic.set_fleet(&slow);
    pass(&mut traffic, now, 300.0);
    let storm = seen(&mut traffic);
    assert!(storm.sent > 2 * calm.sent, "{} instead of {}", storm.sent, calm.sent);
    assert!(
        storm.retries > storm.sent / 2 && storm.gave_up > 100,
        "{} retries, {} gave up",
        storm.retries,
        storm.gave_up
    );
    assert!(storm.count(Outcome::Balancer460) > storm.sent / 2, "the visitors close before the balancer has an answer");
    assert!(storm.count(Outcome::Success) * 3 < calm.count(Outcome::Success), "most work is for nobody");
}

/// User Guide for Application Load Balancers, "Target group attributes", deregistration delay: a target that drains gets nothing new and
/// finishes what it has; when the time is over, connections are closed, and clients get a 502.
#[test]
fn a_draining_target_finishes_what_it_has_and_is_then_cut_off() {
    let slow = ServerSpec { slowness_percent: 10_000, ..server(50) };
    let mut fleet = balanced(2, &slow, Algorithm::RoundRobin);
    let mut traffic = traffic(1, steady(4.0), &fleet);
    let now = pass(&mut traffic, START, 30.0);
    traffic.take_sample();
    let drained = group_of(&mut fleet).targets.remove(0);
    group_of(&mut fleet).finishing.push(drained.server);
    traffic.set_fleet(&fleet);
    let held = |traffic: &mut Traffic| traffic.take_sample().servers[&drained.server].in_flight;
    let before = held(&mut traffic);
    let now = pass(&mut traffic, now, 2.0);
    assert!(held(&mut traffic) < before, "nothing new comes, some end");
    group_of(&mut fleet).finishing.clear();
    let left = traffic.in_flight();
    traffic.set_fleet(&fleet);
    let cut = seen(&mut traffic).count(Outcome::Balancer502);
    assert!(cut > 0 && cut + traffic.in_flight() == left, "{cut} of {left} are cut off");
    pass(&mut traffic, now, 2.0);
    assert_eq!(held(&mut traffic), 0);
}

/// The same page, slow start: the share of a target that became healthy grows in a straight line over the duration.
#[test]
fn a_new_targets_share_grows_under_slow_start() {
    let mut fleet = balanced(2, &server(4), Algorithm::RoundRobin);
    group_of(&mut fleet).slow_start = SimDuration::from_secs(100);
    group_of(&mut fleet).targets[1].healthy_since = START;
    let mut traffic = traffic(1, steady(60.0), &fleet);
    let mut now = START;
    let mut shares = Vec::new();
    for _ in 0..12 {
        now = pass(&mut traffic, now, 10.0);
        let finished = finished(&mut traffic);
        shares.push(finished[1] as f64 / finished.iter().sum::<u64>() as f64);
    }
    assert!(shares[0] < 0.05 && (shares[5] - 0.33).abs() < 0.07, "{shares:?}");
    assert!((shares[10] - 0.5).abs() < 0.01 && (shares[11] - 0.5).abs() < 0.01, "{shares:?}");
}

/// The same page, sticky sessions: visitors stay with their target, so a new one gets only those whose cookie has ended.
#[test]
fn sticky_visitors_leave_a_new_target_idle() {
    let mut fleet = balanced(2, &server(4), Algorithm::RoundRobin);
    group_of(&mut fleet).stickiness = Some(SimDuration::HOUR);
    let late = group_of(&mut fleet).targets.remove(1);
    let mut traffic = traffic(1, steady(60.0), &fleet);
    let now = pass(&mut traffic, START, 300.0);
    traffic.take_sample();
    group_of(&mut fleet).targets.push(late);
    traffic.set_fleet(&fleet);
    let now = pass(&mut traffic, now, 300.0);
    let idle = finished(&mut traffic);
    assert_eq!(idle[1], 0, "all know their target: {idle:?}");
    let now = pass(&mut traffic, now, 4_000.0);
    traffic.take_sample();
    pass(&mut traffic, now, 300.0);
    let shared = finished(&mut traffic);
    assert!(shared[1] * 3 > shared[0], "{shared:?}");
}

/// The same page, "Automatic Target Weights": a target that fails gets fewer requests.
#[test]
fn anomalies_are_mitigated() {
    let failures = |mitigates_anomalies| {
        let mut fleet = balanced(4, &server(2), Algorithm::WeightedRandom { mitigates_anomalies });
        fleet.servers.insert(ServerId(1), ServerSpec { app: AppState::Refusing, ..server(2) });
        let mut traffic = traffic(1, steady(60.0), &fleet);
        let now = pass(&mut traffic, START, 60.0);
        traffic.take_sample();
        pass(&mut traffic, now, 120.0);
        let seen = seen(&mut traffic);
        seen.count(Outcome::Balancer502) as f64 / seen.sent as f64
    };
    let (without, with) = (failures(false), failures(true));
    assert!((without - 0.25).abs() < 0.02 && with < 0.02, "{without} and {with}");
}

/// The weights of a rule's target groups share the requests out.
#[test]
fn target_groups_get_their_share_by_weight() {
    let group = |weight, id| TargetGroup {
        weight,
        targets: vec![Target { server: ServerId(id), healthy_since: SimTime::ZERO }],
        ..TargetGroup::default()
    };
    let balancer = Balancer { groups: vec![group(3, 1), group(1, 2), group(0, 3)], idle_timeout: SimDuration::MINUTE };
    let fleet = Fleet {
        servers: (1..=3).map(|id| (ServerId(id), server(4))).collect(),
        doors: [(STREAM, Door::Balancer(balancer))].into(),
    };
    let mut traffic = traffic(1, steady(60.0), &fleet);
    pass(&mut traffic, START, 600.0);
    let finished = finished(&mut traffic);
    assert!((finished[0] as f64 / finished[1] as f64 - 3.0).abs() < 0.15 && finished[2] == 0, "{finished:?}");
}

/// User Guide for Application Load Balancers, "Troubleshoot": 503 without targets; connections that are not taken fail after 10 seconds.
#[test]
fn closed_doors_fail_at_once_or_after_a_while() {
    for (door, outcome, after) in [
        (Door::Balancer(Balancer::to(Algorithm::RoundRobin, [])), Outcome::Balancer503, 0.0),
        (Door::Answered(200), Outcome::Rule2xx, 0.0),
        (Door::Answered(302), Outcome::Rule3xx, 0.0),
        (Door::Answered(404), Outcome::Rule4xx, 0.0),
        (Door::Answered(503), Outcome::Rule5xx, 0.0),
        (Door::Refused, Outcome::Refused, 0.0),
        (Door::NameNotFound, Outcome::NameNotFound, 0.0),
        (Door::Silent, Outcome::TimedOut, 10.0),
    ] {
        let fleet = Fleet { servers: [].into(), doors: [(STREAM, door)].into() };
        let mut traffic = traffic(1, steady(50.0), &fleet);
        pass(&mut traffic, START, 20.0);
        let seen = seen(&mut traffic);
        let expected = 50.0 * (20.0 - after);
        assert_eq!(seen.count(outcome), seen.ended());
        assert!((seen.ended() as f64 - expected).abs() < 4.0 * libm::sqrt(expected), "{outcome:?}: {}", seen.ended());
        assert_eq!(traffic.in_flight(), seen.sent - seen.ended());
    }
}
