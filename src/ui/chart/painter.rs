//! Repaints a chart when something changed, it can be seen, and the last picture is old enough.
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use super::backend::{PlotBackend, TextWidths};
use super::draw::{PlotBox, draw};
use super::pen::Pen;
use super::surface::{Size, Surface};
use super::theme::ChartTheme;
use crate::projection::chart::{ChartPlan, ChartSpec, PlotSize};
use crate::ui::browser::frame::{Flow, FrameLoop};

/// Between two pictures of one chart: ten a second at most.
const REST_MILLIS: f64 = 100.0;
/// What the axes take of the canvas, about, in CSS pixels.
const AXES: (f64, f64) = (56.0, 34.0);

/// Where the data lies, in CSS pixels from the canvas's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotPlace {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// Paints one canvas.
pub struct Painter {
    canvas: HtmlCanvasElement,
    spec: Signal<ChartSpec>,
    theme: Signal<Option<ChartTheme>>,
    place: RwSignal<Option<PlotPlace>>,
    widths: TextWidths,
    is_dirty: Cell<bool>,
    painted_at: Cell<f64>,
    surface: RefCell<Option<Surface>>,
    frames: FrameLoop,
}

impl Painter {
    /// A painter that shows `spec` on `canvas` and writes to `place` where the data lies.
    pub fn new(canvas: HtmlCanvasElement, spec: Signal<ChartSpec>, place: RwSignal<Option<PlotPlace>>) -> Rc<Self> {
        let painter = Rc::new_cyclic(|painter: &Weak<Painter>| Painter {
            canvas,
            spec,
            theme: super::theme::theme(),
            place,
            widths: TextWidths::default(),
            is_dirty: Cell::new(true),
            painted_at: Cell::new(f64::NEG_INFINITY),
            surface: RefCell::new(None),
            frames: FrameLoop::new({
                let painter = painter.clone();
                move |millis| painter.upgrade().map_or(Flow::Sleep, |painter| painter.frame(millis))
            }),
        });
        let weak = Rc::downgrade(&painter);
        let on_change = Rc::new(move || weak.upgrade().iter().for_each(|painter| painter.repaint_soon()));
        painter.surface.replace(Surface::watch(&painter.canvas, on_change));
        painter
    }

    /// Something changed: paint with one of the next pictures.
    pub fn repaint_soon(&self) {
        self.is_dirty.set(true);
        self.frames.wake();
    }

    fn frame(&self, millis: f64) -> Flow {
        let Some(size) = self.size_if_seen() else { return Flow::Sleep };
        if !self.is_dirty.get() {
            Flow::Sleep
        } else if millis - self.painted_at.get() < REST_MILLIS {
            Flow::Continue
        } else {
            self.is_dirty.set(false);
            self.painted_at.set(millis);
            self.paint(size);
            Flow::Sleep
        }
    }

    fn size_if_seen(&self) -> Option<Size> {
        self.surface.borrow().as_ref().filter(|surface| surface.is_visible())?.size()
    }

    fn paint(&self, size: Size) {
        // The owner may be gone by the time of this picture.
        let Some((theme, plan)) = self.theme.try_get_untracked().flatten().zip(self.plan(size)) else { return };
        self.fit_canvas(size);
        let Some(backend) = PlotBackend::new(self.canvas.clone(), self.widths.clone()) else { return };
        if let Ok(bounds) = draw(backend, &plan, &Pen::new(&theme, size.ratio)) {
            self.tell_place(bounds, size.ratio);
        }
    }

    fn plan(&self, size: Size) -> Option<ChartPlan> {
        let columns = usize::try_from(size.device_width).unwrap_or(0);
        let room = PlotSize { width: size.width - AXES.0, height: size.height - AXES.1, columns };
        self.spec.try_with_untracked(|spec| ChartPlan::new(spec, room))
    }

    /// Setting the size of a canvas wipes it and costs time: only when it changed.
    fn fit_canvas(&self, size: Size) {
        if (self.canvas.width(), self.canvas.height()) != (size.device_width, size.device_height) {
            self.canvas.set_width(size.device_width);
            self.canvas.set_height(size.device_height);
        }
    }

    fn tell_place(&self, bounds: PlotBox, ratio: f64) {
        let css = |device: i32| f64::from(device) / ratio;
        let place = PlotPlace {
            left: css(bounds.left),
            top: css(bounds.top),
            right: css(bounds.right),
            bottom: css(bounds.bottom),
        };
        if self.place.try_get_untracked() != Some(Some(place)) {
            let _ = self.place.try_set(Some(place));
        }
    }
}
