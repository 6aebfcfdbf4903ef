//! Pointers on a chart: one that hovers reads it, a mouse that drags selects a stretch of time, fingers move and stretch it.
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::reader::Reader;
use crate::projection::chart::{Cursor, Finger, Zoom};
use crate::sim::SimTime;

/// CSS pixels that a pointer may tremble between pressing and letting go: less is a click.
const STILL: f64 = 6.0;

/// What is going on with the pointers.
#[derive(Clone, Debug, Default)]
enum Grip {
    /// Nothing is pressed.
    #[default]
    Free,
    /// A mouse that was pressed at this share of the width selects a stretch.
    Selecting(f64),
    /// Fingers hold moments; each with its pointer's id. So does a mouse with Shift.
    Holding(Vec<(i32, Finger)>),
}

/// The pointers on one chart.
#[derive(Clone, Copy)]
pub struct Gesture {
    reader: Reader,
    grip: StoredValue<Grip>,
    /// Where the pointer was pressed, in CSS pixels, until it has moved from there.
    pressed_at: StoredValue<Option<[f64; 2]>>,
    /// Whether the click that follows is the end of a drag.
    is_drag: StoredValue<bool>,
    selected: RwSignal<Option<[f64; 2]>>,
}

impl Gesture {
    /// No pointer yet.
    pub fn new(reader: Reader) -> Self {
        Gesture {
            reader,
            grip: StoredValue::new(Grip::Free),
            pressed_at: StoredValue::new(None),
            is_drag: StoredValue::new(false),
            selected: RwSignal::new(None),
        }
    }

    /// The shares of the width between which a stretch is being selected.
    pub fn selected(self) -> Signal<Option<[f64; 2]>> {
        self.selected.into()
    }

    /// A pointer was pressed.
    pub fn press(self, event: &PointerEvent) {
        let Some((share, moment)) = self.reader.share_at(f64::from(event.offset_x())) else { return };
        self.is_drag.set_value(false);
        self.pressed_at.set_value(Some(position(event)));
        if event.pointer_type() != "mouse" {
            self.hold(event, Finger { moment, share });
        } else if event.button() == 0 && event.shift_key() {
            capture(event);
            self.hold(event, Finger { moment, share });
        } else if event.button() == 0 {
            capture(event);
            self.grip.set_value(Grip::Selecting(share));
        }
    }

    fn hold(self, event: &PointerEvent, finger: Finger) {
        self.grip.update_value(|grip| {
            let mut held = match std::mem::take(grip) {
                Grip::Holding(held) => held,
                Grip::Free | Grip::Selecting(_) => Vec::new(),
            };
            held.retain(|(id, _)| *id != event.pointer_id());
            held.push((event.pointer_id(), finger));
            *grip = Grip::Holding(held);
        });
    }

    /// A pointer moved.
    pub fn moved(self, event: &PointerEvent) {
        let Some((share, _)) = self.reader.share_at(f64::from(event.offset_x())) else { return };
        if self.trembles(event) {
            return self.reader.point(event);
        }
        match self.grip.get_value() {
            Grip::Free => self.reader.point(event),
            Grip::Selecting(from) => {
                self.selected.set(Some([from.min(share), from.max(share)]));
                self.reader.point(event);
            }
            Grip::Holding(held) => self.drag(event, held, share),
        }
    }

    /// Whether a pressed pointer is still where it was pressed, or nearly so.
    fn trembles(self, event: &PointerEvent) -> bool {
        let Some([x, y]) = self.pressed_at.get_value() else { return false };
        let [now_x, now_y] = position(event);
        let is_still = (now_x - x).abs().max((now_y - y).abs()) < STILL;
        if !is_still {
            self.pressed_at.set_value(None);
            self.is_drag.set_value(true);
        }
        is_still
    }

    fn drag(self, event: &PointerEvent, mut held: Vec<(i32, Finger)>, share: f64) {
        // Where all is shown there is nothing to move: one finger reads.
        if held.len() == 1 && self.reader.view().is_whole() {
            return self.reader.point(event);
        }
        for (id, finger) in &mut held {
            if *id == event.pointer_id() {
                finger.share = share;
            }
        }
        let fingers: Vec<Finger> = held.iter().map(|(_, finger)| *finger).collect();
        self.grip.set_value(Grip::Holding(held));
        self.reader.view().cursor.set(Cursor::Off);
        self.reader.view().change(|zoom, extent| zoom.held(&fingers, extent));
    }

    /// A pointer was let go, or the browser took it for scrolling.
    pub fn release(self, event: &PointerEvent) {
        self.pressed_at.set_value(None);
        match self.grip.try_update_value(std::mem::take).unwrap_or_default() {
            Grip::Free => {}
            Grip::Selecting(_) => self.select(event.type_() == "pointerup"),
            Grip::Holding(mut held) => {
                held.retain(|(id, _)| *id != event.pointer_id());
                // What is left holds the moment that it is at now.
                for (_, finger) in &mut held {
                    finger.moment = self.reader.moment_of(finger.share);
                }
                if !held.is_empty() {
                    self.grip.set_value(Grip::Holding(held));
                }
            }
        }
    }

    /// Shows the stretch that was selected.
    fn select(self, is_done: bool) {
        if let Some(selected) = self.selected.get_untracked() {
            self.selected.set(None);
            let [from, to]: [SimTime; 2] = selected.map(|share| self.reader.moment_of(share));
            if is_done {
                self.reader.view().change(|_, extent| Zoom::between(from, to, extent));
            }
        }
    }

    /// Whether the click that comes now is the end of a drag.
    pub fn takes_click(self) -> bool {
        self.is_drag.try_update_value(std::mem::take).unwrap_or(false)
    }

    /// A pointer left the chart.
    pub fn leave(self) {
        if matches!(self.grip.get_value(), Grip::Free) {
            self.reader.leave();
        }
    }

    /// A wheel that turns with Control held down stretches the time; without it, it scrolls the page as ever.
    pub fn wheel(self, event: &WheelEvent) {
        if !event.ctrl_key() && !event.meta_key() {
            return;
        }
        event.prevent_default();
        if let Some((_, moment)) = self.reader.share_at(f64::from(event.offset_x())) {
            let factor = libm::exp2(event.delta_y().clamp(-100.0, 100.0) / 250.0);
            self.reader.view().scale(factor, moment);
        }
    }
}

fn position(event: &PointerEvent) -> [f64; 2] {
    [f64::from(event.client_x()), f64::from(event.client_y())]
}

/// A drag that leaves the chart goes on.
fn capture(event: &PointerEvent) {
    let element = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    // A browser that refuses ends the drag at the edge.
    let _ = element.map(|element| element.set_pointer_capture(event.pointer_id()));
}
