//! How requests go: which place leads to which, how many go there, and the way of each single one.
use super::{Place, Tile, Topology, VisitorsBox};
use crate::session::Session;
use crate::traffic::{Outcome, ServerId, Watched};

/// A way from one place to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// How many requests go there in a second.
    pub requests_per_second: f64,
}

/// A single request on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// The request.
    pub request: Watched,
    /// Where it goes, from its visitors to where it is answered.
    pub stops: Vec<Place>,
}

impl Topology {
    /// The ways between the places, with what goes along each.
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        let mut add = |from: &Place, to: &Place, rate: f64| match links
            .iter_mut()
            .find(|link| link.from == *from && link.to == *to)
        {
            Some(link) => link.requests_per_second += rate,
            None => links.push(Link { from: from.clone(), to: to.clone(), requests_per_second: rate }),
        };
        for door in &self.doors {
            door.ends.iter().for_each(|end| add(&door.place(), end, 0.0));
        }
        for visitors in &self.visitors {
            let stops = [vec![visitors.place()], visitors.way.clone()].concat();
            let rate = visitors.requests_per_second as f64;
            stops.windows(2).for_each(|pair| add(&pair[0], &pair[1], rate));
        }
        for (balancer, zone) in self.balancers.iter().flat_map(|one| self.zones.iter().map(move |zone| (one, zone))) {
            if balancer.row.zones.contains(&zone.name) {
                let theirs = zone.tiles.iter().filter(|tile| tile.balancer.as_ref() == Some(&balancer.row.arn));
                let rate = theirs.filter_map(|tile| tile.requests_per_second).sum();
                add(&Place::Balancer(balancer.row.arn.clone()), &Place::Zone(zone.name.clone()), rate);
            }
        }
        links
    }

    fn tile(&self, server: ServerId) -> Option<&Tile> {
        self.zones.iter().flat_map(|zone| &zone.tiles).find(|tile| tile.server == server)
    }

    /// The way of a watched request; none if its visitors are not on the map.
    pub fn walk(&self, request: &Watched) -> Option<Walk> {
        let visitors = self.visitors.iter().find(|visitors| visitors.stream == request.stream)?;
        let mut stops = [vec![visitors.place()], visitors.way.clone()].concat();
        if let Some(tile) = request.server.and_then(|server| self.tile(server)) {
            let instance = Place::Instance(tile.row.id.clone());
            if stops.last() != Some(&instance) {
                stops.push(Place::Zone(tile.row.zone.clone()));
                stops.push(instance);
            }
        }
        Some(Walk { request: *request, stops })
    }

    /// What became of the latest watched request that has ended, in a sentence.
    pub fn latest_answer(&self, session: &Session) -> String {
        let ended = session.traffic().watched().filter(|request| request.end.is_some());
        let latest = ended.max_by_key(|request| request.end.map(|(at, _)| at));
        let walk = latest.and_then(|request| self.walk(request));
        walk.and_then(|walk| self.sentence(&walk)).unwrap_or_default()
    }

    fn sentence(&self, walk: &Walk) -> Option<String> {
        let (at, outcome) = walk.request.end?;
        let names: Vec<String> = walk.stops.iter().filter_map(|stop| self.name(stop)).collect();
        let millis = at.since(walk.request.sent).as_secs_f64() * 1_000.0;
        let end = match outcome {
            Outcome::Success if millis < 9.95 => format!("answered in {millis:.1} ms"),
            Outcome::Success => format!("answered in {millis:.0} ms"),
            other => in_words(other).to_owned(),
        };
        Some(format!("{}: {end}", names.join(" → ")))
    }

    fn name(&self, place: &Place) -> Option<String> {
        match place {
            Place::Visitors(stream) => {
                self.visitors.iter().find(|one: &&VisitorsBox| one.stream.0 == *stream).map(|one| one.name.clone())
            }
            Place::Door(name, _) => Some(name.clone()),
            Place::Balancer(arn) => {
                self.balancers.iter().find(|one| one.row.arn == *arn).map(|one| one.row.name.clone())
            }
            Place::Zone(_) => None,
            Place::Instance(id) => Some(id.clone()),
        }
    }
}

/// How a request ended, as the one who sent it sees it.
pub fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "answered",
        Outcome::Balancer502 => "502 Bad Gateway",
        Outcome::Balancer503 => "503 Service Unavailable",
        Outcome::Balancer504 => "504 Gateway Timeout",
        Outcome::Balancer460 => "the visitor closed the connection",
        Outcome::Refused => "connection refused",
        Outcome::TimedOut => "no answer",
        Outcome::NameNotFound => "the name does not exist",
        Outcome::Rule2xx => "answered by a rule",
        Outcome::Rule3xx => "redirected by a rule",
        Outcome::Rule4xx => "4xx from a rule",
        Outcome::Rule5xx => "5xx from a rule",
    }
}
