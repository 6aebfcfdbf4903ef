//! What the data plane is told: which servers there are, and where each stream's name leads.
use std::collections::BTreeMap;

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
    /// Requests that are worked on at the same time: one per virtual CPU.
    pub vcpus: u32,
    /// Whether its program answers.
    pub app: AppState,
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
}

/// Where a stream's name leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Door {
    /// To a balancer with these targets; without any it answers 503 itself.
    Balancer {
        /// How it chooses.
        algorithm: Algorithm,
        /// Among whom.
        targets: Vec<ServerId>,
    },
    /// Straight to a server.
    Server(ServerId),
    /// To an address where nothing answers.
    Silent,
    /// To a machine that refuses.
    Refused,
    /// Nowhere: the name does not exist.
    NameNotFound,
}

/// How a balancer chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// One after the other.
    RoundRobin,
    /// The one with the fewest requests under way; the first among equals.
    LeastOutstandingRequests,
}
