//! Tells screen readers what happens by itself: servers, alarms, sizes of groups.
use leptos::prelude::*;

use super::browser::live::Announcer;
use super::lab::Lab;
use super::pace::Speed;
use crate::projection::events;

/// The fastest speed at which events are read out: beyond it they come faster than anyone can listen.
const FASTEST: Speed = Speed::X10;
/// At most this many of them at once.
const MOST: usize = 3;

/// Reads out important events of the region as they happen.
pub fn tell(lab: Lab, announcer: Announcer) {
    let told = StoredValue::new(lab.look(|session, _| session.cloud().events().recorded() as usize));
    Effect::new(move |was_busy: Option<bool>| {
        lab.track();
        let is_busy = lab.progress().with(Option::is_some);
        let (news, seen) = lab.look(|session, view| {
            let from = told.get_value().min(session.cloud().events().recorded() as usize);
            (events::headlines(session, &view.region, from), session.cloud().events().recorded() as usize)
        });
        told.set_value(seen);
        // What happens on a journey has happened before, or is told when it ends.
        let is_heard = !is_busy && was_busy != Some(true);
        if is_heard && lab.speed().get_untracked().factor() <= FASTEST.factor() {
            news.into_iter().rev().take(MOST).rev().for_each(|text| announcer.say(text));
        }
        is_busy
    });
}
