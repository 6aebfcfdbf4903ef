//! Events: what happened, when, and because of what.
use crate::sim::SimTime;

/// An event's place in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId(pub u64);

/// A fact with its moment and its cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The event's place in the record.
    pub id: EventId,
    /// When it happened.
    pub at: SimTime,
    /// Where it happened.
    pub region: &'static str,
    /// The event that led to it; none for what came from outside.
    pub cause: Option<EventId>,
    /// What happened.
    pub fact: Fact,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A request that may change something came in.
    RequestReceived {
        /// The service that was asked.
        service: &'static str,
        /// The operation that was asked for.
        operation: &'static str,
    },
    /// An instance changed its state.
    InstanceStateChanged {
        /// Which one.
        instance_id: String,
        /// The state it is in now.
        state: &'static str,
    },
    /// The operating system and its programs are up: the server can answer.
    InstanceBooted {
        /// Which one.
        instance_id: String,
    },
    /// A zone was lost, or is back.
    ZoneChanged {
        /// Which one.
        zone: String,
        /// Whether its instances can be reached.
        is_reachable: bool,
    },
    /// A public address leads elsewhere from now on.
    AddressMoved {
        /// The address.
        public_ip: String,
        /// The instance that it led to.
        from: Option<String>,
        /// The instance that it leads to.
        to: Option<String>,
    },
    /// An image can be launched from now on.
    ImageAvailable {
        /// Which one.
        image_id: String,
    },
    /// A load balancer changed its state.
    LoadBalancerStateChanged {
        /// Its name.
        name: String,
        /// The state it is in now.
        state: &'static str,
    },
    /// A target of a target group changed its health.
    TargetHealthChanged {
        /// The target group's name.
        target_group: String,
        /// The target's instance.
        instance_id: String,
        /// The state it is in now.
        state: &'static str,
        /// The reason code, such as `Target.Timeout`; empty for a healthy target.
        reason: String,
    },
    /// A group wants another number of instances.
    DesiredCapacityChanged {
        /// The group's name.
        group: String,
        /// How many it wanted before.
        from: i64,
        /// How many it wants now.
        to: i64,
        /// The sentence of the activity history that says why.
        reason: String,
    },
    /// A scaling activity began or ended.
    ActivityChanged {
        /// The group's name.
        group: String,
        /// The activity's id.
        activity_id: String,
        /// Its status code, such as `Successful`.
        status: String,
    },
    /// An alarm changed its state.
    AlarmStateChanged {
        /// The alarm's name.
        alarm: String,
        /// The state it was in before.
        from: &'static str,
        /// The state it is in now.
        state: &'static str,
        /// The reason, in CloudWatch's words.
        reason: String,
        /// The datapoints that it was judged by, with the beginnings of their periods, the newest first; none if a request set the state.
        datapoints: Vec<(SimTime, f64)>,
    },
    /// A record of a hosted zone was changed.
    DnsRecordChanged {
        /// The name.
        name: String,
        /// What it stands for now; nothing if the record was deleted.
        values: Vec<String>,
        /// When all name servers answer so.
        in_sync: SimTime,
    },
    /// A policy looked at its alarm and left the capacity as it is. Recorded when the reason becomes another one.
    PolicyHeldBack {
        /// The group's name.
        group: String,
        /// The policy's name.
        policy: String,
        /// The value of its metric, if there was one.
        metric: Option<f64>,
        /// How many instances it would have.
        wanted: i64,
        /// How many the group wants.
        desired: i64,
        /// What held it back, such as `maximum` or `warm-up`.
        clamp: &'static str,
        /// The arithmetic and the reason in words.
        reason: String,
    },
    /// A group has not what it wants and does nothing for it. Recorded when the reason becomes another one.
    GroupHeldBack {
        /// The group's name.
        group: String,
        /// How many it wants.
        desired: i64,
        /// How many it has that are to stay.
        actual: i64,
        /// Why.
        reason: &'static str,
    },
    /// EC2 refused a launch of a group.
    LaunchFailed {
        /// The group's name.
        group: String,
        /// The zone.
        zone: String,
        /// EC2's code.
        code: String,
        /// EC2's message.
        message: String,
    },
    /// A member of a group is in another state.
    MemberStateChanged {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
        /// The state it is in now, such as `InService`.
        state: &'static str,
    },
    /// A group calls a member unhealthy.
    MemberUnhealthy {
        /// The group's name.
        group: String,
        /// The instance.
        instance_id: String,
        /// What is wrong, in the words of the activity history.
        reason: &'static str,
    },
    /// A lifecycle hook holds up a launch or a termination.
    LifecycleActionBegan {
        /// The group's name.
        group: String,
        /// The hook's name.
        hook: String,
        /// The instance.
        instance_id: String,
        /// The token of the action.
        token: String,
    },
}

/// The record of events in the order in which they happened.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    events: Vec<Event>,
}

impl EventLog {
    pub(super) fn record(&mut self, at: SimTime, region: &'static str, cause: Option<EventId>, fact: Fact) -> EventId {
        let id = EventId(self.events.len() as u64);
        self.events.push(Event { id, at, region, cause, fact });
        id
    }

    /// The event with this id.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        self.events.get(usize::try_from(id.0).ok()?)
    }

    /// All events, the oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, Event> {
        self.events.iter()
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The event and what led to it, back to what came from outside.
    pub fn chain(&self, id: EventId) -> Vec<&Event> {
        std::iter::successors(self.get(id), |event| event.cause.and_then(|cause| self.get(cause))).collect()
    }
}
