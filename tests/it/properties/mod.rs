//! Laws that hold whatever is asked: random requests, legal and illegal, with faults, over simulated days.
//!
//! Ten thousand requests in the ordinary run, with a look at the laws after each; a million with `LAB_LONG=1`, with a look after every
//! sixteenth: `LAB_LONG=1 cargo test --no-default-features --profile bench --test it properties`. A failure names its seed and the number
//! of the request. `LAB_SEED=7` plays the session of that seed alone, looks after each request, and tells what is asked.
mod balancing;
mod laws;
mod outside;
mod player;
mod scaling;
mod servers;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use player::{Asked, Player};
use scaling_lab::session::Session;

/// Requests of one session; the sessions' seeds are counted from 1.
const REQUESTS: usize = 500;
/// A kind of request: how often it comes beside the others, and what makes it.
type Kind = (u64, fn(&mut Player) -> Asked);

/// All kinds of requests.
const KINDS: [&[Kind]; 4] = [servers::KINDS, scaling::KINDS, balancing::KINDS, outside::KINDS];

/// How often each operation was asked for and how often it was answered.
type Answers = BTreeMap<&'static str, (usize, usize)>;

struct Plan {
    seeds: Vec<u64>,
    /// After how many requests the laws are looked at.
    looks_every: usize,
    is_told: bool,
}

fn plan() -> Plan {
    let variable = |name: &str| std::env::var(name).ok();
    if let Some(seed) = variable("LAB_SEED").and_then(|text| text.parse().ok()) {
        return Plan { seeds: vec![seed], looks_every: 1, is_told: true };
    }
    let (requests, looks_every) = if variable("LAB_LONG").is_some() { (1_000_000, 16) } else { (10_000, 1) };
    Plan { seeds: (1..=(requests / REQUESTS) as u64).collect(), looks_every, is_told: false }
}

/// Plays the session of a seed to its end.
fn play(seed: u64, plan: &Plan, answers: &mut Answers) -> Player {
    let mut player = Player::new(seed);
    for number in 1..=REQUESTS {
        let step = || {
            let (service, operation, parameters) = player.request();
            if plan.is_told {
                eprintln!("{number:>4} {} {service} {operation} {parameters}", player.lab.now().to_iso8601());
            }
            let answer = player.lab.ask(crate::support::REGION, service, operation, parameters);
            let (asked, answered) = answers.entry(operation).or_default();
            (*asked, *answered) = (*asked + 1, *answered + usize::from(answer.is_ok()));
            player.let_time_pass();
            if number % plan.looks_every == 0 {
                player.look();
            }
            if number == REQUESTS {
                player.calm_down();
            }
        };
        let has_played = catch_unwind(AssertUnwindSafe(step)).is_ok();
        assert!(has_played, "a law is broken; to see how: LAB_SEED={seed}; it is request {number} of seed {seed}");
    }
    player
}

/// Group sizes within their bounds, and each change of the desired capacity with one cause; zones in balance when all is calm; every address
/// on at most one instance, every instance in at most one group, no target in two states; a bill that never falls; as many requests of
/// visitors sent as answered, failed and under way; and a replay that is equal to the bit.
#[test]
fn the_laws_hold_whatever_is_asked_and_a_replay_is_equal_to_the_bit() {
    let plan = plan();
    let (mut answers, mut balanced) = (Answers::new(), 0);
    for &seed in &plan.seeds {
        let player = play(seed, &plan, &mut answers);
        balanced += player.ledger.balanced_groups;
        let replayed = Session::replay(player.lab.journal()).digest();
        assert_eq!(replayed, player.lab.digest(), "the replay of seed {seed}; to see it alone: LAB_SEED={seed}");
    }
    if plan.is_told {
        println!("{balanced} groups in balance; asked and answered: {answers:#?}");
    } else {
        assert!(balanced >= plan.seeds.len() / 4, "groups are looked at when all is calm: {balanced}");
        let never = answers.iter().filter(|(_, (_, answered))| *answered == 0).collect::<Vec<_>>();
        assert!(never.is_empty(), "operations that were never answered: {never:?}");
        let refused = answers.values().filter(|(asked, answered)| answered < asked).count();
        assert!(
            refused * 2 > answers.len(),
            "operations that were refused now and then: {refused} of {}",
            answers.len()
        );
    }
}
