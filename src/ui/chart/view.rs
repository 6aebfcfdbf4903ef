//! What all charts of a page share: the part of the time that they show, the moment that is read, the marks that are hidden.
use leptos::prelude::*;

use crate::projection::chart::{Cursor, TimeWindow, Zoom, ZoomStep};
use crate::projection::marks::MarkKind;
use crate::sim::SimTime;
use crate::ui::browser::live::Announcer;

/// The view; it is `Copy`, and each chart and its tools work on the same one.
#[derive(Clone, Copy)]
pub struct ChartView {
    extent: Memo<TimeWindow>,
    zoom: RwSignal<Zoom>,
    pub(super) cursor: RwSignal<Cursor>,
    hidden: RwSignal<Vec<MarkKind>>,
    announcer: Announcer,
}

impl ChartView {
    /// A view of the last hour of all the time there is.
    pub fn new(extent: Memo<TimeWindow>) -> Self {
        ChartView {
            extent,
            zoom: RwSignal::new(Zoom::default()),
            cursor: RwSignal::new(Cursor::Off),
            hidden: RwSignal::new(Vec::new()),
            announcer: expect_context(),
        }
    }

    /// The part of the time that is shown.
    pub fn window(self) -> TimeWindow {
        self.zoom.get().window(self.extent.get())
    }

    /// The kinds of marks that are hidden.
    pub fn hidden(self) -> Signal<Vec<MarkKind>> {
        self.hidden.into()
    }

    /// Shows or hides a kind of marks.
    pub fn show_marks(self, kind: MarkKind, is_shown: bool) {
        self.hidden.update(|hidden| {
            hidden.retain(|other| *other != kind);
            if !is_shown {
                hidden.push(kind);
            }
        });
    }

    /// What is shown, in words.
    pub fn text(self) -> String {
        self.zoom.get().text(self.extent.get())
    }

    /// Makes a step from a button or a key, about the moment that is read, and says what is shown then.
    pub fn step(self, step: ZoomStep) {
        let about = match self.cursor.get_untracked() {
            Cursor::At(moment) => Some(moment),
            Cursor::Off => None,
        };
        self.change(|zoom, extent| zoom.after(step, about, extent));
        self.announcer.say(format!("The charts show {}.", untrack(|| self.text())));
    }

    /// Shows so many times as much time, about a moment.
    pub(super) fn scale(self, factor: f64, about: SimTime) {
        self.change(|zoom, extent| zoom.scaled(factor, Some(about), extent));
    }

    /// Whether there is nothing to move: all the time there is can be seen.
    pub(super) fn is_whole(self) -> bool {
        untrack(|| self.window() == self.extent.get())
    }

    /// Shows another part of the time.
    pub(super) fn change(self, change: impl FnOnce(Zoom, TimeWindow) -> Zoom) {
        let extent = self.extent.get_untracked();
        let zoom = change(self.zoom.get_untracked(), extent);
        if zoom != self.zoom.get_untracked() {
            self.zoom.set(zoom);
        }
    }
}
