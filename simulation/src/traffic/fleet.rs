//! What the data plane is told: which servers there are, and where each stream's name leads.
use std::collections::BTreeMap;

use crate::sim::{SimDuration, SimTime};

/// A server's number, the same for its whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerId(pub u64);

/// A stream of visitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StreamId(pub u32);

/// The servers and the doors at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fleet {
    /// The servers that exist.
    pub servers: BTreeMap<ServerId, ServerSpec>,
    /// Where each stream's name leads.
    pub doors: BTreeMap<StreamId, Door>,
}

/// What a server can do.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerSpec {
    /// Its virtual CPUs: so many requests are worked on at full speed at the same time.
    pub vcpus: u32,
    /// Whether its program answers.
    pub app: AppState,
    /// In which order requests get the CPUs.
    pub discipline: Discipline,
    /// The most connections that it keeps alive at the same time, each with one request: those that share the CPUs, or those that have a CPU or
    /// wait for one. Simplified: a connection that is kept alive without a request gives way to a new one.
    pub connections: u32,
    /// The most requests that wait for a connection. Beyond that, connections are dropped.
    pub backlog: u32,
    /// How long its program takes in per cent of normal: 100, or more if it has become slow.
    pub slowness_percent: u32,
    /// The share of its CPUs that another program takes, in per cent, up to 99.
    pub filled_percent: u32,
    /// Whether it has an accelerator for inference.
    pub has_accelerator: bool,
    /// What its network adds to each answer.
    pub network_delay: SimDuration,
    /// When its program came up with cold caches, and how long they stay cold; nothing of it if the length is zero.
    pub warm_up: (SimTime, SimDuration),
    /// The CPU credits that it works on, if it does.
    pub credits: Option<CreditSpec>,
}

/// Whether a server's program answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppState {
    /// It does.
    Serving,
    /// Nothing listens on the port: connections are refused at once.
    Refusing,
    /// Packets are dropped: nothing comes back.
    Silent,
    /// It takes connections and never answers.
    Hung,
}

/// In which order requests get the CPUs of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// Each is worked on without a break; the others wait their turn.
    FirstInFirstOut,
    /// All are worked on at once, each with its share of the CPUs and at most one.
    ProcessorSharing,
}

/// The CPU credits of a burstable instance (EC2 User Guide, "Key concepts for burstable performance instances"). One credit is one virtual
/// CPU at 100 % for one minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditSpec {
    /// Credits that come in an hour.
    pub per_hour: f64,
    /// The most that are kept: what comes in 24 hours.
    pub most: f64,
    /// Launch credits: 30 for each virtual CPU of a T2 instance in standard mode.
    pub at_launch: f64,
    /// Whether it may go on with surplus credits when it has none left.
    pub is_unlimited: bool,
}

/// Where a stream's name leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Door {
    /// To a balancer.
    Balancer(Balancer),
    /// To a balancer whose rule answers with this status code itself: a redirect or a fixed response.
    Answered(u16),
    /// Straight to a server.
    Server(ServerId),
    /// To an address where nothing answers.
    Silent,
    /// To a machine that refuses.
    Refused,
    /// Nowhere: the name does not exist.
    NameNotFound,
}

/// A balancer as a stream of visitors meets it: the target groups of the rule that fits their requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Balancer {
    /// Its target groups, with weights; without any it answers 503 itself.
    pub groups: Vec<TargetGroup>,
    /// How long it waits for an answer (`idle_timeout.timeout_seconds`).
    pub idle_timeout: SimDuration,
}

/// A target group as the data plane has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetGroup {
    /// Its share of the requests, relative to the others (0 to 999).
    pub weight: u32,
    /// How it chooses.
    pub algorithm: Algorithm,
    /// Among whom: the healthy targets, or all if none is. Without any the balancer answers 503.
    pub targets: Vec<Target>,
    /// Targets that get nothing new and may finish what they have: those that drain or are unhealthy.
    pub finishing: Vec<ServerId>,
    /// How long a new target's share grows from nothing to its full size (`slow_start.duration_seconds`).
    pub slow_start: SimDuration,
    /// How long a visitor comes back to the same target (`stickiness.lb_cookie.duration_seconds`), if they do.
    pub stickiness: Option<SimDuration>,
}

/// A target that gets requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The server.
    pub server: ServerId,
    /// When it became healthy: slow start counts from then.
    pub healthy_since: SimTime,
}

/// How a balancer chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// One after the other.
    RoundRobin,
    /// The one with the fewest requests under way; among equals the next in turn.
    LeastOutstandingRequests,
    /// Any, by chance. Targets that fail more than the others get less if anomalies are mitigated.
    WeightedRandom {
        /// Whether they are (`load_balancing.algorithm.anomaly_mitigation`).
        mitigates_anomalies: bool,
    },
}

/// A connection that is not taken within this time has failed, for a balancer and for a visitor.
pub const CONNECT_TIMEOUT: SimDuration = SimDuration::from_secs(10);
/// How long a balancer waits for an answer if nothing else is said; a visitor without a balancer waits as long.
pub const IDLE_TIMEOUT: SimDuration = SimDuration::from_secs(60);

impl Default for ServerSpec {
    /// A server with one CPU. Its queue is that of an Apache httpd as it comes: 256 connections (`MaxRequestWorkers`) and a backlog of 511
    /// (`ListenBacklog`).
    fn default() -> Self {
        ServerSpec {
            vcpus: 1,
            app: AppState::Serving,
            discipline: Discipline::FirstInFirstOut,
            connections: 256,
            backlog: 511,
            slowness_percent: 100,
            filled_percent: 0,
            has_accelerator: false,
            network_delay: SimDuration::ZERO,
            warm_up: (SimTime::ZERO, SimDuration::ZERO),
            credits: None,
        }
    }
}

impl Default for TargetGroup {
    /// An empty target group with the settings of a new one.
    fn default() -> Self {
        TargetGroup {
            weight: 1,
            algorithm: Algorithm::RoundRobin,
            targets: Vec::new(),
            finishing: Vec::new(),
            slow_start: SimDuration::ZERO,
            stickiness: None,
        }
    }
}

impl Balancer {
    /// A balancer with one target group of these servers, healthy for a long time.
    pub fn to(algorithm: Algorithm, servers: impl IntoIterator<Item = ServerId>) -> Self {
        let targets = servers.into_iter().map(|server| Target { server, healthy_since: SimTime::ZERO }).collect();
        Balancer {
            groups: vec![TargetGroup { algorithm, targets, ..TargetGroup::default() }],
            idle_timeout: IDLE_TIMEOUT,
        }
    }
}
