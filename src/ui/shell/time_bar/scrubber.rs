//! The axis of time: a thumb that goes to any moment, and marks of what happened.
use std::collections::BTreeMap;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::projection::console::clock;
use crate::projection::marks::{self, Mark, Placed};
use crate::projection::time_bar::{Move, TimeBar, moment_at, moved, permille_of};
use crate::session::timeline::BranchId;
use crate::session::{START, Timeline};
use crate::ui::lab::Lab;

/// So many marks of a kind can be told apart on the bar.
const PLACES: u64 = 200;

/// The thumb and the marks.
#[component]
pub fn Scrubber(bar: Memo<TimeBar>) -> impl IntoView {
    let lab = Lab::get();
    let marks = all_marks(lab);
    let placed = Memo::new(move |_| marks.with(|marks| marks::placed(marks, START, bar.with(|bar| bar.end), PLACES)));
    let permille = Memo::new(move |_| bar.with(|bar| permille_of(bar.now, bar.end)));
    let spoken = move || bar.with(|bar| format!("{}, of {}", clock(bar.now), clock(bar.end)));
    let go = move |value: String| {
        if let Ok(permille) = value.parse() {
            lab.go_to(moment_at(permille, bar.with_untracked(|bar| bar.end)));
        }
    };
    let press = move |event: KeyboardEvent| {
        if let Some(step) = move_of(&event) {
            event.prevent_default();
            lab.go_to(marks.with_untracked(|marks| bar.with_untracked(|bar| moved(step, bar, marks))));
        }
    };
    view! {
        <div class="scrubber" style:--share=move || format!("{}%", permille.get() as f64 / 10.0)>
            <div class="scrubber-marks" aria-hidden="true">{move || placed.get().iter().map(mark).collect_view()}</div>
            <input
                type="range"
                aria-label="Moment"
                aria-description="Control and an arrow go to the next mark."
                min="0"
                max="1000"
                prop:value=move || permille.get().to_string()
                aria-valuetext=spoken
                on:keydown=press
                on:input:target=move |event| go(event.target().value())
            />
        </div>
    }
}

fn mark(mark: &Placed) -> impl IntoView + use<> {
    let at = format!("{}%", mark.permille as f64 / 10.0);
    view! { <i class="mark" data-kind=mark.kind.name() style:--at=at title=mark.text.clone()></i> }
}

/// The marks of the branch: those up to the moment, and those that were seen ahead of it before the learner went back.
fn all_marks(lab: Lab) -> Memo<Vec<Mark>> {
    let seen = StoredValue::new(BTreeMap::<(BranchId, String), Vec<Mark>>::new());
    lab.view_late(move |timeline, region| {
        let marks = marks::marks(timeline.session(), region);
        let key = (timeline.current(), region.to_owned());
        if timeline.is_in_the_past() {
            let ahead = seen.with_value(|seen| seen.get(&key).map(|seen| later(seen, timeline)));
            return [marks, ahead.unwrap_or_else(|| marks::ahead(timeline, region))].concat();
        }
        seen.update_value(|seen| drop(seen.insert(key, marks.clone())));
        marks
    })
}

fn later(seen: &[Mark], timeline: &Timeline) -> Vec<Mark> {
    let now = timeline.session().now();
    seen.iter().filter(|mark| mark.at > now).cloned().collect()
}

fn move_of(event: &KeyboardEvent) -> Option<Move> {
    let by_marks = event.ctrl_key() || event.meta_key();
    Some(match (event.key().as_str(), by_marks) {
        ("ArrowLeft" | "ArrowDown", false) => Move::Back,
        ("ArrowRight" | "ArrowUp", false) => Move::Forward,
        ("ArrowLeft" | "ArrowDown", true) => Move::MarkBefore,
        ("ArrowRight" | "ArrowUp", true) => Move::MarkAfter,
        ("PageDown", _) => Move::FarBack,
        ("PageUp", _) => Move::FarForward,
        ("Home", _) => Move::First,
        ("End", _) => Move::Last,
        _ => return None,
    })
}
